import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CRS84 } from '../../../server/ogc/contract.ts';
import { kindsOf, type Feature } from '../../../server/ogc/feature.ts';
import { pageOf } from '../../../server/ogc/items.ts';
import { cursorAfter, readItemsQuery, type ItemsQuery } from '../../../server/ogc/query.ts';

const feature = (id: string, properties: object = {}, at: [number, number] = [105.82, 21.06]): Feature => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: at },
  properties,
});
const asked = (more: Partial<ItemsQuery> = {}): ItemsQuery => ({
  limit: 100,
  window: null,
  crs: CRS84,
  filter: null,
  interval: null,
  after: null,
  filters: new Map(),
  ...more,
});
const ids = (features: readonly Feature[]) => features.map(({ id }) => id);

describe('pages', () => {
  it('give every feature once, whatever their order and the size of a page', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 40 });
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 12 }), (all, limit) => {
        const features = all.map((id) => feature(id));
        const given: string[] = [];
        for (let after: string | null = null, more = true; more;) {
          const page = pageOf(features, asked({ limit, after }), null);
          expect(page.matched).toBe(all.length);
          given.push(...ids(page.features));
          expect(given.length).toBeLessThanOrEqual(all.length);
          more = page.more;
          after = page.features.at(-1)?.id ?? null;
        }
        expect(given).toEqual([...all].sort((a, b) => (a < b ? -1 : 1)));
      }),
    );
  });

  it('neither skip nor repeat one when others come and go between two pages', () => {
    const first = pageOf(
      ['a', 'c', 'e', 'g'].map((id) => feature(id)),
      asked({ limit: 2 }),
      null,
    );
    const later = ['b', 'd', 'e', 'g'].map((id) => feature(id));
    const second = pageOf(later, asked({ limit: 2, after: first.features.at(-1)!.id }), null);
    expect([ids(first.features), ids(second.features)]).toEqual([
      ['a', 'c'],
      ['d', 'e'],
    ]);
  });
});

describe('what is asked', () => {
  const time = { from: 'validFrom', to: 'validTo' };
  const old = feature('old', { validFrom: '1995-10-28', validTo: '2025-06-30', code: '00097', count: 3, late: true });
  const young = feature('young', { validFrom: '2025-07-01', validTo: null, code: '00097' }, [105.9, 21.2]);

  it.each([
    ['a day', { interval: { from: '2022-09-27', to: '2022-09-27' } }, ['old']],
    ['an open end', { interval: { from: '2025-07-01', to: null } }, ['young']],
    ['a box', { window: { crs: CRS84, boxes: [[105.8, 21, 105.85, 21.1]] } satisfies ItemsQuery['window'] }, ['old']],
    ['a property', { filters: new Map([['code', '00097']]) }, ['old', 'young']],
    ['a number', { filters: new Map([['count', '3']]) }, ['old']],
    ['yes or no', { filters: new Map([['late', 'true']]) }, ['old']],
    ['a name every object has', { filters: new Map([['constructor', 'x']]) }, []],
  ])('%s', (_, more, found) => {
    expect(ids(pageOf([old, young], asked(more), time).features)).toEqual(found);
  });

  it('a feature without a time is of every time', () => {
    const page = pageOf([old], asked({ interval: { from: '1800-01-01', to: '1800-01-01' } }), null);
    expect(ids(page.features)).toEqual(['old']);
  });

  it('only texts, numbers and yes or no can be asked for', () => {
    const features = [
      feature('a', { name: 'x', accuracy: { vi: 'y' }, none: null, size: 1, on: '2022-09-27', mixed: 'x', late: true }),
      feature('b', { name: '2022-09-27', on: '2022-09-28', mixed: 1 }),
    ];
    expect([...kindsOf(features)]).toEqual([
      ['name', 'text'],
      ['size', 'number'],
      ['on', 'day'],
      ['mixed', 'any'],
      ['late', 'boolean'],
    ]);
  });
});

describe('a query', () => {
  const read = (text: string) =>
    readItemsQuery(
      new URLSearchParams(text),
      new Map([
        ['name', 'text'],
        ['limit', 'number'],
      ]),
    );

  it('has a page of a hundred unless it says otherwise', () => {
    expect(read('')).toEqual(asked());
  });

  it('takes what is above the largest page for the largest page', () => {
    expect(read('limit=1000000').limit).toBe(10_000);
  });

  it('leaves heights aside', () => {
    expect(read('bbox=105,21,-10,106,22,500').window?.boxes).toEqual([[105, 21, 106, 22]]);
  });

  it('reads the digits GDAL and QGIS write', () => {
    expect(read('bbox=105.819999999999993,21.0599999999999987,105.83,21.07').window?.boxes).toEqual([
      [105.82, 21.06, 105.83, 21.07],
    ]);
  });

  it('makes two boxes of one across the antimeridian', () => {
    expect(read('bbox=170,-10,-170,10').window?.boxes).toEqual([
      [170, -10, 180, 10],
      [-180, -10, -170, 10],
    ]);
  });

  it('goes on after the feature its cursor names, in any letters', () => {
    expect(read(`cursor=${cursorAfter('đình Nhật Tân')}`).after).toBe('đình Nhật Tân');
  });

  it.each([
    ['limit=0', 'invalid_limit'],
    ['limit=-1', 'invalid_limit'],
    ['limit=1.5', 'invalid_limit'],
    ['limit=ten', 'invalid_limit'],
    ['limit=', 'invalid_limit'],
    ['bbox=1,2,3', 'invalid_bbox'],
    ['bbox=1,2,3,4,5', 'invalid_bbox'],
    ['bbox=a,b,c,d', 'invalid_bbox'],
    ['bbox=105,22,106,21', 'bbox_out_of_order'],
    ['bbox=105,21,9,106,22,1', 'bbox_out_of_order'],
    ['bbox=181,21,182,22', 'bbox_outside_world'],
    ['bbox=21,181,22,182&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326', 'bbox_outside_world'],
    ['bbox=585000,2328000,584000,2329000&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/5897', 'bbox_out_of_order'],
    ['bbox-crs=EPSG:4326', 'unknown_crs'],
    ['crs=http://www.opengis.net/def/crs/EPSG/0/9210', 'unknown_crs'],
    ['filter-crs=nowhere', 'unknown_crs'],
    ['filter-lang=cql2-json', 'unknown_filter_language'],
    ['filter=name%20%3D', 'invalid_filter'],
    ['datetime=2022-13-01', 'invalid_datetime'],
    ['cursor=nonsense', 'invalid_cursor'],
    ['name=a&name=b', 'invalid_request'],
    ['colour=red', 'unknown_parameter'],
    ['__proto__=1', 'unknown_parameter'],
  ])('%s is refused with 400 %s', (text, code) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ status: 400, code }));
  });
});
