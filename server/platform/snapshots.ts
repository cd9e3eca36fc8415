/**
 * Answers made once and sent many times: a public layer at its whole extent, serialised and compressed per version.
 * `drop` is called by whoever changed the data; the next reader makes the new one.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export interface Snapshot {
  /** Strong tag of `body`; the encodings carry it with a suffix (`encodedEtag`). */
  etag: string;
  body: Buffer;
  br: Buffer;
  gzip: Buffer;
}

export interface Snapshots {
  /** The snapshot under `key`, made by `make` when there is none; concurrent readers share one making. */
  get(key: string, make: () => Promise<unknown>): Promise<Snapshot>;
  /** Forgets every key that starts with `prefix` (`''` = all). A making under way is finished but not kept. */
  drop(prefix: string): void;
  /** Is this still what `get` would give? */
  holds(snapshot: Snapshot): boolean;
  /** Called after every `drop`; returns its own undo. */
  onDrop(listener: () => void): () => void;
}

export function createSnapshots(): Snapshots {
  const kept = new Map<string, Promise<Snapshot>>();
  const current = new WeakMap<Snapshot, string>();
  const listeners = new Set<() => void>();
  return {
    get(key, make) {
      const known = kept.get(key);
      if (known) return known;
      const making = make()
        .then((value) => packSnapshot(Buffer.from(JSON.stringify(value))))
        .then(
          (snapshot) => {
            if (kept.get(key) === making) current.set(snapshot, key);
            return snapshot;
          },
          (error: unknown) => {
            if (kept.get(key) === making) kept.delete(key);
            throw error;
          },
        );
      kept.set(key, making);
      return making;
    },
    drop(prefix) {
      for (const [key, made] of kept) {
        if (!key.startsWith(prefix)) continue;
        kept.delete(key);
        void made.then(
          (snapshot) => current.delete(snapshot),
          () => undefined,
        );
      }
      for (const listener of listeners) listener();
    },
    holds: (snapshot) => current.has(snapshot),
    onDrop(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);
/** From here on brotli's best level costs more than it saves: 1 MB of GeoJSON takes 2 s at 11, 60 ms at 9. */
const LARGE_BYTES = 200_000;

/**
 * The smallest brotli window that holds the whole body: no byte larger, and the encoder, whose tables grow with the
 * window, takes kilobytes instead of the tens of megabytes of the default (22).
 */
const windowBits = (bytes: number): number =>
  Math.min(22, Math.max(constants.BROTLI_MIN_WINDOW_BITS, Math.ceil(Math.log2(bytes + WINDOW_GAP_BYTES))));
/** What RFC 7932 (9.1) takes off the window's power of two. */
const WINDOW_GAP_BYTES = 16;

/** Compresses once, off the main thread, and tags by content. */
export async function packSnapshot(body: Buffer): Promise<Snapshot> {
  const quality = body.length > LARGE_BYTES ? 9 : 11;
  const [br, gz] = await Promise.all([
    toBrotli(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
        [constants.BROTLI_PARAM_LGWIN]: windowBits(body.length),
      },
    }),
    toGzip(body, { level: 9 }),
  ]);
  return { etag: `"${contentTag(body)}"`, body, br, gzip: gz };
}

/** 22 characters of base64url: 132 bits of SHA-256, enough to tell any two bodies apart. */
export const contentTag = (body: Buffer | string): string =>
  createHash('sha256').update(body).digest('base64url').slice(0, 22);
