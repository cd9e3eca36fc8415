/** Which steps of the checklist are recorded as an action, and as which. Surveys are inspections. Pure. */
import type { RecordResponse, StepCode } from '../../../server/outbreaks/response-contract.ts';

export function actionOf(step: StepCode): Pick<RecordResponse, 'kind' | 'round'> | null {
  switch (step) {
    case 'verify':
    case 'larvae':
    case 'wide':
      return { kind: step, round: null };
    case 'spray-1':
    case 'spray-2':
    case 'spray-3':
      return { kind: 'spray', round: Number(step.at(-1)) };
    default:
      return null;
  }
}
