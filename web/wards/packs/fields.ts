/** What a pack is made of, field by field: one list for the forms, the tables and the sentences. Pure. */
import type { Bilingual, CriteriaPack, IndicatorPack } from '../../../geodata/schema.ts';
import { packPurposes, titleSteps } from '../../../geodata/vocabulary.ts';

export type FieldKind = 'text' | 'both' | 'number' | 'day' | 'choice' | 'flag' | 'ids';
export interface FieldSpec {
  key: string;
  kind: FieldKind;
  /** May be left empty: then it is unknown. */
  optional?: boolean;
  /** Of a choice. */
  options?: readonly string[];
  /** Under which words the options stand; without it they are shown as they are. */
  words?: 'directions' | 'periods' | 'confidences' | 'purposes';
  /** The word it stands under, where it is not its own key. */
  label?: string;
}

const source: FieldSpec = { key: 'source', kind: 'text' };
const confidence: FieldSpec = {
  key: 'confidence',
  kind: 'choice',
  options: ['high', 'medium', 'low'],
  words: 'confidences',
};
const title: FieldSpec = { key: 'title', kind: 'both' };
const unit: FieldSpec = { key: 'unit', kind: 'text', optional: true };
const target: FieldSpec = { key: 'target', kind: 'number', optional: true };

export const indicatorMain: readonly FieldSpec[] = [
  { key: 'id', kind: 'text' },
  title,
  unit,
  { key: 'direction', kind: 'choice', optional: true, options: ['at-least', 'at-most'], words: 'directions' },
  target,
  { key: 'nearMargin', kind: 'number', optional: true },
  source,
];
export const indicatorMore: readonly FieldSpec[] = [
  { key: 'placeholder', kind: 'flag' },
  confidence,
  { key: 'period', kind: 'choice', optional: true, options: ['month', 'quarter', 'half-year', 'year'], words: 'periods' }, // prettier-ignore
  { key: 'evidenceMonths', kind: 'number', optional: true },
  { key: 'howMeasured', kind: 'both', optional: true },
  { key: 'responsibleUnit', kind: 'both', optional: true },
  { key: 'evidenceNeeded', kind: 'both', optional: true },
];
export const criterionFields: readonly FieldSpec[] = [
  { key: 'number', kind: 'number' },
  { key: 'id', kind: 'text' },
  { key: 'letter', kind: 'text' },
  title,
  { key: 'requires', kind: 'ids' },
  source,
  confidence,
];
export const decreeFields: readonly FieldSpec[] = [
  { key: 'number', kind: 'text', label: 'decreeNumber' },
  { key: 'issuedOn', kind: 'day' },
  { key: 'inForceOn', kind: 'day' },
  source,
];
export const countFields: readonly FieldSpec[] = [{ key: 'stated', kind: 'number' }, source];
export const headFields: readonly FieldSpec[] = [title, { key: 'validTo', kind: 'day', optional: true }];
export const purposeField: FieldSpec = { key: 'purpose', kind: 'choice', options: packPurposes, words: 'purposes' };
export const illustrationField: FieldSpec = { key: 'illustration', kind: 'flag' };

/** The lists beside the criteria: what a line of each holds, and an empty one. */
export const lists = {
  conditions: {
    fields: [{ key: 'id', kind: 'text' }, title, target, unit, source, confidence] as FieldSpec[],
    blank: (at: number) => ({
      id: `C${at + 1}`,
      title: none(),
      target: null,
      unit: null,
      source: '',
      confidence: 'low',
    }),
  },
  procedure: {
    fields: [
      { key: 'step', kind: 'number' },
      title,
      { key: 'actor', kind: 'both' },
      { key: 'deadline', kind: 'both', optional: true },
      source,
      confidence,
    ] as FieldSpec[],
    blank: (at: number) => ({
      ...{ step: at + 1, title: none(), actor: none(), deadline: null, source: '', confidence: 'low' },
    }),
  },
  titleSteps: {
    fields: [{ key: 'id', kind: 'choice', options: titleSteps }, title] as FieldSpec[],
    blank: (at: number) => ({ id: titleSteps[at % titleSteps.length]!, title: none() }),
  },
  notes: {
    fields: [{ key: 'id', kind: 'text' }, title, source, confidence] as FieldSpec[],
    blank: (at: number) => ({ id: `N${at + 1}`, title: none(), source: '', confidence: 'low' }),
  },
} as const;
export type ListName = keyof typeof lists;

function none(): Bilingual {
  return { vi: '', en: '' };
}

export const blankIndicator = (id: string): IndicatorPack => ({
  ...{ id, title: none(), unit: null, direction: null, target: null, nearMargin: null },
  ...{ placeholder: false, source: '', confidence: 'low' },
});

export const blankCriterion = (number: number): CriteriaPack['criteria'][number] => ({
  ...{ id: String(number), number, letter: '', title: none(), source: '', confidence: 'low' },
  indicators: [],
});

export const blankPack = (id: string, vi: string, validFrom: string): CriteriaPack => ({
  ...{ id, title: { vi, en: vi }, purpose: 'district', decree: null, validFrom, validTo: null, demo: false },
  ...{ indicatorCount: null, conditions: [], procedure: [], titleSteps: [], criteria: [] },
});

/** A name with one half changed. The English one follows the Vietnamese until somebody writes it; both empty = unknown. */
export function withHalf(
  before: Bilingual | null,
  half: 'vi' | 'en',
  text: string,
  optional: boolean,
): Bilingual | null {
  const was = before ?? none();
  const follows = half === 'vi' && (was.en === '' || was.en === was.vi);
  const after = { ...was, [half]: text, ...(follows && { en: text }) };
  return optional && after.vi.trim() === '' && after.en.trim() === '' ? null : after;
}

/** `1, 3` -> `['1', '3']`. */
export const idsOf = (text: string): string[] => text.split(/[,;\s]+/).filter((id) => id !== '');
