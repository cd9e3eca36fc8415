import { describe, expect, it } from 'vitest';
import type { ProgrammeEvent, ProgrammeTask } from '../../../server/programme/contract.ts';
import type { DistrictStatus } from '../../../server/status/contract.ts';
import { isMonth, lateBefore, monthAfter, weeksOf } from '../../../web/programme/board/calendar.ts';
import { rollUpsOf } from '../../../web/programme/board/roll-ups.ts';
import { reportable, walk } from '../../../web/programme/board/walk.ts';

const task = (id: string, more: Partial<ProgrammeTask> = {}) =>
  ({ id, kept: true, state: 'in-progress', dueOn: '2022-10-31', wardKeys: [], ...more }) as ProgrammeTask;

describe('the calendar', () => {
  const events = [
    { id: 'E1', on: '2022-10-14' },
    { id: 'E2', on: null },
  ] as unknown as ProgrammeEvent[];
  it('holds whole weeks from Monday, due days with late ones first, and events of a known day', () => {
    const tasks = [task('a', { state: 'done' }), task('b', { state: 'late' }), task('c', { dueOn: '2022-11-30' })];
    const weeks = weeksOf('2022-10', tasks, events);
    const days = weeks.flat();
    expect([weeks.length, days[0]!.day, days.at(-1)!.day]).toEqual([6, '2022-09-26', '2022-11-06']);
    expect(days.filter(({ inMonth }) => inMonth)).toHaveLength(31);
    expect(days.find(({ day }) => day === '2022-10-31')!.tasks.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(days.flatMap((one) => one.events.map(({ id }) => [one.day, id]))).toEqual([['2022-10-14', 'E1']]);
  });
  it.each([
    ['2021-02', '2021-02-01', 4],
    ['2024-02', '2024-01-29', 5],
    ['1969-12', '1969-12-01', 5],
  ])('%s begins on the Monday %s and has %i weeks', (month, monday, weeks) => {
    const found = weeksOf(month, [], []);
    expect([found[0]![0]!.day, found.length]).toEqual([monday, weeks]);
  });
  it('keeps what is late from months before in sight, the longest first', () => {
    const tasks = [
      task('b', { state: 'late' }),
      task('a', { state: 'late', dueOn: '2022-09-30' }),
      task('c', { state: 'done', dueOn: '2022-09-01' }),
    ];
    expect(['2022-10', '2022-11'].map((month) => lateBefore(month, tasks).map(({ id }) => id))).toEqual([
      ['a'],
      ['a', 'b'],
    ]);
  });
  it('goes over the new year both ways, and takes no thirteenth month', () => {
    expect([monthAfter('2022-12', 1), monthAfter('2022-01', -1), isMonth('2022-13'), isMonth(null)]).toEqual([
      '2023-01',
      '2021-12',
      false,
      false,
    ]);
  });
});

describe('the figures counted here', () => {
  const wards = (steps: (string | null)[]) =>
    ({ wards: steps.map((step, i) => ({ key: `${i}`, title: { step } })) }) as unknown as DistrictStatus;
  it('count own tasks alone, each with the rows it counts', () => {
    const tasks = [task('own', { state: 'late' }), task('T2', { kept: false, state: 'late' }), task('x')];
    const figures = rollUpsOf(tasks, null);
    expect(figures.map((one) => [one.id, one.value, one.total])).toEqual([
      ['own-late', 1, 2],
      ['own-going', 1, 2],
      ['own-done', 0, 2],
    ]);
    expect(figures.map((one) => ('tasks' in one ? one.tasks.map(({ id }) => id) : []))).toEqual([['own'], ['x'], []]);
  });
  it('count registrations by the steps recorded, and are unknown while nobody recorded one', () => {
    const told = (steps: (string | null)[]) => rollUpsOf([], wards(steps)).map(({ id, value }) => [id, value]);
    expect(told([null, null])).toEqual([['registered', null], ['recognised', null]]); // prettier-ignore
    expect(told([null, 'not-registered', 'appraisal', 'recognised'])).toEqual([['registered', 2], ['recognised', 1]]); // prettier-ignore
  });
});

describe('keys on the board', () => {
  const columns = [['a', 'b', 'c'], [], ['d'], ['e', 'f']];
  it.each([
    ['a', 'ArrowDown', 'b'],
    ['a', 'ArrowUp', null],
    ['c', 'ArrowRight', 'd'],
    ['d', 'ArrowRight', 'e'],
    ['f', 'ArrowLeft', 'd'],
    ['e', 'ArrowRight', null],
    ['z', 'ArrowDown', null],
  ])('from %s %s leads to %s', (id, key, to) => {
    expect(walk(columns, id, key)).toBe(to);
  });
  it.each([
    ['unknown', 'ArrowRight', 'in-progress'],
    ['late', 'ArrowRight', 'done'],
    ['in-progress', 'ArrowRight', 'done'],
    ['done', 'ArrowLeft', 'in-progress'],
    ['done', 'ArrowRight', null],
    ['late', 'ArrowLeft', null],
    ['late', 'Enter', null],
  ] as const)('Shift and the key report a task that is %s, %s: %s', (state, key, to) => {
    expect(reportable(state, key)).toBe(to);
  });
});
