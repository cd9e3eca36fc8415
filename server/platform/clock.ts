/** The only place that reads the machine's clock. Rules get `today` passed in; tests get a fixed clock. */
import { todayInHanoi } from '../../geodata/dates.ts';
import type { CivilDate } from '../../geodata/schema.ts';

export interface Clock {
  /** The instant, for `…At`. */
  now(): Date;
  /** The civil date in Hà Nội, the default of `at`. */
  today(): CivilDate;
}

/**
 * Instants that never go back, whatever the machine's clock does: while `wall` is behind what was told before, time goes
 * on by `elapsed`, which only counts. Both in milliseconds. After a start it is the wall's word again.
 */
export function steadyInstants(wall: () => number, elapsed: () => number): () => Date {
  let told = -Infinity;
  let toldAt = elapsed();
  return () => {
    const at = elapsed();
    told = Math.max(wall(), told + (at - toldAt));
    toldAt = at;
    return new Date(told);
  };
}

/** `pinnedToday`: the demo's data ends on a day of its own, so its today stands still while its instants run. */
export function systemClock(pinnedToday?: CivilDate): Clock {
  return {
    now: steadyInstants(Date.now, () => performance.now()),
    // The day is the wall's: a clock that was a year ahead by mistake must not keep its day until the next start.
    today: () => pinnedToday ?? todayInHanoi(new Date()),
  };
}

/** A clock that stands still at `at` (RFC 3339). */
export function fixedClock(at: string, today?: CivilDate): Clock {
  const instant = new Date(at);
  return { now: () => new Date(instant), today: () => today ?? todayInHanoi(instant) };
}

const DAY_MS = 86_400_000;
/** Hà Nội has had UTC+7 without daylight saving since 1975. */
const HANOI_OFFSET_MS = 7 * 3_600_000;

/** The instant of the next 00:00 in Hà Nội, strictly after `now`, in milliseconds since the epoch. */
export function nextMidnight(now: Date): number {
  return (Math.floor((now.getTime() + HANOI_OFFSET_MS) / DAY_MS) + 1) * DAY_MS - HANOI_OFFSET_MS;
}
