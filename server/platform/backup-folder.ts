/** The folder of backups as it lies on the disk. A name is looked up among what is there, never used as a path. */
import { constants } from 'node:fs';
import { lstat, open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { DATABASE, withBackup, type Manifest } from './backup-archive.ts';
import { verifyBackup } from './backup.ts';
import { BackupFault, faultCodeOf, type BackupCode } from './backup-fault.ts';
import { instantOfName, type Kept } from './backup-keeping.ts';
import type { DriverName } from './database.ts';

export interface Shelved extends Kept {
  name: string;
  bytes: number;
  /** When every byte of it was read and its database checked, in the life of this process; `null` = its outline only. */
  checkedAt: Date | null;
  /** What its manifest says; `null` = it could not be read. */
  says: { schemaVersion: number; seq: number; attachments: number; sha256: string } | null;
}

export interface BackupFolder {
  path: string;
  /** Newest first. @throws {BackupFault} `backup_folder_unwritable` when the folder is gone */
  list(): Promise<Shelved[]>;
  /** Reads all of it. What is found is what `list` says of it from now on. */
  check(name: string, now: Date): Promise<void>;
  /** It was read to its end when it was made. */
  trust(name: string, now: Date): Promise<void>;
  remove(name: string): Promise<void>;
  /** For reading; never through a link. */
  open(name: string): Promise<FileHandle>;
  /** Takes away what a run that was killed has left behind. */
  sweep(now: Date): Promise<void>;
}

/** Known of a file while neither its size nor its time changes. */
type Known = Pick<Shelved, 'fault' | 'checkedAt' | 'says'> & { stamp: string };

/** `.tayho-atlas-….tar.part`, `….tar.sqlite.part`, `….tar.sqlite.part-journal`, `….tar.check` */
const LEFTOVER = /^\.tayho-atlas-(demo-)?\d{8}T\d{6}Z\.tar(\.sqlite)?\.(part|check)(-journal)?$/;
const LEFTOVER_MS = 86_400_000;

export function openBackupFolder(path: string, demo: boolean, driver?: DriverName): BackupFolder {
  const known = new Map<string, Known>();

  const look = async (name: string, at: Date): Promise<Shelved | null> => {
    const found = await lstat(join(path, name)).catch(() => null);
    if (!found?.isFile()) return null;
    const stamp = `${found.size} ${found.mtimeMs}`;
    let what = known.get(name);
    if (what?.stamp !== stamp) known.set(name, (what = { stamp, checkedAt: null, ...(await outlineOf(name)) }));
    const { fault, checkedAt, says } = what;
    return { name, at, bytes: found.size, fault, checkedAt, says };
  };

  const outlineOf = async (name: string): Promise<Pick<Known, 'fault' | 'says'>> => {
    try {
      const { manifest } = await withBackup(join(path, name), async (backup) => backup);
      return { fault: manifest.demo === demo ? null : 'backup_of_other_kind', says: summaryOf(manifest) };
    } catch (error) {
      return { fault: error instanceof BackupFault ? error.code : 'backup_unreadable', says: null };
    }
  };

  const learn = async (name: string, checkedAt: Date, fault: BackupCode | null) => {
    const at = instantOfName(name, demo);
    if (at === null || (await look(name, at)) === null) return;
    const what = known.get(name);
    if (what) known.set(name, { ...what, checkedAt, fault: what.fault ?? fault });
  };

  const namesThere = () =>
    readdir(path).catch((error: Error) => {
      throw new BackupFault('backup_folder_unwritable', error.message);
    });

  return {
    path,
    async list() {
      const names = await namesThere();
      const found: Shelved[] = [];
      for (const name of names) {
        const at = instantOfName(name, demo);
        const shelved = at && (await look(name, at));
        if (shelved) found.push(shelved);
      }
      const there = new Set(found.map(({ name }) => name));
      for (const name of known.keys()) if (!there.has(name)) known.delete(name);
      return found.sort((a, b) => b.at.getTime() - a.at.getTime());
    },
    async check(name, now) {
      try {
        await verifyBackup(join(path, name), join(path, `.${name}.check`), driver);
        await learn(name, now, null);
      } catch (error) {
        // That there is no room to check it says nothing about the backup.
        const code = faultCodeOf(error);
        if (code !== 'backup_damaged' && code !== 'backup_newer' && code !== 'backup_foreign') throw error;
        await learn(name, now, code);
      }
    },
    trust: (name, now) => learn(name, now, null),
    remove: (name) => rm(join(path, name)),
    open: (name) => open(join(path, name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)),
    async sweep(now) {
      for (const name of (await namesThere()).filter((one) => LEFTOVER.test(one))) {
        const found = await lstat(join(path, name)).catch(() => null);
        // Another process may be at work on it.
        if (found?.isFile() && now.getTime() - found.mtimeMs > LEFTOVER_MS) await rm(join(path, name), { force: true });
      }
    },
  };
}

function summaryOf({ schemaVersion, head, parts }: Manifest): Shelved['says'] {
  const database = parts.find((part) => part.path === DATABASE);
  return { schemaVersion, seq: head.seq, attachments: parts.length - 1, sha256: database?.sha256 ?? '' };
}
