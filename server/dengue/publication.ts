/** What the public is told of a week, and when it may be told again. Pure. */
import { PUBLIC_MINIMUM } from './contract.ts';

/** `total: null` = 1 to 4 cases, withheld; `0` = none. */
export interface Told {
  total: number | null;
}

/**
 * Whether a week may be (re)published with `cases` counting cases now. A week that named a number is final: a case that
 * is entered, corrected or removed later never changes it, because two downloads of one week could be subtracted. A week
 * that said nothing may still speak, once what has come since is five cases or more for sure: five after a week of none,
 * nine after a withheld one (which had at most four). A week of none never becomes a withheld one: that would tell of
 * one to four late cases.
 */
export function mayPublish(told: Told | undefined, cases: number): boolean {
  if (told === undefined) return true;
  if (told.total === 0) return cases >= PUBLIC_MINIMUM;
  return told.total === null && cases >= 2 * PUBLIC_MINIMUM - 1;
}
