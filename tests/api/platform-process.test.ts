/** The server as a process: what it says and how it ends when it cannot begin, and when it is told to stop. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { migrations } from '../../server/platform/migrate.ts';
import { make } from '../helpers/make.ts';
import { freePort, startExpectingExit, startServer } from '../helpers/server.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

// The first start builds what is older than its sources.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });
beforeAll(() => atlas(['help']));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function atlas(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env: { ...process.env, ...env } };
    execFile(process.execPath, ['server/start.mjs', '--cli', ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

/** A migrated database in a folder of its own, changed by `sql` behind the program's back. */
async function folderWith(sql = ''): Promise<{ dataDir: string; path: string }> {
  const dataDir = make.folder();
  const path = join(dataDir, 'atlas.sqlite');
  const db = await make.database({ path });
  if (sql) await db.transaction((tx) => tx.script(sql));
  await db.close();
  return { dataDir, path };
}

describe('one plain line, exit 1, and the database as it was', () => {
  async function refused(options: { dataDir?: string; port?: number; env?: Record<string, string> }) {
    const { code, output } = await startExpectingExit({
      port: options.port ?? (await freePort()),
      dataDir: options.dataDir ?? make.folder(),
      ...(options.env && { env: options.env }),
    });
    const lines = output.trimEnd().split('\n');
    expect({ code, lines: lines.length, output }).toMatchObject({ code: 1, lines: 1 });
    return lines[0];
  }

  test('a bad value of the environment', async () => {
    expect(await refused({ env: { UNITS: '2025' } })).toMatch(
      /^UNITS: phải là .+ \/ must be 1995-10-28 or 2025-07-01$/,
    );
  });

  test('an occupied port, before the database is opened', async () => {
    const { dataDir, path } = await folderWith();
    const port = await freePort();
    const occupier = createServer();
    onTestFinished(() => void occupier.close());
    await new Promise<void>((resolve) => occupier.listen(port, '127.0.0.1', resolve));
    const before = sha256(path);
    expect(await refused({ dataDir, port })).toContain(`The port is taken: 127.0.0.1:${port}`);
    expect(sha256(path)).toBe(before);
  });

  test('an address that is not of this machine', async () => {
    expect(await refused({ env: { HOST: '203.0.113.7' } })).toContain('HOST: ');
  });

  test('a certificate that is none', async () => {
    const file = join(make.folder(), 'cert.pem');
    writeFileSync(file, 'no certificate');
    expect(await refused({ env: { TLS_CERT: file, TLS_KEY: file } })).toContain('TLS_CERT, TLS_KEY: ');
  });

  test('a folder that cannot be written', async () => {
    const file = join(make.folder(), 'file');
    writeFileSync(file, '');
    expect(await refused({ dataDir: join(file, 'data') })).toContain('DATA_DIR: ');
  });

  async function damagedFolder(): Promise<{ dataDir: string; path: string; backupDir: string }> {
    const { dataDir, path } = await folderWith();
    const backupDir = make.folder();
    const env = { DATA_DIR: dataDir };
    // By the time the backups state, not by their names; and what is none is passed over.
    for (const name of ['b first.tar', 'a last.tar'])
      expect((await atlas(['backup', join(backupDir, name)], env)).code).toBe(0);
    writeFileSync(join(backupDir, 'notes.txt'), 'no backup');
    const bytes = readFileSync(path);
    make.noise(3000).copy(bytes, 4096);
    writeFileSync(path, bytes);
    return { dataDir, path, backupDir };
  }

  test('a damaged page, with the command that puts the newest backup back', async () => {
    const { dataDir, path, backupDir } = await damagedFolder();
    const before = sha256(path);
    const line = await refused({ dataDir, env: { BACKUP_DIR: backupDir } });
    expect(line).toContain(`The database is damaged, restore a backup: ${path}. `);
    const [, command = ''] = /Run: (.+)$/.exec(line ?? '') ?? [];
    expect(command).toBe(`DATA_DIR=${dataDir} npm run -s atlas -- restore '${backupDir}/a last.tar'`);
    expect(sha256(path)).toBe(before);
    // Pasted as it stands, it brings the server back.
    execFileSync('sh', ['-c', command], { cwd: ROOT, stdio: 'pipe' });
    const server = await startServer({ dataDir });
    await server.stop();
  });

  test('a damaged page and no backup to be found', async () => {
    const { dataDir, path } = await damagedFolder();
    const before = sha256(path);
    expect(await refused({ dataDir })).toMatch(/a backup: DATA_DIR=\S+ npm run -s atlas -- restore FILE$/);
    expect(sha256(path)).toBe(before);
  });

  test.each([
    ['newer', `INSERT INTO schema_migration VALUES (${migrations.length + 1}, 'x', 'x', 'x', 'x')`, 'is newer than'],
    ['half-migrated', `PRAGMA user_version = ${migrations.length + 1}`, 'was migrated only halfway'],
    ['altered', 'DROP TRIGGER change_stays', 'was altered'],
  ])('a database that is %s', async (_name, sql, words) => {
    const { dataDir, path } = await folderWith(sql);
    const before = sha256(path);
    expect(await refused({ dataDir })).toContain(words);
    expect(sha256(path)).toBe(before);
  });
});

test('SIGTERM ends a server with an open stream: exit 0 at once, and the stream has ended', async () => {
  const port = await freePort();
  const child = spawn(process.execPath, ['server/start.mjs'], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), DATA_DIR: make.folder() },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  const stream = await fetch(`http://127.0.0.1:${port}/api/changes`, { headers: { accept: 'text/event-stream' } });
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  // The head of the answer comes before the greeting: a server told to stop in between has greeted nobody.
  expect((await reader.read()).value).toContain('event: hello');
  const begun = performance.now();
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  // Not after the 3 s that requests under way are given: the stream has ended, its connection is idle.
  expect(performance.now() - begun).toBeLessThan(3000);
  while (!(await reader.read()).done);
});

test('the server says its address in one line', async () => {
  const server = await startServer({ demo: true });
  onTestFinished(() => server.stop());
  await vi.waitFor(() => expect(server.output()).toBe(`Bản đồ số Tây Hồ: ${server.url}\n`));
});

test('without an account a second line gives the link of the first administrator, a new one at every start', async () => {
  const server = await startServer();
  onTestFinished(() => server.stop());
  const link = () =>
    new RegExp(`^.+ / .+: ${server.url}/#link=([\\w-]{43})\\n$`).exec(server.output().split(/(?<=\n)/)[1] ?? '')?.[1];
  await vi.waitFor(() => expect(link()).toBeDefined());
  const first = link();
  await server.restart();
  await vi.waitFor(() => expect(link()).toBeDefined());
  const look = async (token?: string) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${server.url}/api/session/link`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ token }),
    });
    return answer.status;
  };
  expect([await look(first), await look(link())]).toEqual([410, 200]);
});

describe('the command line', () => {
  test('an unknown verb', async () => {
    const { code, stdout, stderr } = await atlas(['nonsense']);
    expect([code, stdout, stderr.trimEnd().split('\n').length]).toEqual([1, '', 1]);
  });

  test('help in both languages', async () => {
    const { code, stdout } = await atlas(['help']);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/audit verify \[--head HASH@SEQ\]\n +Kiểm tra .+\n +Checks /),
    ]);
  });

  test('audit verify on a whole log', async () => {
    const { dataDir } = await folderWith();
    expect(await atlas(['audit', 'verify'], { DATA_DIR: dataDir })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('The log is whole: 0'),
    });
  });

  test('audit verify on a row that was altered by somebody who put the triggers back', async () => {
    const dataDir = make.folder();
    const { services, close } = await make.app({ env: { dataDir } });
    await services.changes.commit(make.changeId(), 'placeRelic', async () => ({
      change: make.change(),
      outcome: null,
    }));
    const seq = await services.changes.head();
    const trigger = await services.db.get<{ sql: string }>(
      "SELECT sql FROM sqlite_schema WHERE name = 'change_is_final'",
    );
    await services.db.transaction((tx) =>
      tx.script(
        `DROP TRIGGER change_is_final; UPDATE change SET actor = 'nobody' WHERE seq = ${seq}; ${trigger?.sql};`,
      ),
    );
    await close();
    const { code, stderr } = await atlas(['audit', 'verify'], { DATA_DIR: dataDir });
    expect([code, stderr]).toEqual([1, expect.stringContaining(`was altered (row ${seq})`)]);
  });

  test('audit verify with the head of a report that knew more rows', async () => {
    const { dataDir } = await folderWith();
    const printed = `${'5f'.repeat(32)}@7`;
    const { code, stderr } = await atlas(['audit', 'verify', '--head', printed], { DATA_DIR: dataDir });
    expect([code, stderr]).toEqual([1, expect.stringContaining('is cut off, with all after it (row 1)')]);
  });

  test('audit verify with a head nobody can read', async () => {
    const { dataDir } = await folderWith();
    const { code, stderr } = await atlas(['audit', 'verify', '--head', 'yesterday'], { DATA_DIR: dataDir });
    expect([code, stderr]).toEqual([1, expect.stringContaining('The head is not readable: yesterday')]);
  });

  test('audit verify without a database', async () => {
    const { code, stderr } = await atlas(['audit', 'verify'], { DATA_DIR: make.folder() });
    expect([code, stderr]).toEqual([1, expect.stringContaining('There is no database yet')]);
  });

  test('doctor', async () => {
    const { dataDir } = await folderWith();
    const { code, stdout } = await atlas(['doctor'], { DATA_DIR: dataDir });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/schema +\d+\nquick_check +ok\n/)]);
  });

  test('user add, list, passwd and disable, with a link instead of a password', async () => {
    const env = { DATA_DIR: make.folder(), PORT: '8315' };
    const added = await atlas(
      ['user', 'add', 'can.bo', '--name', 'Cán bộ', '--roles', 'health,viewer', '--scope', '00109@1995-10-28'],
      env,
    );
    expect([added.code, added.stdout]).toEqual([
      0,
      expect.stringMatching(/^can\.bo: http:\/\/127\.0\.0\.1:8315\/#link=[\w-]{43}\n/),
    ]);
    const passwd = await atlas(['user', 'passwd', 'can.bo'], env);
    expect([passwd.code, passwd.stdout]).toEqual([0, expect.stringContaining('/#link=')]);
    expect((await atlas(['user', 'disable', 'can.bo'], env)).code).toBe(0);
    const { stdout } = await atlas(['user', 'list'], env);
    expect(stdout).toMatch(/^can\.bo +disabled +health,viewer +00109@1995-10-28\n$/);
  });

  test.each([
    [['user', 'add', 'can.bo', '--roles', 'owner'], 'No such role'],
    [['user', 'add', 'Cán Bộ', '--roles', 'viewer'], 'a-z 0-9'],
    [['user', 'add', 'can.bo', '--roles', 'viewer', '--scope', '99999@1995-10-28'], 'No such ward'],
    [['user', 'add', 'can.bo', '--password', 'x'], 'No such option'],
    [['user', 'disable', 'nobody'], 'No such account'],
    [['user', 'passwd'], 'One username'],
  ])('%j is refused in one line', async (args, words) => {
    const { code, stderr } = await atlas(args, { DATA_DIR: make.folder() });
    expect([code, stderr.trimEnd().split('\n').length, stderr]).toEqual([1, 1, expect.stringContaining(words)]);
  });

  test('export writes a layer to a file', async () => {
    const dataDir = make.folder();
    const out = join(dataDir, 'wards.geojson');
    const { code } = await atlas(['export', 'wards', '--format', 'geojson', '--out', out], { DATA_DIR: dataDir });
    const written = JSON.parse(readFileSync(out, 'utf8'));
    expect([code, written.type, written.features.length]).toEqual([0, 'FeatureCollection', 8]);
  });

  test.each([
    [['export', 'nothing', '--out', 'x'], 'No such layer'],
    [['export', 'wards'], '--out FILE'],
    [['export', 'wards', '--format', 'doc', '--out', 'x'], 'No such format'],
    [['export', 'wards', '--colour', 'red'], 'No such option'],
    [['export', 'wards', '--out', '/nowhere/x.geojson'], 'The file cannot be written'],
    [['export', 'wards', '--at', 'yesterday', '--out', 'x'], 'invalid_date'],
  ])('%j is refused in one line', async (args, words) => {
    const { code, stderr } = await atlas(args, { DATA_DIR: make.folder() });
    expect([code, stderr.trimEnd().split('\n').length, stderr]).toEqual([1, 1, expect.stringContaining(words)]);
  });
});
