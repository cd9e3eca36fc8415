/** Reads tokens one after the other, and counts how deep the reading goes. */
import { refuseFilter, tokensOf, type Token } from './tokens.ts';

/** Brackets within brackets: nobody writes so many, and the stack holds a hundred times more. */
export const DEEPEST_FILTER = 100;

export class Reader {
  readonly #tokens: Token[];
  #next = 0;
  #depth = 0;
  #counted = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  get now(): Token {
    return this.#tokens[this.#next]!;
  }
  get at(): number {
    return this.now.at;
  }

  /** The token that is next, which is then behind; the end stays the end. */
  take(): Token {
    const token = this.now;
    if (token.kind !== 'end') this.#next++;
    return token;
  }

  takeWord(word: string): boolean {
    const { kind, text } = this.now;
    if (kind !== 'name' || text.toLowerCase() !== word) return false;
    this.take();
    return true;
  }
  takeSign(sign: string): boolean {
    const { kind, text } = this.now;
    if (kind !== 'sign' || text !== sign) return false;
    this.take();
    return true;
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) refuseFilter('invalid_filter', this.at);
  }
  expectSign(sign: string): void {
    if (!this.takeSign(sign)) refuseFilter('invalid_filter', this.at);
  }
  expectEnd(): void {
    if (this.now.kind !== 'end') refuseFilter('invalid_filter', this.at);
  }

  /** A number with its sign, as in the coordinates of a geometry. */
  expectNumber(): number {
    const sign = this.takeSign('-') ? -1 : 1;
    if (sign === 1) this.takeSign('+');
    const { kind, text, at } = this.take();
    if (kind !== 'number') refuseFilter('invalid_filter', at);
    return sign * Number(text);
  }

  /** One more step down a chain that is walked later: `1+1+1…` leans to the left as deep as it is long. */
  count(): void {
    this.#counted++;
    if (this.#counted > DEEPEST_FILTER) refuseFilter('filter_too_deep', this.at);
  }

  deeper<T>(read: () => T): T {
    this.#depth++;
    if (this.#depth > DEEPEST_FILTER) refuseFilter('filter_too_deep', this.at);
    const said = read();
    this.#depth--;
    return said;
  }
}
