/** What anybody can find out by downloading the public hotspots week after week, and keeping every copy. */
import { describe, expect, it, test } from 'vitest';
import { addDays } from '../../geodata/dates.ts';
import { mayPublish } from '../../server/dengue/publication.ts';
import { insertCases, type CaseRow } from '../../server/dengue/store.ts';
import type { HotspotProperties } from '../../server/dengue/contract.ts';
import type { Clock } from '../../server/platform/clock.ts';
import { createRandom } from '../../server/demo/random.ts';
import { make } from '../helpers/make.ts';

interface Layer {
  week: { id: string };
  withheld: boolean;
  features: { id: string; properties: HotspotProperties }[];
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

describe('a year of weekly downloads over 10,000 cases that come late, are corrected and removed', () => {
  it('isolates no group of one to four: no cell, no difference of cells, weeks or downloads', async () => {
    const clock = calendar('2022-01-06');
    const { app, services } = await make.app({ clock });
    const random = createRandom(20220106);
    const wards = services.places.wards['1995-10-28'].map(({ properties: { key, labelPoint } }) => ({
      key,
      labelPoint,
    }));
    const one = (n: number, onsetOn: string): CaseRow => {
      const { key, labelPoint } = random.pick(wards);
      const located = random.chance(0.85);
      const [lng, lat] = [labelPoint[0] + random.between(-0.006, 0.006), labelPoint[1] + random.between(-0.006, 0.006)];
      return {
        id: `ca-${n}`,
        class: random.chance(0.5) ? 'confirmed' : 'clinical',
        onsetOn,
        reportedOn: onsetOn,
        wardKey: key as CaseRow['wardKey'],
        lng: located ? lng : null,
        lat: located ? lat : null,
        accuracyMeters: located ? 10 : null,
        demo: false,
      };
    };

    const downloads: { layer: Layer; curve: Curve }[] = [];
    let n = 0;
    for (let week = 0; week < 52; week++) {
      clock.day = addDays('2022-01-06', 7 * week);
      // Most fell ill in the last fortnight, some were found only weeks and months later.
      const batch = Array.from({ length: 193 }, () => {
        const back = random.chance(0.8) ? random.whole(0, 14) : random.whole(15, 7 * week + 20);
        return one(n++, addDays(clock.day, -back));
      });
      await services.db.transaction(async (tx) => {
        await insertCases(tx, batch);
        await tx.run("UPDATE dengue_case SET class = 'ruled-out' WHERE id = ?", [`ca-${random.whole(0, n - 1)}`]);
        await tx.run('UPDATE dengue_case SET onset_on = ? WHERE id = ?', [clock.day, `ca-${random.whole(0, n - 1)}`]);
        await tx.run("UPDATE dengue_case SET removed = 'duplicate', removed_on = onset_on WHERE id = ?", [
          `ca-${random.whole(0, n - 1)}`,
        ]);
      });
      const get = async <T>(path: string) => (await (await app.request(path)).json()) as T;
      const curve = await get<Curve>('/api/dengue/curve');
      for (const { week: id } of [...curve.weeks].slice(-8)) {
        const thursday = addDays(dayOf(id), 10);
        downloads.push({ layer: await get<Layer>(`/api/layers/hotspots?at=${thursday}`), curve });
      }
    }
    expect(n).toBeGreaterThan(10_000);
    expect(new Set(downloads.map(({ layer }) => layer.week.id)).size).toBeGreaterThan(50);

    const small = (count: number) => count > 0 && count < 5;
    const seen = new Map<string, { regions: Map<string, number>; total: number }>();
    const totals = new Map<string, number | null>();
    let compared = 0;
    for (const { layer, curve } of downloads) {
      const regions = new Map(layer.features.map(({ id, properties }) => [id, properties.cases]));
      const total = [...regions.values()].reduce((sum, cases) => sum + cases, 0);
      for (const cases of regions.values()) expect(small(cases)).toBe(false);
      // Whatever is left of the week's total when cells are taken away is a sum of other cells.
      const told = curve.weeks.find(({ week }) => week === layer.week.id)?.cases ?? null;
      if (told !== null) for (const cases of regions.values()) expect(small(told - cases)).toBe(false);
      if (told !== null) expect(total).toBe(told);
      // Against every earlier copy of the same week, cell by cell and as a whole.
      const earlier = seen.get(layer.week.id);
      if (earlier) {
        for (const id of new Set([...regions.keys(), ...earlier.regions.keys()])) {
          compared++;
          expect(small(Math.abs((regions.get(id) ?? 0) - (earlier.regions.get(id) ?? 0))), id).toBe(false);
        }
        expect(small(Math.abs(total - earlier.total))).toBe(false);
      }
      seen.set(layer.week.id, { regions, total });
      for (const { week, cases } of curve.weeks) {
        const before = totals.get(week);
        if (typeof before === 'number' && cases !== null) expect(small(Math.abs(cases - before)), week).toBe(false);
        totals.set(week, cases);
      }
    }
    expect(compared).toBeGreaterThan(1000);
  }, 120_000);
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
