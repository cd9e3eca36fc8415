/** What a request for items asks, read from its query strictly: an unknown or unreadable parameter is a 400 (Part 1, 7.3). */
import type { Bbox } from '../../geodata/schema.ts';
import { Refusal } from '../platform/refusal.ts';
import { DEFAULT_LIMIT, MOST_ITEMS } from './contract.ts';
import { readInterval, type Interval } from './datetime.ts';

export interface ItemsQuery {
  /** 1 to MOST_ITEMS. */
  limit: number;
  /** Boxes of which one must be met; two where the asked one crosses the antimeridian. `null` = everywhere. */
  boxes: readonly Bbox[] | null;
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

const DECIMAL = /^[+-]?\d{1,3}(\.\d{1,15})?$/;

/**
 * Four numbers, or six with heights, which are left aside since no layer has any. West of a box may be greater than
 * east: it then crosses the antimeridian (RFC 7946, 5.2).
 */
function readBoxes(text: string): Bbox[] {
  const parts = text.split(',').map((part) => part.trim());
  const heights = parts.length === 6 ? [parts[2]!, parts[5]!] : [];
  const numbers = parts.length === 6 ? [parts[0]!, parts[1]!, parts[3]!, parts[4]!] : parts;
  const readable =
    numbers.every((part) => DECIMAL.test(part)) && heights.every((part) => /^[+-]?\d{1,9}(\.\d{1,15})?$/.test(part));
  if (numbers.length !== 4 || !readable) throw refuse('invalid_bbox', 'bbox');
  const [west, south, east, north] = numbers.map(Number) as Bbox;
  if ([west, east].some((lng) => Math.abs(lng) > 180) || [south, north].some((lat) => Math.abs(lat) > 90)) {
    throw refuse('bbox_outside_world', 'bbox');
  }
  if (south > north || (heights.length === 2 && Number(heights[0]) > Number(heights[1]))) {
    throw refuse('bbox_out_of_order', 'bbox');
  }
  if (west <= east) return [[west, south, east, north]];
  return [
    [west, south, 180, north],
    [-180, south, east, north],
  ];
}

/** A cursor is the id of the last feature given: pages neither skip nor repeat one when others come or go between. */
export const cursorAfter = (id: string): string => Buffer.from(`after:${id}`).toString('base64url');
function readCursor(text: string): string {
  const plain = Buffer.from(text, 'base64url').toString('utf8');
  if (!plain.startsWith('after:') || cursorAfter(plain.slice(6)) !== text) throw refuse('invalid_cursor', 'cursor');
  return plain.slice(6);
}

/** Parameters of every collection of features. */
export const itemsParameters = ['f', 'limit', 'bbox', 'datetime', 'cursor'] as const;

/**
 * @param queryables the names of the properties that may be asked for
 * @throws {Refusal} 400 with the code of the first fault and the name of the parameter
 */
export function readItemsQuery(query: URLSearchParams, queryables: readonly string[]): ItemsQuery {
  const own = queryables.filter((name) => !(itemsParameters as readonly string[]).includes(name));
  onlyParameters(query, [...itemsParameters, ...own]);
  const read = <T>(name: string, as: (text: string) => T): T | null => {
    const text = query.get(name);
    return text === null ? null : as(text);
  };
  return {
    limit: read('limit', readLimit) ?? DEFAULT_LIMIT,
    boxes: read('bbox', readBoxes),
    interval: read('datetime', (text) => {
      const interval = readInterval(text);
      if (!interval) throw refuse('invalid_datetime', 'datetime');
      return interval;
    }),
    after: read('cursor', readCursor),
    filters: new Map(own.flatMap((name) => read(name, (text) => [[name, text] as const]) ?? [])),
  };
}
