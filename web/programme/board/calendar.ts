/** A month of due days and events. Pure. */
import { addDays } from '../../../geodata/dates.ts';
import type { ProgrammeEvent, ProgrammeTask } from '../../../server/programme/contract.ts';
import { taskStates } from '../tally.ts';

export interface CalendarDay {
  day: string;
  /** Days of the months around fill the first and the last week. */
  inMonth: boolean;
  tasks: ProgrammeTask[];
  events: ProgrammeEvent[];
}

/** `2022-11` of a day, or of an address that may hold anything. */
export const monthOf = (day: string): string => day.slice(0, 7);
export const isMonth = (text: string | null): text is string => /^\d{4}-(0[1-9]|1[0-2])$/.test(text ?? '');

export function monthAfter(month: string, months: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** 0 = Monday. Day 0 of the Gregorian count used here, 1970-01-01, was a Thursday. */
function weekday(day: string): number {
  const days = Math.round(Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1, +day.slice(8)) / 86_400_000);
  return (((days + 3) % 7) + 7) % 7;
}

/** Whole weeks from Monday to Sunday that hold the month, each day with what is due and what is held on it, late first. */
export function weeksOf(
  month: string,
  tasks: readonly ProgrammeTask[],
  events: readonly ProgrammeEvent[],
): CalendarDay[][] {
  const first = `${month}-01`;
  const end = `${monthAfter(month, 1)}-01`;
  const weeks: CalendarDay[][] = [];
  for (let monday = addDays(first, -weekday(first)); monday < end; monday = addDays(monday, 7)) {
    weeks.push(
      Array.from({ length: 7 }, (_, i) => {
        const day = addDays(monday, i);
        return {
          day,
          inMonth: monthOf(day) === month,
          tasks: tasks
            .filter(({ dueOn }) => dueOn === day)
            .sort((a, b) => taskStates.indexOf(a.state) - taskStates.indexOf(b.state)),
          events: events.filter(({ on }) => on === day),
        };
      }),
    );
  }
  return weeks;
}

/** Tasks that were due before the month and are late still, the longest first: a page of the calendar must not hide them. */
export const lateBefore = (month: string, tasks: readonly ProgrammeTask[]): ProgrammeTask[] =>
  tasks
    .filter(({ state, dueOn }) => state === 'late' && dueOn < `${month}-01`)
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
