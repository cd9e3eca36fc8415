/**
 * Classes of a number over the wards: where their boundaries lie, by one of four methods. Pure.
 *
 * Every method gives ascending bounds `[b0, b1, … bn]` for n classes; class i is `[b(i), b(i+1))` and the last one is
 * closed, so a value on an inner boundary belongs to the upper class, and every value to exactly one.
 */
import { ckmeans, quantileSorted } from 'simple-statistics';

/** How an indicator is divided, by the word that stands in the address; `states` is not a division of numbers. */
export const classMethods = ['trang-thai', 'deu', 'phan-vi', 'tu-nhien', 'tay'] as const;
export type ClassMethod = (typeof classMethods)[number];
export type NumericMethod = Exclude<ClassMethod, 'trang-thai'>;

export interface Classing {
  method: ClassMethod;
  /** Inner boundaries typed by hand, ascending; for `tay` alone. */
  breaks: number[];
}

export const MOST_CLASSES = 5;

/** `tay:60,75.5` of the address; anything else that is not a method is `null`. Decimal point: it is no word of the screen. */
export function parseClassing(text: string | null): Classing | null {
  const [word = '', list = ''] = (text ?? '').split(':');
  const method = classMethods.find((one) => one === word);
  if (!method) return null;
  if (method !== 'tay') return { method, breaks: [] };
  return { method, breaks: sound(list.split(',').filter(Boolean).map(Number)) };
}

export const formatClassing = ({ method, breaks }: Classing): string =>
  method === 'tay' && breaks.length > 0 ? `tay:${breaks.join(',')}` : method;

/** What may be typed by hand: finite, each once, ascending, at most four (five classes have colours). */
const sound = (breaks: readonly number[]): number[] =>
  ascending(breaks.filter(Number.isFinite)).slice(0, MOST_CLASSES - 1);

/** Inner boundaries as a person types them, `60; 75,5` or `60 75.5`; `null` = something in it is no number. */
export function readBreaks(text: string): number[] | null {
  const parts = text.split(/[;\s]+/).filter(Boolean);
  const numbers = parts.map((part) => Number(part.replace(',', '.')));
  return numbers.every(Number.isFinite) ? sound(numbers) : null;
}

const ascending = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

/**
 * The bounds of the classes of `values`; `[]` without a value, `[v, v]` where all are equal. Quantiles and natural breaks
 * give fewer classes than asked where values repeat: a boundary is never drawn through equal values.
 * @param most at most this many classes, for the methods that count them
 */
export function classBounds(values: readonly number[], { method, breaks }: Classing, most = MOST_CLASSES): number[] {
  if (values.length === 0) return [];
  const known = ascending(values);
  const low = known[0]!;
  const high = known.at(-1)!;
  if (method === 'tay' && breaks.length > 0) {
    // The outer bounds only name the range: hand-made classes are open below and above.
    return [Math.min(low, breaks[0]!), ...breaks, Math.max(high, breaks.at(-1)!)];
  }
  if (low === high) return [low, high];
  if (method === 'tu-nhien') {
    // Ckmeans finds the division with the least squared deviation exactly (Wang & Song 2011); Jenks only seeks it.
    const groups = ckmeans([...values], Math.min(most, known.length));
    return [...ascending(groups.map((group) => group[0]!)), high];
  }
  if (method === 'phan-vi') {
    const sorted = [...values].sort((a, b) => a - b);
    const inner = Array.from({ length: most - 1 }, (_, i) => quantileSorted(sorted, (i + 1) / most));
    return [low, ...ascending(inner).filter((one) => one > low && one <= high), high];
  }
  const width = (high - low) / most;
  return [...Array.from({ length: most }, (_, index) => low + index * width), high];
}

/** The class of a value: the last whose lower bound it reaches. */
export function classIndex(value: number, bounds: readonly number[]): number {
  for (let index = bounds.length - 2; index > 0; index--) if (value >= bounds[index]!) return index;
  return 0;
}

/** The same classes of whole numbers with whole boundaries: x >= 3.4 is x >= 4. */
export function wholeBounds(bounds: readonly number[]): number[] {
  if (bounds.length <= 2) return [...bounds];
  const high = bounds.at(-1)!;
  return [...new Set(bounds.slice(0, -1).map(Math.ceil)), high];
}
