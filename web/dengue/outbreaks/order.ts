/** In which order outbreaks stand, which of them a filter leaves, how they are counted. Pure. */
import { addDays, daysBetween, epiWeek } from '../../../geodata/dates.ts';
import type { CivilDate } from '../../../geodata/schema.ts';
import type { OutbreakState, OutbreakWords } from '../../../server/outbreaks/contract.ts';

/** What is late or due of one outbreak's response. */
export interface Duty {
  late: number;
  /** The greatest number of days any step is late. */
  daysLate: number;
}
export const noDuty: Duty = { late: 0, daysLate: 0 };

interface DueStep {
  number: string;
  state: string;
  daysLate: number;
}

/** The late steps of each outbreak, by its number. */
export function dutiesOf(steps: readonly DueStep[]): Map<string, Duty> {
  const duties = new Map<string, Duty>();
  for (const step of steps) {
    if (step.state !== 'late') continue;
    const known = duties.get(step.number) ?? noDuty;
    duties.set(step.number, { late: known.late + 1, daysLate: Math.max(known.daysLate, step.daysLate) });
  }
  return duties;
}

const rank: Record<OutbreakState, number> = { active: 1, watching: 2, ended: 3 };

type Ordered = Pick<OutbreakWords, 'number' | 'state' | 'expectedEndOn' | 'endedOn'>;

/**
 * Late response first (the latest of them on top), then active, watching, ended. Within a state the one that ends
 * first stands first; of the ended ones the last that ended.
 */
export const inOrder = <T extends Ordered>(outbreaks: readonly T[], duties: ReadonlyMap<string, Duty>): T[] =>
  outbreaks.toSorted((a, b) => {
    const [late, other] = [duties.get(a.number)?.daysLate ?? -1, duties.get(b.number)?.daysLate ?? -1];
    const isLate = Number(other >= 0) - Number(late >= 0);
    if (isLate || late !== other) return isLate || other - late;
    if (a.state !== b.state) return rank[a.state] - rank[b.state];
    const [first, second] = a.state === 'ended' ? [b, a] : [a, b];
    return (
      compare(first.endedOn ?? first.expectedEndOn, second.endedOn ?? second.expectedEndOn) ||
      compare(b.number, a.number)
    );
  });

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export interface OutbreakChoice {
  /** A state, `open` (not ended), `late`, or empty for all. */
  state: string;
  /** A ward key, or empty. */
  ward: string;
}

export const outbreakFilter =
  ({ state, ward }: OutbreakChoice, duties: ReadonlyMap<string, Duty>) =>
  (one: Pick<OutbreakWords, 'number' | 'state' | 'wards'>): boolean =>
    (!ward || one.wards.some(({ key }) => key === ward)) &&
    (!state ||
      one.state === state ||
      (state === 'open' && one.state !== 'ended') ||
      (state === 'late' && duties.has(one.number)));

/** As Hà Nội's weekly bulletins print them: new and ended in the week so far, active and watched on the day. */
export interface Counts {
  from: CivilDate;
  to: CivilDate;
  opened: number;
  active: number;
  watching: number;
  ended: number;
}

/** The week (Monday to Sunday) that `at` falls in. */
export function countsOf(
  outbreaks: readonly Pick<OutbreakWords, 'state' | 'openedOn' | 'endedOn'>[],
  at: CivilDate,
): Counts {
  const { from, to } = epiWeek(at);
  const within = (date: CivilDate | null) => date !== null && date >= from && date <= at;
  const counts: Counts = { from, to, opened: 0, active: 0, watching: 0, ended: 0 };
  for (const { state, openedOn, endedOn } of outbreaks) {
    if (within(openedOn)) counts.opened += 1;
    if (state === 'active') counts.active += 1;
    if (state === 'watching') counts.watching += 1;
    if (state === 'ended' && within(endedOn)) counts.ended += 1;
  }
  return counts;
}

/** Days from `at` to the last day it is expected to last; 0 on that day, negative after it. */
export const daysLeft = (outbreak: Pick<OutbreakWords, 'expectedEndOn'>, at: CivilDate): number =>
  daysBetween(at, outbreak.expectedEndOn);

/** The day from which the end is counted, and the days that are added: the two halves of the explanation. */
export function endReckoning(outbreak: Pick<OutbreakWords, 'lastOnsetOn' | 'expectedEndOn' | 'openedOn'>): {
  from: CivilDate;
  days: number;
} {
  const from = outbreak.lastOnsetOn ?? outbreak.openedOn;
  return { from, days: daysBetween(from, outbreak.expectedEndOn) };
}

/** The day after: the first on which it counts as ended. */
export const endsOn = (outbreak: Pick<OutbreakWords, 'expectedEndOn'>): CivilDate => addDays(outbreak.expectedEndOn, 1);
