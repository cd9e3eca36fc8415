/** Whether a step may be written as its paper has it. Pure. */
import type { TitleProcedure } from '../../geodata/procedure-schema.ts';
import type { Condition, Council, StepDocument } from './title-contract.ts';
import type { ProcedureStep, Taken } from './title.ts';

/** A step as it is to be written. */
export interface Writing extends Taken {
  paper: string | null;
  documents: readonly StepDocument[];
  council: Council | null;
  reason: string | null;
  despite: string | null;
  dueOn: string | null;
}

export interface Fault {
  path: string;
  code:
    | 'unknown_document'
    | 'document_without_place'
    | 'paper_required'
    | 'paper_already_recorded'
    | 'reason_required'
    | 'council_count_missing'
    | 'council_count_wrong'
    | 'council_not_quorate'
    | 'due_before_step';
}

type Procedure = Pick<TitleProcedure, 'steps'>;

/** Every document of the procedure by its id. */
export const documentsOf = ({ steps }: Procedure) =>
  new Map(
    steps.flatMap(({ documents, otherwise }) =>
      [...documents, ...(otherwise?.documents ?? [])].map((document) => [document.id, document] as const),
    ),
  );

/** The documents a step asks for. */
export function documentsOfStep({ steps }: Procedure, id: ProcedureStep) {
  const step = steps.find((one) => one.id === id);
  return step?.documents ?? steps.find(({ otherwise }) => otherwise?.id === id)?.otherwise?.documents ?? [];
}

/** What is typed about a number, without what people write differently: capitals and spaces. */
const folded = (paper: string): string => paper.normalize('NFC').toLocaleUpperCase('vi').replace(/\s+/g, '');

/** What a decision is nothing without: its number. */
const DECIDING: readonly ProcedureStep[] = ['recognised', 'refused'];

function councilFault(council: Council | null, quorumPercent: number): Fault | null {
  if (!council) return { path: 'council', code: 'council_count_missing' };
  const { members, present, yes, no } = council;
  if (present > members || (yes ?? 0) + (no ?? 0) > present) return { path: 'council', code: 'council_count_wrong' };
  // Whole numbers on both sides: 70 % of 10 is 7, and a share as a fraction would be a hair away from it.
  return present * 100 < quorumPercent * members ? { path: 'council.present', code: 'council_not_quorate' } : null;
}

/**
 * The first thing wrong with a step, by itself and beside the others of its ward (`others`: the steps as they stand,
 * without this one). How many must say yes is not known, so votes are kept and never judged.
 */
export function faultOfStep(writing: Writing, others: readonly Writing[], procedure: Procedure): Fault | null {
  const known = documentsOf(procedure);
  for (const [i, { document, file, place }] of writing.documents.entries()) {
    const path = `documents.${i}`;
    if (document !== 'other' && !known.has(document)) return { path: `${path}.document`, code: 'unknown_document' };
    if (file === null && place === null) return { path: `${path}.place`, code: 'document_without_place' };
  }
  if (DECIDING.includes(writing.step) && writing.paper === null) return { path: 'paper', code: 'paper_required' };
  if (writing.step === 'refused' && writing.reason === null) return { path: 'reason', code: 'reason_required' };
  if (writing.dueOn !== null && writing.since !== null && writing.dueOn < writing.since)
    return { path: 'dueOn', code: 'due_before_step' };
  const quorum = procedure.steps.find(({ id }) => id === writing.step)?.quorumPercent;
  if (quorum !== undefined) {
    const fault = councilFault(writing.council, quorum);
    if (fault) return fault;
  }
  // Numbers begin anew each year.
  const year = (taken: Taken) => taken.since?.slice(0, 4);
  const { paper } = writing;
  const twice =
    paper !== null &&
    others.some((one) => one.paper !== null && folded(one.paper) === folded(paper) && year(one) === year(writing));
  return twice ? { path: 'paper', code: 'paper_already_recorded' } : null;
}

/**
 * What speaks against a step that its paper takes all the same: conditions that are computed and not met, or residents
 * asked for a shorter time than the report is to be public. A condition nobody has figures for speaks neither way.
 */
export function doubtsAbout(
  writing: Pick<Writing, 'step' | 'since'>,
  conditions: readonly Condition[],
  publicUntil: string | null,
): string[] {
  if (writing.step === 'recognised')
    return conditions.filter(({ state }) => state === 'not-met').map(({ id }) => `conditions.${id}`);
  const early = writing.step === 'dossier' && publicUntil !== null && writing.since !== null;
  return early && writing.since! < publicUntil ? ['conditions.consultation'] : [];
}
