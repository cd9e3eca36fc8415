import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WardKey } from '../../../geodata/schema.ts';
import { PUBLIC_MINIMUM } from '../../../server/dengue/contract.ts';
import { publishWeek, type CountedCase } from '../../../server/dengue/hotspots.ts';

const wards = ['00091', '00094', '00097', '00100'].map((code) => `${code}@1995-10-28` as WardKey);
const [PHU_THUONG, NHAT_TAN, TU_LIEN] = wards as [WardKey, WardKey, WardKey];

const times = (n: number, cell: string | null, ward: WardKey | null): CountedCase[] =>
  Array.from({ length: n }, () => ({ cell, ward }));
const published = (...cases: CountedCase[][]) => publishWeek(cases.flat());

/** A season's week: most cases in a cell of a ward, some with the ward alone, a few with nothing. */
const week = fc.array(
  fc.record({
    ward: fc.option(fc.constantFrom(...wards), { freq: 20 }),
    cell: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 6 }),
  }),
  { maxLength: 120 },
);
const toCases = (raw: { ward: WardKey | null; cell: number | null }[]): CountedCase[] =>
  raw.map(({ ward, cell }) => ({ ward, cell: ward !== null && cell !== null ? `${ward}/${cell}` : null }));

describe('the public hotspots of a week', () => {
  it('show a cell of enough cases and nothing else when nothing else is there', () => {
    expect(published(times(7, 'a', PHU_THUONG)).regions).toEqual([
      { region: 'cell', cell: 'a', ward: PHU_THUONG, cases: 7 },
    ]);
  });

  it('show the rest of a ward when it is enough', () => {
    const { regions } = published(times(7, 'a', PHU_THUONG), times(4, 'b', PHU_THUONG), times(1, null, PHU_THUONG));
    expect(regions).toEqual([
      { region: 'cell', cell: 'a', ward: PHU_THUONG, cases: 7 },
      { region: 'rest-of-ward', ward: PHU_THUONG, cases: 5 },
    ]);
  });

  it('take the smallest cell back into a rest of too few', () => {
    const { regions } = published(times(9, 'a', PHU_THUONG), times(5, 'b', PHU_THUONG), times(1, 'c', PHU_THUONG));
    expect(regions).toEqual([
      { region: 'cell', cell: 'a', ward: PHU_THUONG, cases: 9 },
      { region: 'rest-of-ward', ward: PHU_THUONG, cases: 6 },
    ]);
  });

  it('speak of the whole ward when no cell stands alone', () => {
    const { regions } = published(times(5, 'a', PHU_THUONG), times(1, 'b', PHU_THUONG));
    expect(regions).toEqual([{ region: 'ward', ward: PHU_THUONG, cases: 6 }]);
  });

  it('roll wards of too few up to the district, never to nothing', () => {
    const { regions } = published(times(3, 'a', PHU_THUONG), times(2, 'b', NHAT_TAN));
    expect(regions).toEqual([{ region: 'rest-of-district', cases: 5 }]);
  });

  it('take the smallest shown ward into a district rest of too few', () => {
    const { regions } = published(times(8, 'a', PHU_THUONG), times(6, 'b', NHAT_TAN), times(1, 'c', TU_LIEN));
    expect(regions).toEqual([
      { region: 'cell', cell: 'a', ward: PHU_THUONG, cases: 8 },
      { region: 'rest-of-district', cases: 7 },
    ]);
  });

  it('count a case of no known ward for the district', () => {
    expect(published(times(5, null, null)).regions).toEqual([{ region: 'rest-of-district', cases: 5 }]);
  });

  it.each([1, 2, 3, 4])('are withheld when the district has %i', (n) => {
    expect(published(times(n, 'a', PHU_THUONG))).toEqual({ regions: [], total: n, withheld: true });
  });

  it('are empty, not withheld, in a week without cases', () => {
    expect(publishWeek([])).toEqual({ regions: [], total: 0, withheld: false });
  });

  it('never speak of fewer than the minimum, and add up to the total', () => {
    fc.assert(
      fc.property(week, (raw) => {
        const { regions, total, withheld } = publishWeek(toCases(raw));
        const sum = regions.reduce((all, { cases }) => all + cases, 0);
        expect(regions.every(({ cases }) => cases >= PUBLIC_MINIMUM)).toBe(true);
        expect(sum).toBe(withheld ? 0 : total);
      }),
      { numRuns: 500 },
    );
  });

  it('leave no difference between any of them and the total of 1 to 4', () => {
    fc.assert(
      fc.property(week, fc.infiniteStream(fc.boolean()), (raw, coin) => {
        const { regions, total, withheld } = publishWeek(toCases(raw));
        if (withheld) return;
        let left = total;
        for (const { cases } of regions) if (coin.next().value) left -= cases;
        expect(left === 0 || left >= PUBLIC_MINIMUM).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('say at most one thing about a cell, a ward as a whole and the rest of a ward', () => {
    fc.assert(
      fc.property(week, (raw) => {
        const { regions } = publishWeek(toCases(raw));
        const ids = regions.map((r) => (r.region === 'cell' ? r.cell : r.region === 'rest-of-district' ? '' : r.ward));
        expect(new Set(ids).size).toBe(ids.length);
        const whole = new Set(regions.flatMap((r) => (r.region === 'ward' ? [r.ward] : [])));
        expect(regions.some((r) => r.region === 'cell' && whole.has(r.ward))).toBe(false);
      }),
    );
  });

  it('do not depend on the order of entry', () => {
    fc.assert(
      fc.property(week, (raw) => {
        expect(publishWeek(toCases([...raw].reverse()))).toEqual(publishWeek(toCases(raw)));
      }),
    );
  });
});
