import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position, WardKey } from '../../../geodata/schema.ts';
import { cellOf, cellPolygon, GRID, wardOfCell } from '../../../server/dengue/grid.ts';

const KEY = '00097@1995-10-28' as WardKey;

describe('the fixed grid', () => {
  it('has cells of about 500 m at the latitude of the district', () => {
    const metersPerDegree = (Math.PI / 180) * 6_371_008.8;
    expect(GRID.latStep * metersPerDegree).toBeCloseTo(500, -1);
    expect(GRID.lngStep * metersPerDegree * Math.cos((21.07 * Math.PI) / 180)).toBeCloseTo(500, -1);
  });

  it('puts every position inside the square of its cell', () => {
    const place = fc.tuple(
      fc.double({ min: 105.75, max: 105.9, noNaN: true }),
      fc.double({ min: 21, max: 21.2, noNaN: true }),
    );
    fc.assert(
      fc.property(place, ([lng, lat]) => {
        const ring = cellPolygon(cellOf([lng, lat])).coordinates[0]!;
        const [west, south] = ring[0] as Position;
        const [east, north] = ring[2] as Position;
        // Corners are rounded to a tenth of a metre.
        return lng >= west - 1e-6 && lng <= east + 1e-6 && lat >= south - 1e-6 && lat <= north + 1e-6;
      }),
    );
  });

  it('gives a cell to the ward of its centre', () => {
    expect(wardOfCell({ col: 20, row: 20 }, () => KEY)).toBe(KEY);
  });

  it('gives a cell whose centre lies outside every ward to the ward of most of it', () => {
    const east = GRID.west + 20.6 * GRID.lngStep;
    expect(wardOfCell({ col: 20, row: 20 }, ([lng]) => (lng > east ? KEY : null))).toBe(KEY);
  });

  it('gives a cell outside every ward to none', () => {
    expect(wardOfCell({ col: 0, row: 0 }, () => null)).toBeNull();
  });
});
