/** Putting a backup back: everything is proved first, then one rename puts it in place. */
import { copyFile, link, mkdir, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  checkDatabase,
  demandSpace,
  flushFolder,
  readAll,
  unpackDatabase,
  writeFlushed,
  type BackupSource,
} from './backup.ts';
import { DATABASE, readPart, withBackup, type Manifest, type OpenBackup } from './backup-archive.ts';
import { BackupFault } from './backup-fault.ts';
import { holdFolder, StorageError } from './database.ts';

/** Held `shared` by whoever has the database open. */
export const lockPath = (dataDir: string): string => join(dataDir, 'atlas.lock');

export interface Restored {
  manifest: Manifest;
  /** Where the database that was there lies now; `null` = there was none. */
  kept: string | null;
}

/**
 * Puts the database and the attachments of the backup at `from` into the data folder. Whatever is refused leaves the
 * folder as it was. Attachments are added, never taken away: they are named by their content.
 * @throws {BackupFault} `backup_damaged`, `backup_newer`, `backup_foreign`, `backup_of_other_kind`, `backup_in_use`,
 *   `backup_no_space`
 */
export async function restoreBackup(
  into: Pick<BackupSource, 'dataDir' | 'driver' | 'demo'>,
  from: string,
  now: Date,
): Promise<Restored> {
  const { dataDir, driver } = into;
  const release = await alone(into);
  const unpacked = join(dataDir, `${DATABASE}.restoring`);
  try {
    return await withBackup(from, async (backup) => {
      const { manifest } = backup;
      if (manifest.demo !== into.demo) throw new BackupFault('backup_of_other_kind');
      await readAll(backup);
      demandSpace(dataDir, backup.bytes);
      await unpackDatabase(backup, unpacked);
      await checkDatabase(unpacked, manifest, driver);
      // The files first: a row never names one that is not there.
      await unpackFiles(backup, dataDir);
      return { manifest, kept: await swap(dataDir, unpacked, now) };
    });
  } finally {
    await rm(unpacked, { force: true });
    await release();
  }
}

async function alone({ dataDir, driver }: Pick<BackupSource, 'dataDir' | 'driver'>): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true });
  try {
    return await holdFolder({ path: lockPath(dataDir), driver }, 'alone');
  } catch (error) {
    if (error instanceof StorageError && error.reason === 'busy') throw new BackupFault('backup_in_use', dataDir);
    throw error;
  }
}

async function unpackFiles(backup: OpenBackup, dataDir: string): Promise<void> {
  for (const place of backup.places.slice(1)) {
    const path = join(dataDir, place.path);
    if (existsSync(path)) continue;
    await mkdir(dirname(path), { recursive: true });
    const part = join(dirname(path), '.restoring.part');
    await writeFlushed(part, (file) => readPart(backup, place, (piece) => file.writeFile(piece)));
    await rename(part, path);
    await flushFolder(dirname(path));
  }
}

/**
 * At no moment is there no database: the old one gets a second name, its log of unfinished pages goes with it (SQLite
 * would play it into the new file), and the new one takes the old one's place in one step.
 */
async function swap(dataDir: string, unpacked: string, now: Date): Promise<string | null> {
  const database = join(dataDir, DATABASE);
  const kept = `${database}.before-restore-${now.toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const had = existsSync(database);
  if (had) {
    if (existsSync(kept)) throw new BackupFault('backup_exists', kept);
    await secondName(database, kept);
    if (existsSync(`${database}-wal`)) await secondName(`${database}-wal`, `${kept}-wal`);
    await flushFolder(dataDir);
  }
  for (const leftover of ['-wal', '-shm', '-journal']) await rm(`${database}${leftover}`, { force: true });
  await rename(unpacked, database);
  await flushFolder(dataDir);
  return had ? kept : null;
}

/** A hard link; a copy where the file system has none. */
const secondName = (path: string, other: string): Promise<void> => link(path, other).catch(() => copyFile(path, other));
