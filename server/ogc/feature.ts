/** A feature of a layer, and what its properties hold. */
import { isCivilDate } from '../../geodata/dates.ts';
import type { Bbox } from '../../geodata/schema.ts';
import type { PlainGeometry, PropertyKind } from './cql2/expression.ts';

export type Feature = GeoJSON.Feature<PlainGeometry, object> & { id: string };

/** `undefined` = it has none of that name. */
export const propertyOf = (feature: Feature, name: string): unknown =>
  Object.hasOwn(feature.properties, name) ? (feature.properties as Record<string, unknown>)[name] : undefined;

export const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const kindOf = (value: unknown): PropertyKind => {
  if (typeof value === 'string') return isCivilDate(value) ? 'day' : 'text';
  return typeof value as 'number' | 'boolean';
};
/** A text that is now and then a date is a text. */
const joinedKind = (a: PropertyKind | undefined, b: PropertyKind): PropertyKind => {
  if (a === undefined || a === b) return b;
  return [a, b].every((kind) => kind === 'text' || kind === 'day') ? 'text' : 'any';
};

/** What can be asked for: the properties with a text, a number or a yes or no somewhere, in the order met. */
export function kindsOf(features: readonly Feature[]): Map<string, PropertyKind> {
  const kinds = new Map<string, PropertyKind>();
  for (const { properties } of features) {
    for (const [name, value] of Object.entries(properties)) {
      if (isPlain(value)) kinds.set(name, joinedKind(kinds.get(name), kindOf(value)));
    }
  }
  return kinds;
}

/** West, south, east, north of all that is there; `null` for nothing. */
export function boundsOf(features: readonly Pick<Feature, 'geometry'>[]): Bbox | null {
  const bounds: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
  const take = (coordinates: unknown): void => {
    const list = coordinates as unknown[];
    if (typeof list[0] !== 'number') return list.forEach(take);
    const [lng, lat] = list as [number, number];
    bounds[0] = Math.min(bounds[0], lng);
    bounds[1] = Math.min(bounds[1], lat);
    bounds[2] = Math.max(bounds[2], lng);
    bounds[3] = Math.max(bounds[3], lat);
  };
  for (const { geometry } of features) take(geometry.coordinates);
  return Number.isFinite(bounds[0]) ? bounds : null;
}
