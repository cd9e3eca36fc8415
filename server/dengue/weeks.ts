import { addDays, epiWeek, type EpiWeek } from '../../geodata/dates.ts';
import type { CivilDate } from '../../geodata/schema.ts';

/** Before any record; a week earlier still would have no four-digit year. */
const FIRST_DAY = '1900-01-01';

/**
 * From its Monday on, days until a week can be public: the Thursday after it. The district's weekly report is due on
 * Wednesday, 14:00 (TT 54/2015/TT-BYT); what comes later is not in the public picture (`publication.ts`).
 */
const PUBLIC_AFTER_DAYS = 10;

/**
 * The newest epidemiological week that is public on a day. A day beyond today shows no more than today does, or a week
 * could be read while it fills, and two readings subtracted.
 */
export function lastPublicWeek(at: CivilDate, today: CivilDate): EpiWeek {
  const day = at < today ? at : today;
  return epiWeek(addDays(day < FIRST_DAY ? FIRST_DAY : day, -PUBLIC_AFTER_DAYS));
}

export interface DayCount {
  onsetOn: CivilDate;
  cases: number;
}

export interface WeekCount extends EpiWeek {
  cases: number;
}

/** Counts of the weeks from the first with a case to `last`, one after the other, weeks without a case too. */
export function weeklyCounts(days: readonly DayCount[], last: EpiWeek): WeekCount[] {
  const byWeek = new Map<string, number>();
  let from = last.to;
  for (const { onsetOn, cases } of days) {
    if (onsetOn > last.to) continue;
    const { week } = epiWeek(onsetOn);
    byWeek.set(week, (byWeek.get(week) ?? 0) + cases);
    if (onsetOn < from) from = onsetOn;
  }
  const weeks: WeekCount[] = [];
  if (byWeek.size === 0) return weeks;
  for (let week = epiWeek(from); week.from <= last.from; week = epiWeek(addDays(week.from, 7))) {
    weeks.push({ ...week, cases: byWeek.get(week.week) ?? 0 });
  }
  return weeks;
}
