/**
 * The base style: a pure function of theme, language and ground. Every label is drawn from the page's fonts (no
 * `glyphs`), every source is on the own host, every layer has its place in zorder.ts.
 */
import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { Units } from '../../geodata/schema.ts';
import { unitSets } from '../../geodata/vocabulary.ts';
import { builtInGround } from './style-built-in.ts';
import { ATTRIBUTION, type Lang } from './style-ground.ts';
import { placeLabels } from './style-labels.ts';
import { protomapsGround } from './style-protomaps.ts';
import { base, type Theme } from './palette.ts';
import { inOrder, slots } from './zorder.ts';

/** `built-in` = drawn from geodata/layers; `pmtiles` = an OpenStreetMap extract in the Protomaps schema. */
export type Basemap = 'built-in' | 'pmtiles';

export interface StyleOptions {
  theme: Theme;
  lang: Lang;
  basemap?: Basemap;
  /** The neighbouring districts are named for the time they existed: only with the eight wards of 1995. */
  units?: Units;
  /** Path of the archive on the own host. */
  archive?: string;
}

export function styleFor({
  theme,
  lang,
  basemap = 'built-in',
  units = unitSets[0],
  archive = '/basemap/hanoi.pmtiles',
}: StyleOptions): StyleSpecification {
  const colors = base[theme];
  // The district ended when the six wards began: its outline belongs to the eight.
  const edge = units === unitSets[0] ? 'visible' : 'none';
  const sources: Record<string, SourceSpecification> = {
    district: {
      type: 'geojson',
      data: '/api/layers/district',
      promoteId: 'code',
      attribution: ATTRIBUTION,
    },
    // `lineMetrics` lets the river fade out where its line ends.
    water: {
      type: 'geojson',
      data: '/api/layers/water',
      promoteId: 'name',
      lineMetrics: true,
      attribution: ATTRIBUTION,
    },
    'place-labels': { type: 'geojson', data: placeLabels(lang), promoteId: 'id' },
  };
  const ground = basemap === 'pmtiles' ? protomapsGround(theme, lang, archive) : builtInGround(theme, lang);
  const shared: LayerSpecification[] = [
    { id: 'ground', type: 'background', paint: { 'background-color': colors.ground } },
    { id: 'district-land', type: 'fill', source: 'district', paint: { 'fill-color': colors.district } },
    {
      id: 'district-halo',
      type: 'line',
      source: 'district',
      layout: { 'line-join': 'round', visibility: edge },
      paint: { 'line-color': colors.edgeHalo, 'line-width': 4.5, 'line-opacity': 0.75 },
    },
    {
      id: 'district-edge',
      type: 'line',
      source: 'district',
      layout: { 'line-join': 'round', visibility: edge },
      paint: {
        'line-color': colors.edge,
        'line-width': ['interpolate', ['linear'], ['zoom'], 11, 1.2, 14, 1.8, 17, 2.6],
      },
    },
  ];
  const layers = [...shared, ...ground.layers(units), ...slots()];
  return {
    version: 8,
    name: `Tây Hồ Atlas ${theme} ${lang} ${basemap}`,
    sources: { ...sources, ...ground.sources },
    layers: inOrder(layers),
    transition: { duration: 0, delay: 0 },
  };
}
