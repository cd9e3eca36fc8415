import type { CivilDate, ProgrammePack, WardKey } from '../../geodata/schema.ts';
import type { ProgrammeTask } from './contract.ts';

/** What somebody reported about a task. The article reports nothing, so the reference data holds none. */
export interface TaskReport {
  taskId: string;
  state: 'in-progress' | 'done';
  reportedOn: CivilDate;
  percent: number | null;
  blockers: string;
  demo: boolean;
}

/** A task the district keeps itself. */
export interface KeptTask {
  id: string;
  version: number;
  title: string;
  unit: string;
  wardKeys: WardKey[];
  criteria: string[];
  directiveId: string | null;
  assignedOn: CivilDate;
  dueOn: CivilDate;
  source: string;
  removed: boolean;
  demo: boolean;
}

/** The newest report by its day; of several on one day the one entered last. */
function lastReport(taskId: string, reports: readonly TaskReport[], at: CivilDate): TaskReport | null {
  return reports
    .filter((report) => report.taskId === taskId && report.reportedOn <= at)
    .reduce<TaskReport | null>((a, b) => (a === null || b.reportedOn >= a.reportedOn ? b : a), null);
}

const said = (report: TaskReport | null) => ({
  reportedOn: report?.reportedOn ?? null,
  percent: report?.percent ?? null,
  blockers: report?.blockers ? report.blockers : null,
});

const stateOf = (report: TaskReport | null, dueOn: CivilDate, at: CivilDate): ProgrammeTask['state'] => {
  if (report === null) return 'unknown';
  return report.state !== 'done' && dueOn < at ? 'late' : report.state;
};

/**
 * The state of a task of the article on a day. Without a report it is `unknown`, past its due day too: the article sets
 * the task and never says how it ended, and calling a silence "late" would be a finding nobody made. Reported unfinished
 * and past the last day of its period, it is `late`.
 */
export function taskOn(
  task: ProgrammePack['tasks'][number],
  reports: readonly TaskReport[],
  at: CivilDate,
  directives: ProgrammePack['directives'] = [],
): ProgrammeTask {
  const last = lastReport(task.id, reports, at);
  return {
    ...task,
    ...said(last),
    state: stateOf(last, task.dueOn, at),
    demo: last?.demo ?? false,
    kept: false,
    version: null,
    assignedOn: null,
    directiveId: directives.find(({ refs }) => refs.includes(task.id))?.id ?? null,
    criteria: [],
  };
}

/** An own task: whoever keeps it here reports here, so past its due day without a report of its end it is late. */
export function keptTaskOn(
  { removed: _, title, unit, ...task }: KeptTask,
  reports: readonly TaskReport[],
  at: CivilDate,
): ProgrammeTask {
  const last = lastReport(task.id, reports, at);
  const state = last === null && task.dueOn < at ? 'late' : stateOf(last, task.dueOn, at);
  return {
    ...task,
    ...said(last),
    title: { vi: title, en: title },
    unit: { vi: unit, en: unit },
    due: { vi: task.dueOn, en: task.dueOn },
    refs: [],
    state,
    demo: task.demo || (last?.demo ?? false),
    kept: true,
  };
}

/** The same task with what these reports say of it: how a frozen day is made again. */
export function againOn(task: ProgrammeTask, reports: readonly TaskReport[], at: CivilDate): ProgrammeTask {
  const last = lastReport(task.id, reports, at);
  const state = task.kept && last === null && task.dueOn < at ? 'late' : stateOf(last, task.dueOn, at);
  return { ...task, ...said(last), state, demo: task.demo || (last?.demo ?? false) };
}

const urgency: Record<ProgrammeTask['state'], number> = { late: 0, 'in-progress': 1, unknown: 1, done: 2 };

/** Late ones first, finished ones last, the sooner due before the later. */
export const inOrderOfUrgency = (tasks: readonly ProgrammeTask[]): ProgrammeTask[] =>
  [...tasks].sort(
    (a, b) => urgency[a.state] - urgency[b.state] || (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0),
  );
