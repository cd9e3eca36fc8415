import type { Bbox, Position } from '../../geodata/schema.ts';

type Geometry = Exclude<GeoJSON.Geometry, GeoJSON.GeometryCollection>;

const holds = ([west, south, east, north]: Bbox, [x, y]: Position): boolean =>
  x >= west && x <= east && y >= south && y <= north;

/** Liang and Barsky: whether any part of the segment a-b lies in the box. */
function segmentMeets([west, south, east, north]: Bbox, [ax, ay]: Position, [bx, by]: Position): boolean {
  let enter = 0;
  let leave = 1;
  const sides: [slope: number, distance: number][] = [
    [ax - bx, ax - west],
    [bx - ax, east - ax],
    [ay - by, ay - south],
    [by - ay, north - ay],
  ];
  for (const [slope, distance] of sides) {
    if (slope === 0) {
      if (distance < 0) return false;
    } else if (slope < 0) enter = Math.max(enter, distance / slope);
    else leave = Math.min(leave, distance / slope);
    if (enter > leave) return false;
  }
  return true;
}

const lineMeets = (box: Bbox, line: readonly Position[]): boolean =>
  line.some((position, i) => (i === 0 ? holds(box, position) : segmentMeets(box, line[i - 1]!, position)));

/** Even-odd over all rings, so that a hole is outside. */
function insideRings(rings: readonly (readonly Position[])[], [x, y]: Position): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = ring[i - 1]!;
      const [bx, by] = ring[i]!;
      if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) inside = !inside;
    }
  }
  return inside;
}

const polygonMeets = (box: Bbox, rings: Position[][]): boolean =>
  rings.some((ring) => lineMeets(box, ring)) || insideRings(rings, [box[0], box[1]]);

/**
 * Whether a geometry has a point in common with a box (degrees, both closed). The geometry itself is asked, not its
 * own box: a river that runs past diagonally is not met by a box beside it.
 */
export function meetsBbox(geometry: Geometry, box: Bbox): boolean {
  switch (geometry.type) {
    case 'Point':
      return holds(box, geometry.coordinates as Position);
    case 'MultiPoint':
      return geometry.coordinates.some((position) => holds(box, position as Position));
    case 'LineString':
      return lineMeets(box, geometry.coordinates as Position[]);
    case 'MultiLineString':
      return geometry.coordinates.some((line) => lineMeets(box, line as Position[]));
    case 'Polygon':
      return polygonMeets(box, geometry.coordinates as Position[][]);
    case 'MultiPolygon':
      return geometry.coordinates.some((rings) => polygonMeets(box, rings as Position[][]));
  }
}
