import { describe, expect, it, test } from 'vitest';
import { loadPlaces } from '../../../geodata/load.ts';
import { checkProcedure } from '../../../geodata/procedure-checks.ts';
import { conditionsOf, deadlinesOf, publicUntil, type DatedStep } from '../../../server/status/title-deadline.ts';
import { stepsAsTheyStand, stepsUntil } from '../../../server/status/title-history.ts';
import { culturalCounts } from '../../../server/status/title-register.ts';
import { refuseHistory, standingOf, stepsAfter, type ProcedureStep } from '../../../server/status/title.ts';
import { workCalendar } from '../../../server/status/working-days.ts';

const { titleProcedure: procedure, holidays, facts } = loadPlaces();
const calendar = workCalendar(holidays);

const taken = (step: ProcedureStep, since: string, more: Partial<DatedStep> = {}): DatedStep => ({
  step,
  since,
  source: 'x',
  paper: null,
  dueOn: null,
  satisfaction: null,
  ...more,
});
const due = (history: DatedStep[], at: string) =>
  deadlinesOf(history, procedure, calendar, at).map(({ kind, next, dueOn, daysLeft, state }) => [
    kind,
    next,
    dueOn,
    daysLeft,
    state,
  ]);

describe('what is due', () => {
  const asked = taken('consultation', '2022-09-12');

  it('after the dossier: a council in 3 working days, a decision in 13', () => {
    expect(due([asked, taken('dossier', '2022-11-01')], '2022-11-03')).toEqual([
      ['statutory', 'council', '2022-11-04', 1, 'soon'],
      ['statutory', 'decision', '2022-11-18', 11, 'on-time'],
    ]);
  });

  it('is late the day after, in working days', () => {
    const history = [asked, taken('dossier', '2022-11-01')];
    expect(due(history, '2022-11-05')[0]).toEqual(['statutory', 'council', '2022-11-04', 0, 'late']);
    expect(due(history, '2022-11-08')[0]).toEqual(['statutory', 'council', '2022-11-04', -2, 'late']);
  });

  it('after the council: its meeting in 5 working days, the decision still counted from the dossier', () => {
    const history = [asked, taken('dossier', '2022-11-01'), taken('council', '2022-11-04')];
    expect(due(history, '2022-11-07')).toEqual([
      ['statutory', 'vote', '2022-11-11', 4, 'on-time'],
      ['statutory', 'decision', '2022-11-18', 9, 'on-time'],
    ]);
  });

  it('after recognition: publication in 30 days, and the title again in 5 years', () => {
    expect(due([taken('vote', '2022-11-10'), taken('recognised', '2022-11-18')], '2022-11-18')).toEqual([
      ['statutory', 'published', '2022-12-19', 21, 'on-time'],
      ['renewal', 'registered', '2027-11-18', expect.any(Number), 'on-time'],
    ]);
  });

  it('after a refusal: nothing', () => {
    expect(due([taken('vote', '2022-11-10'), taken('refused', '2022-11-18')], '2022-11-20')).toEqual([]);
  });

  it('while residents are asked: not before 30 days, and never late', () => {
    expect(due([taken('consultation', '2022-11-02')], '2022-11-04')).toMatchObject([['at-least', 'dossier', '2022-12-02', 20, 'waiting']]); // prettier-ignore
    expect(due([taken('consultation', '2022-09-12')], '2022-11-04')[0]).toMatchObject({ 4: 'open' });
  });

  it('by the paper’s own word, where the procedure sets no day', () => {
    const history = [taken('registered', '2022-10-10', { dueOn: '2022-11-01' })];
    expect(due(history, '2022-11-04')).toEqual([['paper', 'self-assessment', '2022-11-01', -3, 'late']]);
  });

  it('is forgotten when a later step took the earlier one back', () => {
    const history = [asked, taken('dossier', '2022-10-03'), taken('consultation', '2022-10-20')];
    expect(due(history, '2022-11-04').map(([, next]) => next)).toEqual(['dossier']);
  });

  it('says of which years no holidays are known', () => {
    const [first] = deadlinesOf([taken('dossier', '2027-01-04')], procedure, calendar, '2027-01-05');
    expect(first?.unknownYears).toEqual([2027]);
  });

  it('is reminded of three months before the title is to be given again', () => {
    const history = [taken('recognised', '2022-11-18'), taken('published', '2022-11-20')];
    expect([due(history, '2027-08-17')[0]?.[4], due(history, '2027-08-18')[0]?.[4]]).toEqual(['on-time', 'soon']);
  });
});

describe('the conditions', () => {
  const status = (...states: ('met' | 'near' | 'no-data')[]) => ({
    criteriaMet: states.filter((state) => state === 'met').length,
    criteriaTotal: states.length,
    criteria: states.map((state, i) => ({ id: String(i), state, indicators: [] })),
  });
  const of = (history: DatedStep[], states: ('met' | 'near' | 'no-data')[], at = '2022-11-04') =>
    Object.fromEntries(conditionsOf(history, status(...states), procedure, at).map(({ id, state }) => [id, state]));

  it('of a ward nobody knows anything of have no data', () => {
    expect(of([], ['no-data', 'no-data'])).toEqual({
      registered: 'no-data',
      criteria: 'no-data',
      time: 'no-data',
      satisfaction: 'no-data',
    });
  });

  it('are met one by one', () => {
    const history = [taken('registered', '2022-05-04'), taken('consultation', '2022-06-01', { satisfaction: 90 })];
    expect(of(history, ['met', 'met'], '2024-05-04')).toEqual({
      registered: 'met',
      criteria: 'met',
      time: 'met',
      satisfaction: 'met',
    });
    expect(of(history, ['met', 'near'], '2024-05-03')).toMatchObject({ criteria: 'not-met', time: 'not-met' });
  });

  it('a criterion without figures beside met ones leaves the nine unknown', () => {
    expect(of([], ['met', 'no-data'])['criteria']).toBe('no-data');
  });

  it('89,9 % of residents are not 90 %', () => {
    const history = [taken('registered', '2022-05-04'), taken('consultation', '2022-06-01', { satisfaction: 89.9 })];
    expect(of(history, ['met'])['satisfaction']).toBe('not-met');
  });

  it('a title that is given again asks for five years', () => {
    const history = [taken('recognised', '2022-06-01'), taken('registered', '2022-07-01')];
    const [time] = conditionsOf(history, status('met'), procedure, '2025-07-01').filter(({ id }) => id === 'time');
    expect(time).toMatchObject({ target: 5, metOn: '2027-07-01', state: 'not-met' });
  });

  it('“not registered” is an answer, not a gap', () => {
    expect(of([taken('not-registered', '2022-09-27')], ['met'])['registered']).toBe('not-met');
  });
});

test('the report is public for 30 days from the consultation', () => {
  expect(publicUntil([taken('consultation', '2022-09-12')], procedure)).toBe('2022-10-12');
});

describe('writings', () => {
  const row = (id: number, root: number, since: string, removed = false) => ({ id, root, since, removed });

  it('of one step count by the last', () => {
    expect(stepsAsTheyStand([row(1, 1, '2022-10-01'), row(2, 1, '2022-10-03')]).map(({ id }) => id)).toEqual([2]);
  });

  it('that take a step out leave none', () => {
    expect(stepsAsTheyStand([row(1, 1, '2022-10-01'), row(2, 1, '2022-10-01', true)])).toEqual([]);
  });

  it('corrected on the day of the next step stay before it', () => {
    const steps = stepsAsTheyStand([row(1, 1, '2022-10-01'), row(2, 2, '2022-10-01'), row(3, 1, '2022-10-01')]);
    expect(steps.map(({ root }) => root)).toEqual([1, 2]);
  });

  it('of a later day are not known earlier', () => {
    expect(stepsUntil([row(1, 1, '2022-10-01'), row(2, 2, '2022-10-05')], '2022-10-04')).toHaveLength(1);
  });
});

describe('a history', () => {
  const rules = { today: '2022-11-04', decreeOn: '2022-04-15' };

  it('may hold all eight steps in order', () => {
    const steps: ProcedureStep[] = ['registered', 'self-assessment', 'consultation', 'dossier', 'council', 'vote', 'recognised', 'published']; // prettier-ignore
    expect(
      refuseHistory(
        steps.map((step, i) => taken(step, `2022-05-1${i}`)),
        rules,
      ),
    ).toBeNull();
  });

  it.each([
    ['step_before_decree', [taken('registered', '2022-04-14')]],
    ['step_in_future', [taken('registered', '2022-11-05')]],
    ['step_out_of_order', [taken('registered', '2022-05-01'), taken('vote', '2022-05-02')]],
    ['step_before_previous', [taken('registered', '2022-05-02'), taken('self-assessment', '2022-05-01')]],
  ])('%s', (code, history) => expect(refuseHistory(history, rules)).toBe(code));

  it('has every step of the procedure follow from some other, and each stand somewhere', () => {
    for (const { id } of procedure.steps) {
      expect(stepsAfter(null)).toContain(id);
      expect(standingOf(id)).toMatch(/registered|assessment|consultation|appraisal|recognised/);
    }
  });
});

test('Phường văn hóa: 5 of 8 in September 2022, 7 from 27/01/2024, 8 from 08/10/2024', () => {
  const eight = facts.wards.filter(({ key }) => key.endsWith('@1995-10-28'));
  const at = (day: string) => culturalCounts(eight, day).at(-1)?.recognised;
  expect([at('2022-09-27'), at('2024-01-27'), at('2024-10-08')]).toEqual([5, 7, 8]);
  expect(culturalCounts(eight, '2026-01-01').map(({ recognised }) => recognised)).toEqual([1, 2, 5, 7, 8]);
});

describe('the check of the procedure finds', () => {
  it.each<[string, (data: typeof procedure) => void, string]>([
    ['a deadline changed', (data) => void (data.steps[3]!.deadlines[0]!.count = 4), 'within 3 working-day'],
    ['a step left out', (data) => data.steps.splice(0, 1), '7 steps'],
    ['a deadline counted from another step', (data) => void (data.steps[3]!.deadlines[0]!.since = 'vote'), 'from vote'],
    ['two papers of one id', (data) => void (data.steps[0]!.documents[0]!.id = 'minutes'), 'of one id'],
  ])('%s', (_, spoil, fault) => {
    const data = structuredClone(procedure);
    spoil(data);
    expect(checkProcedure(data).join('\n')).toContain(fault);
  });

  it('nothing in the real one', () => expect(checkProcedure(procedure)).toEqual([]));
});
