/** Which steps a form offers: those that may follow, the usual one first. The server judges. Pure. */
import { procedureFollowers, procedureSteps } from '../../../geodata/vocabulary.ts';
import type { RecordStep } from '../../../server/status/title-contract.ts';

type Step = RecordStep['step'];

/** After nothing known any step, registration first. */
export const nextSteps = (last: Step | null): readonly Step[] =>
  last === null ? ['registered', ...procedureSteps.filter((id) => id !== 'registered')] : procedureFollowers[last];
