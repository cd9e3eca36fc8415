import { describe, expect, it } from 'vitest';
import type { WardKey } from '../../geodata/schema.ts';
import type { ResponseWords, Step } from '../../server/outbreaks/response-contract.ts';
import { openZip } from '../../server/platform/zip.ts';
import { browserOn, type Browser } from '../helpers/asking.ts';
import { IN_BUOI, IN_QUANG_AN, make } from '../helpers/make.ts';

const QUANG_AN: WardKey = '00100@1995-10-28';
const TU_LIEN: WardKey = '00097@1995-10-28';
const north = (meters: number) => ({ ...IN_QUANG_AN, lat: IN_QUANG_AN.lat + meters / 111_195 });
const FIRST = 'TH-2022-001';
const match = (version: number) => ({ 'if-match': `"${version}"` });
const nobody = { chair: '', writer: '', place: '', riskPoints: '', assessment: '', proposals: '' };

/** One confirmed case in Quảng An, which is an outbreak of its own, opened on the 4th of November. */
async function station() {
  const { app, services } = await make.app();
  const of = async (roles: ('health' | 'viewer')[], scope: 'district' | WardKey[]) => {
    const user = await make.user(services, { roles, scope, password: null });
    return browserOn(app, await make.session(services, user));
  };
  const quangAn = await of(['health'], [QUANG_AN]);
  const report = async (by: Browser, more: object = {}) => {
    const { status, body } = await by.send('POST', '/api/dengue/cases', {
      changeId: make.changeId(),
      class: 'confirmed',
      onsetOn: '2022-10-28',
      reportedOn: '2022-11-01',
      position: IN_QUANG_AN,
      ...more,
    });
    expect(status, JSON.stringify(body)).toBe(200);
    return body as { id: string; version: number };
  };
  const first = await report(quangAn, {
    residentialGroup: 'Tổ 12',
    sex: 'female',
    person: { name: 'Trần Thị Kín', phone: '0912345678', address: 'Số 9 ngõ Kín' },
  });
  const declare = async (number = FIRST) => {
    const { version } = (await quangAn.get(`/api/dengue/outbreaks/${number}`)).body;
    const sent = { changeId: make.changeId(), reason: 'theo kết quả điều tra' };
    return quangAn.send('POST', `/api/dengue/outbreaks/${number}/declare`, sent, match(version));
  };
  const record = (more: object = {}, number = FIRST, by = quangAn) =>
    by.send('POST', `/api/dengue/outbreaks/${number}/response`, {
      changeId: make.changeId(),
      kind: 'verify',
      doneOn: '2022-11-02',
      ...more,
    });
  const response = async (by = quangAn, number = FIRST): Promise<ResponseWords> =>
    (await by.get(`/api/dengue/outbreaks/${number}/response`)).body;
  const makeReport = (by = quangAn, number = FIRST, more: object = {}, changeId = make.changeId()) =>
    by.send('POST', `/api/dengue/outbreaks/${number}/report`, { changeId, entries: { ...nobody, ...more } });
  return {
    app,
    services,
    first,
    quangAn,
    report,
    declare,
    record,
    response,
    makeReport,
    tuLien: await of(['health'], [TU_LIEN]),
    district: await of(['health'], 'district'),
    leader: await of(['viewer'], 'district'),
  };
}
const stepOf = ({ steps }: { steps: readonly Step[] }, code: Step['code']) => steps.find((step) => step.code === code)!;

describe('the checklist', () => {
  it('has the dates of the guide from the day it opened, late steps first', async () => {
    const { response, services } = await station();
    const words = await response();
    expect(words).toMatchObject({ number: FIRST, at: '2022-11-04', coverageTarget: 95, radiusMeters: 200, late: 2 });
    expect(words.steps.slice(0, 2)).toMatchObject([
      { code: 'verify', state: 'late', dueOn: '2022-11-03', daysLate: 1 },
      { code: 'survey-before', state: 'late' },
    ]);
    expect(stepOf(words, 'larvae')).toMatchObject({ state: 'waiting', dueOn: null });
    expect(services.places.outbreakRules[1]!.response).toBeNull();
  });

  it('takes what was done, by whom and with which coverage; a correction meets another one', async () => {
    const { record, response, declare, quangAn, services } = await station();
    await declare();
    await record();
    const sent = { kind: 'larvae', doneOn: '2022-11-04', houses: 300, housesDone: 270, people: 12, team: 'Đội 1' };
    const { status, body } = await record(sent);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(stepOf(body, 'verify')).toMatchObject({ state: 'done', doneOn: '2022-11-02' });
    expect(stepOf(body, 'larvae')).toMatchObject({
      state: 'done',
      coveragePercent: 90,
      warnings: ['coverage-low'],
      team: 'Đội 1',
    });
    expect(stepOf(body, 'spray-1')).toMatchObject({ state: 'due', from: '2022-11-04', dueOn: '2022-11-06' });
    const { id } = body.actions.find(({ kind }: { kind: string }) => kind === 'larvae');
    const edit = (more: object, version: number) =>
      quangAn.send('PATCH', `/api/dengue/response/${id}`, { changeId: make.changeId(), ...more }, match(version));
    expect(stepOf((await edit({ housesDone: 290 }, 1)).body, 'larvae')).toMatchObject({
      coveragePercent: 96.7,
      warnings: [],
    });
    expect((await edit({ housesDone: 280 }, 1)).body).toMatchObject({ code: 'changed_meanwhile' });
    expect((await edit({ housesDone: 301 }, 2)).body.code).toBe('more_done_than_houses');
    expect(stepOf((await edit({ removed: true }, 2)).body, 'larvae').state).toBe('due');
    expect((await edit({ removed: false }, 3)).body.actions).toHaveLength(2);
    expect(stepOf(await response(), 'larvae').coveragePercent).toBe(96.7);
    const rows = await services.db.all<{ after: string }>("SELECT after FROM change WHERE kind = 'response'");
    expect(rows).toHaveLength(5);
    expect(JSON.stringify(rows)).not.toContain('Đội 1');
  });

  it('counts a survey made for it or near a case, and asks for a third round while indices are high', async () => {
    const { quangAn, record, response } = await station();
    const inspect = (kind: string, inspectedOn: string, positiveContainers: number) =>
      quangAn.send('POST', '/api/dengue/inspections', {
        changeId: make.changeId(),
        kind,
        inspectedOn,
        lng: IN_QUANG_AN.lng,
        lat: IN_QUANG_AN.lat,
        houses: 40,
        containers: 90,
        positiveContainers,
      });
    await inspect('before', '2022-10-20', 9);
    await record({ kind: 'spray', round: 1, doneOn: '2022-10-24' });
    await record({ kind: 'spray', round: 2, doneOn: '2022-11-01' });
    await inspect('after', '2022-11-02', 9);
    const words = await response();
    expect(stepOf(words, 'survey-before')).toMatchObject({ state: 'done', doneOn: '2022-10-20' });
    expect(stepOf(words, 'survey-after')).toMatchObject({ state: 'done', doneOn: '2022-11-02' });
    expect(stepOf(words, 'spray-3')).toMatchObject({ state: 'waiting', reasons: ['index-high'], from: '2022-11-08' });
  });

  it('asks for the whole residential group to be treated from the third outbreak in it', async () => {
    const { report, district, response } = await station();
    for (const south of [0, 0.004])
      await report(district, {
        position: { ...IN_BUOI, lat: IN_BUOI.lat - south },
        ward: QUANG_AN,
        residentialGroup: 'tổ 12',
      });
    expect(stepOf(await response(), 'wide')).toMatchObject({ reasons: ['many-outbreaks'], dueOn: '2022-11-03' });
  });

  it.each([
    ['done_in_future', { doneOn: '2022-11-05' }],
    ['more_done_than_houses', { kind: 'larvae', houses: 10, housesDone: 11 }],
    ['round_needed', { kind: 'spray' }],
    ['round_needed', { kind: 'verify', round: 1 }],
  ])('is refused: %s', async (code, more) => {
    const { record } = await station();
    expect((await record(more)).body).toMatchObject({ code, errors: [{ code }] });
  });

  it('of nothing is refused, and so is whoever keeps other wards', async () => {
    const { record, tuLien, quangAn } = await station();
    expect((await record({}, 'TH-2022-099')).body.code).toBe('unknown_outbreak');
    expect((await record({}, FIRST, tuLien)).body.code).toBe('outside_scope');
    const { body } = await record();
    const edit = (by: Browser, id: string) =>
      by.send('PATCH', `/api/dengue/response/${id}`, { changeId: make.changeId() }, match(1));
    expect((await edit(tuLien, body.actions[0].id)).body.code).toBe('outside_scope');
    expect((await edit(quangAn, 'ra-none')).body.code).toBe('unknown_response');
  });

  it('of every open outbreak is one list of what is late or due', async () => {
    const { report, district, leader, record } = await station();
    await report(district, { position: IN_BUOI });
    await record();
    const { items } = (await leader.get('/api/dengue/response/due')).body;
    expect(items.map(({ number, code, state }: Step & { number: string }) => `${number} ${code} ${state}`)).toEqual([
      'TH-2022-002 verify late',
      'TH-2022-002 survey-before late',
      'TH-2022-001 survey-before late',
    ]);
  });
});

describe('the zone to be treated', () => {
  it('is one shape with its area, streets and residential groups', async () => {
    const { report, quangAn, response } = await station();
    await report(quangAn, { position: north(150), residentialGroup: 'Tổ 3' });
    const { zone } = await response();
    expect(zone).toMatchObject({ exact: true, geometry: { type: 'Polygon' }, residentialGroups: ['Tổ 3', 'Tổ 12'] });
    // Two circles of 200 m (12.6 ha each), their middles 150 m apart.
    expect(zone.areaHectares).toBeGreaterThan(12.6);
    expect(zone.areaHectares).toBeLessThan(25.2);
    expect(zone.streets.length).toBeGreaterThan(0);
  });

  it('tells whoever keeps other wards no group of a hidden case, no circle and no words', async () => {
    const { record, response, leader, tuLien } = await station();
    await record({ team: 'Đội của bà Kín', note: 'nhà số 9' });
    for (const by of [leader, tuLien]) {
      const words = await response(by);
      expect(words.zone).toMatchObject({ exact: false, residentialGroups: [] });
      expect(words.mayWrite).toBe(false);
      expect(stepOf(words, 'verify')).toMatchObject({ state: 'done', team: null });
      expect(JSON.stringify(words)).not.toMatch(/Kín|số 9|Tổ 12/);
      // A cell of the grid: its corners stand on the grid, not around a home.
      expect(JSON.stringify(words.zone.geometry).length).toBeLessThan(400);
    }
  });

  it('an inspection by somebody of another ward is no probe for a hidden case', async () => {
    const { district, tuLien, response, services } = await station();
    const inspect = {
      changeId: make.changeId(),
      kind: 'before',
      inspectedOn: '2022-11-02',
      lng: IN_QUANG_AN.lng,
      lat: IN_QUANG_AN.lat,
      houses: 5,
    };
    expect((await district.send('POST', '/api/dengue/inspections', inspect)).status).toBe(200);
    expect(stepOf(await response(district), 'survey-before').state).toBe('done');
    expect(stepOf(await response(tuLien), 'survey-before').state).toBe('late');
    expect(services.env.demo).toBe(false);
  });
});

describe('what was done and reported', () => {
  it('lives on in the outbreak that took its number in', async () => {
    const { report, quangAn, record, response, makeReport } = await station();
    await report(quangAn, { position: north(380), onsetOn: '2022-10-29' });
    await record({ kind: 'larvae', doneOn: '2022-11-03' }, 'TH-2022-002');
    await makeReport(quangAn, 'TH-2022-002');
    // The bridge between the two.
    await report(quangAn, { class: 'clinical', position: north(190), onsetOn: '2022-10-29' });
    const words = await response(quangAn, 'TH-2022-002');
    expect(words.number).toBe(FIRST);
    expect(words.actions).toMatchObject([{ number: 'TH-2022-002', kind: 'larvae' }]);
    const { items } = (await quangAn.get(`/api/dengue/outbreaks/${FIRST}/reports`)).body;
    expect(items).toMatchObject([{ number: 'TH-2022-002' }]);
  });

  it('stays with the number when the outbreak splits, and the new part begins its own checklist', async () => {
    const { report, quangAn, record, response, makeReport } = await station();
    await report(quangAn, { position: north(-150), onsetOn: '2022-10-28' });
    const bridge = await report(quangAn, { class: 'clinical', position: north(190), onsetOn: '2022-10-29' });
    await report(quangAn, { position: north(380), onsetOn: '2022-10-29' });
    await record({ kind: 'larvae', doneOn: '2022-11-03' });
    await makeReport();
    await quangAn.send(
      'PATCH',
      `/api/dengue/cases/${bridge.id}`,
      { changeId: make.changeId(), class: 'ruled-out' },
      match(bridge.version),
    );
    const parts = (await quangAn.get('/api/dengue/outbreaks')).body.items as { number: string; origin: string }[];
    const part = parts.find(({ origin }) => origin === FIRST)!;
    expect((await response()).actions).toHaveLength(1);
    expect((await response(quangAn, part.number)).actions).toEqual([]);
    expect((await quangAn.get(`/api/dengue/outbreaks/${FIRST}/reports`)).body.items).toHaveLength(1);
    expect((await quangAn.get(`/api/dengue/outbreaks/${part.number}/reports`)).body.items).toEqual([]);
  });
});

it('a late case with an earlier onset, a correction, a merge and a split keep every number, decision, inspection and report', async () => {
  const open = await station();
  const { app, services, quangAn, report, declare, record, makeReport, response } = open;
  const SECOND = 'TH-2022-002';
  const inspect = (meters: number, number: string) =>
    quangAn.send('POST', '/api/dengue/inspections', {
      changeId: make.changeId(),
      kind: 'before',
      inspectedOn: '2022-11-02',
      lng: IN_QUANG_AN.lng,
      lat: north(meters).lat,
      houses: 30,
      number,
    });
  await report(quangAn, { position: north(380), onsetOn: '2022-10-29' });
  for (const [number, meters] of [[FIRST, 0], [SECOND, 380]] as const) {
    await declare(number);
    expect((await inspect(meters, number)).status).toBe(200);
    await record({ kind: 'larvae', doneOn: '2022-11-04', houses: 100, housesDone: 96 }, number);
    await makeReport(quangAn, number);
  } // prettier-ignore

  const district = await make.user(services, { roles: ['health'], scope: 'district', password: null });
  const headers = await make.session(services, district);
  const bytes = async (id: string) =>
    Buffer.from(await (await app.request(`/api/dengue/reports/${id}/pdf`, { headers })).arrayBuffer()).toString('hex');
  const listed = async (path: string): Promise<{ id: string }[]> => (await quangAn.get(path)).body.items;
  /** Everything that hangs on the two numbers, wherever they lead today. */
  const held = async () => {
    const numbers = [FIRST, SECOND];
    const reports = (await Promise.all(numbers.map((number) => listed(`/api/dengue/outbreaks/${number}/reports`)))).flat(); // prettier-ignore
    const inspections = (await Promise.all(numbers.map((number) => listed(`/api/dengue/inspections?number=${number}`)))).flat(); // prettier-ignore
    const actions = (await Promise.all(numbers.map((number) => response(quangAn, number)))).flatMap((words) => words.actions); // prettier-ignore
    const histories = await Promise.all(numbers.map((number) => listed(`/api/dengue/outbreaks/${number}/history`)));
    const ids = (of: readonly { id: string }[]) => [...new Set(of.map(({ id }) => id))].sort();
    return {
      living: (await Promise.all(numbers.map((number) => quangAn.get(`/api/dengue/outbreaks/${number}`)))).map(
        ({ body }) => body.declared?.reason,
      ),
      reports: ids(reports),
      bytes: await Promise.all(ids(reports).map(bytes)),
      inspections: ids(inspections),
      actions: ids(actions),
      decided: histories.flat().filter((event) => 'code' in event && event.code === 'declared').length > 0,
    };
  };
  const before = await held();
  expect([before.reports.length, before.inspections.length, before.actions.length]).toEqual([2, 2, 2]);
  const numbersNow = async () =>
    ((await quangAn.get('/api/dengue/outbreaks')).body.items as { number: string }[]).map(({ number }) => number);

  // A late case that fell ill before all others.
  const late = await report(quangAn, { class: 'clinical', position: north(-100), onsetOn: '2022-10-20' });
  expect(await numbersNow()).toEqual([SECOND, FIRST]);
  expect(await held()).toEqual(before);
  // Its onset is corrected.
  const corrected = await quangAn.send('PATCH', `/api/dengue/cases/${late.id}`, { changeId: make.changeId(), onsetOn: '2022-10-22' }, match(late.version)); // prettier-ignore
  expect(corrected.status).toBe(200);
  expect(await held()).toEqual(before);
  // A bridge merges both; it is taken away again, and they split.
  const bridge = await report(quangAn, { class: 'clinical', position: north(190), onsetOn: '2022-10-29' });
  expect(await numbersNow()).toEqual([FIRST]);
  expect((await quangAn.get(`/api/dengue/outbreaks/${SECOND}`)).body.number).toBe(FIRST);
  expect(await held()).toEqual(before);
  const gone = { changeId: make.changeId(), reason: 'duplicate' };
  expect((await quangAn.send('POST', `/api/dengue/cases/${bridge.id}/removal`, gone, match(bridge.version))).status).toBe(200); // prettier-ignore
  expect(await numbersNow()).toEqual(['TH-2022-003', FIRST]);
  expect((await quangAn.get('/api/dengue/outbreaks/TH-2022-003')).body.origin).toBe(FIRST);
  expect(await held()).toEqual(before);
  expect((await services.changes.verify()).ok).toBe(true);
});

describe('the report', () => {
  const bytesOf = async ({ app, services }: Awaited<ReturnType<typeof station>>, id: string, format: string) => {
    const user = await make.user(services, { roles: ['health'], scope: 'district', password: null });
    const answer = await app.request(`/api/dengue/reports/${id}/${format}`, { headers: await make.session(services, user) });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${FIRST}-2022-11-04.${format}"`);
    return Buffer.from(await answer.arrayBuffer());
  }; // prettier-ignore
  const wordsOf = (docx: Buffer) => {
    const zip = openZip(docx, 10_000_000);
    const read = (name: string) =>
      zip
        .read(`word/${name}.xml`)!
        .toString('utf8')
        .replaceAll(/<[^>]+>/g, ' ');
    return `${read('document')} ${read('footer1')}`.replaceAll(/\s+/g, ' ');
  };

  it('holds what the record knows and what was typed, no name, and the head of the log', async () => {
    const open = await station();
    const { record, makeReport, services } = open;
    await record({ kind: 'larvae', houses: 300, housesDone: 291, team: 'Trạm Y tế' });
    const head = await services.changes.chainHead();
    const { status, body } = await makeReport(open.quangAn, FIRST, { writer: 'Lê Văn Viết', proposals: 'Phun lần hai' });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({ number: FIRST, madeOn: '2022-11-04', by: 'Nguyễn Thị Thử', head });
    const words = wordsOf(await bytesOf(open, body.id, 'docx'));
    for (const text of ['BIÊN BẢN XỬ LÝ Ổ DỊCH', FIRST, 'TRẠM Y TẾ PHƯỜNG QUẢNG AN', 'Tổ 12', 'nữ', 'xác định', '28/10/2022'])
      expect(words).toContain(text);
    for (const text of ['97%', 'Trạm Y tế', 'Lê Văn Viết', 'Phun lần hai', 'ngày 04 tháng 11 năm 2022', head.hash])
      expect(words).toContain(text);
    expect(words).not.toMatch(/Kín|0912345678|Số 9|undefined|null|NaN/);
    expect((await bytesOf(open, body.id, 'pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  }); // prettier-ignore

  it('stays as it was made when cases change; a new one tells the new state', async () => {
    const open = await station();
    const { makeReport, quangAn, report } = open;
    const { body: old } = await makeReport();
    const before = [await bytesOf(open, old.id, 'docx'), await bytesOf(open, old.id, 'pdf')];
    await report(quangAn, { position: north(100), residentialGroup: 'Tổ 77' });
    const { body: later } = await makeReport();
    expect([await bytesOf(open, old.id, 'docx'), await bytesOf(open, old.id, 'pdf')]).toEqual(before);
    expect(wordsOf(before[0]!)).not.toContain('Tổ 77');
    expect(wordsOf(await bytesOf(open, later.id, 'docx'))).toContain('Tổ 77');
    const { items } = (await quangAn.get(`/api/dengue/outbreaks/${FIRST}/reports`)).body;
    expect(items.map(({ id }: { id: string }) => id).toSorted()).toEqual([old.id, later.id].toSorted());
  });

  it('asked for again after a lost reply is the same report', async () => {
    const { makeReport, quangAn } = await station();
    const changeId = make.changeId();
    const [one, two] = [await makeReport(quangAn, FIRST, {}, changeId), await makeReport(quangAn, FIRST, {}, changeId)];
    expect(two.body).toEqual(one.body);
    expect((await quangAn.get(`/api/dengue/outbreaks/${FIRST}/reports`)).body.items).toHaveLength(1);
  });

  it('is for whoever may see every case in it', async () => {
    const { makeReport, quangAn, tuLien, leader, district, report } = await station();
    // A case of the ward beside it, stated so: the outbreak is now of both, and the report of one.
    await report(district, { position: north(120), ward: TU_LIEN });
    const { body } = await makeReport();
    const own = await makeReport(tuLien);
    expect(own.status, JSON.stringify(own.body)).toBe(200);
    const ids = async (by: Browser) =>
      (await by.get(`/api/dengue/outbreaks/${FIRST}/reports`)).body.items.map(({ id }: { id: string }) => id);
    expect(await ids(tuLien)).toEqual([own.body.id]);
    expect(await ids(quangAn)).toEqual([body.id]);
    expect(await ids(district)).toHaveLength(2);
    expect((await tuLien.get(`/api/dengue/reports/${body.id}/pdf`)).body.code).toBe('outside_scope');
    expect((await quangAn.get('/api/dengue/reports/re-none/pdf')).body.code).toBe('unknown_report');
    expect((await leader.get(`/api/dengue/reports/${body.id}/pdf`)).body.code).toBe('not_permitted');
    expect((await makeReport(leader)).body.code).toBe('not_permitted');
  });

  it('of another ward is not made', async () => {
    const { makeReport, tuLien, services } = await station();
    expect((await makeReport(tuLien)).body.code).toBe('outside_scope');
    expect((await makeReport(tuLien, 'TH-2022-099')).body.code).toBe('unknown_outbreak');
    expect(await services.db.all('SELECT id FROM outbreak_report')).toEqual([]);
  });
});
