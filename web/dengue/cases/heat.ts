/** How strongly the heatmap glows, so that its colours tell dense from denser with 400 cases and with 30,000. Pure. */
import type { DrawnCases } from './filter.ts';

type Stops = readonly (readonly [number, number])[];

/** Pixels around a case, by zoom. */
export const heatRadius: Stops = [
  [11, 9],
  [13, 18],
  [15, 32],
];
/** What a case weighs by its days since onset: two weeks link cases, after two months a case is history. */
export const heatWeight: Stops = [
  [14, 1],
  [60, 0.4],
  [180, 0.08],
];
/** Where cases are few they glow no more than this, by zoom: one case alone is no hot place. */
const MOST: Stops = [
  [11, 0.7],
  [15, 3],
];
const ZOOMS = [11, 12, 13, 14, 15, 16];
/** Metres of a degree at Hà Nội, of a cell in which cases are counted together, of a pixel at zoom 0 (tiles of 512). */
const METERS = { lng: 103_900, lat: 111_195 };
const CELL = 50;
const METERS_OF_PIXEL = 73_070;
/** So much of all cases may lie where the colours end: the hottest places, and not one point of a great season. */
const HOTTEST = 0.1;
/** The density there is the mean of so many cells. */
const LOOKED_AT = 3;
/** MapLibre's kernel is a bell of a third of the radius, so high in its middle. */
const HEIGHT = 0.3989;

const first = (stops: Stops) => stops[0]!;
const last = (stops: Stops) => stops[stops.length - 1]!;

/** The value between stops; beyond them that of the nearest. */
export function between(stops: Stops, at: number): number {
  if (at <= first(stops)[0]) return first(stops)[1];
  const next = stops.findIndex(([x]) => x >= at);
  if (next < 0) return last(stops)[1];
  const [[x1, y1], [x2, y2]] = [stops[next - 1]!, stops[next]!];
  return y1 + ((at - x1) / (x2 - x1)) * (y2 - y1);
}

interface HeatCell {
  /** The middle of its cases, in metres. */
  x: number;
  y: number;
  weight: number;
}

/** Cases by cells, the heaviest first. */
function cellsOf({ features }: DrawnCases): HeatCell[] {
  const cells = new Map<string, HeatCell>();
  for (const { geometry, properties } of features) {
    const [lng = 0, lat = 0] = geometry.coordinates;
    const [x, y] = [lng * METERS.lng, lat * METERS.lat];
    const id = `${Math.floor(x / CELL)} ${Math.floor(y / CELL)}`;
    const weight = between(heatWeight, properties.age);
    const cell = cells.get(id);
    if (!cell) cells.set(id, { x, y, weight });
    else {
      const share = weight / (cell.weight + weight);
      cell.x += share * (x - cell.x);
      cell.y += share * (y - cell.y);
      cell.weight += weight;
    }
  }
  return [...cells.values()].sort((a, b) => b.weight - a.weight);
}

/** Cells at the lower end of the hottest. */
function edgeOfHottest(cells: readonly HeatCell[]): readonly HeatCell[] {
  let left = HOTTEST * cells.reduce((sum, { weight }) => sum + weight, 0);
  const edge = cells.findIndex(({ weight }) => (left -= weight) <= 0);
  return cells.slice(Math.max(0, edge + 1 - LOOKED_AT), edge + 1);
}

/** The mean density the map will draw in some cells at a zoom, at intensity 1. */
function densityIn(some: readonly HeatCell[], cells: readonly HeatCell[], zoom: number): number {
  const sigma = (between(heatRadius, zoom) / 3) * (METERS_OF_PIXEL / 2 ** zoom);
  // The cases of a cell lie about in it: their bells together are broader and lower than one.
  const broad = sigma ** 2 + CELL ** 2 / 12;
  let sum = 0;
  for (const { x, y } of some)
    for (const one of cells) sum += one.weight * Math.exp(-((x - one.x) ** 2 + (y - one.y) ** 2) / (2 * broad));
  return (HEIGHT * sum * sigma ** 2) / broad / Math.max(1, some.length);
}

/** Zoom and intensity, such that the colours end in the hottest places and tell all others apart. */
export function heatIntensity(data: DrawnCases): [zoom: number, intensity: number][] {
  const cells = cellsOf(data);
  const hottest = edgeOfHottest(cells);
  return ZOOMS.map((zoom) => {
    const density = Math.max(1e-6, densityIn(hottest, cells, zoom));
    return [zoom, Math.min(between(MOST, zoom), 1 / density)];
  });
}
