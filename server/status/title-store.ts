import type { CivilDate, WardKey } from '../../geodata/schema.ts';
import type { Reader, Writer } from '../platform/database.ts';
import type { TitleStepRow } from './store.ts';
import type { Council, StepDocument } from './title-contract.ts';
import { standingOf, type ProcedureStep } from './title.ts';

/** A step of which no more is known than this. */
export interface PlainStep {
  wardKey: WardKey;
  step: ProcedureStep;
  since: CivilDate | null;
  source: string;
  demo: boolean;
}
/** One writing of a step: the first, or a correction of it under the same `root`. */
export interface StepWriting extends PlainStep {
  actor: string | null;
  paper: string | null;
  documents: readonly StepDocument[];
  council: Council | null;
  satisfaction: number | null;
  reason: string | null;
  despite: string | null;
  dueOn: CivilDate | null;
  removed: boolean;
  correction: string | null;
  /** `user:<id>`; `null` = part of the data. */
  recordedBy: string | null;
  recordedAt: string | null;
}
/** `root` = the id of the first writing; `version` = the how manieth this one is. */
export type KeptStep = StepWriting & { id: number; root: number; version: number };

interface Row {
  id: number;
  root: number;
  version: number;
  ward_key: WardKey;
  step: TitleStepRow['step'];
  procedure_step: ProcedureStep | null;
  since: CivilDate | null;
  source: string;
  demo: 0 | 1;
  actor: string | null;
  paper: string | null;
  documents: string;
  council: string | null;
  satisfaction: number | null;
  reason: string | null;
  despite: string | null;
  due_on: CivilDate | null;
  removed: 0 | 1;
  correction: string | null;
  recorded_by: string | null;
  recorded_at: string | null;
}

const read = (row: Row): KeptStep => ({
  id: row.id,
  root: row.root,
  version: row.version,
  wardKey: row.ward_key,
  step: row.procedure_step ?? row.step,
  since: row.since,
  source: row.source,
  demo: row.demo === 1,
  actor: row.actor,
  paper: row.paper,
  documents: JSON.parse(row.documents) as StepDocument[],
  council: row.council === null ? null : (JSON.parse(row.council) as Council),
  satisfaction: row.satisfaction,
  reason: row.reason,
  despite: row.despite,
  dueOn: row.due_on,
  removed: row.removed === 1,
  correction: row.correction,
  recordedBy: row.recorded_by,
  recordedAt: row.recorded_at,
});

// `root` is NULL in a first writing: its id is not known before it is written.
const WRITINGS = `
  SELECT id, ifnull(root, id) AS root, ward_key, step, procedure_step, since, source, demo, actor, paper, documents,
    council, satisfaction, reason, despite, due_on, removed, correction, recorded_by, recorded_at,
    row_number() OVER (PARTITION BY ifnull(root, id) ORDER BY id) AS version FROM title_step`;

/** Every writing of every step of one ward, in the order in which they were written. */
export const writingsOfWard = async (db: Reader, ward: WardKey): Promise<KeptStep[]> =>
  (await db.all<Row>(`${WRITINGS} WHERE ward_key = ? ORDER BY id`, [ward])).map(read);

/** The same of all wards. */
export const allWritings = async (db: Reader): Promise<KeptStep[]> =>
  (await db.all<Row>(`${WRITINGS} ORDER BY id`)).map(read);

export async function insertStepWritings(
  tx: Writer,
  rows: readonly (PlainStep & Partial<StepWriting> & { root?: number | null })[],
): Promise<void> {
  await tx.run(
    `INSERT INTO title_step
       (ward_key, step, procedure_step, since, source, demo, root, removed, actor, paper, documents, council,
        satisfaction, reason, despite, due_on, correction, recorded_by, recorded_at)
     SELECT value->>'wardKey', value->>'standing', value->>'step', value->>'since', value->>'source', value->>'demo',
       value->>'root', ifnull(value->>'removed', 0), value->>'actor', value->>'paper', ifnull(value->'documents', '[]'),
       CASE WHEN value->>'council' IS NULL THEN NULL ELSE value->'council' END,
       CAST(value->>'satisfaction' AS REAL), value->>'reason', value->>'despite', value->>'dueOn',
       value->>'correction', value->>'recordedBy', value->>'recordedAt'
     FROM json_each(?)`,
    [JSON.stringify(rows.map((row) => ({ ...row, standing: standingOf(row.step) })))],
  );
}
