/** The shapes of an outbreak: circles of one radius as one zone, cells of the fixed grid, the cases inside a shape. Pure. */
import { metersPerDegree } from '../../geodata/measure.ts';
import type { Position } from '../../geodata/schema.ts';
import { cellId, cellOf, cellPolygon, GRID, type Cell } from '../dengue/grid.ts';

export type Shape = GeoJSON.Polygon | GeoJSON.MultiPolygon;
type Point = readonly [x: number, y: number];

/** Points of a whole circle: a corner every 5.6°, at 200 m within 0.3 m of the arc. */
const STEPS = 64;
const TURN = 2 * Math.PI;
/** Six decimals are 0.1 m. */
const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

/** A piece of a circle's edge that no other circle covers, counter-clockwise. */
interface Arc {
  centre: Point;
  from: number;
  to: number;
}

/**
 * The union of circles around `centres`, as polygons that neither overlap nor touch; `null` for no centre. On the plane
 * of the middle latitude: over a few kilometres a circle is wrong by centimetres.
 */
export function circlesAround(centres: readonly Position[], radiusMeters: number): Shape | null {
  const [first] = centres;
  if (!first) return null;
  const lat = centres.reduce((sum, [, y]) => sum + y, 0) / centres.length;
  const [perLng, perLat] = metersPerDegree(lat);
  const toPlane = ([x, y]: Position): Point => [(x - first[0]) * perLng, (y - first[1]) * perLat];
  const toDegrees = ([x, y]: Point): Position => [round(first[0] + x / perLng), round(first[1] + y / perLat)];
  const rings = loopsOf(distinct(centres.map(toPlane)), radiusMeters).map((ring) => closed(ring.map(toDegrees)));
  return polygonsOf(rings);
}

/** Circles closer than 10 cm are one. */
function distinct(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) if (kept.every((one) => distance(one, point) > 0.1)) kept.push(point);
  return kept;
}

const distance = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(ax - bx, ay - by);
const closed = (ring: Position[]): Position[] => [...ring, ring[0]!];
const at = ({ centre: [x, y] }: Arc, angle: number, radius: number): Point => [
  x + radius * Math.cos(angle),
  y + radius * Math.sin(angle),
];

/** What is left of a circle's edge outside all other circles. */
function arcsOf(centre: Point, others: readonly Point[], radius: number): Arc[] {
  const covered: [number, number][] = [];
  for (const other of others) {
    const apart = distance(centre, other);
    if (apart >= 2 * radius) continue;
    const towards = Math.atan2(other[1] - centre[1], other[0] - centre[0]);
    const half = Math.acos(apart / (2 * radius));
    const from = (((towards - half) % TURN) + TURN) % TURN;
    const to = from + 2 * half;
    covered.push([from, Math.min(to, TURN)]);
    if (to > TURN) covered.push([0, to - TURN]);
  }
  if (covered.length === 0) return [{ centre, from: 0, to: TURN }];
  covered.sort(([a], [b]) => a - b);
  const arcs: Arc[] = [];
  let open = 0;
  for (const [from, to] of covered) {
    if (from > open) arcs.push({ centre, from: open, to: from });
    open = Math.max(open, to);
  }
  if (open < TURN) {
    // The piece over the angle 0 is one, not two.
    const [head] = arcs;
    if (head && head.from === 0) arcs[0] = { centre, from: open - TURN, to: head.to };
    else arcs.push({ centre, from: open, to: TURN });
  }
  return arcs;
}

/** The edge of the union as loops: outer ones counter-clockwise, holes clockwise, as RFC 7946 wants them. */
function loopsOf(centres: readonly Point[], radius: number): Point[][] {
  const left = new Set(
    centres.flatMap((centre) =>
      arcsOf(
        centre,
        centres.filter((other) => other !== centre),
        radius,
      ),
    ),
  );
  const loops: Point[][] = [];
  for (const first of left) {
    const loop: Point[] = [];
    const start = at(first, first.from, radius);
    let arc: Arc | null = first;
    while (arc) {
      left.delete(arc);
      const steps = Math.max(1, Math.ceil(((arc.to - arc.from) / TURN) * STEPS));
      for (let i = 0; i < steps; i++) loop.push(at(arc, arc.from + ((arc.to - arc.from) * i) / steps, radius));
      const end: Point = at(arc, arc.to, radius);
      arc = nearestFrom(left, end, distance(start, end), radius);
    }
    if (loop.length >= 3) loops.push(loop);
  }
  return loops;
}

/** The arc that begins where the last one ended; `null` when the loop's own start is nearer. */
function nearestFrom(arcs: ReadonlySet<Arc>, end: Point, toStart: number, radius: number): Arc | null {
  let best: Arc | null = null;
  let least = toStart;
  for (const arc of arcs) {
    const gap = distance(at(arc, arc.from, radius), end);
    if (gap < least) [best, least] = [arc, gap];
  }
  return best;
}

const turnOf = (ring: readonly Position[]): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    return sum + (nextX - x) * (nextY + y);
  }, 0);

function polygonsOf(rings: readonly Position[][]): Shape | null {
  const outer = rings.filter((ring) => turnOf(ring) < 0).map((ring) => [ring]);
  for (const hole of rings.filter((ring) => turnOf(ring) > 0))
    outer.find(([ring]) => isInRing(hole[0]!, ring!))?.push(hole);
  const [only] = outer;
  if (!only) return null;
  return outer.length === 1 ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: outer };
}

/** Even-odd. */
export function isInRing([x, y]: Position, ring: readonly Position[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i]!;
    const [bx, by] = ring[j]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

export function isInShape(position: Position, shape: Shape): boolean {
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  return polygons.some(([outer, ...holes]) => {
    const inside = (ring: GeoJSON.Position[]) => isInRing(position, ring as Position[]);
    return outer !== undefined && inside(outer) && !holes.some(inside);
  });
}

export function boundsOf(shape: Shape): [west: number, south: number, east: number, north: number] {
  const points = (shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat()).flat();
  const [lngs, lats] = [points.map(([lng = 0]) => lng), points.map(([, lat = 0]) => lat)];
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
}

/** Whole cells of the fixed grid as one shape, each once. */
export function cellShape(cells: readonly Cell[]): Shape | null {
  const byId = new Map(cells.map((cell) => [cellId(cell), cell]));
  const squares = [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cellPolygon(cell).coordinates);
  const [only] = squares;
  if (!only) return null;
  return squares.length === 1 ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: squares };
}

/** Where in the grid a drawn shape lies: the cell of its middle, and every cell whose own middle is inside. */
export function cellsOfShape(shape: Shape): Shape | null {
  const [west, south, east, north] = boundsOf(shape);
  const found: Position[] = [[(west + east) / 2, (south + north) / 2]];
  const [first, last] = [cellOf([west, south]), cellOf([east, north])];
  for (let col = first.col; col <= last.col; col++)
    for (let row = first.row; row <= last.row; row++) {
      const middle: Position = [GRID.west + (col + 0.5) * GRID.lngStep, GRID.south + (row + 0.5) * GRID.latStep];
      if (isInShape(middle, shape)) found.push(middle);
    }
  return cellShape(found.map(cellOf));
}

const side = ([ax, ay]: Position, [bx, by]: Position, [x, y]: Position): number =>
  Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
/** Whether the lines from a to b and from c to d cross. */
const cross = (a: Position, b: Position, c: Position, d: Position): boolean =>
  side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);

/** Whether two edges of a ring cross: such a ring has no inside. */
export function crossesItself(ring: readonly Position[]): boolean {
  const edges = ring.slice(1).map((to, i) => [ring[i]!, to] as const);
  return edges.some(([a, b], i) =>
    edges.some(([c, d], j) => {
      const neighbours = j <= i + 1 || (i === 0 && j === edges.length - 1);
      return !neighbours && cross(a, b, c, d);
    }),
  );
}

const ringsOf = (shape: Shape): Position[][] =>
  (shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat()) as Position[][];

/** Whether a line runs through a shape or into it. */
export function runsThrough(line: readonly Position[], shape: Shape): boolean {
  if (line.some((point) => isInShape(point, shape))) return true;
  const rings = ringsOf(shape);
  return line.slice(1).some((to, i) => rings.some((ring) => ring.slice(1).some((b, j) => cross(line[i]!, to, ring[j]!, b)))); // prettier-ignore
}

/** Hectares, on the plane of the shape's middle latitude. */
export function hectaresOf(shape: Shape): number {
  const [, south, , north] = boundsOf(shape);
  const [perLng, perLat] = metersPerDegree((south + north) / 2);
  // Holes turn the other way and count against.
  const squareDegrees = ringsOf(shape).reduce((sum, ring) => sum - turnOf(ring) / 2, 0);
  return Math.abs(squareDegrees * perLng * perLat) / 10_000;
}
