/** Backups of a running server: by the clock, by hand, what is kept, what fails, and what comes back from them. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { doctor } from '../../server/commands/doctor.ts';
import { instantOfName, nameOfBackup } from '../../server/platform/backup-keeping.ts';
import { watchBackups } from '../../server/platform/backups.ts';
import { peekDatabase, type Reader } from '../../server/platform/database.ts';
import { restoreBackup } from '../../server/platform/restore.ts';
import type { Services } from '../../server/platform/services.ts';
import { browserOn } from '../helpers/asking.ts';
import { make, NOW } from '../helpers/make.ts';

const DAY = 86_400_000;

/** A server whose clock the test moves, with a folder for backups and an administrator of the district. */
async function office(options: { configured?: boolean; demo?: boolean } = {}) {
  const folder = make.folder();
  const clock = make.clock();
  const { app, services } = await make.app({
    clock,
    demo: options.demo ?? false,
    env: { backupDir: (options.configured ?? true) ? folder : null },
  });
  const admin = await make.user(services);
  const asking = browserOn(app, await make.session(services, admin));
  const rows = (verb: string) =>
    services.db.all<{ actor: string; record_id: string; after: string }>(
      'SELECT actor, record_id, after FROM change WHERE verb = ? ORDER BY seq',
      [verb],
    );
  return { app, services, clock, folder, admin, asking, rows, there: () => readdirSync(folder).sort() };
}

const write = (services: Services) =>
  services.changes.commit(make.changeId(), 'placeRelic', async () => ({ change: make.change(), outcome: null }));

/** What the tables hold that nobody writes meanwhile and that a backup keeps. */
async function checksums(reader: Reader): Promise<Record<string, string>> {
  const tables = await reader.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'");
  const sums: Record<string, string> = {};
  for (const { name } of tables) {
    if (['session', 'one_time_link', 'known_device', 'sign_in_try', 'change'].includes(name)) continue;
    const rows = (await reader.all(`SELECT * FROM "${name}"`)).map((row) => JSON.stringify(row)).sort();
    sums[name] = createHash('sha256').update(rows.join('\n')).digest('hex');
  }
  return sums;
}

const metric = async ({ asking }: Awaited<ReturnType<typeof office>>, name: string) =>
  new RegExp(`^${name} (.+)$`, 'm').exec((await asking.get('/metrics')).body as string)?.[1];

describe('by the clock', () => {
  test('one is made when it is due, by a name that carries the instant, and one a day', async () => {
    const { services, clock, there, rows } = await office();
    await services.backups.look();
    await services.backups.look();
    expect(there()).toEqual(['tayho-atlas-20221104T030000Z.tar']);
    clock.pass(DAY - 8 * 3_600_000);
    await services.backups.look();
    expect(there()).toEqual(['tayho-atlas-20221104T030000Z.tar']);
    clock.pass(30 * 60_000);
    await services.backups.look();
    expect(there()).toEqual(['tayho-atlas-20221104T030000Z.tar', 'tayho-atlas-20221104T193000Z.tar']);
    expect((await rows('makeBackup')).map(({ actor, record_id: name }) => [actor, name])).toEqual([
      ['clock', 'tayho-atlas-20221104T030000Z.tar'],
      ['clock', 'tayho-atlas-20221104T193000Z.tar'],
    ]);
  });

  test('it is made soon after the start, by itself', async () => {
    const { services, there } = await office();
    onTestFinished(watchBackups(services, 1));
    await expect.poll(there).toContain('tayho-atlas-20221104T030000Z.tar');
    await services.backups.settled();
  });

  test('it restores with equal checksums, though it was made while four others wrote', async () => {
    const { services, folder } = await office();
    const before = await checksums(services.db);
    let making = true;
    let written = 0;
    const writers = Array.from({ length: 4 }, async () => {
      while (making) {
        await write(services);
        written += 1;
      }
    });
    await services.backups.look().finally(() => (making = false));
    await Promise.all(writers);
    const [{ name, says } = { name: '', says: null }] = await services.backups.folder!.list();

    const target = make.folder();
    const into = { dataDir: target, driver: services.env.driver ?? undefined, demo: false };
    await restoreBackup(into, join(folder, name), new Date(NOW));
    const [sums, head] = (await peekDatabase({ path: join(target, 'atlas.sqlite'), driver: into.driver }, (reader) =>
      Promise.all([checksums(reader), reader.all('SELECT * FROM change ORDER BY seq')]),
    ))!;
    expect(written).toBeGreaterThan(0);
    expect(sums).toEqual(before);
    expect(head).toEqual(await services.db.all('SELECT * FROM change WHERE seq <= ? ORDER BY seq', [says?.seq ?? 0]));
  });

  test('old ones go by the rule, and nothing else in the folder is touched', async () => {
    const { services, folder, clock, there, rows } = await office();
    await services.backups.look();
    const [first = ''] = there();
    // Forty days before today, each with the same whole content.
    const bytes = readFileSync(join(folder, first));
    const at = (days: number) => nameOfBackup(new Date(Date.parse(NOW) - days * DAY), false);
    for (let days = 1; days <= 40; days++) writeFileSync(join(folder, at(days)), bytes);
    const strangers = ['notes.txt', 'tayho-atlas-demo-20200101T000000Z.tar', 'tayho-atlas-2020.tar', first + '.bak'];
    for (const name of strangers) writeFileSync(join(folder, name), 'precious');
    mkdirSync(join(folder, 'tayho-atlas-20200101T000000Z.tar'));
    symlinkSync(join(folder, 'notes.txt'), join(folder, 'tayho-atlas-20200102T000000Z.tar'));
    writeFileSync(join(folder, 'tayho-atlas-20200103T000000Z.tar'), 'a photograph');

    clock.pass(DAY);
    await services.backups.look();
    const left = there();
    const kept = left.filter((name) => instantOfName(name, false) && name > 'tayho-atlas-2021');
    expect(left).toEqual(
      expect.arrayContaining([...strangers, ...['01', '02', '03'].map((d) => `tayho-atlas-202001${d}T000000Z.tar`)]),
    );
    // 14 days with the new one's, then the Sundays of the weeks before: 16, 9, 2 October and 25 September (the 25th has them all).
    expect(kept).toEqual(
      expect.arrayContaining([
        at(-1),
        ...Array.from({ length: 13 }, (_, day) => at(day)),
        at(19),
        at(26),
        at(33),
        at(40),
      ]),
    );
    expect(kept).toHaveLength(18);
    const told = JSON.parse((await rows('makeBackup')).at(-1)?.after ?? '{}') as { removed: string[] };
    expect(told.removed).toHaveLength(41 + 1 - 18);
  });

  test('what a killed run left behind is swept away after a day, not before', async () => {
    const { services, folder, there } = await office();
    const old = '.tayho-atlas-20221101T193000Z.tar.sqlite.part';
    const young = '.tayho-atlas-20221103T193000Z.tar.part';
    for (const name of [old, young]) writeFileSync(join(folder, name), 'half');
    utimesSync(join(folder, old), new Date('2022-11-02'), new Date('2022-11-02'));
    utimesSync(join(folder, young), new Date('2022-11-04'), new Date('2022-11-04'));
    await services.backups.look();
    expect(there()).toEqual([young, 'tayho-atlas-20221104T030000Z.tar']);
  });

  test('a run that fails is counted, remembered past a restart and told once, and the next one is made', async () => {
    const here = await office();
    const { services, folder, rows, clock, there } = here;
    rmSync(folder, { recursive: true });
    await services.backups.look();
    clock.pass(3_600_000);
    await services.backups.look();
    expect(await services.backups.lastFailure()).toEqual({
      at: new Date(Date.parse(NOW) + 3_600_000),
      fault: 'backup_folder_unwritable',
    });
    expect(await metric(here, 'atlas_backup_failures_total')).toBe('2');
    expect(await rows('failBackup')).toHaveLength(1);
    await services.close();

    const again = await make.app({ clock, env: { backupDir: folder, dataDir: services.env.dataDir } });
    expect(await again.services.backups.lastFailure()).toMatchObject({ fault: 'backup_folder_unwritable' });
    mkdirSync(folder);
    await again.services.backups.look();
    expect(there()).toEqual(['tayho-atlas-20221104T040000Z.tar']);
    expect(await again.services.backups.lastFailure()).toBeNull();
  });

  test('without BACKUP_DIR nothing is made', async () => {
    const { services, there } = await office({ configured: false });
    await services.backups.look();
    expect([services.backups.folder, there()]).toEqual([null, []]);
  });
});

describe('whoever watches the server', () => {
  test('reads the age of the last backup and the failures', async () => {
    const here = await office();
    expect(await metric(here, 'atlas_backup_age_seconds')).toBeUndefined();
    await here.services.backups.look();
    here.clock.pass(90_000);
    expect(await metric(here, 'atlas_backup_age_seconds')).toBe('90');
    expect(await metric(here, 'atlas_backup_failures_total')).toBe('0');
  });

  test('is told by the doctor how old it is', async () => {
    const { services } = await office();
    const line = async (env = services.env) => (await doctor.run([], env)).find((one) => one.startsWith('last backup'));
    expect(await line()).toContain('none yet');
    await services.backups.look();
    // Made in 2022, by the clock of the test.
    expect(await line()).toMatch(/^last backup {5}\d{5,} h .*older than two days/);
    expect(await line({ ...services.env, backupDir: null })).toContain('BACKUP_DIR is not set');
  });
});

/** A file that takes as many turns to read, write and read back as some requests take. */
function attachMuch({ env }: Services): void {
  mkdirSync(join(env.dataDir, 'files'), { recursive: true });
  writeFileSync(join(env.dataDir, 'files', 'ab'), Buffer.alloc(24 * 1_048_576, 7));
}

/** Begins one by hand and waits for its end. */
async function makeOne({ asking, services }: Awaited<ReturnType<typeof office>>, changeId = make.changeId()) {
  const answer = await asking.send('POST', '/api/backups', { changeId });
  await services.backups.settled();
  return { changeId, answer };
}

describe('an administrator', () => {
  test('makes one by hand, sees it, checks it, and the log says so', async () => {
    const here = await office();
    const { asking, admin, services, rows } = here;
    const { answer } = await makeOne(here);
    expect(answer.status).toBe(200);
    expect(answer.body.running).toMatchObject({ name: 'tayho-atlas-20221104T030000Z.tar', beganAt: NOW });
    const { body, headers } = await asking.get('/api/backups');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({
      configured: true,
      folderFault: null,
      running: null,
      lastFailure: null,
      stale: false,
      nextAt: '2022-11-04T19:30:00.000Z',
      keeping: { newest: 7, days: 14, weeks: 8 },
    });
    expect(body.items).toEqual([
      {
        name: 'tayho-atlas-20221104T030000Z.tar',
        madeAt: NOW,
        bytes: expect.any(Number),
        fault: null,
        checkedAt: NOW,
        schemaVersion: services.schemaVersion,
        seq: expect.any(Number),
        attachments: 0,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    const [{ name }] = body.items as [{ name: string }];
    here.clock.pass(60_000);
    const checked = await asking.send('POST', `/api/backups/${name}/check`, {});
    expect([checked.status, checked.body.items[0].checkedAt]).toEqual([200, '2022-11-04T03:01:00.000Z']);
    expect((await rows('makeBackup')).map(({ actor }) => actor)).toEqual([`user:${admin.id}`]);
  });

  test('who asks twice with one change id gets one backup', async () => {
    const here = await office();
    const { changeId } = await makeOne(here);
    const { answer } = await makeOne(here, changeId);
    expect([answer.status, here.there().length]).toEqual([200, 1]);
  });

  test('makes two in one second by two names', async () => {
    const here = await office();
    await makeOne(here);
    await makeOne(here);
    expect(here.there()).toEqual(['tayho-atlas-20221104T030000Z.tar', 'tayho-atlas-20221104T030001Z.tar']);
  });

  test('stops one under way, of which nothing is left', async () => {
    const { asking, there, rows, admin, services } = await office();
    attachMuch(services);
    await asking.send('POST', '/api/backups', { changeId: make.changeId() });
    const { status, body } = await asking.send('POST', '/api/backups/stop', {});
    expect([status, body.running, body.items, body.lastFailure]).toEqual([200, null, [], null]);
    expect(there()).toEqual([]);
    expect((await rows('stopBackup')).map(({ actor }) => actor)).toEqual([`user:${admin.id}`]);
  });

  test('takes one away whole, and the log says who', async () => {
    const here = await office();
    await makeOne(here);
    const [name = ''] = here.there();
    const answer = await here.app.request(`/api/backups/${name}`, {
      headers: await make.session(here.services, here.admin),
    });
    expect([...answer.headers]).toEqual(
      expect.arrayContaining([
        ['cache-control', 'no-store'],
        ['content-type', 'application/x-tar'],
        ['content-disposition', `attachment; filename="${name}"`],
      ]),
    );
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.equals(readFileSync(join(here.folder, name)))).toBe(true);
    expect(Number(answer.headers.get('content-length'))).toBe(bytes.length);
    expect(await here.rows('downloadBackup')).toMatchObject([{ actor: `user:${here.admin.id}`, record_id: name }]);
  });

  test('is told of one that was damaged since, by reading it', async () => {
    const here = await office();
    await makeOne(here);
    const [name = ''] = here.there();
    const bytes = readFileSync(join(here.folder, name));
    bytes[bytes.length - 20_000]! ^= 1;
    writeFileSync(join(here.folder, name), bytes);
    const faultOf = (body: { items: { fault: string | null }[] }) => body.items[0]?.fault;
    expect(faultOf((await here.asking.get('/api/backups')).body)).toBeNull();
    const { status, body } = await here.asking.send('POST', `/api/backups/${name}/check`, {});
    expect([status, faultOf(body)]).toEqual([200, 'backup_damaged']);
    expect(faultOf((await here.asking.get('/api/backups')).body)).toBe('backup_damaged');
  });

  test('sees at once which files are cut off, foreign or of the demo', async () => {
    const here = await office();
    await makeOne(here);
    const bytes = readFileSync(join(here.folder, here.there()[0] ?? ''));
    const demo = await office({ demo: true });
    await makeOne(demo);
    const put = (day: string, content: Buffer | string) =>
      writeFileSync(join(here.folder, `tayho-atlas-202211${day}T000000Z.tar`), content);
    put('01', bytes.subarray(0, bytes.length - 1));
    put('02', 'a photograph');
    put('03', readFileSync(join(demo.folder, demo.there()[0] ?? '')));
    const { items } = (await here.asking.get('/api/backups')).body as { items: { fault: string | null }[] };
    expect(items.map(({ fault }) => fault)).toEqual([null, 'backup_of_other_kind', 'backup_foreign', 'backup_damaged']);
  });

  test('is warned when the last one is older than two days', async () => {
    const here = await office();
    await makeOne(here);
    // A session does not last that long.
    const stale = async () => {
      const asking = browserOn(here.app, await make.session(here.services, here.admin));
      return ((await asking.get('/api/backups')).body as { stale: boolean }).stale;
    };
    here.clock.pass(2 * DAY);
    expect(await stale()).toBe(false);
    here.clock.pass(1);
    expect(await stale()).toBe(true);
  });

  test('is told when the folder is gone, and what the last run died of', async () => {
    const here = await office();
    rmSync(here.folder, { recursive: true });
    await makeOne(here);
    expect((await here.asking.get('/api/backups')).body).toMatchObject({
      items: [],
      folderFault: 'backup_folder_unwritable',
      lastFailure: { at: NOW, fault: 'backup_folder_unwritable' },
    });
  });
});

describe('refused, with a code', () => {
  const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

  test('everything but looking, while BACKUP_DIR is not set', async () => {
    const { asking } = await office({ configured: false });
    expect(await asking.get('/api/backups')).toMatchObject({
      status: 200,
      body: { configured: false, folder: null, items: [], nextAt: null, stale: false },
    });
    const refused = [409, 'backups_not_configured'];
    const name = 'tayho-atlas-20221104T030000Z.tar';
    expect(codeOf(await asking.send('POST', '/api/backups', { changeId: make.changeId() }))).toEqual(refused);
    expect(codeOf(await asking.send('POST', '/api/backups/stop', {}))).toEqual(refused);
    expect(codeOf(await asking.send('POST', `/api/backups/${name}/check`, {}))).toEqual(refused);
    expect(codeOf(await asking.get(`/api/backups/${name}`))).toEqual(refused);
  });

  test('a second one while one is under way, and stopping none', async () => {
    const { asking, services } = await office();
    const first = { changeId: make.changeId() };
    attachMuch(services);
    await asking.send('POST', '/api/backups', first);
    expect(codeOf(await asking.send('POST', '/api/backups', { changeId: make.changeId() }))).toEqual([
      409,
      'backup_under_way',
    ]);
    // The same asked again after a lost reply is no second one.
    expect((await asking.send('POST', '/api/backups', first)).status).toBe(200);
    await services.backups.settled();
    expect(codeOf(await asking.send('POST', '/api/backups/stop', {}))).toEqual([409, 'no_backup_under_way']);
  });

  test('a check while one is under way', async () => {
    const here = await office();
    await makeOne(here);
    attachMuch(here.services);
    await here.asking.send('POST', '/api/backups', { changeId: make.changeId() });
    const checking = here.asking.send('POST', '/api/backups/tayho-atlas-20221104T030000Z.tar/check', {});
    expect(codeOf(await checking)).toEqual([409, 'backup_under_way']);
    await here.services.backups.settled();
  });

  test('a check there is no room for', async () => {
    const here = await office();
    await makeOne(here);
    const [name = ''] = here.there();
    mkdirSync(join(here.folder, `.${name}.check`));
    expect(codeOf(await here.asking.send('POST', `/api/backups/${name}/check`, {}))).toEqual([
      409,
      'backup_not_checked',
    ]);
    expect(((await here.asking.get('/api/backups')).body as { items: object[] }).items).toMatchObject([
      { fault: null },
    ]);
  });

  test('a change id of another verb', async () => {
    const { asking, services } = await office();
    const changeId = make.changeId();
    await services.changes.commit(changeId, 'placeRelic', async () => ({ change: make.change(), outcome: null }));
    expect(codeOf(await asking.send('POST', '/api/backups', { changeId }))).toEqual([409, 'change_id_reused']);
  });

  test.each([
    'x',
    'tayho-atlas-20201104T030000Z.tar',
    '..%2F..%2Fetc%2Fpasswd',
    '%2Fetc%2Fpasswd',
    'notes.txt',
    '.tayho-atlas-20221104T030000Z.tar.part',
    'tayho-atlas-20200102T000000Z.tar',
    '%00',
  ])('a name that is not in the listing: %s', async (name) => {
    const { asking, folder, rows } = await office();
    writeFileSync(join(folder, 'notes.txt'), 'precious');
    writeFileSync(join(folder, '.tayho-atlas-20221104T030000Z.tar.part'), 'half');
    symlinkSync('/etc/passwd', join(folder, 'tayho-atlas-20200102T000000Z.tar'));
    expect(codeOf(await asking.get(`/api/backups/${name}`))).toEqual([404, 'unknown_backup']);
    expect(codeOf(await asking.send('POST', `/api/backups/${name}/check`, {}))).toEqual([404, 'unknown_backup']);
    expect(await rows('downloadBackup')).toEqual([]);
  });

  test('taking one away, to an administrator of one ward, who may make one', async () => {
    const here = await office();
    await makeOne(here);
    const [name = ''] = here.there();
    const admin = await make.user(here.services, { scope: ['00100@1995-10-28'] });
    const asking = browserOn(here.app, await make.session(here.services, admin));
    expect((await asking.get('/api/backups')).status).toBe(200);
    expect(codeOf(await asking.get(`/api/backups/${name}`))).toEqual([403, 'not_permitted']);
    expect(await here.rows('downloadBackup')).toEqual([]);
  });

  test('all of it, to every other role and to visitors', async () => {
    const { app, services } = await office();
    for (const role of ['viewer', 'health', 'heritage', 'status'] as const) {
      const user = await make.user(services, { roles: [role] });
      const asking = browserOn(app, await make.session(services, user));
      expect(codeOf(await asking.get('/api/backups'))).toEqual([403, 'not_permitted']);
      expect(codeOf(await asking.get('/api/backups/x'))).toEqual([403, 'not_permitted']);
    }
    expect((await app.request('/api/backups')).status).toBe(403);
  });
});
