/** Whether a relic that is to be added may be one that is there already: pure. A person decides; nothing is merged. */
import { metersBetween } from '../../geodata/measure.ts';
import type { Position } from '../../geodata/schema.ts';
import { fold } from '../search/fold.ts';
import type { StoredRelic } from './relic.ts';

/** Two relics nearer to each other than this may be one. */
export const NEAR_METERS = 30;

type Known = Pick<StoredRelic, 'id' | 'name' | 'otherNames' | 'position'>;

/** Those of `known` that bear one of the names, letters without marks, or stand within `NEAR_METERS`. */
export function likeRelics<K extends Known>(
  name: string,
  otherNames: readonly string[],
  position: Position | null,
  known: readonly K[],
): K[] {
  const names = new Set([name, ...otherNames].map(fold));
  return known.filter(
    (relic) =>
      [relic.name, ...relic.otherNames].some((one) => names.has(fold(one))) ||
      (position !== null &&
        relic.position !== null &&
        metersBetween(position, [relic.position.lng, relic.position.lat]) <= NEAR_METERS),
  );
}
