import type { WardKey } from '../../geodata/schema.ts';
import type { Reader, Writer } from '../platform/database.ts';
import type { TaskEvidence } from './contract.ts';
import type { KeptTask, TaskReport } from './tasks.ts';

export interface TaskReportRow extends TaskReport {
  source: string;
  /** How the change log names who reported; `null` = part of the data. */
  reportedBy: string | null;
  evidence?: readonly TaskEvidence[];
}

interface StoredReport {
  task_id: string;
  state: TaskReport['state'];
  reported_on: string;
  percent: number | null;
  blockers: string;
  source: string;
  reported_by: string | null;
  evidence: string;
  demo: 0 | 1;
}

const readReport = (row: StoredReport): TaskReportRow => ({
  taskId: row.task_id,
  state: row.state,
  reportedOn: row.reported_on,
  percent: row.percent,
  blockers: row.blockers,
  source: row.source,
  reportedBy: row.reported_by,
  evidence: JSON.parse(row.evidence) as TaskEvidence[],
  demo: row.demo === 1,
});

const REPORT =
  'SELECT task_id, state, reported_on, percent, blockers, source, reported_by, evidence, demo FROM task_report';

/** All of them, or those up to a row. */
export const taskReports = async (db: Reader, upTo: number = Number.MAX_SAFE_INTEGER): Promise<TaskReportRow[]> =>
  (await db.all<StoredReport>(`${REPORT} WHERE id <= ? ORDER BY task_id, reported_on, id`, [upTo])).map(readReport);

export async function newestReport(db: Reader): Promise<number> {
  const row = await db.get<{ last: number | null }>('SELECT max(id) AS last FROM task_report');
  return row?.last ?? 0;
}

/** Oldest first. */
export const reportsOfTask = async (db: Reader, taskId: string): Promise<TaskReportRow[]> =>
  (await db.all<StoredReport>(`${REPORT} WHERE task_id = ? ORDER BY reported_on, id`, [taskId])).map(readReport);

export async function insertTaskReports(tx: Writer, rows: readonly TaskReportRow[]): Promise<void> {
  await tx.run(
    `INSERT INTO task_report (task_id, state, reported_on, percent, blockers, source, reported_by, evidence, demo)
     SELECT value->>'taskId', value->>'state', value->>'reportedOn', value->>'percent', value->>'blockers',
       value->>'source', value->>'reportedBy', ifnull(value->'evidence', '[]'), value->>'demo'
     FROM json_each(?)`,
    [JSON.stringify(rows)],
  );
}

interface StoredTask {
  id: string;
  version: number;
  title: string;
  unit: string;
  ward_keys: string;
  criteria: string;
  directive_id: string | null;
  assigned_on: string;
  due_on: string;
  source: string;
  removed: 0 | 1;
  demo: 0 | 1;
}

const readTask = (row: StoredTask): KeptTask => ({
  id: row.id,
  version: row.version,
  title: row.title,
  unit: row.unit,
  wardKeys: JSON.parse(row.ward_keys) as WardKey[],
  criteria: JSON.parse(row.criteria) as string[],
  directiveId: row.directive_id,
  assignedOn: row.assigned_on,
  dueOn: row.due_on,
  source: row.source,
  removed: row.removed === 1,
  demo: row.demo === 1,
});

/** Those that were not removed, the sooner due first. */
export const keptTasks = async (db: Reader): Promise<KeptTask[]> =>
  (await db.all<StoredTask>('SELECT * FROM programme_task WHERE removed = 0 ORDER BY due_on, id')).map(readTask);

/** Removed ones too: they can come back. */
export async function findTask(db: Reader, id: string): Promise<KeptTask | null> {
  const row = await db.get<StoredTask>('SELECT * FROM programme_task WHERE id = ?', [id]);
  return row ? readTask(row) : null;
}

export async function putTask(tx: Writer, task: KeptTask): Promise<void> {
  await tx.run(
    `INSERT OR REPLACE INTO programme_task
       (id, version, title, unit, ward_keys, criteria, directive_id, assigned_on, due_on, source, removed, demo)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      task.id,
      task.version,
      task.title,
      task.unit,
      JSON.stringify(task.wardKeys),
      JSON.stringify(task.criteria),
      task.directiveId,
      task.assignedOn,
      task.dueOn,
      task.source,
      task.removed ? 1 : 0,
      task.demo ? 1 : 0,
    ],
  );
}

/** A directive the district entered from the minutes of a meeting. */
export interface KeptDirective {
  id: string;
  version: number;
  wording: string;
  givenOn: string;
  meeting: string;
  source: string;
  removed: boolean;
  demo: boolean;
}
type StoredDirective = Omit<KeptDirective, 'givenOn' | 'removed' | 'demo'> & {
  given_on: string;
  removed: 0 | 1;
  demo: 0 | 1;
};

const readDirective = ({ given_on, removed, demo, ...row }: StoredDirective): KeptDirective => ({
  ...row,
  givenOn: given_on,
  removed: removed === 1,
  demo: demo === 1,
});

export const keptDirectives = async (db: Reader): Promise<KeptDirective[]> =>
  (await db.all<StoredDirective>('SELECT * FROM programme_directive WHERE removed = 0 ORDER BY given_on DESC, id')).map(
    readDirective,
  );

export async function findDirective(db: Reader, id: string): Promise<KeptDirective | null> {
  const row = await db.get<StoredDirective>('SELECT * FROM programme_directive WHERE id = ?', [id]);
  return row ? readDirective(row) : null;
}

export async function putDirective(tx: Writer, directive: KeptDirective): Promise<void> {
  const { id, version, wording, givenOn, meeting, source, removed, demo } = directive;
  await tx.run(
    `INSERT OR REPLACE INTO programme_directive (id, version, wording, given_on, meeting, source, removed, demo)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [id, version, wording, givenOn, meeting, source, removed ? 1 : 0, demo ? 1 : 0],
  );
}

/** The tasks not removed that a directive is the reason of. */
export const tasksOfDirective = (db: Reader, directiveId: string): Promise<{ id: string }[]> =>
  db.all('SELECT id FROM programme_task WHERE directive_id = ? AND removed = 0', [directiveId]);
