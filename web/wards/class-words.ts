/** Classes of a number in words: their names, and the rule that stands in the legend. Pure. */
import type { ColouringWords } from '../i18n/colouring-vi.ts';
import { formatNumber, type Lang } from '../lib/format.ts';
import type { Classing } from './classes.ts';

interface Speech {
  lang: Lang;
  says: ColouringWords;
}

/** The name of a class by its bounds; classes made by hand are open below and above. */
export function classLabel(
  { lang, says }: Speech,
  bounds: readonly number[],
  index: number,
  { open, counted }: { open: boolean; counted: boolean },
): string {
  const number = (value: number) => formatNumber(value, lang, 1);
  const [low, high] = [bounds[index]!, bounds[index + 1]!];
  const last = index === bounds.length - 2;
  if (open && bounds.length > 2 && index === 0) return says.below(number(high));
  if (open && bounds.length > 2 && last) return says.from(number(low));
  if (low === high || (counted && !last && high - low === 1)) return number(low);
  if (last) return says.upTo(number(low), number(high));
  return counted ? says.upTo(number(low), number(high - 1)) : says.between(number(low), number(high));
}

/** How the classes were made, and which of them a value on a boundary belongs to. */
export function ruleOf(says: ColouringWords, { method, breaks }: Classing, bounds: readonly number[]): string {
  const rule =
    method === 'trang-thai'
      ? says.rules[method]
      : method !== 'tay'
        ? says.rules[method](bounds.length - 1)
        : breaks.length > 0
          ? says.rules.tay
          : says.breaksNone;
  return `${rule} ${says.onBoundary}`;
}
