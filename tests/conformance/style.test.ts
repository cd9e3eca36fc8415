import { featureFilter, validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, test } from 'vitest';
import { unitSets } from '../../geodata/vocabulary.ts';
import { maxBounds } from '../../web/map/camera.ts';
import { mapFonts } from '../../web/map/fonts.ts';
import { themes } from '../../web/map/palette.ts';
import { placeLabels } from '../../web/map/style-labels.ts';
import { styleFor } from '../../web/map/style.ts';
import { beforeId, inOrder, pile, placeOf } from '../../web/map/zorder.ts';

const everyStyle = themes.flatMap((theme) =>
  (['vi', 'en'] as const).flatMap((lang) =>
    (['built-in', 'pmtiles'] as const).flatMap((basemap) =>
      unitSets.map((units) => ({
        name: `${theme} ${lang} ${basemap} ${units}`,
        basemap,
        style: styleFor({ theme, lang, basemap, units }),
      })),
    ),
  ),
);

/** Every string anywhere in a JSON value. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  if (value && typeof value === 'object') return Object.values(value).flatMap(strings);
  return [];
}

describe.each(everyStyle)('the style $name', ({ style }) => {
  test('is valid by the MapLibre style specification', () => {
    expect(validateStyleMin(style).map((fault) => fault.message)).toEqual([]);
  });

  test('names no other host', () => {
    expect(strings(style).filter((text) => /^(https?:)?\/\//i.test(text) || /https?:\/\//i.test(text))).toEqual([]);
  });

  test('draws labels from the page: no glyphs, no sprite', () => {
    expect([style.glyphs, style.sprite]).toEqual([undefined, undefined]);
  });

  test('uses only the declared fonts', () => {
    const used = style.layers.flatMap((layer) => (layer.type === 'symbol' ? strings(layer.layout?.['text-font']) : []));
    expect(used.filter((family) => !Object.values(mapFonts).flat().includes(family))).toEqual([]);
  });

  test('promotes a string id on every source of features', () => {
    const bare = Object.entries(style.sources).filter(
      ([, source]) => (source.type === 'geojson' || source.type === 'vector') && !source.promoteId,
    );
    expect(bare).toEqual([]);
  });

  test('credits OpenStreetMap', () => {
    expect(Object.values(style.sources).flatMap((s) => ('attribution' in s ? [s.attribution] : []))).toContain(
      '© OpenStreetMap contributors',
    );
  });

  test('lays its layers in the order of the pile', () => {
    const ids = style.layers.map((layer) => layer.id);
    expect(ids).toEqual(inOrder(style.layers).map((layer) => layer.id));
  });

  test('keeps a slot for every layer a component may add', () => {
    const ids = new Set(style.layers.map((layer) => layer.id));
    expect(pile.filter((layer) => !layer.base && !ids.has(beforeId(layer.id as never)))).toEqual([]);
  });

  test('prints no foreign name of Hoàng Sa, Trường Sa or Biển Đông', () => {
    const printed = style.layers.flatMap((layer) => (layer.type === 'symbol' ? strings(layer.layout) : []));
    const inline = strings(placeLabels('en')).concat(strings(placeLabels('vi')));
    expect([...printed, ...inline].join('\n')).not.toMatch(/south china|paracel|spratly|xisha|nansha|sansha/i);
  });
});

describe.each(everyStyle.filter(({ basemap }) => basemap === 'pmtiles'))(
  'the archive in the style $name',
  ({ style }) => {
    const layer = style.layers.find(({ id }) => id === 'place-name');
    const shows = (names: Record<string, string>) =>
      featureFilter(layer && 'filter' in layer ? layer.filter : undefined, 'layers[place-name].filter').filter(
        { zoom: 12 },
        {
          type: 1,
          properties: { kind: 'locality', ...names },
        } as never,
      );

    test('shows a place of Hà Nội', () => expect(shows({ name: 'Nhật Tân' })).toBe(true));

    test.each([
      { name: 'Paracel Islands' },
      { name: 'Quần đảo', 'name:en': 'Spratly Islands' },
      { name: '西沙群岛' },
      { name: 'SOUTH CHINA SEA' },
    ])('hides %o', (names) => expect(shows(names as Record<string, string>)).toBe(false));
  },
);

test('the names of the archipelagos say whose they are', () => {
  const names = placeLabels('vi').features.map((label) => String(label.properties?.['name']));
  expect(names.filter((name) => name.includes('Việt Nam'))).toHaveLength(2);
});

test('the camera cannot reach the archipelagos', () => {
  const [west, south, east, north] = maxBounds;
  const reached = placeLabels('vi').features.filter(({ properties, geometry }) => {
    if (properties?.['kind'] !== 'sovereign' || geometry.type !== 'Point') return false;
    const [lng, lat] = geometry.coordinates as [number, number];
    return lng >= west && lng <= east && lat >= south && lat <= north;
  });
  expect(reached).toEqual([]);
});

test('a layer without a place in the pile throws', () => {
  expect(() => placeOf('my-layer')).toThrow(/no place in web\/map\/zorder.ts/);
});

test('a base layer has no slot', () => {
  expect(() => beforeId('lake' as never)).toThrow(/belongs to the base style/);
});
