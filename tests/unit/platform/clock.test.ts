import { array, assert, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { createChangeLog } from '../../../server/platform/changes.ts';
import { fixedClock, nextMidnight, steadyInstants, systemClock } from '../../../server/platform/clock.ts';
import { watchDays } from '../../../server/platform/day.ts';
import { createSnapshots } from '../../../server/platform/snapshots.ts';
import { uuidv7 } from '../../../server/platform/uuid.ts';
import { changeIdSchema } from '../../../server/platform/contract.ts';
import { createLog } from '../../../server/log.ts';
import { make } from '../../helpers/make.ts';

test.each([
  ['2022-11-04T16:59:59Z', '2022-11-04'],
  ['2022-11-04T17:00:00Z', '2022-11-05'],
])('at %s it is %s in Hà Nội', (at, day) => {
  expect(fixedClock(at).today()).toBe(day);
});

test.each([
  ['2022-11-04T16:59:59.999Z', '2022-11-04T17:00:00.000Z'],
  ['2022-11-04T17:00:00.000Z', '2022-11-05T17:00:00.000Z'],
])('after %s the next midnight of Hà Nội is %s', (now, midnight) => {
  expect(new Date(nextMidnight(new Date(now))).toISOString()).toBe(midnight);
});

test('a pinned today stands still', () => {
  expect(systemClock('2022-11-04').today()).toBe('2022-11-04');
});

test('a UUIDv7 carries its instant and passes our own contract', () => {
  const id = uuidv7(Date.parse('2022-11-04T03:00:00Z'));
  expect(changeIdSchema.safeParse(id).success).toBe(true);
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.parse('2022-11-04T03:00:00Z'));
});

/** A log whose last change is of the 4th of November, and a server that wakes at `now`. */
async function wake(now: string, today?: string) {
  const db = await make.database();
  const before = await createChangeLog(db, fixedClock('2022-11-04T03:00:00Z'));
  await before.commit(make.changeId(), 'placeRelic', async () => ({ change: make.change(), outcome: null }));
  const clock = fixedClock(now, today);
  const changes = await createChangeLog(db, clock);
  const parts = { db, changes, clock, snapshots: createSnapshots(), log: createLog('silent') };
  const stop = await watchDays(parts);
  stop();
  return { changes, parts };
}

test('a server that slept through midnight turns the day when it wakes', async () => {
  const { changes } = await wake('2022-11-06T01:00:00Z');
  expect(await changes.since(1, 10)).toMatchObject([{ verb: 'dayTurned', kind: 'day', recordId: '2022-11-06' }]);
});

test('a day is turned once', async () => {
  const { changes, parts } = await wake('2022-11-06T01:00:00Z');
  (await watchDays(parts))();
  expect(await changes.head()).toBe(2);
});

test('the same day is not turned', async () => {
  const { changes } = await wake('2022-11-04T10:00:00Z');
  expect(await changes.head()).toBe(1);
});

test('a clock that was set back turns nothing', async () => {
  const { changes } = await wake('2022-11-01T10:00:00Z');
  expect(await changes.head()).toBe(1);
});

test('turning the day makes every snapshot anew', async () => {
  const db = await make.database();
  const before = await createChangeLog(db, fixedClock('2022-11-04T03:00:00Z'));
  await before.commit(make.changeId(), 'placeRelic', async () => ({ change: make.change(), outcome: null }));
  const clock = fixedClock('2022-11-05T03:00:00Z');
  const snapshots = createSnapshots();
  const old = await snapshots.get('wards', async () => 1);
  const changes = await createChangeLog(db, clock);
  (await watchDays({ db, changes, clock, snapshots, log: createLog('silent') }))();
  expect(snapshots.holds(old)).toBe(false);
});

test('a server whose clock goes back and comes again turns each day once, and loses none', async () => {
  const db = await make.database();
  const clock = make.clock('2022-11-04T03:00:00Z');
  const changes = await createChangeLog(db, clock);
  await changes.commit(make.changeId(), 'placeRelic', async () => ({ change: make.change(), outcome: null }));
  const snapshots = createSnapshots();
  let looked = 0;
  snapshots.onDrop(() => (looked += 1));
  const stop = await watchDays({ db, changes, clock, snapshots, log: createLog('silent') }, 1);
  // A day on, back and on again, and the next; a month ahead by mistake and back, and the next day as it comes.
  for (const days of [1, -1, 1, 1, 30, -30, 1]) {
    const before = looked;
    clock.pass(days * 86_400_000);
    await expect.poll(() => looked).toBe(before + 1);
  }
  await expect.poll(() => changes.head()).toBe(5);
  stop();
  const turned = (await changes.since(1, 10)).map(({ recordId }) => recordId);
  expect(turned).toEqual(['2022-11-05', '2022-11-06', '2022-12-06', '2022-11-07']);
});

/** A wall that jumps and a count that only counts; both in milliseconds. */
function jumping() {
  const world = { wall: Date.parse('2022-11-04T03:00:00Z'), elapsed: 0 };
  const now = steadyInstants(
    () => world.wall,
    () => world.elapsed,
  );
  const pass = (elapsed: number, jump = 0) => {
    world.elapsed += elapsed;
    world.wall += elapsed + jump;
    return now().toISOString();
  };
  return { now, pass };
}

test('instants go on by the time that passed when the clock was set back, and follow it when it has caught up', () => {
  const { pass } = jumping();
  expect([pass(1000), pass(1000, -3_600_000), pass(1000), pass(0, 7_200_000)]).toEqual([
    '2022-11-04T03:00:01.000Z',
    '2022-11-04T03:00:02.000Z',
    '2022-11-04T03:00:03.000Z',
    '2022-11-04T04:00:03.000Z',
  ]);
});

test('whatever the clock does, instants never go back and never stand still while time passes', () => {
  const step = record({ elapsed: integer({ min: 0, max: 10_000_000 }), jump: integer({ min: -1e9, max: 1e9 }) });
  assert(
    property(array(step, { maxLength: 50 }), (steps) => {
      const { now, pass } = jumping();
      let last = now().getTime();
      for (const { elapsed, jump } of steps) {
        const next = Date.parse(pass(elapsed, jump));
        expect(next).toBeGreaterThanOrEqual(last + elapsed);
        last = next;
      }
    }),
  );
});
