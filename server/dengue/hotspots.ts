import type { WardKey } from '../../geodata/schema.ts';
import { PUBLIC_MINIMUM } from './contract.ts';

/** A counting case as publication sees it: a cell where its place is known well enough, a ward where that is known. */
export interface CountedCase {
  /** Cell id of the fixed grid, with the ward that cell was assigned to; `null` = not located well enough. */
  cell: string | null;
  ward: WardKey | null;
}

export type Region =
  | { region: 'cell'; cell: string; ward: WardKey; cases: number }
  | { region: 'ward' | 'rest-of-ward'; ward: WardKey; cases: number }
  | { region: 'rest-of-district'; cases: number };

/** `withheld`: the whole district has between 1 and PUBLIC_MINIMUM - 1 cases, so nothing at all is said. */
export interface Publication {
  regions: Region[];
  total: number;
  withheld: boolean;
}

interface WardCount {
  ward: WardKey;
  total: number;
  cells: { cell: string; cases: number }[];
}

const tooFew = (cases: number) => cases > 0 && cases < PUBLIC_MINIMUM;
const ascending = <T extends { cases: number }>(idOf: (item: T) => string) => {
  return (a: T, b: T) => a.cases - b.cases || (idOf(a) < idOf(b) ? -1 : 1);
};

function countByWard(cases: readonly CountedCase[]): { wards: WardCount[]; unknown: number } {
  const wards = new Map<WardKey, { total: number; cells: Map<string, number> }>();
  let unknown = 0;
  for (const { cell, ward } of cases) {
    if (ward === null) {
      unknown++;
      continue;
    }
    let count = wards.get(ward);
    if (!count) wards.set(ward, (count = { total: 0, cells: new Map() }));
    count.total++;
    if (cell !== null) count.cells.set(cell, (count.cells.get(cell) ?? 0) + 1);
  }
  return {
    unknown,
    wards: [...wards]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([ward, { total, cells }]) => ({
        ward,
        total,
        cells: [...cells].map(([cell, cases]) => ({ cell, cases })),
      })),
  };
}

/** Cells of enough cases, and the rest of the ward; where the rest is too few, the smallest cell goes back into it. */
function regionsOfWard({ ward, total, cells }: WardCount): Region[] {
  const shown = cells.filter(({ cases }) => cases >= PUBLIC_MINIMUM).sort(ascending(({ cell }) => cell));
  let rest = total - shown.reduce((sum, { cases }) => sum + cases, 0);
  if (tooFew(rest)) rest += shown.shift()?.cases ?? 0;
  const regions: Region[] = shown.map(({ cell, cases }) => ({ region: 'cell', cell, ward, cases }));
  if (rest > 0) regions.push({ region: shown.length > 0 ? 'rest-of-ward' : 'ward', ward, cases: rest });
  return regions;
}

/**
 * Publishes the counting cases of one week as disjoint regions, each of PUBLIC_MINIMUM cases or more. Regions are a
 * partition, so what any of them leave of the total is a sum of others: no subtraction speaks of fewer. A ward of too
 * few goes into the rest of the district, silently: it reads like a ward of none. Where that rest is itself too few,
 * the smallest shown ward goes into it whole. Only the multiset of cases matters, never their order.
 */
export function publishWeek(cases: readonly CountedCase[]): Publication {
  const total = cases.length;
  if (tooFew(total)) return { regions: [], total, withheld: true };

  const { wards, unknown } = countByWard(cases);
  const shown = wards
    .filter((ward) => !tooFew(ward.total))
    .map((ward) => ({ ...ward, cases: ward.total }))
    .sort(ascending(({ ward }) => ward));
  let rest = unknown + wards.reduce((sum, ward) => sum + (tooFew(ward.total) ? ward.total : 0), 0);
  if (tooFew(rest)) rest += shown.shift()?.total ?? 0;

  const regions = shown.flatMap(regionsOfWard);
  if (rest > 0) regions.push({ region: 'rest-of-district', cases: rest });
  return { regions, total, withheld: false };
}
