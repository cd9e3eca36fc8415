/** The edges between two wards of a set, as pieces to measure from. Pure, browser-safe. */
import { distanceToSegment, metersPerDegree } from './measure.ts';
import type { Position } from './schema.ts';

/** Long segments are cut, so that a part with no ward beyond it is told from a part with one. */
const PIECE_METERS = 60;
/**
 * A piece is inner when the edge of another ward runs this near its middle. The eight share their vertices (0 m); the
 * six of 2025 leave slivers up to some metres wide between neighbours.
 */
const SLACK_METERS = 8;

export interface InnerPieces {
  /** Metres east and north of `origin`: ax, ay, bx, by, piece after piece. */
  meters: Float64Array;
  origin: Position;
  perLng: number;
  perLat: number;
}

/** `wards`: the rings of each ward. */
export function innerPieces(wards: readonly Position[][][]): InnerPieces {
  const origin: Position = wards[0]?.[0]?.[0] ?? [0, 0];
  const [perLng, perLat] = metersPerDegree(origin[1]);
  const plane = ([lng, lat]: Position): Position => [(lng - origin[0]) * perLng, (lat - origin[1]) * perLat];
  const segments = wards.flatMap((rings, ward) =>
    rings.flatMap((ring) =>
      ring.slice(1).map((end, i) => {
        const [from, to] = [plane(ring[i]!), plane(end)];
        return { ward, from, to, box: boxAround(from, to) };
      }),
    ),
  );
  const pieces: number[] = [];
  for (const { ward, from, to } of segments) {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const parts = Math.max(1, Math.ceil(Math.hypot(dx, dy) / PIECE_METERS));
    for (let part = 0; part < parts; part++) {
      const at = (share: number): Position => [from[0] + dx * share, from[1] + dy * share];
      const middle = at((part + 0.5) / parts);
      const shared = segments.some(
        (other) =>
          other.ward !== ward &&
          other.box[0] <= middle[0] &&
          middle[0] <= other.box[2] &&
          other.box[1] <= middle[1] &&
          middle[1] <= other.box[3] &&
          distanceToSegment(...middle, ...other.from, ...other.to) <= SLACK_METERS,
      );
      if (shared) pieces.push(...at(part / parts), ...at((part + 1) / parts));
    }
  }
  return { meters: Float64Array.from(pieces), origin, perLng, perLat };
}

const boxAround = ([ax, ay]: Position, [bx, by]: Position): [number, number, number, number] => [
  Math.min(ax, bx) - SLACK_METERS,
  Math.min(ay, by) - SLACK_METERS,
  Math.max(ax, bx) + SLACK_METERS,
  Math.max(ay, by) + SLACK_METERS,
];

/** Metres from a position to the nearest piece; `Infinity` when there is none. */
export function metersToPieces([lng, lat]: Position, { meters, origin, perLng, perLat }: InnerPieces): number {
  const x = (lng - origin[0]) * perLng;
  const y = (lat - origin[1]) * perLat;
  let nearest = Infinity;
  for (let i = 0; i < meters.length; i += 4) {
    const distance = distanceToSegment(x, y, meters[i]!, meters[i + 1]!, meters[i + 2]!, meters[i + 3]!);
    if (distance < nearest) nearest = distance;
  }
  return nearest;
}
