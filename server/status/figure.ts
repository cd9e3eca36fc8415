/** A ward's figure on its way from whoever enters it to the public status: what may happen to it, and what it may say. */
import type { CivilDate, CriteriaPack, IndicatorPack } from '../../geodata/schema.ts';
import { addDays } from '../../geodata/dates.ts';
import type { FigureState } from './contract.ts';
import { daysOfPeriod } from './period.ts';

/** `null` = nobody has entered it yet. */
const mayBecome: Record<FigureState | 'none', readonly FigureState[]> = {
  none: ['draft'],
  draft: ['draft', 'submitted'],
  // Whoever entered it may take it back while nobody has decided.
  submitted: ['draft', 'approved', 'returned'],
  returned: ['draft'],
  // A figure that was published is corrected by a new draft; what is public stays until that one is approved.
  approved: ['draft'],
};

export const mayGo = (from: FigureState | null, to: FigureState): boolean => mayBecome[from ?? 'none'].includes(to);

export function indicatorOf(pack: CriteriaPack, id: string): IndicatorPack | null {
  for (const criterion of pack.criteria) {
    const found = criterion.indicators.find((indicator) => indicator.id === id);
    if (found) return found;
  }
  return null;
}

/** A count or a sum nobody of the district can mean. */
const MOST = 1e12;

/** Whether a value lies where values of this unit lie: a share between 0 and 100, anything else from 0 upwards. */
export function isInDomain({ unit }: Pick<IndicatorPack, 'unit'>, value: number): boolean {
  if (!Number.isFinite(value) || value < 0 || value > MOST) return false;
  return unit !== '%' || value <= 100;
}

/** A period that is none, or has not begun. */
export function refusePeriod(period: string, today: CivilDate): 'invalid_period' | 'period_in_future' | null {
  const days = daysOfPeriod(period);
  if (!days) return 'invalid_period';
  return days.from > today ? 'period_in_future' : null;
}

/** A day the figure is said to hold for: within its period, or up to a year after (a count made late), never ahead. */
export function refuseDay(period: string, asOf: CivilDate, today: CivilDate): 'day_outside_period' | null {
  const days = daysOfPeriod(period);
  if (!days || asOf < days.from || asOf > addDays(days.to, 366) || asOf > today) return 'day_outside_period';
  return null;
}
