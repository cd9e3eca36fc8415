import type { Bilingual } from '../../geodata/schema.ts';
import { formatNumber, type Lang } from '../lib/format.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

export type Words = typeof vi;

const catalogues: Record<Lang, Words> = { vi, en };
const KEY = 'atlas.lang';

/** The reader's language: Vietnamese until they choose otherwise. */
class I18n {
  #lang = $state<Lang>(localStorage.getItem(KEY) === 'en' ? 'en' : 'vi');

  get lang(): Lang {
    return this.#lang;
  }

  set lang(lang: Lang) {
    this.#lang = lang;
    localStorage.setItem(KEY, lang);
    document.documentElement.lang = lang;
  }

  get words(): Words {
    return catalogues[this.#lang];
  }

  /** The half of a bilingual text that the reader reads. */
  pick(text: Bilingual): string {
    return text[this.#lang];
  }

  number(value: number, digits?: number): string {
    return formatNumber(value, this.#lang, digits);
  }

  /** `850 m`, `1,2 km`. */
  meters(value: number): string {
    return value < 1000 ? `${this.number(value, 0)} m` : `${this.number(value / 1000, 1)} km`;
  }

  /** A source as written; the one that says "invented" is said in the reader's language. */
  source(text: string): string {
    return text === vi.state.demo ? this.words.state.demo : text;
  }

  /** `97,1%`, `12 m²/người`; an en dash where there is no number. */
  quantity(value: number | null, unit: string | null): string {
    if (value === null) return '–';
    const units = this.words.units as Record<string, string>;
    const said = unit === null ? '' : unit === '%' ? '%' : ` ${units[unit] ?? unit}`;
    return `${this.number(value)}${said}`;
  }

  /** Words for a refusal code; a code without words is a fault of ours that the conformance test finds. */
  refusal(code: string): string {
    const known = this.words.refusals as Record<string, string>;
    return known[code] ?? this.words.refusals.internal;
  }
}

export const i18n = new I18n();
document.documentElement.lang = i18n.lang;
