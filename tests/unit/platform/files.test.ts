import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesFolder, openFiles, sweepFiles } from '../../../server/platform/files.ts';
import { make } from '../../helpers/make.ts';

test('a file comes back by the hash of its bytes', async () => {
  const files = openFiles(make.env());
  const bytes = make.noise(5000);
  expect(await files.read(await files.keep(bytes))).toEqual(bytes);
});

test('the same file twice is one file, and nothing unfinished is left', async () => {
  const env = make.env();
  const files = openFiles(env);
  const bytes = make.noise(100);
  const [first, second] = [await files.keep(bytes), await files.keep(bytes)];
  expect([first === second, readdirSync(filesFolder(env))]).toEqual([true, [first.slice(0, 2)]]);
});

test('a byte that changed on the disk is not handed out', async () => {
  const env = make.env();
  const files = openFiles(env);
  const sha256 = await files.keep(make.noise(100));
  const path = join(filesFolder(env), sha256.slice(0, 2), sha256);
  const bytes = readFileSync(path);
  bytes[50]! ^= 1;
  writeFileSync(path, bytes);
  expect(await files.read(sha256)).toBeNull();
});

test.each(['', '../../etc/passwd', 'f'.repeat(63), 'F'.repeat(64)])('"%s" is no name of a file', async (name) => {
  expect(await openFiles(make.env()).read(name)).toBeNull();
});

test('what a killed server left half written is swept away; whole files, and what is being written, stay', async () => {
  const env = make.env();
  const kept = await openFiles(env).keep(make.noise(100));
  mkdirSync(filesFolder(env), { recursive: true });
  for (const [name, minutesAgo] of [
    ['.unfinished-old', 2],
    ['.unfinished-now', 0],
  ] as const) {
    const path = join(filesFolder(env), name);
    writeFileSync(path, 'half');
    const at = Date.now() / 1000 - minutesAgo * 60;
    utimesSync(path, at, at);
  }
  expect(await sweepFiles(env)).toBe(1);
  expect(readdirSync(filesFolder(env)).sort()).toEqual([kept.slice(0, 2), '.unfinished-now'].sort());
  expect(await openFiles(env).read(kept)).not.toBeNull();
});
