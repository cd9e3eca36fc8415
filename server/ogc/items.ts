/** Which features of a layer a request means, and in which order: a pure rule. */
import type { Bbox } from '../../geodata/schema.ts';
import { meetsBbox } from '../layers/bbox.ts';
import { intersects, type Interval } from './datetime.ts';
import type { ItemsQuery } from './query.ts';

export type Feature = GeoJSON.Feature<Parameters<typeof meetsBbox>[0], object> & { id: string };

/** The properties a layer's features bear their time by; `null` = none. */
export interface TimeProperties {
  from: string;
  to: string;
}

const propertyOf = (feature: Feature, name: string): unknown =>
  Object.hasOwn(feature.properties, name) ? (feature.properties as Record<string, unknown>)[name] : undefined;

/** When a feature is valid; open where it does not say. */
export function timeOf(feature: Feature, time: TimeProperties): Interval {
  const day = (name: string) => {
    const value = propertyOf(feature, name);
    return typeof value === 'string' ? value : null;
  };
  return { from: day(time.from), to: day(time.to) };
}

const isPlain = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** The properties that can be asked for: those with a text, a number or a yes or no somewhere, in the order met. */
export function queryablesOf(features: readonly Feature[]): string[] {
  const names = new Set<string>();
  for (const { properties } of features) {
    for (const [name, value] of Object.entries(properties)) if (isPlain(value)) names.add(name);
  }
  return [...names];
}

/** West, south, east, north of all that is there; `null` for nothing. */
export function boundsOf(features: readonly Feature[]): Bbox | null {
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

function isAsked(feature: Feature, { boxes, interval, filters }: ItemsQuery, time: TimeProperties | null): boolean {
  if (boxes && !boxes.some((box) => meetsBbox(feature.geometry, box))) return false;
  // A feature without a time is of every time (Part 1, /req/core/fc-time-response).
  if (interval && time && !intersects(timeOf(feature, time), interval)) return false;
  for (const [name, text] of filters) {
    const value = propertyOf(feature, name);
    if (!isPlain(value) || String(value) !== text) return false;
  }
  return true;
}

const byId = (a: Feature, b: Feature) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export interface Page {
  features: Feature[];
  /** Of all pages together. */
  matched: number;
  /** Whether features follow after this page. */
  more: boolean;
}

/** The page of a query: by id, which neither a new nor a gone feature disturbs. */
export function pageOf(features: readonly Feature[], query: ItemsQuery, time: TimeProperties | null): Page {
  const asked = features.filter((feature) => isAsked(feature, query, time)).sort(byId);
  const { after, limit } = query;
  const rest = after === null ? asked : asked.filter(({ id }) => id > after);
  return { features: rest.slice(0, limit), matched: asked.length, more: rest.length > limit };
}
