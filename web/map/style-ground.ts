/** What both grounds draw alike, and the sizes they share. */
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { Units } from '../../geodata/schema.ts';
import { unitSets } from '../../geodata/vocabulary.ts';
import { mapFonts } from './fonts.ts';
import { base, type Theme } from './palette.ts';

export type Lang = 'vi' | 'en';

export const ATTRIBUTION = '© OpenStreetMap contributors';

export interface Ground {
  sources: Record<string, SourceSpecification>;
  layers: (units: Units) => LayerSpecification[];
}

/** Metres one CSS pixel covers at zoom 10 and Tây Hồ's latitude: 40,075,017 m x cos 21.07° / (512 x 2^10). */
const METERS_PER_PIXEL_Z10 = 71.33;

/** A width in metres of the ground as pixels at every zoom (doubling with each). */
export const groundMeters = (meters: number, least = 0): ExpressionSpecification => {
  const at10 = meters / METERS_PER_PIXEL_Z10;
  return ['interpolate', ['exponential', 2], ['zoom'], 10, Math.max(least, at10), 19, at10 * 512];
};

/** The same for a radius each feature carries, in metres. */
export const groundMetersOf = (meters: ExpressionSpecification): ExpressionSpecification => [
  'interpolate',
  ['exponential', 2],
  ['zoom'],
  10,
  ['/', meters, METERS_PER_PIXEL_Z10],
  19,
  ['/', ['*', meters, 512], METERS_PER_PIXEL_Z10],
];

const river: ExpressionSpecification = ['==', ['get', 'kind'], 'river-midline'];
const lakes: ExpressionSpecification = ['==', ['get', 'kind'], 'lake'];

/**
 * A soft band along the shore, inside the lake (`line-offset` is positive towards a polygon's inside). Its breadth is in
 * pixels: a band in metres would, from close by, be wider than the coves it runs along and spill over their far bank.
 */
const shoreBand = (id: string, color: string, pixels: number, opacity: number): LayerSpecification => {
  const grown = (share: number): ExpressionSpecification => [
    'interpolate',
    ['linear'],
    ['zoom'],
    11,
    pixels * 0.5 * share,
    13,
    pixels * share,
    17,
    pixels * 1.3 * share,
  ];
  return {
    id,
    type: 'line',
    source: 'water',
    filter: lakes,
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': color,
      'line-opacity': opacity,
      'line-width': grown(1),
      'line-offset': grown(0.42),
      'line-blur': grown(0.6),
    },
  };
};

/** Our own lakes, derived from lakeside streets. */
export function lakeLayers(theme: Theme): LayerSpecification[] {
  const colors = base[theme];
  return [
    { id: 'lake', type: 'fill', source: 'water', filter: lakes, paint: { 'fill-color': colors.lake } },
    shoreBand('lake-shallows', colors.lakeShallows, 30, 0.8),
    shoreBand('lake-shelf', colors.lakeShelf, 13, 0.9),
    {
      id: 'lake-shore',
      type: 'line',
      source: 'water',
      filter: lakes,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': colors.lakeShore,
        'line-width': ['interpolate', ['linear'], ['zoom'], 11, 0.8, 15, 1.4, 18, 2],
      },
    },
  ];
}

/**
 * The Red River as a soft stroke along its middle line. Open data has no banks here: the breadth is a drawing, about what
 * the river has at mean water, and both ends fade because the line ends, not the river.
 */
export function riverLayers(theme: Theme): LayerSpecification[] {
  const colors = base[theme];
  const stroke = (id: string, color: string, meters: number, blur: number, opacity: number): LayerSpecification => ({
    id,
    type: 'line',
    source: 'water',
    filter: river,
    layout: { 'line-join': 'round', 'line-cap': 'butt' },
    paint: {
      'line-width': groundMeters(meters, 4),
      'line-blur': groundMeters(blur),
      'line-opacity': opacity,
      'line-gradient': [
        'interpolate',
        ['linear'],
        ['line-progress'],
        0,
        transparent(color),
        0.07,
        color,
        0.9,
        color,
        1,
        transparent(color),
      ],
    },
  });
  return [
    stroke('river-bank', colors.riverBank, 980, 240, 0.9),
    stroke('river', colors.river, 720, 60, 1),
    stroke('river-deep', colors.riverDeep, 380, 260, 0.8),
  ];
}

const transparent = (hex: string) =>
  `rgba(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(', ')}, 0)`;

/** Names of water and of the neighbours, from `place-labels` and the river's own line. */
export function nameLayers(theme: Theme, lang: Lang, units: Units): LayerSpecification[] {
  const colors = base[theme];
  const of = (...kinds: string[]): ExpressionSpecification => ['in', ['get', 'kind'], ['literal', kinds]];
  return [
    {
      id: 'lake-name',
      type: 'symbol',
      source: 'place-labels',
      filter: of('lake'),
      maxzoom: 17,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': mapFonts.water,
        'text-size': ['interpolate', ['exponential', 1.6], ['zoom'], 11, 10, 13, 19, 15, 40, 17, 90],
        'text-letter-spacing': 0.36,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': colors.waterText, 'text-opacity': 0.82 },
    },
    {
      id: 'pond-name',
      type: 'symbol',
      source: 'place-labels',
      filter: of('small-lake'),
      minzoom: 13.2,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': mapFonts.water,
        'text-size': ['interpolate', ['linear'], ['zoom'], 13, 11, 16, 18],
        'text-letter-spacing': 0.08,
      },
      paint: { 'text-color': colors.waterText, 'text-halo-color': colors.waterHalo, 'text-halo-width': 1 },
    },
    {
      id: 'river-name',
      type: 'symbol',
      source: 'water',
      filter: river,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 560,
        'text-field': lang === 'vi' ? ['get', 'name'] : ['get', 'nameEn'],
        'text-font': mapFonts.water,
        'text-size': ['interpolate', ['linear'], ['zoom'], 11, 12, 14, 17, 17, 24],
        'text-letter-spacing': 0.3,
        'text-max-angle': 40,
        // Beside the middle, where the edge of the district runs.
        'text-offset': [0, -1.3],
      },
      paint: { 'text-color': colors.riverText, 'text-halo-color': colors.river, 'text-halo-width': 1.2 },
    },
    {
      id: 'neighbour-name',
      type: 'symbol',
      source: 'place-labels',
      filter: of('neighbour'),
      maxzoom: 15.5,
      layout: {
        visibility: units === unitSets[0] ? 'visible' : 'none',
        'text-field': ['upcase', ['get', 'name']],
        'text-font': mapFonts.medium,
        'text-size': ['interpolate', ['linear'], ['zoom'], 11, 10, 14, 13],
        'text-letter-spacing': 0.22,
        'text-padding': 12,
      },
      paint: { 'text-color': colors.textSoft, 'text-halo-color': colors.ground, 'text-halo-width': 1.5 },
    },
    {
      id: 'sovereign-name',
      type: 'symbol',
      source: 'place-labels',
      filter: of('sovereign'),
      maxzoom: 10,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': mapFonts.water,
        'text-size': 13,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': colors.waterText },
    },
  ];
}
