/**
 * The way to the title "Phường đạt chuẩn đô thị văn minh", QĐ 04/2022/QĐ-TTg, Điều 6 to 9: a ward registers, judges
 * itself, asks its residents, is appraised, and is recognised or refused in writing. Who was refused registers again;
 * who was recognised comes due for recognition again.
 */
import type { CivilDate } from '../../geodata/schema.ts';
import type { titleSteps } from '../../geodata/vocabulary.ts';

export interface Step {
  step: (typeof titleSteps)[number];
  since: CivilDate | null;
  source: string;
  demo: boolean;
}
type Name = Step['step'];

const followers: Record<Name, readonly Name[]> = {
  'not-registered': ['registered'],
  registered: ['self-assessment', 'not-registered'],
  'self-assessment': ['consultation', 'registered'],
  consultation: ['appraisal', 'self-assessment'],
  appraisal: ['recognised', 'refused', 'consultation'],
  recognised: ['recognition-due'],
  refused: ['registered', 'self-assessment'],
  'recognition-due': ['registered', 'recognised', 'refused'],
};

/** Which steps may come after the last known one. Nothing known: a paper may show the ward at any step. */
export const stepsAfter = (last: Name | null): readonly Name[] =>
  last === null ? (Object.keys(followers) as Name[]) : followers[last];

/** Steps come in order and on days that come in order; no paper is dated ahead. */
export function refuseStep(
  history: readonly Pick<Step, 'step' | 'since'>[],
  { step, since }: { step: Name; since: CivilDate },
  today: CivilDate,
): 'step_in_future' | 'step_out_of_order' | null {
  if (since > today) return 'step_in_future';
  const last = history.at(-1) ?? null;
  if (last && (!stepsAfter(last.step).includes(step) || (last.since !== null && since < last.since))) {
    return 'step_out_of_order';
  }
  return null;
}
