import { mkdirSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { openArchive } from '../../server/platform/archive.ts';
import { fixedClock } from '../../server/platform/clock.ts';
import { createLane } from '../../server/platform/lane.ts';
import { bind, createListener } from '../../server/platform/listener.ts';
import { openSite } from '../../server/platform/site.ts';
import { createSnapshots } from '../../server/platform/snapshots.ts';
import { make, NOW } from '../helpers/make.ts';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** fetch() tidies paths and adds headers of its own; this sends what it is told. */
function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request({ port, path, headers, method, host: '127.0.0.1' }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    asking.on('error', reject).end();
  });
}

const SCRIPT = `export const names = ${JSON.stringify('hồ tây '.repeat(500))};`;
const TILES = Buffer.concat([Buffer.from('PMTiles'), Buffer.from(Array.from({ length: 993 }, (_, n) => n % 256))]);

/** A page of three files and an archive, on a real port; the application behind them says 418. */
async function serve() {
  const folder = make.folder();
  const web = join(folder, 'web');
  mkdirSync(join(web, 'assets'), { recursive: true });
  mkdirSync(join(web, '.vite'));
  writeFileSync(join(web, 'index.html'), '<!doctype html><title>Tây Hồ</title>');
  writeFileSync(join(web, 'assets/main-AbCd1234.js'), SCRIPT);
  writeFileSync(join(web, '.vite/manifest.json'), '{}');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'hanoi.pmtiles'), TILES);
  const site = openSite(web);
  await site.pack();
  const archive = await openArchive(join(folder, 'hanoi.pmtiles'));
  const lane = createLane({ snapshots: createSnapshots(), clock: fixedClock(NOW), open: true });
  const bound = await bind({ port: 0, host: '127.0.0.1', tls: null });
  bound.use(createListener({ lane, site, archive, app: (_request, response) => void response.writeHead(418).end() }));
  onTestFinished(async () => {
    await bound.stop(0);
    await archive.close();
  });
  return bound.port;
}

test('the page is html and asked for anew each time', async () => {
  const { status, headers, body } = await ask(await serve(), '/');
  expect([status, headers['content-type'], headers['cache-control']]).toEqual([
    200,
    'text/html; charset=utf-8',
    'no-cache',
  ]);
  expect(String(body)).toContain('Tây Hồ');
  expect(headers['content-security-policy']).toContain("script-src 'self';");
  expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'x-content-type-options': 'nosniff' });
});

test('a deep link is the page too', async () => {
  const { status, body } = await ask(await serve(), '/di-tich/th-dd-01?lang=en', { accept: 'text/html,*/*' });
  expect([status, String(body)]).toEqual([200, expect.stringContaining('Tây Hồ')]);
});

test('a file with a hash in its name comes compressed and is kept for ever', async () => {
  const { headers, body } = await ask(await serve(), '/assets/main-AbCd1234.js', { 'accept-encoding': 'gzip, br' });
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'content-encoding': 'br',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  expect(String(brotliDecompressSync(body))).toBe(SCRIPT);
});

test('a file the reader has is not sent again', async () => {
  const port = await serve();
  const { headers } = await ask(port, '/');
  const again = await ask(port, '/', { 'if-none-match': headers.etag ?? '' });
  expect([again.status, again.body.length]).toEqual([304, 0]);
});

test('HEAD has the headers alone', async () => {
  const { status, headers, body } = await ask(await serve(), '/', {}, 'HEAD');
  expect([status, Number(headers['content-length']) > 0, body.length]).toEqual([200, true, 0]);
});

test.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/assets/../../secret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/%00',
  '/index.html%00.png',
  '/..\\secret.txt',
  '/assets/..%5c..%5csecret.txt',
  '/%252e%252e/secret.txt',
  '//secret.txt',
  'http://x/../secret.txt',
  '/%c0%ae%c0%ae/secret.txt',
  '/.vite/manifest.json',
  '/missing.js',
  '/api/nothing',
])('%s is no file of the page', async (path) => {
  expect((await ask(await serve(), path)).status).toBe(418);
});

test('a write is never a file', async () => {
  expect((await ask(await serve(), '/', { accept: 'text/html' }, 'POST')).status).toBe(418);
});

test.each([
  ['bytes=0-6', 'PMTiles', 'bytes 0-6/1000'],
  ['bytes=-1', TILES.subarray(999).toString('latin1'), 'bytes 999-999/1000'],
])('the archive by the range %s', async (range, text, contentRange) => {
  const { status, headers, body } = await ask(await serve(), '/basemap/hanoi.pmtiles', { range });
  expect([status, headers['content-range'], body.toString('latin1')]).toEqual([206, contentRange, text]);
});

test('the archive as a whole', async () => {
  const { status, headers, body } = await ask(await serve(), '/basemap/hanoi.pmtiles');
  expect([status, headers['accept-ranges'], body.equals(TILES)]).toEqual([200, 'bytes', true]);
});

test('a range beyond the archive', async () => {
  const { status, headers, body } = await ask(await serve(), '/basemap/hanoi.pmtiles', { range: 'bytes=1000-' });
  expect([status, headers['content-range']]).toEqual([416, 'bytes */1000']);
  expect(JSON.parse(String(body))).toMatchObject({ code: 'invalid_request' });
});

test('a range of an archive that has changed since is the whole of the new one', async () => {
  const headers = { range: 'bytes=0-6', 'if-range': '"old"' };
  expect((await ask(await serve(), '/basemap/hanoi.pmtiles', headers)).status).toBe(200);
});

test.each([
  '/basemap/../secret.txt',
  '/basemap/..%2fsecret.txt',
  '/basemap/..\\secret.pmtiles',
  '/basemap/%2e%2e/secret.pmtiles',
  '/basemap/hanoi.pmtiles%00',
  '/basemap/hanoi.pmtiles/x',
  '/basemap/',
])('%s is no archive', async (path) => {
  expect((await ask(await serve(), path)).status).toBe(418);
});

test('an address above 8192 characters is refused before anybody looks at it', async () => {
  const { status, body } = await ask(await serve(), `/?q=${'x'.repeat(9000)}`);
  expect([status, JSON.parse(String(body)).code]).toEqual([414, 'url_too_long']);
});

test('headers no server would read are a problem too', async () => {
  const { status, body } = await ask(await serve(), '/', { 'x-long': 'x'.repeat(40_000) });
  expect([status, JSON.parse(String(body)).code]).toEqual([431, 'url_too_long']);
});
