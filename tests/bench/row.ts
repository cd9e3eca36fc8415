import { z } from 'zod';

/**
 * One line of the table. `value` and `reference` are in `unit`, measured in turns in the same run; `ratio` is value by
 * reference. A row without a reference is a figure of this machine: reported, never a failure.
 */
export const benchRowSchema = z.strictObject({
  name: z.string().min(1),
  value: z.number(),
  unit: z.string().min(1),
  reference: z.number().nullable(),
  ratio: z.number().nullable(),
  budget: z.string().regex(/^(<=|>=) /),
  ok: z.boolean(),
});
export type BenchRow = z.infer<typeof benchRowSchema>;

type Budget = { atLeast: number } | { atMost: number };
const keeps = (figure: number, budget: Budget) =>
  'atLeast' in budget ? figure >= budget.atLeast : figure <= budget.atMost;
const words = (budget: Budget, unit: string) =>
  'atLeast' in budget ? `>= ${budget.atLeast}${unit}` : `<= ${budget.atMost}${unit}`;
const round = (figure: number) => Number(figure.toPrecision(4));

interface Measured {
  name: string;
  value: number;
  unit: string;
  budget: Budget;
}

/** A row that can fail: the budget speaks of `value / reference`, or of `ratio` where it was taken turn by turn. */
export function compared(row: Measured & { reference: number; ratio?: number }): BenchRow {
  const ratio = row.ratio ?? row.value / row.reference;
  return {
    name: row.name,
    value: round(row.value),
    unit: row.unit,
    reference: round(row.reference),
    ratio: round(ratio),
    budget: words(row.budget, 'x'),
    ok: keeps(ratio, row.budget),
  };
}

/** A row that is reported only: `ok` says whether this machine keeps the budget. */
export function reported(row: Measured): BenchRow {
  const { name, value, unit, budget } = row;
  return {
    name,
    value: round(value),
    unit,
    reference: null,
    ratio: null,
    budget: words(budget, ` ${unit}`),
    ok: keeps(value, budget),
  };
}

/** The rows that fail a run. */
export const failuresOf = (rows: readonly BenchRow[]) => rows.filter((row) => row.ratio !== null && !row.ok);

/** The aligned table of `npm run bench`. */
export function tableOf(rows: readonly BenchRow[]): string {
  const head = ['', 'name', 'value', 'unit', 'reference', 'ratio', 'budget'];
  const verdict = (row: BenchRow) => (row.ok ? 'ok' : row.ratio === null ? 'note' : 'FAIL');
  const cells = rows.map((row) => [
    verdict(row),
    row.name,
    String(row.value),
    row.unit,
    row.reference === null ? '' : String(row.reference),
    row.ratio === null ? '' : `${row.ratio}x`,
    row.budget,
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...cells].map((line) => (line[i] ?? '').length)));
  const numeric = new Set([2, 4, 5]);
  const line = (texts: string[]) =>
    texts
      .map((text, i) => (numeric.has(i) ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [head, ...cells].map(line).join('\n');
}

export const median = (figures: readonly number[]) => percentile(figures, 0.5);

export function percentile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** A stream of numbers in [0, 1) that is the same in every run (mulberry32 by Tommy Ettinger, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
