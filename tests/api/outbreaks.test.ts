import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { WardKey } from '../../geodata/schema.ts';
import type { OutbreakWords } from '../../server/outbreaks/contract.ts';
import { followCases, keeperOf } from '../../server/outbreaks/keep-actions.ts';
import { turnDay } from '../../server/platform/day.ts';
import { browserOn, type Browser } from '../helpers/asking.ts';
import { IN_BUOI, IN_QUANG_AN, make } from '../helpers/make.ts';

const QUANG_AN: WardKey = '00100@1995-10-28';
const TU_LIEN: WardKey = '00097@1995-10-28';
/** Metres east and north of a place in Quảng An. */
const near = (x: number, y = 0) => ({
  lng: IN_QUANG_AN.lng + x / 103_900,
  lat: IN_QUANG_AN.lat + y / 111_195,
  accuracyMeters: 10,
});
const entry = (more: object = {}) => ({
  changeId: make.changeId(),
  class: 'clinical',
  onsetOn: '2022-10-28',
  position: IN_QUANG_AN,
  ...more,
});
const match = ({ version }: { version: number }) => ({ 'if-match': `"${version}"` });

/** The application, and health workers of two wards, of the district, and a leader. */
async function station(options: Parameters<typeof make.app>[0] = {}) {
  const { app, services } = await make.app(options);
  const of = async (roles: ('health' | 'viewer')[], scope: 'district' | WardKey[]) => {
    const user = await make.user(services, { roles, scope, password: null });
    return browserOn(app, await make.session(services, user));
  };
  const report = async (by: Browser, more: object = {}) => {
    const { status, body } = await by.send('POST', '/api/dengue/cases', entry(more));
    expect(status, JSON.stringify(body)).toBe(200);
    return body as { id: string; version: number };
  };
  /** Each as its card tells it: with its links, which a list leaves out. */
  const list = async (by: Browser, query = ''): Promise<OutbreakWords[]> => {
    const { items } = (await by.get(`/api/dengue/outbreaks${query}`)).body as { items: OutbreakWords[] };
    const at = /at=[\d-]+/.exec(query)?.[0] ?? '';
    return Promise.all(items.map(async ({ number }) => (await by.get(`/api/dengue/outbreaks/${number}?${at}`)).body));
  };
  return {
    app,
    services,
    report,
    list,
    quangAn: await of(['health'], [QUANG_AN]),
    tuLien: await of(['health'], [TU_LIEN]),
    district: await of(['health'], 'district'),
    leader: await of(['viewer'], 'district'),
  };
}

describe('an outbreak appears by itself', () => {
  it('with the second linked case, and says why: metres, days, clause, end', async () => {
    const { district, report, list } = await station();
    const a = await report(district);
    expect(await list(district)).toEqual([]);
    const b = await report(district, { position: near(0, 150), onsetOn: '2022-11-01' });
    const [outbreak] = await list(district);
    expect(outbreak).toMatchObject({
      number: 'TH-2022-001',
      state: 'watching',
      ruleId: 'moh-3711',
      signal: true,
      made: 'computed',
      openedOn: '2022-11-04',
      firstOnsetOn: '2022-10-28',
      lastOnsetOn: '2022-11-01',
      expectedEndOn: '2022-11-15',
      endedOn: null,
      caseCount: 2,
      casesBeyond: 0,
      wards: [{ key: QUANG_AN, name: 'Quảng An' }],
      links: [{ from: a.id, to: b.id, days: 4, clause: 'signal-pair' }],
      exact: true,
    });
    expect(outbreak!.links![0]!.meters).toBeCloseTo(150, 0);
    expect((await district.get('/api/dengue/outbreaks')).body.items).toMatchObject([{ links: null, linksCut: false }]);
    const { body } = await district.get('/api/dengue/outbreaks/TH-2022-001/history');
    expect(body.items).toMatchObject([{ code: 'opened-by-pair', on: '2022-11-04', params: { days: 4 } }]);
  });

  it('with one confirmed case, and not with two that lie 201 m or 8 days apart', async () => {
    const { district, report, list } = await station();
    await report(district);
    await report(district, { position: near(202) });
    await report(district, { position: near(0, 150), onsetOn: '2022-10-20' });
    expect(await list(district)).toEqual([]);
    await report(district, { position: IN_BUOI, class: 'confirmed' });
    expect(await list(district)).toMatchObject([{ caseCount: 1, state: 'watching' }]);
  });

  it('in the same transaction: the event comes with the case, to whoever may see outbreaks', async () => {
    const { district, leader, report, services } = await station();
    await report(district);
    await report(district, { position: near(100) });
    const rows = await services.db.all<{ verb: string; record_id: string; after: string }>(
      "SELECT verb, record_id, after FROM change WHERE kind IN ('case', 'outbreak') ORDER BY seq",
    );
    expect(rows.map(({ verb }) => verb)).toEqual(['reportCase', 'reportCase', 'openOutbreak']);
    expect(rows.at(-1)!.after).not.toContain('ca-');
    const { body } = await leader.get('/api/changes');
    expect(body.items.slice(1)).toMatchObject([{ verb: 'openOutbreak', kind: 'outbreak', recordId: 'TH-2022-001' }]);
  });

  it('goes on by its number when a case is removed, comes back, or its onset is corrected', async () => {
    const { district, report, list } = await station();
    await report(district);
    const b = await report(district, { position: near(100) });
    const gone = await district.send(
      'POST',
      `/api/dengue/cases/${b.id}/removal`,
      { changeId: make.changeId(), reason: 'ruled-out' },
      match(b),
    );
    expect(await list(district)).toMatchObject([{ number: 'TH-2022-001', signal: false, caseCount: 1 }]);
    const back = await district.send(
      'POST',
      `/api/dengue/cases/${b.id}/restoral`,
      { changeId: make.changeId() },
      match(gone.body),
    );
    await district.send(
      'PATCH',
      `/api/dengue/cases/${b.id}`,
      { changeId: make.changeId(), onsetOn: '2022-11-02' },
      match(back.body),
    );
    expect(await list(district)).toMatchObject([{ number: 'TH-2022-001', signal: true, expectedEndOn: '2022-11-16' }]);
    const { body } = await district.get('/api/dengue/outbreaks/TH-2022-001/history');
    expect(body.items.map(({ code }: { code: string }) => code)).toEqual([
      'opened-by-pair',
      'cases-left',
      'cases-joined',
      'onset-corrected',
    ]);
  });
});

describe('numbers, decisions and history stay', () => {
  it('on a merge the earliest number lives on with the declaration of the other; on a split the part names its origin', async () => {
    const { district, report, list } = await station();
    await report(district, { class: 'confirmed' });
    await report(district, { class: 'confirmed', position: near(300) });
    const [second] = await list(district);
    const reason = 'Bệnh viện báo thêm nhiều ca';
    await district.send(
      'POST',
      `/api/dengue/outbreaks/${second!.number}/declare`,
      { changeId: make.changeId(), reason },
      match(second!),
    );
    const bridge = await report(district, { position: near(150) });
    expect(await list(district)).toMatchObject([
      { number: 'TH-2022-001', aliases: ['TH-2022-002'], caseCount: 3, state: 'active', declared: { reason } },
    ]);
    expect((await district.get('/api/dengue/outbreaks/TH-2022-002')).body.number).toBe('TH-2022-001');

    await district.send(
      'POST',
      `/api/dengue/cases/${bridge.id}/removal`,
      { changeId: make.changeId(), reason: 'duplicate' },
      match(bridge),
    );
    expect(await list(district)).toMatchObject([
      { number: 'TH-2022-003', origin: 'TH-2022-001', caseCount: 1, state: 'watching' },
      { number: 'TH-2022-001', aliases: ['TH-2022-002'], caseCount: 1, state: 'active' },
    ]);
    const codes = (await district.get('/api/dengue/outbreaks/TH-2022-001/history')).body.items.map(
      ({ code }: { code: string }) => code,
    );
    expect(codes).toEqual(expect.arrayContaining(['declared', 'took-in', 'merged-into', 'cases-left']));
  });

  it('a late case with an earlier onset joins and changes no number', async () => {
    const { district, report, list } = await station();
    await report(district, { class: 'confirmed' });
    await report(district, { position: near(50), onsetOn: '2022-10-20' });
    expect(await list(district)).toMatchObject([
      { number: 'TH-2022-001', caseCount: 2, firstOnsetOn: '2022-10-20', expectedEndOn: '2022-11-11' },
    ]);
  });

  it('held in memory is what a fresh look at the store would say, whatever happened', async () => {
    const { district, report, services } = await station();
    const ids: { id: string; version: number }[] = [];
    const step = fc.record({ x: fc.integer({ min: 0, max: 5 }), day: fc.integer({ min: 0, max: 9 }), act: fc.nat(2) });
    for (const { x, day, act } of fc.sample(step, { numRuns: 24, seed: 3711 })) {
      const known = ids[x % Math.max(1, ids.length)];
      const onsetOn = `2022-10-${18 + day}`;
      if (act < 2 || !known) {
        ids.push(
          await report(district, {
            position: near(45 * x, 170 * day),
            onsetOn,
            class: x === 5 ? 'confirmed' : 'clinical',
          }),
        );
      } else {
        const { body } = await district.send(
          'PATCH',
          `/api/dengue/cases/${known.id}`,
          { changeId: make.changeId(), onsetOn, position: near(40 * (x + 1), 165 * day) },
          match(known),
        );
        known.version = body.version;
      }
    }
    const keeper = await keeperOf(services);
    const held = [...keeper.outbreaks.values()];
    expect(held.length).toBeGreaterThan(2);
    expect(keeper.mapAll().rewritten).toEqual([]);
    // The same database under another server: everything is read from the store.
    const { db, ...rest } = services;
    const fresh = await keeperOf({ ...rest, db: Object.create(db) as typeof db });
    const plain = (all: Iterable<(typeof held)[number]>) =>
      [...all].map((one) => JSON.parse(JSON.stringify(one))).sort((a, b) => (a.number < b.number ? -1 : 1));
    expect(plain(fresh.outbreaks.values())).toEqual(plain(held));
    expect((await services.changes.verify()).ok).toBe(true);
  });

  it('a change that is refused leaves no outbreak behind', async () => {
    const { district, services, report, list } = await station();
    await report(district);
    const undo = services.changes.follow(async (_, { kind }) => {
      if (kind === 'case') throw new Error('the disk is full');
      return [];
    });
    const refused = await district.send('POST', '/api/dengue/cases', entry({ position: near(50) }));
    undo();
    expect(refused.status).toBe(500);
    expect(await list(district)).toEqual([]);
    await report(district, { position: near(60) });
    expect(await list(district)).toMatchObject([{ number: 'TH-2022-001', caseCount: 2 }]);
  });
});

describe('across the ward line', () => {
  /** Two homes about 100 m apart on both sides of the line between Quảng An and Tứ Liên, found by the ward index. */
  async function acrossTheLine() {
    const world = await station();
    const { index } = world.services.places;
    const wardAt = (lng: number, lat: number) => index['1995-10-28'].wardAt([lng, lat]);
    for (let lat = 21.055; lat < 21.08; lat += 0.0004)
      for (let lng = 105.82; lng < 105.85; lng += 0.0003)
        if (wardAt(lng, lat) === QUANG_AN && wardAt(lng + 0.001, lat) === TU_LIEN) {
          const reports = [
            await world.district.send(
              'POST',
              '/api/dengue/cases',
              entry({ position: { lng, lat, accuracyMeters: 10 } }),
            ),
            await world.district.send(
              'POST',
              '/api/dengue/cases',
              entry({
                position: { lng: lng + 0.001, lat, accuracyMeters: 10 },
                person: { name: 'Nguyễn Văn Kín', address: 'Số 9 ngõ 8' },
              }),
            ),
          ];
          if (reports.some(({ status }) => status !== 200)) continue;
          return { ...world, own: reports[0]!.body, hidden: reports[1]!.body, lng, lat };
        }
    throw new Error('no such place');
  }

  it('it is one outbreak; each officer sees how many lie beyond, and nothing of them', async () => {
    const { quangAn, tuLien, leader, list, own, hidden } = await acrossTheLine();
    for (const [officer, theirs, others] of [
      [quangAn, own, hidden],
      [tuLien, hidden, own],
    ] as const) {
      const answers = [
        await officer.get('/api/dengue/outbreaks'),
        await officer.get('/api/dengue/outbreaks/TH-2022-001'),
        await officer.get('/api/dengue/outbreaks/TH-2022-001/history'),
        await officer.get('/api/layers/outbreaks'),
        await officer.get('/api/dengue/rules/compare'),
      ];
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      expect(answers[1]!.body).toMatchObject({
        caseCount: 2,
        casesBeyond: 1,
        caseIds: [theirs.id],
        links: [],
        exact: false,
        wards: [{ name: 'Tứ Liên' }, { name: 'Quảng An' }],
      });
      const text = JSON.stringify(answers.map(({ body }) => body));
      for (const secret of [others.id, others.id.slice(3), 'Nguyễn Văn Kín', 'Số 9', '"meters":1'])
        expect(text).not.toContain(secret);
      expect(answers[2]!.body.items[0].params).toEqual({});
    }
    const [told] = await list(leader);
    expect(told).toMatchObject({ caseCount: 2, casesBeyond: 2, caseIds: [], links: [], exact: false, mayWrite: false });
  });

  it('no corner of what an officer or a leader is given depends on where a hidden home stands in its cell', async () => {
    const { quangAn, leader, list, own, hidden, lng, lat, district } = await acrossTheLine();
    const before = [(await list(quangAn))[0]!.geometry, (await list(leader))[0]!.geometry];
    const moved = { lng: lng + 0.001 + 0.00002, lat: lat + 0.00003, accuracyMeters: 10 };
    await district.send(
      'PATCH',
      `/api/dengue/cases/${hidden.id}/position`,
      { changeId: make.changeId(), position: moved, locatedBy: 'map' },
      match(hidden),
    );
    expect([(await list(quangAn))[0]!.geometry, (await list(leader))[0]!.geometry]).toEqual(before);
    // The officer's zone is the circle around the home in their own ward.
    const ring = (before[0]!.coordinates as number[][][])[0]!;
    const reach = Math.max(...ring.map(([x = 0]) => (x - own.position.lng) * 103_900));
    expect(reach).toBeGreaterThan(195);
    expect(reach).toBeLessThan(205);
  });
});

describe('marked directly', () => {
  const mark = (more: object = {}) => ({
    changeId: make.changeId(),
    position: { lng: IN_QUANG_AN.lng, lat: IN_QUANG_AN.lat },
    foundOn: '2022-11-02',
    source: 'Trạm y tế Quảng An',
    reportedCases: 3,
    residentialGroups: ['Tổ 5'],
    ...more,
  });

  it('by a place: it has a number, the circle of the rule, the ward, and takes up the cases in it', async () => {
    const { quangAn, report } = await station();
    await report(quangAn, { position: near(120) });
    const { status, body } = await quangAn.send('POST', '/api/dengue/outbreaks', mark());
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({
      number: 'TH-2022-001',
      made: 'directly',
      state: 'active',
      apart: null,
      caseCount: 1,
      openedOn: '2022-11-02',
      lastOnsetOn: '2022-10-28',
      expectedEndOn: '2022-11-11',
      residentialGroups: ['Tổ 5'],
      marked: { foundOn: '2022-11-02', source: 'Trạm y tế Quảng An', reportedCases: 3 },
      declared: { basis: 'reason' },
      exact: true,
    });
    expect(body.wards).toEqual([{ key: QUANG_AN, name: 'Quảng An' }]);
    // A case that comes later falls into it too, one elsewhere does not.
    await report(quangAn, { position: near(-100, 50), onsetOn: '2022-11-03' });
    await report(quangAn, { position: near(0, 400), onsetOn: '2022-11-03' });
    const now = await quangAn.get('/api/dengue/outbreaks/TH-2022-001');
    expect(now.body).toMatchObject({ caseCount: 2, expectedEndOn: '2022-11-17' });
  });

  it('without a case in it, it ends the days of the rule after it was found', async () => {
    const { quangAn } = await station();
    const polygon = {
      type: 'Polygon',
      coordinates: [
        [0, 0],
        [150, 0],
        [150, 150],
        [0, 150],
        [0, 0],
      ].map(([x, y]) => [near(x!, y).lng, near(x!, y).lat]),
    };
    const drawn = { ...polygon, coordinates: [polygon.coordinates] };
    const { body } = await quangAn.send('POST', '/api/dengue/outbreaks', mark({ position: undefined, polygon: drawn }));
    expect(body).toMatchObject({ caseCount: 0, lastOnsetOn: null, expectedEndOn: '2022-11-16', exact: true });
    expect(body.geometry).toEqual(drawn);
  });

  it('joins the computed group it overlaps, or is kept apart from it', async () => {
    const { quangAn, report, list } = await station();
    await report(quangAn, { class: 'confirmed' });
    const { body: marked } = await quangAn.send('POST', '/api/dengue/outbreaks', mark());
    expect(marked).toMatchObject({ number: 'TH-2022-002', overlaps: ['TH-2022-001'] });
    const apart = await quangAn.send(
      'POST',
      '/api/dengue/outbreaks/TH-2022-002/keep-apart',
      { changeId: make.changeId() },
      match(marked),
    );
    expect(apart.body).toMatchObject({ apart: true });
    expect(await list(quangAn)).toHaveLength(2);
    const again = { changeId: make.changeId() };
    const refused = await quangAn.send(
      'POST',
      '/api/dengue/outbreaks/TH-2022-002/keep-apart',
      again,
      match(apart.body),
    );
    expect(refused).toMatchObject({ status: 409, body: { code: 'already_apart' } });
    const joined = await quangAn.send(
      'POST',
      '/api/dengue/outbreaks/TH-2022-002/join',
      { changeId: make.changeId() },
      match(apart.body),
    );
    expect(joined.body).toMatchObject({
      number: 'TH-2022-001',
      aliases: ['TH-2022-002'],
      state: 'active',
      residentialGroups: ['Tổ 5'],
      marked: { source: 'Trạm y tế Quảng An' },
    });
    expect(await list(quangAn)).toHaveLength(1);
  });

  it('joined under the earlier number it lives on with the group, and is not joined twice', async () => {
    const { quangAn, report } = await station();
    const { body: marked } = await quangAn.send('POST', '/api/dengue/outbreaks', mark());
    await report(quangAn, { class: 'confirmed' });
    const join = async () => {
      const { version } = (await quangAn.get('/api/dengue/outbreaks/TH-2022-001')).body;
      const sent = { changeId: make.changeId() };
      return (await quangAn.send('POST', '/api/dengue/outbreaks/TH-2022-001/join', sent, match({ version }))).body;
    };
    expect(await join()).toMatchObject({
      number: marked.number,
      aliases: ['TH-2022-002'],
      made: 'directly',
      caseCount: 1,
    });
    expect((await join()).code).toBe('already_joined');
  });

  it('whoever keeps another ward sees that it is there, its numbers, and no circle', async () => {
    const { quangAn, tuLien, list } = await station();
    await quangAn.send('POST', '/api/dengue/outbreaks', mark({ place: 'Số 7 ngõ 6' }));
    const [seen] = await list(tuLien);
    expect(seen).toMatchObject({ exact: false, mayWrite: false, marked: { place: null, geometry: null } });
    expect((seen!.geometry!.coordinates as number[][][])[0]).toHaveLength(5);
  });

  it.each([
    ['found_in_future', 422, { foundOn: '2022-11-05' }],
    ['shape_needed', 422, { position: undefined }],
    ['outside_district', 422, { position: { lng: 106.5, lat: 20.5 } }],
    ['axes_swapped', 422, { position: { lng: IN_QUANG_AN.lat, lat: IN_QUANG_AN.lng - 90 + 90 } }],
    ['outside_scope', 403, { position: { lng: IN_BUOI.lng, lat: IN_BUOI.lat } }],
    ['outside_scope', 403, { wards: ['00109@1995-10-28'] }],
    ['unknown_ward', 422, { wards: ['99999@1995-10-28'] }],
  ])('is refused: %s', async (code, status, more) => {
    const { quangAn } = await station();
    const { body, ...answer } = await quangAn.send('POST', '/api/dengue/outbreaks', mark(more));
    expect([answer.status, body.code]).toEqual(code === 'axes_swapped' ? [422, body.code] : [status, code]);
  });

  it('is refused when its edges cross, or it reaches far out', async () => {
    const { quangAn } = await station();
    const ring = (points: number[][]) => ({
      type: 'Polygon',
      coordinates: [points.map(([x = 0, y = 0]) => [near(x, y).lng, near(x, y).lat])],
    });
    const send = async (points: number[][]) =>
      (await quangAn.send('POST', '/api/dengue/outbreaks', mark({ position: undefined, polygon: ring(points) }))).body
        .code;
    expect(
      await send([
        [0, 0],
        [99, 99],
        [99, 0],
        [0, 99],
        [0, 0],
      ]),
    ).toBe('shape_crosses_itself');
    expect(
      await send([
        [0, 0],
        [99_000, 0],
        [0, 99_000],
        [0, 0],
      ]),
    ).toBe('outside_district');
  });
});

describe('decisions', () => {
  it('a signal is declared with a reason and the declaration is taken back', async () => {
    const { quangAn, leader, report, list } = await station();
    await report(quangAn, { class: 'confirmed' });
    const [signal] = await list(quangAn);
    const path = `/api/dengue/outbreaks/${signal!.number}`;
    const send = (what: string, more: object, at: { version: number }) =>
      quangAn.send('POST', `${path}/${what}`, { changeId: make.changeId(), ...more }, match(at));
    expect((await send('declare', { reason: 'Vì thế' }, signal!)).body.code).toBe('reason_too_short');
    expect((await send('undo-declaration', {}, signal!)).body.code).toBe('not_declared');
    expect((await send('join', {}, signal!)).body.code).toBe('only_marked_directly');
    const reason = 'Đã có ba ca cùng ngõ';
    const { body: declared } = await send('declare', { reason }, signal!);
    expect(declared).toMatchObject({
      state: 'active',
      declared: { on: '2022-11-04', basis: 'reason', reason, by: 'Nguyễn Thị Thử' },
    });
    expect((await send('declare', { reason }, declared)).body.code).toBe('already_declared');
    expect(await send('declare', { reason }, signal!)).toMatchObject({
      status: 412,
      body: { code: 'changed_meanwhile' },
    });
    // Out of scope: that it was declared, not why and by whom.
    expect((await list(leader))[0]!.declared).toMatchObject({ reason: null, by: null });
    expect(JSON.stringify((await leader.get(`${path}/history`)).body)).not.toContain(reason);
    expect((await send('undo-declaration', {}, declared)).body).toMatchObject({ state: 'watching', declared: null });
  });

  it('of another ward are refused, as is what is not there', async () => {
    const { quangAn, tuLien, report, list } = await station();
    await report(quangAn, { class: 'confirmed' });
    const [signal] = await list(quangAn);
    const declare = (number: string) =>
      tuLien.send(
        'POST',
        `/api/dengue/outbreaks/${number}/declare`,
        { changeId: make.changeId(), reason: 'Lý do đủ dài' },
        match(signal!),
      );
    expect((await declare(signal!.number)).body.code).toBe('outside_scope');
    expect((await declare('TH-2022-999')).body.code).toBe('unknown_outbreak');
  });

  it('one marked directly joins nothing where nothing overlaps, and not twice', async () => {
    const { quangAn } = await station();
    const position = { lng: IN_QUANG_AN.lng, lat: IN_QUANG_AN.lat };
    const { body: marked } = await quangAn.send('POST', '/api/dengue/outbreaks', {
      changeId: make.changeId(),
      position,
      foundOn: '2022-11-02',
      source: 'Trạm y tế',
    });
    const join = await quangAn.send(
      'POST',
      `/api/dengue/outbreaks/${marked.number}/join`,
      { changeId: make.changeId() },
      match(marked),
    );
    expect(join.body.code).toBe('nothing_to_join');
  });
});

describe('the day', () => {
  it('ends outbreaks by itself, and a new case opens one again', async () => {
    const clock = make.clock('2022-11-04T03:00:00.000Z');
    const { app, district: before, report, list, services } = await station({ clock });
    await report(before, { class: 'confirmed' });
    clock.pass(8 * 86_400_000);
    await turnDay(services.changes, services.clock.today(), services.clock.now());
    const user = await make.user(services, { roles: ['health'], password: null });
    const district = browserOn(app, await make.session(services, user));
    expect(await list(district)).toMatchObject([
      { state: 'ended', expectedEndOn: '2022-11-11', endedOn: '2022-11-12' },
    ]);
    await report(district, { position: near(20), onsetOn: '2022-11-10' });
    expect(await list(district)).toMatchObject([
      { number: 'TH-2022-001', state: 'watching', expectedEndOn: '2022-11-24' },
    ]);
    const { body } = await district.get('/api/dengue/outbreaks/TH-2022-001/history');
    expect(body.items.map(({ code }: { code: string }) => code)).toEqual([
      'opened-by-confirmed',
      'ended',
      'cases-joined',
      'reopened',
    ]);
  });

  it('looked at may be another: what stood then, by the record of today', async () => {
    const { district, report, list } = await station();
    await report(district, { class: 'confirmed', onsetOn: '2022-10-10' });
    await report(district, { class: 'confirmed', onsetOn: '2022-10-20', position: near(50) });
    expect(await list(district, '?at=2022-10-12')).toMatchObject([
      { number: 'TH-2022-001', caseCount: 1, expectedEndOn: '2022-10-24', state: 'watching' },
    ]);
    expect(await list(district, '?at=2022-10-01')).toEqual([]);
    expect(await list(district)).toMatchObject([{ caseCount: 2, expectedEndOn: '2022-11-03', state: 'ended' }]);
    expect(await list(district, '?state=open')).toEqual([]);
  });
});

describe('the rule', () => {
  it('is switched for the whole district, and every outbreak keeps its number', async () => {
    const { district, quangAn, report, list } = await station();
    await report(district, { class: 'confirmed' });
    const rules = (await district.get('/api/dengue/rules')).body;
    expect(rules).toMatchObject({ ruleId: 'moh-3711', version: 1 });
    const send = (by: Browser, ruleId: string, version: number) =>
      by.send(
        'PUT',
        '/api/dengue/rules/current',
        { changeId: make.changeId(), ruleId },
        { 'if-match': `"${version}"` },
      );
    expect((await send(quangAn, 'hcmc-2021', 1)).body.code).toBe('not_permitted');
    expect((await send(district, 'none', 1)).body.code).toBe('unknown_rule');
    expect((await send(district, 'moh-3711', 1)).body.code).toBe('rule_in_force');
    expect((await send(district, 'hcmc-2021', 7)).body.code).toBe('changed_meanwhile');
    expect((await send(district, 'hcmc-2021', 1)).body).toMatchObject({ ruleId: 'hcmc-2021', version: 2 });
    expect(await list(district)).toMatchObject([
      { number: 'TH-2022-001', ruleId: 'hcmc-2021', expectedEndOn: '2022-11-25' },
    ]);
  });

  it('is compared with the other on the same cases', async () => {
    const { district, report } = await station();
    await report(district, { class: 'confirmed' });
    await report(district, { position: near(150), onsetOn: '2022-10-10' });
    const { body } = await district.get('/api/dengue/rules/compare');
    expect(body.rules).toMatchObject([
      { ruleId: 'moh-3711', groups: 2, signals: 1, items: [{ number: 'TH-2022-001', caseCount: 1 }] },
      { ruleId: 'hcmc-2021', groups: 2 },
    ]);
  });
});

test('an inserted season opens its outbreaks by the first look', async () => {
  const { services, app } = await make.app({ demo: true });
  const user = await make.user(services, { roles: ['viewer'], password: null });
  const viewer = browserOn(app, await make.session(services, user));
  const { body } = await viewer.get('/api/dengue/outbreaks?limit=500');
  expect(body.items.length).toBeGreaterThan(5);
  expect(body.items.every(({ demo }: OutbreakWords) => demo)).toBe(true);
  const rows = await services.db.all<{ verb: string }>("SELECT verb FROM change WHERE kind = 'outbreak'");
  expect(rows).toHaveLength(body.items.length);
});

test('visitors see none of it', async () => {
  const { app } = await make.app({ demo: true });
  const visitor = browserOn(app);
  for (const path of [
    '/api/dengue/outbreaks',
    '/api/dengue/outbreaks/TH-2022-001',
    '/api/layers/outbreaks',
    '/api/dengue/rules',
  ])
    expect((await visitor.get(path)).status).toBe(403);
});

test('a second follower is taken away again by its undo', async () => {
  const { services } = await make.app();
  followCases(services)();
  expect((await keeperOf(services)).cases.size).toBe(0);
});
