/** The vector indices of an inspection, and whether they are an alarm by a rule file. Pure. */
import type { OutbreakRuleFile } from '../../geodata/schema.ts';
import type { Counted, Indices } from './inspection-contract.ts';

type Index = Indices['bi'];
type Alarms = NonNullable<OutbreakRuleFile['indexAlarms']>;

const gapOf = (gap: NonNullable<Index['gap']>): Index => ({ value: null, gap, alarm: null });

/** Two decimals are more than any count is worth. */
function ratio(part: number | null, whole: number | null, times: number, empty: NonNullable<Index['gap']>): Index {
  if (part === null || whole === null) return gapOf('not-counted');
  if (whole === 0) return gapOf(empty);
  return { value: Math.round((part / whole) * times * 100) / 100, gap: null, alarm: null };
}

/** All five; what was not looked at leaves a gap and never counts as 0. Few houses give a Breteau index without alarm. */
export function indicesOf(counted: Counted, alarms: Alarms | null): Indices {
  const { houses, housesWithLarvae, containers, positiveContainers, adultFemales, housesWithAdults } = counted;
  const bi = ratio(positiveContainers, houses, 100, 'no-houses');
  const di = ratio(adultFemales, houses, 1, 'no-houses');
  if (alarms && bi.value !== null) {
    const [north, national] = [alarms.breteauNorth.value, alarms.breteauNational.value];
    if (houses < alarms.breteauHouses.value) bi.gap = 'few-houses';
    else bi.alarm = bi.value >= national ? 'national' : bi.value >= north ? 'north' : 'none';
  }
  if (alarms && di.value !== null) di.alarm = di.value >= alarms.density.value ? 'reached' : 'none';
  return {
    bi,
    ci: ratio(positiveContainers, containers, 100, 'no-containers'),
    hi: ratio(housesWithLarvae, houses, 100, 'no-houses'),
    hiAdults: ratio(housesWithAdults, houses, 100, 'no-houses'),
    di,
  };
}

/** The first count that cannot be: more positive than were looked at; `null` = all can be. */
export function impossibleCount(counted: Counted): keyof Counted | null {
  const over = (part: number | null, whole: number | null) => part !== null && whole !== null && part > whole;
  const { houses, housesWithLarvae, containers, positiveContainers, housesWithAdults } = counted;
  if (over(housesWithLarvae, houses)) return 'housesWithLarvae';
  if (over(positiveContainers, containers)) return 'positiveContainers';
  return over(housesWithAdults, houses) ? 'housesWithAdults' : null;
}

/** Larvae or adult Aedes were found. */
export const isEvidence = (counted: Counted): boolean =>
  [counted.housesWithLarvae, counted.positiveContainers, counted.adultFemales, counted.housesWithAdults].some(
    (found) => (found ?? 0) > 0,
  );
