import { expect, test } from 'vitest';
import { createChangeLog } from '../../../server/platform/changes.ts';
import { fixedClock } from '../../../server/platform/clock.ts';
import { createEventHub, REPLAY_LIMIT, type EventHubOptions } from '../../../server/platform/events.ts';
import { make, NOW } from '../../helpers/make.ts';

async function makeHub(options: EventHubOptions = {}) {
  const db = await make.database();
  const log = await createChangeLog(db, fixedClock(NOW));
  const hub = createEventHub(log, options);
  const place = (more = {}) =>
    log.commit(make.changeId(), 'placeRelic', async () => ({ change: make.change(more), outcome: null }));
  return { db, log, hub, place };
}

const anybody = { sessionId: null, sees: () => true };

interface Heard {
  event: string;
  id: string | null;
  data: { seq: number };
}

/** Reads a stream until it has `count` events. */
async function read(stream: ReadableStream<Uint8Array>, count: number): Promise<Heard[]> {
  const reader = stream.getReader();
  let text = '';
  for (;;) {
    const frames = text.split('\n\n').slice(0, -1);
    const events = frames.filter((frame) => frame.includes('event: '));
    if (events.length >= count) {
      reader.releaseLock();
      return events.map(parse);
    }
    const { done, value } = await reader.read();
    if (done) throw new Error(`the stream ended after ${events.length} events`);
    text += new TextDecoder().decode(value);
  }
}

function parse(frame: string): Heard {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1] ?? null;
  return { event: field('event') ?? '', id: field('id'), data: JSON.parse(field('data') ?? 'null') };
}
const short = (heard: Heard[]) => heard.map(({ event, id, data }) => `${event} ${id} ${data.seq}`);

test('a new listener is greeted with the head and told what happens next', async () => {
  const { hub, place } = await makeHub();
  await place();
  const stream = hub.open(null, anybody);
  const first = await read(stream, 1);
  await place();
  expect(short([...first, ...(await read(stream, 1))])).toEqual(['hello 1 1', 'change 2 2']);
});

test('a listener that comes back is told what it missed, in order', async () => {
  const { hub, place } = await makeHub();
  for (let n = 0; n < 4; n++) await place();
  expect(short(await read(hub.open(2, anybody), 3))).toEqual(['hello 2 4', 'change 3 3', 'change 4 4']);
});

test('what happens while the past is being replayed comes once, and in its place', async () => {
  const { hub, place } = await makeHub();
  for (let n = 0; n < 5; n++) await place();
  const stream = hub.open(0, anybody);
  const [heard] = await Promise.all([read(stream, 9), place(), place(), place()]);
  expect(heard.slice(1).map(({ data }) => data.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('an id from another life of the database is answered with reset', async () => {
  const { hub, place } = await makeHub();
  await place();
  expect(short(await read(hub.open(7, anybody), 2))).toEqual(['hello 1 1', 'reset 1 1']);
});

test('too much missed is answered with reset instead of a replay', async () => {
  const { db, hub } = await makeHub();
  const many = REPLAY_LIMIT + 1;
  await db.transaction((tx) =>
    tx.script(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${many})
       INSERT INTO change SELECT i, 'id' || i, '', '', '', '', '', 0, '[]', '{}', '', '', '', '', '', '', NULL FROM n;`,
    ),
  );
  expect(short(await read(hub.open(0, anybody), 2))).toEqual([`hello ${many} ${many}`, `reset ${many} ${many}`]);
});

/** Reads until a heartbeat: only a stream that has caught up with the past and follows the present has one. */
async function untilLive(stream: ReadableStream<Uint8Array>): Promise<void> {
  const reader = stream.getReader();
  for (;;) if (new TextDecoder().decode((await reader.read()).value) === ':\n\n') break;
  reader.releaseLock();
}

test('a reader that does not read is cut off, and the others go on', async () => {
  const { hub, place } = await makeHub({ queueBytes: 2000, heartbeatMs: 10 });
  let cutOff = 0;
  const slow = hub.open(null, anybody, () => cutOff++);
  const quick = hub.open(null, anybody);
  await Promise.all([untilLive(slow), untilLive(quick)]);
  const heard = read(quick, 30);
  for (let n = 0; n < 30; n++) await place();
  expect((await heard).at(-1)?.data.seq).toBe(30);
  expect([cutOff, hub.listeners]).toEqual([1, 1]);
  hub.close();
});

test('a cancelled stream is forgotten', async () => {
  const { hub } = await makeHub();
  await hub.open(null, anybody).cancel();
  expect(hub.listeners).toBe(0);
});

test('a quiet stream has a heart', async () => {
  const { hub } = await makeHub({ heartbeatMs: 10 });
  const reader = hub.open(null, anybody).getReader();
  await reader.read();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe(':\n\n');
  hub.close();
});

test('closing ends every stream and takes no new one', async () => {
  const { hub } = await makeHub();
  const reader = hub.open(null, anybody).getReader();
  await reader.read();
  const waiting = reader.read();
  hub.close();
  expect((await waiting).done).toBe(true);
  expect(() => hub.open(null, anybody)).toThrow('overloaded');
});

test('more listeners than the server can hold are refused', async () => {
  const { hub } = await makeHub({ mostListeners: 1 });
  hub.open(null, anybody);
  expect(() => hub.open(null, anybody)).toThrow('overloaded');
});

test('visitors cannot take the places of those who have an account', async () => {
  const { hub } = await makeHub({ mostListeners: 5 });
  for (let n = 0; n < 4; n++) hub.open(null, anybody);
  expect(() => hub.open(null, anybody)).toThrow('overloaded');
  hub.open(null, { ...anybody, sessionId: 'a session' });
  expect(hub.listeners).toBe(5);
});

test('one network cannot take the places of another, and this machine is no network', async () => {
  const { hub } = await makeHub({ mostOfOne: 2 });
  const from = (network: string) => hub.open(null, { ...anybody, network });
  for (let n = 0; n < 2; n++) from('203.0.113.9');
  expect(() => from('203.0.113.9')).toThrow('overloaded');
  for (let n = 0; n < 3; n++) from('127.0.0.1');
  from('192.0.2.1');
  expect(hub.listeners).toBe(6);
});
