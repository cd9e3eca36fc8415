import { Writable } from 'node:stream';
import { beforeAll, afterAll, describe, expect, it, test } from 'vitest';
import type { WardKey } from '../../geodata/schema.ts';
import { roles, type Role } from '../../server/accounts/permission.ts';
import { permissionTable } from '../../server/platform/http.ts';
import { createLog } from '../../server/log.ts';
import { browserOn, type Browser } from '../helpers/asking.ts';
import { IN_QUANG_AN, make } from '../helpers/make.ts';

const QUANG_AN: WardKey = '00100@1995-10-28';
const PERSON = {
  name: 'Zqmark Văn Dấu',
  born: '1990-05-17',
  phone: '0987123654',
  nationalId: '001090777888',
  address: 'Số 7 ngõ zqdoor Xuân Diệu',
  workplace: 'Trường zqschool',
  note: 'zqnote sốt',
};
/** Whatever of the person could stand anywhere, in any spelling. */
const MARKS = /zqmark|zqdoor|zqschool|zqnote|0987123654|001090777888|1990-05-17/i;

async function clinic(options: Parameters<typeof make.app>[0] = {}) {
  const { app, services, close } = await make.app(options);
  const of = async (role: Role, scope: 'district' | WardKey[] = [QUANG_AN]) =>
    browserOn(app, await make.session(services, await make.user(services, { roles: [role], scope, password: null })));
  const health = await of('health');
  const report = async (more: object = {}) => {
    const { body } = await health.send('POST', '/api/dengue/cases', {
      changeId: make.changeId(),
      class: 'clinical',
      onsetOn: '2022-10-30',
      position: IN_QUANG_AN,
      person: PERSON,
      ...more,
    });
    return body as { id: string; version: number };
  };
  return { app, services, close, of, health, report };
}
const read = (browser: Browser, id: string, reason = 'case-form') =>
  browser.get(`/api/dengue/persons?ids=${id}&reason=${reason}`);

describe('reading a person', () => {
  it('gives what is kept, to health staff of the ward', async () => {
    const { health, report } = await clinic();
    const { id } = await report();
    expect((await read(health, id)).body.items).toEqual([{ caseId: id, ...PERSON, demo: false }]);
  });

  it('is a line of the log: who, for which screen, which cases, and no word of them', async () => {
    const { health, report, of } = await clinic();
    const { id } = await report();
    await read(health, id, 'investigation');
    const { body } = await (await of('admin')).get('/api/audit?kind=privacy');
    expect(body.items).toMatchObject([
      { verb: 'readPersons', recordId: id, after: { reason: 'investigation', count: 1, caseIds: [id] }, before: null },
    ]);
  });

  it('needs the reason of the screen', async () => {
    const { health, report } = await clinic();
    const { id } = await report();
    expect(await read(health, id, 'curiosity')).toMatchObject({ status: 422, body: { code: 'reason_needed' } });
    expect((await health.get(`/api/dengue/persons?ids=${id}`)).body.code).toBe('reason_needed');
  });

  it('is refused whole when one of the cases lies outside, and then logged as nothing', async () => {
    const { health, report, services, of } = await clinic();
    const { id } = await report();
    const other = await make.dengueCase(services, { wardKey: '00109@1995-10-28' }, { name: 'X' });
    expect(await read(health, `${id},${other.id}`)).toMatchObject({ status: 403, body: { code: 'outside_scope' } });
    expect((await (await of('admin')).get('/api/audit?kind=privacy')).body.items).toEqual([]);
  });

  it('finds by part of a name without marks, or by the beginning of a phone', async () => {
    const { health, report } = await clinic();
    const { id } = await report();
    for (const text of ['van dau', 'ZQMARK', '0987 123']) {
      const { body } = await health.send('POST', '/api/dengue/persons/search', { text, reason: 'line-list' });
      expect(
        body.items.map(({ caseId }: { caseId: string }) => caseId),
        text,
      ).toEqual([id]);
    }
    const none = await health.send('POST', '/api/dengue/persons/search', { text: '%%', reason: 'line-list' });
    expect(none.body.items).toEqual([]);
  });
});

describe('the line list with persons, as CSV', () => {
  it('is logged, and has no cell that a spreadsheet would run', async () => {
    const { health, report, of } = await clinic();
    await report({ person: { ...PERSON, name: '=HYPERLINK("http://x")' } });
    const { body } = await health.get('/api/dengue/persons.csv');
    expect(body).toContain(`"'=HYPERLINK(""http://x"")"`);
    const { body: audit } = await (await of('admin')).get('/api/audit?verb=exportPersons');
    expect(audit.items).toMatchObject([{ after: { reason: 'export', count: 1 } }]);
  });
});

describe('one person', () => {
  it('is given all that is kept about them, as JSON and as CSV', async () => {
    const { health, report } = await clinic();
    const { id } = await report();
    const { body } = await health.get(`/api/dengue/cases/${id}/person/export?format=json`);
    expect(body).toMatchObject({ case: { id }, person: PERSON, history: [{ verb: 'reportCase' }] });
    expect((await health.get(`/api/dengue/cases/${id}/person/export?format=csv`)).body).toContain(PERSON.address);
  });

  it('is erased: gone from the table and from what changes said, the anonymous case stays, the log verifies', async () => {
    const { health, report, services } = await clinic();
    const { id, version } = await report();
    await health.send(
      'PATCH',
      `/api/dengue/cases/${id}`,
      { changeId: make.changeId(), person: { note: 'zqnote hai' } },
      { 'if-match': `"${version}"` },
    );
    const { body } = await health.send('POST', `/api/dengue/cases/${id}/person/erasure`, { changeId: make.changeId() });
    expect(body).toEqual({ persons: 1, changes: 2 });
    const left = JSON.stringify([
      await services.db.all('SELECT * FROM dengue_person'),
      await services.db.all('SELECT * FROM change_private'),
    ]);
    expect(left).not.toMatch(MARKS);
    expect((await health.get(`/api/dengue/cases/${id}`)).body).toMatchObject({ id, hasPerson: false });
    expect(await services.changes.verify()).toMatchObject({ ok: true });
  });
});

describe('retention', () => {
  it('removes persons of old cases and keeps the newer ones', async () => {
    const { services, of, report, health } = await clinic();
    const old = await make.dengueCase(services, { onsetOn: '2020-11-03' }, { name: 'Old' });
    const edge = await make.dengueCase(services, { onsetOn: '2020-11-04' }, { name: 'Edge' });
    const { id } = await report();
    const admin = await of('admin');
    const { body } = await admin.send('POST', '/api/privacy/purge', { changeId: make.changeId(), olderThanMonths: 24 });
    expect(body).toEqual({ persons: 1, changes: 0 });
    const { body: list } = await read(health, [old.id, edge.id, id].join(','));
    expect(list.items.map(({ caseId }: { caseId: string }) => caseId)).toEqual([edge.id, id]);
    expect(await services.changes.verify()).toMatchObject({ ok: true });
  });

  it('is the administrator’s, who reads no person for it, and never shorter than a month', async () => {
    const { of, health } = await clinic();
    const purge = (browser: Browser, olderThanMonths: number) =>
      browser.send('POST', '/api/privacy/purge', { changeId: make.changeId(), olderThanMonths });
    expect((await purge(health, 24)).status).toBe(403);
    expect((await purge(await of('admin'), 0)).body.code).toBe('retention_too_short');
  });
});

describe('a marked person is found nowhere', () => {
  let world: Awaited<ReturnType<typeof clinic>>;
  let lines = '';
  let id = '';
  beforeAll(async () => {
    const sink = new Writable({
      write(chunk, _encoding, done) {
        lines += String(chunk);
        done();
      },
    });
    world = await clinic({ log: createLog('debug', sink) });
    const one = await world.report();
    id = one.id;
    const { health } = world;
    // Edited, refused, read and searched, so that whatever writes has something to write.
    await health.send(
      'PATCH',
      `/api/dengue/cases/${id}`,
      { changeId: make.changeId(), person: { note: 'zqnote' } },
      { 'if-match': '"1"' },
    );
    await health.send('POST', '/api/dengue/cases', { changeId: 'no', person: PERSON });
    await health.send('POST', '/api/dengue/cases', {
      changeId: make.changeId(),
      class: 'clinical',
      onsetOn: '2023-01-01',
      person: PERSON,
    });
    await read(health, id);
    await health.send('POST', '/api/dengue/persons/search', { text: 'zqmark', reason: 'line-list' });
  }, 60_000);
  afterAll(() => world.close());

  /** The only doors a person leaves by, and those only for health staff of the ward. */
  const doors = [
    '/api/dengue/persons',
    '/api/dengue/persons.csv',
    '/api/dengue/cases/:id/person/export',
    '/api/dengue/persons/search',
  ];

  it.each(roles)('by any other route, for the role %s', async (role) => {
    const { app, of } = world;
    const browser = await of(role);
    for (const { method, path } of permissionTable(app)) {
      const url = path.replace(':id', path.includes('dengue/cases') ? id : 'relics').replace(/:\w+/g, '00100');
      const query = path.endsWith('search') ? '?q=zqmark' : '?after=0&ids=' + id + '&reason=export';
      const answer =
        method === 'GET'
          ? await browser.get(url + query)
          : await browser.send(method, url, { text: 'zqmark', reason: 'export' });
      if (role === 'health' && doors.includes(path)) continue;
      expect(JSON.stringify(answer.body), `${method} ${path}`).not.toMatch(
        // What was asked is said again by a search.
        path === '/api/search' ? /Văn Dấu/ : MARKS,
      );
    }
  });

  it('in any table but the two that hold persons', async () => {
    const { db } = world.services;
    const tables = await db.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'");
    const holding: string[] = [];
    for (const { name } of tables) {
      const rows = JSON.stringify(await db.all(`SELECT * FROM ${name}`));
      if (MARKS.test(rows)) holding.push(name);
    }
    expect(holding.sort()).toEqual(['change_private', 'dengue_person']);
  });

  test('in the log of the server', () => {
    expect(lines).toContain('/api/dengue/persons');
    expect(lines).not.toMatch(MARKS);
  });
});
