/**
 * "Within so many metres on the sphere", quick and exact. Points are compared by the straight chord through the earth,
 * which grows with the great circle and costs six operations. Within 0.1 mm of the limit, far more than the chord's
 * rounding (1e-8 m), the haversine decides: every answer is the one `metersBetween` gives.
 */
import { EARTH_RADIUS_METERS, metersBetween } from '../../geodata/measure.ts';

const RADIANS = Math.PI / 180;
const UNSURE_METERS = 1e-4;

/** Points of the sphere, in metres from the earth's centre, beside their degrees. */
export interface SpherePoints {
  lng: Float64Array;
  lat: Float64Array;
  x: Float64Array;
  y: Float64Array;
  z: Float64Array;
}

export const sphereX = (lng: number, lat: number): number =>
  EARTH_RADIUS_METERS * Math.cos(lat * RADIANS) * Math.cos(lng * RADIANS);
export const sphereY = (lng: number, lat: number): number =>
  EARTH_RADIUS_METERS * Math.cos(lat * RADIANS) * Math.sin(lng * RADIANS);
export const sphereZ = (lat: number): number => EARTH_RADIUS_METERS * Math.sin(lat * RADIANS);

/** Square metres of chord that are surely near (`below`), and surely not (`above`). */
export function chordLimits(radiusMeters: number): { below: number; above: number } {
  const chord = 2 * EARTH_RADIUS_METERS * Math.sin(Math.min(Math.PI / 2, radiusMeters / (2 * EARTH_RADIUS_METERS)));
  return { below: Math.max(0, chord - UNSURE_METERS) ** 2, above: (chord + UNSURE_METERS) ** 2 };
}

/**
 * Edge of the cubes in which near points are looked for: whoever is near lies in the same cube or one that touches it.
 * A little more than the radius, because the division into cubes rounds; at least 100 m, so that the numbers of a cube
 * fit one exact integer (`cubeKey`).
 */
export const cubeEdge = (radiusMeters: number): number => Math.max(100, radiusMeters * 1.001);

const OFFSET = 2 ** 16;
const SPAN = 2 ** 17;
/** One integer below 2^51 for a cube; each number between -65,536 and 65,535. */
export const cubeKey = (cx: number, cy: number, cz: number): number =>
  ((cx + OFFSET) * SPAN + (cy + OFFSET)) * SPAN + (cz + OFFSET);

/** A test of two of `points` by their numbers: at most `radiusMeters` of great circle apart, inclusive. */
export function nearness(points: SpherePoints, radiusMeters: number): (i: number, j: number) => boolean {
  const { lng, lat, x, y, z } = points;
  const { below, above } = chordLimits(radiusMeters);
  return (i, j) => {
    const dx = x[i]! - x[j]!;
    const dy = y[i]! - y[j]!;
    const dz = z[i]! - z[j]!;
    const squared = dx * dx + dy * dy + dz * dz;
    if (squared > above) return false;
    if (squared < below) return true;
    return metersBetween([lng[i]!, lat[i]!], [lng[j]!, lat[j]!]) <= radiusMeters;
  };
}
