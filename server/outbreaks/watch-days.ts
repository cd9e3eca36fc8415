/** How many fell ill on each day, and the epidemic curve over it. Pure. */
import { addDays, epiWeek } from '../../geodata/dates.ts';
import type { CivilDate, OutbreakRuleFile } from '../../geodata/schema.ts';
import { before } from '../dengue/outbreak.ts';
import type { WatchCurve } from './watch-contract.ts';

type Class = OutbreakRuleFile['parameters']['countingClasses']['value'][number];
export type ClassCounts = Record<Class, number>;
export interface DayCounts extends ClassCounts {
  onsetOn: CivilDate;
}
/** The classes that count as a case by the rule in force. */
export type Counting = readonly Class[];

const none = (): ClassCounts => ({ suspected: 0, clinical: 0, confirmed: 0 });

/** The days on which anybody fell ill, in order. A class that never counts is passed over. */
export function countDays(cases: Iterable<{ class: string; onsetOn: CivilDate }>): DayCounts[] {
  const days = new Map<CivilDate, DayCounts>();
  for (const { class: caseClass, onsetOn } of cases) {
    let day = days.get(onsetOn);
    if (!day) days.set(onsetOn, (day = { onsetOn, ...none() }));
    if (caseClass in day && caseClass !== 'onsetOn') day[caseClass as Class] += 1;
  }
  return [...days.values()].sort((a, b) => before(a.onsetOn, b.onsetOn));
}

export const countingOf = (counts: ClassCounts, counting: Counting): number =>
  counting.reduce((sum, one) => sum + counts[one], 0);

/** The days from one to another, both included; `days` in order. */
export function between(days: readonly DayCounts[], from: CivilDate, to: CivilDate): readonly DayCounts[] {
  return days.slice(firstFrom(days, from), firstFrom(days, addDays(to, 1)));
}

/** Where the days from `date` on begin. */
function firstFrom(days: readonly DayCounts[], date: CivilDate): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]!.onsetOn < date) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function sumOf(days: readonly DayCounts[]): ClassCounts {
  const sum = none();
  for (const { suspected, clinical, confirmed } of days) {
    sum.suspected += suspected;
    sum.clinical += clinical;
    sum.confirmed += confirmed;
  }
  return sum;
}

export const casesIn = (days: readonly DayCounts[], from: CivilDate, to: CivilDate, counting: Counting): number =>
  countingOf(sumOf(between(days, from, to)), counting);

/**
 * Cases by day, or by epidemiological week from the week of `from` to that of `at`; nobody whose onset is after `at` is
 * counted. Empty when `from` is after `at`.
 */
export function curveOf(
  days: readonly DayCounts[],
  { at, by, from, counting }: { at: CivilDate; by: WatchCurve['by']; from: CivilDate; counting: Counting },
): WatchCurve['items'] {
  const items: WatchCurve['items'] = [];
  let next = by === 'week' ? epiWeek(from).from : from;
  while (next <= at) {
    const { week, from: monday, to: sunday } = epiWeek(next);
    const span = by === 'week' ? { from: monday, to: sunday } : { from: next, to: next };
    const counts = sumOf(between(days, span.from, span.to < at ? span.to : at));
    items.push({ ...span, week, ...counts, cases: countingOf(counts, counting), open: span.to >= at });
    next = addDays(span.to, 1);
  }
  return items;
}
