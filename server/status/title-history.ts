/** Writings of steps become steps: the last writing of each counts, and one taken out does not. Pure. */
import type { CivilDate } from '../../geodata/schema.ts';

interface Written {
  id: number;
  root: number;
  since: CivilDate | null;
  removed: boolean;
}

/**
 * The steps as they stand, oldest first: by day, and of one day in the order in which they were first written, so that a
 * correction changes no order. A step of no known day counts as older than all.
 * @param writings every writing, in the order in which they were written
 */
export function stepsAsTheyStand<T extends Written>(writings: readonly T[]): T[] {
  const last = new Map<number, T>();
  for (const writing of writings) last.set(writing.root, writing);
  return [...last.values()].filter(({ removed }) => !removed).sort(inOrder);
}

const inOrder = (a: Written, b: Written): number => {
  const [first, second] = [a.since ?? '', b.since ?? ''];
  return first < second ? -1 : first > second ? 1 : a.root - b.root;
};

/** What of them was known by a day. */
export const stepsUntil = <T extends Written>(steps: readonly T[], at: CivilDate): T[] =>
  steps.filter(({ since }) => since === null || since <= at);
