/** `atlas privacy purge` as a person runs it, beside a real server. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { readMonths } from '../../server/commands/privacy.ts';
import { peekDatabase } from '../../server/platform/database.ts';
import { make } from '../helpers/make.ts';
import { startServer } from '../helpers/server.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

// The first start builds what is older than its sources.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });
beforeAll(() => atlas(['help'], ''));

function atlas(args: string[], dataDir: string) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { cwd: ROOT, env: { ...process.env, DATA_DIR: dataDir } };
    execFile(process.execPath, ['server/start.mjs', '--cli', ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}
const purge = (dataDir: string, ...args: string[]) => atlas(['privacy', 'purge', ...args], dataDir);

/** One person whose case began ten years ago, told of in the log too, and one of today. */
async function clinic(): Promise<string> {
  const dataDir = make.folder();
  // The command knows the real clock only: the log is of today, so that the retention reaches the old case by its onset.
  const services = await make.services({ env: { dataDir }, now: new Date().toISOString() });
  const old = await make.dengueCase(services, { onsetOn: '2012-11-03' }, { name: 'Zqold Văn Dấu' });
  const fresh = await make.dengueCase(services, { onsetOn: services.clock.today() }, { name: 'Zqnew Thị' });
  for (const { id } of [old, fresh]) {
    await services.changes.commit(make.changeId(), 'editCase', async () => ({
      change: make.change({ kind: 'case', verb: 'editCase', recordId: id, privateAfter: { words: `zq-${id}` } }),
      outcome: null,
    }));
  }
  await services.close();
  return dataDir;
}

const look = (dataDir: string) =>
  peekDatabase({ path: join(dataDir, 'atlas.sqlite') }, async (reader) => ({
    persons: await reader.all<{ name: string }>('SELECT name FROM dengue_person'),
    purges: await reader.all<{ actor: string; after: string }>(
      "SELECT actor, after FROM change WHERE verb = 'purgePersons'",
    ),
    digests: await reader.all<{ digest: string; after: string | null }>('SELECT digest, after FROM change_private'),
  }));

const bytesOf = (dataDir: string) =>
  ['atlas.sqlite', 'atlas.sqlite-wal']
    .map((name) => join(dataDir, name))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path).toString('latin1'))
    .join('');

test('purges beside a running server: counted first, then gone from the file, digests and chain kept', async () => {
  const dataDir = await clinic();
  const server = await startServer({ dataDir });
  onTestFinished(() => server.stop());

  const counted = await purge(dataDir, '--older-than', '5y', '--dry-run');
  expect([counted.code, counted.stderr, counted.stdout.trimEnd().split('\n')]).toEqual([
    0,
    '',
    [expect.stringMatching(/Would remove, before \d{4}-\d\d-\d\d, nothing done: 1 người \/ persons, 1 lời riêng/)],
  ]);
  expect((await look(dataDir))?.purges).toEqual([]);
  expect(bytesOf(dataDir)).toContain('Zqold');

  const { code, stdout, stderr } = await purge(dataDir, '--older-than', 'P5Y');
  expect([code, stderr, stdout.trimEnd().split('\n')]).toEqual([
    0,
    '',
    [expect.stringMatching(/Removed: 1 người \/ persons, 1 lời riêng .+ \(dòng \/ row \d+\)$/)],
  ]);
  const found = await look(dataDir);
  expect(found?.persons).toEqual([{ name: 'Zqnew Thị' }]);
  expect(found?.purges).toEqual([{ actor: 'cli', after: expect.stringContaining('"olderThanMonths":60') }]);
  expect(found?.digests.map(({ digest, after }) => [digest.length, after === null])).toEqual([
    [64, true],
    [64, false],
  ]);
  // In no free page, and not in the write-ahead log.
  expect(bytesOf(dataDir)).not.toMatch(/Zqold/);
  expect((await atlas(['audit', 'verify'], dataDir)).code).toBe(0);
  // The server beside it goes on.
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
});

describe('one plain line, exit 1', () => {
  test.each([
    [[], 'A retention is needed'],
    [['--older-than', 'yesterday'], 'No such duration: yesterday'],
    [['--older-than', '0m'], 'From 1 to 1,200 months'],
    [['--older-than'], 'A value is missing'],
    [['--older-than', '2y', '--force'], 'No such option: --force'],
    [['everything', '--older-than', '2y'], 'Too much: everything'],
  ])('%j', async (args, words) => {
    const { code, stderr } = await purge(make.folder(), ...args);
    expect([code, stderr.trimEnd().split('\n').length, stderr]).toEqual([1, 1, expect.stringContaining(words)]);
  });
});

test.each([
  ['24m', 24],
  ['2y', 24],
  ['P2Y', 24],
  ['P18M', 18],
  ['p1y6m', 18],
  ['24', null],
  ['30d', null],
  ['-2y', null],
  ['P', null],
  ['1y6m', null],
])('%s is read as %s months', (text, months) => {
  expect(readMonths(text)).toBe(months);
});
