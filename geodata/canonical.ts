/**
 * The one form in which a layer file may stand: RFC 7946 winding, six decimals, shared vertices, bbox, features in the
 * order of their ids, one feature a line. Applying it to its own output changes nothing.
 */
import { distanceToSegment, metersPerDegree } from './measure.ts';
import type { Bbox, Position } from './schema.ts';

/** 0.11 m: finer than any source here. */
const DECIMALS = 6;
/** A vertex of a neighbour this near to a segment is meant to lie on it: rounding moves a point by 0.08 m at most. */
const ON_LINE_METERS = 0.2;
/** Square degrees, twice: below what six decimals can enclose. */
const NO_AREA = 5e-13;

export type Feature = GeoJSON.Feature<GeoJSON.Geometry, Record<string, unknown>> & { id: string };
export interface Collection {
  type: 'FeatureCollection';
  bbox?: Bbox;
  features: Feature[];
}

const round = (value: number): number => Number(value.toFixed(DECIMALS));
export const roundPosition = ([lng, lat]: Position): Position => [round(lng), round(lat)];
export const samePosition = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1];

/** Twice the area under the ring, positive when it runs against the clock. */
export const signedArea = (ring: readonly Position[]): number => {
  const [lng0, lat0] = ring[0]!;
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1]!;
    const [bx, by] = ring[i]!;
    sum += (ax - lng0) * (by - lat0) - (bx - lng0) * (ay - lat0);
  }
  return sum;
};

/** The lines and rings of a geometry, mapped. Rings are told from lines, the outer from holes. */
export function mapLines(
  geometry: GeoJSON.Geometry,
  map: (line: Position[], role: 'line' | 'outer' | 'hole') => Position[],
): GeoJSON.Geometry {
  const rings = (polygon: GeoJSON.Position[][]) =>
    polygon.map((ring, i) => map(ring as Position[], i === 0 ? 'outer' : 'hole'));
  switch (geometry.type) {
    case 'LineString':
      return { ...geometry, coordinates: map(geometry.coordinates as Position[], 'line') };
    case 'MultiLineString':
      return { ...geometry, coordinates: geometry.coordinates.map((line) => map(line as Position[], 'line')) };
    case 'Polygon':
      return { ...geometry, coordinates: rings(geometry.coordinates) };
    case 'MultiPolygon':
      return { ...geometry, coordinates: geometry.coordinates.map(rings) };
    case 'Point':
      return { ...geometry, coordinates: map([geometry.coordinates as Position], 'line')[0]! };
    default:
      return geometry;
  }
}

export function linesOf(geometry: GeoJSON.Geometry): Position[][] {
  const lines: Position[][] = [];
  mapLines(geometry, (line) => (lines.push(line), line));
  return lines;
}

/** Rounded, without repeated points, outer rings against the clock and holes with it, each from its least vertex. */
export const canonicalGeometry = (geometry: GeoJSON.Geometry): GeoJSON.Geometry =>
  mapLines(geometry, (line, role) => {
    const points = line.map(roundPosition).filter((point, i, all) => i === 0 || !samePosition(point, all[i - 1]!));
    if (role === 'line') return points;
    const open = points.slice(0, -1);
    const turn = signedArea(points);
    // A ring without area has no direction; it is left for `check` to refuse.
    if (open.length < 3 || Math.abs(turn) < NO_AREA) return points;
    if (turn > 0 !== (role === 'outer')) open.reverse();
    const least = open.reduce((best, [lng, lat], i) => {
      const [bestLng, bestLat] = open[best]!;
      return lng < bestLng || (lng === bestLng && lat < bestLat) ? i : best;
    }, 0);
    const turned = [...open.slice(least), ...open.slice(0, least)];
    return [...turned, turned[0]!];
  });

/**
 * Gives every line of `features` the vertices of the others that lie on it, so that neighbours share whole segments
 * and rounding cannot open a gap between them.
 */
export function shareVertices(features: readonly Feature[]): Feature[] {
  const vertices = new Map<string, Position>();
  for (const { geometry } of features) {
    for (const point of linesOf(geometry).flat()) vertices.set(point.join(), point);
  }
  const points = [...vertices.values()];
  const withVertices = (line: Position[]): Position[] =>
    line.flatMap((from, i) => {
      const to = line[i + 1];
      if (!to) return [from];
      const [perLng, perLat] = metersPerDegree(from[1]);
      const plane = ([lng, lat]: Position): Position => [(lng - from[0]) * perLng, (lat - from[1]) * perLat];
      const end = plane(to);
      const between = points.filter((point) => {
        if (samePosition(point, from) || samePosition(point, to)) return false;
        const at = plane(point);
        const along = at[0] * end[0] + at[1] * end[1];
        if (along <= 0 || along >= end[0] ** 2 + end[1] ** 2) return false;
        return distanceToSegment(...at, 0, 0, ...end) <= ON_LINE_METERS;
      });
      const along = (point: Position) => plane(point)[0] * end[0] + plane(point)[1] * end[1];
      return [from, ...between.sort((a, b) => along(a) - along(b))];
    });
  return features.map((feature) => ({ ...feature, geometry: mapLines(feature.geometry, withVertices) }));
}

export function bboxOf(geometries: readonly GeoJSON.Geometry[]): Bbox {
  const points = geometries.flatMap(linesOf).flat();
  const lngs = points.map(([lng]) => lng);
  const lats = points.map(([, lat]) => lat);
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
}

/** The bytes of a layer file. Members of a feature in a fixed order; those of its properties as they stand. */
export function formatCollection(features: readonly Feature[]): string {
  const sorted = [...features].sort((a, b) => (a.id < b.id ? -1 : 1));
  const lines = sorted.map(({ id, properties, geometry }) =>
    JSON.stringify({
      type: 'Feature',
      id,
      ...(geometry.type === 'Point' ? {} : { bbox: bboxOf([geometry]) }),
      properties,
      geometry: { type: geometry.type, coordinates: (geometry as { coordinates: unknown }).coordinates },
    }),
  );
  const bbox = JSON.stringify(bboxOf(sorted.map(({ geometry }) => geometry)));
  return `{"type":"FeatureCollection","bbox":${bbox},"features":[\n${lines.join(',\n')}\n]}\n`;
}

/** The bytes of a seed, a pack or the registry. */
export const formatJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
