import type { Position, WardKey } from '../../geodata/schema.ts';

/**
 * The fixed grid public counts are made on: cells of about 500 m (0.0048° is 498 m at 21.07° N, 0.0045° is 500 m),
 * counted from a south-western origin outside the district. It never moves: two grids of one week could be subtracted.
 */
export const GRID = { west: 105.7, south: 20.97, lngStep: 0.0048, latStep: 0.0045, meters: 500 } as const;

export interface Cell {
  col: number;
  row: number;
}

export const cellOf = ([lng, lat]: Position): Cell => ({
  col: Math.floor((lng - GRID.west) / GRID.lngStep),
  row: Math.floor((lat - GRID.south) / GRID.latStep),
});

export const cellId = ({ col, row }: Cell): string => `c${col}r${row}`;

/** @throws {RangeError} when the id is none of `cellId` */
export function cellOfId(id: string): Cell {
  const [, col, row] = /^c(-?\d+)r(-?\d+)$/.exec(id) ?? [];
  if (col === undefined || row === undefined) throw new RangeError(`no cell: ${id}`);
  return { col: Number(col), row: Number(row) };
}

/** Six decimals are 0.1 m: the corners of neighbours are the same numbers. */
const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

const corner = (col: number, row: number): Position => [
  round(GRID.west + col * GRID.lngStep),
  round(GRID.south + row * GRID.latStep),
];

/** The square of a cell, counter-clockwise (RFC 7946). */
export function cellPolygon({ col, row }: Cell): GeoJSON.Polygon {
  const sw = corner(col, row);
  return {
    type: 'Polygon',
    coordinates: [[sw, corner(col + 1, row), corner(col + 1, row + 1), corner(col, row + 1), sw]],
  };
}

/**
 * The one ward a cell belongs to: the ward of its centre, else the ward of most of its 5 x 5 inner points, else none.
 * Every case in a cell counts for that ward, whichever side of the line its house stands on.
 */
export function wardOfCell({ col, row }: Cell, wardAt: (position: Position) => WardKey | null): WardKey | null {
  const at = (x: number, y: number): Position => [
    GRID.west + (col + x) * GRID.lngStep,
    GRID.south + (row + y) * GRID.latStep,
  ];
  const ofCentre = wardAt(at(0.5, 0.5));
  if (ofCentre) return ofCentre;
  const votes = new Map<WardKey, number>();
  for (let x = 0.1; x < 1; x += 0.2) {
    for (let y = 0.1; y < 1; y += 0.2) {
      const key = wardAt(at(x, y));
      if (key) votes.set(key, (votes.get(key) ?? 0) + 1);
    }
  }
  const ranked = [...votes].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return ranked[0]?.[0] ?? null;
}
