/**
 * The way to the title "Phường đạt chuẩn đô thị văn minh", QĐ 04/2022/QĐ-TTg, Điều 6 to 9: a ward registers, judges
 * itself, asks its residents, sends its dossier, is appraised by a council, and is recognised or refused in writing. Who
 * was refused registers again; who was recognised comes due for recognition again. Which step may follow which.
 */
import type { CivilDate } from '../../geodata/schema.ts';
import { procedureFollowers, procedureSteps, type titleSteps } from '../../geodata/vocabulary.ts';

export type ProcedureStep = (typeof procedureSteps)[number];
export type Standing = (typeof titleSteps)[number];

/** What a history is judged by. */
export interface Taken {
  step: ProcedureStep;
  since: CivilDate | null;
}

const standings: Partial<Record<ProcedureStep, Standing>> = {
  dossier: 'appraisal',
  council: 'appraisal',
  vote: 'appraisal',
  published: 'recognised',
};
/** Where a ward stands after a step: the list that maps and tables know. */
export const standingOf = (step: ProcedureStep): Standing => standings[step] ?? (step as Standing);

/** Which steps may come after the last known one. Nothing known: a paper may show the ward at any step. */
export const stepsAfter = (last: ProcedureStep | null): readonly ProcedureStep[] =>
  last === null ? procedureSteps : procedureFollowers[last];

export type StepRefusal = 'step_in_future' | 'step_before_decree' | 'step_out_of_order' | 'step_before_previous';

/**
 * Whether a whole history holds together, oldest first: steps come in order, on days that come in order; no paper is
 * dated ahead, none is older than the decree. Names the first step that does not fit.
 */
export function refuseHistory(
  history: readonly Taken[],
  { today, decreeOn }: { today: CivilDate; decreeOn: CivilDate },
): StepRefusal | null {
  let last: Taken | null = null;
  for (const taken of history) {
    if (taken.since !== null && taken.since > today) return 'step_in_future';
    if (taken.since !== null && taken.since < decreeOn) return 'step_before_decree';
    if (last && !stepsAfter(last.step).includes(taken.step)) return 'step_out_of_order';
    if (last?.since && taken.since !== null && taken.since < last.since) return 'step_before_previous';
    last = taken;
  }
  return null;
}

/**
 * The steps since the ward registered last, oldest first: what came before belongs to an earlier title, or to one that
 * was refused. A history that begins later than with a registration is one round whole.
 */
export function currentRound<T extends Taken>(history: readonly T[]): readonly T[] {
  return history.slice(
    Math.max(
      0,
      history.findLastIndex(({ step }) => step === 'registered'),
    ),
  );
}

/** Whether the round goes for a title that the ward had before. */
export const isRenewal = (history: readonly Taken[]): boolean => {
  const before = history.slice(0, history.length - currentRound(history).length);
  return before.some(({ step }) => step === 'recognised' || step === 'published' || step === 'recognition-due');
};
