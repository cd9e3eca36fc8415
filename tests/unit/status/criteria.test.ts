import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CriteriaPack } from '../../../geodata/schema.ts';
import { statusStates, type StatusState } from '../../../server/status/contract.ts';
import {
  indicatorState,
  packOn,
  wardStatus,
  worstState,
  type IndicatorEntry,
} from '../../../server/status/criteria.ts';

const AT = '2022-09-27';
const entry = (value: number | null, expiresOn: string | null = null): IndicatorEntry => ({
  value,
  asOf: '2022-09-01',
  source: 'a report',
  evidence: { title: 'minutes', expiresOn },
  demo: false,
});
const atLeast90 = { direction: 'at-least', target: 90, nearMargin: 5 } as const;
const atMost5 = { direction: 'at-most', target: 5, nearMargin: 1 } as const;

const indicator = (id: string, target: number | null) =>
  ({ id, unit: '%', ...atLeast90, target }) as CriteriaPack['criteria'][number]['indicators'][number];
const pack = (more: Partial<CriteriaPack> = {}) =>
  ({
    id: 'p',
    validFrom: '2022-02-18',
    validTo: null,
    demo: false,
    criteria: [
      { id: 'a', indicators: [indicator('a1', 90), indicator('a2', 90)] },
      { id: 'b', indicators: [indicator('b1', 90)] },
    ],
    ...more,
  }) as CriteriaPack;

describe('the state of an indicator', () => {
  it.each([
    ['no entry', atLeast90, null, 'no-data', 'no-value'],
    ['an entry without a value', atLeast90, entry(null), 'no-data', 'no-value'],
    ['a value without a target', { ...atLeast90, target: null }, entry(99), 'no-data', 'no-target'],
    ['a target without a direction', { ...atLeast90, direction: null }, entry(99), 'no-data', 'no-target'],
    ['the target itself', atLeast90, entry(90), 'met', 'meets-target'],
    ['the edge of the margin', atLeast90, entry(85), 'near', 'within-margin'],
    ['below the margin', atLeast90, entry(84.9), 'not-met', 'misses-target'],
    ['no margin', { ...atLeast90, nearMargin: null }, entry(89.9), 'not-met', 'misses-target'],
    ['at most: the target itself', atMost5, entry(5), 'met', 'meets-target'],
    ['at most: within the margin', atMost5, entry(6), 'near', 'within-margin'],
    ['at most: above the margin', atMost5, entry(6.1), 'not-met', 'misses-target'],
    ['evidence on its last day', atLeast90, entry(95, AT), 'met', 'meets-target'],
    ['evidence run out', atLeast90, entry(95, '2022-09-26'), 'expired', 'evidence-expired'],
    ['a missed target with evidence run out', atLeast90, entry(10, '2022-09-26'), 'not-met', 'misses-target'],
  ] as const)('%s', (_, measure, given, state, reason) => {
    expect(indicatorState(measure, given, AT)).toEqual({ state, reason });
  });

  const needing = { ...atLeast90, evidenceNeeded: { vi: 'Biên bản', en: 'Minutes' } };
  const bare = { ...entry(95), evidence: null };
  const withdrawn = (value: number, withdrawnOn: string): IndicatorEntry => ({
    ...entry(value),
    evidence: { title: 'minutes', expiresOn: null, withdrawnOn },
  });
  it.each([
    ['no evidence where the pack needs some', needing, bare, 'expired', 'evidence-missing'],
    ['no evidence where the pack needs none', atLeast90, bare, 'met', 'meets-target'],
    ['evidence withdrawn today', atLeast90, withdrawn(95, AT), 'expired', 'evidence-withdrawn'],
    ['evidence withdrawn later', atLeast90, withdrawn(95, '2022-09-28'), 'met', 'meets-target'],
    ['a missed target with evidence withdrawn', needing, withdrawn(10, AT), 'not-met', 'misses-target'],
    [
      'a shelf life on its last day',
      { ...needing, evidenceMonths: 1 },
      { ...entry(95), asOf: '2022-08-27' },
      'met',
      'meets-target',
    ],
    [
      'a shelf life run out',
      { ...needing, evidenceMonths: 1 },
      { ...entry(95), asOf: '2022-08-26' },
      'expired',
      'evidence-expired',
    ],
    [
      'a last day of its own beside a shelf life',
      { ...needing, evidenceMonths: 1 },
      { ...entry(95, '2022-12-31'), asOf: '2022-01-01' },
      'met',
      'meets-target',
    ],
  ] as const)('%s', (_, measure, given, state, reason) => {
    expect(indicatorState(measure, given, AT)).toEqual({ state, reason });
  });

  it('is never bettered by taking evidence away', () => {
    const of = (given: IndicatorEntry, needed: boolean) =>
      statusStates.indexOf(indicatorState(needed ? needing : atLeast90, given, AT).state);
    fc.assert(
      fc.property(
        fc.integer({ min: 80, max: 100 }),
        fc.constantFrom(null, '2022-09-01', '2023-01-01'),
        (value, until) => {
          const full = entry(value, until);
          const taken = { ...full, evidence: { ...full.evidence!, withdrawnOn: AT } };
          expect(of(taken, true)).toBeLessThanOrEqual(of(full, true));
          expect(of({ ...full, evidence: null }, true)).toBeLessThanOrEqual(of(full, true));
          expect(of(taken, false)).toBeLessThanOrEqual(of(full, false));
        },
      ),
    );
  });

  it('forgives what binary fractions lose at the edge of the margin', () => {
    expect(indicatorState({ direction: 'at-least', target: 0.9, nearMargin: 0.3 }, entry(0.6), AT).state).toBe('near');
  });

  const finite = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
  const expiry = fc.constantFrom(null, '2022-01-01', '2030-01-01');
  const badness = (state: StatusState) => -statusStates.indexOf(state);

  it('never worsens when the value moves the right way, nor improves when the day moves on', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('at-least' as const, 'at-most' as const),
        finite,
        fc.option(fc.double({ noNaN: true, min: 0, max: 1e6 })),
        finite,
        finite,
        expiry,
        (direction, target, nearMargin, a, b, expiresOn) => {
          const [worse, better] = a < b === (direction === 'at-least') ? [a, b] : [b, a];
          const measure = { direction, target, nearMargin };
          const of = (value: number, at: string) => badness(indicatorState(measure, entry(value, expiresOn), at).state);
          return of(better, AT) <= of(worse, AT) && of(a, '2021-01-01') <= of(a, AT);
        },
      ),
    );
  });
});

describe('the worst state', () => {
  it('is no-data of nothing', () => {
    expect(worstState([])).toBe('no-data');
  });

  it('is the first present in the order not-met, near, expired, no-data, met, in any order of entry', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...statusStates), { minLength: 1 }), (states) => {
        const expected = statusStates.find((state) => states.includes(state));
        return worstState(states) === expected && worstState([...states].reverse()) === expected;
      }),
    );
  });
});

describe('the status of a ward', () => {
  it('is worst of its criteria, each worst of its indicators', () => {
    const entries = new Map([
      ['a1', entry(95)],
      ['a2', entry(86)],
      ['b1', entry(95)],
    ]);
    const status = wardStatus(pack(), entries, AT);
    expect(status.criteria.map(({ state }) => state)).toEqual(['near', 'met']);
    expect([status.state, status.criteriaMet, status.criteriaTotal]).toEqual(['near', 1, 2]);
  });

  it('carries the source of every value it shows and no value where there is none', () => {
    const status = wardStatus(pack(), new Map([['a1', entry(95)]]), AT);
    const [a1, a2] = status.criteria[0]!.indicators;
    expect(a1).toMatchObject({ value: 95, source: 'a report', asOf: '2022-09-01' });
    expect(a2).toMatchObject({ value: null, source: null, asOf: null, evidence: null });
  });

  it('leaves aside what the pack does not name', () => {
    const status = wardStatus(pack(), new Map([['elsewhere', entry(1)]]), AT);
    expect(status.state).toBe('no-data');
  });

  it('never gets worse when a value gets better', () => {
    // Around the target, where the states meet.
    const value = fc.integer({ min: 44, max: 56 });
    const expiresOn = fc.constantFrom(null, '2022-09-26', '2023-01-01');
    const measure = fc.record({
      direction: fc.constantFrom('at-least' as const, 'at-most' as const),
      nearMargin: fc.constantFrom(null, 0, 3),
    });
    const lines = fc.array(fc.record({ measure, value, expiresOn }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(lines, fc.nat(), value, (given, pick, other) => {
        const chosen = pick % given.length;
        const criteria = given.map(({ measure }, i) => ({
          id: `${i}`,
          indicators: [{ ...indicator(`${i}`, 50), ...measure }],
        }));
        const statusWith = (changed: number) =>
          wardStatus(
            pack({ criteria } as Partial<CriteriaPack>),
            new Map(given.map((line, i) => [`${i}`, entry(i === chosen ? changed : line.value, line.expiresOn)])),
            AT,
          );
        const [low, high] = [Math.min(given[chosen]!.value, other), Math.max(given[chosen]!.value, other)];
        const better = given[chosen]!.measure.direction === 'at-least' ? high : low;
        const [good, poor] = [statusWith(better), statusWith(better === high ? low : high)];
        const rank = (state: StatusState) => statusStates.indexOf(state);
        expect(rank(good.state)).toBeGreaterThanOrEqual(rank(poor.state));
        expect(rank(good.criteria[chosen]!.state)).toBeGreaterThanOrEqual(rank(poor.criteria[chosen]!.state));
        expect(good.criteriaMet).toBeGreaterThanOrEqual(poor.criteriaMet);
      }),
    );
  });

  it('is not better in one criterion than in those it requires, nor endless in a circle', () => {
    const criteria = [
      { id: 'a', requires: ['b'], indicators: [indicator('a1', 90)] },
      { id: 'b', requires: ['a'], indicators: [indicator('b1', 90)] },
      { id: 'c', indicators: [indicator('c1', 90)] },
    ];
    const entries = new Map(['a1', 'b1', 'c1'].map((id) => [id, entry(id === 'b1' ? 10 : 95)]));
    const status = wardStatus(pack({ criteria } as Partial<CriteriaPack>), entries, AT);
    expect(status.criteria.map(({ state }) => state)).toEqual(['not-met', 'not-met', 'met']);
  });

  it('does not depend on the order of entry', () => {
    const given: [string, IndicatorEntry][] = [
      ['a1', entry(95)],
      ['b1', entry(10)],
      ['a2', entry(86)],
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(given, { minLength: 3 }), (shuffled) => {
        expect(wardStatus(pack(), new Map(shuffled), AT)).toEqual(wardStatus(pack(), new Map(given), AT));
      }),
    );
  });
});

describe('the pack of a day', () => {
  const old = pack({ id: 'old', validFrom: '2022-02-18', validTo: '2024-12-31' });
  const late = pack({ id: 'late', validFrom: '2025-01-01' });

  it.each([
    ['2022-09-27', 'old'],
    ['2024-12-31', 'old'],
    ['2025-01-01', 'late'],
    ['2020-01-01', 'old'],
  ])('of %s is %s', (at, id) => {
    expect(packOn([late, old], at).id).toBe(id);
  });

  it('is the demo pack where one is in force', () => {
    expect(packOn([old, pack({ id: 'demo', demo: true })], AT).id).toBe('demo');
  });
});
