import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frozen } from '../../../server/meeting/contract.ts';
import { applyDifference, differenceBetween } from '../../../server/meeting/difference.ts';
import type { ProgrammeTask } from '../../../server/programme/contract.ts';
import { statusStates, type DistrictStatus, type WardStatus } from '../../../server/status/contract.ts';

const state = fc.constantFrom(...statusStates);
const indicator = (id: string) =>
  fc.record({
    id: fc.constant(id),
    value: fc.option(fc.integer({ min: 0, max: 3 })),
    unit: fc.constant('%'),
    target: fc.constantFrom(90, 95),
    state,
    reason: fc.constant('meets-target' as const),
    asOf: fc.option(fc.constantFrom('2022-06-30', '2022-09-30')),
    source: fc.option(fc.constantFrom('a', 'b')),
    evidence: fc.option(fc.record({ title: fc.constant('x'), expiresOn: fc.constant(null), file: fc.constant(null) })),
    demo: fc.boolean(),
  });
/** Packs of one or of two lines a criterion: another pack has other lines. */
const ward = (code: string, lines: number): fc.Arbitrary<WardStatus> =>
  fc.record({
    key: fc.constant(`${code}@1995-10-28` as WardStatus['key']),
    code: fc.constant(code),
    name: fc.constantFrom(`Phường ${code}`, 'tên khác'),
    title: fc.record({
      step: fc.constantFrom(null, 'registered' as const, 'appraisal' as const),
      since: fc.option(fc.constant('2022-10-10')),
      source: fc.option(fc.constant('x')),
    }),
    culturalWard: fc.constant(null),
    criteriaMet: fc.integer({ min: 0, max: 2 }),
    criteriaTotal: fc.constant(2),
    state,
    criteria: fc.tuple(
      ...['1', '2'].map((id) =>
        fc.record({
          id: fc.constant(id),
          state,
          indicators: fc.tuple(...Array.from({ length: lines }, (_, i) => indicator(`${id}.${i}`))),
        }),
      ),
    ),
  }) as fc.Arbitrary<WardStatus>;

const task = fc.record({
  id: fc.constantFrom('T1', 'T2', 'T3', 'T4'),
  state: fc.constantFrom('late', 'done', 'in-progress'),
  percent: fc.option(fc.integer({ min: 0, max: 100 })),
}) as fc.Arbitrary<unknown> as fc.Arbitrary<ProgrammeTask>;

const frozen: fc.Arbitrary<Frozen> = fc
  .record({ lines: fc.constantFrom(1, 2), wards: fc.subarray(['00091', '00097', '00100', '00112'], { minLength: 1 }) })
  .chain(({ lines, wards }) =>
    fc.record({
      status: fc.record({
        at: fc.constantFrom('2022-09-27', '2022-11-04'),
        units: fc.constant('1995-10-28' as const),
        pack: fc.constant(`pack-${lines}`),
        demo: fc.boolean(),
        wards: fc.tuple(...wards.map((code) => ward(code, lines))),
      }) as fc.Arbitrary<DistrictStatus>,
      pack: fc.constant({ id: `pack-${lines}` }) as fc.Arbitrary<unknown> as fc.Arbitrary<Frozen['pack']>,
      tasks: fc.uniqueArray(task, { selector: ({ id }) => id }),
    }),
  );

describe('what changed between two frozen days', () => {
  it('applied to the earlier one gives the later one', () => {
    fc.assert(
      fc.property(frozen, frozen, (a, b) => {
        expect(applyDifference(a, differenceBetween(a, b))).toEqual(b);
      }),
    );
  });

  it('is nothing between a day and itself', () => {
    fc.assert(
      fc.property(frozen, (a) => {
        const { wards, tasks, pack } = differenceBetween(a, structuredClone(a));
        expect([wards.flatMap(({ changes }) => changes), wards.filter(({ added }) => added), tasks, pack]).toEqual([
          [],
          [],
          [],
          null,
        ]);
      }),
    );
  });
});
