import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { axisTicks, linePath } from '../../../web/charts/axis.ts';

it.each<[string, number[], number[]]>([
  ['round numbers around the values', [61.2, 78.9], [60, 65, 70, 75, 80]],
  ['without the faults of binary fractions', [0.12, 0.48], [0.1, 0.2, 0.3, 0.4, 0.5]],
  ['room on both sides of one value', [7], [6.5, 6.75, 7, 7.25, 7.5]],
  ['an axis where nothing is known', [], [0, 0.25, 0.5, 0.75, 1]],
  ['below nought too', [-3, 4], [-4, -2, 0, 2, 4]],
])('the ticks are %s', (_, values, ticks) => {
  expect(axisTicks(values)).toEqual(ticks);
});

test('the ticks hold every value, ascend evenly and stay few', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.integer({ min: -100_000, max: 100_000 }).map((n) => n / 100),
        { minLength: 1 },
      ),
      (values) => {
        const ticks = axisTicks(values);
        expect(ticks[0]!).toBeLessThanOrEqual(Math.min(...values) + 1e-6);
        expect(ticks.at(-1)!).toBeGreaterThanOrEqual(Math.max(...values) - 1e-6);
        expect(ticks.length).toBeLessThanOrEqual(8);
        expect(new Set(ticks).size).toBe(ticks.length);
      },
    ),
  );
});

it('breaks the line where a figure is missing: none is not 0', () => {
  expect(
    linePath(
      [1, 2, null, 3, 4],
      (i) => i,
      (v) => v,
    ),
  ).toBe('M0.0 1.0L1.0 2.0M3.0 3.0L4.0 4.0');
});
