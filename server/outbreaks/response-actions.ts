/** The response to an outbreak: its checklist, the zone to be treated, what was done, what is late over all of them. */
import type { CivilDate, Position, Units, WardKey } from '../../geodata/schema.ts';
import { may, nameOfActor, type Actor } from '../accounts/permission.ts';
import { casesInScope, residentialGroupsOf } from '../dengue/cases/list-actions.ts';
import type { ChangeDraft } from '../platform/changes.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import type { Verb } from '../platform/verb-contract.ts';
import {
  checklistOf,
  coverageOf,
  groupKey,
  inUrgency,
  manyFrom,
  responseRule,
  type Neighbour,
  type ResponseRule,
  type Survey,
} from './checklist.ts';
import { indicesOf } from './indices.ts';
import { keeperOf, type Given as KeepGiven } from './keep-actions.ts';
import type { Keeper } from './keeper.ts';
import { isNearCase } from './kept.ts';
import { isAside } from './mapping.ts';
import { demandOutbreak, openOutbreaks, outbreakSeen } from './read-actions.ts';
import type { EditResponse, RecordResponse, ResponseAction, ResponseWords, Step } from './response-contract.ts';
import { actionsOf, findAction, putAction, type StoredAction } from './response-store.ts';
import { alarmsOf } from './vector-actions.ts';
import { inspectionsBetween, type StoredInspection } from './vector-store.ts';
import { isInScope, maySeeCase, shapeOf, wardsIn, zoneOf, type Reading, type Seen } from './view.ts';
import { boundsOf, hectaresOf, runsThrough, type Shape } from './zone.ts';

type Given = KeepGiven & Pick<Services, 'env'>;
type Day = { at?: CivilDate | undefined; units?: Units | undefined };

/** What the rule in force says of the response; the guide's own numbers hold where it says nothing. */
export function responseRuleOf({ places }: Pick<Services, 'places'>, ruleId: string): ResponseRule {
  const files = places.outbreakRules;
  const file = files.find(({ id }) => id === ruleId)?.response ?? files.find(({ response }) => response)?.response;
  if (!file) throw new Error('no outbreak rule says what is to be done');
  return responseRule(file);
}

/** The surveys that belong to an outbreak: made for it, or near a case of it by which this reader may be told. */
function surveysOf(
  services: Given,
  keeper: Keeper,
  { kept, cases }: Seen,
  all: readonly StoredInspection[],
  actor: Actor,
): Survey[] {
  const alarms = alarmsOf(services, keeper.rule.id);
  // Whoever writes inspections could move one about to find out where a hidden case lies.
  const known = may(actor, 'outbreak.write') ? cases.filter((one) => maySeeCase(actor, one)) : cases;
  const inScope = isInScope(actor, kept);
  return all.flatMap((one): Survey[] => {
    const { id, kind, inspectedOn: on, lng, lat, number, inspector } = one;
    if (kind === 'routine') return [];
    const named = number !== null && (keeper.find(number)?.number ?? number) === kept.number;
    if (!named && !known.some((near) => isNearCase({ on, lng, lat }, near, keeper.rule))) return [];
    const { bi, di } = indicesOf(one, alarms);
    const high = bi.alarm === 'north' || bi.alarm === 'national' || di.alarm === 'reached';
    return [{ id, kind, on, high, team: inScope ? inspector : null }];
  });
}

/** Every outbreak of a day with its residential groups, those its cases name among them. */
async function neighboursOf({ db }: Pick<Services, 'db'>, all: readonly Seen[]): Promise<Neighbour[]> {
  const living = all.filter(({ kept }) => kept.hasGroup || isAside(kept));
  const named = await residentialGroupsOf(db, living.flatMap(({ cases }) => cases.map(({ id }) => id))); // prettier-ignore
  return living.map(({ kept, cases }) => {
    const groups = kept.wards.flatMap((ward) => kept.residentialGroups.map((group) => groupKey(ward, group)));
    const ofCases = cases.flatMap(({ id }) => {
      const one = named.get(id);
      return one ? one.wards.map((ward) => groupKey(ward, one.group)) : [];
    });
    return { number: kept.number, openedOn: kept.openedOn, groups: new Set([...groups, ...ofCases]) };
  });
}

interface Looking {
  services: Given;
  keeper: Keeper;
  reading: Reading;
  rule: ResponseRule;
  inspections: readonly StoredInspection[];
  neighbours: readonly Neighbour[];
}

async function lookingAt(services: Given, keeper: Keeper, reading: Reading, all: readonly Seen[]): Promise<Looking> {
  return {
    services,
    keeper,
    reading,
    rule: responseRuleOf(services, keeper.rule.id),
    inspections: await inspectionsBetween(services.db, '0001-01-01', reading.at),
    neighbours: await neighboursOf(services, all),
  };
}

/** The steps of one outbreak as this reader is told of them. */
function stepsOf(
  { services, keeper, reading, rule, inspections, neighbours }: Looking,
  seen: Seen,
  actions: readonly StoredAction[],
): Step[] {
  const { kept, cases } = seen;
  const own = neighbours.find(({ number }) => number === kept.number);
  return checklistOf(
    {
      openedOn: kept.openedOn,
      declaredOn: kept.declared?.on ?? null,
      expectedEndOn: kept.expectedEndOn,
      onsets: cases.map(({ onsetOn }) => onsetOn),
      actions: actions.map((action) => toldAction(action, isInScope(reading.actor, kept))),
      surveys: surveysOf(services, keeper, seen, inspections, reading.actor),
      manyOn: own ? manyFrom(own, neighbours, rule) : null,
    },
    rule,
    reading.at,
  );
}

/** Free words are for readers in scope. */
function toldAction({ removedAt: _, ...action }: StoredAction, inScope: boolean): ResponseAction {
  const coveragePercent = coverageOf(action.houses, action.housesDone);
  return { ...action, coveragePercent, ...(!inScope && { team: null, chemical: null, note: null }) };
}

const sorted = (names: Iterable<string>): string[] =>
  [...new Set(names)].sort((a, b) => a.localeCompare(b, 'vi', { numeric: true }));

/** The named streets that run through a shape. */
function streetsIn({ places }: Pick<Services, 'places'>, shape: Shape): string[] {
  const [west, south, east, north] = boundsOf(shape);
  const reaches = (line: readonly Position[]) =>
    line.some(([lng]) => lng >= west) &&
    line.some(([lng]) => lng <= east) &&
    line.some(([, lat]) => lat >= south) &&
    line.some(([, lat]) => lat <= north);
  const through = places.collections.streets.features.filter(({ geometry }) => {
    const lines = (geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates) as Position[][];
    return lines.some((line) => reaches(line) && runsThrough(line, shape));
  });
  return sorted(through.map(({ properties }) => properties.name));
}

/** The zone to be treated as this reader may see it: streets and groups are told of what is drawn, and no more. */
async function toldZone(
  services: Given,
  { kept, cases }: Seen,
  keeper: Keeper,
  reading: Reading,
): Promise<ResponseWords['zone']> {
  const { geometry, exact } = zoneOf(cases, shapeOf(kept), keeper.rule, reading.actor, reading.standIn);
  const visible = await casesInScope(services.db, cases.map(({ id }) => id), reading.actor); // prettier-ignore
  const groups = visible.flatMap(({ residentialGroup }) => residentialGroup ?? []);
  return {
    geometry,
    exact,
    areaHectares: geometry && Math.round(hectaresOf(geometry) * 10) / 10,
    streets: geometry ? streetsIn(services, geometry) : [],
    residentialGroups: sorted([...kept.residentialGroups, ...groups]),
    wards: wardsIn(kept, reading),
  };
}

/** Checklist, zone and what was done. @throws {Refusal} 404 `unknown_outbreak` */
export async function readResponse(
  services: Given,
  number: string,
  actor: Actor,
  query: Day = {},
): Promise<ResponseWords> {
  const { keeper, all, seen, reading } = await outbreakSeen(services, number, actor, query);
  const { kept } = seen;
  const actions = await actionsOf(services.db, [kept.number, ...kept.aliases]);
  const looking = await lookingAt(services, keeper, reading, all);
  const steps = stepsOf(looking, seen, actions);
  return {
    number: kept.number,
    at: reading.at,
    steps,
    late: steps.filter(({ state }) => state === 'late').length,
    coverageTarget: looking.rule.coveragePercent,
    radiusMeters: keeper.rule.linkRadiusMeters,
    actions: actions
      .filter(({ doneOn }) => doneOn <= reading.at)
      .map((action) => toldAction(action, isInScope(actor, kept))),
    zone: await toldZone(services, seen, keeper, reading),
    mayWrite: may(actor, 'outbreak.write', kept.wards),
  };
}

/** What is late or due over every outbreak that has not ended, late first. */
export async function dueList(services: Given, actor: Actor, query: Day) {
  const { keeper, all, open, reading } = await openOutbreaks(services, actor, query);
  const looking = await lookingAt(services, keeper, reading, all);
  const numbers = open.flatMap(({ kept }) => [kept.number, ...kept.aliases]);
  const done = await actionsOf(services.db, numbers);
  const items = open.flatMap((seen) => {
    const { kept } = seen;
    const own = done.filter(({ number }) => number === kept.number || kept.aliases.includes(number));
    return stepsOf(looking, seen, own)
      .filter(({ state }) => state === 'late' || state === 'due')
      .map((step) => ({ ...step, number: kept.number, wards: wardsIn(kept, reading) }));
  });
  return { at: reading.at, items: inUrgency(items) };
}

const refuse = (code: string, path: string): never => {
  throw new Refusal(422, code, { errors: [{ path, code }] });
};

/** What any action must hold. */
function checkAction({ kind, round, doneOn, houses, housesDone }: StoredAction, today: CivilDate): void {
  if (doneOn > today) refuse('done_in_future', 'doneOn');
  if ((kind === 'spray') !== (round !== null)) refuse('round_needed', 'round');
  if (houses !== null && housesDone !== null && housesDone > houses) refuse('more_done_than_houses', 'housesDone');
}

const demandScope = (actor: Actor, wards: readonly WardKey[]): void => {
  if (!may(actor, 'outbreak.write', wards)) throw new Refusal(403, 'outside_scope');
};

/** The log tells what was done and how far; who did it and with what is free words. */
const changeOf = (verb: Verb, actor: Actor, action: StoredAction, before: StoredAction | null): ChangeDraft => {
  const told = ({ number, kind, round, doneOn, houses, housesDone, removedAt }: StoredAction) => ({
    number,
    kind,
    round,
    doneOn,
    coveragePercent: coverageOf(houses, housesDone),
    removed: removedAt !== null,
  });
  return {
    kind: 'response',
    verb,
    recordId: action.id,
    version: action.version,
    layers: [],
    actor: nameOfActor(actor),
    ...(before && { before: told(before), privateBefore: before }),
    after: told(action),
    privateAfter: action,
  };
};

/**
 * Something was done about an outbreak. It hangs on the number, and with it on the record: merges and splits leave it.
 * @throws {Refusal} 403 `outside_scope`; 404 `unknown_outbreak`; 422 `done_in_future`, `round_needed`, `more_done_than_houses`
 */
export async function recordResponse(
  services: Given,
  number: string,
  { changeId, ...given }: RecordResponse,
  actor: Actor,
): Promise<ResponseWords> {
  const keeper = await keeperOf(services);
  const id = `ra-${changeId}`;
  await services.changes.commit(
    changeId,
    'recordResponse',
    async (tx) => {
      const kept = demandOutbreak(keeper, number);
      demandScope(actor, kept.wards);
      const action: StoredAction = { ...given, id, version: 1, number: kept.number, removedAt: null, demo: kept.demo };
      checkAction(action, services.clock.today());
      await putAction(tx, action);
      return { outcome: { id }, change: changeOf('recordResponse', actor, action, null) };
    },
    id,
  );
  return readResponse(services, number, actor);
}

/**
 * Corrects what was recorded, takes it away or puts it back.
 * @throws {Refusal} 403 `outside_scope`; 404 `unknown_response`; 412 `changed_meanwhile`; 422 as `recordResponse`
 */
export async function editResponse(
  services: Given,
  id: string,
  version: number,
  { changeId, removed, ...given }: EditResponse,
  actor: Actor,
): Promise<ResponseWords> {
  const keeper = await keeperOf(services);
  const { number } = await services.changes.commit(
    changeId,
    'editResponse',
    async (tx) => {
      const before = await findAction(tx, id);
      if (!before) throw new Refusal(404, 'unknown_response');
      demandScope(actor, demandOutbreak(keeper, before.number).wards);
      if (before.version !== version)
        throw new Refusal(412, 'changed_meanwhile', { versions: { yours: version, current: before.version } });
      const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const now = services.clock.now().toISOString();
      const removedAt = removed === undefined ? before.removedAt : removed ? (before.removedAt ?? now) : null;
      const action: StoredAction = { ...before, ...told, removedAt, version: version + 1 };
      checkAction(action, services.clock.today());
      await putAction(tx, action);
      return { outcome: { number: action.number }, change: changeOf('editResponse', actor, action, before) };
    },
    id,
  );
  return readResponse(services, number, actor);
}
