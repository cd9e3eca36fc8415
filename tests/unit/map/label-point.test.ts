import { describe, expect, test } from 'vitest';
import { labelPoint } from '../../../web/map/label-point.ts';

const square = (west: number, south: number, side: number): GeoJSON.Position[][] => [
  [
    [west, south],
    [west + side, south],
    [west + side, south + side],
    [west, south + side],
    [west, south],
  ],
];

describe('the place of a label', () => {
  test('is the middle of a square', () => {
    expect(labelPoint({ type: 'Polygon', coordinates: square(105, 21, 0.01) })).toEqual([
      expect.closeTo(105.005, 3),
      expect.closeTo(21.005, 3),
    ]);
  });

  test('is inside a shape whose middle is not', () => {
    //  a hook:  ███
    //           █
    //           ███
    const hook: GeoJSON.Position[][] = [
      [
        [0, 0],
        [3, 0],
        [3, 1],
        [1, 1],
        [1, 2],
        [3, 2],
        [3, 3],
        [0, 3],
        [0, 0],
      ],
    ];
    const [x, y] = labelPoint({ type: 'Polygon', coordinates: hook })!;
    expect(x < 1 || y < 1 || y > 2).toBe(true);
  });

  test('is in the largest part', () => {
    const [lng] = labelPoint({ type: 'MultiPolygon', coordinates: [square(105, 21, 0.001), square(106, 21, 0.01)] })!;
    expect(lng).toBeGreaterThan(105.9);
  });

  test('keeps out of a hole', () => {
    const coordinates = [...square(0, 0, 4), ...square(1, 1, 2.9)];
    const [x, y] = labelPoint({ type: 'Polygon', coordinates })!;
    expect(x < 1 || y < 1 || x > 3.9 || y > 3.9).toBe(true);
  });

  test('is nowhere for what is not an area', () => expect(labelPoint(null)).toBeNull());
});
