import type { Accounts } from '../accounts/account.ts';
import { may, nameOfActor, type Actor } from '../accounts/permission.ts';
import { updateUser } from '../accounts/user-actions.ts';
import { editRelic } from '../heritage/record-actions.ts';
import { returnItem } from '../heritage/restoration/item-actions.ts';
import { restoreRelicPlace } from '../heritage/restore-actions.ts';
import { restorePhoto } from '../photos/actions.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Undone } from './contract.ts';
import { findRow } from './store.ts';
import { undoOf, type Undo } from './undo.ts';

/**
 * Takes a change back through the ordinary verb of its room: with that verb's permission, its version check and a row
 * of its own that names what it took back.
 * @param change the change's seq, or its change id
 * @param version the version the change left behind, as the reader saw it
 * @throws {Refusal} 404 `unknown_change`; 409 `not_undoable`; 403 `not_permitted`, `outside_scope`; 412
 *   `changed_meanwhile` when something newer stands on it; and what the verb itself refuses (409 `last_admin`)
 */
export async function undoChange(
  given: Accounts,
  change: string,
  version: number,
  changeId: string,
  actor: Actor,
): Promise<Undone> {
  const row = await findRow(given.db, change);
  if (!row) throw new Refusal(404, 'unknown_change');
  const undo = undoOf({ verb: row.verb, before: JSON.parse(row.before), after: JSON.parse(row.after) });
  if (!undo) throw new Refusal(409, 'not_undoable');
  if (!may(actor, undo.permission)) throw new Refusal(403, 'not_permitted');
  if (version !== row.version) {
    throw new Refusal(412, 'changed_meanwhile', { versions: { yours: row.version, current: version } });
  }
  const { seq, kind, record_id: recordId } = row;
  const { version: left } = await takeBack(given, undo, { recordId, version, changeId, undoOf: seq }, actor);
  return { undone: seq, kind, recordId, version: left };
}

function takeBack(
  given: Accounts,
  undo: Undo,
  { recordId, version, ...by }: { recordId: string; version: number; changeId: string; undoOf: number },
  actor: Actor,
): Promise<{ version: number }> {
  switch (undo.action) {
    case 'restoreRelicPlace':
      return restoreRelicPlace(given, recordId, version, { ...by, to: undo.to }, actor);
    case 'editRelic':
      return editRelic(given, recordId, version, { changeId: by.changeId, ...undo.to }, actor, by.undoOf);
    case 'returnRestorationItem':
      return returnItem(given, recordId, version, { ...by, to: undo.to }, actor);
    case 'restorePhoto':
      return restorePhoto(given, recordId, version, by, actor);
    case 'updateUser':
      return updateUser(given, recordId, version, { changeId: by.changeId, ...undo.to }, nameOfActor(actor), by.undoOf);
  }
}
