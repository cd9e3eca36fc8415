import { describe, expect, it } from 'vitest';
import type { CriteriaPack } from '../../geodata/schema.ts';
import type { StoredUser } from '../../server/accounts/user-store.ts';
import type { DistrictStatus } from '../../server/status/contract.ts';
import {
  PACK_LIMIT_BYTES,
  type CheckedPack,
  type PackDraft,
  type PackSummary,
} from '../../server/status/pack-contract.ts';
import { insertStatusValues, type StatusValueRow } from '../../server/status/store.ts';
import { make, type ServicesOptions } from '../helpers/make.ts';

const TODAY = '2022-11-04';
const SOURCE = 'Phụ lục I, QĐ 04/2022/QĐ-TTg, mục 1.1';

/** The app with somebody who may edit packs, and the ways to ask. */
async function office(options: ServicesOptions = {}, who: Partial<StoredUser> = {}) {
  const { app, services } = await make.app(options);
  const headers = await make.session(services, await make.user(services, who));
  const ask = async <T = { code: string; errors?: { path: string; code: string }[] }>(
    method: string,
    path: string,
    body?: object | string,
    version?: number,
  ) => {
    const answer = await app.request(path, {
      method,
      headers: {
        ...headers,
        'content-type': 'application/json',
        ...(version !== undefined && { 'if-match': `"${version}"` }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as T };
  };
  const pack = async (id: string, version = '') =>
    (await ask<CriteriaPack>('GET', `/api/packs/${id}${version && `?version=${version}`}`)).body;
  const draft = async (id: string) => (await ask<PackDraft>('GET', `/api/packs/${id}/draft`)).body;
  const save = <T = PackDraft>(pack: CriteriaPack, version: number, id = pack.id) =>
    ask<T>('PUT', `/api/packs/${id}/draft`, { changeId: make.changeId(), pack }, version);
  const publish = <T = PackSummary>(id: string, version: number, validFrom: string, reason = 'nhập ngưỡng') =>
    ask<T>('POST', `/api/packs/${id}/versions`, { changeId: make.changeId(), validFrom, reason }, version);
  const list = async () => (await ask<{ items: PackSummary[] }>('GET', '/api/packs')).body.items;
  const summary = async (id: string) => (await list()).find((one) => one.id === id)!;
  const withdraw = <T = PackSummary>(id: string, revision: number, from: string | null, reason = 'không dùng nữa') =>
    ask<T>('PUT', `/api/packs/${id}/withdrawal`, { changeId: make.changeId(), from, reason }, revision);
  const status = async (query: string) => (await ask<DistrictStatus>('GET', `/api/status?${query}`)).body;
  const approve = (...rows: Partial<StatusValueRow>[]) =>
    services.db.transaction((tx) =>
      insertStatusValues(
        tx,
        rows.map((row) => make.statusValue(row)),
      ),
    );
  return { app, services, headers, ask, pack, draft, save, publish, list, summary, withdraw, status, approve };
}
type Office = Awaited<ReturnType<typeof office>>;

/** A pack with another target for its first indicator. */
function withTarget(pack: CriteriaPack, more: object = {}): CriteriaPack {
  const copy = structuredClone(pack);
  const measure = { unit: '%', direction: 'at-least', target: 90, nearMargin: 5, placeholder: false, source: SOURCE };
  Object.assign(copy.criteria[0]!.indicators[0]!, { ...measure, ...more });
  return copy;
}

/** Publishes what `edit` makes of the shipped pack, judging from a day on. */
async function republish(office: Office, validFrom: string, edit = (pack: CriteriaPack) => withTarget(pack)) {
  const { version } = await office.draft('qd04-2022');
  await office.save(edit(await office.pack('qd04-2022')), version);
  return office.publish('qd04-2022', version + 1, validFrom);
}

/**
 * An outline of the title "xã, phường, thị trấn tiêu biểu" of NĐ 86/2023/NĐ-CP: its number and its subject are known,
 * its criteria are not, so it says so, has no threshold and judges nothing.
 */
const outline = (more: Partial<CriteriaPack> = {}): CriteriaPack => ({
  id: 'nd86-2023',
  title: {
    vi: 'Xã, phường, thị trấn tiêu biểu (NĐ 86/2023/NĐ-CP), phác thảo minh họa',
    en: 'Exemplary commune, ward, town (NĐ 86/2023), an outline for illustration',
  },
  illustration: true,
  decree: {
    ...{ number: '86/2023/NĐ-CP', issuedOn: '2023-12-07', inForceOn: '2024-01-30' },
    source: 'Chỉ biết tên danh hiệu; nội dung chưa đọc được',
  },
  validFrom: '2024-01-30',
  validTo: null,
  demo: false,
  indicatorCount: null,
  conditions: [],
  procedure: [],
  titleSteps: [],
  criteria: [1, 2].map((number) => ({
    id: String(number),
    number,
    letter: 'ab'[number - 1]!,
    title: { vi: `Nhóm tiêu chuẩn ${number} (minh họa)`, en: `Group ${number} (illustration)` },
    source: 'minh họa',
    confidence: 'low',
    indicators: [
      {
        id: `${number}.1`,
        title: { vi: 'Chủ đề minh họa', en: 'A topic for illustration' },
        ...{ unit: null, direction: null, target: null, nearMargin: null, placeholder: true },
        ...{ source: 'minh họa', confidence: 'low' },
      },
    ],
  })),
  ...more,
});

describe('the district’s own indicators', () => {
  it('are a pack beside the title: in force on the same days, and not among the nine criteria', async () => {
    const { list, status } = await office();
    const inForce = (await list()).filter((pack) => pack.inForce).map(({ id, purpose }) => [id, purpose]);
    expect(inForce).toEqual([
      ['qd04-2022', 'title'],
      ['quan-tay-ho', 'district'],
    ]);
    const { pack, wards } = await status(`at=${TODAY}`);
    expect([pack, wards[0]!.criteriaTotal]).toEqual(['qd04-2022', 9]);
  });

  it('have a status of their own from approved figures, and change nothing of the title', async () => {
    const { status, approve } = await office();
    const before = await status(`at=${TODAY}`);
    await approve({ pack: 'quan-tay-ho', indicator: 'Q1.1', value: 98.5 });
    const own = await status(`at=${TODAY}&pack=quan-tay-ho`);
    const tuLien = own.wards.find(({ code }) => code === '00097')!;
    expect(tuLien.criteria[0]!.indicators[0]).toMatchObject({ value: 98.5, target: null, reason: 'no-target' });
    expect(await status(`at=${TODAY}`)).toEqual(before);
  });

  it('are entered, submitted, approved and taken as a workbook like any other', async () => {
    const made = await office({}, { roles: ['status'] });
    const { ask, services, app } = made;
    const other = await make.session(services, await make.user(services, { roles: ['status'] }));
    const cell = { wardKey: '00097@1995-10-28', indicator: 'Q4.1', version: null, value: 12, source: 'Báo cáo' };
    const body = { pack: 'quan-tay-ho', period: '2022-Q3' };
    const saved = await ask('PUT', '/api/status/figures', { ...body, changeId: make.changeId(), cells: [cell] });
    expect(saved.status).toBe(200);
    const move = { ...body, cells: [{ ...cell, version: 1 }] };
    await ask('POST', '/api/status/figures/submit', { ...move, changeId: make.changeId(), to: 'submitted' });
    const decided = await app.request('/api/status/figures/decide', {
      method: 'POST',
      headers: { ...other, 'content-type': 'application/json' },
      body: JSON.stringify({ ...move, changeId: make.changeId(), to: 'approved', cells: [{ ...cell, version: 2 }] }),
    });
    expect(decided.status).toBe(200);
    const { wards } = await made.status(`at=${TODAY}&pack=quan-tay-ho`);
    expect(wards.find(({ code }) => code === '00097')!.criteria[3]!.indicators[0]!.value).toBe(12);
    const sheet = await app.request('/api/status/figures/sheet.xlsx?period=2022-Q3&pack=quan-tay-ho', {
      headers: made.headers,
    });
    expect([sheet.status, sheet.headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheetml')]);
  });

  it('have no figures on a day they are not in force', async () => {
    const { status, approve } = await office();
    await approve({ pack: 'quan-tay-ho', indicator: 'Q1.1', value: 70, asOf: '2021-06-01' });
    const { wards } = await status('at=2021-12-31&pack=quan-tay-ho');
    expect(wards.every((ward) => ward.criteria[0]!.indicators[0]!.value === null)).toBe(true);
  });
});

describe('a new version of a pack', () => {
  it('judges from its first day on, and not before', async () => {
    const made = await office();
    await made.approve({ value: 95, asOf: '2022-09-01' });
    const before = await made.status('at=2022-11-09');
    expect(
      (await republish(made, '2022-11-10')).body.versions.map(({ version, from, to }) => [version, from, to]),
    ).toEqual([
      [2, '2022-11-10', null],
      [1, '2022-04-15', '2022-11-09'],
    ]);
    expect(await made.status('at=2022-11-09')).toEqual(before);
    const after = await made.status('at=2022-11-10');
    expect(after.packVersion).toBe(2);
    expect(after.wards.find(({ code }) => code === '00097')!.criteria[0]!.indicators[0]).toMatchObject({
      ...{ target: 90, state: 'met' },
    });
  });

  it('says who published it, when and why, with the digest of what it holds', async () => {
    const made = await office({}, { displayName: 'Trần Văn Quản' });
    await republish(made, '2022-11-10');
    const [two, one] = (await made.summary('qd04-2022')).versions;
    expect(two).toMatchObject({
      reason: 'nhập ngưỡng',
      publishedBy: expect.any(String),
      publishedAt: expect.any(String),
    });
    expect(two!.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(one!.sha256).not.toBe(two!.sha256);
    const answer = await made.app.request('/api/packs');
    const { items } = (await answer.json()) as { items: PackSummary[] };
    expect(items[0]!.versions.map(({ publishedBy }) => publishedBy)).toEqual([null, null]);
  });

  it('is never changed afterwards, not even in the table', async () => {
    const made = await office();
    await republish(made, '2022-11-10');
    const { db } = made.services;
    for (const sql of ["UPDATE criteria_pack_version SET reason = 'x'", 'DELETE FROM criteria_pack_version'])
      await expect(db.transaction((tx) => tx.run(sql))).rejects.toThrow(/never/);
  });

  it('leaves a frozen meeting as it was, rebuilt to the same bytes', async () => {
    const made = await office({}, { roles: ['admin', 'status'] });
    await made.approve({ value: 60, asOf: '2022-09-01' });
    const freeze = { changeId: make.changeId(), at: TODAY, title: 'Giao ban' };
    await made.ask('POST', '/api/meeting/snapshots', freeze);
    const read = () => made.ask<{ content: { status: object } }>('GET', '/api/meeting/snapshots/1');
    const before = await read();
    await republish(made, '2022-11-01');
    expect((await made.status(`at=${TODAY}`)).wards[2]!.state).not.toBe(
      (before.body.content.status as DistrictStatus).wards[2]!.state,
    );
    expect((await read()).body).toEqual(before.body);
    expect((await made.ask('GET', '/api/meeting/snapshots/1/rebuilt')).body).toMatchObject({ same: true });
  });

  it('reaches the first screen at once: today’s status is made anew', async () => {
    const made = await office();
    await made.approve({ value: 95, asOf: '2022-09-01' });
    await made.status('');
    await republish(made, TODAY);
    expect((await made.status('')).packVersion).toBe(2);
  });

  it('is read by its number; one that is not there is refused', async () => {
    const made = await office();
    await republish(made, '2022-11-10');
    expect((await made.pack('qd04-2022', '1')).criteria[0]!.indicators[0]!.target).toBeNull();
    expect((await made.pack('qd04-2022', '2')).criteria[0]!.indicators[0]!.target).toBe(90);
    expect((await made.ask('GET', '/api/packs/qd04-2022?version=3')).body.code).toBe('pack_version_unknown');
  });

  it('needs a reason', async () => {
    const made = await office();
    await made.save(withTarget(await made.pack('qd04-2022')), 0);
    expect((await made.publish<{ code: string }>('qd04-2022', 1, '2022-11-10', ' ')).body.code).toBe('reason_required');
  });

  it('of two administrators: the second is told what came between, with both', async () => {
    const made = await office();
    const shipped = await made.pack('qd04-2022');
    await made.save(withTarget(shipped), 0);
    const stale = await made.save<object>(withTarget(shipped, { target: 80 }), 0);
    expect(stale).toMatchObject({
      status: 412,
      body: { code: 'changed_meanwhile', versions: { yours: 0, current: 1 }, current: { id: 'qd04-2022' } },
    });
    expect((stale.body as { current: CriteriaPack }).current.criteria[0]!.indicators[0]!.target).toBe(90);
    expect(
      (await made.ask('PUT', '/api/packs/qd04-2022/draft', { changeId: make.changeId(), pack: shipped })).status,
    ).toBe(428);
  });

  it('is sent once only, however often the request comes', async () => {
    const made = await office();
    await made.save(withTarget(await made.pack('qd04-2022')), 0);
    const sent = { changeId: make.changeId(), validFrom: '2022-11-10', reason: 'x' };
    for (let turn = 0; turn < 2; turn++)
      expect((await made.ask('POST', '/api/packs/qd04-2022/versions', sent, 1)).status).toBe(200);
    expect((await made.summary('qd04-2022')).versions).toHaveLength(2);
  });
});

describe('a draft', () => {
  it('is kept with its faults, seen by administrators alone, and judges nothing', async () => {
    const made = await office();
    await made.save(withTarget(await made.pack('qd04-2022'), { unit: null }), 0);
    expect((await made.summary('qd04-2022')).hasDraft).toBe(true);
    expect((await made.draft('qd04-2022')).pack?.criteria[0]!.indicators[0]!.target).toBe(90);
    expect((await made.status(`at=${TODAY}`)).packVersion).toBeUndefined();
    const answer = await made.app.request('/api/packs/qd04-2022/draft');
    expect(answer.status).toBe(403);
  });

  it('is thrown away, and one thrown away is not there', async () => {
    const made = await office();
    await made.save(withTarget(await made.pack('qd04-2022')), 0);
    const discard = (version: number) =>
      made.ask('POST', '/api/packs/qd04-2022/draft/discard', { changeId: make.changeId() }, version);
    expect((await discard(1)).body).toMatchObject({ pack: null, version: 2 });
    expect((await discard(2)).body.code).toBe('no_pack_draft');
  });

  it('of another id than its address is refused, and so is an id that can stand in none', async () => {
    const made = await office();
    const shipped = await made.pack('qd04-2022');
    expect((await made.save<{ code: string }>(shipped, 0, 'another')).body.code).toBe('pack_id_differs');
    const odd = { ...shipped, id: 'Bộ Một' };
    expect((await made.save<{ code: string }>(odd, 0, encodeURIComponent('Bộ Một'))).body.code).toBe('pack_id_wrong');
  });

  it.each(['viewer', 'health', 'heritage', 'status'] as const)('is not for the role %s', async (role) => {
    const made = await office({}, { roles: [role] });
    expect((await made.save<{ code: string }>(await made.pack('qd04-2022'), 0)).body.code).toBe('not_permitted');
  });
});

describe('what is published is whole', () => {
  const refused = async (edit: (pack: CriteriaPack) => void, validFrom = '2022-11-10') => {
    const made = await office();
    const pack = await made.pack('qd04-2022');
    edit(pack);
    await made.save(pack, 0);
    const answer = await made.publish<{ code: string; errors: { path: string; code: string }[] }>(
      'qd04-2022',
      1,
      validFrom,
    );
    return [answer.status, answer.body.errors?.[0]?.path, answer.body.code];
  };
  const first = (pack: CriteriaPack) => pack.criteria[0]!.indicators[0]!;
  const typed = { unit: '%', direction: 'at-least', target: 90, source: SOURCE } as const;

  it.each<[string, (pack: CriteriaPack) => void, string, string]>([
    ['a circle of criteria', (p) => void ((p.criteria[0]!.requires = ['2']), (p.criteria[1]!.requires = ['1'])), 'criteria.0.requires', 'pack_cycle'], // prettier-ignore
    ['a criterion required that is not there', (p) => void (p.criteria[0]!.requires = ['99']), 'criteria.0.requires.0', 'pack_unknown_criterion'], // prettier-ignore
    ['an id twice', (p) => void (p.criteria[1]!.indicators[0]!.id = '1.1'), 'criteria.1.indicators.0.id', 'pack_duplicate_id'], // prettier-ignore
    ['an empty criterion', (p) => void (p.criteria[0]!.indicators = []), 'criteria.0', 'pack_empty_criterion'],
    ['no criterion at all', (p) => void (p.criteria = []), 'criteria', 'pack_no_criteria'],
    ['a target without a unit', (p) => void Object.assign(first(p), { ...typed, unit: null }), 'criteria.0.indicators.0.unit', 'pack_unit_missing'], // prettier-ignore
    ['a target without a direction', (p) => void Object.assign(first(p), { ...typed, direction: null }), 'criteria.0.indicators.0.direction', 'pack_direction_missing'], // prettier-ignore
    ['a target no value can have', (p) => void Object.assign(first(p), { ...typed, target: 101 }), 'criteria.0.indicators.0.target', 'pack_target_out_of_domain'], // prettier-ignore
    ['a margin that swallows every miss', (p) => void Object.assign(first(p), { ...typed, nearMargin: 90 }), 'criteria.0.indicators.0.nearMargin', 'pack_margin_contradicts'], // prettier-ignore
    ['a margin without a target', (p) => void (first(p).nearMargin = 5), 'criteria.0.indicators.0.nearMargin', 'pack_margin_contradicts'], // prettier-ignore
    [
      'a source left blank',
      (p) => void (first(p).source = ' '),
      'criteria.0.indicators.0.source',
      'pack_source_missing',
    ],
    ['a threshold whose source nobody named', (p) => void Object.assign(first(p), { ...typed, source: first(p).source }), 'criteria.0.indicators.0.source', 'pack_source_not_named'], // prettier-ignore
    ['an end before its beginning', (p) => void (p.validTo = '2022-11-09'), 'validTo', 'pack_validity_backwards'],
    ['another purpose', (p) => void (p.purpose = 'district'), 'purpose', 'pack_purpose_changed'],
    ['the mark of invented targets', (p) => void (p.demo = true), 'demo', 'pack_demo_flag'],
    ['a pack in use turned into an illustration', (p) => void (p.illustration = true), 'illustration', 'pack_illustration_changed'], // prettier-ignore
  ])('%s is refused by its path', async (_, edit, path, code) => {
    expect(await refused(edit)).toEqual([422, path, code]);
  });

  it('a first day before that of the version before is refused', async () => {
    expect(await refused(() => {}, '2022-04-14')).toEqual([422, 'validFrom', 'pack_version_day_backwards']);
  });

  it('a second title pack on the same days is refused, and taken once the first has a last day', async () => {
    const made = await office();
    const next = outline({ illustration: false, id: 'next', validFrom: '2023-01-01' });
    await made.save(next, 0);
    expect((await made.publish<{ code: string }>('next', 1, '2023-01-01')).body.code).toBe('pack_validity_overlaps');
    await republish(made, '2022-12-01', (pack) => ({ ...pack, validTo: '2022-12-31' }));
    expect((await made.publish('next', 1, '2023-01-01')).status).toBe(200);
    expect(
      await Promise.all(['2022-12-31', '2023-01-01'].map(async (at) => (await made.status(`at=${at}`)).pack)),
    ).toEqual(['qd04-2022', 'next']);
  });

  it('a placeholder with a target, figures that lose their indicator and a day long past are warned of', async () => {
    const made = await office();
    await made.approve({ indicator: '1.2', value: 80 }, { indicator: '1.2', value: 81, period: '2021' });
    const pack = withTarget(await made.pack('qd04-2022'), { placeholder: true });
    pack.criteria[0]!.indicators.splice(1, 1);
    const { body } = await made.ask<CheckedPack>('POST', '/api/packs/check', pack);
    expect(body.findings.map(({ code, level, about, count }) => [code, level, about, count])).toEqual([
      ['pack_backdated', 'warning', null, null],
      ['pack_placeholder_with_target', 'warning', '1.1', null],
      ['pack_indicator_removed', 'warning', '1.2', 2],
    ]);
    await made.save(pack, 0);
    expect((await made.publish('qd04-2022', 1, '2022-11-10')).status).toBe(200);
  });
});

describe('a second pack, uploaded as a file', () => {
  it('is visible with its mark, judges no day, and the first pack’s figures stand unchanged', async () => {
    const made = await office();
    await made.approve({ value: 95, asOf: '2022-09-01' });
    const days = ['2022-09-27', TODAY, '2024-07-01'];
    const before = await Promise.all(days.map((at) => made.status(`at=${at}`)));
    const { body } = await made.ask<CheckedPack>('POST', '/api/packs/check', outline());
    expect(body).toMatchObject({ known: false, findings: [] });
    await made.save(body.pack!, 0);
    await made.publish('nd86-2023', 1, '2024-01-30', 'tải lên để tham khảo');
    expect(await made.summary('nd86-2023')).toMatchObject({ illustration: true, inForce: false, withTarget: 0 });
    expect(await Promise.all(days.map((at) => made.status(`at=${at}`)))).toEqual(before);
    expect((await made.ask('GET', '/api/status?at=2024-07-01&pack=nd86-2023')).body.code).toBe('pack_is_illustration');
    const cells = [{ wardKey: '00097@1995-10-28', indicator: '1.1', version: null, value: 1, source: 'x' }];
    const officer = await make.session(made.services, await make.user(made.services, { roles: ['status'] }));
    const entered = await made.app.request('/api/status/figures', {
      method: 'PUT',
      headers: { ...officer, 'content-type': 'application/json' },
      body: JSON.stringify({ changeId: make.changeId(), pack: 'nd86-2023', period: '2022', cells }),
    });
    expect(((await entered.json()) as { code: string }).code).toBe('pack_is_illustration');
  });

  it('is what was downloaded: out and in again, nothing differs', async () => {
    const made = await office();
    await republish(made, '2022-11-10');
    const { headers, body } = await made.ask<CriteriaPack>('GET', '/api/packs/qd04-2022/file.json?version=2');
    expect(headers.get('content-disposition')).toBe('attachment; filename="qd04-2022-v2.json"');
    const read = await made.ask<CheckedPack>('POST', '/api/packs/check', body);
    const kept = await made.pack('qd04-2022', '2');
    delete kept.version;
    expect([read.body.pack, read.body.known]).toEqual([kept, true]);
  });

  it.each([
    ['{"id": ', 422, 'pack_not_json'],
    ['{"id":"x","__proto__":{"demo":true}}', 422, 'pack_hostile_keys'],
    [`{"id":"${'x'.repeat(PACK_LIMIT_BYTES)}"}`, 413, 'body_too_large'],
  ])('%.20s… is refused', async (text, status, code) => {
    const made = await office();
    expect(await made.ask('POST', '/api/packs/check', text)).toMatchObject({ status, body: { code } });
  });

  it('with fields missing, wrong or unknown: each is named by its path', async () => {
    const made = await office();
    const broken = { ...outline(), decree: undefined, validFrom: 7 };
    expect((await made.ask<CheckedPack>('POST', '/api/packs/check', broken)).body).toMatchObject({
      pack: null,
      findings: [
        { path: 'decree', code: 'pack_field_missing' },
        { path: 'validFrom', code: 'pack_field_wrong' },
      ],
    });
    const odd = outline();
    Object.assign(odd.criteria[0]!.indicators[0]!, { targt: 90 });
    expect((await made.ask<CheckedPack>('POST', '/api/packs/check', odd)).body.findings).toMatchObject([
      { path: 'criteria.0.indicators.0.targt', code: 'pack_field_unknown' },
    ]);
  });
});

describe('a pack that is withdrawn', () => {
  it('judges no day from then on, days before stay, and it can be put back', async () => {
    const made = await office();
    await made.approve({ pack: 'quan-tay-ho', indicator: 'Q1.1', value: 98 });
    const on = async (at: string) =>
      (await made.status(`at=${at}&pack=quan-tay-ho`)).wards.some(
        (ward) => ward.criteria[0]!.indicators[0]!.value === 98,
      );
    const { revision } = await made.summary('quan-tay-ho');
    const { body } = await made.withdraw('quan-tay-ho', revision, '2022-11-10');
    expect(body.withdrawn).toMatchObject({ from: '2022-11-10', reason: 'không dùng nữa' });
    expect([await on('2022-11-09'), await on('2022-11-10')]).toEqual([true, false]);
    expect((await made.withdraw('quan-tay-ho', revision + 1, null)).body.withdrawn).toBeNull();
    expect(await on('2022-11-10')).toBe(true);
  });

  it('is refused where nothing would judge the title, in the past, of an old revision, without a reason', async () => {
    const made = await office();
    const code = async (...args: Parameters<typeof made.withdraw>) =>
      (await made.withdraw<{ code: string }>(...args)).body.code;
    expect(await code('qd04-2022', 1, '2022-11-10')).toBe('last_title_pack');
    expect(await code('quan-tay-ho', 1, '2022-11-03')).toBe('withdrawal_in_past');
    expect(await code('quan-tay-ho', 7, '2022-11-10')).toBe('changed_meanwhile');
    expect(await code('quan-tay-ho', 1, '2022-11-10', '')).toBe('reason_required');
    expect(await code('no-such', 0, '2022-11-10')).toBe('unknown_pack');
    await made.save(outline(), 0);
    expect(await code('nd86-2023', 0, '2022-11-10')).toBe('pack_never_published');
  });
});
