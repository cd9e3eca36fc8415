/** The days a leader looks back on, and what one question says of a ward on each. Pure. */
import { addDays } from '../../../geodata/dates.ts';
import type { ChartPoint } from '../../charts/axis.ts';
import type { DistrictStatus, StatusState } from '../../../server/status/contract.ts';
import { splitColouring, type Colouring } from '../choropleth.ts';

/** How far apart the days are, by the word that stands in the address. */
export const steps = ['thang', 'quy', 'nam'] as const;
export type Step = (typeof steps)[number];

const MONTHS: Record<Step, number> = { thang: 1, quy: 3, nam: 12 };

/** The last day of a month, `month` counted from 1 and perhaps below it. */
function monthEnd(year: number, month: number): string {
  const months = year * 12 + month;
  const next = `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;
  return addDays(next, -1);
}

/** The last `count - 1` ends of months, quarters or years before a day, oldest first, and the day itself. */
export function daysBack(at: string, step: Step, count: number): string[] {
  const size = MONTHS[step];
  const year = Number(at.slice(0, 4));
  const ended = Math.floor((Number(at.slice(5, 7)) - 1) / size) * size;
  const days = [at];
  // The period `at` stands in ends later, or on `at` itself; those before it have ended.
  for (let back = 0; days.length < count; back++) days.unshift(monthEnd(year, ended - back * size));
  return days;
}

export interface DayPoint extends ChartPoint {
  state: StatusState;
}

/**
 * What a ward's line is made of, day by day: the value of an indicator, else how many criteria are met. A day judged by
 * another pack has no value here: its lines may mean something else.
 */
export function seriesOf(days: readonly DistrictStatus[], key: string, by: Colouring, pack: string | null): DayPoint[] {
  const [kind, id] = splitColouring(by);
  return days.map((day) => {
    const ward = day.wards.find((one) => one.key === key);
    const point = { id: day.at, label: shortDay(day.at), value: null, state: 'no-data' as StatusState };
    if (!ward || day.pack !== pack) return point;
    if (kind !== 'indicator') {
      const silent = ward.criteria.every(({ state }) => state === 'no-data');
      return { ...point, value: silent ? null : ward.criteriaMet, state: ward.state };
    }
    const indicator = ward.criteria.flatMap(({ indicators }) => indicators).find((one) => one.id === id);
    return indicator ? { ...point, value: indicator.value, state: indicator.state } : point;
  });
}

/** `30/09/22`: under a chart there is little room. */
export const shortDay = (day: string): string => `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(2, 4)}`;

/** The first and the last figure of a line, for the sentence that describes it; `null` = fewer than two. */
export function endsOf(points: readonly DayPoint[]): { first: DayPoint; last: DayPoint } | null {
  const known = points.filter(({ value }) => value !== null);
  return known.length < 2 ? null : { first: known[0]!, last: known.at(-1)! };
}
