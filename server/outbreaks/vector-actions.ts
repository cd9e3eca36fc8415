/** Vector work: inspections, which may make a signal an outbreak, and breeding sites with the day to look again. */
import { addDays } from '../../geodata/dates.ts';
import type { Bbox, CivilDate, Units, WardKey } from '../../geodata/schema.ts';
import { may, nameOfActor, type Actor } from '../accounts/permission.ts';
import { groundOf, scopeOfList } from '../dengue/cases/context-actions.ts';
import { judgePlace } from '../dengue/cases/placing.ts';
import type { ChangeDraft } from '../platform/changes.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import type { Verb } from '../platform/verb-contract.ts';
import { wardName } from '../wards/actions.ts';
import { impossibleCount, indicesOf, isEvidence } from './indices.ts';
import type {
  BreedingSiteWords,
  EditBreedingSite,
  InspectionWords,
  ReportBreedingSite,
  ReportInspection,
} from './inspection-contract.ts';
import { keeperOf, type Given as KeepGiven } from './keep-actions.ts';
import type { Keeper } from './keeper.ts';
import { isNearCase } from './kept.ts';
import { demandOutbreak } from './read-actions.ts';
import {
  findInspection,
  findSite,
  insertInspections,
  inspectionsBetween,
  putSite,
  sitesUntil,
  type StoredInspection,
  type StoredSite,
} from './vector-store.ts';
import { maySeeCase } from './view.ts';

type Given = KeepGiven & Pick<Services, 'env'>;

const refuse = (status: 422, code: string, path: string): never => {
  throw new Refusal(status, code, { errors: [{ path, code }] });
};

/** The wards of a place, in every set; that of the eight wards first, which is kept. @throws {Refusal} 403 `outside_scope`; 422 as for a case */
function wardsOfPlace(services: Given, actor: Actor, { lng, lat }: { lng: number; lat: number }): WardKey[] {
  const placing = judgePlace(groundOf(services), [lng, lat]);
  if ('refusal' in placing) {
    const { refusal: code, ...more } = placing;
    throw new Refusal(422, code, { errors: [{ path: 'lng', code }], ...more });
  }
  const { wardByPosition } = placing;
  const sets = Object.keys(wardByPosition) as Units[];
  const wards = sets.flatMap((set) => wardByPosition[set] ?? []);
  if (!may(actor, 'outbreak.write', wards)) throw new Refusal(403, 'outside_scope');
  return wards;
}

/** The place is personal (breeding stands at homes), so the log tells id and verb in public and the rest in private. */
const changeOf = (actor: Actor, verb: Verb, recordId: string, version: number, said: object): ChangeDraft => ({
  kind: 'vector',
  verb,
  recordId,
  version,
  layers: verb === 'reportInspection' ? ['outbreaks'] : ['breeding-sites'],
  actor: nameOfActor(actor),
  privateAfter: said,
});

/** All wards of a record by its position; the stated one alone where the position is in none. */
function wardsAt({ places }: Given, { lng, lat, wardKey }: { lng: number; lat: number; wardKey: WardKey | null }) {
  const found = (Object.keys(places.index) as Units[]).map((set) => places.index[set].wardAt([lng, lat]));
  return [...new Set([wardKey, ...found])].filter((key) => key !== null);
}

/**
 * The outbreaks an inspection belongs to: the one it was made for, and those with a case near it. Only cases the reader
 * may see are told by: else an inspection would be a probe for hidden homes.
 */
function outbreaksOf(keeper: Keeper, one: StoredInspection, actor: Actor): string[] {
  const numbers = new Set(one.number === null ? [] : [keeper.find(one.number)?.number ?? one.number]);
  const found = { on: one.inspectedOn, lng: one.lng, lat: one.lat };
  for (const of of keeper.cases.values())
    if (isNearCase(found, of, keeper.rule) && maySeeCase(actor, of))
      for (const number of keeper.numbersOf(of.id)) numbers.add(number);
  return [...numbers].sort();
}

/** The alarms of the rule in force; the guide's own numbers hold where it knows none. */
export function alarmsOf({ places }: Pick<Services, 'places'>, ruleId: string) {
  const files = places.outbreakRules;
  return (files.find(({ id }) => id === ruleId) ?? files[0])?.indexAlarms ?? files[0]?.indexAlarms ?? null;
}

const withoutNumber = ({ number: _, ...told }: StoredInspection) => told;

function describeInspection(services: Given, keeper: Keeper, stored: StoredInspection, actor: Actor): InspectionWords {
  const wards = wardsAt(services, stored);
  const inScope = may(actor, 'case.read', wards);
  const { wardKey, lng, lat, place, inspector, photo } = stored;
  const alarms = alarmsOf(services, keeper.rule.id);
  return {
    ...withoutNumber(stored),
    wardKey,
    wardName: wardKey && wardName(services, wardKey),
    place: inScope ? place : null,
    lng: inScope ? lng : null,
    lat: inScope ? lat : null,
    inspector: inScope ? inspector : null,
    photo: inScope ? photo : null,
    indices: indicesOf(stored, alarms),
    evidence: isEvidence(stored),
    outbreaks: outbreaksOf(keeper, stored, actor),
    mayWrite: may(actor, 'outbreak.write', wards),
  };
}

/**
 * An inspection is recorded. Where larvae or adults were found near a case of a signal, the signal becomes an outbreak
 * in the same transaction.
 * @throws {Refusal} 403 `outside_scope`; 404 `unknown_outbreak`; 422 `inspected_in_future`, `more_than_looked_at`,
 *   `outside_district`, `in_the_lake`, `axes_swapped`
 */
export async function reportInspection(
  services: Given,
  { changeId, ...given }: ReportInspection,
  actor: Actor,
): Promise<InspectionWords> {
  const keeper = await keeperOf(services);
  const id = `in-${changeId}`;
  await services.changes.commit(
    changeId,
    'reportInspection',
    async (tx) => {
      if (given.inspectedOn > services.clock.today()) refuse(422, 'inspected_in_future', 'inspectedOn');
      const impossible = impossibleCount(given);
      if (impossible) refuse(422, 'more_than_looked_at', impossible);
      const [wardKey = null] = wardsOfPlace(services, actor, given);
      const number = given.number === null ? null : demandOutbreak(keeper, given.number).number;
      const stored: StoredInspection = { ...given, id, version: 1, wardKey, number, demo: false };
      await insertInspections(tx, [stored]);
      return { outcome: { id }, change: changeOf(actor, 'reportInspection', id, 1, stored) };
    },
    id,
  );
  const stored = await findInspection(services.db, id);
  return describeInspection(services, await keeperOf(services), stored!, actor);
}

/** The inspections of an outbreak, or of some days, latest first. @throws {Refusal} 404 `unknown_outbreak` */
export async function inspectionPage(
  services: Given,
  query: {
    number?: string | undefined;
    from?: CivilDate | undefined;
    to?: CivilDate | undefined;
    cursor?: string | undefined;
    limit: number;
  },
  actor: Actor,
): Promise<{ items: InspectionWords[]; nextCursor: string | null }> {
  const keeper = await keeperOf(services);
  const of = query.number === undefined ? null : demandOutbreak(keeper, query.number);
  // An inspection belongs to an outbreak within the days of its cases; named for it, from when it opened.
  const window = keeper.rule.vectorDays ?? keeper.rule.linkDays;
  const from = query.from ?? (of ? addDays(of.firstOnsetOn ?? of.openedOn, -window) : '0001-01-01');
  const stored = await inspectionsBetween(services.db, from, query.to ?? services.clock.today());
  const start = query.cursor === undefined ? 0 : stored.findIndex(({ id }) => id === query.cursor) + 1;
  const found: InspectionWords[] = [];
  for (const one of stored.slice(start)) {
    const told = describeInspection(services, keeper, one, actor);
    if (of === null || told.outbreaks.includes(of.number)) found.push(told);
    if (found.length > query.limit) break;
  }
  const items = found.slice(0, query.limit);
  return { items, nextCursor: found.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

const describeSite = (services: Given, site: StoredSite, today: CivilDate): BreedingSiteWords => ({
  ...site,
  wardName: site.wardKey && wardName(services, site.wardKey),
  late: site.recheckOn !== null && site.clearedOn === null && site.recheckOn < today,
});

async function sitesFor(services: Given, actor: Actor, until: CivilDate, wards: readonly WardKey[] | null) {
  const sites = await sitesUntil(services.db, until);
  return sites.filter((site) => {
    const own = wardsAt(services, site);
    return may(actor, 'case.read', own) && (wards === null || own.some((key) => wards.includes(key)));
  });
}

/** Breeding sites of the reader's wards, by id. @throws {Refusal} 403 `outside_scope`; 422 `unknown_ward` */
export async function sitePage(
  services: Given,
  query: { ward?: string | undefined; units?: Units | undefined; cursor?: string | undefined; limit: number },
  actor: Actor,
): Promise<{ items: BreedingSiteWords[]; nextCursor: string | null }> {
  const today = services.clock.today();
  const { wards } = scopeOfList(services, actor, 'case.read', query.ward, query.units);
  const all = await sitesFor(services, actor, today, query.ward === undefined ? null : wards);
  const found = all.filter(({ id }) => query.cursor === undefined || id > query.cursor);
  const items = found.slice(0, query.limit).map((site) => describeSite(services, site, today));
  return { items, nextCursor: found.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

/** The layer `breeding-sites`, those of one's wards found on or before a day. */
export async function siteFeatures(services: Given, actor: Actor, at: CivilDate, bbox?: Bbox) {
  const [west, south, east, north] = bbox ?? [-180, -90, 180, 90];
  return (await sitesFor(services, actor, at, null))
    .filter(({ lng, lat }) => lng >= west && lng <= east && lat >= south && lat <= north)
    .map((site) => {
      const { id, version, kind, foundOn, larvae, recheckOn, clearedOn, wardKey, demo, late } = describeSite(
        services,
        site,
        at,
      );
      return {
        type: 'Feature' as const,
        id,
        geometry: { type: 'Point' as const, coordinates: [site.lng, site.lat] },
        properties: { id, version, kind, foundOn, larvae, recheckOn, clearedOn, late, wardKey, demo },
      };
    });
}

/** @throws {Refusal} 403 `outside_scope`; 422 `found_in_future`, `outside_district`, `in_the_lake`, `axes_swapped` */
export async function reportSite(
  services: Given,
  { changeId, ...given }: ReportBreedingSite,
  actor: Actor,
): Promise<BreedingSiteWords> {
  const id = `bs-${changeId}`;
  const today = services.clock.today();
  await services.changes.commit(
    changeId,
    'reportBreedingSite',
    async (tx) => {
      if (given.foundOn > today) refuse(422, 'found_in_future', 'foundOn');
      const [wardKey = null] = wardsOfPlace(services, actor, given);
      const site: StoredSite = { ...given, id, version: 1, wardKey, clearedOn: null, demo: false };
      await putSite(tx, site);
      return { outcome: { id }, change: changeOf(actor, 'reportBreedingSite', id, 1, site) };
    },
    id,
  );
  return describeSite(services, (await findSite(services.db, id))!, today);
}

/** Looked at again, cleared, a new day to look. @throws {Refusal} 403, 404 `unknown_site`, 412; 422 `cleared_in_future`, `cleared_before_found` */
export async function editSite(
  services: Given,
  id: string,
  version: number,
  { changeId, ...given }: EditBreedingSite,
  actor: Actor,
): Promise<BreedingSiteWords> {
  const today = services.clock.today();
  await services.changes.commit(
    changeId,
    'editBreedingSite',
    async (tx) => {
      const before = await findSite(tx, id);
      if (!before) throw new Refusal(404, 'unknown_site');
      if (!may(actor, 'outbreak.write', wardsAt(services, before))) throw new Refusal(403, 'outside_scope');
      if (before.version !== version)
        throw new Refusal(412, 'changed_meanwhile', { versions: { yours: version, current: before.version } });
      const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const site: StoredSite = { ...before, ...told, version: version + 1 };
      if (site.clearedOn !== null && site.clearedOn > today) refuse(422, 'cleared_in_future', 'clearedOn');
      if (site.clearedOn !== null && site.clearedOn < site.foundOn) refuse(422, 'cleared_before_found', 'clearedOn');
      await putSite(tx, site);
      return { outcome: { id }, change: changeOf(actor, 'editBreedingSite', id, site.version, site) };
    },
    id,
  );
  return describeSite(services, (await findSite(services.db, id))!, today);
}
