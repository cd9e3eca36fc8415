import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RestorationItem } from '../../../server/heritage/restoration/contract.ts';
import { apart, budgetTable, millions, spotsOf } from '../../../server/heritage/restoration/plan-paper.ts';

const line = (number: number, more: Partial<RestorationItem>) => ({
  number,
  origins: [],
  item: { id: String(number), place: null, year: null, estimateDong: null, money: [], ...more } as unknown as RestorationItem, // prettier-ignore
});

it('works at one place share a sign with both numbers, and what has no place is named', () => {
  const place = { lng: 105.82, lat: 21.06 };
  const { spots, unplaced } = spotsOf([line(1, { place }), line(2, {}), line(3, { place: { ...place } })]);
  expect(spots.map(({ numbers }) => numbers)).toEqual([[1, 3]]);
  expect(unplaced).toEqual([2]);
});

it('signs lie apart, and alike each time', () => {
  const point = fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 600 }));
  fc.assert(
    fc.property(fc.array(point, { maxLength: 25 }), (points) => {
      const moved = apart(points, 20);
      expect(apart(points, 20)).toEqual(moved);
      moved.forEach(([x, y], i) =>
        moved.slice(0, i).forEach(([a, b]) => expect(Math.hypot(x - a, y - b)).toBeGreaterThan(18)),
      );
    }),
    { seed: 308 },
  );
});

it('money is told in millions, a sum last, and what nobody estimated is no 0', () => {
  expect([millions(1_250_500_000), millions(null)]).toEqual(['1.250,5', '–']);
  const rows = budgetTable([
    line(1, { year: 2023, estimateDong: 5_000_000, money: [{ source: 'city', amountDong: 2_000_000 }] }),
    line(2, {}),
  ]);
  expect(rows).toEqual([
    ['2023', '1', '2', '0', '0', '3', '5', '–'],
    ['Chưa định năm', '1', '0', '0', '0', '0', '0', '1 việc'],
    ['Cộng', '2', '2', '0', '0', '3', '5', '1 việc'],
  ]);
});
