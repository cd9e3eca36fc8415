/** Reading, exporting and erasing persons. Every reading is one line of the chain: who, for which screen, which cases. */
import { addDays } from '../../../geodata/dates.ts';
import type { personReadingReasons } from '../../../geodata/vocabulary.ts';
import { nameOfActor, type Actor } from '../../accounts/permission.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../audit/csv.ts';
import type { ChangeDraft } from '../../platform/changes.ts';
import type { Reader } from '../../platform/database.ts';
import { countParts, partsOfRecord, purgeParts } from '../../platform/private.ts';
import { Refusal } from '../../platform/refusal.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import type { Verb } from '../../platform/verb-contract.ts';
import { fold } from '../../search/fold.ts';
import type { StoredCase } from './case.ts';
import { casesWithPersonBefore, findCases } from './case-store.ts';
import { demandScope, scopeOfList, type Given } from './context-actions.ts';
import type { PersonSearch, PersonWords, Purge } from './person-contract.ts';
import { countPersons, deletePersons, findPersons, searchPersons, type StoredPerson } from './person-store.ts';

type Reason = (typeof personReadingReasons)[number];
const MOST_IDS = 100;

const describe = ({ folded: _, ...person }: StoredPerson): PersonWords => person;

const privacyChange = (actor: string, verb: Verb, recordId: string, after: unknown): ChangeDraft => ({
  kind: 'privacy',
  verb,
  recordId,
  version: 1,
  layers: [],
  actor,
  after,
});

/** Logs a reading and gives what is read, in one transaction: nothing is shown that the log does not know. */
export async function reading<T>(
  services: Given,
  actor: Actor,
  reason: Reason,
  verb: 'readPersons' | 'exportPersons' | 'exportPerson' | 'exportCases',
  read: (tx: Parameters<Parameters<Given['changes']['commit']>[2]>[0]) => Promise<{ caseIds: string[]; value: T }>,
): Promise<T> {
  let value!: T;
  await services.changes.commit(uuidv7(services.clock.now().getTime()), verb, async (tx) => {
    const found = await read(tx);
    value = found.value;
    const { caseIds } = found;
    const recordId = caseIds.length === 1 ? caseIds[0]! : 'persons';
    return {
      outcome: null,
      change: privacyChange(nameOfActor(actor), verb, recordId, {
        reason,
        count: caseIds.length,
        // A line of the log is no second line list: an export says how many.
        ...(caseIds.length <= MOST_IDS && { caseIds }),
      }),
    };
  });
  return value;
}

/** @throws {Refusal} 404 `unknown_case`; 403 `outside_scope` when any of the cases lies outside */
export async function readPersons(
  services: Given,
  ids: readonly string[],
  reason: Reason,
  actor: Actor,
): Promise<{ items: PersonWords[]; nextCursor: null }> {
  if (ids.length > MOST_IDS)
    throw new Refusal(422, 'invalid_request', { errors: [{ path: 'ids', code: 'invalid_request' }] });
  return reading(services, actor, reason, 'readPersons', async (tx) => {
    const cases = await findCases(tx, ids);
    for (const id of ids) {
      const stored = cases.get(id);
      if (!stored) throw new Refusal(404, 'unknown_case');
      demandScope(actor, 'person.read', stored);
    }
    const persons = await findPersons(tx, ids);
    const items = ids.flatMap((id) => persons.get(id) ?? []).map(describe);
    return { caseIds: [...ids], value: { items, nextCursor: null } };
  });
}

/** Persons of the reader's wards by part of a name or the beginning of a phone; at most 50, newest onset first. */
export async function findPersonsByText(
  services: Given,
  { text, reason, ward }: PersonSearch,
  actor: Actor,
): Promise<{ items: PersonWords[]; nextCursor: null }> {
  const { wards } = scopeOfList(services, actor, 'person.read', ward);
  return reading(services, actor, reason, 'readPersons', async (tx) => {
    const digits = text.replace(/[\s.()-]/g, '');
    const phone = /^\d{3,}$/.test(digits) ? digits : null;
    const folded = fold(text);
    const found = folded === '' ? [] : await searchPersons(tx, { folded, phone }, wards, 50);
    return { caseIds: found.map(({ caseId }) => caseId), value: { items: found.map(describe), nextCursor: null } };
  });
}

async function demandCase(
  tx: Parameters<typeof findCases>[0],
  id: string,
  actor: Actor,
  permission: 'person.read' | 'case.write',
): Promise<StoredCase> {
  const stored = (await findCases(tx, [id])).get(id);
  if (!stored) throw new Refusal(404, 'unknown_case');
  demandScope(actor, permission, stored);
  return stored;
}

/** Everything kept about one person: the case, the person, and what changes said of both. For that person. */
export async function exportPerson(services: Given, id: string, format: 'json' | 'csv', actor: Actor): Promise<string> {
  return reading(services, actor, 'subject-request', 'exportPerson', async (tx) => {
    const stored = await demandCase(tx, id, actor, 'person.read');
    const found = (await findPersons(tx, [id])).get(id);
    const person = found ? describe(found) : null;
    // Who of the staff did it is no data of this person.
    const history = (await partsOfRecord(tx, id)).map(({ actor: _, ...said }) => said);
    const value =
      format === 'json'
        ? JSON.stringify({ case: stored, person, history }, null, 2)
        : BYTE_ORDER_MARK +
          csvLine(['part', 'field', 'value']) +
          [...fieldsOf('case', stored), ...fieldsOf('person', person)].map(csvLine).join('') +
          history
            .flatMap(({ at, verb, before, after }) => [
              csvLine([`${at} ${verb}`, 'before', JSON.stringify(before)]),
              csvLine([`${at} ${verb}`, 'after', JSON.stringify(after)]),
            ])
            .join('');
    return { caseIds: [id], value };
  });
}
const fieldsOf = (part: string, record: object | null): [string, string, string][] =>
  Object.entries(record ?? {}).map(([field, value]) => [
    part,
    field,
    typeof value === 'string' ? value : JSON.stringify(value ?? null),
  ]);

/**
 * Removes a person and all that changes said of the case in private; the anonymous case stays, and the digests with it.
 * @throws {Refusal} 404 `unknown_case`, 403 `outside_scope`
 */
export async function erasePerson(
  services: Given,
  id: string,
  changeId: string,
  actor: Actor,
): Promise<{ persons: number; changes: number }> {
  const erased = await services.changes.commit(
    changeId,
    'erasePerson',
    async (tx) => {
      await demandCase(tx, id, actor, 'case.write');
      const persons = await deletePersons(tx, [id]);
      const changes = await purgeParts(tx, { recordIds: [id] }, services.clock.now().toISOString());
      const outcome = { persons, changes };
      return { outcome, change: privacyChange(nameOfActor(actor), 'erasePerson', id, outcome) };
    },
    id,
  );
  await services.db.emptyLog();
  return erased;
}

/**
 * Retention: removes the persons of cases with onset before a day so many months ago, what changes said of these cases,
 * and whatever private words the log wrote before that day. Nobody reads anything for it.
 * @param actor as the log names it: `user:…` or `cli`
 */
export async function purgePersons(
  services: Given,
  { changeId, olderThanMonths }: Purge,
  actor: string,
): Promise<{ persons: number; changes: number }> {
  const purged = await services.changes.commit(
    changeId,
    'purgePersons',
    async (tx) => {
      const { before, ids, since } = await reachOf(services, tx, olderThanMonths);
      const persons = await deletePersons(tx, ids);
      const at = services.clock.now().toISOString();
      const changes = await purgeParts(tx, { recordIds: ids, before: since }, at);
      const outcome = { persons, changes };
      return {
        outcome,
        change: privacyChange(actor, 'purgePersons', 'persons', { olderThanMonths, before, ...outcome }),
      };
    },
    'persons',
  );
  await services.db.emptyLog();
  return purged;
}

/** What `purgePersons` would remove, in numbers: nobody is read for it, so it is no line of the log. */
export async function countPurge(
  services: Pick<Given, 'db' | 'clock'>,
  olderThanMonths: number,
): Promise<{ before: string; persons: number; changes: number }> {
  const { before, ids, since } = await reachOf(services, services.db, olderThanMonths);
  return {
    before,
    persons: await countPersons(services.db, ids),
    changes: await countParts(services.db, { recordIds: ids, before: since }),
  };
}

/** Which cases a retention of so many months reaches, and before which instant the log's private words. */
async function reachOf({ clock }: Pick<Given, 'clock'>, reader: Reader, months: number) {
  const before = monthsBefore(clock.today(), months);
  const since = new Date(`${before}T00:00:00+07:00`).toISOString();
  return { before, since, ids: await casesWithPersonBefore(reader, before) };
}

/** The day so many months earlier; the 31st of a shorter month is its last day. */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const count = year * 12 + (month - 1) - months;
  const first = `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}-01`;
  const next = count + 1;
  const end = addDays(
    `${String(Math.floor(next / 12)).padStart(4, '0')}-${String((next % 12) + 1).padStart(2, '0')}-01`,
    -1,
  );
  return addDays(first, Math.min(date, Number(end.slice(8))) - 1);
}
