/** What a request for items asks, read from its query strictly: an unknown or unreadable parameter is a 400 (Part 1, 7.3). */
import type { Bbox } from '../../geodata/schema.ts';
import { Refusal } from '../platform/refusal.ts';
import { CRS84, DEFAULT_LIMIT, MOST_ITEMS } from './contract.ts';
import { bindFilter } from './cql2/bind.ts';
import type { PropertyKind } from './cql2/expression.ts';
import { parseFilter } from './cql2/parse.ts';
import { crsList, inDegrees, isDegrees, type Window } from './crs.ts';
import { readInterval, type Interval } from './datetime.ts';
import type { Feature } from './feature.ts';

export interface ItemsQuery {
  /** 1 to MOST_ITEMS. */
  limit: number;
  /** What a feature must meet; `null` = everywhere. */
  window: Window | null;
  /** In which system features are given. */
  crs: string;
  /** What the filter says of a feature; `null` = no filter. */
  filter: ((feature: Feature) => boolean) | null;
  interval: Interval | null;
  /** The id of the last feature of the page before. */
  after: string | null;
  /** Properties and the text their value must have. */
  filters: ReadonlyMap<string, string>;
}

const refuse = (code: string, path: string) => new Refusal(400, code, { errors: [{ path, code }] });

/** Every parameter once, and none but these. @throws {Refusal} 400 `unknown_parameter`, `invalid_request` for a second */
export function onlyParameters(query: URLSearchParams, allowed: Iterable<string>): void {
  const known = new Set(allowed);
  for (const name of new Set(query.keys())) {
    if (!known.has(name)) throw refuse('unknown_parameter', name);
    if (query.getAll(name).length > 1) throw refuse('invalid_request', name);
  }
}

/** 1 and more; what is above the largest page is taken for it (Part 1, /req/core/fc-limit-response-1). */
function readLimit(text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) throw refuse('invalid_limit', 'limit');
  return Math.min(Number(text), MOST_ITEMS);
}

/** GDAL and QGIS write seventeen significant digits, `21.0599999999999987`. */
const DECIMAL = /^[+-]?\d{1,9}(\.\d{1,20})?$/;

/**
 * Four numbers, or six with heights, which are left aside since no layer has any. In degrees west of a box may be
 * greater than east: it then crosses the antimeridian (RFC 7946, 5.2).
 */
function readWindow(text: string, crs: string): Window {
  const parts = text.split(',').map((part) => part.trim());
  const numbers = parts.length === 6 ? [parts[0]!, parts[1]!, parts[3]!, parts[4]!] : parts;
  if (numbers.length !== 4 || !parts.every((part) => DECIMAL.test(part))) throw refuse('invalid_bbox', 'bbox');
  if (parts.length === 6 && Number(parts[2]) > Number(parts[5])) throw refuse('bbox_out_of_order', 'bbox');
  const box = numbers.map(Number) as Bbox;
  if (!isDegrees(crs)) {
    if (box[0] > box[2] || box[1] > box[3]) throw refuse('bbox_out_of_order', 'bbox');
    return { crs, boxes: [box] };
  }
  const [west, south, east, north] = crs === CRS84 ? box : ([box[1], box[0], box[3], box[2]] as const);
  if ([west, east].some((lng) => Math.abs(lng) > 180) || [south, north].some((lat) => Math.abs(lat) > 90)) {
    throw refuse('bbox_outside_world', 'bbox');
  }
  if (south > north) throw refuse('bbox_out_of_order', 'bbox');
  const within = (left: number, right: number): Bbox => [left, south, right, north];
  return { crs: CRS84, boxes: west <= east ? [within(west, east)] : [within(west, 180), within(-180, east)] };
}

/** One of the systems a collection lists (Part 2, /req/crs/fc-crs-valid-value and its like). */
const readCrs =
  (name: string) =>
  (uri: string): string => {
    if (!crsList.includes(uri)) throw refuse('unknown_crs', name);
    return uri;
  };

/** A cursor is the id of the last feature given: pages neither skip nor repeat one when others come or go between. */
export const cursorAfter = (id: string): string => Buffer.from(`after:${id}`).toString('base64url');
function readCursor(text: string): string {
  const plain = Buffer.from(text, 'base64url').toString('utf8');
  if (!plain.startsWith('after:') || cursorAfter(plain.slice(6)) !== text) throw refuse('invalid_cursor', 'cursor');
  return plain.slice(6);
}

/** Parameters of every collection of features. */
export const itemsParameters = [
  'f',
  'limit',
  'bbox',
  'datetime',
  'cursor',
  'crs',
  'bbox-crs',
  'filter',
  'filter-lang',
  'filter-crs',
] as const;

/** One feature may be asked for in a system too. */
export const readCrsOfItem = (query: URLSearchParams): string => {
  onlyParameters(query, ['f', 'crs']);
  const uri = query.get('crs');
  return uri === null ? CRS84 : readCrs('crs')(uri);
};

/**
 * @param kinds the properties that may be asked for, and what they hold
 * @throws {Refusal} 400 with the code of the first fault and the name of the parameter
 */
export function readItemsQuery(query: URLSearchParams, kinds: ReadonlyMap<string, PropertyKind>): ItemsQuery {
  const own = [...kinds.keys()].filter((name) => !(itemsParameters as readonly string[]).includes(name));
  onlyParameters(query, [...itemsParameters, ...own]);
  const read = <T>(name: string, as: (text: string) => T): T | null => {
    const text = query.get(name);
    return text === null ? null : as(text);
  };
  const crsOf = (name: string) => read(name, readCrs(name)) ?? CRS84;
  read('filter-lang', (text) => {
    if (text !== 'cql2-text') throw refuse('unknown_filter_language', 'filter-lang');
  });
  // Read whether or not there is anything in that system: a value that is none is a fault of the request.
  crsOf('bbox-crs');
  crsOf('filter-crs');
  return {
    limit: read('limit', readLimit) ?? DEFAULT_LIMIT,
    window: read('bbox', (text) => readWindow(text, crsOf('bbox-crs'))),
    crs: crsOf('crs'),
    filter: read('filter', (text) =>
      bindFilter(parseFilter(text), { kinds, inDegrees: (geometry) => inDegrees(geometry, crsOf('filter-crs')) }),
    ),
    interval: read('datetime', (text) => {
      const interval = readInterval(text);
      if (!interval) throw refuse('invalid_datetime', 'datetime');
      return interval;
    }),
    after: read('cursor', readCursor),
    filters: new Map(own.flatMap((name) => read(name, (text) => [[name, text] as const]) ?? [])),
  };
}
