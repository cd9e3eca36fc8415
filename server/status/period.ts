import type { CivilDate } from '../../geodata/schema.ts';
import { addDays } from '../../geodata/dates.ts';

/** What a figure speaks of: a year `2022`, a quarter `2022-Q3`, a month `2022-09`. */
export const PERIOD = /^(\d{4})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?$/;

const firstOf = (year: number, month: number): CivilDate =>
  `${String(year + Math.floor((month - 1) / 12)).padStart(4, '0')}-${String(((month - 1) % 12) + 1).padStart(2, '0')}-01`;

/** First and last day of a period; `null` for what is none. */
export function daysOfPeriod(period: string): { from: CivilDate; to: CivilDate } | null {
  const [, year, quarter, month] = PERIOD.exec(period) ?? [];
  if (year === undefined) return null;
  const begins = quarter ? Number(quarter) * 3 - 2 : Number(month ?? 1);
  const months = quarter ? 3 : month ? 1 : 12;
  return {
    from: firstOf(Number(year), begins),
    to: addDays(firstOf(Number(year), begins + months), -1),
  };
}

/** The day a figure of this period holds for, when nobody says another: its last day, or today while it lasts. */
export const dayOfPeriod = (to: CivilDate, today: CivilDate): CivilDate => (to < today ? to : today);
