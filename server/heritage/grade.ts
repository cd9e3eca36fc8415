/** How the grade of a whole relic follows from its parts, and when it is to be looked at again: pure. */
import { bearingParts, monthsToNextInspection } from '../../geodata/vocabulary.ts';
import type { CivilDate } from '../../geodata/schema.ts';
import type { PartGrade } from './inspection-contract.ts';

/** Above that only what may bring the building down counts. */
const WORST_OF_ORNAMENT = 4;

/**
 * The grade of the whole, 1 good … 5 in need of urgent repair: that of its worst part, but a part that bears nothing
 * (gate, statues, grounds) counts 4 at most. "Tu sửa cấp thiết", the only grade a text defines, is repair or propping to
 * prevent collapse (Thông tư 15/2019/TT-BVHTTDL, Điều 2, khoản 5).
 * @param parts at least one
 */
export function overallGrade(parts: readonly PartGrade[]): number {
  return Math.max(
    ...parts.map(({ part, grade }) => (bearingParts.includes(part) ? grade : Math.min(grade, WORST_OF_ORNAMENT))),
  );
}

/** The day a relic of this grade, looked at on `on`, is to be looked at again; the end of a month where it is shorter. */
export function dueOn(grade: number, on: CivilDate): CivilDate {
  const months = monthsToNextInspection[grade - 1] ?? monthsToNextInspection[0];
  const [year = 0, month = 1, day = 1] = on.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}
