/** What the invented season is to look like; `season.ts` gives it places and days. */
import type { CivilDate } from '../../geodata/schema.ts';

/** Monday of week 22. */
export const FIRST_MONDAY: CivilDate = '2022-05-30';
/** The last day on which something was reported. */
export const LAST_DAY: CivilDate = '2022-11-04';
/** Counting cases of each week from week 22 on; the last is four days long and not yet all reported. */
export const WEEKLY = [1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 8, 10, 13, 15, 19, 24, 29, 32, 17];
/** Share of a week's cases that belong to outbreaks, while there are any. */
export const CLUSTERED = 0.77;

/** What the linking rule calls near, and a little more: a case meant to stand alone keeps its distance. */
export const APART_METERS = 215;
export const APART_DAYS = 15;
/** All pairs of an outbreak's cases lie within 190 m, so that it is one group, never two. */
export const FOCUS_METERS = 95;
/** Between the middles of two outbreaks. */
export const BETWEEN_FOCI_METERS = 2 * FOCUS_METERS + APART_METERS;

export interface Focus {
  ward: string;
  /** Weeks after FIRST_MONDAY in which it begins, and for how many it has cases. */
  week: number;
  weeks: number;
  /** Its share against the others. */
  weight: number;
}
export const FOCI: readonly Focus[] = [
  { ward: '00109', week: 10, weeks: 3, weight: 1 },
  { ward: '00106', week: 13, weeks: 4, weight: 1 },
  { ward: '00103', week: 14, weeks: 3, weight: 1 },
  { ward: '00091', week: 15, weeks: 4, weight: 1.5 },
  { ward: '00109', week: 16, weeks: 6, weight: 5 },
  { ward: '00112', week: 16, weeks: 3, weight: 1 },
  { ward: '00097', week: 17, weeks: 4, weight: 1.5 },
  { ward: '00106', week: 18, weeks: 5, weight: 5 },
  { ward: '00094', week: 18, weeks: 2, weight: 1 },
  { ward: '00103', week: 19, weeks: 4, weight: 4 },
  { ward: '00109', week: 19, weeks: 2, weight: 1 },
  { ward: '00100', week: 19, weeks: 1, weight: 1 },
  { ward: '00091', week: 20, weeks: 3, weight: 4 },
  { ward: '00097', week: 20, weeks: 1, weight: 1 },
  { ward: '00106', week: 21, weeks: 2, weight: 1 },
  { ward: '00094', week: 21, weeks: 1, weight: 1 },
  { ward: '00103', week: 22, weeks: 1, weight: 1 },
];
