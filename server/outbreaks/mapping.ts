/**
 * Which kept outbreaks a change of cases touches, what becomes of them, and what their history says of it. Pure: over
 * the groups of today and the records so far, all of them or a part that shares nothing with the rest.
 */
import { addDays } from '../../geodata/dates.ts';
import type { CivilDate } from '../../geodata/schema.ts';
import { mapRecords, type OutbreakRecord, type RecordEvent } from '../dengue/outbreak-records.ts';
import type { Outbreak } from '../dengue/outbreak.ts';
import type { OutbreakRule } from '../dengue/outbreak-rule.ts';
import type { Verb } from '../platform/verb-contract.ts';
import {
  casesInMark,
  datesOf,
  isNearCase,
  openingOf,
  stateOn,
  wardsOfAll,
  type Declaration,
  type Evidence,
  type KeptCase,
  type KeptOutbreak,
  type OutbreakEvent,
} from './kept.ts';

/** One outbreak as it stands now, what it was, and why it changed. */
export interface Rewritten {
  before: KeptOutbreak | null;
  after: KeptOutbreak;
  events: OutbreakEvent[];
  verb: Verb;
}

export interface Mapped {
  rewritten: Rewritten[];
  /** Numbers that live on as aliases only, and where. */
  merged: { number: string; into: string }[];
}

interface Given {
  rule: OutbreakRule;
  today: CivilDate;
  prefix: string;
  /** The latest number of all, also where only a part is mapped. */
  used: string | null;
  caseOf(id: string): KeptCase | undefined;
  /** Inspections that found larvae or adults, by day. */
  evidence: readonly Evidence[];
  now: string;
  /** Every case, for what was marked directly. */
  cases(): Iterable<KeptCase>;
}

/** One marked directly that goes by its shape: it was not joined to the computed groups. */
export const isAside = ({ made, apart }: Pick<KeptOutbreak, 'made' | 'apart'>): boolean =>
  made === 'directly' && apart !== false;

/** Maps `groups` to `kept` and says of each outbreak what has changed. Outbreaks that stay as they are are left out. */
export function mapOutbreaks(kept: readonly KeptOutbreak[], groups: readonly Outbreak[], given: Given): Mapped {
  const before = new Map(kept.map((one) => [one.number, one]));
  const { records, events } = mapRecords(kept.filter((one) => !isAside(one)).map(asRecord), groups, {
    prefix: given.prefix,
    today: given.today,
    used: given.used,
  });
  const groupById = new Map(groups.map((group) => [group.id, group]));
  const merged = events.flatMap((event) => (event.kind === 'merged' ? [event] : []));
  const rewritten = records.flatMap((record) => {
    const was = before.get(record.number) ?? null;
    const absorbed = merged.flatMap(({ number, into }) => (into === record.number ? [before.get(number)!] : []));
    const group = record.outbreakId === null ? null : groupById.get(record.outbreakId)!;
    const after = group ? withGroup(was, absorbed, record, group, given) : was && withoutGroup(was, given);
    return after ? rewrittenOf(was, after, absorbed, events, given) : [];
  });
  for (const was of kept) if (isAside(was)) rewritten.push(...rewrittenOf(was, markedNow(was, given), [], [], given));
  return { rewritten, merged: merged.map(({ number, into }) => ({ number, into })) };
}

const asRecord = ({ number, caseIds, aliases, origin }: KeptOutbreak): OutbreakRecord => ({
  number,
  caseIds,
  aliases,
  origin,
  outbreakId: null,
});

const least = <T extends string>(values: readonly T[]): T => values.reduce((a, b) => (b < a ? b : a));

/** An outbreak whose cases are a group today: what it was, what came with those merged into it, and the group. */
function withGroup(
  was: KeptOutbreak | null,
  absorbed: readonly KeptOutbreak[],
  { number, aliases, origin }: OutbreakRecord,
  { caseIds, signal }: Outbreak,
  { rule, today, caseOf, evidence, now }: Given,
): KeptOutbreak {
  const cases = caseIds.map((one) => caseOf(one)!);
  const dates = datesOf(cases, rule);
  const all = was ? [was, ...absorbed] : absorbed;
  const undoneInspections = [...new Set(all.flatMap((one) => one.undoneInspections))];
  const found = (): Declaration | null => {
    const { on, id: inspectionId } =
      evidence.find((one) => !undoneInspections.includes(one.id) && cases.some((of) => isNearCase(one, of, rule))) ??
      {};
    if (on === undefined || inspectionId === undefined) return null;
    return { on, at: now, by: null, basis: 'inspection', reason: null, inspectionId };
  };
  const declared = all.find((one) => one.declared)?.declared ?? (signal ? found() : null);
  const marked = all.find((one) => one.marked)?.marked ?? null;
  return {
    number,
    version: was?.version ?? 0,
    ruleId: rule.id,
    aliases,
    origin,
    made: was?.made ?? 'computed',
    apart: was?.apart ?? null,
    hasGroup: true,
    signal,
    state: stateOn(today, dates.expectedEndOn, declared !== null),
    openedOn: all.length > 0 ? least(all.map(({ openedOn }) => openedOn)) : openingOf(cases, rule).on,
    ...dates,
    caseIds,
    wards: wardsOfAll(cases, marked?.wards),
    residentialGroups: [...new Set(all.flatMap(({ residentialGroups }) => residentialGroups))],
    declared,
    undoneInspections,
    marked,
    demo: was ? was.demo : cases.some(({ demo }) => demo),
  };
}

/** One whose cases make no group today is kept as it was, and remembers them. */
const withoutGroup = (was: KeptOutbreak, { today }: Given): KeptOutbreak => ({
  ...was,
  hasGroup: false,
  signal: false,
  state: stateOn(today, was.expectedEndOn, was.declared !== null),
});

/** One that goes by its shape: the cases in it today, or the day it was found where there is none. */
export function markedNow(was: KeptOutbreak, given: Given): KeptOutbreak {
  const { rule, today } = given;
  const marked = was.marked!;
  const cases = casesInMark(given.cases(), marked, rule, today);
  const dates =
    cases.length > 0
      ? datesOf(cases, rule)
      : { firstOnsetOn: null, lastOnsetOn: null, expectedEndOn: addDays(marked.foundOn, rule.endAfterDays) };
  return {
    ...was,
    ruleId: rule.id,
    hasGroup: false,
    signal: false,
    state: stateOn(today, dates.expectedEndOn, was.declared !== null),
    ...dates,
    caseIds: cases.map(({ id }) => id).sort(),
    wards: wardsOfAll(cases, marked.wards),
  };
}

/** What the store keeps of it, apart from its version: equal ones need no writing. */
const keptOf = ({ version: _, ...rest }: KeptOutbreak) =>
  JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));

function rewrittenOf(
  was: KeptOutbreak | null,
  after: KeptOutbreak,
  absorbed: readonly KeptOutbreak[],
  mapped: readonly RecordEvent[],
  given: Given,
): Rewritten[] {
  if (was && keptOf(was) === keptOf(after)) return [];
  const said = saidOf(was, after, absorbed, mapped, given);
  return [
    {
      before: was,
      after: { ...after, version: (was?.version ?? 0) + 1 },
      events: said.map(({ verb: _, ...event }) => event),
      verb: said[0]?.verb ?? 'recountOutbreak',
    },
  ];
}

type Said = OutbreakEvent & { verb: Verb };

/** What the history says of the change, the weightiest first. */
function saidOf(
  was: KeptOutbreak | null,
  after: KeptOutbreak,
  absorbed: readonly KeptOutbreak[],
  mapped: readonly RecordEvent[],
  given: Given,
): Said[] {
  const { today } = given;
  const { number } = after;
  const say = (verb: Verb, code: OutbreakEvent['code'], params: OutbreakEvent['params'] = {}, on = today): Said => ({
    number,
    on,
    code,
    params,
    verb,
  });
  const ended = () => say('endOutbreak', 'ended', {}, addDays(after.expectedEndOn, 1));
  const byInspection = (): Said[] => {
    const { declared } = after;
    if (declared?.basis !== 'inspection') return [];
    return [say('declareOutbreak', 'declared-by-inspection', { inspectionId: declared.inspectionId }, declared.on)];
  };
  if (!was) {
    const split = mapped.find((event) => event.kind === 'split' && event.number === number);
    const opening = openingOf(
      after.caseIds.map((id) => given.caseOf(id)!),
      given.rule,
    );
    return [
      ...(split?.kind === 'split' ? [say('splitOutbreak', 'split-from', { number: split.origin })] : []),
      { ...opening, number, verb: 'openOutbreak' },
      ...byInspection(),
      ...(after.state === 'ended' ? [ended()] : []),
    ];
  }
  const said: Said[] = absorbed.flatMap((other) => [
    say('mergeOutbreaks', 'took-in', { number: other.number }),
    { ...say('mergeOutbreaks', 'merged-into', { number }), number: other.number },
  ]);
  const grouped = (one: KeptOutbreak) => one.hasGroup || isAside(one);
  if (grouped(was) && !grouped(after)) said.push(say('loseOutbreakGroup', 'lost-its-group'));
  if (!grouped(was) && grouped(after)) said.push(say('findOutbreakGroup', 'found-its-group'));
  if (was.ruleId !== after.ruleId) said.push(say('recountOutbreak', 'rule-switched', { ruleId: after.ruleId }));
  const known = new Set([was, ...absorbed].flatMap(({ caseIds }) => caseIds));
  const [now, cases] = [new Set(after.caseIds), after.caseIds.length];
  const joined = after.caseIds.filter((id) => !known.has(id)).length;
  const left = was.caseIds.filter((id) => !now.has(id)).length;
  if (joined > 0) said.push(say('growOutbreak', 'cases-joined', { count: joined, cases }));
  if (left > 0) said.push(say('shrinkOutbreak', 'cases-left', { count: left, cases }));
  if (joined + left === 0 && absorbed.length === 0 && was.ruleId === after.ruleId)
    if (was.expectedEndOn !== after.expectedEndOn)
      said.push(say('recountOutbreak', 'onset-corrected', { from: was.expectedEndOn, until: after.expectedEndOn }));
  if (!was.declared) said.push(...byInspection());
  if (was.state !== 'ended' && after.state === 'ended') said.push(ended());
  if (was.state === 'ended' && after.state !== 'ended') said.push(say('reopenOutbreak', 'reopened'));
  return said;
}
