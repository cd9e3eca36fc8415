/**
 * The shortest way from one set of features to the next, in MapLibre's words: `remove` first, then `add`; a feature that
 * changed is added again under its id, which replaces it (order of `GeoJSONSource.updateData`).
 */
import type { GeoJSONSourceDiff } from 'maplibre-gl';

type Features = GeoJSON.FeatureCollection;

/**
 * @param idOf the property MapLibre promotes to the feature's id
 * @returns `null` when nothing changed, `'all'` when an id is missing or twice and only `setData` is right
 */
export function diffFeatures(before: Features, after: Features, idOf: string): GeoJSONSourceDiff | 'all' | null {
  if (before === after) return null;
  const old = byId(before, idOf);
  const next = byId(after, idOf);
  if (!old || !next) return 'all';
  const remove = [...old.keys()].filter((id) => !next.has(id));
  const add = [...next].filter(([id, feature]) => !same(old.get(id), feature)).map(([, feature]) => feature);
  return remove.length + add.length === 0 ? null : { remove, add };
}

function byId(collection: Features, idOf: string): Map<string, GeoJSON.Feature> | null {
  const found = new Map<string, GeoJSON.Feature>();
  for (const feature of collection.features) {
    const id: unknown = feature.properties?.[idOf];
    if (typeof id !== 'string' || found.has(id)) return null;
    found.set(id, feature);
  }
  return found;
}

const same = (a: GeoJSON.Feature | undefined, b: GeoJSON.Feature): boolean =>
  a === b ||
  (a !== undefined &&
    JSON.stringify(a.properties) === JSON.stringify(b.properties) &&
    JSON.stringify(a.geometry) === JSON.stringify(b.geometry));
