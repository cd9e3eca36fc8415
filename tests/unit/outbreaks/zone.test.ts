import { polygon, union } from '@turf/turf';
import area from '@turf/area';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position } from '../../../geodata/schema.ts';
import { cellOf } from '../../../server/dengue/grid.ts';
import { cellShape, cellsOfShape, circlesAround, crossesItself, isInShape } from '../../../server/outbreaks/zone.ts';

const HERE: Position = [105.82, 21.06];
/** Metres east and north of one place. */
const at = (x: number, y: number): Position => [HERE[0] + x / 103_900, HERE[1] + y / 111_195];
const hectares = (shape: GeoJSON.Geometry | null) => (shape ? area(shape) / 10_000 : 0);

describe('the zone of circles', () => {
  it('of one home is a circle of the radius', () => {
    const zone = circlesAround([HERE], 200);
    expect(zone?.type).toBe('Polygon');
    expect(hectares(zone)).toBeCloseTo(12.54, 1);
    expect(isInShape(at(0, 199), zone!)).toBe(true);
    expect(isInShape(at(0, 201), zone!)).toBe(false);
  });

  it('of homes far apart is two polygons, of homes in a ring one with a hole', () => {
    expect(circlesAround([at(0, 0), at(500, 0)], 200)?.type).toBe('MultiPolygon');
    const ring = Array.from({ length: 12 }, (_, i) =>
      at(400 * Math.cos((i * Math.PI) / 6), 400 * Math.sin((i * Math.PI) / 6)),
    );
    expect((circlesAround(ring, 200) as GeoJSON.Polygon).coordinates).toHaveLength(2);
  });

  it('of one home counted twice is the same circle, of none it is nothing', () => {
    expect(circlesAround([HERE, HERE], 200)).toEqual(circlesAround([HERE], 200));
    expect(circlesAround([], 200)).toBeNull();
  });

  it('covers what the circles cover, no more and no less (against turf)', () => {
    const homes = fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 })), {
      minLength: 2,
      maxLength: 14,
    });
    fc.assert(
      fc.property(homes, (offsets) => {
        const centres = offsets.map(([x, y]) => at(x, y));
        const circles = centres.map((centre) => polygon((circlesAround([centre], 200) as GeoJSON.Polygon).coordinates));
        const merged = circles.reduce(
          (all, one) => (union({ type: 'FeatureCollection', features: [all, one] }) ?? all) as never,
        );
        const [own, turf] = [hectares(circlesAround(centres, 200)), hectares(merged.geometry)];
        expect(Math.abs(own - turf) / turf).toBeLessThan(0.01);
      }),
      { numRuns: 20, seed: 7 },
    );
  });
});

describe('what is told of a hidden place', () => {
  it('is each cell once', () => {
    const [one, same, other] = [[105.8201, 21.0601], [105.8239, 21.0639], [105.8301, 21.0601]] as [Position, Position, Position]; // prettier-ignore
    expect(cellShape([one, same].map(cellOf))).toEqual(cellShape([cellOf(one)]));
    expect(cellShape([one, same, other].map(cellOf))?.coordinates).toHaveLength(2);
    expect(cellShape([])).toBeNull();
  });

  it('of a drawn shape is cells, however small it is', () => {
    const shape: GeoJSON.Polygon = { type: 'Polygon', coordinates: [[at(0, 0), at(1, 0), at(1, 1), at(0, 0)]] };
    expect(cellsOfShape(shape)).toEqual(cellShape([cellOf(at(0.5, 0.5))]));
  });
});

it('a ring whose edges cross has no inside', () => {
  expect(crossesItself([at(0, 0), at(9, 9), at(9, 0), at(0, 9), at(0, 0)])).toBe(true);
  expect(crossesItself([at(0, 0), at(9, 0), at(9, 9), at(0, 9), at(0, 0)])).toBe(false);
});
