/**
 * Which dengue cases make an outbreak (ổ dịch), by a rule of geodata/packs. Pure: the day looked at is passed in, and
 * the same cases give the same answer in any order.
 *
 * - A case counts when its class is one of `countingClasses` and its onset is on or before `at`.
 * - Two counting cases are linked when they lie at most `linkRadiusMeters` apart (great circle on a sphere of radius
 *   6,371,008.8 m) and their onsets at most `linkDays`, both inclusive. A case without a position, or with one known
 *   no better than `accuracyLimitMeters` (unknown accuracy included), links to nobody and is a group of its own.
 * - Where `laterLinkDays` exceeds `linkDays` (hcmc-2021: "the first pair at most 14 days apart, later links at most
 *   30"), this project reads: any two cases linked as above are a first pair and stand in an outbreak. A case in an
 *   outbreak also takes in whoever falls ill near it more than `linkDays` and at most `laterLinkDays` *after* it; that
 *   case is then in the outbreak too and goes on. Nothing is taken in backwards, and 30 days alone begin nothing. The
 *   program that rule comes from grows its outbreaks in this direction. Defined so, no order of entry matters.
 * - Groups are the connected components of these links; no ward line cuts them.
 * - A group is a signal (nghi ổ dịch) when it holds a confirmed case (if `confirmedAloneSignals`) or two directly
 *   linked cases whose onsets differ by at most `signalDays`.
 * - The end is expected `endAfterDays` after the last onset. A signal is `watching` until that day, `ended` after it.
 *
 * Source: QĐ 3711/QĐ-BYT (19/09/2014) and the public code of Hồ Chí Minh City's dengue GIS, as the rule files cite.
 */
import { addDays, daysBetween } from '../../geodata/dates.ts';
import type { CivilDate } from '../../geodata/schema.ts';
import { findComponents, type CaseColumns } from './components.ts';
import type { caseClasses } from '../../geodata/vocabulary.ts';
import type { OutbreakRule } from './outbreak-rule.ts';

/** What the rule needs of a case, and no word about the person. */
export interface OutbreakCase {
  id: string;
  class: (typeof caseClasses)[number];
  onsetOn: CivilDate;
  /** WGS84 degrees; `null` = not located. */
  lng: number | null;
  lat: number | null;
  /** How well the position is known; `null` = nobody knows, so it does not link. */
  accuracyMeters: number | null;
}

/** A group of counting cases; a group of one is one too. */
export interface Outbreak {
  /** Its earliest case by onset, then id. Changes with the cases: what is kept has a number (`outbreak-records.ts`). */
  id: string;
  /** Sorted by code units. */
  caseIds: string[];
  signal: boolean;
  state: 'watching' | 'ended' | null;
  lastOnsetOn: CivilDate;
  expectedEndOn: CivilDate;
}

export const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const EPOCH = '1970-01-01';
/** Dates are few and come again with every recomputation: read once, forgotten all at once before they are many. */
const knownDays = new Map<CivilDate, number>();
const MOST_DAYS = 10_000;

/** Days since 1970-01-01. Throws RangeError for what is no civil date. */
export function dayOf(date: CivilDate): number {
  let day = knownDays.get(date);
  if (day === undefined) {
    day = daysBetween(EPOCH, date);
    if (knownDays.size >= MOST_DAYS) knownDays.clear();
    knownDays.set(date, day);
  }
  return day;
}

export const counts = (one: OutbreakCase, rule: OutbreakRule): boolean =>
  (rule.countingClasses as readonly string[]).includes(one.class);

/** Whether a position is good enough to link by. */
export const isPlaced = (
  one: OutbreakCase,
  { accuracyLimitMeters }: OutbreakRule,
): one is OutbreakCase & { lng: number; lat: number } =>
  one.lng !== null && one.lat !== null && one.accuracyMeters !== null && one.accuracyMeters < accuracyLimitMeters;

export const isAloneSignal = (one: OutbreakCase, rule: OutbreakRule): boolean =>
  rule.confirmedAloneSignals && one.class === 'confirmed';

/** The columns of cases that count and are placed. Throws RangeError for an onset that is no civil date. */
export function caseColumns(cases: readonly OutbreakCase[], rule: OutbreakRule): CaseColumns {
  const n = cases.length;
  const day = new Int32Array(n);
  const lng = new Float64Array(n);
  const lat = new Float64Array(n);
  const alone = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const one = cases[i]!;
    day[i] = dayOf(one.onsetOn);
    lng[i] = one.lng ?? Number.NaN;
    lat[i] = one.lat ?? Number.NaN;
    alone[i] = isAloneSignal(one, rule) ? 1 : 0;
  }
  return { day, lng, lat, alone };
}

/** The group of the cases `rows[from]` to `rows[to - 1]`, at least one; `day` = their onsets by row. */
type Describe = (
  cases: readonly OutbreakCase[],
  day: ArrayLike<number>,
  rows: ArrayLike<number>,
  from: number,
  to: number,
  signal: boolean,
) => Outbreak;

/** Puts groups into words, as they stand on the day `at`. */
function describer({ endAfterDays }: OutbreakRule, at: CivilDate): Describe {
  const atDay = dayOf(at);
  const ends = new Map<number, CivilDate>();
  return (cases, day, rows, from, to, signal) => {
    let first = rows[from]!;
    let last = first;
    const caseIds: string[] = [];
    for (let k = from; k < to; k++) {
      const row = rows[k]!;
      const id = cases[row]!.id;
      caseIds.push(id);
      if (day[row]! > day[last]!) last = row;
      if (day[row]! < day[first]! || (day[row] === day[first] && id < cases[first]!.id)) first = row;
    }
    if (caseIds.length > 1) caseIds.sort();
    const { onsetOn: lastOnsetOn } = cases[last]!;
    const endDay = day[last]! + endAfterDays;
    let expectedEndOn = ends.get(endDay);
    if (expectedEndOn === undefined) ends.set(endDay, (expectedEndOn = addDays(EPOCH, endDay)));
    const state = signal ? (atDay > endDay ? 'ended' : 'watching') : null;
    return { id: cases[first]!.id, caseIds, signal, state, lastOnsetOn, expectedEndOn };
  };
}

/** One group of these cases, at least one, as it stands on the day `at`. */
export const describeGroup = (
  cases: readonly OutbreakCase[],
  signal: boolean,
  rule: OutbreakRule,
  at: CivilDate,
): Outbreak =>
  describer(rule, at)(
    cases,
    cases.map(({ onsetOn }) => dayOf(onsetOn)),
    cases.map((_, row) => row),
    0,
    cases.length,
    signal,
  );

/**
 * Every group of the cases that count on the day `at`, sorted by id. `cases`: ids occur once, in any order.
 * Throws RangeError when `at` or the onset of a counting case is no civil date.
 */
export function findOutbreaks(cases: readonly OutbreakCase[], rule: OutbreakRule, at: CivilDate): Outbreak[] {
  const describe = describer(rule, at);
  const groups: Outbreak[] = [];
  const placed: OutbreakCase[] = [];
  for (const one of cases) {
    // Civil dates of four-digit years sort as text.
    if (one.onsetOn > at || !counts(one, rule)) continue;
    if (isPlaced(one, rule)) placed.push(one);
    else groups.push(describe([one], [dayOf(one.onsetOn)], [0], 0, 1, isAloneSignal(one, rule)));
  }
  const columns = caseColumns(placed, rule);
  const { count, rows, starts, signal } = findComponents(columns, rule);
  for (let c = 0; c < count; c++)
    groups.push(describe(placed, columns.day, rows, starts[c]!, starts[c + 1]!, signal[c] === 1));
  return groups.sort((a, b) => before(a.id, b.id));
}
