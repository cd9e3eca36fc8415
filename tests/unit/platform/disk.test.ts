import { expect, test } from 'vitest';
import { createLog } from '../../../server/log.ts';
import { fixedClock } from '../../../server/platform/clock.ts';
import { StorageError } from '../../../server/platform/database.ts';
import { createDisk, faultOf, type DiskTimes } from '../../../server/platform/disk.ts';
import { Refusal } from '../../../server/platform/refusal.ts';
import { NOW } from '../../helpers/make.ts';

const NEVER = 3_600_000;
const nodeError = (code: string) => Object.assign(new Error(code), { code });

test.each([
  [new StorageError('full', ''), 'full'],
  [nodeError('ENOSPC'), 'full'],
  [nodeError('EDQUOT'), 'full'],
  [new StorageError('io', ''), 'failing'],
  [new StorageError('unwritable', ''), 'failing'],
  [nodeError('EROFS'), 'failing'],
  [nodeError('EIO'), 'failing'],
  [new StorageError('constraint', ''), null],
  [new StorageError('busy', ''), null],
  [nodeError('ENOENT'), null],
  [new Refusal(412, 'changed_meanwhile'), null],
  [new Error('a mistake of ours'), null],
  [null, null],
])('%s is the fault of a disk that is: %s', (error, fault) => {
  expect(faultOf(error)).toBe(fault);
});

/** A disk that takes nothing while `broken`, and how often it was looked at. */
function makeDisk(times: DiskTimes = { everyMs: NEVER, pauseMs: 0 }) {
  const world = { broken: true, looks: 0 };
  const probe = async () => {
    world.looks += 1;
    if (world.broken) throw nodeError('ENOSPC');
  };
  const disk = createDisk({ probe, clock: fixedClock(NOW), log: createLog('silent'), ...times });
  const write = () =>
    disk.write(async () => {
      if (world.broken) throw nodeError('ENOSPC');
      return 'written';
    });
  return { world, disk, write };
}

test('an error of another kind is thrown on, and the server stays writable', async () => {
  const { disk } = makeDisk();
  await expect(disk.write(() => Promise.reject(new Error('ours')))).rejects.toThrow('ours');
  expect([disk.readOnly, disk.refusalFor(new Error('ours'))]).toEqual([null, null]);
});

test('the first failure says when and why, once to each listener', async () => {
  const { disk, write } = makeDisk({ everyMs: NEVER, pauseMs: NEVER });
  const heard: unknown[] = [];
  disk.onChange((state) => heard.push(state));
  for (let n = 0; n < 3; n++) await expect(write()).rejects.toMatchObject({ status: 503, code: 'read_only' });
  expect([disk.readOnly, heard]).toEqual([{ fault: 'full', since: NOW }, [{ fault: 'full', since: NOW }]]);
  disk.close();
});

test('while it is read-only nothing is begun', async () => {
  const { disk, write } = makeDisk();
  await expect(write()).rejects.toMatchObject({ code: 'read_only' });
  let begun = 0;
  await expect(disk.write(async () => (begun += 1))).rejects.toMatchObject({ code: 'read_only' });
  expect(begun).toBe(0);
  disk.close();
});

test('many who want to write look once between them', async () => {
  const { world, disk, write } = makeDisk();
  await expect(write()).rejects.toThrow();
  const all = await Promise.allSettled(Array.from({ length: 50 }, write));
  expect([world.looks, all.every(({ status }) => status === 'rejected')]).toEqual([1, true]);
  disk.close();
});

test('nobody looks sooner than the pause', async () => {
  const { world, disk, write } = makeDisk({ everyMs: NEVER, pauseMs: NEVER });
  await expect(write()).rejects.toThrow();
  world.broken = false;
  await expect(write()).rejects.toMatchObject({ code: 'read_only' });
  expect(world.looks).toBe(0);
  disk.close();
});

test('the next writer finds that there is room, and its write is done', async () => {
  const { world, disk, write } = makeDisk();
  await expect(write()).rejects.toThrow();
  world.broken = false;
  expect([await write(), disk.readOnly]).toEqual(['written', null]);
});

test('it is found without anybody asking', async () => {
  const { world, disk, write } = makeDisk({ everyMs: 5, pauseMs: NEVER });
  await expect(write()).rejects.toThrow();
  const over = new Promise((resolve) => disk.onChange(resolve));
  world.broken = false;
  expect(await over).toBeNull();
  disk.close();
});
