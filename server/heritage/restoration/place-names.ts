/** Names and addresses of places of worship as ward lists spell them, brought to one form for comparing. Pure. */
import { fold } from '../../search/fold.ts';

/** What a name says the place is; synonyms and the Sino-Vietnamese words behind a name (*Linh Sơn tự*) are one. */
const KINDS: Readonly<Record<string, string>> = {
  dinh: 'dinh',
  chua: 'chua',
  tu: 'chua',
  den: 'den',
  mieu: 'mieu',
  phu: 'phu',
  am: 'am',
  nha: 'nha',
  mo: 'mo',
  lang: 'mo',
  truong: 'truong',
};
/** Before the name only: *đình làng Yên Phụ*, *đền thờ …*, *di tích chùa …*, *cụm di tích …*. */
const FILLERS = new Set(['di', 'tich', 'cum', 'quan', 'the', 'khu', 'thon', 'xom', 'tho', 'co', 'ngoi']);
/** Short forms of the first word: *Đ. Yên Phụ*, *Ch. Kim Liên*. `Đ.` may be đình or đền: both stand for it. */
const SHORT: Readonly<Record<string, string>> = {
  ch: 'chua',
  c: 'chua',
  d: 'dinh|den',
  m: 'mieu',
  p: 'phu',
  a: 'am',
  dt: '',
};

export interface PlaceName {
  /** `null` = the name does not say; `dinh|den` = one of the two. */
  kind: string | null;
  /** The name itself, word by word. */
  words: readonly string[];
}

/** *Thuỵ* and *Thụy*, *Quý* and *Quí*, *Mỹ* and *Mĩ* are one word: a `y` that ends a word behind a consonant or `u` is `i`. */
const oneSpelling = (word: string): string => word.replace(/([^aeo])y$/, '$1i');

/** The kind of a place and the words of its name, without marks, fillers and short forms. */
export function readName(text: string): PlaceName {
  // What stands in brackets explains: "Đền Thăng Long (Mẫu)".
  let words = fold(text.replace(/\([^)]*\)/g, ' '))
    .split(' ')
    .filter(Boolean);
  const dotted = /^\s*[^\s.]{1,2}\./.test(text);
  while (words.length > 1 && FILLERS.has(words[0]!)) words = words.slice(1);
  let kind: string | null = null;
  const [first = ''] = words;
  if (words.length > 1 && dotted && first in SHORT) {
    kind = SHORT[first] || null;
    words = words.slice(1);
  }
  const [next = '', ...rest] = words;
  if (kind === null && rest.length > 0 && next in KINDS && next !== 'tu' && next !== 'lang') {
    kind = KINDS[next]!;
    words = rest;
  } else if (words.length > 2 && ['tu', 'dinh', 'mieu', 'den'].includes(words.at(-1)!)) {
    kind ??= KINDS[words.at(-1)!]!;
    words = words.slice(0, -1);
  }
  while (words.length > 2 && (FILLERS.has(words[0]!) || words[0] === 'lang')) words = words.slice(1);
  return { kind, words: words.map(oneSpelling) };
}

/** Kinds that lists mix up: a shrine is called đền, miếu, phủ or am by different hands. */
const SHRINES = new Set(['den', 'mieu', 'phu', 'am']);
export const kindsAgree = (a: string | null, b: string | null): boolean =>
  a === null ||
  b === null ||
  a.split('|').some((one) => b.split('|').some((other) => one === other || (SHRINES.has(one) && SHRINES.has(other))));

/** Letters to put in, leave out, change or swap to make one word of the other (optimal string alignment), at most 3. */
export function slips(a: string, b: string): number {
  const MOST = 3;
  if (Math.abs(a.length - b.length) >= MOST) return MOST;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(row[j - 1]! + 1, above[j]! + 1, above[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    before = above;
    above = row;
  }
  return Math.min(MOST, above[b.length]!);
}

/**
 * Whether one name may be the other with one slip of the keyboard in it: one letter more, less, changed, or two swapped.
 * A word's first letter is rarely mistyped and often all that tells two villages apart (Quán La, Xuân La), so it must
 * stand, unless it was swapped with the second; and words of two letters are too short to tell a slip from another name.
 */
export function isSlip(a: readonly string[], b: readonly string[]): boolean {
  const [one, other] = [a.join(''), b.join('')];
  if (one === other) return true;
  if (a.length !== b.length) return Math.min(one.length, other.length) >= 6 && slips(one, other) === 1;
  const different = a.flatMap((word, i) => (word === b[i] ? [] : [[word, b[i]!] as const]));
  if (different.length !== 1) return false;
  const [word, typed] = different[0]!;
  if (Math.max(word.length, typed.length) < 3 || slips(word, typed) !== 1) return false;
  return word[0] === typed[0] || (word[0] === typed[1] && word[1] === typed[0]);
}

const WAYS: Readonly<Record<string, string>> = {
  ng: 'ngo',
  ngh: 'ngach',
  hem: 'ngo',
  so: '',
  sn: '',
  duong: '',
  pho: '',
  d: '',
  k: 'km',
};

/** House number, lane and street in one form; `null` where no number stands, since a street alone is no address. */
export function readAddress(text: string): string | null {
  // Ward, district and city follow the street.
  const street = text.split(/[,;(]|\bP\.|\bphường\b|\bQ\.|\bquận\b/i)[0] ?? '';
  const words = fold(street)
    .split(' ')
    .map((word) => WAYS[word] ?? word)
    .filter(Boolean)
    .map(oneSpelling);
  return words.some((word) => /^\d/.test(word)) && words.some((word) => /^[a-z]{2}/.test(word))
    ? words.join(' ')
    : null;
}
