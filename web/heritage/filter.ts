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
}

export const noChoice: RelicChoice = { wardKey: '', rank: '', kind: '', located: '' };
export type RelicFilter = (relic: Relic) => boolean;

export const isChosen = (choice: RelicChoice): boolean => Object.values(choice).some((value) => value !== '');

export const relicFilter =
  ({ wardKey, rank, kind, located }: RelicChoice): RelicFilter =>
  (relic) =>
    (!wardKey || wardKey === relic.wardKey) &&
    (!rank || rank === (relic.rank ?? 'unknown')) &&
    (!kind || kind === relic.kind) &&
    (!located || (located === 'yes') === (relic.position !== null));
