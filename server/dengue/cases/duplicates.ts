/** Which cases may be one and the same: reported by two clinics, entered twice, or typed in after an import. */
import { daysBetween } from '../../../geodata/dates.ts';
import { metersBetween } from '../../../geodata/measure.ts';
import type { CivilDate } from '../../../geodata/schema.ts';
import type { duplicateReasons } from './contract.ts';

export const NEAR_METERS = 50;
export const NEAR_DAYS = 3;

export interface Comparable {
  onsetOn: CivilDate;
  position: { lng: number; lat: number } | null;
  person: { folded: string | null; born: string | null; phone: string | null } | null;
}

/** The same name, and births that can be one: `1990` fits `1990-05-17`, an unknown birth fits every one. */
const sameName = (a: NonNullable<Comparable['person']>, b: NonNullable<Comparable['person']>): boolean =>
  a.folded !== null &&
  a.folded === b.folded &&
  a.born !== null &&
  b.born !== null &&
  (a.born.startsWith(b.born) || b.born.startsWith(a.born));

export const metersApart = (a: Comparable, b: Comparable): number | null =>
  a.position && b.position ? metersBetween([a.position.lng, a.position.lat], [b.position.lng, b.position.lat]) : null;

/**
 * Why two cases may be one; empty when nothing says so. The same phone, or the same name with a birth that fits, is
 * `person`; at most 50 m and 3 days of onset apart, both included, is `place`.
 */
export function duplicateReasonsOf(a: Comparable, b: Comparable): (typeof duplicateReasons)[number][] {
  const reasons: (typeof duplicateReasons)[number][] = [];
  const [one, other] = [a.person, b.person];
  if (one && other && ((one.phone !== null && one.phone === other.phone) || sameName(one, other)))
    reasons.push('person');
  const meters = metersApart(a, b);
  if (meters !== null && meters <= NEAR_METERS && Math.abs(daysBetween(a.onsetOn, b.onsetOn)) <= NEAR_DAYS)
    reasons.push('place');
  return reasons;
}
