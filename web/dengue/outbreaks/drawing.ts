/** A polygon drawn corner by corner: what it is, and whether it is one. Pure. */
import type { Position } from '../../../geodata/schema.ts';

export interface DrawnPolygon {
  type: 'Polygon';
  coordinates: Position[][];
}

/** The closed, counter-clockwise ring of RFC 7946; `null` with fewer than three corners or with crossing sides. */
export function polygonOf(corners: readonly Position[]): DrawnPolygon | null {
  if (corners.length < 3 || crosses(corners)) return null;
  const ring = signedArea(corners) < 0 ? corners.toReversed() : [...corners];
  return { type: 'Polygon', coordinates: [[...ring, ring[0]!]] };
}

/** Twice the area in squared degrees, positive when the corners run counter-clockwise. */
const signedArea = (corners: readonly Position[]): number =>
  corners.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % corners.length]!;
    return sum + (x * nextY - nextX * y);
  }, 0);

/** Whether two sides that share no corner meet. */
export function crosses(corners: readonly Position[]): boolean {
  const sides = corners.map((corner, index) => [corner, corners[(index + 1) % corners.length]!] as const);
  return sides.some(([a, b], i) =>
    sides.some(([c, d], j) => {
      const apart = Math.abs(i - j);
      return j > i && apart > 1 && apart < sides.length - 1 && meet(a, b, c, d);
    }),
  );
}

const side = ([ax, ay]: Position, [bx, by]: Position, [px, py]: Position): number =>
  Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));

function meet(a: Position, b: Position, c: Position, d: Position): boolean {
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}
