/** Reading outbreaks: the list of a day, one with its links and end, its history, the layer, the rules side by side. */
import type { Bbox, CivilDate, Units, WardKey } from '../../geodata/schema.ts';
import type { Actor } from '../accounts/permission.ts';
import { bothNamesOfUsers } from '../accounts/user-actions.ts';
import { compareNumbers } from '../dengue/outbreak-records.ts';
import { findOutbreaks } from '../dengue/outbreak.ts';
import { outbreakRule } from '../dengue/outbreak-rule.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { chooseWard, wardName } from '../wards/actions.ts';
import type { HistoryEvent, OutbreakQuery, OutbreakWords, RulesCompared } from './contract.ts';
import { keeperOf, ruleInForce, type Given } from './keep-actions.ts';
import type { Keeper } from './keeper.ts';
import { datesOf, wardsOfAll, type KeptOutbreak } from './kept.ts';
import { isAside } from './mapping.ts';
import { standIns, type StandIn } from './stand-in.ts';
import { eventsOf } from './store.ts';
import {
  describeOutbreak,
  numberOf,
  outbreaksOn,
  shapeOf,
  toldEvent,
  zoneOf,
  type Reading,
  type Seen,
} from './view.ts';
import { boundsOf, type Shape } from './zone.ts';

type Reader = Given & { env: { units: Units } };

/** Answers about another day cost a search of the whole season: the last few are kept until a case changes. */
const MOST_DAYS = 6;
const days = new WeakMap<Keeper, { revision: number; seen: Map<CivilDate, Seen[]> }>();
export function seenOn(keeper: Keeper, at: CivilDate): Seen[] {
  let known = days.get(keeper);
  if (known?.revision !== keeper.revision) days.set(keeper, (known = { revision: keeper.revision, seen: new Map() }));
  let seen = known.seen.get(at);
  if (!seen) {
    if (known.seen.size >= MOST_DAYS) known.seen.clear();
    known.seen.set(at, (seen = outbreaksOn(keeper, at)));
  }
  return seen;
}

/** By the places: which wards a cell belongs to is asked once. */
const standInsOf = new WeakMap<Services['places'], StandIn>();
export function standInOf({ places }: Pick<Services, 'places'>): StandIn {
  const { index } = places;
  const made =
    standInsOf.get(places) ??
    standIns({ '1995-10-28': index['1995-10-28'].wardAt, '2025-07-01': index['2025-07-01'].wardAt });
  standInsOf.set(places, made);
  return made;
}

async function readingOf(
  services: Reader,
  actor: Actor,
  named: readonly (string | null)[],
  { at, units }: { at?: CivilDate | undefined; units?: Units | undefined } = {},
): Promise<Reading> {
  const ids = [...new Set(named.flatMap((one) => (one?.startsWith('user:') ? [one.slice(5)] : [])))];
  const names = await bothNamesOfUsers(services, ids);
  return {
    actor,
    at: at ?? services.clock.today(),
    units: units ?? services.env.units,
    nameOfWard: (key: WardKey) => wardName(services, key),
    standIn: standInOf(services),
    nameOfUser: (one) => names.get(one.slice(5))?.displayName ?? null,
  };
}

/** Numbers of others that hold some of the same cases. */
function overlapsOf(seen: readonly Seen[]): (number: string) => string[] {
  const aside = seen.filter(({ kept }) => isAside(kept));
  const overlaps = new Map<string, Set<string>>();
  const note = (a: string, b: string) => overlaps.set(a, (overlaps.get(a) ?? new Set()).add(b));
  for (const one of aside) {
    const own = new Set(one.kept.caseIds);
    for (const other of seen) {
      if (other === one || !other.cases.some(({ id }) => own.has(id))) continue;
      note(one.kept.number, other.kept.number);
      note(other.kept.number, one.kept.number);
    }
  }
  return (number) => [...(overlaps.get(number) ?? [])].sort(compareNumbers);
}

/** A page of the outbreaks of a day, latest number first. @throws {Refusal} 422 `unknown_ward`, `code_needs_date` */
export async function outbreakPage(
  services: Reader,
  { state, ward, cursor, limit, ...query }: OutbreakQuery,
  actor: Actor,
) {
  const keeper = await keeperOf(services);
  const at = query.at ?? services.clock.today();
  const wardKey = ward === undefined ? null : chooseWard(services, ward, query.units);
  const all = seenOn(keeper, at);
  const found = all.filter(
    ({ kept }) =>
      (!state || kept.state === state || (state === 'open' && kept.state !== 'ended')) &&
      (wardKey === null || kept.wards.includes(wardKey)) &&
      (cursor === undefined || compareNumbers(kept.number, cursor) < 0),
  );
  const page = found.slice(0, limit);
  const reading = await readingOf(
    services,
    actor,
    page.map(({ kept }) => kept.declared?.by ?? null),
    query,
  );
  const overlaps = overlapsOf(all);
  const items = page.map((seen) => describeOutbreak(seen, keeper.rule, overlaps(seen.kept.number), reading, 'row'));
  return {
    items,
    nextCursor: found.length > limit ? (page.at(-1)?.kept.number ?? null) : null,
    at,
    ruleId: keeper.rule.id,
  };
}

/** @throws {Refusal} 404 `unknown_outbreak` */
export function demandOutbreak(keeper: Keeper, number: string): KeptOutbreak {
  const kept = keeper.find(number);
  if (!kept) throw new Refusal(404, 'unknown_outbreak');
  return kept;
}

type DayQuery = { at?: CivilDate | undefined; units?: Units | undefined };

/** One outbreak of a day with all others of it, and who reads. @throws {Refusal} 404 `unknown_outbreak`, also for a day it was not there */
export async function outbreakSeen(services: Reader, number: string, actor: Actor, query: DayQuery = {}) {
  const keeper = await keeperOf(services);
  const { number: living } = demandOutbreak(keeper, number);
  const all = seenOn(keeper, query.at ?? services.clock.today());
  const seen = all.find(({ kept }) => kept.number === living);
  if (!seen) throw new Refusal(404, 'unknown_outbreak');
  const reading = await readingOf(services, actor, [seen.kept.declared?.by ?? null], query);
  return { keeper, all, seen, reading };
}

/** The outbreaks of a day that have not ended, and who reads. */
export async function openOutbreaks(services: Reader, actor: Actor, query: DayQuery) {
  const keeper = await keeperOf(services);
  const all = seenOn(keeper, query.at ?? services.clock.today());
  return {
    keeper,
    all,
    open: all.filter(({ kept }) => kept.state !== 'ended'),
    reading: await readingOf(services, actor, [], query),
  };
}

/** One outbreak, by its number or one merged into it. @throws {Refusal} 404 `unknown_outbreak`, also for a day it was not there */
export async function oneOutbreak(
  services: Reader,
  number: string,
  actor: Actor,
  query: DayQuery = {},
): Promise<OutbreakWords> {
  const { keeper, all, seen, reading } = await outbreakSeen(services, number, actor, query);
  return describeOutbreak(seen, keeper.rule, overlapsOf(all)(seen.kept.number), reading, 'whole');
}

/** Why it opened and what became of it, with those merged into it. @throws {Refusal} 404 `unknown_outbreak` */
export async function historyOf(services: Reader, number: string, actor: Actor) {
  const keeper = await keeperOf(services);
  const kept = demandOutbreak(keeper, number);
  const events = await eventsOf(services.db, [kept.number, ...kept.aliases]);
  const reading = await readingOf(
    services,
    actor,
    events.map((event) => event.actor),
  );
  const items: HistoryEvent[] = events.map(({ number: _, ...event }) => toldEvent(event, keeper, kept, reading));
  return { number: kept.number, items };
}

/** The layer `outbreaks`: the zones of a day as this reader may see them. */
export async function outbreakFeatures(services: Reader, actor: Actor, at: CivilDate, bbox?: Bbox) {
  const keeper = await keeperOf(services);
  return seenOn(keeper, at).flatMap((seen) => {
    const { geometry, exact } = zoneOf(seen.cases, shapeOf(seen.kept), keeper.rule, actor, standInOf(services));
    if (!geometry || (bbox && !meets(geometry, bbox))) return [];
    const { number, state, signal, made, expectedEndOn, demo } = seen.kept;
    return [
      {
        type: 'Feature' as const,
        id: number,
        geometry,
        properties: {
          id: number,
          number,
          state,
          signal,
          made,
          expectedEndOn,
          caseCount: seen.cases.length,
          exact,
          demo,
        },
      },
    ];
  });
}

function meets(shape: Shape, [west, south, east, north]: Bbox): boolean {
  const [w, s, e, n] = boundsOf(shape);
  return w <= east && e >= west && s <= north && n >= south;
}

/** The rules that ship, and the one in force. */
export async function rulesOf(services: Given) {
  const { rule, version } = await ruleInForce(services, services.db);
  return { ruleId: rule.id, version, items: services.places.outbreakRules };
}

const compared = new WeakMap<Keeper, { key: string; answer: Found[] }>();
interface Found {
  ruleId: string;
  groups: number;
  signals: { caseIds: string[]; state: 'watching' | 'ended' }[];
}

/** What each rule makes of the same cases on a day: groups without kept records. */
export async function compareRules(
  services: Reader,
  actor: Actor,
  query: { at?: CivilDate | undefined; units?: Units | undefined },
): Promise<RulesCompared> {
  const keeper = await keeperOf(services);
  const reading = await readingOf(services, actor, [], query);
  const { at, units } = reading;
  const rules = new Map(services.places.outbreakRules.map((file) => [file.id, outbreakRule(file)]));
  const key = `${keeper.revision} ${at}`;
  let known = compared.get(keeper);
  if (known?.key !== key) {
    const answer = [...rules.values()].map((rule) => {
      const groups = findOutbreaks([...keeper.cases.values()], rule, at);
      const signals = groups.flatMap(({ caseIds, state }) => (state ? [{ caseIds, state }] : []));
      return { ruleId: rule.id, groups: groups.length, signals };
    });
    compared.set(keeper, (known = { key, answer }));
  }
  return {
    at,
    rules: known.answer.map(({ ruleId, groups, signals }) => ({
      ruleId,
      groups,
      signals: signals.length,
      watching: signals.filter(({ state }) => state === 'watching').length,
      casesInSignals: signals.reduce((sum, { caseIds }) => sum + caseIds.length, 0),
      items: signals.map(({ caseIds, state }, index) => {
        const rule = rules.get(ruleId)!;
        const cases = caseIds.map((id) => keeper.cases.get(id)!);
        const wards = wardsOfAll(cases).filter((ward) => ward.endsWith(`@${units}`));
        return {
          index,
          number: numberOf(keeper, caseIds),
          caseCount: caseIds.length,
          state,
          ...datesOf(cases, rule),
          wards: wards.map((ward) => ({ key: ward, name: reading.nameOfWard(ward) })),
          ...zoneOf(cases, null, rule, actor, reading.standIn),
        };
      }),
    })),
  };
}
