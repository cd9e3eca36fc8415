import { describe, expect, it } from 'vitest';
import type { Role, Scope } from '../../server/accounts/permission.ts';
import type { Relic } from '../../server/heritage/contract.ts';
import type { Inspection } from '../../server/heritage/inspection-contract.ts';
import { IN_BUOI, IN_QUANG_AN, make } from '../helpers/make.ts';

const QUANG_AN = '00100@1995-10-28';
const BUOI = '00109@1995-10-28';
const RELIC = 'th-qa-01';

async function register() {
  const { app, services } = await make.app();
  const signIn = async (roles: Role[] = ['heritage'], scope: Scope = 'district') =>
    make.session(services, await make.user(services, { roles, scope, password: null }));
  const me = await signIn();
  const post = async (path: string, more: object, as: { cookie: string } = me) => {
    const answer = await app.request(`/api/heritage/relics${path}`, {
      method: 'POST',
      headers: { ...as, 'content-type': 'application/json' },
      body: JSON.stringify({ changeId: make.changeId(), ...more }),
    });
    return { status: answer.status, body: (await answer.json()) as Relic & { code: string; current: unknown } };
  };
  const get = async <T>(path: string, as: Record<string, string> = me) =>
    (await (await app.request(`/api/heritage/relics${path}`, { headers: as })).json()) as T;
  const inspections = (as?: Record<string, string>) =>
    get<{ items: Inspection[]; mayWrite: boolean; code: string }>(`/${RELIC}/inspections`, as);
  return { app, services, me, signIn, post, get, inspections };
}

const seen = (more: object = {}) => ({
  after: null,
  inspectedOn: '2022-11-03',
  parts: [
    { part: 'roof', grade: 4, cause: 'damp', urgency: 'this-year' },
    { part: 'gate', grade: 2 },
  ],
  ...more,
});

describe('an inspection', () => {
  it('grades the whole by its parts, on the card, the list and the layer at once', async () => {
    const { app, services, post, inspections } = await register();
    const before = (await (await app.request('/api/layers/relics')).json()) as GeoJSON.FeatureCollection;
    expect(before.features.find(({ id }) => id === RELIC)!.properties).toMatchObject({ grade: null });
    const { status, body } = await post(`/${RELIC}/inspections`, seen());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      version: 2,
      condition: { grade: 4, surveyedOn: '2022-11-03', dueOn: '2023-02-03', demo: false },
    });
    const after = (await (await app.request('/api/layers/relics')).json()) as GeoJSON.FeatureCollection;
    expect(after.features.find(({ id }) => id === RELIC)!.properties).toMatchObject({ grade: 4, version: 2 });
    const event = (await services.changes.since(0, 1000)).at(-1)!;
    expect(event).toMatchObject({
      verb: 'inspectRelic',
      recordId: RELIC,
      diffs: { relics: { update: [{ id: RELIC }] } },
    });
    expect((await inspections()).items).toMatchObject([
      { grade: 4, parts: seen().parts.map(({ part }) => ({ part })) },
    ]);
  });

  it('stands in the timeline by its day, and the newest counts on each day', async () => {
    const { post, get, inspections } = await register();
    await post(`/${RELIC}/inspections`, seen({ inspectedOn: '2022-03-01', parts: [{ part: 'roof', grade: 2 }] }));
    const [first] = (await inspections()).items;
    await post(`/${RELIC}/inspections`, seen({ after: first!.id }));
    expect((await inspections()).items.map(({ grade }) => grade)).toEqual([4, 2]);
    expect((await get<Relic>(`/${RELIC}?at=2022-06-01`)).condition?.grade).toBe(2);
    expect((await get<Relic>(`/${RELIC}`)).condition?.grade).toBe(4);
  });

  it('of two inspectors at once is shown to the second, and lost to nobody', async () => {
    const { post, inspections, signIn } = await register();
    const other = await signIn();
    await post(`/${RELIC}/inspections`, seen());
    const late = await post(`/${RELIC}/inspections`, seen({ parts: [{ part: 'wall', grade: 1 }] }), other);
    expect(late).toMatchObject({ status: 412, body: { code: 'inspected_meanwhile', current: { grade: 4 } } });
    const [newest] = (await inspections()).items;
    const again = seen({ after: newest!.id, parts: [{ part: 'wall', grade: 1 }] });
    expect((await post(`/${RELIC}/inspections`, again, other)).status).toBe(200);
    expect((await inspections()).items).toHaveLength(2);
  });

  it('sent twice is one', async () => {
    const { post, inspections } = await register();
    const sent = seen({ changeId: make.changeId() });
    await post(`/${RELIC}/inspections`, sent);
    expect((await post(`/${RELIC}/inspections`, sent)).status).toBe(200);
    expect((await inspections()).items).toHaveLength(1);
  });

  it.each([
    ['a day that has not come', seen({ inspectedOn: '2022-11-05' }), 'inspected_in_future'],
    [
      'a part twice',
      seen({
        parts: [
          { part: 'roof', grade: 1 },
          { part: 'roof', grade: 2 },
        ],
      }),
      'part_twice',
    ],
    ['no part', seen({ parts: [] }), 'invalid_request'],
    ['a grade of six', seen({ parts: [{ part: 'roof', grade: 6 }] }), 'invalid_request'],
  ])('is refused for %s', async (_, sent, code) => {
    const { post } = await register();
    expect(await post(`/${RELIC}/inspections`, sent)).toMatchObject({ status: 422, body: { code } });
  });

  it('is read by accounts, written in one’s wards, and kept from visitors', async () => {
    const { post, inspections, signIn } = await register();
    await post(`/${RELIC}/inspections`, seen());
    expect(await inspections(await signIn(['viewer']))).toMatchObject({ mayWrite: false, items: [{ grade: 4 }] });
    expect((await inspections(await signIn(['heritage'], [QUANG_AN]))).mayWrite).toBe(true);
    expect(await inspections({})).toMatchObject({ code: 'not_permitted' });
    const elsewhere = await signIn(['heritage'], [BUOI]);
    expect((await post(`/${RELIC}/inspections`, seen(), elsewhere)).body.code).toBe('outside_scope');
    expect((await post('/nothing/inspections', seen())).body.code).toBe('unknown_relic');
  });
});

describe('a new relic', () => {
  const { lng, lat } = IN_QUANG_AN;
  const fresh = (more: object = {}) => ({
    name: 'Miếu Đồng Cổ nhỏ',
    kind: 'mieu',
    source: 'Khảo sát thực địa',
    position: { lng, lat, errorMeters: 10 },
    ...more,
  });

  it('takes its ward from its position and stands on everybody’s map', async () => {
    const { services, post } = await register();
    const { status, body } = await post('', fresh());
    expect([status, body.wardKey, body.rank, body.version]).toEqual([200, QUANG_AN, null, 1]);
    expect(body.position).toMatchObject({ lng, lat, accuracy: 'placed', errorMeters: 10 });
    const event = (await services.changes.since(0, 1000)).at(-1)!;
    expect(event.diffs['relics']).toMatchObject({ add: [{ id: body.id }] });
  });

  it('outside its stated ward is a warning, and without a position needs a ward', async () => {
    const { post } = await register();
    expect((await post('', fresh({ ward: BUOI }))).body).toMatchObject({ wardKey: BUOI, outsideStatedWard: true });
    expect(await post('', fresh({ name: 'Am Vô Danh', position: null }))).toMatchObject({
      status: 422,
      body: { code: 'relic_needs_ward' },
    });
    expect((await post('', fresh({ name: 'Am Vô Danh', position: null, ward: BUOI }))).body.position).toBeNull();
  });

  it('like one that is there is named first, and added when a person says that it is another', async () => {
    const { post, get } = await register();
    const there = await get<Relic>(`/${RELIC}`);
    const twin = fresh({ name: there.name.normalize('NFD').replace(/\p{M}/gu, ''), position: null, ward: QUANG_AN });
    expect(await post('', twin)).toMatchObject({
      status: 409,
      body: { code: 'relic_like_it', current: [{ id: RELIC }] },
    });
    expect((await post('', { ...twin, distinct: true })).status).toBe(200);
  });

  it('is refused far away, in another’s ward, and to who may not write', async () => {
    const { post, signIn } = await register();
    expect((await post('', fresh({ position: { lng: 106.7, lat: 10.8, errorMeters: null } }))).body.code).toBe(
      'far_from_district',
    );
    const buoi = await signIn(['heritage'], [BUOI]);
    expect((await post('', fresh(), buoi)).body.code).toBe('outside_scope');
    const own = fresh({ position: { lng: IN_BUOI.lng, lat: IN_BUOI.lat, errorMeters: null } });
    expect((await post('', own, buoi)).status).toBe(200);
    expect((await post('', fresh({ name: 'Am khác' }), await signIn(['viewer']))).body.code).toBe('not_permitted');
  });
});
