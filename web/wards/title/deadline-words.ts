/** What a deadline says in the reader's language. Pure. */
import type { Deadline } from '../../../server/status/title-contract.ts';
import type { TitleWords } from '../../i18n/title-vi.ts';

export function leftWords(
  { state, daysLeft, dueOn }: Deadline,
  t: TitleWords,
  formatDate: (day: string) => string,
): string {
  if (state === 'late') return t.late(-daysLeft);
  if (state === 'waiting') return t.waiting(formatDate(dueOn));
  if (state === 'open') return t.openNow;
  return daysLeft === 0 ? t.today : t.left(daysLeft);
}

/** Which deadline a line shows first: one that is late or near before one that is only waited for. */
export const foremost = (deadlines: readonly Deadline[]): Deadline | null =>
  deadlines.find(({ state }) => state === 'late') ??
  deadlines.find(({ state }) => state === 'soon') ??
  deadlines.find(({ kind }) => kind === 'statutory' || kind === 'paper') ??
  deadlines[0] ??
  null;
