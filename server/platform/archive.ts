/** `/basemap/{name}.pmtiles`: the archive of BASEMAP, read by ranges (RFC 9110, 14). One file, whatever its name. */
import { createReadStream, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { dataHeaders } from './headers.ts';
import { problemOf } from './refusal.ts';

export interface Archive {
  answer(request: IncomingMessage, response: ServerResponse): boolean;
  close(): Promise<void>;
}

const PATH = /^\/basemap\/[\w.-]+\.pmtiles$/;

export async function openArchive(path: string): Promise<Archive> {
  const file = await open(path, 'r');
  const stats = await file.stat();
  return {
    answer(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return false;
      if (!PATH.test((request.url ?? '').replace(/\?.*$/, ''))) return false;
      send(request, response, file, stats);
      return true;
    },
    close: () => file.close(),
  };
}

function send(request: IncomingMessage, response: ServerResponse, file: FileHandle, stats: Stats): void {
  const { size } = stats;
  const etag = `"${size.toString(36)}-${Math.round(stats.mtimeMs).toString(36)}"`;
  const headers: Record<string, string> = {
    ...dataHeaders,
    'accept-ranges': 'bytes',
    'cache-control': 'public, max-age=3600',
    'content-type': 'application/vnd.pmtiles',
    etag,
  };
  const stale = request.headers['if-range'] !== undefined && request.headers['if-range'] !== etag;
  const range = stale ? 'whole' : readRange(request.headers.range, size);
  if (range === 'unsatisfiable') {
    const body = JSON.stringify(
      problemOf(416, 'invalid_request', { errors: [{ path: 'Range', code: 'invalid_request' }] }),
    );
    response.writeHead(416, {
      ...dataHeaders,
      'content-type': 'application/problem+json',
      'content-range': `bytes */${size}`,
    });
    response.end(body);
    return;
  }
  const [from, to] = range === 'whole' ? [0, size - 1] : range;
  if (range !== 'whole') headers['content-range'] = `bytes ${from}-${to}/${size}`;
  response.writeHead(range === 'whole' ? 200 : 206, { ...headers, 'content-length': String(to - from + 1) });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const stream = createReadStream('', { fd: file, autoClose: false, start: from, end: to });
  pipeline(stream, response, () => undefined);
}

/**
 * One range, `bytes=0-99`, `bytes=100-` or `bytes=-50`, both ends included. Several at once, another unit or nonsense:
 * the header is ignored, as the RFC allows.
 */
export function readRange(
  header: string | undefined,
  size: number,
): [from: number, to: number] | 'whole' | 'unsatisfiable' {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return 'whole';
  const [, first = '', last = ''] = match;
  if (first === '') return Number(last) === 0 ? 'unsatisfiable' : [Math.max(0, size - Number(last)), size - 1];
  const from = Number(first);
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < from) return 'whole';
  return from >= size ? 'unsatisfiable' : [from, to];
}
