/** From outside the scope nobody locates a hidden case: whatever a reader is told is the same wherever in its cell it lies. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { WardKey } from '../../geodata/schema.ts';
import { metersBetween } from '../../geodata/measure.ts';
import { cellId, cellOf } from '../../server/dengue/grid.ts';
import { insertRelics } from '../../server/heritage/store.ts';
import { browserOn, type Browser } from '../helpers/asking.ts';
import { make } from '../helpers/make.ts';

const QUANG_AN: WardKey = '00100@1995-10-28';
const TU_LIEN: WardKey = '00097@1995-10-28';
const BUOI: WardKey = '00109@1995-10-28';
const FIRST = 'TH-2022-001';
type Place = { lng: number; lat: number };
const match = ({ version }: { version: number }) => ({ 'if-match': `"${version}"` });
const metersApart = (a: Place, b: Place) => metersBetween([a.lng, a.lat], [b.lng, b.lat]);

/**
 * A home in Quảng An and one across the line in Tứ Liên, with everything about them that is ever written down: names,
 * an inspection, a breeding site, what was done, the report, a relic near by.
 */
async function acrossTheLine() {
  const { app, services } = await make.app();
  const of = async (roles: ('health' | 'viewer' | 'heritage')[], scope: 'district' | WardKey[] = 'district') => {
    const user = await make.user(services, { roles, scope, password: null });
    return browserOn(app, await make.session(services, user));
  };
  const wardAt = ({ lng, lat }: Place) => services.places.index['1995-10-28'].wardAt([lng, lat]);
  const wardsAt = ({ lng, lat }: Place) =>
    (['1995-10-28', '2025-07-01'] as const).map((set) => services.places.index[set].wardAt([lng, lat]));
  const district = await of(['health']);
  const send = async (path: string, more: object, headers = {}) => {
    const { status, body } = await district.send('POST', path, { changeId: make.changeId(), ...more }, headers);
    return status === 200 ? body : null;
  };
  const report = (position: Place, more: object = {}) =>
    send('/api/dengue/cases', {
      class: 'clinical',
      onsetOn: '2022-10-28',
      position: { ...position, accuracyMeters: 10 },
      ...more,
    });
  const person = { name: 'Nguyễn Văn Kín', phone: '0912345678', address: 'Số 9 ngõ 8' };
  for (let lat = 21.055; lat < 21.08; lat += 0.0004)
    for (let lng = 105.82; lng < 105.85; lng += 0.0003) {
      const [near, far] = [
        { lng, lat },
        { lng: lng + 0.001, lat },
      ];
      if (wardAt(near) !== QUANG_AN || wardAt(far) !== TU_LIEN) continue;
      // Everywhere in the hidden home's cell, across the line, still linked to the home that is known.
      const moves: Place[] = [];
      for (let x = -0.0012; x <= 0.0012; x += 0.00024)
        for (let y = -0.0016; y <= 0.0016; y += 0.00031) {
          const to = { lng: far.lng + x, lat: far.lat + y };
          const sameWards = wardsAt(to).join() === wardsAt(far).join();
          const fits = sameWards && metersApart(to, near) < 199;
          if (fits && cellId(cellOf([to.lng, to.lat])) === cellId(cellOf([far.lng, far.lat]))) moves.push(to);
        }
      if (moves.length < 9) continue;
      const own = await report(near);
      const hidden = own && (await report(far, { person, residentialGroup: 'Tổ Kín' }));
      if (!hidden) continue;
      await send('/api/dengue/inspections', { kind: 'before', inspectedOn: '2022-11-02', ...far, houses: 30, number: FIRST }); // prettier-ignore
      await send('/api/dengue/breeding-sites', { kind: 'tyre', foundOn: '2022-11-01', ...far, larvae: true });
      await send(`/api/dengue/outbreaks/${FIRST}/response`, { kind: 'verify', doneOn: '2022-11-02', team: 'Đội 1' });
      const entries = { chair: '', writer: '', place: '', riskPoints: 'Nhà Kín', assessment: '', proposals: '' };
      const made = await send(`/api/dengue/outbreaks/${FIRST}/report`, { entries });
      const [seed] = services.places.relicSeeds;
      const relics = [60, 160, 230].map((meters) => ({
        ...seed!,
        id: `th-tl-${meters}`,
        position: { lng: far.lng + meters / 103_900, lat: far.lat, accuracy: 'plus-code' as const, errorMeters: 20, source: 'x' }, // prettier-ignore
      }));
      await services.db.transaction((tx) => insertRelics(tx, relics));
      return { app, services, district, of, wardAt, near, far, hidden, made, moves };
    }
  throw new Error('no such place');
}

/** What of all answers may differ: how often the hidden record was written. */
const WRITTEN = /"(version|seq)":\d+|"(at|madeAt|etag)":"[^"]*"/g;
const READERS = ['leader', 'neighbour', 'another', 'heritage', 'visitor'] as const;

describe('a case across the ward line', () => {
  let world: Awaited<ReturnType<typeof acrossTheLine>>;
  let readers: Record<(typeof READERS)[number], Browser>;
  let paths: string[];

  beforeAll(async () => {
    world = await acrossTheLine();
    readers = {
      leader: await world.of(['viewer']),
      neighbour: await world.of(['health'], [QUANG_AN]),
      another: await world.of(['health'], [BUOI]),
      heritage: await world.of(['heritage']),
      visitor: browserOn(world.app),
    };
    const { paths: documented } = (await readers.visitor.get('/api/openapi.json')).body as {
      paths: Record<string, { get?: unknown }>;
    };
    // Every route there is that speaks of dengue: one that comes later is asked too.
    const dengue = Object.keys(documented).filter((path) => path.startsWith('/api/dengue/') && documented[path]!.get);
    expect(dengue.length).toBeGreaterThan(15);
    const filled = dengue.map((path) =>
      path
        .replace('{number}', FIRST)
        .replace('{format}', 'docx')
        .replace('{id}', path.includes('reports') ? world.made.id : world.hidden.id),
    );
    paths = [
      ...filled,
      ...['curve?by=day', 'curve?at=2022-10-29', 'bulletin?at=2022-10-29'].map((what) => `/api/dengue/watch/${what}`),
      `/api/dengue/outbreaks?at=2022-10-29`,
      `/api/dengue/outbreaks/${FIRST}?units=2025-07-01`,
      `/api/dengue/inspections?number=${FIRST}`,
      ...['outbreaks', 'cases', 'breeding-sites', 'hotspots'].map((id) => `/api/layers/${id}`),
      `/api/layers/outbreaks?bbox=${world.far.lng},${world.far.lat},${world.far.lng + 0.0001},${world.far.lat + 0.0001}`,
      '/api/layers',
      '/api/status',
      '/api/search?q=Kin',
      '/api/search?q=TH-2022',
    ];
  }, 60_000);

  const told = async (by: Browser): Promise<string[]> =>
    Promise.all(
      paths.map(async (path) => {
        const { status, body } = await by.get(path);
        return `${path} ${status} ${JSON.stringify(body).replaceAll(WRITTEN, '')}`;
      }),
    );

  it('is told the same to every reader outside the scope wherever in its cell and wards the home stands', async () => {
    const before = Object.fromEntries(await Promise.all(READERS.map(async (who) => [who, await told(readers[who])])));
    let { hidden } = world;
    // Spread over the whole cell.
    const stride = Math.ceil(world.moves.length / 6);
    for (const to of world.moves.filter((_, i) => i % stride === 0)) {
      const { status, body } = await world.district.send(
        'PATCH',
        `/api/dengue/cases/${hidden.id}/position`,
        { changeId: make.changeId(), position: { ...to, accuracyMeters: 10 }, locatedBy: 'map' },
        match(hidden),
      );
      expect(status, JSON.stringify(body)).toBe(200);
      hidden = body;
      for (const who of READERS) {
        const now = await told(readers[who]);
        const other = paths.filter((_, i) => now[i] !== before[who]![i]);
        expect(other, who).toEqual([]);
      }
    }
    world.hidden = hidden;
  }, 120_000);

  it('is named to nobody outside the scope, neither by id nor by what was written about it', async () => {
    for (const who of READERS) {
      for (const line of await told(readers[who])) {
        const path = line.slice(0, line.indexOf(' '));
        const found = /Kín|0912345678|ngõ 8/.exec(line) ?? line.slice(path.length).includes(world.hidden.id);
        expect(found, `${who} ${path}`).toBe(false);
      }
      const { body } = await readers[who].get('/api/changes?after=0');
      // The stream says that a case was written, by its id; nothing of it.
      expect(JSON.stringify(body), who).not.toMatch(/Kín|0912345678|ngõ 8|"(lng|lat|position|onsetOn)"/);
    }
  });

  it('stands in the middle of no shape: out of scope there are whole cells, beside one’s own circle nothing', async () => {
    const corners = async (who: (typeof READERS)[number]) => {
      const { geometry } = (await readers[who].get(`/api/dengue/outbreaks/${FIRST}`)).body;
      return (geometry.type === 'Polygon' ? geometry.coordinates[0] : geometry.coordinates.flat(2)) as [number, number][]; // prettier-ignore
    };
    for (const who of ['leader', 'another'] as const)
      for (const [lng, lat] of await corners(who)) {
        // On the lines of the grid, six decimals.
        expect(Math.abs(Math.round((lng - 105.7) / 0.0048) * 0.0048 + 105.7 - lng)).toBeLessThan(2e-6);
        expect(Math.abs(Math.round((lat - 20.97) / 0.0045) * 0.0045 + 20.97 - lat)).toBeLessThan(2e-6);
      }
    for (const [lng, lat] of await corners('neighbour')) expect(metersApart({ lng, lat }, world.near)).toBeCloseTo(200, 0); // prettier-ignore
  });

  it('is found by no trial: what a draft is warned of beside it does not depend on it', async () => {
    const check = async (position: Place) => {
      const { status, body } = await readers.neighbour.send('POST', '/api/dengue/cases/check', {
        class: 'clinical',
        onsetOn: '2022-10-28',
        position: { ...position, accuracyMeters: 10 },
        person: { name: 'Nguyễn Văn Kín', phone: '0912345678' },
      });
      expect(status, JSON.stringify(body)).toBe(200);
      return JSON.stringify(body);
    };
    // Along the line on the own side, up to some metres from the home across it.
    const beside = [-0.001, -0.0005, 0, 0.0005, 0.001]
      .map((y) => ({ lng: world.near.lng, lat: world.near.lat + y }))
      .filter((place) => world.wardAt(place) === QUANG_AN);
    expect(beside.length).toBeGreaterThan(2);
    const before = await Promise.all(beside.map(check));
    expect(before.join()).not.toContain(world.hidden.id);
    await world.district.send(
      'POST',
      `/api/dengue/cases/${world.hidden.id}/removal`,
      { changeId: make.changeId(), reason: 'duplicate' },
      match(world.hidden),
    );
    expect(await Promise.all(beside.map(check))).toEqual(before);
  });
});
