/** What differs between two versions of a pack, in sentences. */
import { packDifference, type PackDifference } from '../../../geodata/pack-difference.ts';
import type { Bilingual, CriteriaPack } from '../../../geodata/schema.ts';
import { i18n } from '../../i18n/i18n.svelte.ts';
import { formatDate } from '../../lib/format.ts';
import { deskWords } from './words.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const WORDS: Record<string, 'directions' | 'periods' | 'confidences' | 'purposes'> = {
  direction: 'directions',
  period: 'periods',
  confidence: 'confidences',
  purpose: 'purposes',
};

const isText = (value: unknown): value is Bilingual =>
  typeof value === 'object' && value !== null && 'vi' in value && 'en' in value;

/** A value of a pack as a reader reads it; `null` = it is a list or a record, too long for a sentence. */
function valueInWords(field: string, value: unknown): string | null {
  const w = deskWords();
  if (value === null || value === undefined || value === '') return w.unknown;
  if (typeof value === 'boolean') return value ? w.yes : w.no;
  if (typeof value === 'number') return i18n.number(value);
  if (typeof value === 'string')
    return DAY.test(value) ? formatDate(value) : (w[WORDS[field] ?? 'directions'][value] ?? value);
  if (isText(value)) return i18n.pick(value);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return value.length > 0 ? value.join(', ') : w.unknown;
  if (field === 'decree') return (value as { number: string }).number;
  return null;
}

function sentence(one: PackDifference): string {
  const { says, fields } = deskWords();
  const named = ({ id, title }: { id: string; title: Bilingual }) => `${id} ${i18n.pick(title)}`.trim();
  const change = (say: (field: string, before: string, after: string) => string, what: string) => {
    if (!('field' in one)) return '';
    const [before, after] = [valueInWords(one.field, one.before), valueInWords(one.field, one.after)];
    const field = fields[one.field] ?? one.field;
    return before === null || after === null
      ? says.rewritten(what ? `${what}, ${field}` : field)
      : say(field, before, after);
  };
  switch (one.kind) {
    case 'head':
      return change(says.head, '');
    case 'criterion-added':
      return says.criterionAdded(named(one.criterion));
    case 'criterion-removed':
      return says.criterionRemoved(named(one.criterion));
    case 'criterion':
      return change((...args) => says.criterion(one.criterion.id, ...args), one.criterion.id);
    case 'criteria-reordered':
      return says.criteriaReordered;
    case 'indicator-added':
      return says.indicatorAdded(named(one.indicator), one.criterion.id);
    case 'indicator-removed':
      return says.indicatorRemoved(named(one.indicator), one.criterion.id);
    case 'indicator-moved':
      return says.indicatorMoved(named(one.indicator), one.from.id, one.to.id);
    case 'indicators-reordered':
      return says.indicatorsReordered(one.criterion.id);
    case 'indicator':
      return change((...args) => says.indicator(one.indicator.id, ...args), one.indicator.id);
  }
}

/** Every difference from one version to another, one sentence each; empty = they are the same. */
export const differenceInWords = (before: CriteriaPack, after: CriteriaPack): string[] =>
  packDifference(before, after).map(sentence);

/** Where a finding stands, as a reader finds it: `Tiêu chí 2 · 2.1 · Ngưỡng`. */
export function placeInWords(path: string, pack: CriteriaPack | null): string {
  const w = deskWords();
  const [list, c, inner, i, field] = path.split('.');
  const name = (key: string | undefined) => (key && (w.fields[key] ?? key)) || '';
  if (list !== 'criteria' || c === undefined) return [name(list), c, name(inner), name(i)].filter(Boolean).join(' · ');
  const criterion = pack?.criteria[Number(c)];
  const parts = [criterion ? `${criterion.id} ${i18n.pick(criterion.title)}` : c];
  if (inner !== 'indicators') parts.push(name(inner));
  else parts.push(criterion?.indicators[Number(i)]?.id ?? String(i), name(field));
  return parts.filter(Boolean).join(' · ');
}
