import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPlaces } from '../../../geodata/load.ts';
import type { CriteriaPack } from '../../../geodata/schema.ts';
import { packDeskEn } from '../../../web/i18n/pack-desk-en.ts';
import { packDeskVi } from '../../../web/i18n/pack-desk-vi.ts';
import { idsOf, withHalf } from '../../../web/wards/packs/fields.ts';
import { pasteColumns, pasteRows, readPaste, withPasted, type PasteColumn } from '../../../web/wards/packs/paste.ts';

const shipped = loadPlaces().criteriaPacks[0]!;
const line = (cells: Partial<Record<PasteColumn, string>>) =>
  pasteColumns
    .map((column) => ({ criterion: '1', id: '1.1', vi: 'Một', source: 'x', ...cells })[column] ?? '')
    .join('\t');
const read = (...rows: string[]) => readPaste(rows.join('\n'), shipped, packDeskVi);

describe('lines of a pack in a spreadsheet', () => {
  it.each([
    ['Vietnamese', packDeskVi],
    ['English', packDeskEn],
  ])('come back as they went out, in %s', (_, words) => {
    const pack: CriteriaPack = structuredClone(shipped);
    Object.assign(pack.criteria[0]!.indicators[0]!, {
      ...{ unit: '%', direction: 'at-least', target: 95.5, nearMargin: 2, period: 'half-year', evidenceMonths: 12 },
      ...{ howMeasured: { vi: 'Đếm', en: 'Count' }, placeholder: false, confidence: 'high' },
    });
    const { lines, faults } = readPaste(pasteRows(pack, words), pack, words);
    expect(faults).toEqual([]);
    const unknown = {
      period: null,
      howMeasured: null,
      responsibleUnit: null,
      evidenceNeeded: null,
      evidenceMonths: null,
    };
    expect(withPasted(pack, lines).criteria).toEqual(
      pack.criteria.map((criterion) => ({
        ...criterion,
        indicators: criterion.indicators.map((one) => ({ ...unknown, ...one })),
      })),
    );
  });

  it('pass over a line of headings and empty lines', () => {
    const headings = pasteColumns.map((column) => packDeskVi.columns[column]).join('\t');
    expect(read(headings, line({}), '', '\t\t')).toMatchObject({ rows: 2, lines: [{ criterion: '1' }], faults: [] });
  });

  it.each<[Partial<Record<PasteColumn, string>>, PasteColumn, string]>([
    [{ criterion: '99' }, 'criterion', 'pack_unknown_criterion'],
    [{ id: '' }, 'id', 'pack_id_wrong'],
    [{ vi: '' }, 'vi', 'pack_title_missing'],
    [{ target: 'chín mươi' }, 'target', 'not_a_number'],
    [{ direction: 'khoảng' }, 'direction', 'pack_field_wrong'],
    [{ period: 'thế kỷ' }, 'period', 'pack_field_wrong'],
    [{ evidenceMonths: '0,5' }, 'evidenceMonths', 'pack_field_wrong'],
  ])('with %j name their fault by row and column, and give no indicator', (cells, column, code) => {
    expect(read(line({ id: '1.9' }), line(cells))).toMatchObject({
      faults: [{ row: 2, column, code }],
      lines: [{ indicator: { id: '1.9' } }],
    });
  });

  it('with an id twice are told so once', () => {
    expect(read(line({}), line({})).faults).toMatchObject([{ row: 2, column: 'id', code: 'pack_duplicate_id' }]);
  });

  it('read decimals with a comma and every sign of a direction', () => {
    const { lines } = read(line({ direction: '≤', target: '1.234,5' }), line({ id: '1.2', direction: 'Ít nhất' }));
    expect(lines.map(({ indicator: { direction, target } }) => [direction, target])).toEqual([
      ['at-most', 1234.5],
      ['at-least', null],
    ]);
  });

  it('replace the indicators of the criteria they name, and of no other', () => {
    const after = withPasted(shipped, read(line({ id: '1.1' }), line({ id: '1.2' })).lines);
    expect(after.criteria[0]!.indicators.map(({ id }) => id)).toEqual(['1.1', '1.2']);
    expect(after.criteria.slice(1)).toEqual(shipped.criteria.slice(1));
  });

  it('are an answer, whatever was pasted', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ maxLength: 6 }), { maxLength: 18 }), { maxLength: 6 }), (rows) => {
        const { lines, faults } = read(...rows.map((cells) => cells.join('\t')));
        expect(lines.every(({ indicator }) => indicator.title.vi !== '')).toBe(true);
        expect(faults.every(({ row }) => row > 0)).toBe(true);
      }),
    );
  });
});

describe('a field of a pack', () => {
  it('in English follows the Vietnamese until it is written itself', () => {
    const first = withHalf(null, 'vi', 'Một', false);
    expect(first).toEqual({ vi: 'Một', en: 'Một' });
    const own = withHalf(first, 'en', 'One', false);
    expect(withHalf(own, 'vi', 'Một hai', false)).toEqual({ vi: 'Một hai', en: 'One' });
  });

  it('that may be unknown is so when it is emptied, and never an empty text', () => {
    expect(withHalf({ vi: 'Một', en: 'Một' }, 'vi', '', true)).toBeNull();
    expect(withHalf({ vi: 'Một', en: 'Một' }, 'vi', '', false)).toEqual({ vi: '', en: '' });
  });

  it('of ids takes commas and blanks', () => {
    expect(idsOf(' 1, 3;5 ')).toEqual(['1', '3', '5']);
  });
});
