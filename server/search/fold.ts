/**
 * Vietnamese text as a search compares it. The stroke of `đ` is part of the letter, not a combining mark, so NFD
 * leaves it alone and it needs a rule of its own.
 */

const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}]+/u;
/** Grave, acute, tilde, hook above, dot below; the other marks (ă â ê ô ơ ư) make letters of their own. */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/** Lower case, marks stripped, `đ -> d`, everything that is no letter or digit a single space. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/đ/g, 'd')
    .split(BETWEEN_WORDS)
    .filter(Boolean)
    .join(' ');
}

export interface SpelledWord {
  letters: string;
  tone: string;
}

/**
 * The words as they are spelled, the tone apart from the letters: *Thụy* and *Thuỵ* are one word in two schools of
 * typing, and a word that is still being typed has its letters before its tone.
 */
export function spell(text: string): SpelledWord[] {
  return text
    .normalize('NFD')
    .toLowerCase()
    .split(BETWEEN_WORDS)
    .filter(Boolean)
    .map((word) => ({ letters: word.replace(TONES, ''), tone: (word.match(TONES) ?? []).join('') }));
}
