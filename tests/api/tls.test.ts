import { X509Certificate } from 'node:crypto';
import { get, type RequestOptions } from 'node:https';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../server/log.ts';
import { startServer } from '../../server/main.ts';
import { bind } from '../../server/platform/listener.ts';
import { pathsIn, selfSigned, writePair } from '../helpers/certificate.ts';
import { make } from '../helpers/make.ts';

/** A listener over TLS that says hello, its folder, and what it logs. */
async function serve() {
  const folder = make.folder();
  const first = selfSigned('first');
  writePair(folder, first);
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const env = { port: 0, host: '127.0.0.1', tls: pathsIn(folder) };
  const bound = await bind(env, { log, certificateTimes: { restMs: 20, lookMs: 50 } });
  bound.use((_request, response) => response.end('hello'));
  onTestFinished(() => bound.stop(0));
  return { folder, first, lines, bound };
}

/** The name in the certificate that a new connection is shown. */
const shownAt = (port: number) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(new X509Certificate(socket.getPeerCertificate(true).raw).subject);
      socket.destroy();
    });
    socket.on('error', reject);
  });

const ask = (port: number, options: RequestOptions) =>
  new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/', agent: false, ...options }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += String(chunk)));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    }).on('error', reject);
  });

test('answers over TLS whoever trusts the certificate, and binds them to TLS', async () => {
  const { bound, first } = await serve();
  const { status, headers, body } = await ask(bound.port, { ca: first.cert });
  expect([status, body, bound.url]).toEqual([200, 'hello', `https://127.0.0.1:${bound.port}`]);
  expect(headers['strict-transport-security']).toBe('max-age=31536000');
});

test('a new pair is in use without a restart', async () => {
  const { folder, bound, lines } = await serve();
  expect(await shownAt(bound.port)).toBe('CN=first');
  writePair(folder, selfSigned('second'));
  await expect.poll(() => shownAt(bound.port), { timeout: 10_000 }).toBe('CN=second');
  expect(lines.at(-1)).toContain('a new certificate is in use');
});

test.each([
  ['a certificate of another key', (folder: string) => writeFileSync(pathsIn(folder).cert, selfSigned('other').cert)],
  ['no certificate at all', (folder: string) => writeFileSync(pathsIn(folder).cert, 'not a certificate')],
])('%s leaves the old pair in use, and one line in the log', async (_, spoil) => {
  const { folder, bound, lines } = await serve();
  spoil(folder);
  await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(1);
  expect(lines[0]).toContain('the old ones stay in use');
  expect(lines[0]).not.toContain('BEGIN');
  expect(await shownAt(bound.port)).toBe('CN=first');
  // A whole pair afterwards is taken all the same.
  writePair(folder, selfSigned('third'));
  await expect.poll(() => shownAt(bound.port), { timeout: 10_000 }).toBe('CN=third');
});

test('the server itself: every kind of answer says so, and the session’s cookie is bound to this host', async () => {
  const folder = make.folder();
  const pair = selfSigned('atlas');
  writePair(folder, pair);
  const server = await startServer(make.env({ tls: pathsIn(folder) }), { log: createLog('silent') });
  onTestFinished(() => server.close());
  for (const path of ['/api/health', '/api/layers/wards', '/api/layers/wards', '/api/nothing']) {
    const { headers } = await ask(server.port, { path, ca: pair.cert });
    expect([path, headers['strict-transport-security']]).toEqual([path, 'max-age=31536000']);
  }
  const { headers } = await ask(server.port, {
    path: '/api/session',
    method: 'DELETE',
    ca: pair.cert,
    headers: { cookie: `__Host-atlas-session=${'A'.repeat(43)}` },
  });
  expect(headers['set-cookie']).toEqual([expect.stringMatching(/^__Host-atlas-session=; .*; Secure$/)]);
});

test('without TLS nobody is bound to it', async () => {
  const server = await startServer(make.env(), { log: createLog('silent') });
  onTestFinished(() => server.close());
  expect((await fetch(`${server.url}/api/health`)).headers.get('strict-transport-security')).toBeNull();
});
