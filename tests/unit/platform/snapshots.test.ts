import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createSnapshots } from '../../../server/platform/snapshots.ts';

const value = (n: number) => async () => ({ n });

test('a snapshot is made once for however many readers', async () => {
  const snapshots = createSnapshots();
  let made = 0;
  const make = async () => ({ made: ++made });
  const [a, b] = await Promise.all([snapshots.get('relics', make), snapshots.get('relics', make)]);
  expect(a).toBe(b);
  expect(made).toBe(1);
});

test('both encodings hold the body', async () => {
  const { body, br, gzip } = await createSnapshots().get('x', value(1));
  expect([brotliDecompressSync(br), gunzipSync(gzip)].map(String)).toEqual([String(body), '{"n":1}']);
});

test('the tag follows the content', async () => {
  const snapshots = createSnapshots();
  const one = await snapshots.get('x@1', value(1));
  const two = await snapshots.get('x@2', value(2));
  const again = await snapshots.get('x@3', value(1));
  expect([one.etag === two.etag, one.etag === again.etag]).toEqual([false, true]);
});

test('a dropped snapshot is made anew', async () => {
  const snapshots = createSnapshots();
  await snapshots.get('relics@1', value(1));
  snapshots.drop('relics');
  expect(String((await snapshots.get('relics@1', value(2))).body)).toBe('{"n":2}');
});

test('a drop leaves other keys alone', async () => {
  const snapshots = createSnapshots();
  await snapshots.get('wards', value(1));
  snapshots.drop('relics');
  expect(String((await snapshots.get('wards', value(2))).body)).toBe('{"n":1}');
});

test('what was dropped while it was being made is not kept', async () => {
  const snapshots = createSnapshots();
  const old = snapshots.get('relics', value(1));
  snapshots.drop('relics');
  const fresh = await snapshots.get('relics', value(2));
  expect([snapshots.holds(await old), snapshots.holds(fresh)]).toEqual([false, true]);
});

test('a making that fails is tried again', async () => {
  const snapshots = createSnapshots();
  await expect(snapshots.get('x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(String((await snapshots.get('x', value(2))).body)).toBe('{"n":2}');
});
