import { describe, expect, test } from 'vitest';
import type { Compared, MeetingSnapshot, Rebuilt, SinceMeeting, WholeSnapshot } from '../../server/meeting/contract.ts';
import { applyDifference } from '../../server/meeting/difference.ts';
import { readSheet } from '../../server/platform/sheet.ts';
import { insertStatusValues } from '../../server/status/store.ts';
import { insertStepWritings } from '../../server/status/title-store.ts';
import { insertTaskReports } from '../../server/programme/store.ts';
import { browserOn } from '../helpers/asking.ts';
import { make, type ServicesOptions } from '../helpers/make.ts';

const SNAPSHOTS = '/api/meeting/snapshots';

/** The status office of the whole district before the application. */
async function office(options: ServicesOptions = {}) {
  const made = await make.app(options);
  const user = await make.user(made.services, { roles: ['status'], password: null });
  const browser = browserOn(made.app, await make.session(made.services, user));
  return {
    ...made,
    user,
    browser,
    freeze: (at = '2022-11-04', title = 'Giao ban tháng 10') =>
      browser.send('POST', SNAPSHOTS, { changeId: make.changeId(), at, title }),
    read: async <T>(path: string) => (await browser.get(`${SNAPSHOTS}${path}`)).body as T,
    approve: (value: number, asOf = '2022-11-01') =>
      made.services.db.transaction((tx) => insertStatusValues(tx, [make.statusValue({ value, asOf })])),
  };
}

describe('a day frozen for a meeting', () => {
  test('has the next number, who, when, the digest and the head of the audit', async () => {
    const { freeze, services, user } = await office();
    const head = await services.changes.chainHead();
    const { body } = await freeze();
    expect([body, (await freeze()).body.number]).toMatchObject([
      { number: 1, at: '2022-11-04', frozenBy: user.username, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), head },
      2,
    ]);
  });

  test('is bound by the audit: its digest stands in the change', async () => {
    const { freeze, services } = await office();
    const { body } = await freeze();
    const row = await services.db.get<{ after: string }>("SELECT after FROM change WHERE verb = 'freezeDay'");
    expect(JSON.parse(row!.after)).toMatchObject({ number: 1, sha256: body.sha256 });
  });

  test('stays as it was when figures, steps and reports come later, those of its own day too', async () => {
    const { freeze, read, approve, services } = await office();
    await make.task(services);
    await approve(95);
    await freeze();
    const before = await read<WholeSnapshot>('/1');
    await approve(10);
    await services.db.transaction(async (tx) => {
      await insertStepWritings(tx, [
        { wardKey: '00097@1995-10-28', step: 'registered', since: '2022-10-01', source: 'x', demo: false },
      ]);
      await insertTaskReports(tx, [
        { taskId: 'T5', state: 'done', reportedOn: '2022-11-01', percent: 100, blockers: '', source: 'x', reportedBy: null, demo: false }, // prettier-ignore
      ]);
    });
    expect([await read('/1'), await read<Rebuilt>('/1/rebuilt')]).toEqual([
      before,
      { number: 1, sha256: before.sha256, same: true },
    ]);
  });

  test('cannot be changed or removed in the database', async () => {
    const { freeze, services } = await office();
    await freeze();
    const run = (sql: string) => services.db.transaction((tx) => tx.run(sql));
    await expect(run("UPDATE meeting_snapshot SET title = 'x'")).rejects.toThrow();
    await expect(run('DELETE FROM meeting_snapshot')).rejects.toThrow();
  });

  test('frozen twice under one change id is one', async () => {
    const { browser } = await office();
    const sent = { changeId: make.changeId(), at: '2022-11-04', title: 'x' };
    const first = await browser.send('POST', SNAPSHOTS, sent);
    const again = await browser.send('POST', SNAPSHOTS, sent);
    expect([first.body, (await browser.get(SNAPSHOTS)).body.items.length]).toEqual([again.body, 1]);
  });

  test('is told from the one before by what changed, and that gives it whole', async () => {
    const { freeze, read, approve } = await office();
    await freeze('2022-09-30');
    await approve(95, '2022-10-15');
    await freeze();
    const [one, two] = [await read<WholeSnapshot>('/1'), await read<WholeSnapshot>('/2')];
    const { since, difference } = await read<Compared>('/2/changes');
    const ward = difference!.wards.find(({ key }) => key === '00097@1995-10-28')!;
    expect([since?.number, ward.changes, applyDifference(one.content, difference!)]).toEqual([
      1,
      [expect.objectContaining({ kind: 'indicator', after: expect.objectContaining({ value: 95 }) })],
      two.content,
    ]);
  });

  test('that is the first has nothing to be compared with', async () => {
    const { freeze, read } = await office();
    await freeze();
    expect(await read<Compared>('/1/changes')).toEqual({ number: 1, since: null, difference: null });
  });

  test('tells what changed since, up to now, without another one being frozen', async () => {
    const { freeze, read, approve, browser } = await office();
    const since = async (query = '') => (await browser.get(`/api/meeting/changes${query}`)).body;
    expect(await since()).toEqual({ at: '2022-11-04', since: null, difference: null });
    await freeze('2022-11-01');
    const { difference: nothing } = (await since()) as SinceMeeting;
    await approve(95, '2022-11-03');
    const { since: head, difference } = (await since()) as SinceMeeting;
    const changed = (of: SinceMeeting['difference']) => of!.wards.filter(({ changes }) => changes.length > 0);
    const { content } = await read<WholeSnapshot>('/1');
    expect(changed(nothing)).toEqual([]);
    expect(changed(difference).map(({ key }) => key)).toEqual(['00097@1995-10-28']);
    expect([head?.number, applyDifference(content, difference!).status.at]).toEqual([1, '2022-11-04']);
    await freeze('2022-11-03');
    const again = [await since(), await since('?since=1')] as SinceMeeting[];
    expect(again.map((one) => [one.since?.number, changed(one.difference).length])).toEqual([[2, 0], [1, 1]]); // prettier-ignore
    expect((await since('?at=2022-11-05')) as unknown).toMatchObject({ code: 'meeting_in_future' });
    expect((await since('?since=3')) as unknown).toMatchObject({ code: 'unknown_snapshot' });
  });

  test('is there twice in the demo, each made again the same', async () => {
    const { read } = await office({ demo: true });
    const { items } = await read<{ items: MeetingSnapshot[] }>('');
    const rebuilt = [await read<Rebuilt>('/1/rebuilt'), await read<Rebuilt>('/2/rebuilt')];
    expect([items.map(({ number, demo, frozenBy }) => [number, demo, frozenBy]), rebuilt.map(({ same }) => same)]).toEqual([
      [[2, true, null], [1, true, null]],
      [true, true],
    ]); // prettier-ignore
  });
});

describe('a frozen day on paper', () => {
  const boxes = { a4: '[0 0 841.89 595.28]', a3: '[0 0 1190.55 841.89]' };

  test.each(['a4', 'a3'] as const)('is a map sheet on %s, drawn of vectors with the letters inside', async (paper) => {
    const { freeze, browser } = await office();
    await freeze();
    const { status, body, headers } = await browser.get(`${SNAPSHOTS}/1/map.pdf?paper=${paper}`);
    expect([
      status,
      headers.get('content-type'),
      body.includes(`/MediaBox ${boxes[paper]}`),
      /BeVietnamPro/.test(body),
      /\/Subtype \/Image/.test(body),
    ]).toEqual([200, 'application/pdf', true, true, false]);
  });

  test('is the same sheet every time', async () => {
    const { freeze, browser } = await office();
    await freeze();
    const print = async () => (await browser.get(`${SNAPSHOTS}/1/map.pdf`)).body;
    expect(await print()).toBe(await print());
  });

  test('is an annex', async () => {
    const { freeze, browser } = await office();
    await freeze();
    const { status, body } = await browser.get(`${SNAPSHOTS}/1/annex.pdf`);
    expect([status, body.slice(0, 5)]).toEqual([200, '%PDF-']);
  });

  test('is a workbook of eight wards by nine criteria', async () => {
    const { freeze, app, user, services } = await office();
    await freeze();
    const headers = await make.session(services, user);
    const answer = await app.request(`${SNAPSHOTS}/1/annex.xlsx`, { headers });
    const rows = readSheet(Buffer.from(await answer.arrayBuffer()));
    const head = rows.findIndex(({ cells }) => cells[0] === 'TT');
    expect([rows[head]?.cells.length, rows[head + 1]?.cells.slice(0, 3), rows[head + 8]?.cells[1]]).toEqual([
      13,
      [1, 'Phú Thượng', 'Chưa có số liệu'],
      'Thụy Khuê',
    ]);
  });

  test('of a snapshot nobody froze is refused', async () => {
    const { browser } = await office();
    const asked = ['map.pdf', 'annex.pdf', 'annex.xlsx'].map((file) => browser.get(`${SNAPSHOTS}/7/${file}`));
    expect((await Promise.all(asked)).map(({ body }) => JSON.parse(JSON.stringify(body)).code)).toEqual(
      Array(3).fill('unknown_snapshot'),
    );
  });
});

describe('is refused', () => {
  test.each([
    ['a day that has not come', '2022-11-05', 422, 'meeting_in_future'],
    ['what is no day', '2022-02-30', 422, 'invalid_date'],
  ])('%s', async (_, at, status, code) => {
    const { freeze } = await office();
    const answer = await freeze(at);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('a snapshot nobody froze', async () => {
    const { browser } = await office();
    const { status, body } = await browser.get(`${SNAPSHOTS}/7`);
    expect([status, body.code]).toEqual([404, 'unknown_snapshot']);
  });

  test('comparing the eight wards with the six', async () => {
    const { freeze, services, browser, user } = await office();
    await freeze();
    const six = { ...services, env: { ...services.env, units: '2025-07-01' as const } };
    const { freezeDay } = await import('../../server/meeting/actions.ts');
    const actor = { kind: 'user', id: user.id, sessionId: 'x', roles: ['status'], scope: 'district' } as const;
    await freezeDay(six, { changeId: make.changeId(), at: '2022-11-04', title: 'x' }, actor);
    const { status, body } = await browser.get(`${SNAPSHOTS}/2/changes`);
    expect([status, body.code]).toEqual([422, 'other_ward_set']);
  });
});
