import { describe, expect, it } from 'vitest';
import type { Curve, HotspotProperties } from '../../server/dengue/contract.ts';
import { insertCases, type CaseRow } from '../../server/dengue/store.ts';
import { make } from '../helpers/make.ts';

interface Layer {
  week: { id: string; from: string; to: string };
  withheld: boolean;
  features: { id: string; geometry: { type: string }; properties: HotspotProperties }[];
}

async function withCases(...cases: CaseRow[][]) {
  const { app, services } = await make.app();
  await services.db.transaction((tx) => insertCases(tx, cases.flat()));
  const get = async <T>(path: string) => (await (await app.request(path)).json()) as T;
  return {
    hotspots: (query = '') => get<Layer>(`/api/layers/hotspots${query}`),
    curve: (query = '') => get<Curve>(`/api/dengue/curve${query}`),
  };
}
const counts = ({ features }: Layer) => features.map(({ properties: p }) => [p.region, p.wardName, p.cases]);

/** In the next cell to the one `make.dengueCases` uses, in the same ward. */
const NEXT_CELL = { lng: 105.8065, lat: 21.0512 };

describe('the hotspots layer', () => {
  it('shows a cell of five and the week it speaks of', async () => {
    const { hotspots } = await withCases(make.dengueCases(5));
    const layer = await hotspots();
    expect(layer.week).toEqual({ id: '2022-W43', from: '2022-10-24', to: '2022-10-30' });
    expect(layer.features).toMatchObject([
      { geometry: { type: 'Polygon' }, properties: { region: 'cell', wardName: 'Bưởi', cases: 5, demo: false } },
    ]);
  });

  it('takes a cell back into the ward when what is left of it is too few', async () => {
    const { hotspots } = await withCases(make.dengueCases(6), make.dengueCases(2, NEXT_CELL));
    expect(counts(await hotspots())).toEqual([['ward', 'Bưởi', 8]]);
  });

  it('draws a whole ward and the whole district with their own shapes', async () => {
    const { hotspots } = await withCases(
      make.dengueCases(5, { lng: null, lat: null }),
      make.dengueCases(3, { lng: null, lat: null, wardKey: '00091@1995-10-28' }),
      make.dengueCases(3, { lng: null, lat: null, wardKey: '00094@1995-10-28' }),
    );
    const { features } = await hotspots();
    expect(features.map(({ id }) => id)).toEqual(['2022-W43:00109@1995-10-28', '2022-W43:rest']);
    expect(features.every(({ geometry }) => /Polygon$/.test(geometry.type))).toBe(true);
  });

  it('counts clinical and confirmed cases, not suspected nor ruled out', async () => {
    const { hotspots } = await withCases(
      make.dengueCases(3),
      make.dengueCases(2, { class: 'clinical' }),
      make.dengueCases(9, { class: 'suspected' }),
      make.dengueCases(9, { class: 'ruled-out' }),
    );
    expect(counts(await hotspots())).toEqual([['cell', 'Bưởi', 5]]);
  });

  it('puts a case whose place is known no better than 100 m into its ward only', async () => {
    const { hotspots } = await withCases(make.dengueCases(5, { accuracyMeters: 100 }));
    expect(counts(await hotspots())).toEqual([['ward', 'Bưởi', 5]]);
  });

  it('withholds a week of one to four without saying where', async () => {
    const { hotspots } = await withCases(make.dengueCases(4));
    expect(await hotspots()).toMatchObject({ withheld: true, features: [] });
  });

  it('says nothing of a week that has not ended', async () => {
    const { hotspots } = await withCases(make.dengueCases(9, { onsetOn: '2022-10-31' }));
    expect(await hotspots('?at=2030-01-01')).toMatchObject({ week: { id: '2022-W43' }, withheld: false, features: [] });
  });

  it('shows the week before any past day', async () => {
    const { hotspots } = await withCases(make.dengueCases(5), make.dengueCases(7, { onsetOn: '2022-10-17' }));
    expect(counts(await hotspots('?at=2022-10-30'))).toEqual([['cell', 'Bưởi', 7]]);
  });

  it('is cut by the eight wards whatever set is asked for: two cuts could be subtracted', async () => {
    const { hotspots } = await withCases(make.dengueCases(5, { lng: null, lat: null }));
    expect(await hotspots('?units=2025-07-01')).toEqual(await hotspots('?units=1995-10-28'));
  });

  it('marks what comes from invented cases', async () => {
    const { hotspots } = await withCases(make.dengueCases(5, { demo: true }));
    expect((await hotspots()).features[0]?.properties.demo).toBe(true);
  });

  it('carries no position of a case', async () => {
    const { hotspots } = await withCases(make.dengueCases(5));
    expect(JSON.stringify(await hotspots())).not.toMatch(/105\.8105|21\.0512/);
  });
});

describe('GET /api/dengue/curve', () => {
  it('is empty without cases, as on the reference data', async () => {
    const { curve } = await withCases();
    expect(await curve()).toEqual({ at: '2022-11-04', demo: false, hasCases: false, weeks: [] });
  });

  it('withholds a week of one to four and gives no total', async () => {
    const { curve } = await withCases(make.dengueCases(7, { onsetOn: '2022-10-17' }), make.dengueCases(4));
    const { weeks, ...rest } = await curve();
    expect(weeks.map(({ week, cases, withheld }) => [week, cases, withheld])).toEqual([
      ['2022-W42', 7, false],
      ['2022-W43', null, true],
    ]);
    expect(Object.keys(rest).sort()).toEqual(['at', 'demo', 'hasCases']);
  });

  it('says the same of a week as the hotspots do', async () => {
    const { curve, hotspots } = await withCases(
      make.dengueCases(6),
      make.dengueCases(8, { wardKey: null, lng: null, lat: null }),
    );
    const sum = (await hotspots()).features.reduce((all, { properties }) => all + properties.cases, 0);
    expect((await curve()).weeks.at(-1)?.cases).toBe(sum);
  });

  it('refuses a day that does not exist', async () => {
    const { curve } = await withCases();
    expect(await curve('?at=2022-02-30')).toMatchObject({ status: 422, code: 'invalid_date' });
  });
});
