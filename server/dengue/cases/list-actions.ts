/** Reading cases: one, a page, the layer; always cut to the wards of whoever reads. */
import { addDays } from '../../../geodata/dates.ts';
import { metersPerDegree } from '../../../geodata/measure.ts';
import type { Bbox, CivilDate, Units, WardKey } from '../../../geodata/schema.ts';
import { may, type Actor } from '../../accounts/permission.ts';
import type { Reader } from '../../platform/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Services } from '../../platform/services.ts';
import { wardName } from '../../wards/actions.ts';
import { caseFeature, describeCase, wardsOfCase, type CaseFeature, type StoredCase } from './case.ts';
import { casesForOutbreaks, casesNear, countCases, findCases, listCases } from './case-store.ts';
import { contextOf, demandScope, groundOf, readEntered, refuseFaults, scopeOfList } from './context-actions.ts';
import type { CaseFilter, CaseQuery, CaseWarning, CaseWords, CheckCase, Duplicate } from './contract.ts';
import { blankCase, composeCase, standingOf, type Person } from './draft.ts';
import { duplicateReasonsOf, metersApart, NEAR_DAYS, NEAR_METERS } from './duplicates.ts';
import { findPersons, personsLike } from './person-store.ts';

type Given = Pick<Services, 'db' | 'places' | 'clock'>;

function describer(services: Pick<Services, 'places'>) {
  const ground = groundOf(services);
  return (stored: StoredCase, more: readonly CaseWarning[] = []): CaseWords =>
    describeCase(stored, standingOf(ground, stored.position).standing, (key) => wardName(services, key), more);
}

/** The cases that may be the same as this one, in the reader's scope only, nearest first. */
export async function duplicatesOf(
  db: Reader,
  { stored, person }: { stored: StoredCase; person: Person | null },
  actor: Actor,
): Promise<Duplicate[]> {
  const candidates = new Map<string, StoredCase>();
  if (stored.position) {
    const { lng, lat } = stored.position;
    const [perLng, perLat] = metersPerDegree(lat);
    const [dx, dy] = [(1.01 * NEAR_METERS) / perLng, (1.01 * NEAR_METERS) / perLat];
    const box = [lng - dx, lat - dy, lng + dx, lat + dy] as const;
    const found = await casesNear(db, box, addDays(stored.onsetOn, -NEAR_DAYS), addDays(stored.onsetOn, NEAR_DAYS));
    for (const one of found) candidates.set(one.id, one);
  }
  const like = person
    ? await personsLike(db, person.folded === null ? [] : [person.folded], person.phone === null ? [] : [person.phone])
    : [];
  const persons = new Map(like.map((one) => [one.caseId, one]));
  for (const [id, one] of await findCases(db, [...persons.keys()])) if (!one.removed) candidates.set(id, one);
  candidates.delete(stored.id);

  const own = { onsetOn: stored.onsetOn, position: stored.position, person };
  return [...candidates.values()]
    .filter((one) => may(actor, 'case.read', wardsOfCase(one)))
    .flatMap((one) => {
      const other = { onsetOn: one.onsetOn, position: one.position, person: persons.get(one.id) ?? null };
      const reasons = duplicateReasonsOf(own, other);
      if (reasons.length === 0) return [];
      const { id, onsetOn, wardKey } = one;
      return [{ id, reasons, class: one.class, onsetOn, wardKey, meters: metersApart(own, other) }];
    })
    .sort((a, b) => (a.meters ?? Infinity) - (b.meters ?? Infinity) || (a.id < b.id ? -1 : 1))
    .slice(0, 20);
}

const duplicateWarning = (candidates: Duplicate[]): CaseWarning[] =>
  candidates.length > 0 ? [{ code: 'possible_duplicate', candidates }] : [];

/** @throws {Refusal} 404 `unknown_case`, 403 `outside_scope` */
export async function oneCase(services: Given, id: string, actor: Actor): Promise<CaseWords> {
  const stored = (await findCases(services.db, [id])).get(id);
  if (!stored) throw new Refusal(404, 'unknown_case');
  demandScope(actor, 'case.read', stored);
  const person = (await findPersons(services.db, [id])).get(id) ?? null;
  return describer(services)(stored, duplicateWarning(await duplicatesOf(services.db, { stored, person }, actor)));
}

/** What a form is warned of before it is saved. @throws {Refusal} as `reportCase`, but `duplicate_id` */
export async function checkCase(
  services: Given,
  { id, ...given }: CheckCase,
  actor: Actor,
  units?: Units,
): Promise<{ wardKey: WardKey | null; warnings: CaseWarning[] }> {
  const context = contextOf(services, actor);
  const blank = { stored: blankCase(id ?? 'ca-new', context.today), person: null };
  const draft = composeCase(readEntered(services, given, units), blank, context);
  if ('faults' in draft) return refuseFaults(draft.faults);
  demandScope(actor, 'case.write', draft.stored);
  const duplicates = await duplicatesOf(services.db, draft, actor);
  const { wardKey, warnings } = describer(services)(draft.stored, duplicateWarning(duplicates));
  return { wardKey: wardKey as WardKey | null, warnings };
}

/** The place in a list where the next page begins: the sorted value and the id of the last case. */
const cursorOf = (stored: StoredCase, sort: CaseQuery['sort']): string => {
  const value = sort.endsWith('onset') ? stored.onsetOn : (stored.reportedOn ?? '');
  return Buffer.from(JSON.stringify([value, stored.id])).toString('base64url');
};
function readCursor(text: string | undefined): { value: string; id: string } | null {
  if (text === undefined) return null;
  try {
    const [value, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    if (typeof value === 'string' && typeof id === 'string') return { value, id };
  } catch {
    // Told below: nobody's cursor but ours is read.
  }
  throw new Refusal(422, 'bad_cursor', { errors: [{ path: 'cursor', code: 'bad_cursor' }] });
}

/** A page of the line list. @throws {Refusal} 403 `outside_scope`; 422 `bad_cursor`, `unknown_ward`, `code_needs_date` */
export async function casePage(
  services: Given,
  { ward, units, sort, cursor, limit, ...filter }: CaseQuery,
  actor: Actor,
): Promise<{ items: CaseWords[]; nextCursor: string | null; total: number }> {
  const given = { ...filter, ...scopeOfList(services, actor, 'case.read', ward, units) };
  const found = await listCases(services.db, given, sort, readCursor(cursor), limit + 1);
  const page = found.slice(0, limit);
  const describe = describer(services);
  const last = page.at(-1);
  return {
    items: page.map((stored) => describe(stored)),
    nextCursor: found.length > limit && last ? cursorOf(last, sort) : null,
    total: await countCases(services.db, given),
  };
}

/** Every case under a filter, for an export. @throws {Refusal} as `casePage` */
export async function casesUnder(
  services: Given,
  { ward, units, ...filter }: CaseFilter,
  actor: Actor,
): Promise<StoredCase[]> {
  const given = { ...filter, ...scopeOfList(services, actor, 'case.read', ward, units) };
  return listCases(services.db, given, 'onset', null, 1_000_000);
}

/** The layer `cases`: who may see them at all, those of the reader's wards with onset on or before a day. */
export async function caseFeatures(services: Given, actor: Actor, at: CivilDate, bbox?: Bbox): Promise<CaseFeature[]> {
  const stored = await casesUnder(services, { removed: 'no', onsetTo: at }, actor);
  const features = stored.flatMap((one) => caseFeature(one) ?? []);
  if (!bbox) return features;
  const [west, south, east, north] = bbox;
  return features.filter(({ geometry: { coordinates } }) => {
    const [lng = 0, lat = 0] = coordinates;
    return lng >= west && lng <= east && lat >= south && lat <= north;
  });
}

/** The cases of some ids that a reader may see, without a word about persons; by onset, then id. */
export async function casesInScope(db: Reader, ids: readonly string[], actor: Actor): Promise<StoredCase[]> {
  const found = [...(await findCases(db, ids)).values()];
  return found
    .filter((one) => !one.removed && may(actor, 'case.read', wardsOfCase(one)))
    .sort((a, b) => (a.onsetOn < b.onsetOn ? -1 : a.onsetOn > b.onsetOn ? 1 : a.id < b.id ? -1 : 1));
}

/** The residential group that each of some cases names, with its wards. For the program, not for a reader. */
export async function residentialGroupsOf(db: Reader, ids: readonly string[]) {
  const found = await findCases(db, ids);
  const named = [...found].filter(([, { residentialGroup }]) => residentialGroup !== null);
  return new Map(named.map(([id, one]) => [id, { group: one.residentialGroup!, wards: wardsOfCase(one) }]));
}

/** The cases the outbreak rule looks at, or those of `ids` among them. For the program, not for a reader. */
export const outbreakCases = (db: Reader, ids?: readonly string[]) => casesForOutbreaks(db, ids);
