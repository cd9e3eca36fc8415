/** The wards in the order of one question. Pure. */
import { statusStates, type DistrictStatus, type WardStatus } from '../../../server/status/contract.ts';
import type { Choropleth } from '../choropleth.ts';

export interface Ranked {
  ward: WardStatus;
  /** Equal answers share a rank; `null` = nobody knows the answer, so it has none. */
  rank: number | null;
  value: number | null;
}

/**
 * By the number asked for, the best first (`at-most` means less is better), or for a question of states the worst state
 * first, as a meeting takes them. Wards without an answer come last, in their own order.
 */
export function ranking(status: DistrictStatus, drawn: Choropleth, direction: 'at-least' | 'at-most' | null): Ranked[] {
  const isNumber = status.wards.some(({ key }) => drawn.numberOf(key) !== null);
  const score = (ward: WardStatus): number | null => {
    const value = drawn.numberOf(ward.key);
    if (isNumber) return value === null ? null : direction === 'at-most' ? value : -value;
    const state = drawn.classOf(ward.key)?.id ?? '';
    const index = (statusStates as readonly string[]).indexOf(state);
    // Nobody knows is not a state to be ranked by.
    if (index >= 0) return state === 'no-data' ? null : index;
    const place = drawn.classes.findIndex(({ id }) => id === state);
    return place < 0 || state === 'unknown' ? null : place;
  };
  const scored = status.wards.map((ward) => ({ ward, value: drawn.numberOf(ward.key), score: score(ward) }));
  scored.sort((a, b) => (a.score ?? Infinity) - (b.score ?? Infinity) || (a.ward.key < b.ward.key ? -1 : 1));
  return scored.map(({ ward, value, score: own }) => ({
    ward,
    value,
    rank: own === null ? null : scored.findIndex((one) => one.score === own) + 1,
  }));
}
