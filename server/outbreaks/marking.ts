/** From what an officer told of an outbreak to a mark that can be kept, or why not. Pure. */
import type { CivilDate, Position, Units, WardKey } from '../../geodata/schema.ts';
import { may, type Actor } from '../accounts/permission.ts';
import { judgePlace, type Ground } from '../dengue/cases/placing.ts';
import type { MarkOutbreak } from './contract.ts';
import type { Mark } from './kept.ts';
import { boundsOf, circlesAround, crossesItself, isInShape, type Shape } from './zone.ts';

export interface MarkFault {
  status: 403 | 422;
  code: 'found_in_future' | 'shape_needed' | 'shape_crosses_itself' | 'outside_scope' | PlaceFault;
  path: string;
  corrected?: { lng: number; lat: number };
}
type PlaceFault = 'in_the_lake' | 'outside_district' | 'axes_swapped';

interface Context {
  ground: Ground;
  today: CivilDate;
  /** Of the circle that stands for a place. */
  radiusMeters: number;
  actor: Actor;
}

/** Degrees, about 2 km: how far a drawn shape may reach out of the district's box. */
const BEYOND = 0.02;

/** The mark, or the first thing that is wrong with it. */
export function composeMark(given: Omit<MarkOutbreak, 'changeId'>, context: Context): Mark | MarkFault {
  const { ground, today, actor } = context;
  if (given.foundOn > today) return { status: 422, code: 'found_in_future', path: 'foundOn' };
  if ((given.position === undefined) === (given.polygon === undefined))
    return { status: 422, code: 'shape_needed', path: 'position' };
  const position: Position | null = given.position ? [given.position.lng, given.position.lat] : null;
  const shape: Shape = position
    ? circlesAround([position], context.radiusMeters)!
    : { type: 'Polygon', coordinates: given.polygon!.coordinates.map(closedRing) };
  const fault = position ? faultOfPlace(ground, position) : faultOfDrawing(ground, shape);
  if (fault) return { status: 422, path: position ? 'position' : 'polygon', ...fault };

  const keeps = (key: WardKey) => may(actor, 'outbreak.write', key);
  if (!given.wards.every((key) => keeps(key as WardKey))) return { status: 403, code: 'outside_scope', path: 'wards' };
  const touched = position ? wardsAt(ground, [position]) : wardsAt(ground, samplesOf(shape));
  // A shape may reach over the line; what is marked is the part of one's own wards, and cases of these alone are taken.
  const wards = given.wards.length > 0 ? (given.wards as WardKey[]) : touched.filter(keeps);
  if (wards.length === 0) {
    const code = touched.length > 0 ? 'outside_scope' : 'outside_district';
    return { status: touched.length > 0 ? 403 : 422, code, path: position ? 'position' : 'polygon' };
  }
  const { foundOn, source, place, reportedCases } = given;
  return { foundOn, source, place, reportedCases, position, shape, wards };
}

function closedRing(ring: readonly (readonly [number, number])[]): Position[] {
  const points = ring.map(([lng, lat]): Position => [lng, lat]);
  const [[x, y], last] = [points[0]!, points.at(-1)!];
  return x === last[0] && y === last[1] ? points : [...points, [x, y]];
}

type Fault = Pick<MarkFault, 'code' | 'corrected'>;

function faultOfPlace(ground: Ground, position: Position): Fault | null {
  const placing = judgePlace(ground, position);
  if (!('refusal' in placing)) return null;
  const { refusal: code, ...more } = placing;
  return { code, ...more };
}

function faultOfDrawing(ground: Ground, shape: Shape): Fault | null {
  const rings = (shape as GeoJSON.Polygon).coordinates as Position[][];
  const [west, south, east, north] = boundsOf(ground.district);
  const corners = rings.flat();
  const near = ([lng, lat]: Position) =>
    lng >= west - BEYOND && lng <= east + BEYOND && lat >= south - BEYOND && lat <= north + BEYOND;
  if (!corners.every(near)) {
    const swapped = corners.every(([lng, lat]) => near([lat, lng]));
    return { code: swapped ? 'axes_swapped' : 'outside_district' };
  }
  const [w, s, e, n] = boundsOf(shape);
  const flat = e - w === 0 || n - s === 0;
  return flat || rings.some(crossesItself) ? { code: 'shape_crosses_itself' } : null;
}

const STEPS = 24;
/** Points inside a shape, close enough to find the wards it lies in, and its corners. */
function samplesOf(shape: Shape): Position[] {
  const [west, south, east, north] = boundsOf(shape);
  const points = (shape as GeoJSON.Polygon).coordinates.flat() as Position[];
  for (let i = 0; i < STEPS; i++)
    for (let j = 0; j < STEPS; j++) {
      const at: Position = [west + ((i + 0.5) / STEPS) * (east - west), south + ((j + 0.5) / STEPS) * (north - south)];
      if (isInShape(at, shape)) points.push(at);
    }
  return points;
}

/** The wards, of every set, that some positions lie in. */
function wardsAt({ index }: Ground, positions: readonly Position[]): WardKey[] {
  const sets = Object.keys(index) as Units[];
  const keys = positions.flatMap((position) => sets.flatMap((set) => index[set].wardAt(position) ?? []));
  return [...new Set(keys)].sort();
}
