import { describe, expect, it, test } from 'vitest';
import { loadOutbreakRules } from '../../../geodata/load.ts';
import {
  checklistOf,
  coverageOf,
  groupKey,
  manyFrom,
  responseRule,
  type Done,
  type Situation,
  type Survey,
} from '../../../server/outbreaks/checklist.ts';
import type { StepCode } from '../../../server/outbreaks/response-contract.ts';

const rule = responseRule(loadOutbreakRules()[0]!.response!);
/** Opened on the 1st, declared on the 2nd, its last case fell ill on the 1st. */
const situation = (more: Partial<Situation> = {}): Situation => ({
  openedOn: '2022-10-01',
  declaredOn: '2022-10-02',
  expectedEndOn: '2022-10-15',
  onsets: ['2022-10-01'],
  actions: [],
  surveys: [],
  manyOn: null,
  ...more,
});
const done = (kind: Done['kind'], doneOn: string, more: Partial<Done> = {}): Done => ({
  id: `${kind} ${doneOn}`,
  kind,
  round: null,
  doneOn,
  coveragePercent: 100,
  team: null,
  ...more,
});
const spray = (round: number, doneOn: string, more: Partial<Done> = {}) => done('spray', doneOn, { round, ...more });
const survey = (kind: Survey['kind'], on: string, high = false): Survey => ({ id: on, kind, on, high, team: null });
const stepOf = (code: StepCode, given: Situation, at: string) =>
  checklistOf(given, rule, at).find((step) => step.code === code)!;

describe('the 48 hours', () => {
  it('are due on the second day after it opened, and late on the third', () => {
    expect(stepOf('verify', situation(), '2022-10-03')).toMatchObject({ state: 'due', dueOn: '2022-10-03' });
    expect(stepOf('verify', situation(), '2022-10-04')).toMatchObject({ state: 'late', daysLate: 1 });
  });
  it('of clearing and spraying begin when it is declared; a signal is verified and surveyed only', () => {
    expect(stepOf('larvae', situation(), '2022-10-04')).toMatchObject({ state: 'due', dueOn: '2022-10-04' });
    const signal = situation({ declaredOn: null });
    for (const code of ['larvae', 'spray-1', 'spray-2'] as const)
      expect(stepOf(code, signal, '2022-10-20')).toMatchObject({ dueOn: null, daysLate: 0 });
    expect(stepOf('survey-before', signal, '2022-10-02').state).toBe('due');
  });
  it('that passed before it was done are told with what was done', () => {
    const step = stepOf('verify', situation({ actions: [done('verify', '2022-10-05')] }), '2022-10-06');
    expect(step).toMatchObject({ state: 'done', daysLate: 2, warnings: ['done-late', ] }); // prettier-ignore
  });
  it('do not tell on a day what was done after it', () => {
    expect(stepOf('verify', situation({ actions: [done('verify', '2022-10-03')] }), '2022-10-02').state).toBe('due');
  });
});

describe('larvae before spraying', () => {
  it('the first round waits until larvae were cleared', () => {
    expect(stepOf('spray-1', situation(), '2022-10-03').state).toBe('waiting');
    expect(stepOf('spray-1', situation({ actions: [done('larvae', '2022-10-03')] }), '2022-10-03').state).toBe('due');
  });
  it('a round sprayed before that is warned of', () => {
    const early = situation({ actions: [spray(1, '2022-10-03'), done('larvae', '2022-10-04')] });
    expect(stepOf('spray-1', early, '2022-10-05').warnings).toEqual(['too-early']);
    const sameDay = situation({ actions: [spray(1, '2022-10-03'), done('larvae', '2022-10-03')] });
    expect(stepOf('spray-1', sameDay, '2022-10-05').warnings).toEqual([]);
  });
});

describe('the second round', () => {
  const first = [done('larvae', '2022-10-03'), spray(1, '2022-10-03')];
  it('is to be done 7 to 10 days after the first', () => {
    const given = situation({ actions: first });
    expect(stepOf('spray-2', given, '2022-10-09')).toMatchObject({
      state: 'waiting',
      from: '2022-10-10',
      dueOn: '2022-10-13',
    });
    expect(stepOf('spray-2', given, '2022-10-10').state).toBe('due');
    expect(stepOf('spray-2', given, '2022-10-13').state).toBe('due');
    expect(stepOf('spray-2', given, '2022-10-14')).toMatchObject({ state: 'late', daysLate: 1 });
  });
  test.each([
    [6, ['too-early']],
    [7, []],
    [10, []],
    [11, ['too-late']],
  ] as const)('%i days after the first: %j', (days, warnings) => {
    const given = situation({ actions: [...first, spray(2, `2022-10-${String(3 + days).padStart(2, '0')}`)] });
    expect(stepOf('spray-2', given, '2022-10-14').warnings).toEqual(warnings);
  });
});

describe('coverage', () => {
  test.each([
    [95, []],
    [94.9, ['coverage-low']],
    [null, ['coverage-unknown']],
  ] as const)('of %s %%: %j', (coveragePercent, warnings) => {
    const given = situation({ actions: [done('larvae', '2022-10-03', { coveragePercent })] });
    expect(stepOf('larvae', given, '2022-10-03').warnings).toEqual(warnings);
  });
  it('is that of the round that reached its houses, where one did', () => {
    const low = done('larvae', '2022-10-03', { coveragePercent: 60 });
    const given = situation({ actions: [low, done('larvae', '2022-10-05')] });
    expect(stepOf('larvae', given, '2022-10-06')).toMatchObject({ doneOn: '2022-10-05', coveragePercent: 100 });
  });
  it('has one decimal, and is unknown without both counts', () => {
    expect(coverageOf(300, 286)).toBe(95.3);
    expect(coverageOf(0, 0)).toBeNull();
    expect(coverageOf(null, 5)).toBeNull();
  });
});

describe('the third round', () => {
  const two = [done('larvae', '2022-10-02'), spray(1, '2022-10-02'), spray(2, '2022-10-09')];
  const given = (more: Partial<Situation>) => situation({ actions: two, expectedEndOn: '2022-12-31', ...more });
  it('is needless while nothing asks for it', () => {
    expect(stepOf('spray-3', given({}), '2022-10-12').state).toBe('needless');
  });
  test.each([
    ['2022-10-09', 'needless'],
    ['2022-10-10', 'done or due'],
    ['2022-10-23', 'done or due'],
    ['2022-10-24', 'needless'],
  ])('with a new case that fell ill on %s: %s', (onset, expected) => {
    const step = stepOf('spray-3', given({ onsets: [onset] }), '2022-10-24');
    expect(step.state === 'needless').toBe(expected === 'needless');
    if (expected !== 'needless') expect(step.reasons).toEqual(['new-cases']);
  });
  it('is asked for while the last survey after spraying is high', () => {
    const high = given({ surveys: [survey('after', '2022-10-10', true)] });
    expect(stepOf('spray-3', high, '2022-10-12')).toMatchObject({
      state: 'waiting',
      from: '2022-10-16',
      dueOn: '2022-10-19',
      reasons: ['index-high'],
    });
    const fallen = given({ surveys: [survey('after', '2022-10-10', true), survey('after', '2022-10-14')] });
    expect(stepOf('spray-3', fallen, '2022-10-15').state).toBe('needless');
  });
});

describe('surveys', () => {
  it('before treatment count until the first round, after it from the second', () => {
    const two = [done('larvae', '2022-10-03'), spray(1, '2022-10-03'), spray(2, '2022-10-10')];
    const early = situation({ actions: two, surveys: [survey('before', '2022-10-03'), survey('after', '2022-10-09')] });
    expect(stepOf('survey-before', early, '2022-10-12').state).toBe('done');
    expect(stepOf('survey-after', early, '2022-10-12')).toMatchObject({ state: 'due', dueOn: null });
    const late = situation({ actions: two, surveys: [survey('before', '2022-10-04'), survey('after', '2022-10-10')] });
    expect(stepOf('survey-before', late, '2022-10-12').state).toBe('late');
    expect(stepOf('survey-after', late, '2022-10-12').state).toBe('done');
  });
});

it('late steps stand first, the latest on top, then what is due', () => {
  const steps = checklistOf(situation({ actions: [done('verify', '2022-10-02')] }), rule, '2022-10-05');
  expect(steps.map(({ code, state }) => `${code} ${state}`)).toEqual([
    'survey-before late',
    'larvae late',
    'spray-1 waiting',
    'spray-2 waiting',
    'survey-after waiting',
    'verify done',
    'spray-3 needless',
    'wide needless',
  ]);
});

it('an outbreak that has ended stays as late as it was, and asks for nothing new', () => {
  const steps = checklistOf(situation(), rule, '2022-12-01');
  expect(steps.find(({ code }) => code === 'verify')).toMatchObject({ state: 'late', daysLate: 13 });
  expect(steps.filter(({ state }) => state === 'due' || state === 'waiting')).toEqual([]);
});

describe('a whole residential group is treated', () => {
  const one = (number: string, openedOn: string, ...groups: string[]) => ({
    number,
    openedOn,
    groups: new Set(groups.map((group) => groupKey('00100@1995-10-28', group))),
  });
  test.each([
    ['from the third outbreak within 14 days', ['2022-10-01', '2022-10-08', '2022-10-15'], '2022-10-15'],
    ['not by the 15th day', ['2022-10-01', '2022-10-08', '2022-10-16'], null],
    ['not by two', ['2022-10-01', '2022-10-08'], null],
  ])('%s', (_, days, expected) => {
    const all = days.map((day, i) => one(String(i), day, i === 1 ? 'tổ  05' : 'Tổ 5'));
    expect(manyFrom(all[0]!, all, rule)).toBe(expected);
  });
  it('not for outbreaks of another group', () => {
    const all = [one('1', '2022-10-01', 'Tổ 5'), one('2', '2022-10-01', 'Tổ 6'), one('3', '2022-10-01', 'Tổ 15')];
    expect(manyFrom(all[0]!, all, rule)).toBeNull();
  });
});
