import type { CivilDate, WardKey } from '../../geodata/schema.ts';
import type { Reader, Writer } from '../platform/database.ts';
import type { ResponseAction } from './response-contract.ts';

export interface StoredAction extends Omit<ResponseAction, 'coveragePercent'> {
  removedAt: string | null;
}
type ActionRow = Omit<StoredAction, 'demo'> & { demo: 0 | 1 };

const ACTION = `SELECT id, version, number, kind, round, done_on AS doneOn, houses, houses_done AS housesDone, people,
  chemical, team, note, removed_at AS removedAt, demo FROM response_action`;
const toAction = (row: ActionRow): StoredAction => ({ ...row, demo: row.demo === 1 });

/** What was done about outbreaks of these numbers, by day. */
export async function actionsOf(db: Reader, numbers: readonly string[]): Promise<StoredAction[]> {
  const rows = await db.all<ActionRow>(
    `${ACTION} WHERE removed_at IS NULL AND number IN (SELECT value FROM json_each(?)) ORDER BY done_on, id`,
    [JSON.stringify(numbers)],
  );
  return rows.map(toAction);
}

/** Also one that was taken away. */
export async function findAction(db: Reader, id: string): Promise<StoredAction | null> {
  const row = await db.get<ActionRow>(`${ACTION} WHERE id = ?`, [id]);
  return row ? toAction(row) : null;
}

/** Writes an action new or known. */
export async function putAction(tx: Writer, action: StoredAction): Promise<void> {
  const { id, version, number, kind, round, doneOn, houses, housesDone, people, chemical, team, note, removedAt } =
    action;
  await tx.run(
    `INSERT OR REPLACE INTO response_action (id, version, number, kind, round, done_on, houses, houses_done, people,
       chemical, team, note, removed_at, demo) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[id, version, number, kind, round, doneOn, houses, housesDone, people],
      ...[chemical, team, note, removedAt, action.demo ? 1 : 0],
    ],
  );
}

export interface StoredReport {
  id: string;
  number: string;
  madeOn: CivilDate;
  madeAt: string;
  madeBy: string;
  head: { seq: number; hash: string };
  /** The wards of each case listed in it. */
  caseWards: WardKey[][];
  /** SHA-256 of the files. */
  docx: string;
  pdf: string;
}
interface ReportRow extends Omit<StoredReport, 'head' | 'caseWards'> {
  headSeq: number;
  headHash: string;
  caseWards: string;
}

const REPORT = `SELECT id, number, made_on AS madeOn, made_at AS madeAt, made_by AS madeBy, head_seq AS headSeq,
  head_hash AS headHash, case_wards AS caseWards, docx, pdf FROM outbreak_report`;
const toReport = ({ headSeq, headHash, caseWards, ...row }: ReportRow): StoredReport => ({
  ...row,
  head: { seq: headSeq, hash: headHash },
  caseWards: JSON.parse(caseWards) as WardKey[][],
});

/** The reports made under these numbers, latest first. */
export async function reportsOf(db: Reader, numbers: readonly string[]): Promise<StoredReport[]> {
  const rows = await db.all<ReportRow>(
    `${REPORT} WHERE number IN (SELECT value FROM json_each(?)) ORDER BY made_at DESC, id DESC`,
    [JSON.stringify(numbers)],
  );
  return rows.map(toReport);
}

export async function findReport(db: Reader, id: string): Promise<StoredReport | null> {
  const row = await db.get<ReportRow>(`${REPORT} WHERE id = ?`, [id]);
  return row ? toReport(row) : null;
}

export async function insertReport(tx: Writer, report: StoredReport): Promise<void> {
  const { id, number, madeOn, madeAt, madeBy, head, caseWards, docx, pdf } = report;
  await tx.run(
    `INSERT INTO outbreak_report (id, number, made_on, made_at, made_by, head_seq, head_hash, case_wards, docx, pdf)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [id, number, madeOn, madeAt, madeBy, head.seq, head.hash, JSON.stringify(caseWards), docx, pdf],
  );
}
