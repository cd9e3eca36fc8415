import { get } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../server/log.ts';
import { startServer, type StartedServer } from '../../server/main.ts';
import { make } from '../helpers/make.ts';

async function serve(more: Parameters<typeof make.env>[0] = {}): Promise<StartedServer> {
  const server = await startServer(make.env(more), { log: createLog('silent') });
  onTestFinished(() => server.close());
  return server;
}

/** The headers that must be the same however an answer comes about. */
async function answerOf(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers });
  const kept = [...response.headers].filter(
    ([name]) => !['date', 'connection', 'keep-alive', 'x-request-id'].includes(name),
  );
  return { status: response.status, headers: Object.fromEntries(kept), body: await response.text() };
}

test('the fast lane answers as the routes do', async () => {
  const { url } = await serve();
  const first = await answerOf(`${url}/api/layers/wards`, { 'accept-encoding': 'br' });
  const second = await fetch(`${url}/api/layers/wards`, { headers: { 'accept-encoding': 'br' } });
  expect(second.headers.get('x-request-id')).toBeNull();
  expect(await answerOf(`${url}/api/layers/wards`, { 'accept-encoding': 'br' })).toEqual(first);
});

test('the fast lane answers 304', async () => {
  const { url } = await serve();
  const { headers } = await answerOf(`${url}/api/layers/wards`);
  const again = await answerOf(`${url}/api/layers/wards`, { 'if-none-match': headers['etag'] ?? '' });
  expect([again.status, again.body]).toEqual([304, '']);
});

test('the fast lane forgets what a change has made untrue', async () => {
  const { url, services } = await serve();
  await answerOf(`${url}/api/layers/wards`);
  services.snapshots.drop('');
  const answer = await fetch(`${url}/api/layers/wards`);
  expect(answer.headers.get('x-request-id')).not.toBeNull();
});

test('a server with PUBLIC=off has no fast lane', async () => {
  const { url } = await serve({ public: false });
  const answer = await answerOf(`${url}/api/layers/wards`);
  expect([answer.status, JSON.parse(answer.body).code]).toEqual([403, 'not_permitted']);
});

test('a request that is none is a problem too', async () => {
  const { port } = await serve();
  const text = await new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('GARBAGE\r\n\r\n'));
    let said = '';
    socket.on('data', (chunk) => (said += chunk)).on('close', () => resolve(said));
  });
  expect(text).toMatch(/^HTTP\/1.1 400 [^]*"code":"invalid_request"/);
});

const place = ({ services }: StartedServer, note = '') =>
  services.changes.commit(make.changeId(), 'placeRelic', async () => ({
    change: make.change({ diffs: { relics: { update: [{ note }] } } }),
    outcome: null,
  }));

/** Resolves with the time at which a listener has heard a change that says `word`. */
function listen(url: string, word: string): { ready: Promise<void>; heard: Promise<number> } {
  let onReady: () => void;
  const ready = new Promise<void>((resolve) => (onReady = resolve));
  const heard = new Promise<number>((resolve) => {
    const asking = get(`${url}/api/changes`, { headers: { accept: 'text/event-stream' }, agent: false }, (response) => {
      let text = '';
      response.on('error', () => undefined);
      response.on('data', (chunk: Buffer) => {
        text = text.slice(-word.length) + String(chunk);
        onReady();
        if (text.includes(word)) resolve(performance.now());
      });
    });
    asking.on('error', () => undefined);
    onTestFinished(() => void asking.destroy());
  });
  return { ready, heard };
}

test('a hundred listeners hear of a change', async () => {
  const server = await serve();
  const listeners = Array.from({ length: 100 }, () => listen(server.url, 'the one'));
  await Promise.all(listeners.map(({ ready }) => ready));
  await place(server, 'the one');
  expect(await Promise.all(listeners.map(({ heard }) => heard))).toHaveLength(100);
});

test('a reader that does not read is cut off, and the others hear everything', async () => {
  const server = await serve();
  const slow = connect(server.port, '127.0.0.1');
  onTestFinished(() => void slow.destroy());
  slow.pause();
  slow.write('GET /api/changes HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n');
  const quick = listen(server.url, 'the last');
  await quick.ready;
  await expect.poll(() => server.services.events.listeners).toBe(2);
  const large = 'x'.repeat(400_000);
  // The kernel's own buffers take some megabytes first.
  for (let n = 0; n < 60 && server.services.events.listeners > 1; n++) await place(server, large);
  await place(server, 'the last');
  await quick.heard;
  expect(server.services.events.listeners).toBe(1);
});

test('a reader that stops in the middle of what it missed holds neither the others nor a writer', async () => {
  const server = await serve();
  const large = 'x'.repeat(200_000);
  for (let n = 0; n < 60; n++) await place(server, large);
  const stuck = connect(server.port, '127.0.0.1');
  onTestFinished(() => void stuck.destroy());
  stuck.pause();
  stuck.write('GET /api/changes?after=1 HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n');
  const quick = listen(server.url, 'the one');
  await quick.ready;
  await expect.poll(() => server.services.events.listeners).toBe(2);
  const begun = performance.now();
  await place(server, 'the one');
  const written = performance.now();
  const heard = await quick.heard;
  // Generous: it is the seconds of a wait for somebody that would show.
  expect([written - begun < 2000, heard - written < 2000]).toEqual([true, true]);
});

test('a reader that vanished without a word is forgotten, and the others hear on', async () => {
  const server = await serve();
  const gone = connect(server.port, '127.0.0.1');
  gone.on('error', () => undefined);
  gone.write('GET /api/changes HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n');
  const quick = listen(server.url, 'the one');
  await quick.ready;
  await expect.poll(() => server.services.events.listeners).toBe(2);
  gone.resetAndDestroy();
  await place(server, 'the one');
  await quick.heard;
  await expect.poll(() => server.services.events.listeners).toBe(1);
});

test('closing ends event streams at once', async () => {
  const server = await startServer(make.env(), { log: createLog('silent') });
  const { ready } = listen(server.url, 'never');
  await ready;
  const begun = performance.now();
  await server.close();
  expect(performance.now() - begun).toBeLessThan(2000);
});
