/**
 * The vector indices of an inspection while it is typed, so that the form explains itself before anything is sent; the
 * server computes them again. Thresholds: BI 20 in the North and 30 nationally with 30 houses or more, DI 0.5
 * (QĐ 3711/QĐ-BYT as applied). Pure.
 */
export interface Counted {
  houses: number | null;
  housesWithLarvae: number | null;
  containers: number | null;
  positiveContainers: number | null;
  adultFemales: number | null;
  housesWithAdults: number | null;
}

export type IndexName = 'bi' | 'ci' | 'hi' | 'hiAdults' | 'di';
export type IndexGap = 'not-counted' | 'no-houses' | 'no-containers' | 'few-houses';
export type IndexAlarm = 'none' | 'reached' | 'north' | 'national';
export interface Index {
  value: number | null;
  gap: IndexGap | null;
  /** `null` = this index has no threshold, or may not be held against it. */
  alarm: IndexAlarm | null;
}

export interface Thresholds {
  biNorth: number;
  biNational: number;
  /** The fewest houses from which the Breteau index speaks for a place. */
  biHouses: number;
  di: number;
}
export const thresholds: Thresholds = { biNorth: 20, biNational: 30, biHouses: 30, di: 0.5 };

const none = (gap: IndexGap): Index => ({ value: null, gap, alarm: null });

function ratio(part: number | null, whole: number | null, times: number, empty: IndexGap): Index {
  if (part === null || whole === null) return none('not-counted');
  if (whole === 0) return none(empty);
  return { value: (part / whole) * times, gap: null, alarm: null };
}

/** All five; a count that is not typed yet leaves a gap and never counts as 0. */
export function indicesOf(counted: Counted, limits: Thresholds = thresholds): Record<IndexName, Index> {
  const { houses, housesWithLarvae, containers, positiveContainers, adultFemales, housesWithAdults } = counted;
  const bi = ratio(positiveContainers, houses, 100, 'no-houses');
  if (bi.value !== null) {
    if (houses! < limits.biHouses) bi.gap = 'few-houses';
    else bi.alarm = bi.value >= limits.biNational ? 'national' : bi.value >= limits.biNorth ? 'north' : 'none';
  }
  const di = ratio(adultFemales, houses, 1, 'no-houses');
  if (di.value !== null) di.alarm = di.value >= limits.di ? 'reached' : 'none';
  return {
    bi,
    ci: ratio(positiveContainers, containers, 100, 'no-containers'),
    hi: ratio(housesWithLarvae, houses, 100, 'no-houses'),
    hiAdults: ratio(housesWithAdults, houses, 100, 'no-houses'),
    di,
  };
}

/** What cannot be: more positives than were looked at. */
export function impossible({ houses, housesWithLarvae, containers, positiveContainers, housesWithAdults }: Counted): {
  houses: boolean;
  containers: boolean;
} {
  const over = (part: number | null, whole: number | null) => part !== null && whole !== null && part > whole;
  return {
    houses: over(housesWithLarvae, houses) || over(housesWithAdults, houses),
    containers: over(positiveContainers, containers),
  };
}
