/** Which tasks are shown, and how many stand how. Pure. */
import type { ProgrammeTask } from '../../server/programme/contract.ts';

export const taskStates = ['late', 'in-progress', 'unknown', 'done'] as const;
export type TaskState = (typeof taskStates)[number];

export interface TaskChoice {
  /** `''` = any. */
  state: string;
  wardKey: string;
}

const ofWard = (task: ProgrammeTask, wardKey: string): boolean =>
  wardKey === '' || task.wardKeys.some((key) => key === wardKey);

export const chosenTasks = (tasks: readonly ProgrammeTask[], { state, wardKey }: TaskChoice): ProgrammeTask[] =>
  tasks.filter((task) => (state === '' || task.state === state) && ofWard(task, wardKey));

/** How many tasks of a ward (`''` = of all) stand in each state: every count can be opened, so it can be traced. */
export function tallyOf(tasks: readonly ProgrammeTask[], wardKey = ''): Record<TaskState, number> {
  const counts = { late: 0, 'in-progress': 0, unknown: 0, done: 0 };
  for (const task of tasks) if (ofWard(task, wardKey)) counts[task.state] += 1;
  return counts;
}

/** The tasks that are to help a ward with a criterion. */
export const tasksFeeding = (tasks: readonly ProgrammeTask[], wardKey: string, criterion: string): ProgrammeTask[] =>
  tasks.filter((task) => task.criteria.includes(criterion) && ofWard(task, wardKey));

export const tasksOfDirective = (tasks: readonly ProgrammeTask[], directiveId: string): ProgrammeTask[] =>
  tasks.filter((task) => task.directiveId === directiveId);
