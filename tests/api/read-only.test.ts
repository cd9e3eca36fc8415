/** A disk that is full: nothing acknowledged is lost, reading goes on, and writing as soon as there is room. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { filesFolder } from '../../server/platform/files.ts';
import type { Services } from '../../server/platform/services.ts';
import { browserOn, type Answered } from '../helpers/asking.ts';
import { IN_QUANG_AN, make, PASSWORD } from '../helpers/make.ts';

type Options = Parameters<typeof make.app>[0];
const NEVER = 3_600_000;

async function clinic(options: Options = {}) {
  const made = await make.app({ diskTimes: { everyMs: 20, pauseMs: NEVER }, ...options });
  const { app, services } = made;
  const of = async (role: 'admin' | 'health' | 'status') =>
    browserOn(app, await make.session(services, await make.user(services, { roles: [role], username: role })));
  const health = await of('health');
  const report = (changeId = make.changeId()) =>
    health.send('POST', '/api/dengue/cases', {
      changeId,
      class: 'clinical',
      onsetOn: '2022-10-30',
      position: IN_QUANG_AN,
      person: { name: 'Nguyễn Văn Thử', note: 'x'.repeat(900) },
    });
  return { ...made, of, health, report };
}
type Clinic = Awaited<ReturnType<typeof clinic>>;

/** Leaves room for `pages` more, as on a disk that is nearly full. */
async function leaveRoom({ db }: Services, pages: number): Promise<void> {
  const [row] = await db.all<{ page_count: number }>('PRAGMA page_count');
  await db.limitPages((row?.page_count ?? 0) + pages);
}
const makeRoom = ({ db }: Services) => db.limitPages(1_000_000);

/** Reports cases until one is refused. */
async function reportUntilFull({ report }: Clinic) {
  const acknowledged: string[] = [];
  for (;;) {
    const changeId = make.changeId();
    const answer = await report(changeId);
    if (answer.status === 200) acknowledged.push(changeId);
    else return { acknowledged, changeId, answer };
    if (acknowledged.length > 2000) throw new Error('it never was full');
  }
}

/** Rows and change rows of cases: as many of one as of the other, and each of the other. */
const account = async ({ db }: Services) => ({
  cases: (await db.all('SELECT id FROM dengue_case')).length,
  persons: (await db.all('SELECT case_id FROM dengue_person')).length,
  changes: (await db.all<{ id: string }>("SELECT id FROM change WHERE verb = 'reportCase'")).map(({ id }) => id),
  private: (await db.all("SELECT p.seq FROM change_private p JOIN change c USING (seq) WHERE verb = 'reportCase'"))
    .length,
  apart: await db.all(`SELECT record_id FROM change WHERE verb = 'reportCase'
    AND record_id NOT IN (SELECT id FROM dengue_case)
    UNION SELECT id FROM dengue_case WHERE id NOT IN (SELECT record_id FROM change WHERE verb = 'reportCase')`),
});

const statusOf = async ({ health }: Pick<Clinic, 'health'>) => (await health.get('/api/health')).body.status;
const isReadOnly = ({ status, body, headers }: Answered) =>
  expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'read_only', '5']);

describe('a disk without room', () => {
  test('loses nothing that was acknowledged, keeps nothing by halves, and takes writes again by itself', async () => {
    const made = await clinic();
    const { services, report } = made;
    await leaveRoom(services, 60);
    const { acknowledged, changeId, answer } = await reportUntilFull(made);
    isReadOnly(answer);
    expect(acknowledged.length).toBeGreaterThan(5);
    const n = acknowledged.length;
    const whole = { cases: n, persons: n, changes: acknowledged, private: n, apart: [] };
    expect(await account(services)).toEqual(whole);

    await makeRoom(services);
    await expect.poll(() => statusOf(made)).toBe('ok');
    expect(await account(services)).toEqual(whole);
    // What was refused left no trace: the same change id now does what it was sent for, once.
    expect((await report(changeId)).status).toBe(200);
    expect((await report(changeId)).status).toBe(200);
    expect(await account(services)).toMatchObject({ cases: n + 1, changes: [...acknowledged, changeId] });
    expect(await services.changes.verify()).toMatchObject({ ok: true });
    console.log(`disk full: ${n} acknowledged before, 0 lost, 0 by halves, recovered, log whole`);
  });

  async function full(options: Options = {}) {
    const made = await clinic(options);
    const admin = await made.of('admin');
    await leaveRoom(made.services, 20);
    await reportUntilFull(made);
    return { ...made, admin };
  }

  test('goes on reading: the map, the lists, the state of it', async () => {
    const made = await full({ diskTimes: { everyMs: NEVER, pauseMs: NEVER } });
    for (const path of [
      '/api/layers/wards',
      '/api/status',
      '/api/dengue/cases',
      '/api/dengue/curve',
      '/api/search?q=ho',
    ])
      expect([path, (await made.health.get(path)).status]).toEqual([path, 200]);
    expect((await made.health.get('/api/health')).body).toMatchObject({
      status: 'read-only',
      readOnly: { fault: 'full', since: made.services.clock.now().toISOString() },
    });
    const { body } = await made.admin.get('/metrics');
    expect(body).toContain('\natlas_read_only 1\n');
    expect(body).toMatch(/\natlas_disk_free_bytes \d+\n/);
  });

  test('refuses at once, with a code, whatever would write: a sign-in and the reading of a person too', async () => {
    const made = await full({ diskTimes: { everyMs: NEVER, pauseMs: NEVER } });
    isReadOnly(await browserOn(made.app).send('POST', '/api/session', { username: 'admin', password: PASSWORD }));
    const { items } = (await made.health.get('/api/dengue/cases')).body;
    isReadOnly(await made.health.get(`/api/dengue/persons?ids=${items[0].id}&reason=case-form`));
    // Room alone is not enough while nobody has looked: the refusal costs no write.
    await makeRoom(made.services);
    isReadOnly(await made.report());
  });

  test('is tried by the next one who wants to write, once some time has passed', async () => {
    const made = await full({ diskTimes: { everyMs: NEVER, pauseMs: 0 } });
    isReadOnly(await made.report());
    await makeRoom(made.services);
    expect((await made.report()).status).toBe(200);
    expect(await statusOf(made)).toBe('ok');
  });

  test('is not taken for one with room because a page or two are free', async () => {
    const made = await full({ diskTimes: { everyMs: NEVER, pauseMs: 0 } });
    await leaveRoom(made.services, 8);
    // Each looks first.
    for (let n = 0; n < 3; n++) isReadOnly(await made.report());
  });

  test('is told to every open page, to one that opens meanwhile, and that it is over', async () => {
    const made = await clinic({ diskTimes: { everyMs: NEVER, pauseMs: 0 } });
    const hear = async () => {
      const answer = await made.app.request('/api/changes', { headers: { accept: 'text/event-stream' } });
      const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
      onTestFinished(() => reader.cancel());
      let text = '';
      return async (words: string) => {
        while (!text.includes(words)) {
          const { done, value } = await reader.read();
          if (done) throw new Error(`the stream ended without ${words}`);
          text += value;
        }
        return text;
      };
    };
    const early = await hear();
    expect(await early('event: hello')).not.toContain('readOnly');
    await leaveRoom(made.services, 2);
    await reportUntilFull(made);
    await early('event: read-only\ndata: {"readOnly":{"fault":"full"');
    const late = await hear();
    expect(await late('event: hello')).toContain('"readOnly":{"fault":"full"');
    await makeRoom(made.services);
    await made.report();
    await Promise.all([early, late].map((heard) => heard('event: read-only\ndata: {"readOnly":null}')));
  });
});

/** A file system of its own; `null` where this machine lets nobody mount one. */
function smallDisk(megabytes: number): { folder: string; grow(megabytes: number): void } | null {
  const folder = make.folder();
  const mount = (options: string) => execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  try {
    mount(`size=${megabytes}m`);
  } catch {
    return null;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return { folder, grow: (more) => mount(`remount,size=${more}m`) };
}

test('a real file system that fills up with evidence: no half file, no row without its file, and it recovers', async () => {
  const disk = smallDisk(9);
  // Mounting is root's, and not everywhere even then: the tests above need no such thing.
  if (!disk) return console.log('small file system: not allowed to mount one here');
  const made = await clinic({ env: { dataDir: disk.folder } });
  const { services, app } = made;
  const status = await made.of('status');
  const cookie = [...status.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const upload = async () => {
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), make.noise(200_000)]);
    const answer = await app.request('/api/status/evidence?ward=00097@1995-10-28&name=x.pdf', {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/pdf' },
      body: bytes,
    });
    return { status: answer.status, body: (await answer.json()) as { sha256: string; code?: string } };
  };
  const kept: string[] = [];
  let last = await upload();
  for (; last.status < 300; last = await upload()) kept.push(last.body.sha256);
  expect([last.status, last.body.code, await statusOf(made)]).toEqual([503, 'read_only', 'read-only']);
  isReadOnly(await made.report());
  const files = () =>
    readdirSync(filesFolder({ dataDir: disk.folder }), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  // The room may run out for the file or for its row. A whole file without a row is only space; the reverse would be a lie.
  const rows = await services.db.all<{ sha256: string }>('SELECT sha256 FROM evidence_file');
  expect(rows.map(({ sha256 }) => sha256).sort()).toEqual([...kept].sort());
  expect(kept.filter((sha256) => !files().includes(sha256))).toEqual([]);
  expect(files().filter((name) => name.includes('unfinished-'))).toEqual([]);
  expect(files().length).toBeLessThanOrEqual(kept.length + 1);
  // A trial of the disk may be under way; between two of them nothing of it is left.
  const trials = () => readdirSync(disk.folder).filter((name) => name.startsWith('.room'));
  await expect.poll(trials, { timeout: 20_000 }).toEqual([]);
  for (const sha256 of kept) {
    expect((await app.request(`/api/status/evidence/${sha256}`, { headers: { cookie } })).status).toBe(200);
  }

  disk.grow(64);
  await expect.poll(() => statusOf(made), { timeout: 20_000 }).toBe('ok');
  expect((await upload()).status).toBeLessThan(300);
  expect(await services.changes.verify()).toMatchObject({ ok: true });
  console.log(`small file system: ${kept.length} files acknowledged, 0 lost, recovered`);
});
