/** OGC API - Features, Part 1 (OGC 17-069r4): its abstract tests, each named by the requirement it is of. */
import { describe, expect, it } from 'vitest';
import { publicLayers } from '../../server/layers/contract.ts';
import type { Collection, Items, Landing, Link } from '../../server/ogc/contract.ts';
import { make } from '../helpers/make.ts';

type Asked = Awaited<ReturnType<typeof make.app>>;
const opened = await make.app({ demo: true });

const ask = (path: string, headers: Record<string, string> = { accept: 'application/json' }, { app }: Asked = opened) =>
  Promise.resolve(app.request(`http://atlas.test${path}`, { headers }));
async function get<T>(path: string): Promise<T> {
  const answer = await ask(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return (await answer.json()) as T;
}
const linkTo = (links: readonly Link[], rel: string, type?: string) =>
  links.find((link) => link.rel === rel && (type === undefined || link.type?.startsWith(type)));
const pathOf = (href: string) => href.replace('http://atlas.test', '');
const items = (id: string, query = '') => get<Items>(`/ogc/collections/${id}/items${query}`);
const ids = ({ features }: Items) => features.map(({ id }) => id);

interface Definition {
  openapi: string;
  paths: Record<
    string,
    { get: { parameters: { $ref?: string; name?: string }[]; responses: Record<string, unknown> } }
  >;
  components: { parameters: Record<string, { schema: Record<string, unknown>; explode: boolean; style: string }> };
}

describe('/req/core', () => {
  it('root-op, root-success: the landing page leads to definition, conformance and collections', async () => {
    const { links } = await get<Landing>('/ogc');
    for (const rel of ['self', 'service-desc', 'service-doc', 'conformance', 'data']) {
      const link = linkTo(links, rel);
      expect([rel, (await ask(pathOf(link?.href ?? ''), {})).status]).toEqual([rel, 200]);
    }
  });

  it('api-definition-op, api-definition-success: the definition is what its link says', async () => {
    const { links } = await get<Landing>('/ogc');
    const link = linkTo(links, 'service-desc')!;
    const answer = await ask(pathOf(link.href), {});
    expect(answer.headers.get('content-type')).toBe(link.type);
    expect((await answer.json()) as Definition).toMatchObject({ openapi: expect.stringMatching(/^3\.0\./) as string });
  });

  it('conformance-op, conformance-success: claims Part 1 core and what the tests here cover', async () => {
    const { conformsTo } = await get<{ conformsTo: string[] }>('/ogc/conformance');
    expect(conformsTo.map((uri) => uri.split('/spec/')[1])).toEqual([
      'ogcapi-common-1/1.0/conf/core',
      'ogcapi-features-1/1.0/conf/core',
      'ogcapi-features-1/1.0/conf/oas30',
      'ogcapi-features-1/1.0/conf/geojson',
      'ogcapi-features-1/1.0/conf/html',
      'ogcapi-features-2/1.0/conf/crs',
      'ogcapi-features-3/1.0/conf/queryables',
      'ogcapi-features-3/1.0/conf/queryables-query-parameters',
      'ogcapi-features-3/1.0/conf/filter',
      'ogcapi-features-3/1.0/conf/features-filter',
      'cql2/1.0/conf/cql2-text',
      'cql2/1.0/conf/basic-cql2',
      'cql2/1.0/conf/advanced-comparison-operators',
      'cql2/1.0/conf/case-insensitive-comparison',
      'cql2/1.0/conf/accent-insensitive-comparison',
      'cql2/1.0/conf/basic-spatial-functions',
      'cql2/1.0/conf/basic-spatial-functions-plus',
      'cql2/1.0/conf/temporal-functions',
      'cql2/1.0/conf/property-property',
      'cql2/1.0/conf/arithmetic',
    ]);
  });

  it.each([
    '/ogc',
    '/ogc/api',
    '/ogc/conformance',
    '/ogc/collections',
    '/ogc/collections/wards',
    '/ogc/collections/wards/queryables',
    '/ogc/collections/wards/items',
    '/ogc/collections/wards/items/00097@1995-10-28',
  ])('query-param-unknown: %s with a parameter nobody defined is 400', async (path) => {
    const answer = await ask(`${path}?nobody=1`);
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'unknown_parameter' }]);
  });

  it.each([
    ['limit=0', 'invalid_limit'],
    ['bbox=1,2,3', 'invalid_bbox'],
    ['datetime=2022-09-30/2022-09-01', 'invalid_datetime'],
    ['cursor=zzz', 'invalid_cursor'],
    ['f=xml', 'invalid_request'],
    ['crs=EPSG:5897', 'unknown_crs'],
    ['bbox-crs=nowhere', 'unknown_crs'],
    ['filter=nobody%3D1', 'unknown_property'],
    ['filter=name%3D1', 'filter_types_differ'],
    ['filter=name%20LIKE', 'invalid_filter'],
    ['filter=avg(name)%3D1', 'filter_unsupported'],
    [`filter=${'('.repeat(101)}`, 'filter_too_deep'],
    ['filter-lang=cql2-json', 'unknown_filter_language'],
  ])('query-param-invalid: %s is 400', async (query, code) => {
    const answer = await ask(`/ogc/collections/streets/items?${query}`);
    expect([answer.status, await answer.json()]).toMatchObject([400, { code }]);
  });

  it('fc-md-op, fc-md-success, fc-md-items: every public layer is a collection', async () => {
    const { collections } = await get<{ collections: Collection[] }>('/ogc/collections');
    expect(collections.map(({ id }) => id)).toEqual([...publicLayers]);
  });

  it('fc-md-links: the collections name themselves and their other face', async () => {
    const { links } = await get<{ links: Link[] }>('/ogc/collections');
    expect(linkTo(links, 'self', 'application/json')).toBeDefined();
    expect(linkTo(links, 'alternate', 'text/html')).toBeDefined();
  });

  it('fc-md-items-links, rc-md-items-links: each has links to its items, with their types', async () => {
    const { collections } = await get<{ collections: Collection[] }>('/ogc/collections');
    for (const { id, links } of collections) {
      expect([id, linkTo(links, 'items', 'application/geo+json')?.href]).toEqual([
        id,
        `http://atlas.test/ogc/collections/${id}/items`,
      ]);
      expect(linkTo(links, 'items', 'text/html')).toBeDefined();
    }
  });

  it('fc-md-extent: the extent holds every feature, in degrees and in days', async () => {
    const { extent } = await get<Collection>('/ogc/collections/wards');
    const [west, south, east, north] = extent.spatial!.bbox[0]!;
    const inside = await items('wards', `?bbox=${[west, south, east, north].join(',')}`);
    expect(inside.numberMatched).toBe(8);
    expect(extent.temporal?.interval).toEqual([['1995-10-28T00:00:00+07:00', '2025-06-30T00:00:00+07:00']]);
  });

  it('sfc-md-op, sfc-md-success: one collection says what it says among all', async () => {
    const { collections } = await get<{ collections: Collection[] }>('/ogc/collections');
    for (const one of collections) expect(await get(`/ogc/collections/${one.id}`)).toEqual(one);
  });

  it('carries licence, attribution and accuracy', async () => {
    const { licence, attribution, accuracy, links } = await get<Collection>('/ogc/collections/wards');
    expect([licence, attribution]).toEqual(['ODbL-1.0', '© OpenStreetMap contributors']);
    expect(accuracy.vi).toBe('ranh giới gần đúng, không có giá trị pháp lý');
    expect(linkTo(links, 'license')?.href).toContain('odbl');
  });

  it('fc-op, fc-response: the features of the layer, and no other', async () => {
    for (const id of publicLayers) {
      const layer = await get<Items>(`/api/layers/${id}`);
      const whole = await items(id, '?limit=10000');
      expect([id, whole.features.map(({ id: one, properties, geometry }) => ({ one, properties, geometry }))]).toEqual([
        id,
        layer.features
          .map(({ id: one, properties, geometry }) => ({ one, properties, geometry }))
          .sort((a, b) => (a.one < b.one ? -1 : 1)),
      ]);
    }
  });

  it('fc-limit-definition: from 1 to the most, with a default', async () => {
    const { components } = await get<Definition>('/ogc/api');
    expect(components.parameters['limit']!.schema).toEqual({
      type: 'integer',
      minimum: 1,
      maximum: 10_000,
      default: 100,
    });
  });

  it('fc-limit-response-1: no more than asked for, and a million is not refused', async () => {
    expect((await items('streets', '?limit=7')).numberReturned).toBe(7);
    expect((await items('streets', '?limit=1000000')).numberReturned).toBe(364);
  });

  it('fc-bbox-definition: an array of numbers, not exploded', async () => {
    const { components } = await get<Definition>('/ogc/api');
    expect(components.parameters['bbox']).toMatchObject({
      style: 'form',
      explode: false,
      schema: { type: 'array', items: { type: 'number' } },
    });
  });

  it('fc-bbox-response: what meets the box, with four numbers or six, also across the antimeridian', async () => {
    const quangAn = '105.82,21.06,105.83,21.07';
    const found = ids(await items('wards', `?bbox=${quangAn}`));
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(8);
    expect(ids(await items('wards', '?bbox=105.82,21.06,-5,105.83,21.07,99'))).toEqual(found);
    expect((await items('wards', '?bbox=170,-10,-170,10')).numberMatched).toBe(0);
    expect((await items('wards', '?bbox=100,-10,-170,30')).numberMatched).toBe(8);
  });

  it('fc-time-definition, fc-time-response: features of the time, and those without one', async () => {
    expect((await items('wards', '?datetime=2022-09-27T00:00:00Z')).numberMatched).toBe(8);
    expect((await items('wards', '?datetime=2025-07-02/..')).numberMatched).toBe(0);
    expect((await items('wards', '?datetime=../1995-10-27')).numberMatched).toBe(0);
    expect((await items('streets', '?datetime=1800-01-01')).numberMatched).toBe(364);
  });

  it('filters by a property', async () => {
    expect(ids(await items('wards', '?code=00097'))).toEqual(['00097@1995-10-28']);
    expect((await items('wards', `?name=${encodeURIComponent('Quảng An')}`)).numberMatched).toBe(1);
  });

  it('fc-links, fc-rel-type: itself, its other face, and the next page', async () => {
    const { links } = await items('streets', '?limit=5');
    for (const rel of ['self', 'alternate', 'next', 'collection'])
      expect([rel, linkTo(links, rel)?.type]).toEqual([rel, expect.any(String)]);
    expect(linkTo((await items('wards')).links, 'next')).toBeUndefined();
  });

  it('the next links lead through all features, none lost and none doubled', async () => {
    const seen: string[] = [];
    let next: string | undefined = '/ogc/collections/streets/items?limit=50';
    while (next) {
      const page: Items = await get<Items>(next);
      seen.push(...ids(page));
      const href = linkTo(page.links, 'next')?.href;
      next = href && pathOf(href);
    }
    expect(seen.length).toBe(364);
    expect(new Set(seen).size).toBe(364);
  });

  it('the next link keeps what was asked', async () => {
    const { links } = await items('streets', '?limit=2&class=residential&bbox=105.7,21,105.9,21.2');
    expect(linkTo(links, 'next')?.href).toMatch(/class=residential.*bbox=105\.7/);
  });

  it('fc-timeStamp, fc-numberMatched, fc-numberReturned', async () => {
    const { timeStamp, numberMatched, numberReturned, features } = await items('streets', '?limit=3');
    expect(new Date(timeStamp).toISOString()).toBe(timeStamp);
    expect([numberMatched, numberReturned, features.length]).toEqual([364, 3, 3]);
  });

  it('f-op, f-success, f-links: one feature, with itself, its other face and its collection', async () => {
    const feature = await get<{ id: string; properties: { name: string }; links: Link[] }>(
      '/ogc/collections/wards/items/00097@1995-10-28',
    );
    expect([feature.id, feature.properties.name]).toEqual(['00097@1995-10-28', 'Tứ Liên']);
    for (const rel of ['self', 'alternate', 'collection'])
      expect([rel, linkTo(feature.links, rel)?.type]).toEqual([rel, expect.any(String)]);
  });

  it.each([
    ['/ogc/collections/nothing', 'unknown_collection'],
    ['/ogc/collections/nothing/items', 'unknown_collection'],
    ['/ogc/collections/wards/items/nobody', 'unknown_item'],
    ['/ogc/collections/constructor', 'unknown_collection'],
  ])('%s is 404', async (path, code) => {
    const answer = await ask(path);
    expect([answer.status, await answer.json()]).toMatchObject([404, { code }]);
  });
});

it.each(['/ogc/', '/ogc/collections/'])('%s is the same with a stroke at its end', async (path) => {
  expect((await ask(path)).status).toBe(200);
});

describe('/req/geojson', () => {
  it('definition, content: GeoJSON under its own type', async () => {
    const answer = await ask('/ogc/collections/relics/items', { accept: 'application/geo+json' });
    expect(answer.headers.get('content-type')).toMatch(/^application\/geo\+json/);
    const one = await ask('/ogc/collections/relics/items/th-qa-01', {});
    expect(one.headers.get('content-type')).toMatch(/^application\/geo\+json/);
  });
});

describe('/req/html', () => {
  const pages = [
    '/ogc',
    '/ogc/api',
    '/ogc/conformance',
    '/ogc/collections',
    '/ogc/collections/relics',
    '/ogc/collections/relics/queryables',
    '/ogc/collections/relics/items',
    '/ogc/collections/relics/items/th-qa-01',
  ];

  it.each(pages)('definition, content: %s is a page for a browser', async (path) => {
    const answer = await ask(path, { accept: 'text/html,application/xhtml+xml' });
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toMatch(/<html lang="vi">.*<h1>/s);
  });

  it.each(pages)('%s loads nothing and runs nothing', async (path) => {
    const answer = await ask(path, { accept: 'text/html' });
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await answer.text()).not.toMatch(/<script|<link|<img|javascript:/i);
  });

  it('says nothing of the reader’s own words unescaped', async () => {
    const answer = await ask('/ogc/collections/streets/items?limit=1&name=%3Cb%3Ex', { accept: 'text/html' });
    expect(await answer.text()).not.toContain('<b>x');
  });

  it('leads a person from page to page', async () => {
    const answer = await ask('/ogc/collections/streets/items?limit=5&f=html', {});
    const next = /href="([^"]+cursor=[^"]+)"/.exec(await answer.text())?.[1]?.replaceAll('&amp;', '&');
    expect((await ask(pathOf(next ?? ''), {})).headers.get('content-type')).toContain('text/html');
  });
});

describe('/req/oas30', () => {
  it('completeness: every path of every collection, with its parameters and its answers', async () => {
    const { paths } = await get<Definition>('/ogc/api');
    for (const id of publicLayers) {
      const { get: operation } = paths[`/collections/${id}/items`]!;
      expect(operation.parameters.map(({ $ref, name }) => $ref?.split('/').at(-1) ?? name)).toEqual(
        expect.arrayContaining(['f', 'limit', 'bbox', 'datetime', 'cursor', 'crs', 'filter']),
      );
      expect(Object.keys(operation.responses)).toEqual(['200', '400', '404', '500']);
    }
  });

  it('lists the properties that can be asked for', async () => {
    const { paths } = await get<Definition>('/ogc/api');
    const names = paths['/collections/streets/items']!.get.parameters.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['name', 'class']));
  });
});

/** OGC API - Features, Part 2 (OGC 18-058r1). */
describe('/req/crs', () => {
  const epsg = (code: number) => `http://www.opengis.net/def/crs/EPSG/0/${code}`;
  const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
  const of = (code: number) => `crs=${encodeURIComponent(epsg(code))}`;
  const place = async (query: string) => {
    const answer = await ask(`/ogc/collections/relics/items/th-qa-01${query}`);
    const { geometry } = (await answer.json()) as GeoJSON.Feature<GeoJSON.Point>;
    return { given: answer.headers.get('content-crs'), at: geometry.coordinates as [number, number] };
  };

  it('fc-md-crs-list, fc-md-storageCrs: every collection lists its systems, its own among them', async () => {
    const { collections } = await get<{ collections: Collection[] }>('/ogc/collections');
    for (const { crs, storageCrs } of collections) {
      expect(crs).toEqual([CRS84, ...[4326, 3857, 32648, 3405, 5897].map(epsg)]);
      expect(crs).toContain(storageCrs);
    }
  });

  it('fc-crs-definition, fc-bbox-crs-definition: both are parameters of items', async () => {
    const { paths } = await get<Definition>('/ogc/api');
    const names = paths['/collections/relics/items']!.get.parameters.map(({ $ref }) => $ref?.split('/').at(-1));
    expect(names).toEqual(expect.arrayContaining(['crs', 'bbox-crs']));
  });

  it('fc-crs-default, ogc-crs-header: without a word it is CRS84, and the answer says so', async () => {
    const { given, at } = await place('');
    expect(given).toBe(`<${CRS84}>`);
    expect(at[0]).toBeCloseTo(105.8, 0);
    expect((await ask('/ogc/collections/relics/items?limit=1')).headers.get('content-crs')).toBe(`<${CRS84}>`);
  });

  it('fc-crs-action, ogc-crs-header-value: in the system asked for, in the order of its axes', async () => {
    const degrees = await place('');
    expect(await place(`?${of(4326)}`)).toEqual({ given: `<${epsg(4326)}>`, at: degrees.at.toReversed() });
    const metres = await place(`?${of(5897)}`);
    expect(metres.given).toBe(`<${epsg(5897)}>`);
    expect(metres.at.map((metre) => Math.round(metre / 100_000))).toEqual([6, 23]);
    const { features } = await items('relics', `?limit=10000&${of(5897)}`);
    expect(features.find(({ id }) => id === 'th-qa-01')).toMatchObject({ geometry: { coordinates: metres.at } });
  });

  it('fc-bbox-crs-action: a box is read in its system, in the order of its axes', async () => {
    const plain = ids(await items('relics', '?bbox=105.82,21.06,105.83,21.07'));
    expect(plain.length).toBeGreaterThan(0);
    const turned = `?bbox=21.06,105.82,21.07,105.83&bbox-crs=${encodeURIComponent(epsg(4326))}`;
    expect(ids(await items('relics', turned))).toEqual(plain);
    const { at } = await place(`?${of(3405)}`);
    const around = [at[0] - 1, at[1] - 1, at[0] + 1, at[1] + 1].join(',');
    expect(ids(await items('relics', `?bbox=${around}&bbox-crs=${encodeURIComponent(epsg(3405))}`))).toEqual([
      'th-qa-01',
    ]);
  });

  it('the next page is of the same system', async () => {
    const { links } = await items('streets', `?limit=2&${of(5897)}`);
    const next = await ask(pathOf(linkTo(links, 'next')!.href));
    expect(next.headers.get('content-crs')).toBe(`<${epsg(5897)}>`);
  });
});

/** OGC API - Features, Part 3 (OGC 19-079r2), and CQL2 (OGC 21-065r2); the language itself: `unit/ogc/cql2.test.ts`. */
describe('/req/filter', () => {
  const filtered = async (id: string, filter: string, more = '') =>
    ids(await items(id, `?limit=10000&filter=${encodeURIComponent(filter)}${more}`));

  it('get-queryables-op, get-queryables-response, queryables-link: what may be asked, as a JSON Schema', async () => {
    const { links } = await get<Collection>('/ogc/collections/relics');
    const link = linkTo(links, 'http://www.opengis.net/def/rel/ogc/1.0/queryables')!;
    const answer = await ask(pathOf(link.href), { accept: 'application/schema+json' });
    expect(answer.headers.get('content-type')).toMatch(/^application\/schema\+json/);
    expect(await answer.json()).toMatchObject({
      $id: link.href,
      type: 'object',
      additionalProperties: false,
      properties: { geometry: { format: 'geometry-any' }, name: { title: 'name', type: 'string' } },
    });
  });

  it('filter-param, response: features of which the filter is true', async () => {
    expect(await filtered('wards', "name = 'Quảng An'")).toEqual(['00100@1995-10-28']);
    expect(await filtered('wards', "ACCENTI(CASEI(name)) LIKE 'thuy%'")).toEqual(['00112@1995-10-28']);
    expect((await filtered('wards', "validFrom <= DATE('2022-09-27')")).length).toBe(8);
    expect(await filtered('wards', "T_AFTER(validFrom, DATE('2025-01-01'))")).toEqual([]);
  });

  it('holds together with a box, a time and a property', async () => {
    const all = await filtered('streets', "class = 'residential'");
    const narrowed = await filtered('streets', "class = 'residential'", '&bbox=105.80,21.05,105.82,21.07');
    expect(narrowed.length).toBeGreaterThan(0);
    expect(narrowed.length).toBeLessThan(all.length);
    expect(all).toEqual(expect.arrayContaining(narrowed));
    expect(ids(await items('streets', '?limit=10000&class=residential'))).toEqual(all);
  });

  it('leaves nothing out between a filter and its contrary, but what does not say', async () => {
    const located = await filtered('relics', 'geometry IS NOT NULL');
    const parts = [await filtered('relics', "rank = 'national'"), await filtered('relics', "rank <> 'national'")];
    const unknown = await filtered('relics', 'rank IS NULL');
    expect(parts[0]!.length).toBeGreaterThan(0);
    expect([...parts.flat(), ...unknown].sort()).toEqual([...located].sort());
  });

  it('filter-crs-param: geometries of the filter in the system it names, in the order of its axes', async () => {
    const plain = await filtered('relics', 'S_INTERSECTS(geometry, BBOX(105.82, 21.06, 105.83, 21.07))');
    expect(plain.length).toBeGreaterThan(0);
    const turned =
      'S_WITHIN(geometry, POLYGON((21.06 105.82, 21.07 105.82, 21.07 105.83, 21.06 105.83, 21.06 105.82)))';
    const crs = `&filter-crs=${encodeURIComponent('http://www.opengis.net/def/crs/EPSG/0/4326')}`;
    expect(await filtered('relics', turned, crs)).toEqual(plain);
  });

  it('the next page keeps the filter', async () => {
    const { links } = await items('streets', `?limit=2&filter=${encodeURIComponent("class = 'residential'")}`);
    const next = await get<Items>(pathOf(linkTo(links, 'next')!.href));
    expect(new Set(next.features.map(({ properties }) => (properties as { class: string }).class))).toEqual(
      new Set(['residential']),
    );
  });

  it('nothing out of reach can be asked about: cases are filtered as they are seen', async () => {
    const user = await make.user(opened.services, { roles: ['health'], scope: ['00097@1995-10-28'] });
    const headers = { accept: 'application/json', ...(await make.session(opened.services, user)) };
    const filter = encodeURIComponent("wardKey <> '00097@1995-10-28'");
    const answer = await ask(`/ogc/collections/cases/items?filter=${filter}`, headers);
    expect([answer.status, ((await answer.json()) as Items).numberMatched]).toEqual([200, 0]);
  });
});

describe('who may see what', () => {
  it('a visitor is not told that personal collections exist', async () => {
    await make.dengueCase(opened.services, {}, { name: 'Người Mẫu' });
    const answer = await ask('/ogc/collections/cases/items');
    expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'unknown_collection' }]);
  });

  it('health staff see the cases of their wards, for nobody’s cache', async () => {
    const user = await make.user(opened.services, { roles: ['health'], scope: ['00097@1995-10-28'] });
    const headers = { accept: 'application/json', ...(await make.session(opened.services, user)) };
    const answer = await ask('/ogc/collections/cases/items?limit=10000', headers);
    const { features } = (await answer.json()) as Items;
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(features.length).toBeGreaterThan(0);
    expect(new Set(features.map(({ properties }) => (properties as { wardKey: string }).wardKey))).toEqual(
      new Set(['00097@1995-10-28']),
    );
  });

  it('with PUBLIC=off a visitor sees nothing', async () => {
    const closed = await make.app({ env: { public: false } });
    expect((await ask('/ogc', {}, closed)).status).toBe(403);
  });
});

it('behind a trusted proxy the links are of the address people know', async () => {
  const behind = await make.app({ env: { trustProxy: true } });
  const headers = { accept: 'application/json', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'bando.tayho.vn' };
  const { links } = (await (await ask('/ogc', headers, behind)).json()) as Landing;
  expect(linkTo(links, 'data')?.href).toBe('https://bando.tayho.vn/ogc/collections');
});
