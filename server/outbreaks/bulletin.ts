/** Cases and outbreaks by week as Hà Nội's bulletins count them, and cases per people by ward. Pure. */
import { addDays, epiWeek } from '../../geodata/dates.ts';
import type { CivilDate, WardKey } from '../../geodata/schema.ts';
import type { KeptCase, KeptOutbreak } from './kept.ts';
import { wardsOf } from './kept.ts';
import type { Bulletin, Incidence } from './watch-contract.ts';
import { casesIn, type Counting, type DayCounts } from './watch-days.ts';

export type CountedOutbreak = Pick<KeptOutbreak, 'openedOn' | 'expectedEndOn'> & {
  /** `null` = a signal nobody has declared. */
  declaredOn: CivilDate | null;
};

/** The first day on which it is over: one declared after its end is new and ended on one day. */
const endedOn = ({ expectedEndOn, declaredOn }: CountedOutbreak): CivilDate => {
  const dayAfter = addDays(expectedEndOn, 1);
  return declaredOn !== null && declaredOn > dayAfter ? declaredOn : dayAfter;
};
const within = (day: CivilDate | null, from: CivilDate, to: CivilDate): boolean =>
  day !== null && day >= from && day <= to;

export const isActiveOn = (one: CountedOutbreak, day: CivilDate): boolean =>
  one.declaredOn !== null && one.declaredOn <= day && day < endedOn(one);
const isSignalOn = ({ openedOn, expectedEndOn, declaredOn }: CountedOutbreak, day: CivilDate): boolean =>
  openedOn <= day && day <= expectedEndOn && (declaredOn === null || declaredOn > day);

/** The last `weeks` weeks up to that of `at`, and the year. */
export function bulletinOf(
  days: readonly DayCounts[],
  outbreaks: readonly CountedOutbreak[],
  { at, weeks, counting }: { at: CivilDate; weeks: number; counting: Counting },
): Bulletin {
  const items: Bulletin['items'] = [];
  const count = (is: (one: CountedOutbreak) => boolean) => outbreaks.filter(is).length;
  for (let back = weeks - 1; back >= 0; back -= 1) {
    const { week, from, to } = epiWeek(addDays(at, -7 * back));
    const last = to < at ? to : at;
    items.push({
      week,
      from,
      to,
      cases: casesIn(days, from, last, counting),
      newOutbreaks: count(({ declaredOn }) => within(declaredOn, from, last)),
      activeOutbreaks: count((one) => isActiveOn(one, last)),
      endedOutbreaks: count((one) => one.declaredOn !== null && within(endedOn(one), from, last)),
      signals: count((one) => isSignalOn(one, last)),
      open: to >= at,
    });
  }
  const newYear = `${at.slice(0, 4)}-01-01`;
  return {
    at,
    items,
    year: {
      cases: casesIn(days, newYear, at, counting),
      outbreaks: count(({ declaredOn }) => within(declaredOn, newYear, at)),
      active: count((one) => isActiveOn(one, at)),
    },
  };
}

export interface WardPeople {
  key: WardKey;
  name: string;
  population: { value: number; asOf: CivilDate | null; source: string } | null;
}

/** Cases per `per` people, to one decimal; `null` where nobody has published how many people there are. */
export const incidenceOf = (cases: number, people: number | null, per: number): number | null =>
  people === null || people <= 0 ? null : Math.round((cases / people) * per * 10) / 10;

/** Counting cases with onset in the span by ward; `wards` of one set, in the order they are to be told in. */
export function incidenceByWard(
  cases: Iterable<KeptCase>,
  wards: readonly WardPeople[],
  districtPeople: number,
  { from, to, per, counting }: { from: CivilDate; to: CivilDate; per: number; counting: Counting },
): Incidence {
  const count = new Map<WardKey, number>(wards.map(({ key }) => [key, 0]));
  let [all, noWard] = [0, 0];
  for (const one of cases) {
    if (!within(one.onsetOn, from, to) || !(counting as readonly string[]).includes(one.class)) continue;
    all += 1;
    const key = wardsOf(one).find((ward) => count.has(ward));
    if (key === undefined) noWard += 1;
    else count.set(key, count.get(key)! + 1);
  }
  return {
    from,
    to,
    per,
    items: wards.map(({ key, name, population }) => ({
      wardKey: key,
      wardName: name,
      cases: count.get(key)!,
      population: population?.value ?? null,
      populationAsOf: population?.asOf ?? null,
      populationSource: population?.source ?? null,
      incidence: incidenceOf(count.get(key)!, population?.value ?? null, per),
    })),
    noWard,
    district: { cases: all, population: districtPeople, incidence: incidenceOf(all, districtPeople, per)! },
  };
}
