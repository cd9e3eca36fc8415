/**
 * The built page, from memory: every file of dist/web is read once at the start, and a request is a lookup of its path
 * among them. Nothing a reader sends ever becomes a path of the file system.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { bestEncoding, encodedEtag, matchesEtag, pageHeaders } from './headers.ts';
import { contentTag } from './snapshots.ts';

export interface Site {
  /** Answers GET and HEAD of a file or of a page of the application; otherwise false. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
  /** Compresses what compresses, one file after the other, in the background; until then files go out plain. */
  pack(): Promise<void>;
}

interface SiteFile {
  type: string;
  etag: string;
  /** Names with a hash of the content, made by the build, never change. */
  immutable: boolean;
  identity: Buffer;
  br?: Buffer;
  gzip?: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.otf': 'font/otf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = /^(text\/|application\/(json|manifest)|image\/svg|font\/[ot]tf)/;
const OWN_PATHS = /^\/(api|ogc|basemap|metrics)(\/|$)/;

/** `folder` = dist/web; when it does not exist the site is empty and answers nothing. */
export function openSite(folder: string): Site {
  const files = readFiles(folder);
  const index = files.get('/index.html');
  return {
    answer(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return false;
      const path = (request.url ?? '/').replace(/[?#].*$/, '');
      if (OWN_PATHS.test(path)) return false;
      const file = files.get(path) ?? (wantsPage(request, path) ? index : undefined);
      if (!file) return false;
      send(request, response, file);
      return true;
    },
    async pack() {
      for (const file of files.values()) {
        if (!COMPRESSIBLE.test(file.type) || file.identity.length < 1024) continue;
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: 7,
          [constants.BROTLI_PARAM_SIZE_HINT]: file.identity.length,
        };
        file.br = await promisify(brotliCompress)(file.identity, { params });
        file.gzip = await promisify(gzip)(file.identity, { level: 7 });
      }
    },
  };
}

/** A deep link (`/di-tich/th-dd-01`) is a page; a missing script or picture is not. */
const wantsPage = (request: IncomingMessage, path: string): boolean =>
  path === '/' || (extname(path) === '' && (request.headers.accept ?? '').includes('text/html'));

function send(request: IncomingMessage, response: ServerResponse, file: SiteFile): void {
  const wanted = bestEncoding(request.headers['accept-encoding'] as string | undefined);
  const encoding = file[wanted] ? wanted : 'identity';
  const body = file[encoding] ?? file.identity;
  const etag = encodedEtag(file.etag, encoding);
  const headers: Record<string, string> = {
    ...pageHeaders,
    etag,
    vary: 'accept-encoding',
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (matchesEtag(request.headers['if-none-match'], etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  headers['content-type'] = file.type;
  headers['content-length'] = String(body.length);
  if (encoding !== 'identity') headers['content-encoding'] = encoding;
  response.writeHead(200, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function readFiles(folder: string): Map<string, SiteFile> {
  const files = new Map<string, SiteFile>();
  let entries;
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return files;
  }
  for (const entry of entries) {
    const path = relative(folder, join(entry.parentPath ?? entry.path, entry.name))
      .split(sep)
      .join('/');
    // Dot folders are the build's own notes (`.vite/manifest.json`).
    if (!entry.isFile() || path.split('/').some((part) => part.startsWith('.'))) continue;
    const identity = readFileSync(join(folder, path));
    files.set(`/${encodeURI(path)}`, {
      type: TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
      etag: `"${contentTag(identity)}"`,
      immutable: /^assets\/.+-[\w-]{8}\.\w+$/.test(path),
      identity,
    });
  }
  return files;
}
