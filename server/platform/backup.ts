/** Making a backup while the server writes, and checking one. Putting it back: restore.ts. */
import { createHash } from 'node:crypto';
import { existsSync, statfsSync, statSync } from 'node:fs';
import { open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  DATABASE,
  FILES,
  FORMAT,
  MANIFEST,
  SUMS,
  manifestText,
  piecesOf,
  readPart,
  secondsOf,
  sumsText,
  withBackup,
  type BackupPart,
  type Manifest,
  type OpenBackup,
} from './backup-archive.ts';
import { BackupFault, type BackupCode } from './backup-fault.ts';
import { verifyChain } from './changes.ts';
import { alterCopy, copyDatabase, peekDatabase, StorageError, type DriverName, type Reader } from './database.ts';
import { checkSchema, SchemaError } from './migrate.ts';
import { isSafePath, layOut, paddingOf, TAR_END, tarHeader } from './tar.ts';

export interface BackupSource {
  /** Holds `atlas.sqlite` and, once something was attached, `files/`. */
  dataDir: string;
  driver?: DriverName | undefined;
  demo: boolean;
  appVersion: string;
}

/** What lies in a session or a link opens doors; a database put back has none of them. */
const SECRETS = ['session', 'one_time_link', 'known_device', 'sign_in_try'] as const;

const RESERVE_BYTES = 16 * 1_048_576;

/**
 * One file with everything: the database as it stood at one instant and the attachments it names. Nothing bears the
 * name `to` before the whole of it was written, flushed and read back.
 * @param told share of the work done, 0 to 1
 * @param signal ends it early, with its reason
 * @throws {BackupFault} with nothing left behind
 */
export async function makeBackup(
  source: BackupSource,
  to: string,
  now: Date,
  told: (share: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Manifest> {
  const database = join(source.dataDir, DATABASE);
  if (!existsSync(database)) throw new BackupFault('backup_no_database', database);
  if (existsSync(to)) throw new BackupFault('backup_exists', to);
  const { driver } = source;
  const copy = join(dirname(to), `.${basename(to)}.sqlite.part`);
  const part = join(dirname(to), `.${basename(to)}.part`);
  try {
    await rm(copy, { force: true });
    const files = await filesBelow(join(source.dataDir, FILES));
    const attached = files.reduce((sum, path) => sum + statSync(join(source.dataDir, path)).size, 0);
    // The copy lies beside the archive until it is in it.
    demandSpace(dirname(to), 2 * sizeOf(database) + attached);
    await copyDatabase({ from: database, to: copy, driver });
    signal?.throwIfAborted();
    await alterCopy({ path: copy, driver }, dropSecrets);
    const found = await peekDatabase({ path: copy, driver }, lookInside);
    if (!found) throw new BackupFault('backup_source_damaged', 'it is empty');
    signal?.throwIfAborted();
    // After the copy: what a row names was there before the row was.
    const paths = await filesBelow(join(source.dataDir, FILES));
    const manifest: Manifest = {
      program: 'tayho-atlas',
      format: FORMAT,
      appVersion: source.appVersion,
      schemaVersion: found.schemaVersion,
      createdAt: now.toISOString(),
      demo: source.demo,
      head: found.head,
      parts: [
        await describePart(copy, DATABASE),
        ...(await inTurn(paths, (path) => describePart(join(source.dataDir, path), path))),
      ],
    };
    const fileOf = (path: string) => (path === DATABASE ? copy : join(source.dataDir, path));
    await writeArchive(part, manifest, fileOf, (share) => {
      signal?.throwIfAborted();
      told(share);
    });
    await withBackup(part, readAll);
    signal?.throwIfAborted();
    await rename(part, to);
    await flushFolder(dirname(to));
    return manifest;
  } catch (error) {
    throw sourceFault(error);
  } finally {
    await rm(copy, { force: true });
    await rm(`${copy}-journal`, { force: true });
    await rm(part, { force: true });
  }
}

/**
 * Every byte of a backup against its checksums, then its database as a restore would: SQLite's own check, the schema,
 * the chain of the change log and its head. `scratch` = where the database is unpacked for that, and taken away again.
 * @throws {BackupFault}
 */
export async function verifyBackup(path: string, scratch: string, driver?: DriverName): Promise<Manifest> {
  return withBackup(path, async (backup) => {
    demandSpace(dirname(scratch), backup.places[0]?.size ?? 0);
    await readAll(backup);
    try {
      await unpackDatabase(backup, scratch);
      await checkDatabase(scratch, backup.manifest, driver);
      return backup.manifest;
    } finally {
      await rm(scratch, { force: true });
    }
  });
}

/** The database of a backup, flushed to `to`. @throws {BackupFault} `backup_damaged` */
export async function unpackDatabase(backup: OpenBackup, to: string): Promise<void> {
  const place = backup.places[0];
  if (place?.path !== DATABASE) throw new BackupFault('backup_damaged', DATABASE);
  await writeFlushed(to, (file) => readPart(backup, place, (piece) => file.writeFile(piece)));
}

/** @throws {BackupFault} `backup_damaged`, `backup_newer` when the unpacked database is not what `manifest` promises */
export async function checkDatabase(path: string, manifest: Manifest, driver?: DriverName): Promise<void> {
  let found: Awaited<ReturnType<typeof lookInside>> | null;
  try {
    found = await peekDatabase({ path, driver }, lookInside);
  } catch (error) {
    if (error instanceof SchemaError && error.reason === 'newer') throw new BackupFault('backup_newer', error.message);
    if (error instanceof SchemaError || (error instanceof StorageError && error.reason === 'damaged')) {
      throw new BackupFault('backup_damaged', error.message);
    }
    if (error instanceof BackupFault) throw new BackupFault('backup_damaged', error.message);
    throw error;
  }
  const { head, schemaVersion } = manifest;
  if (found?.head.hash !== head.hash || found.head.seq !== head.seq || found.schemaVersion !== schemaVersion) {
    throw new BackupFault('backup_damaged', 'the database is not the one of the manifest');
  }
}

/** Reads the whole archive, before anything of it is written anywhere. @throws {BackupFault} `backup_damaged` */
export async function readAll(backup: OpenBackup): Promise<void> {
  for (const place of backup.places) await readPart(backup, place);
}

async function lookInside(reader: Reader) {
  const schemaVersion = await checkSchema(reader);
  const chain = await verifyChain(unhurried(reader));
  if (!chain.ok) throw new BackupFault('backup_source_damaged', `row ${chain.seq} of the change log: ${chain.fault}`);
  return { schemaVersion, head: { seq: chain.rows, hash: chain.head } };
}

/** `node:sqlite` answers at once: between two pages of a long log the requests that wait get their turn. */
const unhurried = (reader: Reader): Reader => ({
  ...reader,
  async all(sql, params) {
    await new Promise((resolve) => setImmediate(resolve));
    return reader.all(sql, params);
  },
});

async function dropSecrets(connection: Parameters<Parameters<typeof alterCopy>[1]>[0]): Promise<void> {
  const tables = await connection.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'", []);
  const present = SECRETS.filter((secret) => tables.some(({ name }) => name === secret));
  await connection.script(present.map((name) => `DELETE FROM ${name};`).join(' '));
}

async function writeArchive(
  to: string,
  manifest: Manifest,
  fileOf: (path: string) => string,
  told: (share: number) => void,
): Promise<void> {
  const text = manifestText(manifest);
  const sums = sumsText(text, manifest.parts);
  const seconds = secondsOf(manifest.createdAt);
  const { bytes } = layOut([
    { path: MANIFEST, size: text.length },
    { path: SUMS, size: sums.length },
    ...manifest.parts,
  ]);
  await writeFlushed(to, async (file) => {
    let written = 0;
    const write = async (piece: Buffer) => {
      await file.writeFile(piece);
      told((written += piece.length) / bytes);
    };
    for (const [path, body] of [[MANIFEST, text] as const, [SUMS, sums] as const]) {
      await write(Buffer.concat([tarHeader({ path, size: body.length }, seconds), body]));
      await write(Buffer.alloc(paddingOf(body.length)));
    }
    for (const part of manifest.parts) {
      await write(tarHeader(part, seconds));
      await withFile(fileOf(part.path), async (source) => {
        for await (const piece of piecesOf(source, 0, part.size)) await write(piece);
      });
      await write(Buffer.alloc(paddingOf(part.size)));
    }
    await write(Buffer.alloc(TAR_END));
  });
}

async function describePart(file: string, path: string): Promise<BackupPart> {
  return withFile(file, async (source) => {
    const { size } = await source.stat();
    const hash = createHash('sha256');
    for await (const piece of piecesOf(source, 0, size)) hash.update(piece);
    return { path, size, sha256: hash.digest('hex') };
  });
}

/** Paths from the data folder, sorted; half-written files begin with a dot and are left out. */
async function filesBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (path: string, name: string) => {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      const inner = `${name}/${entry.name}`;
      if (!isSafePath(inner)) continue;
      if (entry.isDirectory()) await walk(join(path, entry.name), inner);
      else if (entry.isFile()) found.push(inner);
    }
  };
  if (existsSync(folder)) await walk(folder, FILES);
  return found.sort();
}

async function inTurn<A, B>(items: readonly A[], work: (item: A) => Promise<B>): Promise<B[]> {
  const done: B[] = [];
  for (const item of items) done.push(await work(item));
  return done;
}

async function withFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'r');
  return work(file).finally(() => file.close());
}

/** A new file only its owner may read, on the disk when this returns. */
export async function writeFlushed(path: string, work: (file: FileHandle) => Promise<unknown>): Promise<void> {
  await rm(path, { force: true });
  const file = await open(path, 'wx', 0o600);
  try {
    await work(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A name is on the disk only when its folder is. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

const sizeOf = (database: string): number =>
  statSync(database).size + (statSync(`${database}-wal`, { throwIfNoEntry: false })?.size ?? 0);

/** @throws {BackupFault} `backup_no_space` unless `bytes` and a reserve are free */
export function demandSpace(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free < bytes + RESERVE_BYTES) {
    throw new BackupFault('backup_no_space', `${Math.ceil((bytes + RESERVE_BYTES) / 1_048_576)} MiB needed`);
  }
}

/** What the system and SQLite say, in our words; what we do not know stays as it is. */
function sourceFault(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const known: Record<string, BackupCode> = {
    ENOSPC: 'backup_no_space',
    EDQUOT: 'backup_no_space',
    EACCES: 'backup_folder_unwritable',
    EPERM: 'backup_folder_unwritable',
    EROFS: 'backup_folder_unwritable',
    ENOENT: 'backup_folder_unwritable',
  };
  if (known[code]) return new BackupFault(known[code], (error as Error).message);
  if (error instanceof SchemaError) return new BackupFault('backup_source_damaged', error.message);
  if (!(error instanceof StorageError)) return error;
  if (error.reason === 'full') return new BackupFault('backup_no_space', error.message);
  if (error.reason === 'unwritable') return new BackupFault('backup_folder_unwritable', error.message);
  if (error.reason === 'damaged') return new BackupFault('backup_source_damaged', error.message);
  return error;
}
