/** The lines of a pack as a spreadsheet holds them: taken out, read back with each fault by row and column. Pure. */
import { parseNumber } from '../../../geodata/number.ts';
import type { Bilingual, CriteriaPack, IndicatorPack } from '../../../geodata/schema.ts';
import { blankIndicator } from './fields.ts';

export const pasteColumns = [
  'criterion',
  'id',
  'vi',
  'unit',
  'direction',
  'target',
  'nearMargin',
  'period',
  'howMeasured',
  'responsibleUnit',
  'evidenceNeeded',
  'evidenceMonths',
  'source',
  'confidence',
  'placeholder',
  'en',
] as const;
export type PasteColumn = (typeof pasteColumns)[number];

export interface PasteFault {
  row: number;
  column: PasteColumn;
  /** A refusal of the contract, so that it has words. */
  code: string;
  said: string;
}
export interface PastedLine {
  criterion: string;
  indicator: IndicatorPack;
}
/** The reader's words for what is chosen from a list, by id. */
export interface PasteWords {
  directions: Record<string, string>;
  periods: Record<string, string>;
  confidences: Record<string, string>;
}

/** A cell of a spreadsheet holds no tab and no line end. */
const cell = (text: string): string => text.replace(/\s+/g, ' ').trim();

const chosen = (
  said: string,
  words: Record<string, string>,
  signs: Record<string, string> = {},
): string | undefined => {
  const wanted = said.toLocaleLowerCase('vi');
  return signs[said] ?? Object.keys(words).find((id) => id === wanted || words[id]!.toLocaleLowerCase('vi') === wanted);
};
const DIRECTION_SIGNS = { '≥': 'at-least', '>=': 'at-least', '≤': 'at-most', '<=': 'at-most' };

/** Every line of a pack, as it will be read back. */
export function pasteRows(pack: CriteriaPack, words: PasteWords): string {
  const said = (text: Bilingual | null | undefined) => (text ? cell(text.vi) : '');
  const number = (value: number | null | undefined) => (value == null ? '' : String(value).replace('.', ','));
  return pack.criteria
    .flatMap((criterion) =>
      criterion.indicators.map((one) =>
        [
          criterion.id,
          one.id,
          cell(one.title.vi),
          one.unit ?? '',
          one.direction === null ? '' : one.direction === 'at-least' ? '≥' : '≤',
          number(one.target),
          number(one.nearMargin),
          one.period ? words.periods[one.period]! : '',
          ...[said(one.howMeasured), said(one.responsibleUnit), said(one.evidenceNeeded)],
          number(one.evidenceMonths),
          cell(one.source),
          words.confidences[one.confidence]!,
          one.placeholder ? 'x' : '',
          cell(one.title.en),
        ].join('\t'),
      ),
    )
    .join('\n');
}

/**
 * Reads pasted lines against a pack. A line of headings is passed over; a line with a fault gives no indicator. What
 * the columns do not hold of an indicator that is there already (its English texts) is kept.
 */
export function readPaste(
  text: string,
  pack: CriteriaPack,
  words: PasteWords,
): { lines: PastedLine[]; faults: PasteFault[]; rows: number } {
  const faults: PasteFault[] = [];
  const lines: PastedLine[] = [];
  const seen = new Set<string>();
  const known = new Map(pack.criteria.flatMap(({ indicators }) => indicators.map((one) => [one.id, one])));
  const criteria = new Set(pack.criteria.map(({ id }) => id));
  const rows = text.split(/\r?\n/).map((line) => line.split('\t').map(cell));
  rows.forEach((cells, index) => {
    if (cells.every((one) => one === '')) return;
    if (index === 0 && !criteria.has(cells[0] ?? '') && parseNumber(cells[0] ?? '') === null) return;
    const own: PasteFault[] = [];
    const at = (column: PasteColumn) => cells[pasteColumns.indexOf(column)] ?? '';
    const fault = (column: PasteColumn, code: string) =>
      void own.push({ row: index + 1, column, code, said: at(column) });
    const indicator = readLine(at, fault, known, words);
    if (!criteria.has(at('criterion'))) fault('criterion', 'pack_unknown_criterion');
    if (seen.has(indicator.id)) fault('id', 'pack_duplicate_id');
    seen.add(indicator.id);
    faults.push(...own);
    if (own.length === 0) lines.push({ criterion: at('criterion'), indicator });
  });
  return { lines, faults, rows: rows.filter((cells) => cells.some((one) => one !== '')).length };
}

function readLine(
  at: (column: PasteColumn) => string,
  fault: (column: PasteColumn, code: string) => void,
  known: ReadonlyMap<string, IndicatorPack>,
  words: PasteWords,
): IndicatorPack {
  const before = known.get(at('id')) ?? blankIndicator(at('id'));
  const number = (column: PasteColumn): number | null => {
    const value = at(column) === '' ? null : parseNumber(at(column));
    if (value === null && at(column) !== '') fault(column, 'not_a_number');
    return value;
  };
  const choice = (column: PasteColumn, list: Record<string, string>, signs?: Record<string, string>) => {
    if (at(column) === '') return null;
    const found = chosen(at(column), list, signs);
    if (!found) fault(column, 'pack_field_wrong');
    return found ?? null;
  };
  const both = (column: 'howMeasured' | 'responsibleUnit' | 'evidenceNeeded'): Bilingual | null => {
    const vi = at(column);
    const was = before[column] ?? null;
    if (vi === '') return null;
    return was && cell(was.vi) === vi ? was : { vi, en: vi };
  };
  if (at('id') === '') fault('id', 'pack_id_wrong');
  if (at('vi') === '') fault('vi', 'pack_title_missing');
  const months = number('evidenceMonths');
  if (months !== null && !(Number.isInteger(months) && months >= 1 && months <= 600))
    fault('evidenceMonths', 'pack_field_wrong');
  return {
    ...before,
    title: { vi: at('vi'), en: at('en') || at('vi') },
    unit: at('unit') || null,
    direction: choice('direction', words.directions, DIRECTION_SIGNS) as IndicatorPack['direction'],
    target: number('target'),
    nearMargin: number('nearMargin'),
    period: choice('period', words.periods) as IndicatorPack['period'],
    howMeasured: both('howMeasured'),
    responsibleUnit: both('responsibleUnit'),
    evidenceNeeded: both('evidenceNeeded'),
    evidenceMonths: months,
    source: at('source'),
    confidence: (choice('confidence', words.confidences) ?? 'low') as IndicatorPack['confidence'],
    placeholder: at('placeholder') !== '',
  };
}

/** The pack with the pasted lines in the place of the indicators of the criteria they name. */
export function withPasted(pack: CriteriaPack, lines: readonly PastedLine[]): CriteriaPack {
  const named = new Set(lines.map(({ criterion }) => criterion));
  return {
    ...pack,
    criteria: pack.criteria.map((criterion) =>
      named.has(criterion.id)
        ? {
            ...criterion,
            indicators: lines.filter((line) => line.criterion === criterion.id).map(({ indicator }) => indicator),
          }
        : criterion,
    ),
  };
}
