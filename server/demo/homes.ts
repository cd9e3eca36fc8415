/** Where invented people may live: beside the streets of the eight wards, on dry land. */
import { isInLake, metersToRiver } from '../../geodata/land.ts';
import type { Places } from '../../geodata/load.ts';
import { lengthMeters, metersBetween, metersPerDegree } from '../../geodata/measure.ts';
import type { Position, WardKey } from '../../geodata/schema.ts';
import type { Random } from './random.ts';

export interface Home {
  position: Position;
  ward: WardKey;
}

const UNITS = '1995-10-28';
const STEP_METERS = 18;
/** The bed and its flats: nobody lives this near to the middle of the river. */
const RIVER_METERS = 550;

const inBox = ([x, y]: Position, box?: GeoJSON.BBox) =>
  !box || (x >= box[0] && x <= box[2]! && y >= box[1] && y <= box[3]!);

const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

/** Homes a few metres off both sides of the streets, in the order of the streets. Trunk roads and bridges have none. */
export function findHomes({ collections, index }: Pick<Places, 'collections' | 'index'>, random: Random): Home[] {
  const { streets, water } = collections;
  const homes: Home[] = [];
  for (const { properties, geometry } of streets.features) {
    if (properties.class === 'trunk' || properties.name.startsWith('Cầu ')) continue;
    const lines = geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates;
    for (const line of lines as Position[][]) {
      for (const [position, [dx, dy]] of walk(line)) {
        const [perLng, perLat] = metersPerDegree(position[1]);
        for (const side of [-1, 1]) {
          const off = side * random.between(7, 24);
          const at: Position = [round(position[0] - (dy * off) / perLng), round(position[1] + (dx * off) / perLat)];
          const ward = index[UNITS].wardAt(at);
          if (!ward || metersToRiver(at, water) < RIVER_METERS) continue;
          if (water.features.some(({ bbox, geometry }) => inBox(at, bbox) && isInLake(at, geometry))) continue;
          homes.push({ position: at, ward });
        }
      }
    }
  }
  return homes;
}

/** Points along a line, with the line's direction there (metres, of length one). */
function* walk(line: readonly Position[]): Generator<[Position, [number, number]]> {
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1]!, line[i]!];
    const length = lengthMeters([from, to]);
    if (length === 0) continue;
    const [perLng, perLat] = metersPerDegree(from[1]);
    const direction: [number, number] = [((to[0] - from[0]) * perLng) / length, ((to[1] - from[1]) * perLat) / length];
    for (let meters = STEP_METERS / 2; meters < length; meters += STEP_METERS) {
      const share = meters / length;
      yield [[from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share], direction];
    }
  }
}

/** The homes at most so many metres from a point; a box first, because most are far. */
export function homesWithin(homes: readonly Home[], centre: Position, meters: number): Home[] {
  const [perLng, perLat] = metersPerDegree(centre[1]);
  // A little wider than the circle: the plane is not the sphere.
  const [dLng, dLat] = [(1.01 * meters) / perLng, (1.01 * meters) / perLat];
  return homes.filter(
    ({ position: [lng, lat] }) =>
      Math.abs(lng - centre[0]) <= dLng &&
      Math.abs(lat - centre[1]) <= dLat &&
      metersBetween([lng, lat], centre) <= meters,
  );
}
