/**
 * An invented dengue season of the district, up to a day in November 2022, shaped after published figures: Hà Nội had
 * 10,716 cases by 04/11/2022, 1,312 of them in the last week, Tây Hồ is about 2 % of the city and had 0 to 3 new
 * outbreaks a week (one in the week to 12/08, one in the week to 04/11). Most cases belong to outbreaks of some weeks
 * within a hundred metres or so; the others are clinical cases far from any.
 */
import { addDays, daysBetween } from '../../geodata/dates.ts';
import type { Places } from '../../geodata/load.ts';
import { metersBetween } from '../../geodata/measure.ts';
import type { CivilDate, Position, WardKey } from '../../geodata/schema.ts';
import { findHomes, homesWithin, type Home } from './homes.ts';
import { createRandom, type Random } from './random.ts';
import {
  APART_DAYS,
  APART_METERS,
  BETWEEN_FOCI_METERS,
  CLUSTERED,
  FIRST_MONDAY,
  FOCI,
  FOCUS_METERS,
  LAST_DAY,
  WEEKLY,
  type Focus,
} from './season-plan.ts';

export interface SeasonCase {
  id: string;
  class: 'suspected' | 'clinical' | 'confirmed' | 'ruled-out';
  onsetOn: CivilDate;
  reportedOn: CivilDate;
  wardKey: WardKey;
  lng: number | null;
  lat: number | null;
  accuracyMeters: number | null;
}
export interface SeasonSite {
  id: string;
  foundOn: CivilDate;
  kind: (typeof containerKinds)[number];
  larvae: boolean;
  wardKey: WardKey;
  lng: number;
  lat: number;
  accuracyMeters: number;
}
export interface Season {
  cases: SeasonCase[];
  sites: SeasonSite[];
}

export const containerKinds = [
  'tank',
  'jar',
  'bucket',
  'flower-vase',
  'plant-tray',
  'tyre',
  'gutter',
  'waste',
] as const;

interface Placed extends Focus {
  centre: Position;
  homes: Home[];
}
type Draft = Omit<SeasonCase, 'id'>;

/** The same season for the same seed and places. Nothing in it says who; everything is invented. */
export function generateSeason(places: Pick<Places, 'collections' | 'index' | 'facts'>, seed: number): Season {
  const random = createRandom(seed);
  const homes = findHomes(places, random);
  const foci = placeFoci(homes, random);
  const outbreaks = casesOfFoci(foci, random);
  const single = singleCases(homes, outbreaks, peopleOf(places), random);
  const doubtful = doubtfulCases(homes, random);
  const drafts = [...outbreaks, ...single, ...doubtful].sort(byReport);
  return {
    cases: drafts.map((draft, i) => ({ id: `demo-case-${String(i + 1).padStart(4, '0')}`, ...draft })),
    sites: breedingSites(homes, foci, random),
  };
}

const monday = (week: number): CivilDate => addDays(FIRST_MONDAY, 7 * week);
const key = (ward: string): WardKey => `${ward}@1995-10-28`;
const byReport = (a: Draft, b: Draft) => order(`${a.reportedOn} ${a.onsetOn}`, `${b.reportedOn} ${b.onsetOn}`);
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const peopleOf = ({ facts }: Pick<Places, 'facts'>): Map<WardKey, number> =>
  new Map(facts.wards.map((ward) => [ward.key as WardKey, ward.population?.value ?? 0]));

/** A day of a week on which a case can have begun and been reported by the last day. */
const onsetIn = (week: number, random: Random): CivilDate => {
  const last = Math.min(6, daysBetween(monday(week), LAST_DAY) - 1);
  return addDays(monday(week), random.whole(0, last));
};
const reportOf = (onsetOn: CivilDate, random: Random): CivilDate => {
  const reportedOn = addDays(onsetOn, random.whole(1, 5));
  return reportedOn < LAST_DAY ? reportedOn : LAST_DAY;
};

function placeFoci(homes: readonly Home[], random: Random): Placed[] {
  const placed: Placed[] = [];
  for (const focus of FOCI) {
    const ofWard = homes.filter(({ ward }) => ward === key(focus.ward));
    // Close lanes, where outbreaks are: the best of some dozens of places.
    let best: Placed | null = null;
    for (let i = 0; i < 60; i++) {
      const centre = random.pick(ofWard).position;
      if (placed.some((other) => metersBetween(other.centre, centre) < BETWEEN_FOCI_METERS)) continue;
      const near = homesWithin(homes, centre, FOCUS_METERS);
      if (!best || near.length > best.homes.length) best = { ...focus, centre, homes: near };
    }
    if (!best) throw new Error(`no room for an outbreak in ${focus.ward}`);
    placed.push(best);
  }
  return placed;
}

/** One case at least in each of its weeks keeps an outbreak one group: no silence of more than 14 days. */
function casesOfFoci(foci: readonly Placed[], random: Random): Draft[] {
  return WEEKLY.flatMap((total, week) => {
    const open = foci.filter((focus) => focus.week <= week && week < focus.week + focus.weeks);
    const first = open.map((focus) => caseOfFocus(focus, week, week === focus.week, random));
    const shares = shareOut(
      Math.max(0, Math.round(total * CLUSTERED) - open.length),
      open.map(({ weight }) => weight),
    );
    const rest = open.flatMap((focus, i) =>
      Array.from({ length: shares[i]! }, () => caseOfFocus(focus, week, false, random)),
    );
    return [...first, ...rest];
  });
}

/** `count` things by weight: whole parts first, then the largest remainders. */
export function shareOut(count: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  if (all === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (count * weight) / all);
  const parts = exact.map(Math.floor);
  const left = count - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact.map((share, i) => ({ i, over: share - parts[i]! })).sort((a, b) => b.over - a.over);
  for (const { i } of byRemainder.slice(0, left)) parts[i]!++;
  return parts;
}

function caseOfFocus(focus: Placed, week: number, index: boolean, random: Random): Draft {
  const home = random.pick(focus.homes);
  const onsetOn = index ? addDays(monday(week), random.whole(0, 2)) : onsetIn(week, random);
  return {
    class: index || random.chance(0.35) ? 'confirmed' : 'clinical',
    onsetOn,
    reportedOn: reportOf(onsetOn, random),
    wardKey: home.ward,
    lng: home.position[0],
    lat: home.position[1],
    accuracyMeters: random.pick([5, 8, 10, 15, 20]),
  };
}

/** The rest of each week, spread by census: clinical cases without a neighbour; some known by their street only. */
function singleCases(
  homes: readonly Home[],
  outbreaks: readonly Draft[],
  people: ReadonlyMap<WardKey, number>,
  random: Random,
): Draft[] {
  const wards = [...people.keys()].filter((ward) => homes.some((home) => home.ward === ward));
  const homesOf = new Map(wards.map((ward) => [ward, homes.filter((home) => home.ward === ward)]));
  const all = wards.reduce((sum, ward) => sum + people.get(ward)!, 0);
  const someWard = () => {
    let at = random.next() * all;
    return wards.find((ward) => (at -= people.get(ward)!) < 0) ?? wards[0]!;
  };
  const located: Draft[] = [...outbreaks];
  const cases: Draft[] = [];
  WEEKLY.forEach((total, week) => {
    const open = outbreaks.filter(({ onsetOn }) => onsetOn >= monday(week) && onsetOn < monday(week + 1)).length;
    for (let i = open; i < total; i++) {
      const onsetOn = onsetIn(week, random);
      const home = aloneHome(() => random.pick(homesOf.get(someWard())!), onsetOn, located);
      const vague = home === null || random.chance(0.12);
      const { position, ward } = home ?? random.pick(homesOf.get(someWard())!);
      const unplaced = vague && random.chance(0.4);
      const draft: Draft = {
        class: 'clinical',
        onsetOn,
        reportedOn: reportOf(onsetOn, random),
        wardKey: ward,
        lng: unplaced ? null : position[0],
        lat: unplaced ? null : position[1],
        accuracyMeters: unplaced ? null : vague ? random.pick([150, 200, 300, 400]) : random.pick([5, 10, 20, 30]),
      };
      cases.push(draft);
      if (!vague) located.push(draft);
    }
  });
  return cases;
}

/** A home no counting case is near in space and time; `null` when a hundred tries find none. */
function aloneHome(next: () => Home, onsetOn: CivilDate, located: readonly Draft[]): Home | null {
  for (let i = 0; i < 100; i++) {
    const home = next();
    const neighbour = located.some(
      ({ lng, lat, onsetOn: other }) =>
        metersBetween(home.position, [lng!, lat!]) <= APART_METERS &&
        Math.abs(daysBetween(onsetOn, other)) <= APART_DAYS,
    );
    if (!neighbour) return home;
  }
  return null;
}

/** Suspected cases, shown and never counted, and those a test has ruled out. */
function doubtfulCases(homes: readonly Home[], random: Random): Draft[] {
  return WEEKLY.flatMap((total, week) =>
    Array.from({ length: Math.round(total * random.between(0.15, 0.3)) }, (): Draft => {
      const { position, ward } = random.pick(homes);
      const onsetOn = onsetIn(week, random);
      return {
        class: random.chance(0.6) ? 'suspected' : 'ruled-out',
        onsetOn,
        reportedOn: reportOf(onsetOn, random),
        wardKey: ward,
        lng: position[0],
        lat: position[1],
        accuracyMeters: random.pick([5, 10, 20, 50]),
      };
    }),
  );
}

/** Containers looked at: around every outbreak in the days after it began, and here and there in the wet months. */
function breedingSites(homes: readonly Home[], foci: readonly Placed[], random: Random): SeasonSite[] {
  const around = foci.flatMap((focus) =>
    Array.from({ length: random.whole(3, 6) }, () => ({
      home: random.pick(focus.homes),
      foundOn: addDays(monday(focus.week), random.whole(3, 12)),
      larvae: random.chance(0.7),
    })),
  );
  const elsewhere = Array.from({ length: 45 }, () => ({
    home: random.pick(homes),
    foundOn: addDays(FIRST_MONDAY, random.whole(40, daysBetween(FIRST_MONDAY, LAST_DAY))),
    larvae: random.chance(0.3),
  }));
  return [...around, ...elsewhere]
    .filter(({ foundOn }) => foundOn <= LAST_DAY)
    .sort((a, b) => order(a.foundOn, b.foundOn))
    .map(({ home, foundOn, larvae }, i) => ({
      id: `demo-site-${String(i + 1).padStart(3, '0')}`,
      foundOn,
      kind: random.pick(containerKinds),
      larvae,
      wardKey: home.ward,
      lng: home.position[0],
      lat: home.position[1],
      accuracyMeters: random.pick([5, 10, 15]),
    }));
}
