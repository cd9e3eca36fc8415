/** Metres on the sphere and on a plane small enough for a city. Pure, browser-safe. */
import type { Position } from './schema.ts';

/** Mean radius of the earth (IUGG), metres: the radius the outbreak rule names too. */
export const EARTH_RADIUS_METERS = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Great-circle metres between two positions (haversine). */
export function metersBetween([lng1, lat1]: Position, [lng2, lat2]: Position): number {
  const sinLat = Math.sin(((lat2 - lat1) * RADIANS) / 2);
  const sinLng = Math.sin(((lng2 - lng1) * RADIANS) / 2);
  const h = sinLat * sinLat + Math.cos(lat1 * RADIANS) * Math.cos(lat2 * RADIANS) * sinLng * sinLng;
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Metres per degree at a latitude, `[along lng, along lat]`: a plane true to 1e-4 within some 20 km. */
export const metersPerDegree = (lat: number): [number, number] => [
  EARTH_RADIUS_METERS * RADIANS * Math.cos(lat * RADIANS),
  EARTH_RADIUS_METERS * RADIANS,
];

/** Plane distance from a point to the segment a-b, all in the same units. */
export function distanceToSegment(px: number, py: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / squared));
  const [x, y] = [px - ax - along * dx, py - ay - along * dy];
  // Math.hypot guards against overflow, which metres do not need, and costs several times as much.
  return Math.sqrt(x * x + y * y);
}

/** Length of a line in metres. */
export function lengthMeters(line: readonly Position[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += metersBetween(line[i - 1]!, line[i]!);
  return sum;
}
