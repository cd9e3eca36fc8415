/** Works on the wards' lists: entered, corrected, moved on, taken out, brought back. */
import type { WardKey } from '../../../geodata/schema.ts';
import { may, nameOfActor, type Actor } from '../../accounts/permission.ts';
import type { ChangeDraft } from '../../platform/changes.ts';
import type { Reader } from '../../platform/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Verb } from '../../platform/verb-contract.ts';
import { refusePosition } from '../placement.ts';
import { findRelic } from '../store.ts';
import type { AddItem, ItemFields, RestorationItem, UpdateItem } from './contract.ts';
import { fieldsOf, refuseItem, refuseStep, type ItemFault, type StoredItem } from './item.ts';
import { oneItem, wardsOfSet, type Given } from './read-actions.ts';
import { findItem, findList, itemsMergedInto, putItem } from './store.ts';

const refuse = ({ path, code }: ItemFault): never => {
  throw new Refusal(422, code, { errors: [{ path, code }] });
};

/**
 * Whoever may write in a ward; in a list that was submitted only the district office.
 * @throws {Refusal} 403 `outside_scope`; 409 `list_submitted`; 422 `ward_of_other_set`
 */
export async function requireWard(db: Reader, services: Given, wardKey: string, actor: Actor): Promise<void> {
  if (!wardsOfSet(services).includes(wardKey as WardKey)) refuse({ path: 'wardKey', code: 'ward_of_other_set' });
  if (!may(actor, 'restoration.write', wardKey as WardKey)) throw new Refusal(403, 'outside_scope');
  const list = await findList(db, wardKey);
  if (list.submittedOn !== null && !may(actor, 'restoration.plan')) throw new Refusal(409, 'list_submitted');
}

/** What is wrong with the fields of an item, seen with its relic. */
export async function faultOf(db: Reader, services: Given, fields: ItemFields): Promise<ItemFault | null> {
  const today = services.clock.today();
  const relic = fields.relicId === null ? null : await findRelic(db, fields.relicId, today);
  if (fields.relicId !== null && !relic) return { path: 'relicId', code: 'unknown_relic' };
  const district = services.places.collections.district.features[0]?.geometry;
  if (!district) throw new Error('geodata has no district');
  const code = fields.position && refusePosition([fields.position.lng, fields.position.lat], district);
  if (code) return { path: 'position', code };
  return refuseItem(fields, relic?.rank ?? null, today);
}

/** What the log says of an item. */
export const told = (item: StoredItem) => ({
  ...fieldsOf(item),
  wardKey: item.wardKey,
  mergedInto: item.mergedInto,
  removed: item.removed,
});

export const changeOf = (
  verb: Verb,
  recordId: string,
  version: number,
  actor: Actor,
  said: Pick<ChangeDraft, 'before' | 'after'>,
): ChangeDraft => ({ kind: 'restoration', verb, recordId, version, layers: [], actor: nameOfActor(actor), ...said });

export const written = ({ clock }: Given, actor: Actor, reason = '') => ({
  reason,
  by: nameOfActor(actor),
  at: clock.now().toISOString(),
});

/**
 * Puts a work on a ward's list.
 * @throws {Refusal} 403 `outside_scope`; 409 `list_submitted`; 422 `ward_of_other_set`, `unknown_relic`,
 *   `outside_world`, `far_from_district`, and what `refuseItem` says
 */
export async function addItem(
  services: Given,
  { changeId, wardKey, ...sent }: AddItem,
  actor: Actor,
): Promise<RestorationItem> {
  const id = `rw-${changeId}`;
  await services.changes.commit(
    changeId,
    'addRestorationItem',
    async (tx) => {
      await requireWard(tx, services, wardKey, actor);
      const fault = await faultOf(tx, services, sent);
      if (fault) refuse(fault);
      const item: StoredItem = {
        ...fieldsOf(sent),
        ...{ id, version: 1, wardKey: wardKey as WardKey, mergedInto: null, removed: false, demo: services.env.demo },
      };
      await putItem(tx, item, written(services, actor));
      return { outcome: { id }, change: changeOf('addRestorationItem', id, 1, actor, { after: told(item) }) };
    },
    id,
  );
  return oneItem(services, id);
}

function verbOf(before: StoredItem, after: StoredItem): Verb {
  if (before.removed !== after.removed) return after.removed ? 'removeRestorationItem' : 'restoreRestorationItem';
  return before.stage === after.stage ? 'updateRestorationItem' : 'moveRestorationStage';
}

/** @throws {Refusal} 404 `unknown_restoration_item`; 412 `changed_meanwhile` with both versions and the item */
export async function demandItem(db: Reader, id: string, version: number): Promise<StoredItem> {
  const item = await findItem(db, id);
  if (!item) throw new Refusal(404, 'unknown_restoration_item');
  if (item.version !== version)
    throw new Refusal(412, 'changed_meanwhile', { versions: { yours: version, current: item.version }, current: item });
  return item;
}

/**
 * Corrects a work, moves it on a stage, takes it out of its list or brings it back. One that stands for others in the
 * plan is not taken out before they are parted.
 * @throws {Refusal} as `addItem`, and 404 `unknown_restoration_item`; 409 `item_merged`; 412 `changed_meanwhile`;
 *   422 `stage_backwards`
 */
export async function updateItem(
  services: Given,
  id: string,
  version: number,
  { changeId, reason, removed, ...set }: UpdateItem,
  actor: Actor,
): Promise<RestorationItem> {
  await services.changes.commit(
    changeId,
    'updateRestorationItem',
    async (tx) => {
      const there = await findItem(tx, id);
      if (there) await requireWard(tx, services, there.wardKey, actor);
      const before = await demandItem(tx, id, version);
      const given = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
      const after: StoredItem = { ...before, ...given, removed: removed ?? before.removed, version: version + 1 };
      const fault = refuseStep(before, after, reason) ?? (await faultOf(tx, services, after));
      if (fault) refuse(fault);
      if (after.removed && !before.removed) await demandUnmerged(tx, before);
      await putItem(tx, after, written(services, actor, reason));
      return {
        outcome: { id },
        change: changeOf(verbOf(before, after), id, after.version, actor, {
          before: told(before),
          after: { ...told(after), ...(reason && { reason }) },
        }),
      };
    },
    id,
  );
  return oneItem(services, id);
}

async function demandUnmerged(db: Reader, item: StoredItem): Promise<void> {
  if (item.mergedInto !== null || (await itemsMergedInto(db, item.id)).length > 0)
    throw new Refusal(409, 'item_merged');
}

/**
 * Takes a change of a work back: its entries are again what they were. What people decided about doubles stays.
 * @param undoOf the seq of the change this one takes back
 * @throws {Refusal} as `updateItem`
 */
export async function returnItem(
  services: Given,
  id: string,
  version: number,
  { changeId, to, undoOf }: { changeId: string; to: ItemFields & { removed: boolean }; undoOf: number },
  actor: Actor,
): Promise<RestorationItem> {
  await services.changes.commit(
    changeId,
    'returnRestorationItem',
    async (tx) => {
      const there = await findItem(tx, id);
      if (there) await requireWard(tx, services, there.wardKey, actor);
      const before = await demandItem(tx, id, version);
      const after: StoredItem = { ...before, ...fieldsOf(to), removed: to.removed, version: version + 1 };
      const fault = await faultOf(tx, services, after);
      if (fault) refuse(fault);
      await putItem(tx, after, written(services, actor, `undo ${undoOf}`));
      return {
        outcome: { id },
        change: changeOf('returnRestorationItem', id, after.version, actor, {
          before: told(before),
          after: { ...told(after), undoOf },
        }),
      };
    },
    id,
  );
  return oneItem(services, id);
}
