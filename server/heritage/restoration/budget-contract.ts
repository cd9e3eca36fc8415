/** The money of a list by year and source, as screen and paper count it: pure, and without zod, so that a page may carry it. */
import { moneySources } from '../../../geodata/restoration-vocabulary.ts';
import type { ItemFields, Money } from './contract.ts';

export type Purse = Money['source'] | 'open';
export interface BudgetRow {
  /** `null` = no year was set. */
  year: number | null;
  items: number;
  /** Items nobody estimated: what they will cost is in no sum. */
  unestimated: number;
  /** Đồng by source; `open` = of an estimate what no source is known to give. */
  dong: Record<Purse, number>;
  total: number;
}

const none = (): Record<Purse, number> => ({ city: 0, district: 0, social: 0, open: 0 });

/**
 * Sums by year, in order, the items without a year last, and over all of them. Every đồng of an estimate stands in
 * exactly one column; of an item without an estimate the amounts that are known count, and it is counted besides.
 */
export function budgetOf(items: readonly Pick<ItemFields, 'year' | 'estimateDong' | 'money'>[]): {
  rows: BudgetRow[];
  sum: BudgetRow;
} {
  const rows = new Map<number | null, BudgetRow>();
  const sum: BudgetRow = { year: null, items: 0, unestimated: 0, dong: none(), total: 0 };
  for (const { year, estimateDong, money } of items) {
    const row = rows.get(year) ?? { year, items: 0, unestimated: 0, dong: none(), total: 0 };
    rows.set(year, row);
    const dong = none();
    for (const { source, amountDong } of money) dong[source] += amountDong ?? 0;
    const named = moneySources.reduce((total, source) => total + dong[source], 0);
    dong.open = Math.max(0, (estimateDong ?? 0) - named);
    for (const one of [row, sum]) {
      one.items += 1;
      one.unestimated += estimateDong === null ? 1 : 0;
      for (const purse of [...moneySources, 'open'] as const) one.dong[purse] += dong[purse];
      one.total += named + dong.open;
    }
  }
  return { rows: [...rows.values()].sort((a, b) => (a.year ?? Infinity) - (b.year ?? Infinity)), sum };
}

/** Whether a filter of the list holds an item: `none` = without a year, without a source. */
export const isShown = (
  item: Pick<ItemFields, 'year' | 'stage' | 'money'> & { wardKey: string },
  { ward, stage, year, source }: { ward?: string | undefined; stage?: string | undefined; year?: number | 'none' | undefined; source?: string | undefined }, // prettier-ignore
): boolean =>
  (ward === undefined || item.wardKey === ward) &&
  (stage === undefined || item.stage === stage) &&
  (year === undefined || (year === 'none' ? item.year === null : item.year === year)) &&
  (source === undefined ||
    (source === 'none' ? item.money.length === 0 : item.money.some((one) => one.source === source)));
