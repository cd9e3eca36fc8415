/** What anybody can find out by downloading the public hotspots week after week, and keeping every copy. */
import { beforeAll, describe, expect, it, test } from 'vitest';
import { addDays } from '../../geodata/dates.ts';
import { mayPublish } from '../../server/dengue/publication.ts';
import { insertCases, type CaseRow } from '../../server/dengue/store.ts';
import type { HotspotProperties } from '../../server/dengue/contract.ts';
import type { Clock } from '../../server/platform/clock.ts';
import { createRandom } from '../../server/demo/random.ts';
import { make } from '../helpers/make.ts';

interface Layer {
  week: { id: string; from: string; to: string };
  withheld: boolean;
  features: { id: string; properties: HotspotProperties; geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon }[];
}
interface Curve {
  weeks: { week: string; cases: number | null }[];
}

/** A clock whose day the test turns. */
function calendar(from: string): Clock & { day: string } {
  const clock = {
    day: from,
    now: () => new Date(`${clock.day}T03:00:00Z`),
    today: () => clock.day,
  };
  return clock;
}

const small = (count: number) => count > 0 && count < 5;
/** Every sum that some of the numbers make, the empty one too. */
const sumsOf = (counts: readonly number[]) =>
  counts.reduce((sums, count) => new Set([...sums, ...[...sums].map((sum) => sum + count)]), new Set([0]));

interface Home {
  id: string;
  onset_on: string;
  lng: number;
  lat: number;
}
const isInSquare = ({ lng, lat }: Home, [ring]: GeoJSON.Position[][]) => {
  const [lngs, lats] = [ring!.map(([x = 0]) => x), ring!.map(([, y = 0]) => y)];
  return lng >= Math.min(...lngs) && lng < Math.max(...lngs) && lat >= Math.min(...lats) && lat < Math.max(...lats);
};

/** A year of 10,000 cases, and whoever takes away everything public every week: all weeks there are, not the last alone. */
async function yearOfDownloads() {
  const clock = calendar('2022-01-06');
  const { app, services } = await make.app({ clock });
  const random = createRandom(20220106);
  const wards = services.places.wards['1995-10-28'].map(({ properties }) => properties);
  const one = (n: number, onsetOn: string): CaseRow => {
    const { key, labelPoint } = random.pick(wards);
    const located = random.chance(0.85);
    // Some close together and some far apart, so that cells of five, rests and single homes all come about.
    const reach = random.chance(0.5) ? 0.0015 : 0.006;
    const [lng, lat] = [labelPoint[0] + random.between(-reach, reach), labelPoint[1] + random.between(-reach, reach)];
    return {
      id: `ca-${n}`,
      class: random.chance(0.5) ? 'confirmed' : 'clinical',
      onsetOn,
      reportedOn: onsetOn,
      wardKey: key as CaseRow['wardKey'],
      lng: located ? lng : null,
      lat: located ? lat : null,
      accuracyMeters: located ? (random.chance(0.9) ? 10 : 150) : null,
      demo: false,
    };
  };
  const get = async <T>(path: string) => (await (await app.request(path)).json()) as T;
  const layers: { taken: number; layer: Layer; homes: Home[] | null }[] = [];
  const curves: Curve[] = [];
  let n = 0;
  for (let week = 0; week < 52; week++) {
    clock.day = addDays('2022-01-06', 7 * week);
    // Most fell ill in the last fortnight, some were found only weeks and months later. The year begins quietly, with
    // weeks that are withheld at first and spoken of when enough late ones have come.
    const batch = Array.from({ length: week < 10 ? 3 : 240 }, () => {
      const back = random.chance(0.8) ? random.whole(0, 14) : random.whole(15, 7 * week + 20);
      return one(n++, addDays(clock.day, -back));
    });
    const any = () => `ca-${random.whole(0, n - 1)}`;
    await services.db.transaction(async (tx) => {
      await insertCases(tx, batch);
      await tx.run("UPDATE dengue_case SET class = 'ruled-out' WHERE id = ?", [any()]);
      await tx.run('UPDATE dengue_case SET onset_on = ? WHERE id = ?', [clock.day, any()]);
      await tx.run('UPDATE dengue_case SET lng = lng + 0.005 WHERE id = ? AND lng IS NOT NULL', [any()]);
      await tx.run("UPDATE dengue_case SET removed = 'duplicate', removed_on = onset_on WHERE id = ?", [any()]);
    });
    const curve = await get<Curve>('/api/dengue/curve');
    curves.push(curve);
    for (const { week: id } of curve.weeks) {
      const layer = await get<Layer>(`/api/layers/hotspots?at=${addDays(dayOf(id), 10)}`);
      const first = layers.every((known) => known.layer.week.id !== id);
      const homes = first
        ? await services.db.all<Home>(
            `SELECT id, onset_on, lng, lat FROM dengue_case WHERE class IN ('clinical', 'confirmed') AND removed IS NULL
             AND lng IS NOT NULL AND accuracy_meters < 100 AND onset_on BETWEEN ? AND ?`,
            [layer.week.from, layer.week.to],
          )
        : null;
      layers.push({ taken: week, layer, homes });
    }
  }
  return { app, n, layers, curves };
}

describe('52 weekly downloads over 10,000 cases that come late, are corrected and removed', () => {
  let year: Awaited<ReturnType<typeof yearOfDownloads>>;
  beforeAll(async () => {
    year = await yearOfDownloads();
  }, 240_000);
  const countsOf = ({ features }: Layer) => features.map(({ properties }) => properties.cases);

  it('are that many, of every week on every later Thursday', () => {
    expect(year.n).toBeGreaterThan(10_000);
    expect(year.curves).toHaveLength(52);
    // Weeks of before the year are told too, because late cases fell into them.
    expect(year.layers.length).toBeGreaterThan((51 * 52) / 2);
    const regions = new Set(year.layers.flatMap(({ layer }) => layer.features.map((f) => f.properties.region)));
    expect([...regions].sort()).toEqual(['cell', 'rest-of-district', 'rest-of-ward', 'ward']);
  });

  it('no cell, ward or rest speaks of one to four, nor does the curve', () => {
    for (const { layer } of year.layers) expect(countsOf(layer).filter((count) => count < 5)).toEqual([]);
    for (const { weeks } of year.curves)
      expect(weeks.filter(({ cases }) => cases !== null && small(cases))).toEqual([]);
  });

  it('in the square of every cell live five or more of the week', () => {
    let cells = 0;
    for (const { layer, homes } of year.layers)
      for (const { properties, geometry } of homes ? layer.features : []) {
        if (properties.region !== 'cell') continue;
        cells++;
        const inside = homes!.filter((home) => isInSquare(home, geometry.coordinates as GeoJSON.Position[][]));
        expect(inside.length).toBeGreaterThanOrEqual(5);
        expect(properties.cases).toBe(inside.length);
      }
    expect(cells).toBeGreaterThan(100);
  });

  it('no sum of regions leaves one to four of its week, whichever are taken away', () => {
    for (const { layer, taken } of year.layers) {
      const told = year.curves[taken]!.weeks.find(({ week }) => week === layer.week.id)!.cases;
      if (told === null) expect(layer).toMatchObject({ withheld: true, features: [] });
      else for (const sum of sumsOf(countsOf(layer))) expect(small(told - sum)).toBe(false);
    }
  });

  it('no copy of a week leaves one to four of a later copy, region by region and in any sums', () => {
    const copies = new Map<string, Layer[]>();
    for (const { layer } of year.layers) copies.set(layer.week.id, [...(copies.get(layer.week.id) ?? []), layer]);
    let compared = 0;
    for (const ofWeek of copies.values()) {
      // Copies that say the same leave nothing; of the others every pair is subtracted.
      const different = [...new Map(ofWeek.map((layer) => [JSON.stringify(layer.features), layer])).values()];
      for (const [i, later] of different.entries())
        for (const earlier of different.slice(0, i)) {
          compared++;
          const [before, after] = [earlier, later].map((one) => new Map(one.features.map((f) => [f.id, f.properties.cases]))); // prettier-ignore
          for (const id of new Set([...before!.keys(), ...after!.keys()]))
            expect(small(Math.abs((after!.get(id) ?? 0) - (before!.get(id) ?? 0))), id).toBe(false);
          const [a, b] = [sumsOf(countsOf(later)), sumsOf(countsOf(earlier))];
          for (const x of a) for (const y of b) expect(small(Math.abs(x - y)), later.week.id).toBe(false);
        }
      expect(ofWeek.length).toBeGreaterThan(0);
    }
    // Weeks that first said nothing and speak later are what is compared.
    expect(compared).toBeGreaterThan(0);
  });

  it('no difference of curves of different Thursdays leaves one to four', () => {
    const told = new Map<string, Set<number>>();
    for (const { weeks } of year.curves)
      for (const { week, cases } of weeks) if (cases !== null) told.set(week, (told.get(week) ?? new Set()).add(cases));
    for (const [week, counts] of told)
      for (const x of counts) for (const y of counts) expect(small(Math.abs(x - y)), week).toBe(false);
  });

  it('no two weeks share a day, so that no difference of weeks is one of the same people', () => {
    const spans = new Map(year.layers.map(({ layer }) => [layer.week.id, layer.week]));
    const sorted = [...spans.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
    for (const [i, { from, to }] of sorted.entries()) {
      expect(addDays(from, 6)).toBe(to);
      if (i > 0) expect(sorted[i - 1]!.to < from).toBe(true);
    }
  });

  it('no other cut gives other numbers: neither a window on the map, nor the wards of 2025, nor a day in between', async () => {
    const get = async (query: string) =>
      (await (await year.app.request(`/api/layers/hotspots?${query}`)).json()) as Layer;
    for (const { layer } of year.layers.slice(-12)) {
      const at = addDays(layer.week.from, 10);
      const whole = new Map(layer.features.map(({ id, properties }) => [id, properties]));
      const queries = [
        ...[0.3, 0.7].map((west) => `at=${at}&bbox=${105.78 + west / 20},21.04,105.83,21.07`),
        `at=${at}&units=2025-07-01`,
        `at=${addDays(at, 3)}`,
        `at=${addDays(at, 6)}`,
      ];
      for (const query of queries)
        for (const { id, properties } of (await get(query)).features) expect(properties, query).toEqual(whole.get(id));
    }
  });
});

/** The Monday of `2022-W05`. */
function dayOf(week: string): string {
  const [year = '', number = ''] = week.split('-W');
  const fourth = `${year}-01-04`;
  const monday = addDays(fourth, -((new Date(`${fourth}T00:00:00Z`).getUTCDay() + 6) % 7));
  return addDays(monday, 7 * (Number(number) - 1));
}

describe('a week that was published', () => {
  async function told(first: number, then: number) {
    const { app, services } = await make.app();
    const add = (count: number) => services.db.transaction((tx) => insertCases(tx, make.dengueCases(count)));
    // Something a week earlier, so that a week of none is one between others.
    await services.db.transaction((tx) => insertCases(tx, make.dengueCases(6, { onsetOn: '2022-10-17' })));
    if (first > 0) await add(first);
    const read = async () => (await (await app.request('/api/dengue/curve')).json()) as Curve;
    await read();
    if (then > 0) await add(then);
    return (await read()).weeks.at(-1)?.cases;
  }

  it.each([
    ['of seven stays seven when one comes late', 7, 1, 7],
    ['of seven stays seven when thirty come late', 7, 30, 7],
    ['withheld stays withheld when it could be told from 1 to 4', 4, 4, null],
    ['withheld speaks when five or more have come for sure', 3, 6, 9],
    ['of none stays none while few come', 0, 4, 0],
    ['of none speaks when five have come', 0, 5, 5],
  ])('%s', async (_, first, then, expected) => {
    expect(await told(first, then)).toBe(expected);
  });

  it('is told to every screen as a public change, once', async () => {
    const { app, services } = await make.app();
    await services.db.transaction((tx) => insertCases(tx, make.dengueCases(6)));
    for (let n = 0; n < 3; n++) await app.request('/api/layers/hotspots');
    const { items } = (await (await app.request('/api/changes?after=0')).json()) as { items: { verb: string }[] };
    expect(items.filter(({ verb }) => verb === 'publishWeeks')).toMatchObject([{ layers: ['hotspots'] }]);
  });
});

test('a week nobody was told of may be published whatever it holds', () => {
  expect([0, 1, 9].map((cases) => mayPublish(undefined, cases))).toEqual([true, true, true]);
});
