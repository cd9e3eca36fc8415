import type { Deadline, ProcedureReply } from '../../../server/status/title-contract.ts';
import { i18n } from '../../i18n/i18n.svelte.ts';
import { title } from './title.svelte.ts';
import { titleWords } from './words.ts';

type Procedure = ProcedureReply['procedure'];
const procedure = (): Procedure | null => title.procedure.value?.procedure ?? null;

/** A step as the procedure calls it; those that are no step of it by a word of our own. */
export function stepName(step: string | null): string {
  const t = titleWords();
  if (step === null) return t.unknownStep;
  const found = procedure()?.steps.find(({ id }) => id === step);
  return found ? i18n.pick(found.title) : (t.more[step] ?? step);
}

/** The papers a step asks for. */
export function papersOf(step: string | null): Procedure['steps'][number]['documents'] {
  const steps = procedure()?.steps ?? [];
  const found = steps.find(({ id }) => id === step);
  return found?.documents ?? steps.find(({ otherwise }) => otherwise?.id === step)?.otherwise?.documents ?? [];
}

export function paperName(id: string): string {
  const all = (procedure()?.steps ?? []).flatMap(({ documents, otherwise }) => [...documents, ...(otherwise?.documents ?? [])]); // prettier-ignore
  const found = all.find((one) => one.id === id);
  return found ? i18n.pick(found.title) : titleWords().more['other']!;
}

/** What a deadline is about; one that a paper sets itself by the step that comes next. */
export const deadlineName = ({ kind, next, title: said }: Deadline): string =>
  kind === 'paper' ? `${stepName(next)} (${i18n.pick(said).toLocaleLowerCase('vi')})` : i18n.pick(said);
