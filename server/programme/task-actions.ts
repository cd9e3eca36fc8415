import type { CivilDate, WardKey } from '../../geodata/schema.ts';
import { may, nameOfActor, type Actor } from '../accounts/permission.ts';
import { namesOfUsers } from '../accounts/user-actions.ts';
import type { Reader } from '../platform/database.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { uuidv7 } from '../platform/uuid.ts';
import type { Verb } from '../platform/verb-contract.ts';
import { requireFiles } from '../status/evidence-file-actions.ts';
import { directiveInWords } from './actions.ts';
import type {
  AddDirective,
  AddTask,
  ProgrammeDirective,
  ProgrammeTask,
  ReportTask,
  TaskReportWords,
  UpdateDirective,
  UpdateTask,
} from './contract.ts';
import {
  findDirective,
  findTask,
  insertTaskReports,
  putDirective,
  putTask,
  reportsOfTask,
  tasksOfDirective,
  type KeptDirective,
} from './store.ts';
import { keptTaskOn, taskOn, type KeptTask } from './tasks.ts';

type Given = Pick<Services, 'db' | 'places' | 'changes' | 'clock' | 'env'>;

const refuse = (path: string, code: string, status = 422): never => {
  throw new Refusal(status, code, { errors: [{ path, code }] });
};

/** A task of several wards is one task: only who answers for all of them writes on it; one of no ward is the district's. */
function requireScope(actor: Actor, wardKeys: readonly WardKey[]): void {
  const all =
    wardKeys.length > 0 ? wardKeys.every((key) => may(actor, 'task.write', key)) : may(actor, 'task.write', []);
  if (!all) throw new Refusal(403, 'outside_scope');
}

function requireVersion(found: { version: number }, version: number): void {
  if (found.version !== version)
    throw new Refusal(412, 'changed_meanwhile', { versions: { yours: version, current: found.version } });
}

/** What any written task must hold, as a whole. */
async function checkTask(db: Reader, { places, env }: Given, task: KeptTask): Promise<void> {
  const wards = new Set<string>(places.wards[env.units].map(({ properties }) => properties.key));
  const stranger = task.wardKeys.findIndex((key) => !wards.has(key));
  if (stranger >= 0) refuse(`wardKeys.${stranger}`, 'ward_of_other_set');
  const known = new Set(places.criteriaPacks.flatMap(({ criteria }) => criteria.map(({ id }) => id)));
  const unknown = task.criteria.findIndex((id) => !known.has(id));
  if (unknown >= 0) refuse(`criteria.${unknown}`, 'unknown_criterion');
  if (task.dueOn < task.assignedOn) refuse('dueOn', 'due_before_assigned');
  const { directiveId } = task;
  if (directiveId === null || places.programme.directives.some(({ id }) => id === directiveId)) return;
  const directive = await findDirective(db, directiveId);
  if (!directive || directive.removed) refuse('directiveId', 'unknown_directive');
}

const told = ({ title, unit, wardKeys, criteria, directiveId, assignedOn, dueOn, removed }: KeptTask) => ({
  title,
  unit,
  wardKeys,
  criteria,
  directiveId,
  assignedOn,
  dueOn,
  removed,
});

async function inWords(db: Reader, task: KeptTask, at: CivilDate): Promise<ProgrammeTask> {
  return keptTaskOn(task, await reportsOfTask(db, task.id), at);
}

/**
 * Sets a task of the district's own.
 * @throws {Refusal} 403 `outside_scope`; 422 `ward_of_other_set`, `unknown_criterion`, `unknown_directive`,
 *   `due_before_assigned`
 */
export async function addTask(services: Given, { changeId, ...sent }: AddTask, actor: Actor): Promise<ProgrammeTask> {
  const wardKeys = [...new Set(sent.wardKeys)].sort() as WardKey[];
  requireScope(actor, wardKeys);
  return services.changes.commit(changeId, 'addTask', async (tx) => {
    const id = uuidv7(services.clock.now().getTime());
    const criteria = [...new Set(sent.criteria)];
    const task: KeptTask = { ...sent, id, version: 1, wardKeys, criteria, removed: false, demo: false };
    await checkTask(tx, services, task);
    await putTask(tx, task);
    return {
      outcome: await inWords(tx, task, services.clock.today()),
      change: {
        kind: 'task',
        verb: 'addTask',
        recordId: id,
        version: 1,
        layers: [],
        actor: nameOfActor(actor),
        after: told(task),
      },
    };
  });
}

const verbOf = (before: { removed: boolean }, after: { removed: boolean }, verbs: [Verb, Verb, Verb]): Verb =>
  before.removed === after.removed ? verbs[0] : after.removed ? verbs[1] : verbs[2];

/**
 * Corrects an own task, takes it out or brings it back. Its reports stay.
 * @throws {Refusal} as `addTask`, and 404 `unknown_task`; 412 `changed_meanwhile`
 */
export async function updateTask(
  services: Given,
  id: string,
  version: number,
  { changeId, ...set }: UpdateTask,
  actor: Actor,
): Promise<ProgrammeTask> {
  return services.changes.commit(
    changeId,
    'updateTask',
    async (tx) => {
      const before = await findTask(tx, id);
      if (!before) throw new Refusal(404, 'unknown_task');
      requireScope(actor, before.wardKeys);
      requireVersion(before, version);
      const given = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
      const after: KeptTask = { ...before, ...given, version: version + 1 };
      requireScope(actor, after.wardKeys);
      await checkTask(tx, services, after);
      await putTask(tx, after);
      return {
        outcome: await inWords(tx, after, services.clock.today()),
        change: {
          kind: 'task',
          verb: verbOf(before, after, ['updateTask', 'removeTask', 'restoreTask']),
          recordId: id,
          version: after.version,
          layers: [],
          actor: nameOfActor(actor),
          before: told(before),
          after: told(after),
        },
      };
    },
    id,
  );
}

/**
 * Reports on a task, an own one or one of the article. Reports are only added; the newest by day is how it stands.
 * @throws {Refusal} 403 `outside_scope`; 404 `unknown_task`; 422 `report_in_future`, `done_below_hundred`,
 *   `evidence_without_place`, `unknown_evidence`
 */
export async function reportTask(
  services: Given,
  taskId: string,
  { changeId, ...report }: ReportTask,
  actor: Actor,
): Promise<ProgrammeTask> {
  const today = services.clock.today();
  if (report.reportedOn > today) refuse('reportedOn', 'report_in_future');
  if (report.state === 'done' && (report.percent ?? 100) < 100) refuse('percent', 'done_below_hundred');
  const nowhere = report.evidence.findIndex(({ file, place }) => file === null && place === null);
  if (nowhere >= 0) refuse(`evidence.${nowhere}.place`, 'evidence_without_place');
  const { tasks, directives } = services.places.programme;
  return services.changes.commit(
    changeId,
    'reportTask',
    async (tx) => {
      const quoted = tasks.find(({ id }) => id === taskId);
      const own = quoted ? null : await findTask(tx, taskId);
      if (!quoted && (!own || own.removed)) throw new Refusal(404, 'unknown_task');
      requireScope(actor, (quoted?.wardKeys ?? own!.wardKeys) as WardKey[]);
      await requireFiles(tx, report.evidence, 'evidence');
      const reportedBy = nameOfActor(actor);
      await insertTaskReports(tx, [{ ...report, taskId, reportedBy, demo: false }]);
      const reports = await reportsOfTask(tx, taskId);
      return {
        outcome: quoted ? taskOn(quoted, reports, today, directives) : keptTaskOn(own!, reports, today),
        change: {
          kind: 'task',
          verb: 'reportTask',
          recordId: taskId,
          version: reports.length,
          layers: [],
          actor: reportedBy,
          after: report,
        },
      };
    },
    taskId,
  );
}

/** What was reported on a task, newest first. @throws {Refusal} 404 `unknown_task` */
export async function historyOfTask(services: Given, taskId: string): Promise<TaskReportWords[]> {
  const quoted = services.places.programme.tasks.some(({ id }) => id === taskId);
  if (!quoted && !(await findTask(services.db, taskId))) throw new Refusal(404, 'unknown_task');
  const reports = (await reportsOfTask(services.db, taskId)).reverse();
  const ids = reports.flatMap(({ reportedBy }) => reportedBy?.replace(/^user:/, '') ?? []);
  const names = await namesOfUsers(services, [...new Set(ids)]);
  return reports.map(({ taskId: _, reportedBy, evidence = [], ...report }) => ({
    ...report,
    evidence: [...evidence],
    reportedBy: reportedBy && (names.get(reportedBy.replace(/^user:/, '')) ?? reportedBy),
  }));
}

// --- directives -------------------------------------------------------------------------------------------------

const toldDirective = ({ wording, givenOn, meeting, removed }: KeptDirective) => ({
  wording,
  givenOn,
  meeting,
  removed,
});

/** @throws {Refusal} 403 `outside_scope`; 422 `directive_in_future` */
export async function addDirective(
  services: Given,
  { changeId, ...sent }: AddDirective,
  actor: Actor,
): Promise<ProgrammeDirective> {
  requireScope(actor, []);
  if (sent.givenOn > services.clock.today()) refuse('givenOn', 'directive_in_future');
  return services.changes.commit(changeId, 'addDirective', async (tx) => {
    const id = uuidv7(services.clock.now().getTime());
    const directive: KeptDirective = { ...sent, id, version: 1, removed: false, demo: false };
    await putDirective(tx, directive);
    return {
      outcome: directiveInWords(directive),
      change: {
        kind: 'task',
        verb: 'addDirective',
        recordId: id,
        version: 1,
        layers: [],
        actor: nameOfActor(actor),
        after: toldDirective(directive),
      },
    };
  });
}

/**
 * Corrects a directive, takes it out or brings it back.
 * @throws {Refusal} 403 `outside_scope`; 404 `unknown_directive`; 409 `directive_in_use` while tasks name it;
 *   412 `changed_meanwhile`; 422 `directive_in_future`
 */
export async function updateDirective(
  services: Given,
  id: string,
  version: number,
  { changeId, ...set }: UpdateDirective,
  actor: Actor,
): Promise<ProgrammeDirective> {
  requireScope(actor, []);
  return services.changes.commit(
    changeId,
    'updateDirective',
    async (tx) => {
      const before = await findDirective(tx, id);
      if (!before) throw new Refusal(404, 'unknown_directive');
      requireVersion(before, version);
      const given = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
      const after: KeptDirective = { ...before, ...given, version: version + 1 };
      if (after.givenOn > services.clock.today()) refuse('givenOn', 'directive_in_future');
      if (after.removed && (await tasksOfDirective(tx, id)).length > 0) throw new Refusal(409, 'directive_in_use');
      await putDirective(tx, after);
      return {
        outcome: directiveInWords(after),
        change: {
          kind: 'task',
          verb: verbOf(before, after, ['updateDirective', 'removeDirective', 'restoreDirective']),
          recordId: id,
          version: after.version,
          layers: [],
          actor: nameOfActor(actor),
          before: toldDirective(before),
          after: toldDirective(after),
        },
      };
    },
    id,
  );
}
