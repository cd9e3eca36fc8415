/**
 * Which ward a point lies in. Pure and browser-safe: built once from the ward features, then answers from a grid.
 *
 * Neighbours share the very same vertices (`build` sees to it, `check` proves it), and every segment is tested in one
 * direction, from its lower end to its upper, whichever ward it belongs to. Both neighbours therefore compute the same
 * number and draw opposite conclusions: a point on or beside a shared edge is in exactly one of them, without a
 * tolerance. A point on the outer edge of the set belongs to the ward it bounds. Where the wards of a set overlap (the
 * six of 2025 do, by 370 m²) the lower key wins.
 */
import { innerPieces, metersToPieces } from './inner-edge.ts';
import type { Position, WardFeature, WardKey } from './schema.ts';

export interface WardIndex {
  /** The ward the point lies in, `null` outside every ward. `[lng, lat]` in degrees. */
  wardAt(position: Position): WardKey | null;
  /** Metres to the nearest edge between two wards of the set; `Infinity` when there is none. */
  metersToInnerEdge(position: Position): number;
}

const COLUMNS = 128;
const ROWS = 128;
const MIXED = -2;
const OUTSIDE = -1;
/** Degrees, 0.1 mm: how far from the outer edge a point still is on it. */
const ON_EDGE = 1e-9;

const ringsOf = ({ geometry }: WardFeature): Position[][] =>
  (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flat() as Position[][];

/** One ward's segments, lower end first, and for each grid row the slice of those that reach into it. */
interface Edges {
  x: Float64Array;
  low: Float64Array;
  high: Float64Array;
  /** Degrees of longitude per degree of latitude. */
  slope: Float64Array;
  /** Numbers of segments, row after row. */
  inRow: Uint32Array;
  rowStart: Uint32Array;
}

export function createWardIndex(features: readonly WardFeature[]): WardIndex {
  const wards = [...features].sort((a, b) => (a.properties.key < b.properties.key ? -1 : 1));
  const keys = wards.map(({ properties }) => properties.key as WardKey);
  const segments = wards.map(segmentsOf);
  const [west, south, east, north] = boundsOf(segments);
  const perColumn = COLUMNS / (east - west || 1);
  const perRow = ROWS / (north - south || 1);
  const column = (x: number) => Math.min(COLUMNS - 1, Math.floor((x - west) * perColumn));
  const row = (y: number) => Math.min(ROWS - 1, Math.floor((y - south) * perRow));
  const edges = segments.map((list) => edgesOf(list, row));
  const pieces = innerPieces(wards.map((ward) => ringsOf(ward)));

  /** Even-odd over the ward's segments in the point's row: a ray to the east. */
  const inside = (ward: number, x: number, y: number): boolean => {
    const { x: startX, low, high, slope, inRow, rowStart } = edges[ward]!;
    const r = row(y);
    let odd = false;
    for (let i = rowStart[r]!; i < rowStart[r + 1]!; i++) {
      const e = inRow[i]!;
      if (low[e]! <= y && y < high[e]! && x < startX[e]! + (y - low[e]!) * slope[e]!) odd = !odd;
    }
    return odd;
  };

  const onEdge = (ward: number, x: number, y: number): boolean =>
    segments[ward]!.some(([ax, ay, bx, by]) => {
      if (y < ay - ON_EDGE || y > by + ON_EDGE) return false;
      if (x < Math.min(ax, bx) - ON_EDGE || x > Math.max(ax, bx) + ON_EDGE) return false;
      return Math.abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) <= ON_EDGE * Math.hypot(bx - ax, by - ay);
    });

  const search = (candidates: readonly number[], x: number, y: number): WardKey | null => {
    for (const ward of candidates) if (inside(ward, x, y)) return keys[ward]!;
    for (const ward of candidates) if (onEdge(ward, x, y)) return keys[ward]!;
    return null;
  };

  const { cells, candidates } = grid();

  function grid() {
    const touching = new Map<number, Set<number>>();
    // Half a cell wider on every side than the segment needs: a cell called pure is pure beyond doubt.
    const padX = 0.5 / perColumn;
    segments.forEach((list, ward) => {
      for (const [ax, ay, bx, by] of list) {
        const slope = by === ay ? 0 : (bx - ax) / (by - ay);
        for (let r = Math.max(0, row(ay) - 1); r <= Math.min(ROWS - 1, row(by) + 1); r++) {
          const from = Math.min(by, Math.max(ay, south + (r - 0.5) / perRow));
          const to = Math.max(ay, Math.min(by, south + (r + 1.5) / perRow));
          const xs = by === ay ? [ax, bx] : [ax + (from - ay) * slope, ax + (to - ay) * slope];
          const first = Math.max(0, column(Math.min(...xs) - padX));
          for (let c = first; c <= column(Math.max(...xs) + padX); c++) {
            const cell = r * COLUMNS + c;
            const set = touching.get(cell) ?? new Set();
            touching.set(cell, set.add(ward));
          }
        }
      }
    });
    const cells = new Int16Array(COLUMNS * ROWS).fill(OUTSIDE);
    const candidates = new Map<number, readonly number[]>();
    for (let cell = 0; cell < cells.length; cell++) {
      const near = touching.get(cell);
      // No edge lies between two pure cells side by side: the second is what the first is.
      if (!near && cell % COLUMNS > 0 && cells[cell - 1] !== MIXED) {
        cells[cell] = cells[cell - 1]!;
        continue;
      }
      const x = west + ((cell % COLUMNS) + 0.5) / perColumn;
      const y = south + (Math.floor(cell / COLUMNS) + 0.5) / perRow;
      const possible = keys.flatMap((_, ward) => (near?.has(ward) || inside(ward, x, y) ? [ward] : []));
      if (near) candidates.set(cell, possible);
      cells[cell] = near ? MIXED : (possible[0] ?? OUTSIDE);
    }
    return { cells, candidates: Array.from(cells, (_, cell) => candidates.get(cell) ?? []) };
  }

  return {
    wardAt([x, y]) {
      // Written so that NaN falls outside too.
      if (!(x >= west && x <= east && y >= south && y <= north)) return null;
      const cell = row(y) * COLUMNS + column(x);
      const ward = cells[cell]!;
      if (ward >= 0) return keys[ward]!;
      return ward === OUTSIDE ? null : search(candidates[cell]!, x, y);
    },
    metersToInnerEdge: (position) => metersToPieces(position, pieces),
  };
}

type Segment = [ax: number, ay: number, bx: number, by: number];

function segmentsOf(ward: WardFeature): Segment[] {
  const list: Segment[] = [];
  for (const ring of ringsOf(ward)) {
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = ring[i - 1]!;
      const [bx, by] = ring[i]!;
      list.push(ay < by || (ay === by && ax < bx) ? [ax, ay, bx, by] : [bx, by, ax, ay]);
    }
  }
  return list;
}

function boundsOf(segments: readonly Segment[][]): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [ax, ay, bx, by] of segments.flat()) {
    west = Math.min(west, ax, bx);
    east = Math.max(east, ax, bx);
    south = Math.min(south, ay);
    north = Math.max(north, by);
  }
  return [west, south, east, north];
}

function edgesOf(list: readonly Segment[], row: (y: number) => number): Edges {
  const rows: number[][] = Array.from({ length: ROWS }, () => []);
  list.forEach(([, ay, , by], e) => {
    if (ay === by) return;
    for (let r = row(ay); r <= row(by); r++) rows[r]!.push(e);
  });
  const rowStart = new Uint32Array(ROWS + 1);
  rows.forEach((numbers, r) => (rowStart[r + 1] = rowStart[r]! + numbers.length));
  return {
    x: Float64Array.from(list, ([ax]) => ax),
    low: Float64Array.from(list, ([, ay]) => ay),
    high: Float64Array.from(list, ([, , , by]) => by),
    slope: Float64Array.from(list, ([ax, ay, bx, by]) => (by === ay ? 0 : (bx - ax) / (by - ay))),
    inRow: Uint32Array.from(rows.flat()),
    rowStart,
  };
}
