/** Why a group is one: every link with its metres, its days and the clause that made it. */
import { metersBetween, metersPerDegree } from '../../geodata/measure.ts';
import type { CivilDate } from '../../geodata/schema.ts';
import { before, counts, dayOf, isAloneSignal, isPlaced, type OutbreakCase } from './outbreak.ts';
import type { OutbreakRule } from './outbreak-rule.ts';

/**
 * `signal-pair`: within the radius and `signalDays`, which makes a signal. `link`: within the radius and `linkDays`.
 * `later-link`: to a case more than `linkDays` and at most `laterLinkDays` after one that is in an outbreak.
 */
export type LinkClause = 'signal-pair' | 'link' | 'later-link';

export interface OutbreakLink {
  /** The earlier case by onset, then id. */
  from: string;
  to: string;
  /** Great-circle metres, not rounded: 200.04 is no 200. */
  meters: number;
  /** Days from the onset of `from` to that of `to`, 0 or more. */
  days: number;
  clause: LinkClause;
}

export interface GroupReasons {
  links: OutbreakLink[];
  /** The confirmed cases that make the group a signal by themselves; empty where the rule does not let them. */
  confirmed: string[];
  /** Links were left out because there are more than `most`. */
  cut: boolean;
}

/** Thousands of cases at one place are millions of pairs: nobody reads them, and no memory holds them. */
const MOST_LINKS = 20_000;

/** The counting cases by onset, then id. */
const inOrder = <C extends OutbreakCase>(cases: readonly C[], rule: OutbreakRule) =>
  cases
    .filter((one) => counts(one, rule))
    .map((one) => ({ ...one, day: dayOf(one.onsetOn) }))
    .sort((a, b) => a.day - b.day || before(a.id, b.id));

const placedAmong = <C extends OutbreakCase>(cases: readonly C[], rule: OutbreakRule) =>
  cases.filter((one) => isPlaced(one, rule)) as (C & { lng: number; lat: number })[];

/** A degree of latitude is as long everywhere: this much between two cases is too far, whatever their longitudes. */
const latReachOf = ({ linkRadiusMeters }: OutbreakRule): number =>
  (linkRadiusMeters / metersPerDegree(0)[1]) * 1.000001;

/**
 * The links among the cases of one group, and the confirmed cases, in the order of onset, then id. Give it the cases of
 * a whole group: a later link is only told where the case it starts from is in an outbreak. Of a group with more than
 * `most` links, each case's first ones are told. Personal: metres between homes locate them, so this goes to readers in
 * scope only.
 */
export function explainGroup(
  cases: readonly OutbreakCase[],
  rule: OutbreakRule,
  most: number = MOST_LINKS,
): GroupReasons {
  const sorted = inOrder(cases, rule);
  const confirmed = sorted.filter((one) => isAloneSignal(one, rule)).map(({ id }) => id);
  const placed = placedAmong(sorted, rule);
  const latReach = latReachOf(rule);
  // Each case may have its share; where all pairs are fewer than `most`, that is all of them.
  const share =
    placed.length * (placed.length - 1) <= 2 * most ? Infinity : Math.max(1, Math.floor(most / placed.length));
  const near: (Omit<OutbreakLink, 'clause'> & { i: number; j: number })[] = [];
  const reached = new Set<number>();
  let cut = false;
  placed.forEach((from, i) => {
    let told = 0;
    for (let j = i + 1; j < placed.length; j++) {
      const to = placed[j]!;
      const days = to.day - from.day;
      if (days > rule.laterLinkDays) break;
      if (told >= share && cut && reached.has(i) && reached.has(j)) continue;
      if (Math.abs(to.lat - from.lat) > latReach) continue;
      const meters = metersBetween([from.lng, from.lat], [to.lng, to.lat]);
      if (meters > rule.linkRadiusMeters) continue;
      if (days <= rule.linkDays) reached.add(i).add(j);
      if (told >= share) {
        cut = true;
        continue;
      }
      told += 1;
      near.push({ from: from.id, to: to.id, meters, days, i, j });
    }
  });

  const links: OutbreakLink[] = [];
  // `near` runs through the days of the earlier case, and a later link leads to a later day: what it starts from is known.
  for (const { i, j, ...link } of near) {
    if (link.days <= rule.linkDays) {
      links.push({ ...link, clause: link.days <= (rule.signalDays ?? -1) ? 'signal-pair' : 'link' });
    } else if (reached.has(i)) {
      reached.add(j);
      links.push({ ...link, clause: 'later-link' });
    }
  }
  return { links, confirmed, cut };
}

/** A pair that makes a signal, and the day on which both of it were known. */
export interface SignalPair {
  from: string;
  to: string;
  meters: number;
  days: number;
  on: CivilDate;
}

/**
 * The pair that made a signal first, by the day both cases were known, then by the id of the earlier case; `null` where
 * none does. Looks at distances only where a pair could still be the first: no list of pairs is made.
 */
export function firstSignalPair<C extends OutbreakCase>(
  cases: readonly C[],
  rule: OutbreakRule,
  knownOn: (one: C) => CivilDate,
): SignalPair | null {
  const placed = placedAmong(inOrder(cases, rule), rule);
  const known = placed.map(knownOn);
  const latReach = latReachOf(rule);
  let first: SignalPair | null = null;
  for (let i = 0; i < placed.length; i++) {
    const from = placed[i]!;
    // No pair of a case is known before the case itself.
    if (first && (known[i]! > first.on || (known[i] === first.on && from.id >= first.from))) continue;
    for (let j = i + 1; j < placed.length; j++) {
      const to = placed[j]!;
      const days = to.day - from.day;
      if (days > (rule.signalDays ?? -1)) break;
      const on = known[i]! > known[j]! ? known[i]! : known[j]!;
      if (first && (on > first.on || (on === first.on && from.id >= first.from))) continue;
      if (Math.abs(to.lat - from.lat) > latReach) continue;
      const meters = metersBetween([from.lng, from.lat], [to.lng, to.lat]);
      if (meters <= rule.linkRadiusMeters) first = { from: from.id, to: to.id, meters, days, on };
    }
  }
  return first;
}
