/** The ground drawn from geodata/layers: land, lakes, the river, the named streets of the district. */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { mapFonts } from './fonts.ts';
import { base, type Theme } from './palette.ts';
import { ATTRIBUTION, lakeLayers, nameLayers, riverLayers, type Ground, type Lang } from './style-ground.ts';

const major = ['trunk', 'primary'];
const middle = ['secondary', 'tertiary'];
const isMajor: ExpressionSpecification = ['in', ['get', 'class'], ['literal', major]];

/** Breadth of a street by class, in pixels at zoom 11, 13, 15, 17, 19. */
const breadth = (extra: number): ExpressionSpecification => {
  const by = (trunk: number, primary: number, secondary: number, tertiary: number, small: number, service: number) =>
    [
      'match',
      ['get', 'class'],
      'trunk',
      trunk + extra,
      'primary',
      primary + extra,
      'secondary',
      secondary + extra,
      'tertiary',
      tertiary + extra,
      'service',
      service + (service > 0 ? extra : 0),
      small + (small > 0 ? extra : 0),
    ] as unknown as ExpressionSpecification;
  return [
    'interpolate',
    ['exponential', 1.5],
    ['zoom'],
    11,
    by(1.6, 1.3, 0.8, 0.5, 0, 0),
    13,
    by(3.2, 2.8, 2, 1.4, 0.5, 0),
    15,
    by(7.5, 7, 5.5, 4.5, 2.2, 1.4),
    17,
    by(17, 16, 13, 11, 7, 5),
    19,
    by(44, 42, 36, 30, 22, 16),
  ];
};

const rank: ExpressionSpecification = [
  'match',
  ['get', 'class'],
  'trunk',
  5,
  'primary',
  4,
  'secondary',
  3,
  'tertiary',
  2,
  'residential',
  1,
  0,
];

/** *Cầu Nhật Tân* crosses the river; *Cầu vượt …* are flyovers on land. */
const isBridge: ExpressionSpecification = [
  'all',
  ['==', ['slice', ['get', 'name'], 0, 4], 'Cầu '],
  ['!=', ['slice', ['get', 'name'], 0, 8], 'Cầu vượt'],
];

function streetLine(id: string, theme: Theme, casing: boolean, filter?: ExpressionSpecification): LayerSpecification {
  const colors = base[theme];
  return {
    id,
    type: 'line',
    source: 'streets',
    ...(filter ? { filter } : {}),
    layout: { 'line-cap': casing ? 'butt' : 'round', 'line-join': 'round', 'line-sort-key': rank },
    paint: {
      'line-color': casing
        ? ['case', isMajor, colors.streetMajorCasing, colors.streetCasing]
        : ['case', isMajor, colors.streetMajor, colors.street],
      'line-width': breadth(casing ? 1.6 : 0),
      ...(casing ? { 'line-opacity': ['interpolate', ['linear'], ['zoom'], 11.5, 0.5, 13.5, 1] } : {}),
    },
  };
}

export function builtInGround(theme: Theme, lang: Lang): Ground {
  const colors = base[theme];
  return {
    sources: {
      streets: { type: 'geojson', data: '/api/layers/streets', promoteId: 'name', attribution: ATTRIBUTION },
    },
    layers: (units) => [
      ...lakeLayers(theme),
      ...riverLayers(theme),
      streetLine('street-casing', theme, true),
      streetLine('street', theme, false),
      streetLine('bridge-casing', theme, true, isBridge),
      streetLine('bridge', theme, false, isBridge),
      {
        id: 'street-name',
        type: 'symbol',
        source: 'streets',
        minzoom: 12.5,
        // Class by class as one comes closer; lanes and their branches only when the houses could be told apart.
        filter: [
          'step',
          ['zoom'],
          isMajor,
          13.6,
          ['in', ['get', 'class'], ['literal', [...major, ...middle]]],
          15.2,
          ['!', ['in', ['slice', ['get', 'name'], 0, 3], ['literal', ['Ngõ', 'Ngá', 'Hẻm', 'Ngô']]]],
          16.4,
          true,
        ],
        layout: {
          'symbol-placement': 'line',
          'symbol-spacing': 340,
          'symbol-sort-key': ['-', 0, rank],
          // The kind of street is left to the line; "Đường", "Phố" only lengthen the label.
          'text-field': [
            'case',
            [
              'all',
              ['==', ['slice', ['get', 'name'], 0, 6], 'Đường '],
              ['!=', ['downcase', ['slice', ['get', 'name'], 6, 8]], 'số'],
            ],
            ['slice', ['get', 'name'], 6],
            ['==', ['slice', ['get', 'name'], 0, 4], 'Phố '],
            ['slice', ['get', 'name'], 4],
            ['get', 'name'],
          ],
          'text-font': mapFonts.medium,
          'text-size': [
            'interpolate',
            ['linear'],
            ['zoom'],
            13,
            ['case', isMajor, 10.5, 10],
            16,
            ['match', ['get', 'class'], major, 13, middle, 12.5, 11],
            18,
            ['match', ['get', 'class'], major, 15, middle, 14, 12.5],
          ],
          'text-letter-spacing': 0.02,
          'text-max-angle': 32,
          'text-padding': 6,
        },
        paint: {
          'text-color': colors.streetText,
          'text-halo-color': ['case', isMajor, colors.streetMajor, colors.street],
          'text-halo-width': 1.9,
        },
      },
      ...nameLayers(theme, lang, units),
    ],
  };
}
