/**
 * The parameter `datetime` of OGC API - Features (Part 1, 7.15.4): an instant or an interval, either end open. Features
 * bear civil dates, so an instant is the day it falls on in Hà Nội.
 */
import { isCivilDate, todayInHanoi } from '../../geodata/dates.ts';
import type { CivilDate } from '../../geodata/schema.ts';

/** Both days included; `null` = open. */
export interface Interval {
  from: CivilDate | null;
  to: CivilDate | null;
}

/** RFC 3339, 5.6, with the seconds' fraction and the offset as they may come. */
const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;
const LAST_DAY = '9999-12-31';

/** The day a date or an instant of RFC 3339 is of, in Hà Nội; `undefined` = neither. */
export function dayOf(text: string): CivilDate | undefined {
  if (isCivilDate(text)) return text;
  // `2022-02-30T…` is read by some engines as 2 March: its own date must be one.
  if (!INSTANT.test(text) || !isCivilDate(text.slice(0, 10))) return undefined;
  const at = Date.parse(text.toUpperCase());
  if (Number.isNaN(at)) return undefined;
  const day = todayInHanoi(new Date(at));
  // Readers write 9999-12-31T23:59:59Z for an open end; in Hà Nội that is the year 10000.
  return /^\d{4}-/.test(day) ? day : LAST_DAY;
}

const isOpen = (text: string) => text === '' || text === '..';

/** `undefined` = no date, no interval, or one that ends before it begins. */
export function readInterval(text: string): Interval | undefined {
  const parts = text.split('/');
  if (parts.length > 2) return undefined;
  if (parts.length === 1) {
    const day = dayOf(text);
    return day === undefined ? undefined : { from: day, to: day };
  }
  const [begin = '', end = ''] = parts;
  if (isOpen(begin) && isOpen(end)) return undefined;
  const from = isOpen(begin) ? null : dayOf(begin);
  const to = isOpen(end) ? null : dayOf(end);
  if (from === undefined || to === undefined) return undefined;
  return from !== null && to !== null && from > to ? undefined : { from, to };
}

/** Whether two intervals have a day in common. */
export const intersects = (a: Interval, b: Interval): boolean =>
  (a.from === null || b.to === null || a.from <= b.to) && (b.from === null || a.to === null || b.from <= a.to);
