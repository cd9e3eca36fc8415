/** A kept outbreak as the store holds it, and what follows from its cases and the day. Pure. */
import { addDays } from '../../geodata/dates.ts';
import { metersBetween } from '../../geodata/measure.ts';
import type { CivilDate, Position, WardKey } from '../../geodata/schema.ts';
import { before, counts, dayOf, isAloneSignal, isPlaced, type OutbreakCase } from '../dengue/outbreak.ts';
import { firstSignalPair } from '../dengue/outbreak-links.ts';
import type { OutbreakRule } from '../dengue/outbreak-rule.ts';
import type { HistoryCode, OutbreakState } from './contract.ts';
import { boundsOf, isInShape, type Shape } from './zone.ts';

/** A case as outbreaks see it: what the rule needs, where it belongs and when it was known. */
export interface KeptCase extends OutbreakCase {
  reportedOn: CivilDate | null;
  wardKey: WardKey | null;
  otherWardKey: WardKey | null;
  demo: boolean;
}

export interface Declaration {
  on: CivilDate;
  at: string;
  /** As the change log names them; `null` for an inspection. */
  by: string | null;
  basis: 'reason' | 'inspection';
  reason: string | null;
  inspectionId: string | null;
}

export interface Mark {
  foundOn: CivilDate;
  source: string;
  place: string | null;
  shape: Shape;
  /** The place that was marked; `null` = the shape was drawn. */
  position: Position | null;
  reportedCases: number | null;
  /** The wards it was marked for: it takes up cases of these alone. */
  wards: readonly WardKey[];
}

export interface KeptOutbreak {
  number: string;
  version: number;
  ruleId: string;
  aliases: readonly string[];
  origin: string | null;
  made: 'computed' | 'directly';
  /** Of one marked directly: `null` beside the computed ones, `true` kept apart, `false` joined to them. */
  apart: boolean | null;
  /** Its cases make a group today. */
  hasGroup: boolean;
  signal: boolean;
  state: OutbreakState;
  openedOn: CivilDate;
  firstOnsetOn: CivilDate | null;
  lastOnsetOn: CivilDate | null;
  expectedEndOn: CivilDate;
  /** Sorted. Without a group: those it had last. */
  caseIds: readonly string[];
  /** Every ward of its cases and of its mark, in both sets; sorted. */
  wards: readonly WardKey[];
  residentialGroups: readonly string[];
  declared: Declaration | null;
  undoneInspections: readonly string[];
  marked: Mark | null;
  demo: boolean;
}

/** A vector inspection that found larvae or adult Aedes. */
export interface Evidence {
  id: string;
  on: CivilDate;
  lng: number;
  lat: number;
}

/** Whether an inspection lies near enough to a case, in place and time, to make its signal an outbreak. */
export function isNearCase(
  { on, lng, lat }: Pick<Evidence, 'on' | 'lng' | 'lat'>,
  one: KeptCase,
  rule: OutbreakRule,
): boolean {
  const { vectorRadiusMeters, vectorDays } = rule;
  if (vectorRadiusMeters === null || vectorDays === null || !isPlaced(one, rule)) return false;
  if (Math.abs(dayOf(on) - dayOf(one.onsetOn)) > vectorDays) return false;
  // A degree of latitude is 111.2 km everywhere: most cases are told by it alone.
  if (Math.abs(one.lat - lat) * 111_000 > vectorRadiusMeters) return false;
  return metersBetween([lng, lat], [one.lng, one.lat]) <= vectorRadiusMeters;
}

/** One line of an outbreak's history, before it is written. */
export interface OutbreakEvent {
  number: string;
  on: CivilDate;
  code: HistoryCode;
  params: Record<string, string | number | null>;
}

/** `watching` until the end unless it was declared, `ended` from the day after it. */
export const stateOn = (at: CivilDate, expectedEndOn: CivilDate, declared: boolean): OutbreakState =>
  at > expectedEndOn ? 'ended' : declared ? 'active' : 'watching';

export const wardsOf = ({ wardKey, otherWardKey }: Pick<KeptCase, 'wardKey' | 'otherWardKey'>): WardKey[] =>
  [wardKey, otherWardKey].filter((key) => key !== null);

export const wardsOfAll = (cases: readonly KeptCase[], more: readonly WardKey[] = []): WardKey[] =>
  [...new Set([...cases.flatMap(wardsOf), ...more])].sort(before);

/** The onsets of cases, at least one, and the end they make the outbreak expect. */
export function datesOf(cases: readonly KeptCase[], { endAfterDays }: OutbreakRule) {
  const onsets = cases.map(({ onsetOn }) => onsetOn).sort(before);
  const lastOnsetOn = onsets.at(-1)!;
  return { firstOnsetOn: onsets[0]!, lastOnsetOn, expectedEndOn: addDays(lastOnsetOn, endAfterDays) };
}

/** The day a case could be known: it had begun and was reported. */
const knownOn = ({ onsetOn, reportedOn }: KeptCase): CivilDate =>
  reportedOn !== null && reportedOn > onsetOn ? reportedOn : onsetOn;

/** Why a group became a signal, and on which day by what was reported: the earliest reason of all. */
export function openingOf(cases: readonly KeptCase[], rule: OutbreakRule): Omit<OutbreakEvent, 'number'> {
  const alone = cases.filter((one) => counts(one, rule) && isAloneSignal(one, rule));
  const reasons = alone.map((one): Omit<OutbreakEvent, 'number'> => ({
    on: knownOn(one),
    code: 'opened-by-confirmed',
    params: { from: one.id },
  }));
  const pair = firstSignalPair(cases, rule, knownOn);
  if (pair) {
    const { on, from, to, meters, days } = pair;
    reasons.push({ on, code: 'opened-by-pair', params: { from, to, meters: Math.round(meters * 10) / 10, days } });
  }
  reasons.sort((a, b) => before(a.on, b.on) || before(String(a.params['from']), String(b.params['from'])));
  const [first] = reasons;
  if (!first) throw new Error('a group that is no signal does not open');
  return first;
}

/**
 * The cases a mark takes up: they count and are placed, lie in its shape and one of its wards, and fell ill from
 * `linkDays` before it was found on, one after another within the days that keep an outbreak open.
 */
export function casesInMark(cases: Iterable<KeptCase>, mark: Mark, rule: OutbreakRule, at: CivilDate): KeptCase[] {
  const from = addDays(mark.foundOn, -rule.linkDays);
  const inside = isInMark(mark);
  const found = [...cases].filter(
    (one) =>
      one.onsetOn >= from &&
      one.onsetOn <= at &&
      (rule.countingClasses as readonly string[]).includes(one.class) &&
      isPlaced(one, rule) &&
      inside(one),
  );
  found.sort((a, b) => before(a.onsetOn, b.onsetOn) || before(a.id, b.id));
  let until = addDays(mark.foundOn, rule.endAfterDays);
  const taken: KeptCase[] = [];
  for (const one of found) {
    if (one.onsetOn > until) break;
    taken.push(one);
    const end = addDays(one.onsetOn, rule.endAfterDays);
    if (end > until) until = end;
  }
  return taken;
}

/** Whether a case lies in the shape of a mark and belongs to one of its wards. */
export function isInMark({ shape, wards }: Mark): (one: KeptCase) => boolean {
  const [west, south, east, north] = boundsOf(shape);
  return (one) =>
    one.lng !== null &&
    one.lat !== null &&
    one.lng >= west &&
    one.lng <= east &&
    one.lat >= south &&
    one.lat <= north &&
    wardsOf(one).some((key) => wards.includes(key)) &&
    isInShape([one.lng, one.lat], shape);
}
