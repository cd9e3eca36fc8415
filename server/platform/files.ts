/**
 * Files beside the database, named by the SHA-256 of their bytes: the same file is kept once, and a byte that changed
 * on the disk shows. Nothing is ever written over.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Env } from '../env.ts';

const SHA256 = /^[0-9a-f]{64}$/;

export interface Files {
  /** Keeps the bytes, on the disk before it answers; returns their SHA-256. */
  keep(bytes: Uint8Array): Promise<string>;
  /**
   * Takes bytes as they come, onto the disk and never whole into memory. `judge` sees the first of them, and may throw.
   * What was received has no name yet: `keep` gives it one, `drop` takes it away.
   * @param tooLong thrown once more than `maxBytes` came
   */
  receive(
    body: AsyncIterable<Uint8Array>,
    limits: { maxBytes: number; tooLong: () => Error; judge: (head: Uint8Array) => void },
  ): Promise<Received>;
  /** The bytes of a name; `null` = not here, or no longer the bytes that were kept. */
  read(sha256: string): Promise<Buffer | null>;
}

export interface Received {
  sha256: string;
  bytes: number;
  read(): Promise<Buffer>;
  keep(): Promise<void>;
  drop(): Promise<void>;
}

/** The folder of an environment's files; the backup takes it whole. */
export const filesFolder = ({ dataDir }: Pick<Env, 'dataDir'>): string => join(dataDir, 'files');

/** A leading dot: the backup leaves it out. */
const UNFINISHED = '.unfinished-';
/** What it was called before. */
const UNFINISHED_OF_OLD = 'unfinished-';
/** Another process may be writing one. */
const ABANDONED_MS = 60_000;

/**
 * Takes away what a server that was killed left half written. A whole file without a row stays: it is named by its
 * content, and whoever sends it again finds it kept.
 */
export async function sweepFiles(env: Pick<Env, 'dataDir'>, now = Date.now()): Promise<number> {
  const folder = filesFolder(env);
  const names = (await readdir(folder).catch(() => [])).filter(
    (name) => name.startsWith(UNFINISHED) || name.startsWith(UNFINISHED_OF_OLD),
  );
  let swept = 0;
  for (const name of names) {
    const path = join(folder, name);
    const writtenAt = (await stat(path).catch(() => null))?.mtimeMs ?? now;
    if (now - writtenAt < ABANDONED_MS) continue;
    await rm(path, { force: true });
    swept += 1;
  }
  return swept;
}

/** Enough to tell what a file is. */
const HEAD_BYTES = 64;

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export function openFiles(env: Pick<Env, 'dataDir'>): Files {
  const folder = filesFolder(env);
  // Two letters a folder: some file systems grow slow with thousands of names in one.
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
  return {
    async receive(body, { maxBytes, tooLong, judge }) {
      await mkdir(folder, { recursive: true });
      const unfinished = join(folder, `${UNFINISHED}${randomUUID()}`);
      const drop = () => rm(unfinished, { force: true });
      const hash = createHash('sha256');
      let bytes = 0;
      try {
        const file = await open(unfinished, 'wx', 0o600);
        try {
          let head: Uint8Array | null = new Uint8Array(0);
          for await (const part of body) {
            bytes += part.length;
            if (bytes > maxBytes) throw tooLong();
            if (head) {
              head = Buffer.concat([head, part]);
              if (head.length >= HEAD_BYTES) {
                judge(head);
                head = null;
              }
            }
            hash.update(part);
            await file.writeFile(part);
          }
          if (head) judge(head);
          await file.sync();
        } finally {
          await file.close();
        }
      } catch (error) {
        await drop();
        throw error;
      }
      const sha256 = hash.digest('hex');
      return {
        sha256,
        bytes,
        read: () => readFile(unfinished),
        drop,
        async keep() {
          await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true });
          if (await stat(pathOf(sha256)).catch(() => null)) await drop();
          else await rename(unfinished, pathOf(sha256));
        },
      };
    },
    async keep(bytes) {
      const sha256 = hashOf(bytes);
      const path = pathOf(sha256);
      if (await stat(path).catch(() => null)) return sha256;
      await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true });
      const unfinished = join(folder, `${UNFINISHED}${randomUUID()}`);
      try {
        const file = await open(unfinished, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
      return sha256;
    },
    async read(sha256) {
      if (!SHA256.test(sha256)) return null;
      const bytes = await readFile(pathOf(sha256)).catch(() => null);
      return bytes && hashOf(bytes) === sha256 ? bytes : null;
    },
  };
}
