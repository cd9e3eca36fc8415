/** Days on which offices work: weekends and public holidays left out, as `geodata/packs/holidays-vn.json` has them. Pure. */
import { addDays, daysBetween } from '../../geodata/dates.ts';
import type { Holidays } from '../../geodata/procedure-schema.ts';
import type { CivilDate } from '../../geodata/schema.ts';

export interface WorkCalendar {
  /** Weekdays on which nobody works. */
  daysOff: ReadonlySet<CivilDate>;
  /** Days of the weekend on which offices worked in place of a swapped day. */
  worked: ReadonlySet<CivilDate>;
  /** Years whose holidays are known; in others the weekends alone are left out, and the answer says so. */
  years: ReadonlySet<number>;
}

/** A day and the years, of those counted through, whose holidays nobody has read. */
export interface CountedDay {
  on: CivilDate;
  unknownYears: number[];
}

export const workCalendar = ({ years }: Holidays): WorkCalendar => ({
  daysOff: new Set(years.flatMap(({ days }) => days.map(({ on }) => on))),
  worked: new Set(years.flatMap(({ workedDays }) => workedDays.map(({ on }) => on))),
  years: new Set(years.map(({ year }) => year)),
});

const EPOCH = '1970-01-01';
/** 0 = Monday; 1970-01-01 was a Thursday. */
const weekday = (day: CivilDate): number => (((daysBetween(EPOCH, day) + 3) % 7) + 7) % 7;

/** Whether offices work on a day, as far as the calendar knows its year. */
export function isWorkingDay(day: CivilDate, { daysOff, worked }: WorkCalendar): boolean {
  if (worked.has(day)) return true;
  return weekday(day) < 5 && !daysOff.has(day);
}

function unknownYears(from: CivilDate, to: CivilDate, { years }: WorkCalendar): number[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((year) => !years.has(year));
}

/**
 * The day that is `count` (1 or more) working days after `from`. The day itself does not count: a period begins the day
 * after (Bộ luật Dân sự 2015, Điều 147), so that two periods one after the other are as long as both together.
 * @throws {RangeError} `count` is below 1 or no whole number; `from` is no civil date
 */
export function addWorkingDays(from: CivilDate, count: number, calendar: WorkCalendar): CountedDay {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`not a number of working days: ${count}`);
  let on = from;
  for (let left = count; left > 0;) {
    on = addDays(on, 1);
    if (isWorkingDay(on, calendar)) left -= 1;
  }
  return { on, unknownYears: unknownYears(from, on, calendar) };
}

/** `day`, or the next working day after it (Bộ luật Dân sự 2015, Điều 148 khoản 5). */
export function rollForward(day: CivilDate, calendar: WorkCalendar): CountedDay {
  let on = day;
  while (!isWorkingDay(on, calendar)) on = addDays(on, 1);
  return { on, unknownYears: unknownYears(day, on, calendar) };
}

/** Working days after `from` up to and with `to`; as a negative number when `to` is earlier. */
export function workingDaysBetween(from: CivilDate, to: CivilDate, calendar: WorkCalendar): number {
  if (to < from) return 0 - workingDaysBetween(to, from, calendar);
  let count = 0;
  for (let day = from; day < to;) {
    day = addDays(day, 1);
    if (isWorkingDay(day, calendar)) count += 1;
  }
  return count;
}
