/** The history of an outbreak in sentences: a code with parameters becomes "12/09: opened because …". Pure. */
import type { HistoryEvent } from '../../../server/outbreaks/contract.ts';
import type { OutbreakWords as Words } from '../../i18n/outbreaks-vi.ts';
import { formatDate } from '../../lib/format.ts';

type Params = HistoryEvent['params'];
type Said = Pick<HistoryEvent, 'code' | 'params'>;

const text = (params: Params, key: string): string => (params[key] == null ? '' : String(params[key]));
const has = (params: Params, ...keys: string[]) => keys.every((key) => params[key] != null);
const shortDate = (date: string): string => formatDate(date).slice(0, 5);

/**
 * What happened, in words. Parameters that this reader may not know are missing: then the sentence says less, never
 * "null". `number` writes a number in the reader's form.
 */
export function sentenceOf(
  { code, params }: Said,
  words: Words,
  number: (value: number, digits?: number) => string,
): string {
  const said = words.history;
  const counted = (key: string) => (typeof params[key] === 'number' ? number(params[key], 1) : text(params, key));
  switch (code) {
    case 'opened-by-pair':
      return has(params, 'meters', 'days')
        ? said['opened-by-pair'](counted('meters'), counted('days'))
        : said['opened-by-pair-hidden'];
    case 'cases-joined':
    case 'cases-left':
      return said[code](counted('count') || '1', counted('cases') || '?');
    case 'split-from':
    case 'merged-into':
    case 'took-in':
      return said[code](text(params, 'number'));
    case 'onset-corrected':
      return has(params, 'from', 'until')
        ? said['onset-corrected'](shortDate(text(params, 'from')), shortDate(text(params, 'until')))
        : said['onset-corrected-plain'];
    case 'rule-switched':
      return said['rule-switched'](text(params, 'ruleId'));
    default:
      return said[code];
  }
}
