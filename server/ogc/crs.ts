/**
 * The reference systems features are given in (OGC API - Features, Part 2, OGC 18-058r1). What is stored is WGS84 in
 * degrees; every other one is computed when asked for. Coordinates come in the order of the system's own axes.
 */
import { fromGrid, toGrid, type Grid } from '../../geodata/projection.ts';
import type { Bbox, Position } from '../../geodata/schema.ts';
import { meetsBbox } from '../layers/bbox.ts';
import { CRS84 } from './contract.ts';
import type { PlainGeometry } from './cql2/expression.ts';

interface System {
  uri: string;
  /** From degrees `[lng, lat]` to what this system writes, and back. */
  write: (position: Position) => Position;
  read: (position: Position) => Position;
}

const epsg = (code: number) => `http://www.opengis.net/def/crs/EPSG/0/${code}`;
const swapped = ([a, b]: Position): Position => [b, a];
const itself = (position: Position): Position => position;
const millimetres = ([east, north]: readonly [number, number]): Position => [
  Math.round(east * 1000) / 1000,
  Math.round(north * 1000) / 1000,
];
/** All four write east before north (EPSG's own axes of 3857, 32648, 3405 and 5897). */
const grid = (code: Grid): System => ({
  uri: epsg(code),
  write: (position) => millimetres(toGrid(position, code)),
  read: (position) => fromGrid(position, code),
});

const SYSTEMS: readonly System[] = [
  { uri: CRS84, write: itself, read: itself },
  // Latitude before longitude.
  { uri: epsg(4326), write: swapped, read: swapped },
  grid(3857),
  grid(32648),
  grid(3405),
  grid(5897),
];

/** Every system a collection can be asked for in, that of its storage first. */
export const crsList: readonly string[] = SYSTEMS.map(({ uri }) => uri);

const systemOf = (uri: string): System => SYSTEMS.find((system) => system.uri === uri)!;
export const isDegrees = (uri: string): boolean => uri === CRS84 || uri === epsg(4326);

function mapped(coordinates: unknown, turn: (position: Position) => Position): unknown {
  const list = coordinates as unknown[];
  return typeof list[0] === 'number' ? turn(list as unknown as Position) : list.map((part) => mapped(part, turn));
}

/** A geometry of degrees as this system writes it. */
export function inCrs<G extends PlainGeometry>(geometry: G, uri: string): G {
  const { write } = systemOf(uri);
  return write === itself ? geometry : ({ ...geometry, coordinates: mapped(geometry.coordinates, write) } as G);
}

/** A position written in a system, to degrees `[lng, lat]`. */
export const toDegrees = (position: Position, uri: string): Position => systemOf(uri).read(position);

/** A geometry written in a system, in degrees. */
export function inDegrees<G extends PlainGeometry>(geometry: G, uri: string): G {
  const { read } = systemOf(uri);
  return read === itself ? geometry : ({ ...geometry, coordinates: mapped(geometry.coordinates, read) } as G);
}

/** What must be met: one of some boxes, of degrees `[west, south, east, north]` or of the metres of a grid. */
export interface Window {
  crs: string;
  boxes: readonly Bbox[];
}

const STEPS = 8;
/** Of a box on a grid whose sides bend in degrees: the box of degrees around it, a little wide. */
function around([x1, y1, x2, y2]: Bbox, uri: string): Bbox {
  const at = (low: number, high: number, i: number) => low + ((high - low) * i) / STEPS;
  const rim = Array.from({ length: STEPS + 1 }, (_, i): Position[] => [
    [at(x1, x2, i), y1],
    [at(x1, x2, i), y2],
    [x1, at(y1, y2, i)],
    [x2, at(y1, y2, i)],
  ]).flat();
  const seen = rim.map((position) => toDegrees(position, uri));
  const [lngs, lats] = [seen.map(([lng]) => lng), seen.map(([, lat]) => lat)];
  const box: Bbox = [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
  const spare = Math.max(box[2] - box[0], box[3] - box[1]) / 10;
  // A box that reaches where the grid is not defined says nothing about degrees: then every feature is asked itself.
  if (!box.every(Number.isFinite)) return [-180, -90, 180, 90];
  return [box[0] - spare, box[1] - spare, box[2] + spare, box[3] + spare];
}

/** The question of a window, made ready once: whether a geometry of degrees has a point in it. */
export function meetsWindow({ crs, boxes }: Window): (geometry: PlainGeometry) => boolean {
  if (crs === CRS84) return (geometry) => boxes.some((box) => meetsBbox(geometry, box));
  const rough = boxes.map((box) => around(box, crs));
  return (geometry) => boxes.some((box, i) => meetsBbox(geometry, rough[i]!) && meetsBbox(inCrs(geometry, crs), box));
}
