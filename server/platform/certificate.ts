/** TLS_CERT and TLS_KEY: read at the start, read again when they change, without a restart and without a gap. */
import { createHash } from 'node:crypto';
import { readFileSync, watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import { createSecureContext } from 'node:tls';

export interface CertificatePaths {
  cert: string;
  key: string;
}
export interface Pair {
  cert: Buffer;
  key: Buffer;
}

/** @throws what OpenSSL says of a pair that is none, or the file system's own error */
export function readPair({ cert, key }: CertificatePaths): Pair {
  const pair = { cert: readFileSync(cert), key: readFileSync(key) };
  createSecureContext(pair);
  return pair;
}

/** A renewal writes two files, one after the other: look when both have come to rest. */
const REST_MS = 300;
/** Where the folder cannot be watched (a share of the network) this is how soon a renewal is seen. */
const LOOK_MS = 60_000;

/**
 * Hands every new and whole pair to `use`. A pair that does not fit together is told to `refuse`, once, and the old one
 * stays in use. The folders are watched, not the files: renewals replace files, or links to them. Returns its own end.
 */
export function watchPair(
  paths: CertificatePaths,
  told: { use(pair: Pair): void; refuse(): void },
  times: { restMs?: number; lookMs?: number } = {},
): () => void {
  const { restMs = REST_MS, lookMs = LOOK_MS } = times;
  let seen = digestOf(paths);
  let resting: NodeJS.Timeout | undefined;
  const look = () => {
    const digest = digestOf(paths);
    if (digest === seen) return;
    seen = digest;
    try {
      told.use(readPair(paths));
    } catch {
      told.refuse();
    }
  };
  const stirred = () => {
    clearTimeout(resting);
    resting = setTimeout(look, restMs);
    resting.unref();
  };
  const watchers: FSWatcher[] = [];
  for (const folder of new Set([dirname(paths.cert), dirname(paths.key)])) {
    try {
      const watcher = watch(folder, { persistent: false }, stirred);
      watcher.on('error', () => watcher.close());
      watchers.push(watcher);
    } catch {
      // Not every file system can be watched; then the timer alone looks.
    }
  }
  const timer = setInterval(look, lookMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    clearTimeout(resting);
    for (const watcher of watchers) watcher.close();
  };
}

/** Of both files as they stand; a missing one is a state too. */
function digestOf(paths: CertificatePaths): string {
  const hash = createHash('sha256');
  for (const path of [paths.cert, paths.key]) {
    try {
      hash.update(readFileSync(path));
    } catch {
      hash.update('missing');
    }
    hash.update('\0');
  }
  return hash.digest('hex');
}
