import { bboxPolygon, booleanIntersects, lineString, polygon } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bbox, Position } from '../../../geodata/schema.ts';
import { meetsBbox } from '../../../server/layers/bbox.ts';

const box: Bbox = [1, 1, 3, 2];
const line = (...coordinates: Position[]): GeoJSON.LineString => ({ type: 'LineString', coordinates });
const square = (from: number, to: number): Position[] => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
  [from, from],
];

describe('a box is met', () => {
  it.each<[string, GeoJSON.Point | GeoJSON.LineString | GeoJSON.Polygon, boolean]>([
    ['by a point on its corner', { type: 'Point', coordinates: [1, 1] }, true],
    ['not by a point beside it', { type: 'Point', coordinates: [0.9, 1] }, false],
    ['by a line that crosses it without a vertex inside', line([0, 0], [4, 3]), true],
    ['not by a line that passes it diagonally', line([0, 1.5], [2.5, 4]), false],
    ['by a line along its edge', line([0, 2], [4, 2]), true],
    ['by a polygon around it', { type: 'Polygon', coordinates: [square(0, 5)] }, true],
    ['not from the hole of a polygon', { type: 'Polygon', coordinates: [square(0, 5), square(0.5, 4)] }, false],
    ['by a polygon inside it', { type: 'Polygon', coordinates: [square(1.2, 1.8)] }, true],
  ])('%s', (_, geometry, met) => {
    expect(meetsBbox(geometry, box)).toBe(met);
  });

  it('when turf says so, of any line and any triangle', () => {
    // Off the whole numbers of the box, so that nothing merely touches it: touching is decided by rounding.
    const place = fc
      .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
      .map(([x, y]): Position => [x / 10 + 0.0137, y / 10 + 0.0071]);
    fc.assert(
      fc.property(fc.array(place, { minLength: 3, maxLength: 3 }), ([a, b, c]) => {
        fc.pre((b![0] - a![0]) * (c![1] - a![1]) !== (b![1] - a![1]) * (c![0] - a![0]));
        const path = lineString([a!, b!, c!]);
        const triangle = polygon([[a!, b!, c!, a!]]);
        expect(meetsBbox(path.geometry, box)).toBe(booleanIntersects(path, bboxPolygon(box)));
        expect(meetsBbox(triangle.geometry, box)).toBe(booleanIntersects(triangle, bboxPolygon(box)));
      }),
      { numRuns: 200 },
    );
  });
});
