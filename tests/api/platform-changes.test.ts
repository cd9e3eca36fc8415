import { expect, test } from 'vitest';
import { createChangeLog } from '../../server/platform/changes.ts';
import { fixedClock } from '../../server/platform/clock.ts';
import { createEventHub } from '../../server/platform/events.ts';
import { createRoot } from '../../server/platform/http.ts';
import { changeRoutes } from '../../server/platform/routes.ts';
import { createLog } from '../../server/log.ts';
import { make, NOW } from '../helpers/make.ts';

async function makeApp(rows: number) {
  const db = await make.database();
  const changes = await createChangeLog(db, fixedClock(NOW));
  const events = createEventHub(changes);
  const place = (n: number) =>
    changes.commit(make.changeId(), 'placeRelic', async () => ({
      change: make.change({ version: n, diffs: { relics: { update: [{ id: 'th-dd-01' }] } } }),
      outcome: null,
    }));
  for (let n = 1; n <= rows; n++) await place(n);
  const env = make.env();
  const app = createRoot({ env, log: createLog('silent') });
  app.route('/', changeRoutes({ env, changes, events }));
  return { app, place, events };
}

test('the log as JSON, a page at a time', async () => {
  const { app } = await makeApp(3);
  const first = (await (await app.request('/api/changes?limit=2')).json()) as { items: object[]; nextCursor: string };
  const rest = await (await app.request(`/api/changes?after=${first.nextCursor}&limit=2`)).json();
  expect(first).toMatchObject({ items: [{ seq: 1 }, { seq: 2 }], nextCursor: '2' });
  expect(rest).toMatchObject({
    items: [{ seq: 3, diffs: { relics: { update: [{ id: 'th-dd-01' }] } } }],
    nextCursor: null,
  });
});

test('an event says nothing of who, before, after or outcome', async () => {
  const { app } = await makeApp(1);
  const { items } = (await (await app.request('/api/changes')).json()) as { items: object[] };
  expect(Object.keys(items[0] ?? {}).sort()).toEqual(
    ['at', 'changeId', 'diffs', 'kind', 'layers', 'recordId', 'seq', 'verb', 'version'].sort(),
  );
});

test.each(['after=-1', 'after=x', 'after=1e400', 'limit=0', 'limit=501'])('the page %s is refused', async (query) => {
  const { app } = await makeApp(0);
  const answer = await app.request(`/api/changes?${query}`);
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([422, 'invalid_request']);
});

async function firstText(answer: Response, chunks: number): Promise<string> {
  const reader = answer.body?.getReader();
  let text = '';
  for (let n = 0; n < chunks; n++) text += new TextDecoder().decode((await reader?.read())?.value);
  await reader?.cancel();
  return text;
}

test('the log as a stream: hello, what was missed, and not to be stored', async () => {
  const { app } = await makeApp(2);
  const headers = { accept: 'text/event-stream', 'last-event-id': '1' };
  const answer = await app.request('/api/changes', { headers });
  expect([answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
    'text/event-stream; charset=utf-8',
    'no-store',
  ]);
  expect(await firstText(answer, 2)).toMatch(
    /^id: 1\nevent: hello\ndata: {"seq":2}\n\nid: 2\nevent: change\ndata: {"seq":2,.*}\n\n$/,
  );
});

test('a stream may begin after a seq, without a Last-Event-ID', async () => {
  const { app } = await makeApp(2);
  const answer = await app.request('/api/changes?after=1', { headers: { accept: 'text/event-stream' } });
  expect(await firstText(answer, 2)).toContain('event: change\ndata: {"seq":2,');
});

test('a seq the log never gave is answered with reset', async () => {
  const { app } = await makeApp(2);
  const headers = { accept: 'text/event-stream', 'last-event-id': '99' };
  expect(await firstText(await app.request('/api/changes', { headers }), 2)).toContain('id: 2\nevent: reset\n');
});

test('a Last-Event-ID that is no seq is refused', async () => {
  const { app } = await makeApp(0);
  const headers = { accept: 'text/event-stream', 'last-event-id': 'x' };
  const answer = await app.request('/api/changes', { headers });
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([422, 'invalid_request']);
});

test('a server that is stopping refuses new streams', async () => {
  const { app, events } = await makeApp(0);
  events.close();
  const answer = await app.request('/api/changes', { headers: { accept: 'text/event-stream' } });
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([503, 'overloaded']);
});
