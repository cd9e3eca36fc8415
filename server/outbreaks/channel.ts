/** The channel chart: the months of a year against the same months of the years before. Pure. */
import type { ChannelRule, CivilDate, WatchRuleFile } from '../../geodata/schema.ts';
import type { Channel } from './watch-contract.ts';
import { countingOf, type Counting, type DayCounts } from './watch-days.ts';

/** The rule of a day: the last one that had come into force. */
export const channelRuleOn = ({ channels }: WatchRuleFile, at: CivilDate): ChannelRule =>
  channels.findLast(({ from }) => from === null || from <= at) ?? channels[0]!;

const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);
const monthOf = (year: number, month: number): string => `${year}-${String(month).padStart(2, '0')}`;
const yearOf = (date: string): number => Number(date.slice(0, 4));

/** What is on record by month; `knows` = a month lies within the record. */
interface Record_ {
  casesOf(year: number, month: number): number;
  knows(year: number, month: number): boolean;
  hasYear(year: number): boolean;
}

function recordOf(days: readonly DayCounts[], counting: Counting): Record_ {
  const byMonth = new Map<string, number>();
  const years = new Set<number>();
  for (const day of days) {
    const cases = countingOf(day, counting);
    const month = day.onsetOn.slice(0, 7);
    byMonth.set(month, (byMonth.get(month) ?? 0) + cases);
    if (cases > 0) years.add(yearOf(month));
  }
  const first = days[0]?.onsetOn.slice(0, 7) ?? null;
  const knows = (year: number, month: number) => first !== null && monthOf(year, month) >= first;
  return {
    casesOf: (year, month) => byMonth.get(monthOf(year, month)) ?? 0,
    knows,
    // A year without a single case was not loaded; one in which the record begins is not whole.
    hasYear: (year) => years.has(year) && knows(year, 1),
  };
}

/** The years a rule asks for before `year`, latest first, and the epidemic ones it passes over. */
function yearsAskedFor({ parameters }: ChannelRule, epidemic: readonly number[], year: number) {
  const years: number[] = [];
  const passedOver: number[] = [];
  for (let one = year - 1; years.length < parameters.years.value; one -= 1) {
    if (parameters.withoutEpidemicYears.value && epidemic.includes(one)) passedOver.push(one);
    else years.push(one);
  }
  return { years, passedOver };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** The standard deviation of a sample of two or more. */
export function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1));
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** `days` in order, onsets up to `at` alone counting. More cases than the limit are above it, as many are not. */
export function channelOf(days: readonly DayCounts[], file: WatchRuleFile, at: CivilDate, counting: Counting): Channel {
  const rule = channelRuleOn(file, at);
  const { warningDeviations, limitDeviations, withoutEpidemicYears } = rule.parameters;
  const year = yearOf(at);
  const thisMonth = Number(at.slice(5, 7));
  const record = recordOf(
    days.filter(({ onsetOn }) => onsetOn <= at),
    counting,
  );
  const { years, passedOver } = yearsAskedFor(rule, file.epidemicYears.value, year);
  const missingYears = years.filter((one) => !record.hasYear(one));

  const items = MONTHS.map((month): Channel['items'][number] => {
    const cases = month <= thisMonth && record.knows(year, month) ? record.casesOf(year, month) : null;
    const open = month === thisMonth;
    if (missingYears.length > 0) return { month, cases, open, mean: null, warning: null, limit: null, level: null };
    const values = years.map((one) => record.casesOf(one, month));
    const [mean, deviation] = [meanOf(values), deviationOf(values)];
    const limit = mean + limitDeviations.value * deviation;
    const warning = warningDeviations.value === null ? null : mean + warningDeviations.value * deviation;
    const level =
      cases === null ? null : cases > limit ? 'above' : warning !== null && cases > warning ? 'warning' : 'below';
    return {
      month,
      cases,
      open,
      mean: hundredths(mean),
      warning: warning === null ? null : hundredths(warning),
      limit: hundredths(limit),
      level,
    };
  });
  return {
    at,
    rule: rule.id,
    title: rule.title,
    years,
    missingYears,
    passedOver,
    epidemicYearsUnknown: withoutEpidemicYears.value && file.epidemicYears.value.length === 0,
    items,
  };
}
