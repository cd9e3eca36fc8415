/** Keys on the board. Pure. */
import type { TaskState } from '../tally.ts';

/** What a report can say; late and without a report are what a day makes of it. */
export type Reportable = 'in-progress' | 'done';

/** What Shift and an arrow key report: one to the right is further, done is the last; one to the left is back at work. */
export function reportable(state: TaskState, key: string): Reportable | null {
  if (key === 'ArrowRight')
    return state === 'done' ? null : state === 'in-progress' || state === 'late' ? 'done' : 'in-progress';
  if (key === 'ArrowLeft') return state === 'done' || state === 'unknown' ? 'in-progress' : null;
  return null;
}

/** The card an arrow key leads to: up and down in a column, left and right to the nearest column with a card, same height. */
export function walk(columns: readonly (readonly string[])[], id: string, key: string): string | null {
  const column = columns.findIndex((cards) => cards.includes(id));
  const row = columns[column]?.indexOf(id) ?? -1;
  if (column < 0) return null;
  if (key === 'ArrowUp') return columns[column]![row - 1] ?? null;
  if (key === 'ArrowDown') return columns[column]![row + 1] ?? null;
  const step = key === 'ArrowRight' ? 1 : -1;
  for (let next = column + step; next >= 0 && next < columns.length; next += step) {
    const cards = columns[next]!;
    if (cards.length > 0) return cards[Math.min(row, cards.length - 1)]!;
  }
  return null;
}
