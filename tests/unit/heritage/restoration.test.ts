import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { consentBodies } from '../../../geodata/restoration-vocabulary.ts';
import { moneySources, restorationStages } from '../../../geodata/restoration-vocabulary.ts';
import { relicRanks, repairUrgencies } from '../../../geodata/vocabulary.ts';
import { budgetOf, isShown } from '../../../server/heritage/restoration/budget-contract.ts';
import type { ItemFields } from '../../../server/heritage/restoration/contract.ts';
import {
  consentNeeded,
  refuseItem,
  refuseStep,
  sameFields,
  unfunded,
} from '../../../server/heritage/restoration/item.ts';
import { byPriority, priorityOf, type Known } from '../../../server/heritage/restoration/priority.ts';

const TODAY = '2022-11-04';
const item = (more: Partial<ItemFields> = {}): ItemFields => ({
  ...{ relicId: null, name: 'Đình Yên Phụ', otherNames: [], address: '', position: null },
  ...{ parts: ['roof'], work: 'restoration', estimateDong: null, money: [], stage: 'proposed', year: null },
  ...{ consent: null, note: '', ...more },
});
const paper = (body: (typeof consentBodies)[number], on = '2022-06-01') => ({ body, paper: '12/BVHTTDL-DSVH', on });

describe('works need the consent that the rank names', () => {
  it.each([
    ['national', 'ministry'],
    ['special-national', 'ministry'],
    ['city', 'department'],
    ['inventoried', 'none'],
    [null, 'unknown'],
  ] as const)('%s: %s', (rank, needed) => {
    expect(consentNeeded(rank)).toBe(needed);
  });

  it.each([
    ['without it they do not start', { stage: 'under-way' }, 'national', 'consent_missing'],
    ['nor are they done', { stage: 'done' }, 'city', 'consent_missing'],
    ['of another body it counts for nothing', { consent: paper('department') }, 'national', 'consent_of_other_body'],
    ['nor from the future', { consent: paper('ministry', '2022-11-05') }, 'national', 'consent_in_future'],
    ['of an unknown rank nobody knows whose', { stage: 'under-way' }, null, 'consent_body_unknown'],
    ['a known paper settles an unknown rank', { stage: 'under-way', consent: paper('department') }, null, undefined],
    ['given, they start', { stage: 'under-way', consent: paper('ministry') }, 'national', undefined],
    ['before works it may be missing', { stage: 'preparing' }, 'national', undefined],
    ['an inventoried relic demands none that is known', { stage: 'under-way' }, 'inventoried', undefined],
  ] as const)('%s', (_, more, rank, code) => {
    expect(refuseItem(item(more), rank, TODAY)?.code).toBe(code);
  });
});

describe('an item', () => {
  const million = 1_000_000;
  it.each([
    ['names no part twice', { parts: ['roof', 'roof'] }, 'part_twice'],
    [
      'names no source twice',
      {
        money: [
          { source: 'city', amountDong: 1 },
          { source: 'city', amountDong: null },
        ],
      },
      'source_twice',
    ],
    [
      'gets no more than its estimate',
      { estimateDong: 5 * million, money: [{ source: 'city', amountDong: 6 * million }] },
      'sources_exceed_estimate',
    ],
  ] as const)('%s', (_, more, code) => {
    expect(refuseItem(item(more as unknown as Partial<ItemFields>), 'national', TODAY)?.code).toBe(code);
  });

  it('goes back a stage only as a correction that says why', () => {
    const [early, late] = [item(), item({ stage: 'preparing' })];
    expect(refuseStep(early, late, '')).toBeNull();
    expect(refuseStep(late, early, '')?.code).toBe('stage_backwards');
    expect(refuseStep(late, early, 'Nhập nhầm')).toBeNull();
  });

  it('says what no source stands for, and nothing where it is not known', () => {
    const money = [{ source: 'city' as const, amountDong: 3 * million }];
    expect(unfunded(item({ estimateDong: 5 * million, money }))).toBe(2 * million);
    expect(unfunded(item({ estimateDong: null, money }))).toBeNull();
    expect(unfunded(item({ estimateDong: 5 * million, money: [{ source: 'city', amountDong: null }] }))).toBeNull();
  });

  it('is the same whatever the order of its parts', () => {
    expect(sameFields(item({ parts: ['roof', 'wall'] }), item({ parts: ['wall', 'roof'] }))).toBe(true);
    expect(sameFields(item({ parts: ['roof'] }), item({ parts: ['wall'] }))).toBe(false);
  });
});

const weights = fc
  .record({
    grade: fc.integer({ min: 0, max: 100 }),
    rank: fc.integer({ min: 0, max: 100 }),
    age: fc.integer({ min: 0, max: 100 }),
    danger: fc.integer({ min: 0, max: 100 }),
  })
  .filter((all) => Object.values(all).some((one) => one > 0));
const known: fc.Arbitrary<Known> = fc.record({
  grade: fc.option(fc.integer({ min: 1, max: 5 })),
  rank: fc.option(fc.constantFrom(...relicRanks)),
  inspectedOn: fc.option(fc.integer({ min: 0, max: 1500 }).map((days) => new Date(Date.parse(TODAY) - days * 86_400_000).toISOString().slice(0, 10))), // prettier-ignore
  found: fc.array(
    fc.record({
      part: fc.constant('roof' as const),
      grade: fc.integer({ min: 1, max: 5 }),
      cause: fc.constant(null),
      urgency: fc.option(fc.constantFrom(...repairUrgencies)),
    }),
    { maxLength: 3 },
  ),
});

describe('the priority', () => {
  it('is 100 where all is at its worst and known, 0 where nothing presses', () => {
    const all = { grade: 1, rank: 1, age: 1, danger: 1 };
    const found = (urgency: 'at-once' | null) => [{ part: 'roof' as const, grade: 5, cause: null, urgency }];
    const worst = { grade: 5, rank: 'special-national' as const, inspectedOn: '2019-01-01', found: found('at-once') };
    expect(priorityOf(worst, all, TODAY).score).toBe(100);
    const calm = { grade: 1, rank: null, inspectedOn: TODAY, found: found(null) };
    expect(priorityOf(calm, { ...all, rank: 0 }, TODAY).score).toBe(0);
  });

  it('counts what nobody knows with the stated default and says so, never as nothing', () => {
    const { parts } = priorityOf({ grade: null, rank: null, inspectedOn: null, found: [] }, { grade: 40, rank: 20, age: 15, danger: 25 }, TODAY); // prettier-ignore
    expect(parts).toEqual([
      { part: 'grade', known: false, value: 0.5, weight: 40, points: 20 },
      { part: 'rank', known: false, value: 0.5, weight: 20, points: 10 },
      { part: 'age', known: false, value: 1, weight: 15, points: 15 },
      { part: 'danger', known: false, value: 0.5, weight: 25, points: 12.5 },
    ]);
  });

  it('never falls when the grade is worse, the rank higher, the inspection older or a part more urgent', () => {
    const ranks = ['inventoried', 'city', 'national', 'special-national'] as const;
    fc.assert(
      fc.property(
        known,
        weights,
        fc.integer({ min: 1, max: 4 }),
        fc.nat(2),
        fc.nat(3),
        fc.nat(1000),
        (one, all, grade, rank, urgency, days) => {
          // prettier-ignore
          const score = (more: Partial<Known>) => priorityOf({ ...one, ...more }, all, TODAY).score;
          const on = (ago: number) => new Date(Date.parse(TODAY) - ago * 86_400_000).toISOString().slice(0, 10);
          const part = (i: number) => [
            { part: 'roof' as const, grade: 3, cause: null, urgency: repairUrgencies[i] ?? null },
          ];
          expect(score({ grade: grade + 1 })).toBeGreaterThanOrEqual(score({ grade }));
          expect(score({ rank: ranks[rank + 1]! })).toBeGreaterThanOrEqual(score({ rank: ranks[rank]! }));
          expect(score({ inspectedOn: on(days + 40) })).toBeGreaterThanOrEqual(score({ inspectedOn: on(days) }));
          if (urgency > 0)
            expect(score({ found: part(urgency) })).toBeGreaterThanOrEqual(score({ found: part(urgency - 1) }));
        },
      ),
    );
  });

  it('is the sum of its parts and between 0 and 100', () => {
    fc.assert(
      fc.property(known, weights, (one, all) => {
        const { score, parts } = priorityOf(one, all, TODAY);
        expect(Math.abs(score - parts.reduce((sum, { points }) => sum + points, 0))).toBeLessThan(0.25);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('does not depend on the order of parts found, nor the order of a list on how its items came', () => {
    fc.assert(
      fc.property(known, weights, fc.array(known, { minLength: 2, maxLength: 8 }), fc.nat(), (one, all, many, turn) => {
        const shuffled = { ...one, found: one.found.toReversed() };
        expect(priorityOf(shuffled, all, TODAY)).toEqual(priorityOf(one, all, TODAY));
        const items = many.map((each, i) => ({
          ...{ id: `i${i}`, name: `Đình ${i % 3}`, wardKey: '00100@1995-10-28' },
          priority: priorityOf(each, all, TODAY),
        }));
        const turned = [...items.slice(turn % items.length), ...items.slice(0, turn % items.length)];
        expect(turned.toSorted(byPriority)).toEqual(items.toSorted(byPriority));
      }),
    );
  });
});

describe('the budget', () => {
  const costed = fc.record({
    year: fc.option(fc.integer({ min: 2022, max: 2025 })),
    estimateDong: fc.option(fc.integer({ min: 0, max: 1000 })),
    money: fc.uniqueArray(
      fc.record({ source: fc.constantFrom(...moneySources), amountDong: fc.option(fc.integer({ min: 0, max: 300 })) }),
      { selector: ({ source }) => source, maxLength: 3 },
    ),
  });
  it('holds every đồng once, and counts what nobody estimated', () => {
    fc.assert(
      fc.property(fc.array(costed, { maxLength: 20 }), (items) => {
        const valid = items.filter((one) => refuseItem(item(one), null, TODAY) === null);
        const { rows, sum } = budgetOf(valid);
        const named = (one: (typeof valid)[number]) => one.money.reduce((total, { amountDong }) => total + (amountDong ?? 0), 0); // prettier-ignore
        const expected = valid.reduce((total, one) => total + (one.estimateDong ?? named(one)), 0);
        expect(sum.total).toBe(expected);
        expect(rows.reduce((total, row) => total + row.total, 0)).toBe(expected);
        expect(Object.values(sum.dong).reduce((a, b) => a + b, 0)).toBe(expected);
        expect(sum.unestimated).toBe(valid.filter(({ estimateDong }) => estimateDong === null).length);
        expect(rows.map(({ year }) => year ?? Infinity)).toEqual(rows.map(({ year }) => year ?? Infinity).toSorted((a, b) => a - b)); // prettier-ignore
      }),
    );
  });

  it('is asked for by ward, stage, year and source, and for what has no year or no source', () => {
    const one = { ...item({ year: 2023, money: [{ source: 'city', amountDong: null }] }), wardKey: 'w' };
    expect(isShown(one, { ward: 'w', stage: 'proposed', year: 2023, source: 'city' })).toBe(true);
    expect(isShown(one, { source: 'none' })).toBe(false);
    expect(isShown(one, { year: 'none' })).toBe(false);
    expect(isShown({ ...item(), wardKey: 'w' }, { source: 'none', year: 'none' })).toBe(true);
    expect(restorationStages.filter((stage) => isShown(one, { stage }))).toEqual(['proposed']);
  });
});
