import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { wardPropertiesSchema } from '../../geodata/schema.ts';
import { relicPropertiesSchema } from '../../server/heritage/contract.ts';
import { publicLayers, restrictedLayers, type Layer } from '../../server/layers/contract.ts';
import { make } from '../helpers/make.ts';

interface Collection {
  type: string;
  accuracy: { vi: string };
  attribution: string;
  features: { type: string; id: string; geometry: object; properties: Record<string, unknown> }[];
}
async function get<T = Collection>(path: string, options: Parameters<typeof make.app>[0] = {}): Promise<T> {
  const { app } = await make.app(options);
  return (await (await app.request(path)).json()) as T;
}
const codes = ({ features }: Collection) => features.map(({ properties }) => properties['code']);

describe('the catalogue', () => {
  it('names every layer, with what it is and where it comes from', async () => {
    const { items } = await get<{ items: Layer[] }>('/api/layers');
    expect(items.map(({ id }) => id).sort()).toEqual([...publicLayers, ...restrictedLayers].sort());
    expect(items.every(({ attribution, accuracy, title }) => attribution && accuracy.vi && title.vi)).toBe(true);
  });

  it('counts what a layer shows', async () => {
    const { app } = await make.app();
    const { items } = (await (await app.request('/api/layers')).json()) as { items: Layer[] };
    for (const id of publicLayers) {
      const layer = (await (await app.request(`/api/layers/${id}`)).json()) as Collection;
      expect([id, items.find((item) => item.id === id)?.count]).toEqual([id, layer.features.length]);
    }
  });

  it('says of a layer that needs a role only that it exists', async () => {
    const { items } = await get<{ items: Layer[] }>('/api/layers');
    const restricted = items.filter(({ access }) => access === 'role');
    expect(restricted.map(({ count, version }) => [count, version])).toEqual(restrictedLayers.map(() => [null, null]));
  });

  it('changes the version of the relics, and of nothing else, when a relic is placed', async () => {
    const { app } = await make.app({ demo: true });
    const versions = async () => {
      const { items } = (await (await app.request('/api/layers')).json()) as { items: Layer[] };
      return new Map(items.map(({ id, version }) => [id, version]));
    };
    const before = await versions();
    await app.request('/api/heritage/relics/th-tl-02', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': '"1"' },
      body: JSON.stringify({ changeId: make.changeId(), position: { lng: 105.83, lat: 21.06, errorMeters: null } }),
    });
    const after = await versions();
    expect([...after.keys()].filter((id) => after.get(id) !== before.get(id))).toEqual(['relics']);
  });
});

describe('the wards layer', () => {
  it('has the eight, by string ids that keep their noughts', async () => {
    const layer = await get('/api/layers/wards');
    expect(codes(layer)).toEqual(['00091', '00094', '00097', '00100', '00103', '00106', '00109', '00112']);
    expect(layer.features.every(({ id, properties }) => id === properties['key'])).toBe(true);
  });

  it('has the six for units=2025-07-01', async () => {
    const layer = await get('/api/layers/wards?units=2025-07-01');
    expect(codes(layer)).toHaveLength(6);
    expect(new Set(layer.features.map(({ properties }) => properties['validFrom']))).toEqual(new Set(['2025-07-01']));
  });

  it('has the six by default when the environment follows the reform', async () => {
    const layer = await get('/api/layers/wards', { units: '2025-07-01' });
    expect(codes(layer)).toHaveLength(6);
  });

  it('says that its boundaries are approximate, and whose they are', async () => {
    const { accuracy, attribution } = await get('/api/layers/wards');
    expect(accuracy.vi).toBe('ranh giới gần đúng, không có giá trị pháp lý');
    expect(attribution).toContain('OpenStreetMap');
  });

  it('carries the properties the contract says', async () => {
    const { features } = await get('/api/layers/wards');
    expect(() => features.forEach(({ properties }) => wardPropertiesSchema.parse(properties))).not.toThrow();
  });
});

describe('the other layers', () => {
  it.each(publicLayers)('%s is a FeatureCollection of features with string ids', async (id) => {
    const { type, features } = await get(`/api/layers/${id}`);
    expect([type, features.every((feature) => typeof feature.id === 'string' && feature.type === 'Feature')]).toEqual([
      'FeatureCollection',
      true,
    ]);
  });

  it('relics carry the properties the contract says', async () => {
    const { features } = await get('/api/layers/relics');
    expect(() => features.forEach(({ properties }) => relicPropertiesSchema.parse(properties))).not.toThrow();
  });

  it('ward edges are kept for the eight wards alone', async () => {
    const edges = async (units: string) => (await get(`/api/layers/ward-edges?units=${units}`)).features.length;
    expect([await edges('1995-10-28'), await edges('2025-07-01')]).toEqual([21, 0]);
  });
});

describe('bbox', () => {
  it('gives the features that meet it', async () => {
    const { features } = await get('/api/layers/relics?bbox=105.80,21.04,105.82,21.06');
    const inside = features.every(({ geometry }) => {
      const [lng = 0, lat = 0] = (geometry as GeoJSON.Point).coordinates;
      return lng >= 105.8 && lng <= 105.82 && lat >= 21.04 && lat <= 21.06;
    });
    expect([features.length > 0, inside]).toEqual([true, true]);
  });

  it('gives every feature that reaches into it, also one that lies mostly outside', async () => {
    const { features } = await get('/api/layers/water?bbox=105.8200,21.0500,105.8201,21.0501');
    expect(features.map(({ id }) => id)).toEqual(['ho-tay']);
  });

  it('gives nothing on the other side of the world', async () => {
    expect((await get('/api/layers/streets?bbox=-80,-10,-70,0')).features).toEqual([]);
  });

  it.each([
    ['1,2,3', 'invalid_bbox'],
    ['1,2,3,4,5,6', 'invalid_bbox'],
    ['NaN,21,106,22', 'invalid_bbox'],
    ['105,,106,22', 'invalid_bbox'],
    ['Infinity,21,106,22', 'invalid_bbox'],
    ['0x10,21,106,22', 'invalid_bbox'],
    ['', 'invalid_bbox'],
    ['106,21,105,22', 'bbox_out_of_order'],
    ['105,22,106,21', 'bbox_out_of_order'],
    ['105,21,106,91', 'bbox_outside_world'],
    ['-181,21,106,22', 'bbox_outside_world'],
  ])('%s is refused', async (bbox, code) => {
    expect(await get(`/api/layers/wards?bbox=${bbox}`)).toMatchObject({ status: 422, code });
  });
});

describe('a layer is refused', () => {
  it.each(restrictedLayers)('when it needs a role: %s', async (id) => {
    expect(await get(`/api/layers/${id}`, { demo: true })).toMatchObject({ status: 403, code: 'not_permitted' });
  });

  it('when nobody knows it', async () => {
    expect(await get('/api/layers/schools')).toMatchObject({ status: 404, code: 'unknown_layer' });
  });

  it.each(['__proto__', 'constructor', 'toString'])('when its id is a word of the language: %s', async (id) => {
    expect(await get(`/api/layers/${id}`)).toMatchObject({ status: 404, code: 'unknown_layer' });
  });

  it('for a day that does not exist', async () => {
    expect(await get('/api/layers/hotspots?at=2022-02-30')).toMatchObject({ status: 422, code: 'invalid_date' });
  });

  it('for a ward set nobody knows', async () => {
    expect(await get('/api/layers/wards?units=1975-04-30')).toMatchObject({ status: 422, code: 'unknown_units' });
  });
});

describe('a whole layer of today', () => {
  it('is sent compressed and says the same', async () => {
    const { app } = await make.app();
    const plain = await (await app.request('/api/layers/wards')).text();
    const gzip = await app.request('/api/layers/wards', { headers: { 'accept-encoding': 'gzip' } });
    expect(gunzipSync(Buffer.from(await gzip.arrayBuffer())).toString()).toBe(plain);
  });

  it('answers 304 to a reader who has it', async () => {
    const { app } = await make.app();
    const etag = (await app.request('/api/layers/relics')).headers.get('etag') ?? '';
    const again = await app.request('/api/layers/relics', { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });
});
