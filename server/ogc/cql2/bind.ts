/**
 * A filter bound to a layer: every property is one of its own, every comparison one of like with like. What comes out
 * is a function of a feature, in the three values of SQL and CQL2: whatever is said of nothing is unknown, and a feature
 * is asked for only where the whole is true.
 */
import { dayOf, type Interval } from '../datetime.ts';
import { isPlain, propertyOf, type Feature } from '../feature.ts';
import type { ArithmeticSign, CompareSign, Expression, PlainGeometry, PropertyKind } from './expression.ts';
import { foldAccents, foldCase, likePattern } from './like.ts';
import { shapeOf, spatialRelations, type Shape } from './spatial.ts';
import { temporalRelations } from './temporal.ts';
import { refuseFilter } from './tokens.ts';

type Kind = PropertyKind | 'interval' | 'geometry';
type Value = string | number | boolean | Interval | Shape | null;
type Bound<T extends Value = Value> = { kind: Kind; at: number; of: (feature: Feature) => T | null };

export interface Binding {
  /** The properties that may be asked for. */
  kinds: ReadonlyMap<string, PropertyKind>;
  /** A geometry of the filter, in the system it was written in, to degrees. */
  inDegrees: (geometry: PlainGeometry) => PlainGeometry;
}

const isLike = (a: Kind, b: Kind): boolean =>
  a === b || a === 'any' || b === 'any' || [a, b].every((kind) => kind === 'day' || kind === 'text');

const constant = <T extends Value>(kind: Kind, value: T, at: number): Bound<T> => ({ kind, at, of: () => value });

/** `null` where any part is unknown. */
const ofBoth =
  <A extends Value, B extends Value, R extends Value>(a: Bound<A>, b: Bound<B>, say: (a: A, b: B) => R | null) =>
  (feature: Feature): R | null => {
    const left = a.of(feature);
    const right = b.of(feature);
    return left === null || right === null ? null : say(left, right);
  };

const comparisons: Record<CompareSign, (a: string | number | boolean, b: string | number | boolean) => boolean> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** What no number comes of (a division by nothing) is unknown. */
const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
const sums: Record<ArithmeticSign, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  div: (a, b) => Math.trunc(a / b),
  '^': (a, b) => a ** b,
};

class Binder {
  readonly #kinds: Binding['kinds'];
  readonly #inDegrees: Binding['inDegrees'];

  constructor({ kinds, inDegrees }: Binding) {
    this.#kinds = kinds;
    this.#inDegrees = inDegrees;
  }

  bind(expression: Expression): Bound {
    const { at } = expression;
    switch (expression.op) {
      case 'and':
      case 'or':
        return { kind: 'boolean', at, of: this.#joined(expression.op, expression.parts) };
      case 'not': {
        const part = this.#truth(expression.of);
        return { kind: 'boolean', at, of: (feature) => negated(part.of(feature)) };
      }
      case 'compare':
        return { kind: 'boolean', at, of: this.#compared(expression.sign, expression.left, expression.right) };
      case 'between': {
        const above = this.#compared('>=', expression.value, expression.low);
        const below = this.#compared('<=', expression.value, expression.high);
        return { kind: 'boolean', at, of: (feature) => allOf([above(feature), below(feature)]) };
      }
      case 'in': {
        const each = expression.list.map((one) => this.#compared('=', expression.value, one));
        return { kind: 'boolean', at, of: (feature) => anyOf(each.map((is) => is(feature))) };
      }
      case 'like':
        return { kind: 'boolean', at, of: this.#like(expression.value, expression.pattern) };
      case 'isNull': {
        const part = this.bind(expression.of);
        return { kind: 'boolean', at, of: (feature) => part.of(feature) === null };
      }
      case 'spatial': {
        const relation = spatialRelations[expression.name] ?? refuseFilter('filter_unsupported', at);
        return {
          kind: 'boolean',
          at,
          of: ofBoth(this.#shape(expression.left), this.#shape(expression.right), relation),
        };
      }
      case 'temporal': {
        const relation = temporalRelations[expression.name];
        return { kind: 'boolean', at, of: ofBoth(this.#time(expression.left), this.#time(expression.right), relation) };
      }
      case 'arithmetic': {
        const sum = sums[expression.sign];
        const [left, right] = [this.#number(expression.left), this.#number(expression.right)];
        return { kind: 'number', at, of: ofBoth(left, right, (a, b) => known(sum(a, b))) };
      }
      case 'casei':
      case 'accenti': {
        const fold = expression.op === 'casei' ? foldCase : foldAccents;
        const part = this.#text(expression.of);
        return {
          kind: 'text',
          at,
          of: (feature) => {
            const text = part.of(feature);
            return text === null ? null : fold(text);
          },
        };
      }
      case 'property':
        return this.#property(expression.name, at);
      case 'literal':
        return constant(literalKind(expression.value), expression.value, at);
      case 'instant':
        return constant('day', dayOf(expression.text) ?? refuseFilter('invalid_filter', at), at);
      case 'interval':
        return this.#interval(expression.from, expression.to, at);
      case 'geometry':
        return constant('geometry', shapeOf(expression.parts.map((part) => this.#inDegrees(part))), at);
      case 'array':
      case 'list':
      case 'function':
        return refuseFilter('filter_unsupported', at);
    }
  }

  /** @throws {Refusal} 400 `filter_types_differ` */
  #demand<T extends Value>(expression: Expression, ...kinds: Kind[]): Bound<T> {
    const bound = this.bind(expression);
    if (bound.kind !== 'any' && !kinds.includes(bound.kind)) refuseFilter('filter_types_differ', expression.at);
    return bound as Bound<T>;
  }
  #truth = (expression: Expression) => ofType<boolean>(this.#demand(expression, 'boolean'), 'boolean');
  #number = (expression: Expression) => ofType<number>(this.#demand(expression, 'number'), 'number');
  #text = (expression: Expression) => ofType<string>(this.#demand(expression, 'text', 'day'), 'string');
  #shape = (expression: Expression) => this.#demand<Shape>(expression, 'geometry');

  #time(expression: Expression): Bound<Interval> {
    const bound = this.#demand<Interval | string>(expression, 'day', 'interval');
    return {
      ...bound,
      of: (feature) => {
        const value = bound.of(feature);
        if (typeof value !== 'string') return value;
        const day = dayOf(value);
        return day === undefined ? null : { from: day, to: day };
      },
    };
  }

  #joined(op: 'and' | 'or', parts: readonly Expression[]) {
    const bound = parts.map((part) => this.#truth(part));
    const join = op === 'and' ? allOf : anyOf;
    return (feature: Feature) => join(bound.map((part) => part.of(feature)));
  }

  #compared(sign: CompareSign, one: Expression, other: Expression) {
    const [left, right] = [this.bind(one), this.bind(other)];
    const plain = [left, right].every(({ kind }) => kind !== 'interval' && kind !== 'geometry');
    if (!plain || !isLike(left.kind, right.kind)) refuseFilter('filter_types_differ', other.at);
    const say = comparisons[sign];
    return ofBoth(left as Bound<string>, right as Bound<string>, (a, b) => (typeof a === typeof b ? say(a, b) : null));
  }

  #like(value: Expression, pattern: Expression) {
    const text = this.#text(value);
    // The pattern is written, not read from a feature: it is made ready once.
    const written = this.#text(pattern);
    let inner = pattern;
    while (inner.op === 'casei' || inner.op === 'accenti') inner = inner.of;
    if (inner.op !== 'literal') refuseFilter('invalid_filter', pattern.at);
    const matches = likePattern(written.of(NOTHING)!);
    return (feature: Feature) => {
      const said = text.of(feature);
      return said === null ? null : matches(said);
    };
  }

  #property(name: string, at: number): Bound {
    if (name === 'geometry') {
      return { kind: 'geometry', at, of: ({ geometry }) => (geometry ? shapeOf([geometry]) : null) };
    }
    const kind = this.#kinds.get(name) ?? refuseFilter('unknown_property', at);
    return { kind, at, of: (feature) => plainOrNull(propertyOf(feature, name)) };
  }

  #interval(from: Expression | null, to: Expression | null, at: number): Bound<Interval> {
    const ends = [from, to].map((end) => end && this.#demand<string>(end, 'day'));
    const [begin, finish] = ends as [Bound<string> | null, Bound<string> | null];
    return {
      ...{ kind: 'interval', at },
      of: (feature) => {
        const [first, last] = [begin && begin.of(feature), finish && finish.of(feature)];
        if ((begin && first === null) || (finish && last === null)) return null;
        return { from: first as Interval['from'], to: last as Interval['to'] };
      },
    };
  }
}

/** A pattern says the same of every feature. */
const NOTHING = {
  type: 'Feature',
  id: '',
  geometry: { type: 'Point', coordinates: [0, 0] },
  properties: {},
} as Feature;

const literalKind = (value: string | number | boolean): Kind =>
  typeof value === 'string' ? 'text' : (typeof value as 'number' | 'boolean');
const plainOrNull = (value: unknown) => (isPlain(value) ? value : null);

/** Of a property that is not always the same, what is of another type is unknown. */
const ofType = <T extends Value>(bound: Bound, type: string): Bound<T> => ({
  ...bound,
  of: (feature) => {
    const value = bound.of(feature);
    return typeof value === type ? (value as T) : null;
  },
});

type Truth = boolean | null;
const negated = (truth: Truth): Truth => (truth === null ? null : !truth);
const allOf = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(null) ? null : true;
const anyOf = (truths: readonly Truth[]): Truth =>
  truths.includes(true) ? true : truths.includes(null) ? null : false;

/**
 * @throws {Refusal} 400 `unknown_property`, `filter_types_differ`, `filter_unsupported` (functions, arrays, and the
 * spatial relations that are not offered), `invalid_filter` (a date that does not exist, a filter that is no yes or no)
 */
export function bindFilter(expression: Expression, binding: Binding): (feature: Feature) => boolean {
  const bound = new Binder(binding).bind(expression);
  if (bound.kind !== 'boolean' && bound.kind !== 'any') refuseFilter('invalid_filter', expression.at);
  return (feature) => bound.of(feature) === true;
}
