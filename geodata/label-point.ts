/** Where a ward's name sits best. Used by `build` only. */
import { buffer, difference, featureCollection, polygon } from '@turf/turf';
import { distanceToSegment, metersPerDegree } from './measure.ts';
import type { Position, WardFeature } from './schema.ts';

type Polygons = Position[][][];

/**
 * Half the width kept free of names along the river's middle line, kilometres: a rule for labels, not a bank. The bed
 * with its flats is about a kilometre wide here, and nobody lives on it.
 */
const RIVER_HALF_WIDTH_KM = 0.6;
/** A name is wider than high: the room east and west of the point counts for so much less. */
const NAME_ASPECT = 2.2;
const PRECISION_METERS = 5;

const polygonsOf = (geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon): Polygons =>
  (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as Polygons;

type Area = GeoJSON.Feature<GeoJSON.Polygon | GeoJSON.MultiPolygon>;

/** Where no name may stand: the lakes, and the river with its flats. */
export function wetAreas(lakes: readonly GeoJSON.Polygon[], river: GeoJSON.LineString): Area[] {
  const bed = buffer(river, RIVER_HALF_WIDTH_KM, { units: 'kilometers' });
  return [...lakes.map((lake): Area => polygon(lake.coordinates)), ...(bed ? [bed] : [])];
}

/** The pole of inaccessibility of the ward's dry land (the ward without `wet`), for a wide name. */
export function labelPointOf(ward: WardFeature, wet: readonly Area[]): Position {
  let land: Area | null = ward;
  for (const area of wet) if (land) land = difference(featureCollection([land, area]));
  return poleOf(polygonsOf((land ?? ward).geometry), NAME_ASPECT);
}

interface Cell {
  x: number;
  y: number;
  half: number;
  distance: number;
}

/**
 * The point of the polygons farthest from every edge, found by a quadtree that drops a square as soon as no point of
 * it can beat the best by the precision. Degrees in and out, metres inside; `aspect` shrinks east-west metres.
 */
export function poleOf(polygons: Polygons, aspect = 1): Position {
  const rings = polygons.flat();
  const [lng0, lat0] = rings[0]![0]!;
  const [trueLng, perLat] = metersPerDegree(lat0);
  const perLng = trueLng / aspect;
  const plane = rings.map((ring) => ring.map(([lng, lat]): Position => [(lng - lng0) * perLng, (lat - lat0) * perLat]));

  /** Positive inside. */
  const depth = (x: number, y: number): number => {
    let odd = false;
    let nearest = Infinity;
    for (const ring of plane) {
      for (let i = 1; i < ring.length; i++) {
        const [ax, ay] = ring[i - 1]!;
        const [bx, by] = ring[i]!;
        if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) odd = !odd;
        nearest = Math.min(nearest, distanceToSegment(x, y, ax, ay, bx, by));
      }
    }
    return odd ? nearest : -nearest;
  };
  const cell = (x: number, y: number, half: number): Cell => ({ x, y, half, distance: depth(x, y) });

  const points = plane.flat();
  const west = Math.min(...points.map(([x]) => x));
  const south = Math.min(...points.map(([, y]) => y));
  const half = Math.max(...points.map(([x, y]) => Math.max(x - west, y - south))) / 2;
  let best = cell(west + half, south + half, half);
  let open = [best];
  while (open.length > 0) {
    for (const one of open) if (one.distance > best.distance) best = one;
    open = open
      .filter((one) => one.distance + one.half * Math.SQRT2 > best.distance + PRECISION_METERS)
      .flatMap(({ x, y, half: h }) => [
        cell(x - h / 2, y - h / 2, h / 2),
        cell(x + h / 2, y - h / 2, h / 2),
        cell(x - h / 2, y + h / 2, h / 2),
        cell(x + h / 2, y + h / 2, h / 2),
      ]);
  }
  return [lng0 + best.x / perLng, lat0 + best.y / perLat];
}
