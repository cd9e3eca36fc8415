import { describe, expect, it } from 'vitest';
import type { Position, Units, WardKey } from '../../../geodata/schema.ts';
import type { WardIndex } from '../../../geodata/ward-index.ts';
import { refusePosition, standing } from '../../../server/heritage/placement.ts';

/** 0.1° square around 105.82 E 21.07 N. */
const district: GeoJSON.Polygon = {
  type: 'Polygon',
  coordinates: [
    [
      [105.77, 21.02],
      [105.87, 21.02],
      [105.87, 21.12],
      [105.77, 21.12],
      [105.77, 21.02],
    ],
  ],
};

const STATED = '00097@1995-10-28' as WardKey;
const OTHER = '00100@1995-10-28' as WardKey;
const NEW = '00103@2025-07-01' as WardKey;
const wards = (old: WardKey | null, meters = 500): Record<Units, WardIndex> => ({
  '1995-10-28': { wardAt: () => old, metersToInnerEdge: () => meters },
  '2025-07-01': { wardAt: () => NEW, metersToInnerEdge: () => meters },
});
const here: Position = [105.82, 21.07];

describe('a position', () => {
  it.each([
    ['inside the district', [105.82, 21.07], null],
    ['29 km east of it', [105.87 + 29 / 103.75, 21.07], null],
    ['31 km east of it', [105.87 + 31 / 103.75, 21.07], 'far_from_district'],
    ['with swapped axes', [21.07, 105.82], 'outside_world'],
    ['at the antimeridian', [180, 0], 'far_from_district'],
    ['past the antimeridian', [180.1, 0], 'outside_world'],
    ['that is no number', [NaN, 21], 'outside_world'],
  ] as [string, Position, string | null][])('%s', (_, position, refusal) => {
    expect(refusePosition(position, district)).toBe(refusal);
  });
});

describe('the ward a position says', () => {
  it('is told for every set', () => {
    expect(standing(here, STATED, wards(STATED)).wardByPosition).toEqual({ '1995-10-28': STATED, '2025-07-01': NEW });
  });

  it('warns when it is another than the stated one', () => {
    expect(standing(here, STATED, wards(OTHER)).outsideStatedWard).toBe(true);
    expect(standing(here, STATED, wards(STATED)).outsideStatedWard).toBe(false);
  });

  it('warns outside every ward', () => {
    expect(standing(here, STATED, wards(null)).outsideStatedWard).toBe(true);
  });

  it('is a proposal within 50 m of an inner edge', () => {
    expect(standing(here, STATED, wards(STATED, 50)).nearWardEdge).toBe(true);
    expect(standing(here, STATED, wards(STATED, 51)).nearWardEdge).toBe(false);
  });

  it('says nothing without a position', () => {
    expect(standing(null, STATED, wards(OTHER, 0))).toEqual({
      wardByPosition: { '1995-10-28': null, '2025-07-01': null },
      outsideStatedWard: false,
      nearWardEdge: false,
    });
  });
});
