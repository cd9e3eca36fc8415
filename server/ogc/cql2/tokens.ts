/** The words of CQL2 text (OGC 21-065r2, annex B): names, texts, numbers and signs, each with its place. */
import { Refusal } from '../../platform/refusal.ts';

export interface Token {
  /** `name` is an identifier or a keyword, `quoted` an identifier in double quotes, which is never a keyword. */
  kind: 'name' | 'quoted' | 'text' | 'number' | 'sign' | 'end';
  text: string;
  /** Where it begins, in UTF-16 units from 0. */
  at: number;
}

/** A filter comes in an address, and no address is longer; what is read and evaluated is bounded by it. */
export const LONGEST_FILTER = 8000;

/** @throws {Refusal} always: 400 with the code and the place */
export function refuseFilter(code: string, at: number): never {
  throw new Refusal(400, code, { errors: [{ path: `filter@${at}`, code }] });
}

// Identifiers as the grammar draws them: letters of any script, marks, `_`, `:`, and after the first also digits and `.`.
const NAME = /[\p{L}_:][\p{L}\p{M}\p{Nd}_:.]*/uy;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const SIGN = /<>|<=|>=|[=<>+\-*/%^(),[\]]/y;
const SPACE = /\s+/y;
const TEXT = /'((?:[^']|'')*)'/y;
const QUOTED = /"([^"]+)"/y;

const READERS: [kind: Token['kind'], pattern: RegExp][] = [
  ['text', TEXT],
  ['quoted', QUOTED],
  ['number', NUMBER],
  ['name', NAME],
  ['sign', SIGN],
];

/** Every token in order, then `end`. One pass, each character read once. @throws {Refusal} 400 `invalid_filter`, `filter_too_long` */
export function tokensOf(text: string): Token[] {
  if (text.length > LONGEST_FILTER) refuseFilter('filter_too_long', LONGEST_FILTER);
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  while (at < text.length) {
    const space = match(SPACE);
    if (space) {
      at += space[0].length;
      continue;
    }
    const before = at;
    for (const [kind, pattern] of READERS) {
      const found = match(pattern);
      if (!found) continue;
      tokens.push({ kind, text: kind === 'text' ? found[1]!.replaceAll("''", "'") : (found[1] ?? found[0]), at });
      at += found[0].length;
      break;
    }
    if (at === before) refuseFilter('invalid_filter', at);
  }
  tokens.push({ kind: 'end', text: '', at });
  return tokens;
}
