/**
 * Civil dates, `YYYY-MM-DD` of Asia/Ho_Chi_Minh. All arithmetic counts whole days in UTC, where no day has 23 or 25
 * hours; only `todayInHanoi` knows a time zone.
 */
import type { CivilDate } from './schema.ts';

const DAY_MS = 86_400_000;
/** Vietnam has kept UTC+7 without summer time since 1975. */
const HANOI_OFFSET_MS = 7 * 3_600_000;
const CIVIL_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

const format = (dayNumber: number): CivilDate => new Date(dayNumber * DAY_MS).toISOString().slice(0, 10);

const read = (text: string): number | null => {
  if (!CIVIL_DATE.test(text)) return null;
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  // Date.parse takes 2022-02-30 for 2 March in some engines: only a date that comes back unchanged is one.
  if (Number.isNaN(milliseconds) || new Date(milliseconds).toISOString().slice(0, 10) !== text) return null;
  return milliseconds / DAY_MS;
};

const dayNumber = (date: CivilDate): number => {
  const number = read(date);
  if (number === null) throw new RangeError(`not a civil date: ${date}`);
  return number;
};

/** True for a day that exists, written `YYYY-MM-DD`. */
export const isCivilDate = (text: string): boolean => read(text) !== null;

/** The day `count` days after `date` (before it when negative). Throws RangeError when `date` is no civil date. */
export const addDays = (date: CivilDate, count: number): CivilDate => format(dayNumber(date) + count);

/** The same day `count` months later; the last day of that month where it has no such day. Throws RangeError likewise. */
export function addMonths(date: CivilDate, count: number): CivilDate {
  dayNumber(date);
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const months = year * 12 + (month - 1) + count;
  const first = `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((((months % 12) + 12) % 12) + 1).padStart(2, '0')}`;
  const last = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate();
  return `${first}-${String(Math.min(day, last)).padStart(2, '0')}`;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. Throws RangeError when one is no civil date. */
export const daysBetween = (from: CivilDate, to: CivilDate): number => dayNumber(to) - dayNumber(from);

/** The civil day in Hà Nội at an instant. */
export const todayInHanoi = (now: Date): CivilDate =>
  new Date(now.getTime() + HANOI_OFFSET_MS).toISOString().slice(0, 10);

export interface EpiWeek {
  /** `2022-W44` */
  week: string;
  /** Monday. */
  from: CivilDate;
  /** Sunday. */
  to: CivilDate;
}

/**
 * The epidemiological week a day falls in: Monday 00:00 to Sunday 24:00 (TT 54/2015/TT-BYT), numbered as ISO 8601
 * does, by the year that holds its Thursday. Throws RangeError when `date` is no civil date.
 */
export function epiWeek(date: CivilDate): EpiWeek {
  const day = dayNumber(date);
  // Day 0 of the count, 1970-01-01, was a Thursday.
  const weekday = (((day + 3) % 7) + 7) % 7;
  const monday = day - weekday;
  const year = Number(format(monday + 3).slice(0, 4));
  const number = Math.floor((monday + 3 - dayNumber(`${year}-01-01`)) / 7) + 1;
  return { week: `${year}-W${String(number).padStart(2, '0')}`, from: format(monday), to: format(monday + 6) };
}
