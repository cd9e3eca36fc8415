/** A backup as a file: what its parts are, and how each is read back without trusting a byte. */
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { BackupFault } from './backup-fault.ts';
import { HEADER_BYTES, isSafePath, layOut, paddingOf, readTarHeader, TAR_END, type TarPlace } from './tar.ts';

export const FORMAT = 1;
export const MANIFEST = 'manifest.json';
/** As `sha256sum -c` reads it, so that a backup can be checked without this program. */
export const SUMS = 'SHA256SUMS';
export const DATABASE = 'atlas.sqlite';
/** Attachments lie below it, named by their content. */
export const FILES = 'files';

const MANIFEST_LIMIT = 64 * 1_048_576;
const CHUNK = 1_048_576;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const partSchema = z.object({
  path: z.string().refine(isSafePath),
  size: z.number().int().nonnegative(),
  sha256: sha256Schema,
});
export type BackupPart = z.infer<typeof partSchema>;

const manifestSchema = z.object({
  program: z.literal('tayho-atlas'),
  format: z.number().int().positive(),
  appVersion: z.string(),
  schemaVersion: z.number().int().positive(),
  createdAt: z.iso.datetime(),
  demo: z.boolean(),
  /** The newest row of the change log. `seq: 0` = nothing had happened yet. */
  head: z.object({ seq: z.number().int().nonnegative(), hash: sha256Schema }),
  /** The database first. */
  parts: z.array(partSchema).min(1),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export const manifestText = (manifest: Manifest): Buffer => Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);

export const sumsText = (manifest: Buffer, parts: readonly BackupPart[]): Buffer =>
  Buffer.from(
    [{ path: MANIFEST, sha256: sha256(manifest) }, ...parts].map((part) => `${part.sha256}  ${part.path}\n`).join(''),
  );

export const secondsOf = (createdAt: string): number => Math.floor(Date.parse(createdAt) / 1000);

/** An archive whose manifest, outline and length are right; its parts are still to be read. */
export interface OpenBackup {
  manifest: Manifest;
  bytes: number;
  places: (TarPlace & BackupPart)[];
  file: FileHandle;
}

/**
 * Opens a backup, lets `work` read it, and closes it. Before `work` runs, manifest, checksum list and length agree.
 * @throws {BackupFault} `backup_foreign`, `backup_damaged`, `backup_newer`; Node's own error when there is no file
 */
export async function withBackup<T>(path: string, work: (backup: OpenBackup) => Promise<T>): Promise<T> {
  const file = await open(path, 'r');
  try {
    return await work(await readOutline(file));
  } finally {
    await file.close();
  }
}

async function readOutline(file: FileHandle): Promise<OpenBackup> {
  const { size: length } = await file.stat();
  const block = await bytesAt(file, 0, Math.min(HEADER_BYTES, length));
  const first = readTarHeader(block);
  if (first?.path !== MANIFEST) {
    // Whoever takes the wrong file should not be told that their backup is damaged.
    const ours = block.toString('latin1', 0, MANIFEST.length) === MANIFEST;
    throw new BackupFault(ours ? 'backup_damaged' : 'backup_foreign', 'no manifest at the beginning');
  }
  if (first.size > MANIFEST_LIMIT) throw new BackupFault('backup_damaged', MANIFEST);
  const text = await bytesAt(file, HEADER_BYTES, first.size);
  const sumsHeaderAt = HEADER_BYTES + first.size + paddingOf(first.size);
  const second = readTarHeader(await bytesAt(file, sumsHeaderAt, HEADER_BYTES));
  if (second?.path !== SUMS || second.size > MANIFEST_LIMIT) throw new BackupFault('backup_damaged', SUMS);
  const sums = await bytesAt(file, sumsHeaderAt + HEADER_BYTES, second.size);
  // Before anything it says is believed: a newer manifest and a damaged one are not the same answer.
  if (!sums.subarray(0, 64).equals(Buffer.from(sha256(text)))) throw new BackupFault('backup_damaged', MANIFEST);
  const manifest = readManifest(text);
  if (!sums.equals(sumsText(text, manifest.parts))) throw new BackupFault('backup_damaged', SUMS);
  const outline = [{ path: MANIFEST, size: text.length }, { path: SUMS, size: sums.length }, ...manifest.parts];
  const { places, bytes } = layOut(outline);
  if (bytes !== length) throw new BackupFault('backup_damaged', `${length} bytes instead of ${bytes}`);
  const parts = places.slice(2).map((place, index) => ({ ...(manifest.parts[index] as BackupPart), ...place }));
  const backup = { manifest, bytes, places: parts, file };
  const seconds = secondsOf(manifest.createdAt);
  for (const place of places) await checkFrame(backup, place, seconds);
  const end = await bytesAt(file, bytes - TAR_END, TAR_END);
  if (end.some((byte) => byte !== 0)) throw new BackupFault('backup_damaged', 'the end');
  return backup;
}

function readManifest(text: Buffer): Manifest {
  let said: unknown;
  try {
    said = JSON.parse(text.toString('utf8'));
  } catch {
    throw new BackupFault('backup_damaged', MANIFEST);
  }
  const format = z.looseObject({ program: z.literal('tayho-atlas'), format: z.number() }).safeParse(said);
  if (!format.success) throw new BackupFault('backup_foreign', MANIFEST);
  if (format.data.format > FORMAT) throw new BackupFault('backup_newer', `format ${format.data.format}`);
  const manifest = manifestSchema.safeParse(said);
  if (!manifest.success) throw new BackupFault('backup_damaged', MANIFEST);
  return manifest.data;
}

/** Header and padding of one part. */
async function checkFrame({ file }: Pick<OpenBackup, 'file'>, place: TarPlace, seconds: number): Promise<void> {
  const header = readTarHeader(await bytesAt(file, place.headerAt, HEADER_BYTES));
  const right = header?.path === place.path && header.size === place.size && header.modifiedAt === seconds;
  const padding = await bytesAt(file, place.at + place.size, paddingOf(place.size));
  if (!right || padding.some((byte) => byte !== 0)) throw new BackupFault('backup_damaged', place.path);
}

/**
 * Reads one part to its end and hands it on in pieces.
 * @throws {BackupFault} `backup_damaged` when it is not what the manifest says, after all of it was handed on
 */
export async function readPart(
  { file }: Pick<OpenBackup, 'file'>,
  place: TarPlace & BackupPart,
  take: (piece: Buffer) => Promise<unknown> = async () => undefined,
): Promise<void> {
  const hash = createHash('sha256');
  for await (const piece of piecesOf(file, place.at, place.size)) {
    hash.update(piece);
    await take(piece);
  }
  if (hash.digest('hex') !== place.sha256) throw new BackupFault('backup_damaged', place.path);
}

/** The bytes of a file from `at` on. @throws {BackupFault} `backup_damaged` when it ends too soon */
export async function* piecesOf(file: FileHandle, at: number, size: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < size; done += CHUNK) yield await bytesAt(file, at + done, Math.min(CHUNK, size - done));
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  if (bytesRead !== length) throw new BackupFault('backup_damaged', 'it is cut off');
  return buffer;
}
