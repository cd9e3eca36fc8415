import { describe, expect, it } from 'vitest';
import type { ProgrammePack } from '../../../geodata/schema.ts';
import {
  inOrderOfUrgency,
  keptTaskOn,
  taskOn,
  type KeptTask,
  type TaskReport,
} from '../../../server/programme/tasks.ts';

const task = { id: 'T4', dueOn: '2022-12-31' } as ProgrammePack['tasks'][number];
const report = (state: TaskReport['state'], reportedOn: string): TaskReport => ({
  taskId: 'T4',
  state,
  reportedOn,
  percent: null,
  blockers: '',
  demo: false,
});

describe('the state of a task', () => {
  it.each([
    ['unreported, before its due day', [], '2022-11-04', 'unknown'],
    ['unreported, past its due day', [], '2023-03-01', 'unknown'],
    ['in progress on its due day', [report('in-progress', '2022-10-15')], '2022-12-31', 'in-progress'],
    ['in progress past its due day', [report('in-progress', '2022-10-15')], '2023-01-01', 'late'],
    ['done, past its due day', [report('done', '2022-12-20')], '2023-03-01', 'done'],
    ['reported later than the day looked at', [report('done', '2022-12-20')], '2022-12-19', 'unknown'],
    ['by its newest report', [report('done', '2022-12-20'), report('in-progress', '2022-10-15')], '2022-12-31', 'done'],
    ['reports about other tasks', [{ ...report('done', '2022-10-15'), taskId: 'T1' }], '2022-11-04', 'unknown'],
  ] as const)('%s', (_, reports, at, state) => {
    expect(taskOn(task, reports, at).state).toBe(state);
  });
});

const own = { id: 'T4', title: 'x', unit: 'y', assignedOn: '2022-09-28', dueOn: '2022-12-31' } as KeptTask;

describe('the state of an own task', () => {
  it.each([
    ['unreported, on its due day', [], '2022-12-31', 'unknown'],
    ['unreported, past its due day', [], '2023-01-01', 'late'],
    ['in progress past its due day', [report('in-progress', '2022-10-15')], '2023-01-01', 'late'],
    ['done late', [report('done', '2023-01-05')], '2023-01-06', 'done'],
  ] as const)('%s', (_, reports, at, state) => {
    expect(keptTaskOn(own, reports, at).state).toBe(state);
  });

  it('is told in both languages by the one wording it has', () => {
    expect(keptTaskOn(own, [], '2022-11-04').title).toEqual({ vi: 'x', en: 'x' });
  });
});

describe('the order of tasks', () => {
  it('is late ones first, then by due day, finished ones last', () => {
    const on = (id: string, dueOn: string, reports: TaskReport[] = []) =>
      keptTaskOn({ ...own, id, dueOn }, reports, '2022-11-04');
    const finished = on('finished', '2022-10-01', [{ ...report('done', '2022-09-30'), taskId: 'finished' }]);
    const tasks = [finished, on('later', '2022-12-01'), on('late', '2022-10-31'), on('sooner', '2022-11-20')];
    expect(inOrderOfUrgency(tasks).map(({ id }) => id)).toEqual(['late', 'sooner', 'later', 'finished']);
  });
});
