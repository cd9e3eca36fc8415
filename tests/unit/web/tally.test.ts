import { describe, expect, test } from 'vitest';
import type { ProgrammeTask } from '../../../server/programme/contract.ts';
import { chosenTasks, tallyOf, tasksFeeding } from '../../../web/programme/tally.ts';

const BUOI = '00109@1995-10-28';
const QUANG_AN = '00100@1995-10-28';
const task = (id: string, state: ProgrammeTask['state'], wardKeys: string[], criteria: string[] = []) =>
  ({ id, state, wardKeys, criteria }) as ProgrammeTask;
const tasks = [
  task('a', 'late', [BUOI], ['3']),
  task('b', 'done', [BUOI, QUANG_AN], ['3', '8']),
  task('c', 'unknown', []),
];
const ids = (list: readonly ProgrammeTask[]) => list.map(({ id }) => id);

describe('the counts of tasks', () => {
  test('are those of all, or of one ward', () => {
    expect(tallyOf(tasks)).toEqual({ late: 1, 'in-progress': 0, unknown: 1, done: 1 });
    expect(tallyOf(tasks, QUANG_AN)).toEqual({ late: 0, 'in-progress': 0, unknown: 0, done: 1 });
  });

  test('each open onto as many tasks as they say', () => {
    for (const wardKey of ['', BUOI, QUANG_AN])
      for (const [state, count] of Object.entries(tallyOf(tasks, wardKey)))
        expect(chosenTasks(tasks, { state, wardKey })).toHaveLength(count);
  });
});

test('a criterion of a ward is fed by the tasks of that ward that name it', () => {
  expect(ids(tasksFeeding(tasks, BUOI, '3'))).toEqual(['a', 'b']);
  expect(ids(tasksFeeding(tasks, QUANG_AN, '3'))).toEqual(['b']);
  expect(ids(tasksFeeding(tasks, QUANG_AN, '9'))).toEqual([]);
});
