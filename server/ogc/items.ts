/** Which features of a layer a request means, and in which order: a pure rule. */
import { CRS84 } from './contract.ts';
import { inCrs, meetsWindow } from './crs.ts';
import { intersects, type Interval } from './datetime.ts';
import type { ItemsQuery } from './query.ts';
import { isPlain, propertyOf, type Feature } from './feature.ts';

/** The properties a layer's features bear their time by; `null` = none. */
export interface TimeProperties {
  from: string;
  to: string;
}

/** When a feature is valid; open where it does not say. */
export function timeOf(feature: Feature, time: TimeProperties): Interval {
  const day = (name: string) => {
    const value = propertyOf(feature, name);
    return typeof value === 'string' ? value : null;
  };
  return { from: day(time.from), to: day(time.to) };
}

/** Whether a feature is asked for; what is made ready once for all features is made ready here. */
function asking({ window, interval, filters, filter }: ItemsQuery, time: TimeProperties | null) {
  const isThere = window && meetsWindow(window);
  return (feature: Feature): boolean => {
    if (isThere && !isThere(feature.geometry)) return false;
    // A feature without a time is of every time (Part 1, /req/core/fc-time-response).
    if (interval && time && !intersects(timeOf(feature, time), interval)) return false;
    for (const [name, text] of filters) {
      const value = propertyOf(feature, name);
      if (!isPlain(value) || String(value) !== text) return false;
    }
    return !filter || filter(feature);
  };
}

/** A feature with its geometry as a reference system writes it. */
export const featureIn = (feature: Feature, crs: string): Feature =>
  crs === CRS84 ? feature : { ...feature, geometry: inCrs(feature.geometry, crs) };

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
  const asked = features.filter(asking(query, time)).sort(byId);
  const { after, limit } = query;
  const rest = after === null ? asked : asked.filter(({ id }) => id > after);
  const given = rest.slice(0, limit).map((feature) => featureIn(feature, query.crs));
  return { features: given, matched: asked.length, more: rest.length > limit };
}
