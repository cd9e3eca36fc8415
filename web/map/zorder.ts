import type { BackgroundLayerSpecification } from 'maplibre-gl';

/**
 * The pile: every layer id the map may hold, from the ground up. A layer cannot be added without a place in it.
 *
 * The base style lays the layers marked `base`. For each layer that a component adds, the base style also lays an
 * empty, invisible *slot* right above the layer's place, and the component inserts itself before that slot. So the order
 * never depends on which component mounts first, and it survives a change of style: whoever rebuilds the style finds the
 * slots again.
 */
export const pile = [
  // ground
  { id: 'ground', base: true },
  { id: 'earth', base: true }, // pmtiles
  { id: 'district-land', base: true },
  { id: 'landuse-green', base: true }, // pmtiles
  { id: 'landuse-built', base: true }, // pmtiles
  // Choropleth and hotspots lie under the water: the lake stays a lake, only land takes their colour.
  { id: 'ward-fill', base: false },
  { id: 'ward-pattern', base: false },
  { id: 'hotspot-fill', base: false },
  { id: 'outbreak-fill', base: false },
  // water
  { id: 'water', base: true }, // pmtiles
  { id: 'water-line', base: true }, // pmtiles
  { id: 'lake', base: true },
  { id: 'lake-shallows', base: true },
  { id: 'lake-shelf', base: true },
  { id: 'lake-shore', base: true },
  // streets
  { id: 'building', base: true }, // pmtiles
  { id: 'street-casing', base: true },
  { id: 'street', base: true },
  { id: 'road-casing', base: true }, // pmtiles
  { id: 'road', base: true }, // pmtiles
  { id: 'rail', base: true }, // pmtiles
  // Fades what lies outside the district; under the river, which would otherwise be cut along its middle.
  { id: 'surroundings', base: false },
  { id: 'river-bank', base: true },
  { id: 'river', base: true },
  { id: 'river-deep', base: true },
  { id: 'bridge-casing', base: true },
  { id: 'bridge', base: true },
  // limits
  { id: 'ward-glow', base: false },
  { id: 'ward-edge-halo', base: false },
  { id: 'ward-edge-water', base: false },
  { id: 'ward-edge-low', base: false },
  { id: 'ward-edge-medium', base: false },
  { id: 'ward-edge-high', base: false },
  { id: 'ward-outline', base: false },
  { id: 'district-halo', base: true },
  { id: 'district-edge', base: true },
  { id: 'ward-hover', base: false },
  { id: 'ward-selected-halo', base: false },
  { id: 'ward-selected', base: false },
  // dengue
  { id: 'hotspot-line', base: false },
  { id: 'hotspot-selected', base: false },
  { id: 'outbreak-line-ended', base: false },
  { id: 'outbreak-line-watching', base: false },
  { id: 'outbreak-line-active', base: false },
  { id: 'outbreak-selected', base: false },
  { id: 'outbreak-draft-fill', base: false },
  { id: 'outbreak-draft-line', base: false },
  // Under the words: a district full of cases is still read by its names.
  { id: 'case-heat', base: false },
  // words of the ground; MapLibre places labels from the top of the pile down, so what stands higher wins
  { id: 'street-name', base: true },
  { id: 'road-name', base: true }, // pmtiles
  { id: 'place-name', base: true }, // pmtiles
  { id: 'neighbour-name', base: true },
  { id: 'river-name', base: true },
  { id: 'pond-name', base: true },
  { id: 'lake-name', base: true },
  { id: 'sovereign-name', base: true }, // pmtiles
  { id: 'landmark', base: false },
  { id: 'relic-accuracy', base: false },
  { id: 'relic-name', base: false },
  { id: 'ward-name', base: false },
  { id: 'hotspot-count', base: false },
  { id: 'outbreak-number', base: false },
  { id: 'outbreak-link-halo', base: false },
  { id: 'outbreak-link', base: false },
  { id: 'outbreak-link-label', base: false },
  { id: 'breeding-site', base: false },
  { id: 'inspection', base: false },
  { id: 'outbreak-case', base: false },
  { id: 'outbreak-case-number', base: false },
  { id: 'case-dot', base: false },
  { id: 'case-vague', base: false },
  { id: 'case-selected', base: false },
  { id: 'relic-selected', base: false },
  { id: 'relic-cluster', base: false },
  { id: 'relic-count', base: false },
  { id: 'relic', base: false },
  { id: 'restoration-disc', base: false },
  { id: 'restoration-number', base: false },
  { id: 'locate-accuracy', base: false },
  { id: 'locate-dot', base: false },
] as const;

export type OverlayName = Extract<(typeof pile)[number], { base: false }>['id'];

const SLOT = 'slot:';

const places = new Map<string, number>(pile.map((layer, index) => [layer.id, index]));

/** The place of a layer or of its slot in the pile, 0 = ground. Throws on an id the pile does not know. */
export function placeOf(id: string): number {
  const place = places.get(id.startsWith(SLOT) ? id.slice(SLOT.length) : id);
  if (place === undefined) throw new Error(`Layer "${id}" has no place in web/map/zorder.ts`);
  return place;
}

/** Sorts layers into the pile's order; throws on an unknown id. */
export function inOrder<T extends { id: string }>(layers: T[]): T[] {
  return [...layers].sort((a, b) => placeOf(a.id) - placeOf(b.id));
}

/** The `beforeId` of a component's layer: its own slot in the base style. Throws on an unknown id or a base layer. */
export function beforeId(id: OverlayName): string {
  if (pile[placeOf(id)]?.base) throw new Error(`Layer "${id}" belongs to the base style`);
  return SLOT + id;
}

/** The empty layers that keep the places of all components' layers in a base style. */
export const slots = (): BackgroundLayerSpecification[] =>
  pile
    .filter((layer) => !layer.base)
    .map((layer) => ({ id: SLOT + layer.id, type: 'background', layout: { visibility: 'none' } }));
