/** What it means for areas to meet without gap or overlap: they use the same segments. Pure. */
import { linesOf } from './canonical.ts';
import type { Position } from './schema.ts';

export interface Area {
  name: string;
  geometry: GeoJSON.Geometry;
}

/** One name for a segment, whichever way it runs. */
export const segmentKey = (a: Position, b: Position): string => {
  const [from, to] = [a.join(), b.join()];
  return from < to ? `${from} ${to}` : `${to} ${from}`;
};

export const segmentsOf = (geometry: GeoJSON.Geometry): [Position, Position][] =>
  linesOf(geometry).flatMap((line) => line.slice(1).map((end, i): [Position, Position] => [line[i]!, end]));

/** The names of the areas that use each segment. */
export function usersOf(areas: readonly Area[]): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const { name, geometry } of areas) {
    for (const [a, b] of segmentsOf(geometry)) {
      const key = segmentKey(a, b);
      users.set(key, [...(users.get(key) ?? []), name]);
    }
  }
  return users;
}

const cross = (a: Position, b: Position, c: Position): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

const within = (a: Position, b: Position, p: Position): boolean =>
  Math.min(a[0], b[0]) <= p[0] &&
  p[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= p[1] &&
  p[1] <= Math.max(a[1], b[1]);

/** True when the closed segments a-b and c-d have a point in common. */
export function segmentsMeet(a: Position, b: Position, c: Position, d: Position): boolean {
  const [s1, s2, s3, s4] = [cross(a, b, c), cross(a, b, d), cross(c, d, a), cross(c, d, b)].map(Math.sign);
  if (s1 !== s2 && s3 !== s4) return true;
  return (
    (s1 === 0 && within(a, b, c)) ||
    (s2 === 0 && within(a, b, d)) ||
    (s3 === 0 && within(c, d, a)) ||
    (s4 === 0 && within(c, d, b))
  );
}

/** The first place where a closed ring touches or crosses itself, `null` when it is simple. */
export function selfContact(ring: readonly Position[]): Position | null {
  const segments = ring.slice(1).map((end, i): [Position, Position] => [ring[i]!, end]);
  for (let i = 0; i < segments.length; i++) {
    for (let j = i + 1; j < segments.length; j++) {
      const [a, b] = segments[i]!;
      const [c, d] = segments[j]!;
      if (j === i + 1 || (i === 0 && j === segments.length - 1)) {
        // Neighbours share one end; folding back on each other they share more.
        const [tip, end, other] = j === i + 1 ? [b, a, d] : [a, b, c];
        if (
          cross(end, tip, other) === 0 &&
          (end[0] - tip[0]) * (other[0] - tip[0]) + (end[1] - tip[1]) * (other[1] - tip[1]) > 0
        )
          return tip;
      } else if (segmentsMeet(a, b, c, d)) return c;
    }
  }
  return null;
}
