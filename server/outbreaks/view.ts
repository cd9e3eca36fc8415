/** An outbreak as it stands on a day, and what of it a reader may be told. Pure. */
import { addDays } from '../../geodata/dates.ts';
import type { CivilDate, Position, Units, WardKey } from '../../geodata/schema.ts';
import { may, type Actor } from '../accounts/permission.ts';
import { explainGroup } from '../dengue/outbreak-links.ts';
import { compareNumbers } from '../dengue/outbreak-records.ts';
import { findOutbreaks, isAloneSignal, isPlaced } from '../dengue/outbreak.ts';
import type { OutbreakRule } from '../dengue/outbreak-rule.ts';
import type { HistoryEvent, OutbreakWords } from './contract.ts';
import type { Keeper } from './keeper.ts';
import {
  casesInMark,
  datesOf,
  stateOn,
  wardsOf,
  wardsOfAll,
  type KeptCase,
  type KeptOutbreak,
  type Mark,
} from './kept.ts';
import { isAside } from './mapping.ts';
import type { StandIn } from './stand-in.ts';
import { cellShape, cellsOfShape, circlesAround, type Shape } from './zone.ts';

/** One outbreak on a day: the record, and the cases and dates it had then. */
export interface Seen {
  kept: KeptOutbreak;
  cases: KeptCase[];
}

/** The outbreaks of a day, latest number first. On another day than today's: the groups of that day, by their records. */
export function outbreaksOn(keeper: Keeper, at: CivilDate): Seen[] {
  const seen = at === keeper.today ? today(keeper) : otherDay(keeper, at);
  return seen.sort((a, b) => compareNumbers(b.kept.number, a.kept.number));
}

const casesOf = (keeper: Keeper, ids: readonly string[]): KeptCase[] => ids.flatMap((id) => keeper.cases.get(id) ?? []);

/** Cases that are remembered, because no group holds them, are none today. */
export const seenToday = (keeper: Keeper, kept: KeptOutbreak): Seen => ({
  kept,
  cases: kept.hasGroup || isAside(kept) ? casesOf(keeper, kept.caseIds) : [],
});

const today = (keeper: Keeper): Seen[] => [...keeper.outbreaks.values()].map((kept) => seenToday(keeper, kept));

function otherDay(keeper: Keeper, at: CivilDate): Seen[] {
  const { rule } = keeper;
  const casesByNumber = new Map<string, KeptCase[]>();
  for (const group of findOutbreaks([...keeper.cases.values()], rule, at)) {
    if (!group.signal) continue;
    const number = numberOf(keeper, group.caseIds);
    if (number === null) continue;
    const cases = casesByNumber.get(number) ?? [];
    cases.push(...casesOf(keeper, group.caseIds));
    casesByNumber.set(number, cases);
  }
  const seen: Seen[] = [];
  for (const kept of keeper.outbreaks.values()) {
    const cases = isAside(kept)
      ? kept.marked!.foundOn <= at && casesInMark(keeper.cases.values(), kept.marked!, rule, at)
      : casesByNumber.get(kept.number);
    if (cases) seen.push({ kept: asOn(kept, cases, rule, at), cases });
  }
  return seen;
}

/** The outbreak that holds most of some cases, then the earliest number; `null` = none holds one. */
export function numberOf(keeper: Keeper, caseIds: readonly string[]): string | null {
  const shared = new Map<string, number>();
  for (const id of caseIds)
    for (const number of keeper.numbersOf(id)) shared.set(number, (shared.get(number) ?? 0) + 1);
  const [best] = [...shared].sort(([a, m], [b, n]) => n - m || compareNumbers(a, b));
  return best?.[0] ?? null;
}

function asOn(kept: KeptOutbreak, cases: readonly KeptCase[], rule: OutbreakRule, at: CivilDate): KeptOutbreak {
  const declared = kept.declared && kept.declared.on <= at ? kept.declared : null;
  const dates =
    cases.length > 0
      ? datesOf(cases, rule)
      : { firstOnsetOn: null, lastOnsetOn: null, expectedEndOn: addDays(kept.marked!.foundOn, rule.endAfterDays) };
  return {
    ...kept,
    ...dates,
    declared,
    caseIds: cases.map(({ id }) => id).sort(),
    hasGroup: !isAside(kept),
    signal: !isAside(kept),
    state: stateOn(at, dates.expectedEndOn, declared !== null),
    wards: wardsOfAll(cases, kept.marked?.wards),
  };
}

/** Who reads, and how things are called. */
export interface Reading {
  actor: Actor;
  at: CivilDate;
  units: Units;
  nameOfWard(key: WardKey): string;
  /** The cell drawn for a home this reader may not see. */
  standIn: StandIn;
  /** `user:<id>` -> the name of the account. */
  nameOfUser(actor: string): string | null;
}

export const maySeeCase = (actor: Actor, one: KeptCase): boolean => may(actor, 'case.read', wardsOf(one));

/** Whether a reader may know what was written down about it: the place, the reason, who. */
export const isInScope = (actor: Actor, { wards }: Pick<KeptOutbreak, 'wards'>): boolean =>
  may(actor, 'case.read', wards);

/** Whether a reader keeps every ward (of one set) that a shape was marked for. */
export function keepsAll(actor: Actor, wards: readonly WardKey[]): boolean {
  const sets = new Set(wards.map((key) => key.split('@')[1]));
  return [...sets].some((set) => wards.every((key) => !key.endsWith(`@${set}`) || may(actor, 'case.read', key)));
}

/** The shape an outbreak goes by: that of one marked directly and not joined to a group. */
export const shapeOf = (kept: KeptOutbreak): Mark | null => (isAside(kept) ? kept.marked : null);

/** The zone of cases, or of the shape that was marked, as this reader may see it. */
export function zoneOf(
  cases: readonly KeptCase[],
  mark: Mark | null,
  rule: OutbreakRule,
  actor: Actor,
  standIn: StandIn,
): { geometry: Shape | null; exact: boolean } {
  if (mark) {
    const exact = keepsAll(actor, mark.wards);
    return { geometry: exact ? mark.shape : cellsOfShape(mark.shape), exact };
  }
  const placed = cases.filter((one) => isPlaced(one, rule));
  const visible = placed.filter((one) => maySeeCase(actor, one));
  const at = ({ lng, lat }: KeptCase): Position => [lng!, lat!];
  if (visible.length > 0)
    return { geometry: circlesAround(visible.map(at), rule.linkRadiusMeters), exact: visible.length === placed.length };
  return { geometry: cellShape(placed.map((one) => standIn(at(one), wardsOf(one)))), exact: false };
}

/** The wards of an outbreak in the set read in; those of any set where it has none there. */
export function wardsIn({ wards }: Pick<KeptOutbreak, 'wards'>, { units, nameOfWard }: Reading) {
  const ofSet = wards.filter((key) => key.endsWith(`@${units}`));
  return (ofSet.length > 0 ? ofSet : wards).map((key) => ({ key, name: nameOfWard(key) }));
}

/** The links a reader is told of, and whether there are more than anybody is told. */
function linksFor(cases: readonly KeptCase[], shown: ReadonlySet<string>, rule: OutbreakRule) {
  const { links, cut } = explainGroup(cases, rule);
  return {
    cut,
    // A link one end of which is hidden would tell how far the hidden home is from a known one.
    links: links
      .filter(({ from, to }) => shown.has(from) && shown.has(to))
      .map((link) => ({ ...link, meters: Math.round(link.meters * 10) / 10 })),
  };
}

/**
 * The outbreak in the words of the contract. `overlaps` = numbers of others that hold some of the same cases. A `row`
 * of a list comes without links: of a great group they are thousands, and nobody reads them in a list.
 */
export function describeOutbreak(
  seen: Seen,
  rule: OutbreakRule,
  overlaps: readonly string[],
  reading: Reading,
  extent: 'row' | 'whole',
): OutbreakWords {
  const { kept, cases } = seen;
  const { actor } = reading;
  const visible = cases.filter((one) => maySeeCase(actor, one));
  const shown = new Set(visible.map(({ id }) => id));
  const { links, cut } = extent === 'whole' ? linksFor(cases, shown, rule) : { links: null, cut: false };
  const inScope = isInScope(actor, kept);
  const { geometry, exact } = zoneOf(cases, shapeOf(kept), rule, actor, reading.standIn);
  return {
    id: kept.number,
    number: kept.number,
    version: kept.version,
    state: kept.state,
    ruleId: kept.ruleId,
    signal: kept.signal,
    made: kept.made,
    apart: kept.apart,
    aliases: [...kept.aliases],
    origin: kept.origin,
    openedOn: kept.openedOn,
    firstOnsetOn: kept.firstOnsetOn,
    lastOnsetOn: kept.lastOnsetOn,
    expectedEndOn: kept.expectedEndOn,
    endedOn: kept.state === 'ended' ? addDays(kept.expectedEndOn, 1) : null,
    caseCount: cases.length,
    casesBeyond: cases.length - visible.length,
    wards: wardsIn(kept, reading),
    residentialGroups: [...kept.residentialGroups],
    declared: kept.declared && {
      on: kept.declared.on,
      at: kept.declared.at,
      basis: kept.declared.basis,
      reason: inScope ? kept.declared.reason : null,
      inspectionId: inScope ? kept.declared.inspectionId : null,
      by: inScope && kept.declared.by !== null ? reading.nameOfUser(kept.declared.by) : null,
    },
    marked: kept.marked && {
      foundOn: kept.marked.foundOn,
      source: kept.marked.source,
      reportedCases: kept.marked.reportedCases,
      place: inScope ? kept.marked.place : null,
      geometry: keepsAll(actor, kept.marked.wards) ? kept.marked.shape : null,
    },
    overlaps: [...overlaps],
    caseIds: [...shown].sort(),
    confirmedIds: visible.filter((one) => isAloneSignal(one, rule)).map(({ id }) => id),
    links,
    linksCut: cut,
    geometry,
    exact,
    mayWrite: may(actor, 'outbreak.write', kept.wards),
    demo: kept.demo,
  };
}

/** Parameters of an event that say something of the cases named in it. */
const ABOUT_CASES = ['from', 'to', 'meters', 'days'] as const;

/** An event as a reader may see it: what concerns a hidden case is left out, as are words and names out of scope. */
export function toldEvent(
  event: Omit<HistoryEvent, 'by'> & { actor: string },
  keeper: Keeper,
  kept: KeptOutbreak,
  { actor, nameOfUser }: Pick<Reading, 'actor' | 'nameOfUser'>,
): HistoryEvent {
  const { actor: by, ...told } = event;
  const params = { ...told.params };
  const named = event.code.startsWith('opened-by') ? [params['from'], params['to']].filter((id) => id != null) : [];
  const known = named.every((id) => {
    const one = keeper.cases.get(String(id));
    return one !== undefined && maySeeCase(actor, one);
  });
  if (!known) for (const name of ABOUT_CASES) delete params[name];
  const inScope = isInScope(actor, kept);
  if (!inScope) delete params['reason'];
  return { ...told, params, by: inScope && by.startsWith('user:') ? nameOfUser(by) : null };
}
