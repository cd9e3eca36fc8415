/**
 * CQL2 text (OGC 21-065r2, annex B) to a tree. By descent, one token ahead, each token read once; how deep it may go is
 * bounded, so that no text takes the stack. Whether what was read makes sense is for `bind.ts`.
 */
import {
  arrayOperators,
  spatialOperators,
  temporalOperators,
  type ArithmeticSign,
  type CompareSign,
  type Expression,
} from './expression.ts';
import { Reader } from './reader.ts';
import { refuseFilter } from './tokens.ts';
import { isGeometryName, readGeometry } from './wkt.ts';

const COMPARE_SIGNS = new Set<string>(['=', '<>', '<', '<=', '>', '>=']);

/** @throws {Refusal} 400 `invalid_filter`, `filter_too_long`, `filter_too_deep`, with the place in the text */
export function parseFilter(text: string): Expression {
  const reader = new Reader(text);
  const expression = either(reader);
  reader.expectEnd();
  return expression;
}

/** Parts joined by one word, flat: a row of a thousand `OR` is one level. */
function joined(reader: Reader, word: 'and' | 'or', part: (reader: Reader) => Expression): Expression {
  const { at } = reader;
  const parts = [part(reader)];
  while (reader.takeWord(word)) parts.push(part(reader));
  return parts.length === 1 ? parts[0]! : { op: word, parts, at };
}
const either = (reader: Reader): Expression => joined(reader, 'or', both);
const both = (reader: Reader): Expression => joined(reader, 'and', negation);

function negation(reader: Reader): Expression {
  const { at } = reader;
  if (!reader.takeWord('not')) return predicate(reader);
  return reader.deeper(() => ({ op: 'not', of: negation(reader), at }));
}

function predicate(reader: Reader): Expression {
  const { at } = reader;
  const value = sum(reader);
  const { kind, text } = reader.now;
  if (kind === 'sign' && COMPARE_SIGNS.has(text)) {
    reader.take();
    return { op: 'compare', sign: text as CompareSign, left: value, right: sum(reader), at };
  }
  if (reader.takeWord('is')) {
    const not = reader.takeWord('not');
    reader.expectWord('null');
    return negatedIf(not, { op: 'isNull', of: value, at });
  }
  const not = reader.takeWord('not');
  const found = afterValue(reader, value, at);
  if (!found && not) refuseFilter('invalid_filter', reader.at);
  return found ? negatedIf(not, found) : value;
}

const negatedIf = (not: boolean, of: Expression): Expression => (not ? { op: 'not', of, at: of.at } : of);

function afterValue(reader: Reader, value: Expression, at: number): Expression | null {
  if (reader.takeWord('like')) return { op: 'like', value, pattern: primary(reader), at };
  if (reader.takeWord('between')) {
    const low = sum(reader);
    reader.expectWord('and');
    return { op: 'between', value, low, high: sum(reader), at };
  }
  if (reader.takeWord('in')) return { op: 'in', value, list: inBrackets(reader, '(', ')'), at };
  return null;
}

/** One level of arithmetic, from the left. */
function chain(reader: Reader, signs: readonly string[], part: (reader: Reader) => Expression): Expression {
  const { at } = reader;
  let left = part(reader);
  for (;;) {
    const sign = signs.find((one) => (one === 'div' ? reader.takeWord(one) : reader.takeSign(one)));
    if (!sign) return left;
    left = { op: 'arithmetic', sign: sign as ArithmeticSign, left, right: part(reader), at };
    reader.count();
  }
}
const sum = (reader: Reader): Expression => chain(reader, ['+', '-'], product);
const product = (reader: Reader): Expression => chain(reader, ['*', '/', '%', 'div'], power);

/** `a ^ b ^ c` is `a ^ (b ^ c)`. */
function power(reader: Reader): Expression {
  const { at } = reader;
  const left = signed(reader);
  if (!reader.takeSign('^')) return left;
  return reader.deeper(() => ({ op: 'arithmetic', sign: '^', left, right: power(reader), at }));
}

function signed(reader: Reader): Expression {
  const { at } = reader;
  if (reader.takeSign('+')) return reader.deeper(() => signed(reader));
  if (!reader.takeSign('-')) return primary(reader);
  return reader.deeper(() => {
    const of = signed(reader);
    return of.op === 'literal' && typeof of.value === 'number'
      ? { op: 'literal', value: -of.value, at }
      : { op: 'arithmetic', sign: '-', left: { op: 'literal', value: 0, at }, right: of, at };
  });
}

function inBrackets(reader: Reader, open: '(' | '[', close: ')' | ']'): Expression[] {
  reader.expectSign(open);
  const items: Expression[] = [];
  if (reader.takeSign(close)) return items;
  do items.push(either(reader));
  while (reader.takeSign(','));
  reader.expectSign(close);
  return items;
}

function primary(reader: Reader): Expression {
  const { at } = reader;
  const { kind, text } = reader.now;
  if (kind === 'number') return { op: 'literal', value: Number(reader.take().text), at };
  if (kind === 'text') return { op: 'literal', value: reader.take().text, at };
  if (kind === 'quoted') return { op: 'property', name: reader.take().text, at };
  if (kind === 'name') return named(reader);
  if (text === '(') {
    return reader.deeper(() => {
      reader.take();
      const inner = either(reader);
      reader.expectSign(')');
      return inner;
    });
  }
  if (text === '[') return reader.deeper(() => ({ op: 'list', items: inBrackets(reader, '[', ']'), at }));
  return refuseFilter('invalid_filter', at);
}

const RESERVED = new Set(['and', 'or', 'not', 'is', 'null', 'like', 'between', 'in', 'div']);

function named(reader: Reader): Expression {
  const { at } = reader;
  const name = reader.take().text;
  const word = name.toLowerCase();
  if (word === 'true' || word === 'false') return { op: 'literal', value: word === 'true', at };
  if (isGeometryName(word)) return { op: 'geometry', parts: readGeometry(reader, word), at };
  if (reader.now.text !== '(' || reader.now.kind !== 'sign') {
    if (RESERVED.has(word)) refuseFilter('invalid_filter', at);
    return { op: 'property', name, at };
  }
  return reader.deeper(() => called(reader, name, word, at));
}

const isOneOf = <T extends string>(list: readonly T[], word: string): word is T =>
  (list as readonly string[]).includes(word);

function called(reader: Reader, name: string, word: string, at: number): Expression {
  if (word === 'date' || word === 'timestamp') return { op: 'instant', text: onlyText(reader), at };
  if (word === 'interval') return interval(reader, at);
  const given = inBrackets(reader, '(', ')');
  const [left, right, ...more] = given;
  const two = () => (left && right && more.length === 0 ? { left, right, at } : refuseFilter('invalid_filter', at));
  if (word === 'casei' || word === 'accenti') {
    return left && !right ? { op: word, of: left, at } : refuseFilter('invalid_filter', at);
  }
  if (isOneOf(spatialOperators, word)) return { op: 'spatial', name: word, ...two() };
  if (isOneOf(temporalOperators, word)) return { op: 'temporal', name: word, ...two() };
  if (isOneOf(arrayOperators, word)) return { op: 'array', name: word, ...two() };
  return { op: 'function', name, given, at };
}

function onlyText(reader: Reader): string {
  reader.expectSign('(');
  const { kind, text, at } = reader.take();
  if (kind !== 'text') refuseFilter('invalid_filter', at);
  reader.expectSign(')');
  return text;
}

function interval(reader: Reader, at: number): Expression {
  reader.expectSign('(');
  const from = end(reader);
  reader.expectSign(',');
  const to = end(reader);
  reader.expectSign(')');
  return { op: 'interval', from, to, at };
}

/** An end of an interval: a day or an instant as plain text, `'..'` for open, or a property. */
function end(reader: Reader): Expression | null {
  const one = primary(reader);
  if (one.op !== 'literal' || typeof one.value !== 'string') return one;
  return one.value === '..' ? null : { op: 'instant', text: one.value, at: one.at };
}
