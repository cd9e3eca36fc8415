import type { FileHandle } from 'node:fs/promises';
import { nameOfActor, type Actor } from '../accounts/permission.ts';
import { faultCodeOf } from '../platform/backup-fault.ts';
import type { BackupFolder, Shelved } from '../platform/backup-folder.ts';
import { isDue, keepingRule, newestWhole, nextSlot, STALE_MS } from '../platform/backup-keeping.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { uuidv7 } from '../platform/uuid.ts';
import type { BackupList, BackupWords } from './contract.ts';
import { verbOfChange } from './store.ts';

type Given = Pick<Services, 'backups' | 'changes' | 'clock' | 'db' | 'log'>;

const wordsOf = ({ name, at, bytes, fault, checkedAt, says }: Shelved): BackupWords => ({
  name,
  madeAt: at.toISOString(),
  bytes,
  fault,
  checkedAt: checkedAt?.toISOString() ?? null,
  schemaVersion: says?.schemaVersion ?? null,
  seq: says?.seq ?? null,
  attachments: says?.attachments ?? null,
  sha256: says?.sha256 ?? null,
});

/** How things stand: what lies in the folder, what is under way, what failed, and what comes next. */
export async function backupList({ backups, clock }: Given): Promise<BackupList> {
  const { folder, running } = backups;
  const now = clock.now();
  const failure = await backups.lastFailure();
  let there: Shelved[] = [];
  let folderFault: BackupList['folderFault'] = null;
  try {
    there = (await folder?.list()) ?? [];
  } catch (error) {
    folderFault = faultCodeOf(error);
  }
  const newest = newestWhole(there);
  return {
    items: there.map(wordsOf),
    nextCursor: null,
    configured: folder !== null,
    folder: folder?.path ?? null,
    folderFault,
    now: now.toISOString(),
    nextAt: folder && (isDue(there, now) ? now : new Date(nextSlot(now))).toISOString(),
    keeping: keepingRule,
    stale: newest !== null && now.getTime() - newest.at.getTime() > STALE_MS,
    running: running && { name: running.name, beganAt: running.beganAt.toISOString(), share: running.share },
    lastFailure: failure && { at: failure.at.toISOString(), fault: failure.fault },
  };
}

function folderOf({ backups }: Given): BackupFolder {
  if (backups.folder === null) throw new Refusal(409, 'backups_not_configured');
  return backups.folder;
}

/** @throws {Refusal} 404 `unknown_backup`: a name is one of the listing or nothing */
async function oneOf(folder: BackupFolder, name: string): Promise<Shelved> {
  const found = (await folder.list().catch((): Shelved[] => [])).find((one) => one.name === name);
  if (!found) throw new Refusal(404, 'unknown_backup');
  return found;
}

/**
 * Begins a backup; it goes on when whoever asked goes away, and the change with this id tells how it ended. The same id
 * again begins no second one.
 * @throws {Refusal} 409 `backups_not_configured`, `backup_under_way`, `change_id_reused`
 */
export async function beginBackup(given: Given, changeId: string, actor: Actor): Promise<BackupList> {
  const { backups, db } = given;
  folderOf(given);
  const verb = await verbOfChange(db, changeId);
  if (verb !== null && !['makeBackup', 'failBackup', 'stopBackup'].includes(verb)) {
    throw new Refusal(409, 'change_id_reused');
  }
  const known = verb !== null || backups.running?.changeId === changeId;
  if (!known && backups.begin({ changeId, actor: nameOfActor(actor) }) === null) {
    throw new Refusal(409, 'backup_under_way');
  }
  return backupList(given);
}

/** Stops the one under way, whoever began it; nothing of it is left. @throws {Refusal} 409 `no_backup_under_way` */
export async function stopBackup(given: Given, actor: Actor): Promise<BackupList> {
  folderOf(given);
  if (!given.backups.stop(nameOfActor(actor))) throw new Refusal(409, 'no_backup_under_way');
  await given.backups.settled();
  return backupList(given);
}

/**
 * Reads all of one and checks the database inside, as a restore would; the list says what was found.
 * @throws {Refusal} 404 `unknown_backup`; 409 `backups_not_configured`, `backup_under_way`, `backup_not_checked`
 */
export async function checkBackup(given: Given, name: string): Promise<BackupList> {
  const { backups, log } = given;
  await oneOf(folderOf(given), name);
  const checking = backups.check(name);
  if (checking === null) throw new Refusal(409, 'backup_under_way');
  await checking.catch((error: unknown) => {
    log.error({ err: error }, 'a backup could not be checked');
    throw new Refusal(409, 'backup_not_checked');
  });
  return backupList(given);
}

/**
 * Opens one for whoever takes it away, and writes that down first: it holds everything about everybody.
 * @throws {Refusal} 404 `unknown_backup`, 409 `backups_not_configured`
 */
export async function takeBackup(
  given: Given,
  name: string,
  actor: Actor,
): Promise<{ bytes: number; file: FileHandle }> {
  const { changes, clock } = given;
  const folder = folderOf(given);
  const { bytes, says } = await oneOf(folder, name);
  const file = await folder.open(name).catch(() => {
    throw new Refusal(404, 'unknown_backup');
  });
  try {
    await changes.commit(uuidv7(clock.now().getTime()), 'downloadBackup', async () => ({
      change: {
        kind: 'backup',
        verb: 'downloadBackup',
        recordId: name,
        version: 1,
        layers: [],
        actor: nameOfActor(actor),
        after: { bytes, seq: says?.seq ?? null },
      },
      outcome: null,
    }));
    return { bytes, file };
  } catch (error) {
    await file.close();
    throw error;
  }
}
