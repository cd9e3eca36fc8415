import { describe, expect, it } from 'vitest';
import type { WardKey } from '../../geodata/schema.ts';
import type { Scope } from '../../server/accounts/permission.ts';
import type { Relic, RelicProperties } from '../../server/heritage/contract.ts';
import { insertRelicConditions } from '../../server/heritage/store.ts';
import type { Problem } from '../../server/platform/contract.ts';
import { make } from '../helpers/make.ts';

type Page = { items: Relic[]; nextCursor: string | null; totals: Record<string, unknown> };
type Made = Awaited<ReturnType<typeof make.app>>;

async function get<T = Page>(path: string): Promise<T> {
  const { app } = await make.app();
  return (await (await app.request(path)).json()) as T;
}
const list = (query: string) => get(`/api/heritage/relics?${query}`);

describe('GET /api/heritage/relics', () => {
  it('holds the 51 places known here, at version 1', async () => {
    const { items } = await list('limit=500');
    expect([items.length, new Set(items.map(({ version }) => version))]).toEqual([51, new Set([1])]);
  });

  it('quotes the totals of the district with their source, whatever the filter', async () => {
    const { totals } = await list('kind=chua&limit=1');
    expect(totals).toMatchObject({ relics: 71, chua: 18, dinh: 20, others: 33, national: 24, city: 18, unranked: 29 });
    expect(totals['source']).not.toBe('');
  });

  it('pages through all of them once, in the order of ids', async () => {
    const { app } = await make.app();
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const path: string = `/api/heritage/relics?limit=20${cursor && `&cursor=${cursor}`}`;
      const page = (await (await app.request(path)).json()) as Page;
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect([seen.length, seen]).toEqual([51, [...new Set(seen)].sort()]);
  });

  it('filters by rank; unknown is not unranked', async () => {
    const unknown = await list('rank=unknown');
    const inventoried = await list('rank=inventoried');
    expect(new Set(unknown.items.map(({ rank }) => rank))).toEqual(new Set([null]));
    expect(inventoried.items).toEqual([]);
  });

  it('filters by kind', async () => {
    const { items } = await list('kind=phu');
    expect(items.map(({ name }) => name)).toEqual(['Phủ Tây Hồ']);
  });

  it.each([
    ['yes', 38],
    ['no', 13],
  ])('filters by located=%s', async (located, count) => {
    const { items } = await list(`located=${located}`);
    expect([items.length, items.every(({ position }) => (position !== null) === (located === 'yes'))]).toEqual([
      count,
      true,
    ]);
  });

  it('filters by a ward key', async () => {
    const { items } = await list('ward=00097@1995-10-28');
    expect(new Set(items.map(({ wardKey }) => wardKey))).toEqual(new Set(['00097@1995-10-28']));
  });

  it('filters by a bare code once the units settle it', async () => {
    const settled = await list('ward=00097&units=1995-10-28');
    expect(settled.items).toEqual((await list('ward=00097@1995-10-28')).items);
  });

  it('filters by a ward of the other set through the position', async () => {
    const { items } = await list('ward=00103@2025-07-01');
    expect(items.length).toBeGreaterThan(5);
    expect(items.every(({ wardByPosition }) => wardByPosition['2025-07-01'] === '00103@2025-07-01')).toBe(true);
  });

  it('pages through a ward of the other set as well', async () => {
    const first = await list('ward=00103@2025-07-01&limit=3');
    const next = await list(`ward=00103@2025-07-01&limit=3&cursor=${first.nextCursor}`);
    expect([first.items.length, next.items.some(({ id }) => id <= (first.nextCursor ?? ''))]).toEqual([3, false]);
  });

  it('refuses a bare code of two readings, with both', async () => {
    expect(await list('ward=00097')).toMatchObject({
      status: 422,
      code: 'code_needs_date',
      readings: [
        { key: '00097@1995-10-28', name: 'Tứ Liên' },
        { key: '00097@2025-07-01', name: 'Hồng Hà' },
      ],
    });
  });

  it.each([
    ['ward=12345', 'unknown_ward'],
    ['rank=best', 'invalid_request'],
    ['limit=501', 'invalid_request'],
    ['limit=0', 'invalid_request'],
    ['limit=nan', 'invalid_request'],
    ['units=1900-01-01', 'unknown_units'],
    ['at=yesterday', 'invalid_date'],
  ])('refuses %s', async (query, code) => {
    expect(await list(query)).toMatchObject({ status: 422, code });
  });
});

describe('GET /api/heritage/relics/{id}', () => {
  it('warns of a position outside the stated ward, per set', async () => {
    const { items } = await list('located=yes');
    const warned = items.filter((relic) => relic.wardByPosition['1995-10-28'] !== relic.wardKey);
    expect(items.filter(({ outsideStatedWard }) => outsideStatedWard)).toEqual(warned);
  });

  it('shows the newest condition known by the day', async () => {
    const { app, services } = await make.app();
    const survey = (id: string, grade: number, surveyedOn: string) => ({
      ...{ id, grade, surveyedOn, relicId: 'th-pt-01', source: 'a survey', demo: true },
    });
    await services.db.transaction((tx) =>
      insertRelicConditions(tx, [survey('a', 2, '2022-03-01'), survey('b', 4, '2022-10-01')]),
    );
    const grade = async (at: string) => {
      const relic = (await (await app.request(`/api/heritage/relics/th-pt-01?at=${at}`)).json()) as Relic;
      return relic.condition?.grade ?? null;
    };
    expect([await grade('2022-02-28'), await grade('2022-09-27'), await grade('2022-10-01')]).toEqual([null, 2, 4]);
  });

  it('refuses a relic nobody knows', async () => {
    expect(await get('/api/heritage/relics/th-zz-99')).toMatchObject({ status: 404, code: 'unknown_relic' });
  });
});

const PLACE = { lng: 105.8328, lat: 21.0672, errorMeters: 15 };
/** Đình Tứ Liên has no position in the reference data. */
const UNLOCATED = 'th-tl-02';

interface Write {
  id?: string;
  units?: string;
  ifMatch?: string | null;
  changeId?: string;
  position?: object;
  ward?: string;
}
async function place({ app }: Made, write: Write = {}) {
  const { id = UNLOCATED, units, ifMatch = '"1"', changeId = make.changeId(), position = PLACE, ward } = write;
  const answer = await app.request(`/api/heritage/relics/${id}${units ? `?units=${units}` : ''}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', ...(ifMatch && { 'if-match': ifMatch }) },
    body: JSON.stringify({ changeId, position, ward }),
  });
  return { status: answer.status, body: (await answer.json()) as Relic & Problem };
}

describe('placing a relic', () => {
  it('answers with the relic as it stands now', async () => {
    const { status, body } = await place(await make.app({ demo: true }));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      version: 2,
      position: { lng: 105.8328, lat: 21.0672, errorMeters: 15, accuracy: 'placed' },
      wardKey: '00097@1995-10-28',
    });
  });

  it('puts it on the layer at once', async () => {
    const made = await make.app({ demo: true });
    const onLayer = async () => {
      const layer = (await (await made.app.request('/api/layers/relics')).json()) as {
        features: { id: string; properties: RelicProperties }[];
      };
      return layer.features.find(({ id }) => id === UNLOCATED)?.properties.accuracy;
    };
    const before = await onLayer();
    await place(made);
    expect([before, await onLayer()]).toEqual([undefined, 'placed']);
  });

  it('is one change that carries the public feature', async () => {
    const made = await make.app({ demo: true });
    const heard: unknown[] = [];
    made.services.changes.subscribe((event) => heard.push(event));
    await place(made);
    expect(heard).toMatchObject([
      {
        verb: 'placeRelic',
        kind: 'relic',
        recordId: UNLOCATED,
        version: 2,
        layers: ['relics'],
        diffs: { relics: { add: [{ id: UNLOCATED, geometry: { coordinates: [PLACE.lng, PLACE.lat] } }] } },
      },
    ]);
  });

  it('again moves it, as an update', async () => {
    const made = await make.app({ demo: true });
    await place(made);
    const seq = await made.services.changes.head();
    const { body } = await place(made, { ifMatch: '"2"', position: { ...PLACE, lat: 21.068 } });
    const [event] = await made.services.changes.since(seq, 1);
    expect([body.version, body.position?.lat, event?.diffs['relics']?.update?.length]).toEqual([3, 21.068, 1]);
  });

  it('keeps what was there before for the history', async () => {
    const made = await make.app({ demo: true });
    await place(made);
    const row = await made.services.db.get<{ before: string; after: string }>(
      'SELECT before, after FROM change ORDER BY seq DESC LIMIT 1',
    );
    expect([JSON.parse(row!.before), JSON.parse(row!.after)]).toMatchObject([
      { position: null, wardKey: '00097@1995-10-28' },
      { position: { accuracy: 'placed' }, wardKey: '00097@1995-10-28' },
    ]);
  });

  it('sent again with its change id returns the stored outcome and changes nothing', async () => {
    const made = await make.app({ demo: true });
    const changeId = make.changeId();
    const first = await place(made, { changeId });
    const seq = await made.services.changes.head();
    const again = await place(made, { changeId });
    expect([again, await made.services.changes.head()]).toEqual([first, seq]);
  });

  it('outside its ward is a warning, never a refusal', async () => {
    const made = await make.app({ demo: true });
    const { status, body } = await place(made, { position: { lng: 105.81, lat: 21.0495, errorMeters: null } });
    expect([status, body.outsideStatedWard, body.wardKey]).toEqual([200, true, '00097@1995-10-28']);
  });

  it('takes the ward the person chose, by code and units or by key', async () => {
    const byKey = await place(await make.app({ demo: true }), { ward: '00097@2025-07-01' });
    const byCode = await place(await make.app({ demo: true }), { ward: '00097', units: '2025-07-01' });
    expect([byKey.body.wardName, byCode.body.wardKey]).toEqual(['Hồng Hà', '00097@2025-07-01']);
  });

  it('changes what search says of its place', async () => {
    const made = await make.app({ demo: true });
    const position = async () => {
      const answer = await made.app.request('/api/search?q=đình tứ liên&limit=1');
      return ((await answer.json()) as { items: { position: unknown }[] }).items[0]?.position;
    };
    const before = await position();
    await place(made);
    expect([before, await position()]).toEqual([null, [PLACE.lng, PLACE.lat]]);
  });
});

describe('placing a relic is refused', () => {
  it('with code_needs_date and both readings when nothing settles the ward', async () => {
    const { status, body } = await place(await make.app({ demo: true }), { ward: '00097' });
    expect([status, body.code, body.readings]).toEqual([
      422,
      'code_needs_date',
      [
        { key: '00097@1995-10-28', name: 'Tứ Liên', validFrom: '1995-10-28' },
        { key: '00097@2025-07-01', name: 'Hồng Hà', validFrom: '2025-07-01' },
      ],
    ]);
  });

  it.each<[string, Write, number, string]>([
    ['a ward nobody knows', { ward: '12345' }, 422, 'unknown_ward'],
    ['a ward that is no code', { ward: 'Tứ Liên' }, 422, 'invalid_request'],
    ['swapped axes', { position: { lng: 21.0672, lat: 105.8328, errorMeters: null } }, 422, 'outside_world'],
    ['a place in Huế', { position: { lng: 107.58, lat: 16.47, errorMeters: null } }, 422, 'far_from_district'],
    ['a negative error', { position: { ...PLACE, errorMeters: -1 } }, 422, 'invalid_request'],
    ['a position of words', { position: { lng: 'east', lat: 21, errorMeters: null } }, 422, 'invalid_request'],
    ['a relic nobody knows', { id: 'th-zz-99' }, 404, 'unknown_relic'],
    ['a relic whose position has a source', { id: 'th-pt-01' }, 409, 'already_placed'],
    ['no If-Match', { ifMatch: null }, 428, 'if_match_required'],
    ['an If-Match that is no version', { ifMatch: '"abc"' }, 422, 'invalid_request'],
    ['a change id that is none', { changeId: 'x' }, 422, 'invalid_request'],
  ])('for %s', async (_, write, status, code) => {
    const made = await make.app({ demo: true });
    const seq = await made.services.changes.head();
    const answer = await place(made, write);
    expect([answer.status, answer.body.code, await made.services.changes.head()]).toEqual([status, code, seq]);
  });

  it('when it was changed meanwhile, with both versions and the relic as it stands', async () => {
    const made = await make.app({ demo: true });
    await place(made);
    const { status, body } = await place(made);
    expect([status, body.code, body.versions]).toEqual([412, 'changed_meanwhile', { yours: 1, current: 2 }]);
    expect(body.current).toMatchObject({ id: UNLOCATED, version: 2 });
  });

  it('when the change id was used for another relic', async () => {
    const made = await make.app({ demo: true });
    const changeId = make.changeId();
    await place(made, { changeId });
    const { status, body } = await place(made, { changeId, id: 'th-tl-01' });
    expect([status, body.code]).toEqual([409, 'change_id_reused']);
  });

  it('outside the demo: nobody has an account yet', async () => {
    const { status, body } = await place(await make.app());
    expect([status, body.code]).toEqual([403, 'not_permitted']);
  });

  it('as a form: JSON alone is taken', async () => {
    const { app } = await make.app({ demo: true });
    const answer = await app.request(`/api/heritage/relics/${UNLOCATED}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'if-match': '"1"' },
      body: 'lng=1',
    });
    expect([answer.status, await answer.json()]).toMatchObject([415, { code: 'wrong_content_type' }]);
  });
});

describe('placing a relic with an account', () => {
  const RELIC = '/api/heritage/relics/';
  const WEST_LAKE = { lng: 105.826, lat: 21.0665, errorMeters: 20 };

  /** A relic without a position, and a heritage officer of its ward. */
  async function officer(scope: (ward: WardKey) => Scope) {
    const { app, services } = await make.app();
    const relic = await services.db.get<{ id: string; ward_key: WardKey }>(
      'SELECT id, ward_key FROM relic WHERE lng IS NULL ORDER BY id LIMIT 1',
    );
    if (!relic) throw new Error('every relic has a position');
    const user = await make.user(services, { roles: ['heritage'], scope: scope(relic.ward_key) });
    const headers = await make.session(services, user);
    const place = async (more: object = {}) => {
      const answer = await app.request(RELIC + relic.id, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', 'if-match': '"1"', ...headers },
        body: JSON.stringify({ changeId: make.changeId(), position: WEST_LAKE, ...more }),
      });
      return { status: answer.status, body: (await answer.json()) as { code?: string } };
    };
    return { services, user, relic, place };
  }

  it('of one’s ward is one’s own change in the log', async () => {
    const { services, user, place } = await officer((ward) => [ward]);
    expect((await place()).status).toBe(200);
    const row = await services.db.get<{ actor: string }>("SELECT actor FROM change WHERE verb = 'placeRelic'");
    expect(row?.actor).toBe(`user:${user.id}`);
  });

  it('of another ward is refused, and nothing is written', async () => {
    const { services, place } = await officer((ward) =>
      ward.startsWith('00109') ? ['00100@1995-10-28'] : ['00109@1995-10-28'],
    );
    const before = await services.changes.head();
    const { status, body } = await place();
    expect([status, body.code, await services.changes.head()]).toEqual([403, 'outside_scope', before]);
  });

  it('into a ward that is not one’s own is refused', async () => {
    const { place, relic } = await officer((ward) => [ward]);
    const other = relic.ward_key.startsWith('00109') ? '00100@1995-10-28' : '00109@1995-10-28';
    expect((await place({ ward: other })).body.code).toBe('outside_scope');
  });
});
