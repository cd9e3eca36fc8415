/** The verbs by which staff keep cases. Everything a case says is private in the log: the public row has id and verb. */
import type { Units } from '../../../geodata/schema.ts';
import { nameOfActor, type Actor } from '../../accounts/permission.ts';
import type { ChangeDraft } from '../../platform/changes.ts';
import type { Writer } from '../../platform/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Verb } from '../../platform/verb-contract.ts';
import type { StoredCase } from './case.ts';
import { casesByRegistry, findCases, putCases } from './case-store.ts';
import { contextOf, demandScope, readEntered, refuseFaults, saidOf, type Given } from './context-actions.ts';
import type { BulkEdit, CaseWords, EditCase, PlaceCase, RemoveCase, ReportCase } from './contract.ts';
import { blankCase, composeCase, type Draft, type DraftContext, type Entered, type Person } from './draft.ts';
import { oneCase } from './list-actions.ts';
import { deletePersons, findPersons, putPersons } from './person-store.ts';

export async function writeDrafts(tx: Writer, drafts: readonly Draft[]): Promise<void> {
  await putCases(
    tx,
    drafts.map(({ stored }) => stored),
  );
  await putPersons(
    tx,
    drafts.flatMap(({ person }) => person ?? []),
  );
  const without = drafts.filter(({ person }) => person === null).map(({ stored }) => stored.id);
  await deletePersons(tx, without);
}

async function demandFreeRegistryId(tx: Writer, { id, registryId }: StoredCase): Promise<void> {
  if (registryId === null) return;
  const taken = (await casesByRegistry(tx, [registryId])).get(registryId);
  if (taken !== undefined && taken !== id)
    throw new Refusal(409, 'duplicate_id', { errors: [{ path: 'registryId', code: 'duplicate_id' }] });
}

const changeOf = (actor: Actor, verb: Verb, recordId: string, version: number): ChangeDraft => ({
  kind: 'case',
  verb,
  recordId,
  version,
  layers: ['cases'],
  actor: nameOfActor(actor),
});

/**
 * A case is entered: its id is `ca-` and the change id, so that whoever is offline knows it beforehand.
 * @throws {Refusal} 403 `outside_scope`; 409 `duplicate_id`; 422 `onset_in_future`, `onset_after_report`,
 *   `report_in_future`, `in_the_lake`, `outside_district`, `axes_swapped`, `impossible_age`, `ward_needed`,
 *   `unknown_ward`, `code_needs_date`
 */
export async function reportCase(
  services: Given,
  { changeId, ...given }: ReportCase,
  actor: Actor,
  units?: Units,
): Promise<CaseWords> {
  const id = `ca-${changeId}`;
  await services.changes.commit(
    changeId,
    'reportCase',
    async (tx) => {
      const context = contextOf(services, actor);
      const entered = readEntered(services, given, units);
      const draft = composeCase(entered, { stored: blankCase(id, context.today), person: null }, context);
      if ('faults' in draft) refuseFaults(draft.faults);
      demandScope(actor, 'case.write', draft.stored);
      await demandFreeRegistryId(tx, draft.stored);
      await writeDrafts(tx, [draft]);
      return {
        outcome: { id },
        change: {
          ...changeOf(actor, 'reportCase', id, draft.stored.version),
          privateAfter: saidOf(draft.stored, draft.person),
        },
      };
    },
    id,
  );
  return oneCase(services, id, actor);
}

/** One correction of one case: scope before and after, version, then `alter`. */
async function alterCase(
  services: Given,
  { changeId, verb, id, version, actor }: { changeId: string; verb: Verb; id: string; version: number; actor: Actor },
  alter: (before: StoredCase, context: DraftContext) => Entered | { removed: StoredCase['removed'] },
): Promise<CaseWords> {
  await services.changes.commit(
    changeId,
    verb,
    async (tx) => {
      const before = (await findCases(tx, [id])).get(id);
      if (!before) throw new Refusal(404, 'unknown_case');
      demandScope(actor, 'case.write', before);
      if (before.version !== version) {
        throw new Refusal(412, 'changed_meanwhile', { versions: { yours: version, current: before.version } });
      }
      const person = (await findPersons(tx, [id])).get(id) ?? null;
      const context = contextOf(services, actor);
      const entered = alter(before, context);
      let draft: Draft;
      if ('removed' in entered) {
        const stored = { ...before, removed: entered.removed, version: version + 1, updatedAt: context.now };
        draft = { stored, person, standing: null };
      } else {
        const composed = composeCase(entered, { stored: before, person }, context);
        if ('faults' in composed) refuseFaults(composed.faults);
        draft = composed;
      }
      demandScope(actor, 'case.write', draft.stored);
      await demandFreeRegistryId(tx, draft.stored);
      await writeDrafts(tx, [draft]);
      return {
        outcome: { id },
        change: {
          ...changeOf(actor, verb, id, draft.stored.version),
          privateBefore: saidOf(before, person),
          privateAfter: saidOf(draft.stored, draft.person),
        },
      };
    },
    id,
  );
  return oneCase(services, id, actor);
}

/** @throws {Refusal} as `reportCase`; 404 `unknown_case`; 412 `changed_meanwhile` with both versions */
export const editCase = (
  services: Given,
  id: string,
  version: number,
  { changeId, ...given }: EditCase,
  actor: Actor,
  units?: Units,
): Promise<CaseWords> =>
  alterCase(services, { changeId, verb: 'editCase', id, version, actor }, () => readEntered(services, given, units));

/** Puts a case that waits in needs-locating on the map. @throws {Refusal} as `editCase` */
export const placeCase = (
  services: Given,
  id: string,
  version: number,
  { changeId, ...given }: PlaceCase,
  actor: Actor,
  units?: Units,
): Promise<CaseWords> =>
  alterCase(services, { changeId, verb: 'placeCase', id, version, actor }, () => readEntered(services, given, units));

/** Takes a case out of every list, count and outbreak; the row stays and can come back. @throws {Refusal} 409 `already_removed` */
export const removeCase = (
  services: Given,
  id: string,
  version: number,
  { changeId, reason }: RemoveCase,
  actor: Actor,
): Promise<CaseWords> =>
  alterCase(services, { changeId, verb: 'removeCase', id, version, actor }, (before, { today }) => {
    if (before.removed) throw new Refusal(409, 'already_removed');
    return { removed: { reason, on: today } };
  });

/** Undoes a removal. @throws {Refusal} 409 `not_removed` */
export const restoreCase = (
  services: Given,
  id: string,
  version: number,
  changeId: string,
  actor: Actor,
): Promise<CaseWords> =>
  alterCase(services, { changeId, verb: 'restoreCase', id, version, actor }, (before) => {
    if (!before.removed) throw new Refusal(409, 'not_removed');
    return { removed: null };
  });

/**
 * The same correction for many cases: all or none, one change.
 * @throws {Refusal} as `editCase`; every fault by `items.<n>`
 */
export async function bulkEditCases(
  services: Given,
  { changeId, items, set }: BulkEdit,
  actor: Actor,
  units?: Units,
): Promise<{ edited: number }> {
  const recordId = `bulk-${changeId}`;
  return services.changes.commit(
    changeId,
    'bulkEditCases',
    async (tx) => {
      const ids = items.map(({ id }) => id);
      const [cases, persons] = [await findCases(tx, ids), await findPersons(tx, ids)];
      const context = contextOf(services, actor);
      const { removed, ...given } = set;
      const entered = readEntered(services, given, units);
      const drafts = new Map<string, Draft & { before: StoredCase; was: Person | null }>();
      items.forEach(({ id, version }, n) => {
        const before = cases.get(id);
        const at = (code: string) => ({ errors: [{ path: `items.${n}`, code }] });
        if (!before) throw new Refusal(404, 'unknown_case', at('unknown_case'));
        demandScope(actor, 'case.write', before);
        if (before.version !== version) {
          const versions = { yours: version, current: before.version };
          throw new Refusal(412, 'changed_meanwhile', { versions, ...at('changed_meanwhile') });
        }
        const was = persons.get(id) ?? null;
        const draft = composeCase(entered, { stored: before, person: was }, context);
        if ('faults' in draft) {
          return refuseFaults(draft.faults.map((fault) => ({ ...fault, path: `items.${n}.${fault.path}` })));
        }
        if (removed !== undefined) draft.stored.removed = removed && { reason: removed, on: context.today };
        demandScope(actor, 'case.write', draft.stored);
        drafts.set(id, { ...draft, before, was });
      });
      const all = [...drafts.values()];
      await writeDrafts(tx, all);
      return {
        outcome: { edited: all.length },
        change: {
          ...changeOf(actor, 'bulkEditCases', recordId, 1),
          privateParts: all.map(({ before, was, stored, person }) => ({
            recordId: stored.id,
            before: saidOf(before, was),
            after: saidOf(stored, person),
          })),
        },
      };
    },
    recordId,
  );
}
