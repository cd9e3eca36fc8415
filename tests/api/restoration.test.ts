import { describe, expect, it } from 'vitest';
import type { Role, Scope } from '../../server/accounts/permission.ts';
import type { ItemVersion, Restoration, RestorationItem } from '../../server/heritage/restoration/contract.ts';
import type { CheckedList } from '../../server/heritage/restoration/sheet-contract.ts';
import { openSheet } from '../../server/platform/sheet.ts';
import { openZip } from '../../server/platform/zip.ts';
import { make, type ServicesOptions } from '../helpers/make.ts';
import { generateLists } from '../helpers/ward-lists.ts';
import { xlsxOf } from '../helpers/xlsx.ts';

const ROOT = '/api/heritage/restoration';
const QUANG_AN = '00100@1995-10-28';
const BUOI = '00109@1995-10-28';
/** Đình Quảng Bá, national; Đình Nghi Tàm, whose rank nobody knows; Đình Tây Hồ, of the city. */
const [NATIONAL, UNRANKED, CITY] = ['th-qa-01', 'th-qa-06', 'th-qa-04'];

async function office(options: ServicesOptions = {}) {
  const { app, services } = await make.app(options);
  const signIn = async (scope: Scope = 'district', roles: Role[] = ['heritage']) =>
    make.session(services, await make.user(services, { roles, scope, password: null }));
  const me = await signIn();
  const send = async <T = RestorationItem>(
    method: string,
    path: string,
    more: object,
    { as = me, version }: { as?: { cookie: string } | undefined; version?: number | undefined } = {},
  ) => {
    const answer = await app.request(`${ROOT}${path}`, {
      method,
      headers: { ...as, 'content-type': 'application/json', ...(version !== undefined && { 'if-match': `"${version}"` }) }, // prettier-ignore
      body: JSON.stringify({ changeId: make.changeId(), ...more }),
    });
    const body = (await answer.json()) as T & { code: string; errors?: { path: string }[]; current: unknown };
    return { status: answer.status, body };
  };
  const work = (more: object = {}) => ({ wardKey: QUANG_AN, name: 'Đình Quảng Bá', relicId: NATIONAL, parts: ['roof'], work: 'restoration', ...more }); // prettier-ignore
  const add = async (more: object = {}, as?: { cookie: string }) => send('POST', '/items', work(more), { as });
  const change = (item: RestorationItem, more: object, as?: { cookie: string }) =>
    send('PATCH', `/items/${item.id}`, more, { version: item.version, as });
  const read = async (as: Record<string, string> = me) =>
    (await (await app.request(ROOT, { headers: as })).json()) as Restoration & { code?: string };
  const submit = async (wardKey: string, submitted = true, as?: { cookie: string }) => {
    const { version } = (await read()).lists.find((list) => list.wardKey === wardKey)!;
    return send<Restoration>('PATCH', `/lists/${wardKey}`, { submitted }, { version, as });
  };
  const decide = (a: string, b: string, decision: string, kept: string | null = null, as?: { cookie: string }) =>
    send<Restoration>('POST', '/pairs', { a, b, decision, kept }, { as });
  const form = (as?: { cookie: string }) => send<Restoration>('POST', '/plans', { title: 'Kế hoạch 2023' }, { as });
  const sheet = async (wardKey = QUANG_AN) =>
    Buffer.from(await (await app.request(`${ROOT}/lists/${wardKey}/sheet.xlsx`, { headers: me })).arrayBuffer());
  const check = async (bytes: Buffer, wardKey = QUANG_AN, as = me) => {
    const answer = await app.request(`${ROOT}/lists/${wardKey}/sheet`, {
      method: 'POST',
      headers: { ...as, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
    });
    return { status: answer.status, body: (await answer.json()) as CheckedList & { code: string } };
  };
  return { app, services, me, signIn, send, add, change, read, submit, decide, form, sheet, check };
}

describe('a work on the list of a ward', () => {
  it('stands with what follows from its relic: rank, whose consent, place, and how pressing with its parts', async () => {
    const { add, read } = await office();
    const { status, body } = await add({
      estimateDong: 2_000_000_000,
      money: [{ source: 'city', amountDong: 500_000_000 }],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ version: 1, wardName: 'Quảng An', rank: 'national', consentNeeded: 'ministry', grade: null },
      ...{ relicName: 'Đình Quảng Bá', unfundedDong: 1_500_000_000, mergedInto: null },
    });
    expect(body.place).not.toBeNull();
    expect(body.priority.parts.map(({ part, known }) => [part, known])).toEqual([
      ['grade', false],
      ['rank', true],
      ['age', false],
      ['danger', false],
    ]);
    expect((await read()).items).toHaveLength(1);
  });

  it('takes its grade and danger from the newest inspection', async () => {
    const { app, me, add, read } = await office();
    const { body: before } = await add();
    await app.request(`/api/heritage/relics/${NATIONAL}/inspections`, {
      method: 'POST',
      headers: { ...me, 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ changeId: make.changeId(), after: null, inspectedOn: '2022-11-03' },
        parts: [{ part: 'roof', grade: 5, urgency: 'at-once' }],
      }),
    });
    const [after] = (await read()).items;
    expect(after).toMatchObject({ grade: 5, inspectedOn: '2022-11-03' });
    expect(after!.priority.parts.every(({ known }) => known)).toBe(true);
    expect(after!.priority.score).toBeGreaterThan(before.priority.score);
  });

  it('sent twice is one', async () => {
    const { add, read } = await office();
    const changeId = make.changeId();
    await add({ changeId });
    await add({ changeId });
    expect((await read()).items).toHaveLength(1);
  });

  it.each<[string, object, string]>([
    ['of a relic nobody knows', { relicId: 'x' }, 'unknown_relic'],
    ['of a ward of the other set', { wardKey: '00091@2025-07-01' }, 'ward_of_other_set'],
    ['far from the district', { position: { lng: 106.7, lat: 10.8 } }, 'far_from_district'],
    ['with a part twice', { parts: ['roof', 'roof'] }, 'part_twice'],
    ['with a source twice', { money: [{ source: 'city', amountDong: 1 }, { source: 'city', amountDong: 2 }] }, 'source_twice'], // prettier-ignore
    ['with more money than it needs', { estimateDong: 1, money: [{ source: 'city', amountDong: 2 }] }, 'sources_exceed_estimate'], // prettier-ignore
    ['under way without consent', { stage: 'under-way' }, 'consent_missing'],
    ['under way, its rank unknown', { relicId: UNRANKED, stage: 'under-way' }, 'consent_body_unknown'],
    ['with a paper of another body', { relicId: CITY, consent: { body: 'ministry', paper: '1', on: '2022-01-01' } }, 'consent_of_other_body'], // prettier-ignore
    ['with a paper of tomorrow', { consent: { body: 'ministry', paper: '1', on: '2022-11-05' } }, 'consent_in_future'],
  ])('is refused %s', async (_, more, code) => {
    const { add, read } = await office();
    expect(await add(more)).toMatchObject({ status: 422, body: { code } });
    expect((await read()).items).toEqual([]);
  });

  it('moves on when the consent is there, back only with a reason, and every version stays', async () => {
    const { app, me, add, change } = await office();
    const { body: first } = await add();
    expect((await change(first, { stage: 'under-way' })).body.code).toBe('consent_missing');
    const consent = { body: 'ministry', paper: '12/BVHTTDL-DSVH', on: '2022-10-01' };
    const { body: second } = await change(first, { stage: 'under-way', consent });
    expect(second).toMatchObject({ version: 2, stage: 'under-way' });
    expect(await change(second, { stage: 'proposed' })).toMatchObject({
      status: 422,
      body: { code: 'stage_backwards' },
    });
    const { body: third } = await change(second, { stage: 'proposed', reason: 'Nhập nhầm việc khác' });
    expect(third.stage).toBe('proposed');
    // Without its paper it could not go on.
    expect((await change(third, { consent: null })).status).toBe(200);
    const answer = await app.request(`${ROOT}/items/${first.id}/history`, { headers: me });
    const { items } = (await answer.json()) as { items: ItemVersion[] };
    expect(items.map(({ version, fields, reason }) => [version, fields.stage, reason])).toEqual([
      [4, 'proposed', ''],
      [3, 'proposed', 'Nhập nhầm việc khác'],
      [2, 'under-way', ''],
      [1, 'proposed', ''],
    ]);
    expect((await app.request(`${ROOT}/items/x/history`, { headers: me })).status).toBe(404);
  });

  it('is written over only by whoever saw its newest version', async () => {
    const { add, change, send } = await office();
    const { body: first } = await add();
    await change(first, { year: 2023 });
    expect(await change(first, { year: 2024 })).toMatchObject({ status: 412, body: { code: 'changed_meanwhile', versions: { yours: 1, current: 2 } } }); // prettier-ignore
    expect((await send('PATCH', `/items/${first.id}`, { year: 2024 })).status).toBe(428);
    expect(await send('PATCH', '/items/x', { year: 2024 }, { version: 1 })).toMatchObject({ status: 404, body: { code: 'unknown_restoration_item' } }); // prettier-ignore
  });

  it('taken out comes back by undo, and a correction is taken back to what it said', async () => {
    const { app, services, me, add, change, read } = await office();
    const { body: first } = await add({ year: 2023 });
    const undo = async (version: number) => {
      const event = (await services.changes.since(0, 1000)).at(-1)!;
      return app.request(`/api/changes/${event.seq}/undo`, {
        method: 'POST',
        headers: { ...me, 'content-type': 'application/json', 'if-match': `"${version}"` },
        body: JSON.stringify({ changeId: make.changeId() }),
      });
    };
    const { body: second } = await change(first, { year: 2024 });
    expect((await undo(second.version)).status).toBe(200);
    const [back] = (await read()).items;
    expect(back).toMatchObject({ version: 3, year: 2023 });
    await change(back!, { removed: true });
    expect((await read()).items).toEqual([]);
    expect((await undo(4)).status).toBe(200);
    expect((await read()).items).toHaveLength(1);
  });

  it('is written in one’s own wards only, and by heritage staff only', async () => {
    const { add, signIn, change, submit, read } = await office();
    const ward = await signIn([QUANG_AN]);
    const other = await signIn([BUOI]);
    const { body: item } = await add({}, ward);
    expect(await change(item, { year: 2023 }, other)).toMatchObject({ status: 403, body: { code: 'outside_scope' } });
    expect(await add({}, other)).toMatchObject({ status: 403, body: { code: 'outside_scope' } });
    expect(await submit(QUANG_AN, true, other)).toMatchObject({ status: 403, body: { code: 'outside_scope' } });
    const leader = await signIn('district', ['viewer']);
    expect(await add({}, leader)).toMatchObject({ status: 403, body: { code: 'not_permitted' } });
    expect((await read(leader)).items).toHaveLength(1);
    expect((await read({})).code).toBe('not_permitted');
  });
});

describe('the list of a ward', () => {
  it('once submitted is the district’s to correct, until the ward takes it back', async () => {
    const { add, change, signIn, submit, read } = await office();
    const ward = await signIn([QUANG_AN]);
    const { body: item } = await add({}, ward);
    expect((await submit(QUANG_AN, true, ward)).status).toBe(200);
    const list = (await read()).lists.find(({ wardKey }) => wardKey === QUANG_AN)!;
    expect(list).toMatchObject({ submittedOn: '2022-11-04', version: 1, items: 1 });
    expect(await change(item, { year: 2023 }, ward)).toMatchObject({ status: 409, body: { code: 'list_submitted' } });
    const { body: corrected } = await change(item, { year: 2023 });
    expect(corrected.year).toBe(2023);
    expect((await submit(QUANG_AN, false, ward)).status).toBe(200);
    expect((await change(corrected, { year: 2024 }, ward)).status).toBe(200);
  });

  it('seen at an older version is not submitted', async () => {
    const { send, submit } = await office();
    await submit(QUANG_AN);
    expect(await send('PATCH', `/lists/${QUANG_AN}`, { submitted: false }, { version: 0 })).toMatchObject({
      status: 412,
    });
  });

  it('goes out as a workbook and comes back as it went', async () => {
    const { add, sheet, check } = await office();
    await add({ estimateDong: 1_250_500_000, year: 2023, note: 'Dột' });
    await add({ relicId: null, name: 'Miếu ngõ 5', position: { lng: 105.82, lat: 21.06 } });
    expect(await check(await sheet())).toMatchObject({
      status: 200,
      body: { wardKey: QUANG_AN, rows: 2, unchanged: 2, unnamed: 0, items: [], faults: [] },
    });
  });

  it('read from a file writes nothing until somebody chose the rows, and then all or none', async () => {
    const { add, change, read, sheet, check, send } = await office();
    const { body: item } = await add({ year: 2023 });
    const bytes = await sheet();
    await change(item, { year: 2024 });
    const { body: checked } = await check(bytes);
    expect(checked.items).toMatchObject([{ id: item.id, version: 1, theirs: { version: 2, fields: { year: 2024 } } }]);
    expect((await read()).items[0]!.year).toBe(2024);
    const row = checked.items[0]!;
    const take = (items: object[]) => send<Restoration>('POST', `/lists/${QUANG_AN}/import`, { items });
    const fresh = { id: null, version: null, fields: { ...row.fields, name: 'Chùa mới', relicId: null } };
    // As the file was made: somebody wrote since, so neither row is written.
    expect(await take([fresh, { id: row.id, version: row.version, fields: row.fields }])).toMatchObject({ status: 412, body: { code: 'changed_meanwhile' } }); // prettier-ignore
    expect((await read()).items).toHaveLength(1);
    // Chosen over theirs.
    const { status, body } = await take([fresh, { id: row.id, version: row.theirs!.version, fields: row.fields }]);
    expect([status, body.items.map(({ name, year }) => [name, year]).sort()]).toEqual([
      200,
      [
        ['Chùa mới', 2023],
        ['Đình Quảng Bá', 2023],
      ],
    ]);
    const twice = { id: row.id, version: 3, fields: row.fields };
    expect((await take([twice, twice])).body.code).toBe('duplicate_row');
    expect((await take([{ id: 'x', version: 1, fields: row.fields }])).body.code).toBe('unknown_restoration_item');
    const wrong = { ...row.fields, stage: 'under-way' };
    expect(await take([{ id: row.id, version: 3, fields: wrong }])).toMatchObject({ status: 422, body: { code: 'consent_missing', errors: [{ path: 'items.0.stage' }] } }); // prettier-ignore
  });

  it('is refused as a whole when the file is no list of this ward', async () => {
    const { sheet, check, signIn } = await office();
    const bytes = await sheet();
    expect(await check(bytes, BUOI)).toMatchObject({ status: 422, body: { code: 'list_of_other_ward' } });
    expect(await check(Buffer.from('PK no workbook'))).toMatchObject({ status: 422 });
    expect((await check(xlsxOf([['x']]))).body.code).toBe('not_a_template');
    expect((await check(bytes, '00091@2025-07-01')).body.code).toBe('unknown_ward');
    expect((await check(bytes, QUANG_AN, await signIn([BUOI]))).body.code).toBe('outside_scope');
  });
});

describe('doubles', () => {
  async function two() {
    const made = await office();
    const { body: a } = await made.add({ name: 'Đình Quảng Bá', relicId: null });
    const { body: b } = await made.add({ name: 'Dinh lang Quang Ba', relicId: null, wardKey: BUOI });
    await made.submit(QUANG_AN);
    return { ...made, a, b };
  }

  it('are looked for in submitted lists, and nothing is merged before a person says so', async () => {
    const { a, b, read, submit, form } = await two();
    expect((await read()).doubles).toEqual([]);
    await submit(BUOI);
    const { doubles, items } = await read();
    expect(doubles).toMatchObject([{ reasons: ['name'], likeness: 0.9 }]);
    expect([doubles[0]!.a, doubles[0]!.b].sort()).toEqual([a.id, b.id].sort());
    expect(items.map(({ mergedInto }) => mergedInto)).toEqual([null, null]);
    expect(await form()).toMatchObject({ status: 409, body: { code: 'pairs_open', current: { pairs: 1 } } });
  });

  it('that are one place are one in the plan, and both stay as their wards wrote them', async () => {
    const { a, b, read, submit, decide, form } = await two();
    await submit(BUOI);
    expect((await decide(a.id, b.id, 'same', b.id)).status).toBe(200);
    const { items, doubles } = await read();
    expect(doubles).toEqual([]);
    expect(items.find(({ id }) => id === a.id)).toMatchObject({
      mergedInto: b.id,
      name: 'Đình Quảng Bá',
      wardKey: QUANG_AN,
    });
    expect((await form()).body.plan).toMatchObject({ number: 1, items: [b.id] });
  });

  it('that are two places both stand, and are not asked about again', async () => {
    const { a, b, submit, decide, form } = await two();
    await submit(BUOI);
    expect((await decide(b.id, a.id, 'distinct')).body.doubles).toEqual([]);
    expect((await form()).body.plan?.items).toHaveLength(2);
  });

  it('decided about are decided once, and can be opened again', async () => {
    const { a, b, submit, decide, read, change } = await two();
    await submit(BUOI);
    await decide(a.id, b.id, 'same', a.id);
    expect(await decide(a.id, b.id, 'distinct')).toMatchObject({ status: 409, body: { code: 'pair_decided' } });
    const [lead] = (await read()).items.filter(({ id }) => id === a.id);
    expect(await change(lead!, { removed: true })).toMatchObject({ status: 409, body: { code: 'item_merged' } });
    const { body } = await decide(a.id, b.id, 'open');
    expect(body.doubles).toHaveLength(1);
    expect(body.items.every(({ mergedInto }) => mergedInto === null)).toBe(true);
    expect((await decide(a.id, b.id, 'open')).body.code).toBe('unknown_pair');
    expect((await decide(a.id, a.id, 'distinct')).body.code).toBe('unknown_pair');
    expect((await decide(a.id, 'x', 'distinct')).body.code).toBe('unknown_restoration_item');
  });

  it('are decided about by the district office only', async () => {
    const { a, b, submit, decide, form, signIn } = await two();
    await submit(BUOI);
    const ward = await signIn([QUANG_AN, BUOI]);
    expect((await decide(a.id, b.id, 'distinct', null, ward)).body.code).toBe('not_permitted');
    expect((await form(ward)).body.code).toBe('not_permitted');
  });

  it('of eight lists with a tenth twice are pointed out, and not one is merged without a person', async () => {
    const { services, send, submit, read, form } = await office();
    const wards = services.places.wards['1995-10-28'].map(({ properties }) => properties.key);
    const { lists, same } = generateLists(3, 20);
    const idOf = new Map<string, string>();
    for (const [i, list] of lists.entries()) {
      const items = list.map(({ name, otherNames, address, place }) => ({
        ...{ id: null, version: null },
        fields: { name, otherNames, address, position: place, parts: ['roof'], work: 'restoration' },
      }));
      const changeId = make.changeId();
      expect((await send('POST', `/lists/${wards[i]}/import`, { changeId, items })).status).toBe(200);
      list.forEach(({ id }, row) => idOf.set(id, `rw-${changeId}-${row + 1}`));
      await submit(wards[i]!);
    }
    const { doubles, items } = await read();
    const found = new Set(doubles.map(({ a, b }) => `${a} ${b}`));
    const hits = [...same.keys()].filter((pair) => found.has(pair.split(' ').map((id) => idOf.get(id)!).sort().join(' '))); // prettier-ignore
    expect(hits.length / same.size).toBeGreaterThanOrEqual(0.95);
    expect(items.filter(({ mergedInto }) => mergedInto !== null)).toEqual([]);
    expect((await form()).body.code).toBe('pairs_open');
  });
});

describe('the plan of the district', () => {
  it('holds what submitted lists name and is not done, the most pressing first, and names the wards that are missing', async () => {
    const { services, add, submit, form, read } = await office();
    expect((await form()).body.code).toBe('plan_empty');
    const { body: city } = await add({ relicId: CITY, name: 'Đình Tây Hồ' });
    const { body: national } = await add();
    const consent = { body: 'ministry', paper: '1', on: '2022-01-01' };
    await add({ relicId: 'th-qa-03', name: 'Phủ Tây Hồ', stage: 'done', consent });
    await add({ wardKey: BUOI, name: 'Đền Đồng Cổ', relicId: 'th-bu-01' });
    await submit(QUANG_AN);
    const { body } = await form();
    expect(body.plan).toMatchObject({
      number: 1,
      title: 'Kế hoạch 2023',
      formedOn: '2022-11-04',
      items: [national.id, city.id],
    });
    expect(body.plan!.missingWards).toHaveLength(7);
    await submit(BUOI);
    expect((await form()).body.plan).toMatchObject({ number: 2 });
    expect((await read()).plan!.items).toHaveLength(3);
    expect((await services.changes.since(0, 1000)).at(-1)).toMatchObject({
      verb: 'formRestorationPlan',
      kind: 'restoration',
    });
  });

  it('is ordered by weights that the district sets, with a reason, over none that it did not see', async () => {
    const { add, send, read, signIn } = await office();
    await add();
    const set = (version: number, weights: object, as?: { cookie: string }) =>
      send<Restoration>('PATCH', '/weights', { weights, reason: 'Theo họp giao ban' }, { version, as });
    const onlyRank = { grade: 0, rank: 100, age: 0, danger: 0 };
    const { body } = await set(0, onlyRank);
    expect(body.weights).toMatchObject({ version: 1, weights: onlyRank, reason: 'Theo họp giao ban' });
    expect(body.items[0]!.priority.score).toBe(80);
    expect(await set(0, onlyRank)).toMatchObject({ status: 412, body: { code: 'changed_meanwhile' } });
    expect((await set(1, { ...onlyRank, rank: 0 })).body.code).toBe('weights_all_zero');
    expect((await set(1, onlyRank, await signIn([QUANG_AN]))).body.code).toBe('not_permitted');
    expect((await read()).weights.version).toBe(1);
  });

  it('is printed as workbook, document and A3 sheets, whole or in part, and not before it is formed', async () => {
    const { app, me, read, decide, form } = await office({ demo: true });
    const print = async (path: string) => {
      const answer = await app.request(`${ROOT}/${path}`, { headers: me });
      return { status: answer.status, type: answer.headers.get('content-type'), bytes: Buffer.from(await answer.arrayBuffer()) }; // prettier-ignore
    };
    const early = await print('plan.pdf');
    expect([early.status, (JSON.parse(String(early.bytes)) as { code: string }).code]).toEqual([404, 'no_plan']);
    const [double] = (await read()).doubles;
    await decide(double!.a, double!.b, 'same', double!.a);
    const { body } = await form();
    const list = openSheet((await print('plan.xlsx')).bytes).rows;
    const numbered = list.filter(({ cells }) => typeof cells[0] === 'number');
    expect(numbered).toHaveLength(body.plan!.items.length);
    expect(list.some(({ cells }) => String(cells[1]).includes('Gộp với “'))).toBe(true);
    const part = openSheet((await print(`plan.xlsx?ward=${QUANG_AN}`)).bytes).rows;
    const kept = part.filter(({ cells }) => typeof cells[0] === 'number');
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.every(({ cells }) => cells[2] === 'Quảng An')).toBe(true);
    expect(numbered.map(({ cells }) => cells)).toEqual(expect.arrayContaining(kept.map(({ cells }) => cells)));
    const pdf = await print('plan.pdf');
    expect([pdf.status, pdf.type, pdf.bytes.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    expect(/MediaBox \[0 0 1190\.55 841\.89\]/.test(pdf.bytes.toString('latin1'))).toBe(true);
    expect(
      openZip((await print('plan.docx')).bytes, 1e8)
        .read('word/document.xml')
        ?.toString(),
    ).toContain('DANH MỤC DI TÍCH');
    expect((await print('plan.pdf?year=none&stage=done')).status).toBe(200);
  });

  it('stands ready in the demo: eight lists, every work marked, one place listed twice', async () => {
    const { read } = await office({ demo: true });
    const { items, lists, doubles, plan } = await read();
    expect(items.length).toBeGreaterThan(12);
    expect(items.every(({ demo }) => demo)).toBe(true);
    expect(lists.filter(({ submittedOn }) => submittedOn)).toHaveLength(8);
    expect(doubles).toHaveLength(1);
    expect(plan).toBeNull();
  });
});
