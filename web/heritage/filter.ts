/** The relic filters as they stand in the address, and the test they make. Pure. */
import type { z } from 'zod';
import type { Relic, relicTotalsSchema } from '../../server/heritage/contract.ts';

export interface RelicList {
  items: Relic[];
  totals: z.infer<typeof relicTotalsSchema>;
}

export interface RelicChoice {
  wardKey: string;
  /** A rank, or `unknown`. */
  rank: string;
  kind: string;
  /** `yes` or `no`. */
  located: string;
  /** `degraded`, or `due` to be looked at again. */
  condition: string;
}

export const noChoice: RelicChoice = { wardKey: '', rank: '', kind: '', located: '', condition: '' };
export type RelicFilter = (relic: Relic) => boolean;

export const isChosen = (choice: RelicChoice): boolean => Object.values(choice).some((value) => value !== '');

/** From here on a relic is degraded: "xuống cấp". */
const DEGRADED = 3;
export const isDegraded = ({ condition }: Relic): boolean => condition !== null && condition.grade >= DEGRADED;
/** Never looked at, or not since it was due. */
export const isDue = ({ condition, inInventory }: Relic, at: string): boolean =>
  condition === null ? inInventory === true : condition.dueOn < at;

/** @param at the day by which relics are due */
export const relicFilter =
  ({ wardKey, rank, kind, located, condition }: RelicChoice, at: string): RelicFilter =>
  (relic) =>
    (!wardKey || wardKey === relic.wardKey) &&
    (!rank || rank === (relic.rank ?? 'unknown')) &&
    (!kind || kind === relic.kind) &&
    (!located || (located === 'yes') === (relic.position !== null)) &&
    (condition !== 'degraded' || isDegraded(relic)) &&
    (condition !== 'due' || isDue(relic, at));

/** The worst first, and of these the one that waits longest; those never looked at before all. */
export const byNeed = (a: Relic, b: Relic): number =>
  (b.condition?.grade ?? 9) - (a.condition?.grade ?? 9) ||
  (a.condition?.dueOn ?? '').localeCompare(b.condition?.dueOn ?? '');
/** Those overdue longest first; those never looked at before all. */
export const byDay = (a: Relic, b: Relic): number => (a.condition?.dueOn ?? '').localeCompare(b.condition?.dueOn ?? '');

/** How many of these stand in each ward, most first. */
export function countByWard(relics: readonly Relic[]): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { wardName } of relics) counts.set(wardName, (counts.get(wardName) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}
