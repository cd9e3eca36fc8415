/**
 * The ground from an OpenStreetMap extract in the Protomaps basemap schema (version 4), in the same colours. The lake and
 * the river are the archive's own here, with real banks.
 */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { mapFonts } from './fonts.ts';
import { base, type Theme } from './palette.ts';
import { ATTRIBUTION, nameLayers, type Ground, type Lang } from './style-ground.ts';
import { foreignSeaNames } from './style-labels.ts';

const SOURCE = 'basemap';
const kind: ExpressionSpecification = ['get', 'kind'];
const kindIn = (...kinds: string[]): ExpressionSpecification => ['in', kind, ['literal', kinds]];

/** Vietnamese first; English only where the reader chose it and the archive has it. */
const nameIn = (lang: Lang): ExpressionSpecification =>
  lang === 'vi'
    ? ['coalesce', ['get', 'name:vi'], ['get', 'name']]
    : ['coalesce', ['get', 'name:en'], ['get', 'name:vi'], ['get', 'name']];

/**
 * Drops every label that would name Hoàng Sa, Trường Sa or Biển Đông in a foreign way, whichever of its names carries it.
 * `sovereign-name` says their names.
 */
const noForeignSeaName: ExpressionSpecification = [
  'all',
  ...foreignSeaNames.flatMap((word) =>
    ['name', 'name:vi', 'name:en'].map((field): ExpressionSpecification => [
      '!',
      ['in', word.toLowerCase(), ['downcase', ['coalesce', ['get', field], '']]],
    ]),
  ),
];

const roadRank = (highway: number, major: number, minor: number, other: number): ExpressionSpecification => [
  'match',
  kind,
  'highway',
  highway,
  'major_road',
  major,
  'minor_road',
  minor,
  other,
];
const breadth = (extra: number): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.5],
  ['zoom'],
  11,
  roadRank(1.6 + extra, 1 + extra, 0, 0),
  13,
  roadRank(3.2 + extra, 2 + extra, 0.6 + extra, 0),
  15,
  roadRank(7.5 + extra, 5.5 + extra, 2.4 + extra, 1 + extra),
  17,
  roadRank(17 + extra, 13 + extra, 7 + extra, 3 + extra),
  19,
  roadRank(44 + extra, 36 + extra, 22 + extra, 9 + extra),
];

export function protomapsGround(theme: Theme, lang: Lang, archive: string): Ground {
  const colors = base[theme];
  const from = (layer: string) => ({ source: SOURCE, 'source-layer': layer });
  const roads = kindIn('highway', 'major_road', 'minor_road', 'other', 'path');
  const isMajor = kindIn('highway', 'major_road');
  const area: ExpressionSpecification = ['==', ['geometry-type'], 'Polygon'];
  const bridge: ExpressionSpecification = ['==', ['coalesce', ['get', 'is_bridge'], false], true];
  const roadLine = (id: string, casing: boolean, filter: ExpressionSpecification): LayerSpecification => ({
    id,
    type: 'line',
    ...from('roads'),
    filter,
    layout: { 'line-cap': casing ? 'butt' : 'round', 'line-join': 'round', 'line-sort-key': roadRank(4, 3, 2, 1) },
    paint: {
      'line-color': casing
        ? ['case', isMajor, colors.streetMajorCasing, colors.streetCasing]
        : ['case', isMajor, colors.streetMajor, colors.street],
      'line-width': breadth(casing ? 1.6 : 0),
    },
  });
  return {
    sources: {
      [SOURCE]: { type: 'vector', url: `pmtiles://${archive}`, promoteId: 'id', attribution: ATTRIBUTION },
    },
    layers: (units) => [
      { id: 'earth', type: 'fill', ...from('earth'), filter: area, paint: { 'fill-color': colors.ground } },
      {
        id: 'landuse-green',
        type: 'fill',
        ...from('landuse'),
        filter: kindIn(
          'park',
          'nature_reserve',
          'forest',
          'wood',
          'grass',
          'grassland',
          'cemetery',
          'golf_course',
          'farmland',
          'orchard',
          'garden',
        ),
        paint: { 'fill-color': colors.green, 'fill-opacity': 0.8 },
      },
      {
        id: 'landuse-built',
        type: 'fill',
        ...from('landuse'),
        filter: kindIn('residential', 'commercial', 'industrial', 'school', 'university', 'hospital', 'military'),
        paint: { 'fill-color': colors.built, 'fill-opacity': 0.6 },
      },
      { id: 'water', type: 'fill', ...from('water'), filter: area, paint: { 'fill-color': colors.lake } },
      // The river above the mask of the surroundings, which would cut it along its middle.
      {
        id: 'river',
        type: 'fill',
        ...from('water'),
        filter: ['all', area, kindIn('river')],
        paint: { 'fill-color': colors.river },
      },
      {
        id: 'water-line',
        type: 'line',
        ...from('water'),
        filter: ['all', ['==', ['geometry-type'], 'LineString'], kindIn('stream', 'canal', 'ditch', 'drain')],
        paint: { 'line-color': colors.lake, 'line-width': ['interpolate', ['linear'], ['zoom'], 12, 0.6, 17, 4] },
      },
      {
        id: 'building',
        type: 'fill',
        ...from('buildings'),
        minzoom: 15,
        paint: {
          'fill-color': colors.building,
          'fill-opacity': ['interpolate', ['linear'], ['zoom'], 15, 0, 16, 0.9],
        },
      },
      roadLine('road-casing', true, ['all', roads, ['!', bridge]]),
      roadLine('road', false, ['all', roads, ['!', bridge]]),
      {
        id: 'rail',
        type: 'line',
        ...from('roads'),
        filter: kindIn('rail'),
        minzoom: 12,
        paint: { 'line-color': colors.rail, 'line-width': 1.2, 'line-dasharray': [4, 2] },
      },
      roadLine('bridge-casing', true, ['all', roads, bridge]),
      roadLine('bridge', false, ['all', roads, bridge]),
      {
        id: 'road-name',
        type: 'symbol',
        ...from('roads'),
        minzoom: 12.5,
        filter: ['step', ['zoom'], isMajor, 15, roads],
        layout: {
          'symbol-placement': 'line',
          'symbol-spacing': 340,
          'symbol-sort-key': roadRank(0, 1, 2, 3),
          'text-field': nameIn('vi'),
          'text-font': mapFonts.medium,
          'text-size': ['interpolate', ['linear'], ['zoom'], 13, 10, 16, 12, 18, 14],
          'text-max-angle': 32,
          'text-padding': 6,
        },
        paint: { 'text-color': colors.streetText, 'text-halo-color': colors.street, 'text-halo-width': 1.6 },
      },
      {
        id: 'place-name',
        type: 'symbol',
        ...from('places'),
        filter: ['all', kindIn('locality', 'macrohood', 'neighbourhood'), noForeignSeaName],
        maxzoom: 15.5,
        layout: {
          'text-field': nameIn(lang),
          'text-font': mapFonts.medium,
          'text-size': ['interpolate', ['linear'], ['zoom'], 11, 10.5, 15, 13],
          'text-padding': 10,
        },
        paint: { 'text-color': colors.textSoft, 'text-halo-color': colors.ground, 'text-halo-width': 1.4 },
      },
      ...nameLayers(theme, lang, units).filter((layer) => layer.id !== 'neighbour-name'),
    ],
  };
}
