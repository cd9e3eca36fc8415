/** `atlas backup` and `atlas restore` as a person runs them, beside a real server. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { make } from '../helpers/make.ts';
import { startServer } from '../helpers/server.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

// The first start builds what is older than its sources.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });
beforeAll(() => atlas(['help'], {}));

function atlas(args: string[], env: Record<string, string>) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { cwd: ROOT, env: { ...process.env, ...env } };
    execFile(process.execPath, ['server/start.mjs', '--cli', ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

const headOf = (stdout: string) => /[0-9a-f]{64}/.exec(stdout)?.[0];

test('backed up beside a running server, refused while it runs, put back when it has stopped', async () => {
  const dataDir = make.folder();
  const file = join(make.folder(), 'b.tar');
  const env = { DATA_DIR: dataDir };
  const server = await startServer({ dataDir });
  onTestFinished(() => server.stop().catch(() => undefined));
  const made = await atlas(['backup', file], env);
  expect([made.code, made.stderr]).toEqual([0, '']);

  const early = await atlas(['restore', file], env);
  expect([early.code, early.stderr.trimEnd().split('\n')]).toEqual([
    1,
    [expect.stringContaining('Stop the server first (backup_in_use')],
  ]);

  await server.stop();
  const restored = await atlas(['restore', file], env);
  expect([restored.code, restored.stderr]).toEqual([0, '']);
  expect(headOf(restored.stdout)).toBe(headOf(made.stdout));
  expect(restored.stdout).toContain('atlas.sqlite.before-restore-');
  // The log tells that it was put back: one row more than the backup had.
  const verified = await atlas(['audit', 'verify'], env);
  const rows = (text: string) => Number(/(?:row|whole:) (\d+)/.exec(text)?.[1]);
  expect(rows(verified.stdout)).toBe(rows(made.stdout) + 1);
});

test('a server killed without warning holds nothing', async () => {
  const dataDir = make.folder();
  const file = join(make.folder(), 'b.tar');
  const server = await startServer({ dataDir });
  onTestFinished(() => server.kill().catch(() => undefined));
  expect((await atlas(['backup', file], { DATA_DIR: dataDir })).code).toBe(0);
  await server.kill();
  expect((await atlas(['restore', file], { DATA_DIR: dataDir })).code).toBe(0);
});

describe('one plain line, exit 1', () => {
  test.each([
    [['backup'], 'One file name is needed'],
    [['restore', '/nowhere/b.tar'], 'The file cannot be read'],
    [['backup', '/nowhere/b.tar'], 'There is no database yet'],
  ])('%j', async (args, words) => {
    const { code, stderr } = await atlas(args, { DATA_DIR: make.folder() });
    expect([code, stderr.trimEnd().split('\n').length, stderr]).toEqual([1, 1, expect.stringContaining(words)]);
  });

  test('a damaged backup leaves the database as it was', async () => {
    const dataDir = make.folder();
    const env = { DATA_DIR: dataDir };
    await (await make.database({ path: join(dataDir, 'atlas.sqlite') })).close();
    const file = join(make.folder(), 'b.tar');
    await atlas(['backup', file], env);
    const bytes = readFileSync(file);
    bytes[30_000] = (bytes[30_000] as number) ^ 4;
    writeFileSync(file, bytes);
    const before = readFileSync(join(dataDir, 'atlas.sqlite'));
    const { code, stderr } = await atlas(['restore', file], env);
    expect([code, stderr.trimEnd().split('\n')]).toEqual([1, [expect.stringContaining('The backup is damaged')]]);
    expect(readFileSync(join(dataDir, 'atlas.sqlite')).equals(before)).toBe(true);
  });
});
