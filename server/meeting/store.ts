import type { CivilDate, Units } from '../../geodata/schema.ts';
import type { Reader, Writer } from '../platform/database.ts';

export interface StoredSnapshot {
  number: number;
  title: string;
  at: CivilDate;
  units: Units;
  /** Canonical JSON of the contract's `frozenSchema`. */
  content: string;
  sha256: string;
  /** The newest row of figures, of title steps and of task reports that was there. */
  known: { figures: number; steps: number; reports: number };
  head: { seq: number; hash: string };
  /** How the change log names who froze it. */
  frozenBy: string;
  frozenAt: string;
  demo: boolean;
}

interface Row {
  number: number;
  title: string;
  at: CivilDate;
  units: Units;
  content: string;
  sha256: string;
  figures_known: number;
  steps_known: number;
  reports_known: number;
  head_seq: number;
  head_hash: string;
  frozen_by: string;
  frozen_at: string;
  demo: 0 | 1;
}

const read = (row: Row): StoredSnapshot => ({
  number: row.number,
  title: row.title,
  at: row.at,
  units: row.units,
  content: row.content,
  sha256: row.sha256,
  known: { figures: row.figures_known, steps: row.steps_known, reports: row.reports_known },
  head: { seq: row.head_seq, hash: row.head_hash },
  frozenBy: row.frozen_by,
  frozenAt: row.frozen_at,
  demo: row.demo === 1,
});

/** Newest first, without their content: a hundred of them would be 20 MB. */
export async function snapshotHeads(db: Reader): Promise<StoredSnapshot[]> {
  const rows = await db.all<Row>(
    `SELECT number, title, at, units, '' AS content, sha256, figures_known, steps_known, reports_known, head_seq,
       head_hash, frozen_by, frozen_at, demo
     FROM meeting_snapshot ORDER BY number DESC`,
  );
  return rows.map(read);
}

export async function findSnapshot(db: Reader, number: number): Promise<StoredSnapshot | null> {
  const row = await db.get<Row>('SELECT * FROM meeting_snapshot WHERE number = ?', [number]);
  return row ? read(row) : null;
}

export async function nextNumber(db: Reader): Promise<number> {
  const row = await db.get<{ last: number | null }>('SELECT max(number) AS last FROM meeting_snapshot');
  return (row?.last ?? 0) + 1;
}

export async function insertSnapshot(tx: Writer, one: StoredSnapshot): Promise<void> {
  await tx.run(
    `INSERT INTO meeting_snapshot (number, title, at, units, content, sha256, figures_known, steps_known,
       reports_known, head_seq, head_hash, frozen_by, frozen_at, demo)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      one.number,
      one.title,
      one.at,
      one.units,
      one.content,
      one.sha256,
      one.known.figures,
      one.known.steps,
      one.known.reports,
      one.head.seq,
      one.head.hash,
      one.frozenBy,
      one.frozenAt,
      Number(one.demo),
    ],
  );
}
