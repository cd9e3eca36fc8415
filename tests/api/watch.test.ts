/** Watching: what each chart and card says over the wire, and to whom. */
import { describe, expect, it, test } from 'vitest';
import type { WardKey } from '../../geodata/schema.ts';
import { insertRelics } from '../../server/heritage/store.ts';
import { browserOn, type Browser } from '../helpers/asking.ts';
import { IN_BUOI, IN_QUANG_AN, make } from '../helpers/make.ts';

const QUANG_AN: WardKey = '00100@1995-10-28';
const TU_LIEN: WardKey = '00097@1995-10-28';
const WATCH = '/api/dengue/watch';
const north = (meters: number) => ({ ...IN_QUANG_AN, lat: IN_QUANG_AN.lat + meters / 111_195 });

/** The application, health workers of two wards and a leader; reports are sent by the district's own. */
async function station() {
  const { app, services } = await make.app();
  const of = async (roles: ('health' | 'viewer' | 'heritage')[], scope: 'district' | WardKey[] = 'district') => {
    const user = await make.user(services, { roles, scope, password: null });
    return browserOn(app, await make.session(services, user));
  };
  const district = await of(['health']);
  const report = async (more: object = {}) => {
    const entry = {
      changeId: make.changeId(),
      class: 'clinical',
      onsetOn: '2022-10-28',
      position: IN_QUANG_AN,
      ...more,
    };
    const { status, body } = await district.send('POST', '/api/dengue/cases', entry);
    expect(status, JSON.stringify(body)).toBe(200);
    return body as { id: string; version: number };
  };
  return { app, services, of, district, report, quangAn: await of(['health'], [QUANG_AN]) };
}
const read = async (by: Browser, what: string) => (await by.get(`${WATCH}/${what}`)).body;

describe('the season on a day', () => {
  it('is told the same to a leader as to whoever entered it: curve, bulletin, incidence, channel', async () => {
    const { district, report, of } = await station();
    const leader = await of(['viewer']);
    await report();
    await report({ position: north(100), onsetOn: '2022-11-01' });
    await report({ position: IN_BUOI, class: 'suspected' });
    await district.send(
      'POST',
      '/api/dengue/outbreaks/TH-2022-001/declare',
      { changeId: make.changeId(), reason: 'Có bọ gậy ở nhà bên' },
      { 'if-match': '"1"' },
    );
    for (const what of ['curve', 'curve?by=day', 'bulletin', 'incidence', 'channel', 'warnings'])
      expect(await read(leader, what), what).toBeTruthy();

    const curve = await read(leader, 'curve');
    expect(curve).toMatchObject({ at: '2022-11-04', by: 'week', from: '2021-12-27', to: '2022-11-06' });
    expect(curve.items.slice(-2)).toMatchObject([
      { week: '2022-W43', suspected: 1, clinical: 1, cases: 1, open: false },
      { week: '2022-W44', suspected: 0, clinical: 1, cases: 1, open: true },
    ]);
    expect((await read(leader, 'curve?by=day')).items).toHaveLength(60);
    expect(await read(leader, 'bulletin?weeks=2')).toMatchObject({
      items: [
        { week: '2022-W43', newOutbreaks: 0, activeOutbreaks: 0 },
        { week: '2022-W44', cases: 1, newOutbreaks: 1, activeOutbreaks: 1, endedOutbreaks: 0, signals: 0 },
      ],
      year: { cases: 2, outbreaks: 1, active: 1 },
    });
    const incidence = await read(leader, 'incidence');
    expect(incidence.items).toHaveLength(8);
    expect(incidence.items.find(({ wardKey }: { wardKey: string }) => wardKey === QUANG_AN)).toMatchObject({
      wardName: 'Quảng An',
      cases: 2,
      populationAsOf: '2019-04-01',
    });
    expect(incidence).toMatchObject({ per: 100_000, district: { cases: 2, population: 160_495, incidence: 1.2 } });
    expect(await read(leader, 'channel')).toMatchObject({
      rule: 'qd-02-2016',
      missingYears: [2021, 2020, 2019],
      items: { length: 12 },
    });
  });

  it('follows a case that is corrected, and another day looks back', async () => {
    const { district, report } = await station();
    const { id } = await report();
    const total = async (query = '') => {
      const { items } = await read(district, `curve${query}`);
      return items.reduce((sum: number, { cases }: { cases: number }) => sum + cases, 0);
    };
    expect(await total()).toBe(1);
    await report({ position: IN_BUOI, onsetOn: '2022-11-02' });
    expect(await total()).toBe(2);
    expect(await total('?at=2022-11-01')).toBe(1);
    const gone = { changeId: make.changeId(), reason: 'duplicate' };
    const removed = await district.send('POST', `/api/dengue/cases/${id}/removal`, gone, { 'if-match': '"1"' });
    expect(removed.status).toBe(200);
    expect(await total()).toBe(1);
  });

  it('by the wards of 2025 has no census, and says so by null', async () => {
    const { district, report } = await station();
    await report();
    const { items } = await read(district, 'incidence?units=2025-07-01');
    expect(items).toHaveLength(6);
    expect(items.reduce((sum: number, { cases }: { cases: number }) => sum + cases, 0)).toBe(1);
    for (const item of items) if (item.population === null) expect(item.incidence).toBeNull();
  });
});

describe('a first day', () => {
  it.each([
    ['curve?from=2022-11-05', 'from_after_at'],
    ['incidence?from=2022-11-05', 'from_after_at'],
    ['quality?from=2022-11-05', 'from_after_at'],
    ['curve?by=day&from=1990-01-01', 'too_many_days'],
  ])('%s is refused: %s', async (what, code) => {
    const { district } = await station();
    expect(await district.get(`${WATCH}/${what}`)).toMatchObject({ status: 422, body: { code } });
  });
});

describe('what lies in a zone', () => {
  /** A relic some metres north of the home, on the same land. */
  const relicAt = async ({ services }: Awaited<ReturnType<typeof station>>, meters: number) => {
    const [seed] = services.places.relicSeeds;
    const { lng, lat } = north(meters);
    const position = { lng, lat, accuracy: 'plus-code' as const, errorMeters: 20, source: 'x' };
    const relic = { ...seed!, id: `th-qa-${meters}`, name: `Chùa ${meters}`, wardKey: QUANG_AN, position };
    await services.db.transaction((tx) => insertRelics(tx, [relic]));
    return relic.id;
  };

  it('is told by the circle in scope, by the whole cell out of it, and not after the end', async () => {
    const world = await station();
    const [near, far] = [await relicAt(world, 150), await relicAt(world, 260)];
    // In the cell that begins at the home of the fixtures, 500 m from south to north.
    await world.report({ class: 'confirmed', position: north(20) });
    const [leader, tuLien] = [await world.of(['viewer']), await world.of(['health'], [TU_LIEN])];
    const told = async (by: Browser, query = '') =>
      (await read(by, `warnings${query}`)).items.flatMap(
        ({ relicId, approximate }: { relicId: string; approximate: boolean }) =>
          [near, far].includes(relicId) ? [[relicId, approximate]] : [],
      );
    expect(await told(world.quangAn)).toEqual([[near, false]]);
    const byCell = await told(leader);
    expect(byCell).toEqual([near, far].map((id) => [id, true]));
    expect(await told(tuLien)).toEqual(byCell);
    expect(await told(world.quangAn, '?at=2022-11-12')).toEqual([]);
  });

  it('and nothing else depends on where a hidden home stands in its cell', async () => {
    const world = await station();
    for (const meters of [120, 160, 200, 240]) await relicAt(world, meters);
    const home = await world.report({ class: 'confirmed', position: north(20) });
    const tuLien = await world.of(['health'], [TU_LIEN]);
    const everything = async () =>
      Promise.all(
        ['curve?by=day', 'bulletin', 'incidence', 'channel', 'warnings', 'quality'].map((what) => read(tuLien, what)),
      );
    const before = await everything();
    expect(before[4].items).toHaveLength(4);
    const { status } = await world.district.send(
      'PATCH',
      `/api/dengue/cases/${home.id}/position`,
      { changeId: make.changeId(), position: north(60), locatedBy: 'map' },
      { 'if-match': `"${home.version}"` },
    );
    expect(status).toBe(200);
    expect(await everything()).toEqual(before);
  });
});

test('the quality of the data is that of one’s own wards, and for health staff alone', async () => {
  const { quangAn, of, report, services } = await station();
  await report();
  await report({ position: IN_BUOI });
  await make.dengueCase(services, { reportedOn: '2022-11-03', position: null });
  const tuLien = await of(['health'], [TU_LIEN]);
  expect(await read(quangAn, 'quality')).toMatchObject({
    located: { count: 1, of: 1, percent: 100 },
    lateReports: { count: 0, of: 1, lateDays: 7, medianDays: 7 },
  });
  expect(await read(tuLien, 'quality')).toMatchObject({ located: { count: 0, of: 0, percent: null } });
  const other = await tuLien.get(`${WATCH}/quality?ward=${QUANG_AN}`);
  expect(other).toMatchObject({ status: 403, body: { code: 'outside_scope' } });
  expect((await (await of(['viewer'])).get(`${WATCH}/quality`)).status).toBe(403);
  expect((await (await of(['heritage'])).get(`${WATCH}/curve`)).status).toBe(403);
});
