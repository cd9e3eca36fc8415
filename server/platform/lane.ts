/**
 * The fast lane: a snapshot that the routes have answered once is answered again before the router runs, straight on
 * Node's response. It holds only what a visitor may read, only while the snapshot is current and the day lasts, and it
 * sends the same headers as the long way. Budget: >= 0.75x of a bare node:http server sending the same bytes.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { nextMidnight, type Clock } from './clock.ts';
import { bestEncoding, encodedEtag, matchesEtag, dataHeaders, type Encoding } from './headers.ts';
import type { Snapshot, Snapshots } from './snapshots.ts';

export interface Lane {
  /** Remembers that this URL (path and query as they came) was answered with this snapshot. */
  offer(url: string, snapshot: Snapshot): void;
  /** Answers and returns true, or leaves the request alone. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
}

/** URLs are the reader's to invent (`?x=1`, `?x=2` …), so the memory is bounded and simply begins anew. */
const MOST_URLS = 512;

type Head = string[];
interface Entry {
  snapshot: Snapshot;
  heads: Record<Encoding, Head>;
  unchanged: Record<Encoding, Head>;
}

/** `open: false` = visitors may not read public layers, so the lane never answers. */
export function createLane(options: { snapshots: Snapshots; clock: Clock; open: boolean }): Lane {
  const { snapshots, clock, open } = options;
  const entries = new Map<string, Entry>();
  let lastsUntil = 0;
  snapshots.onDrop(() => entries.clear());

  return {
    offer(url, snapshot) {
      if (!open || !snapshots.holds(snapshot)) return;
      if (entries.size >= MOST_URLS) entries.clear();
      if (entries.size === 0) lastsUntil = nextMidnight(clock.now());
      entries.set(url, entryOf(snapshot));
    },
    answer(request, response) {
      if (request.method !== 'GET') return false;
      const entry = entries.get(request.url as string);
      if (entry === undefined) return false;
      if (Date.now() >= lastsUntil) {
        entries.clear();
        return false;
      }
      const { headers } = request;
      const encoding = knownEncoding(headers['accept-encoding'] as string | undefined);
      if (headers['if-none-match'] !== undefined) {
        if (matchesEtag(headers['if-none-match'], encodedEtag(entry.snapshot.etag, encoding))) {
          response.writeHead(304, entry.unchanged[encoding]);
          response.end();
          return true;
        }
      }
      response.writeHead(200, entry.heads[encoding]);
      response.end(bytesOf(entry.snapshot, encoding));
      return true;
    },
  };
}

export const bytesOf = (snapshot: Snapshot, encoding: Encoding): Buffer =>
  encoding === 'identity' ? snapshot.body : snapshot[encoding];

/** The headers of a snapshot, the same in the lane and through the router. */
export function snapshotHeaders(
  snapshot: Snapshot,
  encoding: Encoding,
  type = 'application/json; charset=utf-8',
): Record<string, string> {
  return {
    'content-type': type,
    'cache-control': 'no-cache',
    etag: encodedEtag(snapshot.etag, encoding),
    vary: 'accept-encoding',
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    'content-length': String(bytesOf(snapshot, encoding).length),
  };
}

function entryOf(snapshot: Snapshot): Entry {
  const head = (encoding: Encoding): Head =>
    Object.entries({ ...snapshotHeaders(snapshot, encoding), ...dataHeaders }).flat();
  const unchanged = (encoding: Encoding): Head =>
    Object.entries({
      'cache-control': 'no-cache',
      etag: encodedEtag(snapshot.etag, encoding),
      vary: 'accept-encoding',
      ...dataHeaders,
    }).flat();
  return {
    snapshot,
    heads: { br: head('br'), gzip: head('gzip'), identity: head('identity') },
    unchanged: { br: unchanged('br'), gzip: unchanged('gzip'), identity: unchanged('identity') },
  };
}

/** Browsers send one of a handful of values; reading each once is enough. */
const encodings = new Map<string | undefined, Encoding>();
function knownEncoding(value: string | undefined): Encoding {
  let encoding = encodings.get(value);
  if (encoding === undefined) {
    encoding = bestEncoding(value);
    if (encodings.size < 64) encodings.set(value, encoding);
  }
  return encoding;
}
