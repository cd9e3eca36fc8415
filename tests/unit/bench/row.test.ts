import { describe, expect, it } from 'vitest';
import {
  benchRowSchema,
  compared,
  failuresOf,
  median,
  percentile,
  reported,
  seeded,
  tableOf,
} from '../../bench/row.ts';

const slow = compared({ name: 'slow', value: 50, unit: 'answers/s', reference: 100, budget: { atLeast: 0.75 } });
const fast = compared({ name: 'fast', value: 90, unit: 'answers/s', reference: 100, budget: { atLeast: 0.75 } });
const heavy = reported({ name: 'heavy', value: 300, unit: 'MB', budget: { atMost: 250 } });

describe('a row of the bench table', () => {
  it('has the shape that out.json promises', () => {
    for (const row of [slow, fast, heavy]) expect(benchRowSchema.parse(row)).toEqual(row);
    expect(slow).toEqual({
      name: 'slow',
      value: 50,
      unit: 'answers/s',
      reference: 100,
      ratio: 0.5,
      budget: '>= 0.75x',
      ok: false,
    });
  });

  it('keeps the ratio taken turn by turn, where there is one', () => {
    const row = compared({ name: 'n', value: 90, unit: 'ms', reference: 100, ratio: 2, budget: { atMost: 1.25 } });
    expect(row).toMatchObject({ ratio: 2, ok: false });
  });

  it('without a reference is reported and fails nothing', () => {
    expect(heavy).toMatchObject({ reference: null, ratio: null, ok: false });
    expect(failuresOf([slow, fast, heavy])).toEqual([slow]);
  });

  it('stands aligned in the table, its verdict first', () => {
    const lines = tableOf([slow, fast, heavy]).split('\n');
    expect(lines.map((line) => line.split(/\s+/)[0])).toEqual(['', 'FAIL', 'ok', 'note']);
    expect(new Set(lines.map((line) => line.search(/budget|>=|<=/))).size).toBe(1);
  });
});

describe('the figures', () => {
  it('take the middle, not the mean', () => {
    expect(median([1, 1000, 2])).toBe(2);
    expect(percentile([5, 1, 4, 2, 3], 0.95)).toBe(5);
  });

  it('come from the same random numbers in every run', () => {
    const [a, b] = [seeded(7), seeded(7)];
    const first = Array.from({ length: 100 }, a);
    expect(Array.from({ length: 100 }, b)).toEqual(first);
    expect(first.every((x) => x >= 0 && x < 1)).toBe(true);
  });
});
