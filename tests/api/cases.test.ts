import { describe, expect, it, test } from 'vitest';
import type { WardKey } from '../../geodata/schema.ts';
import type { CaseList, CaseWords } from '../../server/dengue/cases/contract.ts';
import { browserOn } from '../helpers/asking.ts';
import { IN_BUOI, IN_QUANG_AN, make } from '../helpers/make.ts';

const QUANG_AN: WardKey = '00100@1995-10-28';
const BUOI: WardKey = '00109@1995-10-28';

/** The application, and a health worker of each ward, of the district, and a leader. */
async function station() {
  const { app, services } = await make.app();
  const of = async (roles: ('health' | 'viewer' | 'admin')[], scope: 'district' | WardKey[]) => {
    const user = await make.user(services, { roles, scope, password: null });
    return browserOn(app, await make.session(services, user));
  };
  return {
    app,
    services,
    quangAn: await of(['health'], [QUANG_AN]),
    buoi: await of(['health'], [BUOI]),
    district: await of(['health'], 'district'),
    leader: await of(['viewer'], 'district'),
    admin: await of(['admin'], 'district'),
  };
}
const entry = (more: object = {}) => ({
  changeId: make.changeId(),
  class: 'clinical',
  onsetOn: '2022-10-30',
  position: IN_QUANG_AN,
  ...more,
});
const match = (one: { version: number }) => ({ 'if-match': `"${one.version}"` });

describe('a case is reported', () => {
  it('with class, onset and a tap on the map: the ward follows', async () => {
    const { quangAn } = await station();
    const sent = entry({ locatedBy: 'map' });
    const { status, body } = await quangAn.send('POST', '/api/dengue/cases', sent);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: `ca-${sent.changeId}`,
      version: 1,
      wardKey: QUANG_AN,
      wardName: 'Quảng An',
      reportedOn: '2022-11-04',
      needsLocating: false,
      hasPerson: false,
      warnings: [],
    });
  });

  it('with an address instead of a position: it waits to be located, in the one ward of its writer', async () => {
    const { quangAn } = await station();
    const person = { name: 'Nguyễn Văn Thử', address: 'Số 1 ngõ 2 Xuân Diệu' };
    const { body } = await quangAn.send('POST', '/api/dengue/cases', entry({ position: undefined, person }));
    expect(body).toMatchObject({ wardKey: QUANG_AN, needsLocating: true, hasPerson: true, position: null });
    const { body: list } = await quangAn.get('/api/dengue/cases?located=no');
    expect(list.items.map(({ id }: CaseWords) => id)).toEqual([body.id]);
  });

  it('once, however often the request comes', async () => {
    const { quangAn } = await station();
    const sent = entry();
    const first = await quangAn.send('POST', '/api/dengue/cases', sent);
    expect(await quangAn.send('POST', '/api/dengue/cases', sent)).toMatchObject({ status: 200, body: first.body });
    expect((await quangAn.get('/api/dengue/cases')).body.total).toBe(1);
  });

  it('and its age group follows from the birth', async () => {
    const { quangAn } = await station();
    const { body } = await quangAn.send('POST', '/api/dengue/cases', entry({ person: { born: '1990-05-17' } }));
    expect(body.ageGroup).toBe('30-39');
  });

  it('with another ward than the position’s: taken, with a warning', async () => {
    const { district } = await station();
    const { body } = await district.send('POST', '/api/dengue/cases', entry({ ward: BUOI }));
    expect(body).toMatchObject({ wardKey: BUOI, warnings: [{ code: 'ward_differs', wardKey: QUANG_AN }] });
  });

  it('confirmed without a positive test: taken, with a warning', async () => {
    const { district } = await station();
    const { body } = await district.send('POST', '/api/dengue/cases', entry({ class: 'confirmed' }));
    expect(body.warnings).toEqual([{ code: 'confirmed_without_test' }]);
    const test = { kind: 'ns1', result: 'positive' };
    const tested = await district.send(
      'PATCH',
      `/api/dengue/cases/${body.id}`,
      { changeId: make.changeId(), test },
      match(body),
    );
    expect(tested.body.warnings).toEqual([]);
  });
});

describe('a case is refused', () => {
  it.each([
    [{ onsetOn: '2022-11-05' }, 'onset_in_future'],
    [{ onsetOn: '2022-11-02', reportedOn: '2022-11-01' }, 'onset_after_report'],
    [{ reportedOn: '2022-11-05' }, 'report_in_future'],
    [{ position: { lng: 105.823, lat: 21.0535, accuracyMeters: 5 } }, 'in_the_lake'],
    [{ position: { lng: 105.85, lat: 20.99, accuracyMeters: 5 } }, 'outside_district'],
    [{ position: { lng: 21.0645, lat: 105.8266, accuracyMeters: 5 } }, 'axes_swapped'],
    [{ person: { born: '2023' } }, 'impossible_age'],
    [{ person: { born: '1880' } }, 'impossible_age'],
    [{ class: 'probable' }, 'unknown_class'],
    [{ ward: '00097' }, 'code_needs_date'],
    [{ ward: '99999' }, 'unknown_ward'],
    [{ person: { born: '17/05/1990' } }, 'invalid_birth'],
    [{ person: { phone: '12' } }, 'invalid_phone'],
    [{ person: { nationalId: '123' } }, 'invalid_national_id'],
    [{ onsetOn: '2022-02-30' }, 'invalid_date'],
  ])('%o: %s', async (more, code) => {
    const { district } = await station();
    expect(await district.send('POST', '/api/dengue/cases', entry(more))).toMatchObject({
      status: 422,
      body: { code },
    });
    expect((await district.get('/api/dengue/cases')).body.total).toBe(0);
  });

  it('with swapped axes, and told the reading that makes sense', async () => {
    const { district } = await station();
    const position = { lng: IN_QUANG_AN.lat, lat: IN_QUANG_AN.lng, accuracyMeters: 5 };
    const { body } = await district.send('POST', '/api/dengue/cases', entry({ position }));
    expect(body.corrected).toEqual({ lng: IN_QUANG_AN.lng, lat: IN_QUANG_AN.lat });
  });

  it('with every fault at once, each with its field', async () => {
    const { district } = await station();
    const bad = entry({ onsetOn: '2022-11-09', person: { born: '2023' } });
    expect((await district.send('POST', '/api/dengue/cases', bad)).body.errors).toEqual([
      { path: 'onsetOn', code: 'onset_in_future' },
      { path: 'onsetOn', code: 'onset_after_report' },
      { path: 'person.born', code: 'impossible_age' },
    ]);
  });

  it('with the number of another case', async () => {
    const { district } = await station();
    await district.send('POST', '/api/dengue/cases', entry({ registryId: 'SXH-1' }));
    const again = await district.send('POST', '/api/dengue/cases', entry({ registryId: 'SXH-1' }));
    expect(again).toMatchObject({ status: 409, body: { code: 'duplicate_id' } });
  });

  it('without anything that tells its ward, from a worker of two wards', async () => {
    const { app, services } = await station();
    const user = await make.user(services, { roles: ['health'], scope: [QUANG_AN, BUOI], password: null });
    const both = browserOn(app, await make.session(services, user));
    const answer = await both.send('POST', '/api/dengue/cases', entry({ position: undefined }));
    expect(answer.body.code).toBe('ward_needed');
  });
});

describe('a case is corrected', () => {
  it('and everybody else’s stale version is refused with both', async () => {
    const { quangAn } = await station();
    const { body: one } = await quangAn.send('POST', '/api/dengue/cases', entry());
    const path = `/api/dengue/cases/${one.id}`;
    const edited = await quangAn.send('PATCH', path, { changeId: make.changeId(), severity: 'severe' }, match(one));
    expect(edited.body).toMatchObject({ version: 2, severity: 'severe', onsetOn: one.onsetOn });
    const stale = await quangAn.send('PATCH', path, { changeId: make.changeId(), severity: null }, match(one));
    expect(stale).toMatchObject({
      status: 412,
      body: { code: 'changed_meanwhile', versions: { yours: 1, current: 2 } },
    });
    expect((await quangAn.send('PATCH', path, { changeId: make.changeId() })).body.code).toBe('if_match_required');
  });

  it('by putting it on the map: it no longer waits, and its ward follows', async () => {
    const { district } = await station();
    const { body: one } = await district.send('POST', '/api/dengue/cases', entry({ position: null }));
    const sent = { changeId: make.changeId(), position: IN_BUOI, locatedBy: 'map' };
    const { body } = await district.send('PATCH', `/api/dengue/cases/${one.id}/position`, sent, match(one));
    expect(body).toMatchObject({ wardKey: BUOI, needsLocating: false, locatedBy: 'map' });
  });

  it('many at once, all or none', async () => {
    const { quangAn } = await station();
    const cases = [
      await quangAn.send('POST', '/api/dengue/cases', entry()),
      await quangAn.send('POST', '/api/dengue/cases', entry()),
    ];
    const items = cases.map(({ body: { id, version } }) => ({ id, version }));
    const set = { class: 'confirmed', outcome: 'recovered' };
    const stale = [items[0], { ...items[1], version: 7 }];
    const refused = await quangAn.send('PATCH', '/api/dengue/cases', { changeId: make.changeId(), items: stale, set });
    expect(refused.body).toMatchObject({ code: 'changed_meanwhile', errors: [{ path: 'items.1' }] });
    expect((await quangAn.get('/api/dengue/cases?class=confirmed')).body.total).toBe(0);
    const done = await quangAn.send('PATCH', '/api/dengue/cases', { changeId: make.changeId(), items, set });
    expect(done.body).toEqual({ edited: 2 });
    expect((await quangAn.get('/api/dengue/cases?class=confirmed&outcome=recovered')).body.total).toBe(2);
  });

  it('taken out with a reason, and taken back', async () => {
    const { quangAn } = await station();
    const { body: one } = await quangAn.send('POST', '/api/dengue/cases', entry());
    const path = `/api/dengue/cases/${one.id}`;
    const out = await quangAn.send(
      'POST',
      `${path}/removal`,
      { changeId: make.changeId(), reason: 'entered-by-mistake' },
      match(one),
    );
    expect(out.body.removed).toEqual({ reason: 'entered-by-mistake', on: '2022-11-04' });
    expect((await quangAn.get('/api/dengue/cases')).body.total).toBe(0);
    expect((await quangAn.get('/api/layers/cases')).body.features).toEqual([]);
    const again = await quangAn.send(
      'POST',
      `${path}/removal`,
      { changeId: make.changeId(), reason: 'duplicate' },
      match(out.body),
    );
    expect(again).toMatchObject({ status: 409, body: { code: 'already_removed' } });
    const back = await quangAn.send('POST', `${path}/restoral`, { changeId: make.changeId() }, match(out.body));
    expect(back.body).toMatchObject({ removed: null, version: 3 });
    const twice = await quangAn.send('POST', `${path}/restoral`, { changeId: make.changeId() }, match(back.body));
    expect(twice.body.code).toBe('not_removed');
  });
});

describe('the line list', () => {
  it('is sorted and paged without losing or doubling a case of the same day', async () => {
    const { services, quangAn } = await station();
    for (let n = 0; n < 7; n++) await make.dengueCase(services, { onsetOn: n < 5 ? '2022-10-20' : '2022-10-21' });
    const seen: string[] = [];
    let cursor = '';
    for (;;) {
      const { body } = await quangAn.get(`/api/dengue/cases?limit=3&sort=-onset${cursor && `&cursor=${cursor}`}`);
      const page = body as CaseList;
      seen.push(...page.items.map(({ onsetOn, id }) => `${onsetOn} ${id}`));
      expect(page.total).toBe(7);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    expect(seen).toHaveLength(7);
  });

  it('refuses a cursor that is none', async () => {
    const { quangAn } = await station();
    expect((await quangAn.get('/api/dengue/cases?cursor=x')).body.code).toBe('bad_cursor');
  });

  it('is never kept by a cache', async () => {
    const { quangAn } = await station();
    for (const path of ['/api/dengue/cases', '/api/dengue/cases.csv', '/api/layers/cases'])
      expect((await quangAn.get(path)).headers.get('cache-control'), path).toBe('no-store');
  });

  it('names a case that does not exist', async () => {
    const { quangAn } = await station();
    expect(await quangAn.get('/api/dengue/cases/ca-x')).toMatchObject({ status: 404, body: { code: 'unknown_case' } });
  });
});

describe('a possible duplicate', () => {
  it('is told with its reasons: the same person, or the same place in the same days', async () => {
    const { services, district } = await station();
    const person = { name: 'Trần Thị Thử', folded: 'tran thi thu', born: '1990-05-17', phone: null };
    const same = await make.dengueCase(services, { position: null, onsetOn: '2022-08-01' }, person);
    const near = await make.dengueCase(services, { onsetOn: '2022-10-27' });
    await make.dengueCase(services, { onsetOn: '2022-10-26' });
    const sent = entry({ person: { name: 'TRẦN THỊ  THỬ', born: '1990' } });
    const { body } = await district.send('POST', '/api/dengue/cases/check', { ...sent, changeId: undefined });
    expect(body.warnings).toMatchObject([
      {
        code: 'possible_duplicate',
        candidates: [
          { id: near.id, reasons: ['place'], meters: 0 },
          { id: same.id, reasons: ['person'], meters: null },
        ],
      },
    ]);
  });

  it('of another ward is told to nobody who may not see it', async () => {
    const { services, quangAn } = await station();
    const phone = '0912345678';
    await make.dengueCase(services, { wardKey: BUOI, position: IN_BUOI }, { name: 'Trần', folded: 'tran', phone });
    const { body } = await quangAn.send('POST', '/api/dengue/cases', entry({ person: { phone } }));
    expect(body.warnings).toEqual([]);
  });
});

describe('whoever is not of the ward', () => {
  it('finds its cases in no list, layer, export or search', async () => {
    const { services, buoi } = await station();
    const marked = { name: 'Zqmark Văn Lộ', folded: 'zqmark van lo', phone: '0987654321', address: 'ngõ zqmark' };
    const hidden = await make.dengueCase(
      services,
      { position: { lng: 105.82661, lat: 21.06451, accuracyMeters: 7 } },
      marked,
    );
    const answers = [
      await buoi.get('/api/dengue/cases'),
      await buoi.get('/api/dengue/cases.csv'),
      await buoi.get('/api/dengue/persons.csv'),
      await buoi.get('/api/layers/cases'),
      await buoi.get('/api/changes?after=0'),
      await buoi.send('POST', '/api/dengue/persons/search', { text: 'zqmark', reason: 'line-list' }),
      await buoi.send('POST', '/api/dengue/persons/search', { text: '0987', reason: 'line-list' }),
      await buoi.get('/api/search?q=zqmark'),
    ];
    const told = answers.map(({ body }) => JSON.stringify(body)).join('\n');
    for (const secret of [hidden.id, '105.82661', '21.06451', 'mark', '0987654321']) {
      expect(told.replaceAll('"q":"zqmark"', ''), secret).not.toContain(secret);
    }
  });

  it('cannot take a case of its own over to another ward, nor in from there', async () => {
    const { services, quangAn } = await station();
    const own = await make.dengueCase(services);
    const away = await quangAn.send(
      'PATCH',
      `/api/dengue/cases/${own.id}`,
      { changeId: make.changeId(), ward: BUOI, position: IN_BUOI },
      match(own),
    );
    expect(away.body.code).toBe('outside_scope');
  });
});

test('a leader and an administrator read no case at all', async () => {
  const { services, leader, admin } = await station();
  const { id } = await make.dengueCase(services);
  for (const one of [leader, admin])
    for (const path of ['/api/dengue/cases', `/api/dengue/cases/${id}`, '/api/layers/cases', '/api/dengue/cases.csv'])
      expect((await one.get(path)).status, path).toBe(403);
});

describe('the history of a case', () => {
  it('tells who changed which field, newest first, and of the person only that something changed', async () => {
    const { quangAn } = await station();
    const { body: first } = await quangAn.send('POST', '/api/dengue/cases', entry());
    const person = { name: 'Zqhistory Thử', phone: '0987123456' };
    await quangAn.send(
      'PATCH',
      `/api/dengue/cases/${first.id}`,
      { changeId: make.changeId(), class: 'confirmed', person },
      match(first),
    );
    const { status, body } = await quangAn.get(`/api/dengue/cases/${first.id}/history`);
    expect(status).toBe(200);
    expect(body.items.map(({ verb }: { verb: string }) => verb)).toEqual(['editCase', 'reportCase']);
    expect(body.items[0]).toMatchObject({
      by: expect.any(String),
      changes: [{ field: 'class', before: 'clinical', after: 'confirmed' }],
      personChanged: true,
      purged: false,
    });
    expect(JSON.stringify(body)).not.toMatch(/Zqhistory|0987123456/);
  });

  it('says of an erased one that it was erased', async () => {
    const { quangAn } = await station();
    const { body } = await quangAn.send('POST', '/api/dengue/cases', entry({ person: { name: 'Zq' } }));
    await quangAn.send('POST', `/api/dengue/cases/${body.id}/person/erasure`, { changeId: make.changeId() });
    const { body: history } = await quangAn.get(`/api/dengue/cases/${body.id}/history`);
    expect(history.items).toMatchObject([{ verb: 'reportCase', purged: true, changes: [] }]);
  });

  it('is for the wards of one’s scope', async () => {
    const { quangAn, buoi } = await station();
    const { body } = await quangAn.send('POST', '/api/dengue/cases', entry());
    expect(await buoi.get(`/api/dengue/cases/${body.id}/history`)).toMatchObject({
      status: 403,
      body: { code: 'outside_scope' },
    });
    expect((await buoi.get('/api/dengue/cases/ca-none/history')).body.code).toBe('unknown_case');
  });
});
