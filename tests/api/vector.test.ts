import { describe, expect, it } from 'vitest';
import type { WardKey } from '../../geodata/schema.ts';
import { browserOn } from '../helpers/asking.ts';
import { IN_BUOI, IN_QUANG_AN, make } from '../helpers/make.ts';

const QUANG_AN: WardKey = '00100@1995-10-28';
const BUOI: WardKey = '00109@1995-10-28';
const at = (north: number) => ({ lng: IN_QUANG_AN.lng, lat: IN_QUANG_AN.lat + north / 111_195 });

async function station() {
  const { app, services } = await make.app();
  const of = async (roles: ('health' | 'viewer')[], scope: 'district' | WardKey[]) => {
    const user = await make.user(services, { roles, scope, password: null });
    return browserOn(app, await make.session(services, user));
  };
  const quangAn = await of(['health'], [QUANG_AN]);
  await quangAn.send('POST', '/api/dengue/cases', {
    changeId: make.changeId(),
    class: 'confirmed',
    onsetOn: '2022-10-28',
    position: IN_QUANG_AN,
  });
  const inspect = (more: object = {}) =>
    quangAn.send('POST', '/api/dengue/inspections', {
      changeId: make.changeId(),
      inspectedOn: '2022-11-02',
      ...at(100),
      houses: 40,
      housesWithLarvae: 4,
      containers: 90,
      positiveContainers: 9,
      ...more,
    });
  const state = async () => (await quangAn.get('/api/dengue/outbreaks/TH-2022-001')).body;
  return {
    services,
    quangAn,
    inspect,
    state,
    buoi: await of(['health'], [BUOI]),
    leader: await of(['viewer'], 'district'),
  };
}

describe('an inspection', () => {
  it('with larvae near a case makes its signal an outbreak, in the same transaction, and says so', async () => {
    const { inspect, state, quangAn } = await station();
    const { status, body } = await inspect();
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({
      evidence: true,
      outbreaks: ['TH-2022-001'],
      indices: {
        bi: { value: 22.5, alarm: 'north' },
        ci: { value: 10 },
        hi: { value: 10 },
        di: { gap: 'not-counted' },
      },
      wardKey: QUANG_AN,
    });
    expect(await state()).toMatchObject({
      state: 'active',
      declared: { on: '2022-11-02', basis: 'inspection', inspectionId: body.id, by: null },
    });
    const history = (await quangAn.get('/api/dengue/outbreaks/TH-2022-001/history')).body.items;
    expect(history.at(-1)).toMatchObject({ code: 'declared-by-inspection', on: '2022-11-02' });
    const list = (await quangAn.get('/api/dengue/inspections?number=TH-2022-001')).body.items;
    expect(list).toMatchObject([{ id: body.id, lat: at(100).lat }]);
  });

  it.each([
    ['201 m from the case', at(201.5)],
    ['15 days from its onset', { inspectedOn: '2022-10-13' }],
    ['without larvae or adults', { housesWithLarvae: 0, positiveContainers: 0 }],
  ])('%s leaves it a signal', async (_, more) => {
    const { inspect, state } = await station();
    expect((await inspect(more)).status).toBe(200);
    expect(await state()).toMatchObject({ state: 'watching', declared: null });
  });

  it('whose declaration was taken back does not declare again; another one does', async () => {
    const { inspect, state, quangAn } = await station();
    await inspect();
    const { version } = await state();
    const undone = await quangAn.send(
      'POST',
      '/api/dengue/outbreaks/TH-2022-001/undo-declaration',
      { changeId: make.changeId() },
      { 'if-match': `"${version}"` },
    );
    expect(undone.body.state).toBe('watching');
    await inspect({ housesWithLarvae: 0, positiveContainers: 0 });
    expect((await state()).state).toBe('watching');
    await inspect({ inspectedOn: '2022-11-03' });
    expect((await state()).state).toBe('active');
  });

  it('made before the case was reported counts as soon as it comes', async () => {
    const { inspect, quangAn } = await station();
    await inspect(at(600));
    await quangAn.send('POST', '/api/dengue/cases', {
      changeId: make.changeId(),
      class: 'confirmed',
      onsetOn: '2022-11-01',
      position: { ...at(650), accuracyMeters: 10 },
    });
    const { body } = await quangAn.get('/api/dengue/outbreaks');
    expect(body.items[0]).toMatchObject({ number: 'TH-2022-002', state: 'active' });
  });

  it('is told to whoever keeps other wards without its place', async () => {
    const { inspect, leader } = await station();
    await inspect({ place: 'Số 5 ngõ 4', inspector: 'Nguyễn Thị Soi' });
    const { body } = await leader.get('/api/dengue/inspections');
    expect(body.items).toMatchObject([{ lng: null, lat: null, place: null, inspector: null, outbreaks: [] }]);
    expect(JSON.stringify(body)).not.toMatch(/Số 5|Soi|21\.06/);
  });

  it.each([
    ['inspected_in_future', { inspectedOn: '2022-11-05' }],
    ['more_than_looked_at', { housesWithLarvae: 41 }],
    ['unknown_outbreak', { number: 'TH-2022-999' }],
    ['outside_scope', IN_BUOI],
    ['outside_district', { lng: 106.9, lat: 20.2 }],
  ])('is refused: %s', async (code, { accuracyMeters: _, ...more }: Record<string, unknown>) => {
    const { inspect } = await station();
    expect((await inspect(more)).body.code).toBe(code);
  });
});

describe('a breeding site', () => {
  const site = (more: object = {}) => ({
    changeId: make.changeId(),
    kind: 'Lốp xe',
    foundOn: '2022-10-25',
    larvae: true,
    ...at(50),
    recheckOn: '2022-11-01',
    ...more,
  });

  it('is late when its day has passed, until it is cleared', async () => {
    const { quangAn } = await station();
    const { body } = await quangAn.send('POST', '/api/dengue/breeding-sites', site());
    expect(body).toMatchObject({ late: true, larvae: true, wardName: 'Quảng An' });
    const edit = (more: object, version: number) =>
      quangAn.send(
        'PATCH',
        `/api/dengue/breeding-sites/${body.id}`,
        { changeId: make.changeId(), ...more },
        { 'if-match': `"${version}"` },
      );
    expect((await edit({ clearedOn: '2022-11-05' }, 1)).body.code).toBe('cleared_in_future');
    expect((await edit({ clearedOn: '2022-10-01' }, 1)).body.code).toBe('cleared_before_found');
    expect((await edit({ larvae: false, clearedOn: '2022-11-04' }, 1)).body).toMatchObject({
      late: false,
      larvae: false,
    });
    expect((await edit({ larvae: false }, 1)).body.code).toBe('changed_meanwhile');
  });

  it('is for health staff of its ward: list, layer and correction', async () => {
    const { quangAn, buoi, leader, services } = await station();
    const { body } = await quangAn.send('POST', '/api/dengue/breeding-sites', site());
    const features = async (by: typeof buoi) => (await by.get('/api/layers/breeding-sites')).body.features;
    expect(await features(quangAn)).toMatchObject([{ id: body.id, properties: { late: true } }]);
    expect(await features(buoi)).toEqual([]);
    expect((await buoi.get('/api/dengue/breeding-sites')).body.items).toEqual([]);
    expect((await leader.get('/api/dengue/breeding-sites')).status).toBe(403);
    const edit = (id: string) =>
      buoi.send(
        'PATCH',
        `/api/dengue/breeding-sites/${id}`,
        { changeId: make.changeId(), larvae: false },
        { 'if-match': '"1"' },
      );
    expect((await edit(body.id)).body.code).toBe('outside_scope');
    expect((await edit('bs-none')).body.code).toBe('unknown_site');
    const rows = await services.db.all<{ after: string }>("SELECT after FROM change WHERE kind = 'vector'");
    expect(rows).toEqual([{ after: 'null' }]);
  });
});
