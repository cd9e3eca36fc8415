/** A ward's list as a workbook: given out, read back with every fault named, written only by whoever saw what it says. */
import type { Actor } from '../../accounts/permission.ts';
import { Refusal } from '../../platform/refusal.ts';
import { openSheet, SheetError } from '../../platform/sheet.ts';
import { writeXlsx } from '../../platform/sheet-write.ts';
import { wardName } from '../../wards/actions.ts';
import { refusePosition } from '../placement.ts';
import type { ItemFields, Restoration } from './contract.ts';
import { changeOf, demandItem, faultOf, requireWard, told, written } from './item-actions.ts';
import { fieldsOf, refuseItem, refuseStep, type ItemFault, type StoredItem } from './item.ts';
import { listSheet, readListHead, readListSheet } from './list-sheet.ts';
import { readRegister, readRestoration, wardsOfSet, type Given } from './read-actions.ts';
import type { CheckedList, ImportList } from './sheet-contract.ts';
import { itemsOfWard, putItem } from './store.ts';

function demandWard(services: Given, wardKey: string): void {
  if (!wardsOfSet(services).some((key) => key === wardKey)) throw new Refusal(404, 'unknown_ward');
}

/** @throws {Refusal} 404 `unknown_ward` */
export async function writeListSheet(services: Given, wardKey: string): Promise<Buffer> {
  demandWard(services, wardKey);
  const ward = { key: wardKey, name: wardName(services, wardKey) };
  return writeXlsx([listSheet(ward, await itemsOfWard(services.db, wardKey), services.env.demo)]);
}

/**
 * Says what a file that came back would add and change, and what is wrong by the address of its cell. Writes nothing.
 * @throws {Refusal} 403 `outside_scope`; 404 `unknown_ward`; 409 `list_submitted`; 422 `unreadable_file`,
 *   `too_many_rows`, `not_a_template`, `template_version`, `list_of_other_ward`
 */
export async function checkListSheet(
  services: Given,
  wardKey: string,
  bytes: Buffer,
  actor: Actor,
): Promise<CheckedList> {
  demandWard(services, wardKey);
  await requireWard(services.db, services, wardKey, actor);
  const { rows, merged } = opened(bytes);
  const head = readListHead(rows);
  if (typeof head === 'string') throw new Refusal(422, head);
  if (head.wardKey !== wardKey) throw new Refusal(422, 'list_of_other_ward');
  const today = services.clock.today();
  const { relics } = await readRegister(services.db, today);
  const district = services.places.collections.district.features[0]?.geometry;
  if (!district) throw new Error('geodata has no district');
  const fault = (fields: ItemFields): ItemFault | null => {
    const relic = fields.relicId === null ? null : relics.get(fields.relicId);
    if (relic === undefined) return { path: 'relicId', code: 'unknown_relic' };
    const code = fields.position && refusePosition([fields.position.lng, fields.position.lat], district);
    return code ? { path: 'position', code } : refuseItem(fields, relic?.rank ?? null, today);
  };
  const items = await itemsOfWard(services.db, wardKey);
  return { wardKey, ...readListSheet(rows, merged, { today, items, faultOf: fault }) };
}

function opened(bytes: Buffer) {
  try {
    return openSheet(bytes);
  } catch (error) {
    if (!(error instanceof SheetError)) throw error;
    throw new Refusal(422, error.reason === 'too-large' ? 'too_many_rows' : 'unreadable_file');
  }
}

/**
 * Writes the rows a person chose, all of them or none. A row corrects an item at the version the person saw.
 * @throws {Refusal} 403 `outside_scope`; 404 `unknown_restoration_item`; 409 `list_submitted`; 412 `changed_meanwhile`;
 *   422 `ward_of_other_set`, `duplicate_row`, `stage_backwards` and what the rules say of a row, by its place in `items`
 */
export async function importList(
  services: Given,
  wardKey: string,
  { changeId, items }: ImportList,
  actor: Actor,
): Promise<Restoration> {
  await services.changes.commit(
    changeId,
    'importRestorationList',
    async (tx) => {
      await requireWard(tx, services, wardKey, actor);
      const ids = items.flatMap(({ id }) => id ?? []);
      if (new Set(ids).size < ids.length) throw new Refusal(422, 'duplicate_row');
      const after: unknown[] = [];
      const before: unknown[] = [];
      for (const [i, sent] of items.entries()) {
        const there = sent.id === null ? null : await demandItem(tx, sent.id, sent.version ?? 0);
        if (there && (there.wardKey !== wardKey || there.removed)) throw new Refusal(404, 'unknown_restoration_item');
        const item: StoredItem = there
          ? { ...there, ...fieldsOf(sent.fields), version: there.version + 1 }
          : {
              ...fieldsOf(sent.fields),
              id: `rw-${changeId}-${i + 1}`,
              version: 1,
              wardKey: wardKey as StoredItem['wardKey'],
              mergedInto: null,
              removed: false,
              demo: services.env.demo,
            };
        const fault = (there && refuseStep(there, item, '')) ?? (await faultOf(tx, services, item));
        if (fault)
          throw new Refusal(422, fault.code, { errors: [{ path: `items.${i}.${fault.path}`, code: fault.code }] });
        await putItem(tx, item, written(services, actor, 'import'));
        if (there) before.push({ id: there.id, ...told(there) });
        after.push({ id: item.id, version: item.version, ...told(item) });
      }
      return {
        outcome: { items: items.length },
        change: changeOf('importRestorationList', wardKey, items.length, actor, { before: { items: before }, after: { items: after } }), // prettier-ignore
      };
    },
    wardKey,
  );
  return readRestoration(services, actor);
}
