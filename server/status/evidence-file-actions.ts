/** Files that prove something: a figure, a step of the title, the report of a task. Kept once, named by their bytes. */
import type { WardKey } from '../../geodata/schema.ts';
import { may, nameOfActor, type Actor, type ChangeKind } from '../accounts/permission.ts';
import type { Reader } from '../platform/database.ts';
import { kindOfFile } from '../platform/file-kind.ts';
import { openFiles } from '../platform/files.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { uuidv7 } from '../platform/uuid.ts';
import { findEvidenceFile, insertEvidenceFile, knownFiles } from './figure-store.ts';

type Keeping = Pick<Services, 'changes' | 'clock' | 'disk' | 'env'>;
export interface KeptEvidence {
  sha256: string;
  bytes: number;
  kind: string;
}

/**
 * Keeps a file; the caller has asked whether this actor may. The same file again is the same file.
 * @param told which kind of change tells of it: whoever may see that kind hears of it
 * @throws {Refusal} 415 `unknown_file_kind`
 */
export async function keepFile(
  services: Keeping,
  bytes: Uint8Array,
  name: string,
  actor: Actor,
  told: ChangeKind,
): Promise<KeptEvidence> {
  const kind = kindOfFile(bytes);
  if (!kind) throw new Refusal(415, 'unknown_file_kind');
  // On the disk before the row says so: a row without its file would be a lie, a file without a row is only space.
  const sha256 = await services.disk.write(() => openFiles(services.env).keep(bytes));
  const file = { sha256, kind, bytes: bytes.length };
  const now = services.clock.now();
  await services.changes.commit(uuidv7(now.getTime()), 'keepEvidence', async (tx) => {
    await insertEvidenceFile(tx, { ...file, name, keptBy: nameOfActor(actor), keptAt: now.toISOString() });
    return {
      outcome: file,
      change: {
        kind: told,
        verb: 'keepEvidence',
        recordId: sha256,
        version: 1,
        layers: [],
        actor: nameOfActor(actor),
        after: file,
      },
    };
  });
  return file;
}

/**
 * Keeps a file that may prove a figure, or a step of the title.
 * @throws {Refusal} 403 `outside_scope`; 415 `unknown_file_kind`
 */
export async function keepEvidence(
  services: Keeping,
  bytes: Uint8Array,
  { ward, name }: { ward: string; name: string },
  actor: Actor,
): Promise<KeptEvidence> {
  if (!may(actor, 'figure.enter', ward as WardKey)) throw new Refusal(403, 'outside_scope');
  return keepFile(services, bytes, name, actor, 'figure');
}

/** @throws {Refusal} 404 `unknown_evidence` */
export async function readEvidence(
  services: Pick<Services, 'db' | 'env'>,
  sha256: string,
): Promise<{ kind: string; name: string; bytes: Buffer }> {
  const row = await findEvidenceFile(services.db, sha256);
  const bytes = row && (await openFiles(services.env).read(sha256));
  if (!bytes) throw new Refusal(404, 'unknown_evidence');
  return { ...row, bytes };
}

/**
 * Refuses papers that name a file which is not kept here.
 * @param path under which a refusal names the paper: `documents`
 * @throws {Refusal} 422 `unknown_evidence`
 */
export async function requireFiles(
  db: Reader,
  papers: readonly { file: string | null }[],
  path: string,
): Promise<void> {
  const known = await knownFiles(
    db,
    papers.flatMap(({ file }) => file ?? []),
  );
  const lost = papers.findIndex(({ file }) => file !== null && !known.has(file));
  if (lost >= 0)
    throw new Refusal(422, 'unknown_evidence', {
      errors: [{ path: `${path}.${lost}.file`, code: 'unknown_evidence' }],
    });
}
