/** Which cell of the grid is drawn for a home to whoever may not see it. Pure. */
import type { Position, Units, WardKey } from '../../geodata/schema.ts';
import { cellId, cellOf, GRID, type Cell } from '../dengue/grid.ts';

/** Of a home known to lie at this place and in these wards (of both sets). */
export type StandIn = (position: Position, wards: readonly WardKey[]) => Cell;

const SETS = ['1995-10-28', '2025-07-01'] as const satisfies readonly Units[];
/** A cell is looked at in so many points from side to side. */
const SIDE = 5;
/** So many of the 25 points, a third of the cell or 8 ha, make it a cell of a ward. */
const ENOUGH = 8;
/** How many cells around are looked through: 2.5 km, further than any sliver of a ward is from the rest of it. */
const MOST_RINGS = 5;

/**
 * The cell that stands for a home: its own where enough of that cell lies in the home's wards, else the nearest of
 * which enough does. Readers are told an outbreak's wards as well as its cells, and where a ward covers only a corner
 * of a cell, both together would tell that corner. Depends on the home's cell and wards alone.
 */
export function standIns(wardAt: Record<Units, (position: Position) => WardKey | null>): StandIn {
  const looked = new Map<string, WardKey[][]>();
  /** The wards of each point of a cell. */
  const pointsOf = (cell: Cell): WardKey[][] => {
    const id = cellId(cell);
    let points = looked.get(id);
    if (!points)
      looked.set(id, (points = inside(cell).map((point) => SETS.flatMap((set) => wardAt[set](point) ?? []))));
    return points;
  };
  const nearest = (from: Cell, wards: readonly WardKey[]): Cell | null => {
    for (let ring = 0; ring <= MOST_RINGS; ring++)
      for (const cell of ringAround(from, ring)) {
        const within = pointsOf(cell).filter((found) => wards.every((ward) => found.includes(ward)));
        if (within.length >= ENOUGH) return cell;
      }
    return null;
  };
  const known = new Map<string, Cell>();
  return (position, wards) => {
    const own = cellOf(position);
    const key = `${cellId(own)} ${wards.join(' ')}`;
    let cell = known.get(key);
    if (!cell) {
      // Where both sets together are a sliver everywhere, the eight wards alone: they are what this map is cut by.
      const eight = wards.filter((ward) => ward.endsWith(`@${SETS[0]}`));
      cell = nearest(own, wards) ?? nearest(own, eight) ?? own;
      known.set(key, cell);
    }
    return cell;
  };
}

function inside({ col, row }: Cell): Position[] {
  const steps = Array.from({ length: SIDE }, (_, i) => (i + 0.5) / SIDE);
  return steps.flatMap((x) =>
    steps.map((y): Position => [GRID.west + (col + x) * GRID.lngStep, GRID.south + (row + y) * GRID.latStep]),
  );
}

/** The cells so many steps away, nearest middle first, then from west to east and south to north. */
function ringAround({ col, row }: Cell, ring: number): Cell[] {
  const cells: { cell: Cell; squared: number }[] = [];
  for (let dx = -ring; dx <= ring; dx++)
    for (let dy = -ring; dy <= ring; dy++)
      if (Math.max(Math.abs(dx), Math.abs(dy)) === ring)
        cells.push({ cell: { col: col + dx, row: row + dy }, squared: dx * dx + dy * dy });
  return cells.sort((a, b) => a.squared - b.squared).map(({ cell }) => cell);
}
