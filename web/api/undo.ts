import type { Undone } from '../../server/audit/contract.ts';
import { changes } from '../live/changes.svelte.ts';
import { uuidv7 } from '../lib/uuid.ts';
import { api, ask } from './client.ts';

/**
 * Takes a change back.
 * @param change its seq, or its change id
 * @param version the version it left its record at
 * @throws {Refused} `changed_meanwhile` when something newer stands on it, and what else the server refuses
 */
export function undoChange(change: string | number, version: number): Promise<Undone> {
  const changeId = uuidv7();
  changes.own(changeId);
  return ask(
    api.api.changes[':change'].undo.$post(
      { param: { change: String(change) }, header: {}, json: { changeId } },
      { headers: { 'if-match': `"${version}"` } },
    ),
  );
}
