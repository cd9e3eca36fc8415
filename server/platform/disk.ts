/**
 * Whether the disk takes writes. When it does not (it is full, or it fails) the server goes on reading and refuses what
 * would write, at once and with a code; a real write, tried again and again, finds out when that is over.
 */
import { randomBytes } from 'node:crypto';
import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../log.ts';
import type { Clock } from './clock.ts';
import type { ReadOnly } from './contract.ts';
import { StorageError, type Database } from './database.ts';
import { Refusal } from './refusal.ts';

export interface Disk {
  /** `null` = writes are taken. */
  readonly readOnly: ReadOnly | null;
  /**
   * Runs something that writes. What fails for want of a disk turns the server read-only; while it is, nothing is begun.
   * @throws {Refusal} 503 `read_only`
   */
  write<T>(work: () => Promise<T>): Promise<T>;
  /** The refusal when an error is the disk's, which turns the server read-only; `null` for any other error. */
  refusalFor(error: unknown): Refusal | null;
  /** Returns its own undo. */
  onChange(listener: (state: ReadOnly | null) => void): () => void;
  close(): void;
}

export interface DiskTimes {
  /** How often a disk that took no writes is tried while nobody asks. */
  everyMs?: number;
  /** Somebody who wants to write has it tried at once, but no sooner than this after the last time. */
  pauseMs?: number;
}

export interface DiskOptions extends DiskTimes {
  /** A real write; what it throws says that the disk still takes none. */
  probe: () => Promise<unknown>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Logger, 'error' | 'info'>;
}

const RETRY_SECONDS = 5;

export function createDisk({ probe, clock, log, everyMs = 3000, pauseMs = 1000 }: DiskOptions): Disk {
  const listeners = new Set<(state: ReadOnly | null) => void>();
  let state: ReadOnly | null = null;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let lookedAt = 0;

  const become = (next: ReadOnly | null) => {
    state = next;
    clearInterval(timer);
    if (next) {
      timer = setInterval(() => void look(), everyMs);
      timer.unref();
    }
    for (const listener of listeners) listener(next);
  };
  const look = (): Promise<void> =>
    (looking ??= (async () => {
      try {
        await probe();
        if (!state) return;
        become(null);
        log.info('the disk takes writes again');
      } catch {
        // Still none, or something else that a write would meet too.
      } finally {
        lookedAt = performance.now();
        looking = null;
      }
    })());
  const refusal = () => new Refusal(503, 'read_only', { retryAfterSeconds: RETRY_SECONDS });
  const refusalFor = (error: unknown): Refusal | null => {
    const fault = faultOf(error);
    if (!fault) return null;
    if (!state) {
      log.error({ err: error, fault }, 'the disk takes no writes: the server is read-only until it does');
      lookedAt = performance.now();
      become({ fault, since: clock.now().toISOString() });
    }
    return refusal();
  };
  return {
    get readOnly() {
      return state;
    },
    refusalFor,
    async write(work) {
      if (state && performance.now() - lookedAt >= pauseMs) await look();
      if (state) throw refusal();
      try {
        return await work();
      } catch (error) {
        throw refusalFor(error) ?? error;
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      clearInterval(timer);
      listeners.clear();
    },
  };
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const FAILING = new Set(['EIO', 'EROFS']);

/** What is wrong with the disk, by the error of SQLite or of Node that tells it; `null` = the error is another's. */
export function faultOf(error: unknown): ReadOnly['fault'] | null {
  if (error instanceof StorageError) {
    if (error.reason === 'full') return 'full';
    return error.reason === 'io' || error.reason === 'unwritable' ? 'failing' : null;
  }
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  return FULL.has(code) ? 'full' : FAILING.has(code) ? 'failing' : null;
}

/** The same database, whose transactions the disk guards. */
export function guardDatabase(db: Database, disk: Pick<Disk, 'write'>): Database {
  return {
    driver: db.driver,
    path: db.path,
    all: (sql, params) => db.all(sql, params),
    get: (sql, params) => db.get(sql, params),
    transaction: (work) => disk.write(() => db.transaction(work)),
    get queued() {
      return db.queued;
    },
    emptyLog: () => db.emptyLog(),
    limitPages: (pages) => db.limitPages(pages),
    close: () => db.close(),
  };
}

/** Less than this and the next upload would fill the disk again. */
const ROOM_BYTES = 1_048_576;
const ROOM_CHARACTERS = 262_144;

/**
 * Writes a megabyte beside the database and takes it away, then a quarter of one in the database itself: a small write
 * would find room in pages that are free already, and the next real one would fail again.
 */
export async function probeDisk(dataDir: string, db: Database): Promise<void> {
  const path = join(dataDir, `.room-${process.pid}`);
  try {
    const file = await open(path, 'w', 0o600);
    try {
      await file.writeFile(randomBytes(ROOM_BYTES));
      await file.sync();
    } finally {
      await file.close();
    }
  } finally {
    await rm(path, { force: true });
  }
  await db.transaction(async (tx) => {
    await tx.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('room', printf('%.*c', ?, 'x'))", [ROOM_CHARACTERS]);
    await tx.run("DELETE FROM meta WHERE key = 'room'");
  });
}

/** Bytes that may still be written below a folder; `null` where the system does not say. */
export async function freeBytes(folder: string): Promise<number | null> {
  const found = await statfs(folder).catch(() => null);
  return found && found.bavail * found.bsize;
}
