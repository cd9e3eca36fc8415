/** Files that prove the report of a task: kept with every other evidence, given to who may read the task. */
import type { WardKey } from '../../geodata/schema.ts';
import { may, type Actor } from '../accounts/permission.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { keepFile, readEvidence, type KeptEvidence } from '../status/evidence-file-actions.ts';
import { findTask, reportsOfTask } from './store.ts';

type Given = Pick<Services, 'db' | 'places' | 'changes' | 'clock' | 'disk' | 'env'>;

/** The wards of a task, an own one or one of the article. @throws {Refusal} 404 `unknown_task` */
async function wardsOfTask({ db, places }: Pick<Services, 'db' | 'places'>, id: string): Promise<WardKey[]> {
  const quoted = places.programme.tasks.find((task) => task.id === id);
  if (quoted) return quoted.wardKeys as WardKey[];
  const own = await findTask(db, id);
  if (!own || own.removed) throw new Refusal(404, 'unknown_task');
  return own.wardKeys;
}

/**
 * Keeps a file for a report that is being written.
 * @throws {Refusal} 403 `outside_scope`; 404 `unknown_task`; 415 `unknown_file_kind`
 */
export async function keepTaskEvidence(
  services: Given,
  id: string,
  name: string,
  bytes: Uint8Array,
  actor: Actor,
): Promise<KeptEvidence> {
  const wards = await wardsOfTask(services, id);
  const all = wards.length > 0 ? wards.every((key) => may(actor, 'task.write', key)) : may(actor, 'task.write', []);
  if (!all) throw new Refusal(403, 'outside_scope');
  return keepFile(services, bytes, name, actor, 'task');
}

/**
 * A file that a report of this task names; any other file is as good as not there.
 * @throws {Refusal} 404 `unknown_task`, `unknown_task_evidence`
 */
export async function readTaskEvidence(
  services: Given,
  id: string,
  sha256: string,
): Promise<{ kind: string; name: string; bytes: Buffer }> {
  await wardsOfTask(services, id);
  const named = (await reportsOfTask(services.db, id)).some(({ evidence = [] }) => evidence.some(({ file }) => file === sha256)); // prettier-ignore
  if (!named) throw new Refusal(404, 'unknown_task_evidence');
  return readEvidence(services, sha256);
}
