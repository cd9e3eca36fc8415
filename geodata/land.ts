/** Dry or wet: whether a point can be a home. Pure, browser-safe. */
import { distanceToSegment, metersPerDegree } from './measure.ts';
import type { Position } from './schema.ts';

type Water = Pick<GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.LineString>, 'features'>;

/** True inside the outer ring of a lake (the lakes here have no islands in the data); false for any other geometry. */
export function isInLake([x, y]: Position, geometry: GeoJSON.Geometry): boolean {
  if (geometry.type !== 'Polygon') return false;
  const ring = geometry.coordinates[0]!;
  let odd = false;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1] as Position;
    const [bx, by] = ring[i] as Position;
    if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) odd = !odd;
  }
  return odd;
}

/** Metres from a position to the river's middle line. `Infinity` where there is no river. */
export function metersToRiver([lng, lat]: Position, { features }: Water): number {
  const [perLng, perLat] = metersPerDegree(lat);
  let nearest = Infinity;
  for (const { geometry } of features) {
    if (geometry.type !== 'LineString') continue;
    const line = geometry.coordinates as Position[];
    for (let i = 1; i < line.length; i++) {
      const [[ax, ay], [bx, by]] = [line[i - 1]!, line[i]!];
      const [fromX, toX] = [(ax - lng) * perLng, (bx - lng) * perLng];
      nearest = Math.min(nearest, distanceToSegment(0, 0, fromX, (ay - lat) * perLat, toX, (by - lat) * perLat));
    }
  }
  return nearest;
}
