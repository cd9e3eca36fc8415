import { describe, expect, it } from 'vitest';
import type { ItemFields } from '../../../server/heritage/restoration/contract.ts';
import { fieldsOf, refuseItem, type StoredItem } from '../../../server/heritage/restoration/item.ts';
import { listSheet, readListHead, readListSheet } from '../../../server/heritage/restoration/list-sheet.ts';
import { openSheet } from '../../../server/platform/sheet.ts';
import { writeXlsx } from '../../../server/platform/sheet-write.ts';
import { generateLists } from '../../helpers/ward-lists.ts';
import { createRandom } from '../../../server/demo/random.ts';
import { xlsxOf, type XlsxCell } from '../../helpers/xlsx.ts';
import { relicParts } from '../../../geodata/vocabulary.ts';
import { moneySources, restorationStages, workKinds } from '../../../geodata/restoration-vocabulary.ts';

const TODAY = '2022-11-04';
const WARD = { key: '00100@1995-10-28', name: 'Quảng An' };
const MILLION = 1_000_000;
const stored = (id: string, fields: Partial<ItemFields> = {}): StoredItem => ({
  ...{ relicId: null, name: 'Đình Yên Phụ', otherNames: [], address: '', position: null, parts: ['roof'] },
  ...{ work: 'restoration', estimateDong: null, money: [], stage: 'proposed', year: null, consent: null, note: '' },
  ...{ id, version: 1, wardKey: '00100@1995-10-28', mergedInto: null, removed: false, demo: false },
  ...fields,
});
const faultOf = (fields: ItemFields) => refuseItem(fields, 'national', TODAY);
const bytesOf = (items: readonly StoredItem[]) => writeXlsx([listSheet(WARD, items, false)]);
const readBack = (bytes: Buffer, items: readonly StoredItem[]) => {
  const { rows, merged } = openSheet(bytes);
  return readListSheet(rows, merged, { today: TODAY, items, faultOf });
};
/** The sheet as cells, to be spoiled. */
const cellsOf = (items: readonly StoredItem[]): XlsxCell[][] =>
  listSheet(WARD, items, false).rows.map((row) => row.map(({ value }) => value));

it('out is in: eight generated lists come back as they went, nothing changed and nothing wrong', () => {
  const random = createRandom(11);
  for (const list of generateLists(11).lists) {
    const items = list.map((one, i) =>
      stored(one.id, {
        ...{ name: one.name, otherNames: [...one.otherNames], address: one.address, position: one.place },
        parts: [...new Set([random.pick(relicParts), random.pick(relicParts)])],
        work: random.pick(workKinds),
        estimateDong: random.chance(0.7) ? random.whole(1, 9_999_999) * 1000 : null,
        money: random.chance(0.5) ? [{ source: random.pick(moneySources), amountDong: random.chance(0.5) ? 1_234_567 * 1000 : null }] : [], // prettier-ignore
        stage: random.pick(restorationStages.slice(0, 3)),
        year: random.chance(0.8) ? random.whole(2022, 2030) : null,
        consent: i % 5 === 0 ? { body: 'ministry', paper: '9/BVHTTDL <&>', on: '2022-01-31' } : null,
        note: random.chance(0.3) ? 'Dột, "mối"; cần chống' : '',
      }),
    );
    const valid = items.filter((one) => faultOf(one) === null);
    expect(valid.length).toBeGreaterThan(20);
    const read = readBack(bytesOf(valid), valid);
    expect(read).toEqual({ rows: valid.length, unchanged: valid.length, unnamed: 0, items: [], faults: [] });
    // Into an empty list the same file is the same works.
    const empty = openSheet(writeXlsx([listSheet(WARD, valid.map((one) => ({ ...one, id: '' })), false)])); // prettier-ignore
    const anew = readListSheet(empty.rows, empty.merged, { today: TODAY, items: [], faultOf });
    expect(anew.items.map(({ fields }) => fields)).toEqual(valid.map(fieldsOf));
  }
});

it('the head says whose list it is', () => {
  const head = (cells: XlsxCell[][]) => readListHead(openSheet(xlsxOf(cells)).rows);
  expect(head(cellsOf([]))).toEqual({ wardKey: WARD.key });
  const spoiled = (row: number, column: number, value: XlsxCell) => {
    const cells = cellsOf([]);
    cells[row]![column] = value;
    return head(cells);
  };
  expect(spoiled(1, 1, 'khác')).toBe('not_a_template');
  expect(spoiled(1, 2, 99)).toBe('template_version');
  expect(spoiled(5, 3, 'Tên')).toBe('not_a_template');
});

describe('a spoiled row', () => {
  const column = (name: string) => name.charCodeAt(0) - 65;
  const one = stored('rw-1', { position: { lng: 105.82, lat: 21.06 }, consent: { body: 'ministry', paper: '1', on: '2022-01-02' } }); // prettier-ignore
  const spoil = (changes: Record<string, XlsxCell>) => {
    const cells = cellsOf([one, stored('rw-2')]);
    for (const [letter, value] of Object.entries(changes)) cells[6]![column(letter)] = value;
    return readBack(xlsxOf(cells), [one, stored('rw-2')]);
  };
  it.each<[string, string, Record<string, XlsxCell>]>([
    ['D7', 'name_missing', { D: '' }],
    ['D7', 'text_too_long', { D: 'x'.repeat(201) }],
    ['G7', 'half_position', { G: null }],
    ['G7', 'not_a_number', { G: 'x' }],
    ['I7', 'unknown_part', { I: 'Mái; Ống khói' }],
    ['I7', 'parts_missing', { I: '' }],
    ['J7', 'unknown_work', { J: 'Sơn' }],
    ['K7', 'not_a_number', { K: 'nhiều' }],
    ['K7', 'sources_exceed_estimate', { K: 5, L: 6 }],
    ['L7', 'not_a_number', { L: 'một ít' }],
    ['O7', 'unknown_stage', { O: 'Xong' }],
    ['O7', 'consent_missing', { O: 'Đang thi công', Q: null, R: null, S: null }],
    ['P7', 'year_out_of_range', { P: 1800 }],
    ['Q7', 'unknown_consent_body', { Q: 'Ban' }],
    ['R7', 'half_consent', { R: null }],
    ['S7', 'invalid_date', { S: '31/02/2022' }],
    ['S7', 'consent_in_future', { S: '05/11/2022' }],
    ['A7', 'unknown_restoration_item', { A: 'rw-9' }],
  ])('is told by its cell: %s %s', (cell, code, changes) => {
    const read = spoil(changes);
    expect(read.faults).toContainEqual(expect.objectContaining({ cell, code }));
    expect(read.items).toEqual([]);
    expect(read.unchanged).toBe(1);
  });

  it('twice the same work is told, and the first is read', () => {
    const cells = cellsOf([one, { ...one }]);
    const read = readBack(xlsxOf(cells), [one]);
    expect(read.faults).toMatchObject([{ cell: 'A8', code: 'duplicate_row' }]);
    expect(read.unchanged).toBe(1);
  });

  it('merged cells hide what cannot be read', () => {
    const { rows } = openSheet(xlsxOf(cellsOf([one])));
    const read = readListSheet(rows, ['F7:F8'], { today: TODAY, items: [one], faultOf });
    expect(read).toMatchObject({ items: [], faults: [{ cell: 'F7:F8', code: 'merged_cells' }] });
  });
});

it('a row made from an older version shows both, and an item the file does not name stays', () => {
  const before = stored('rw-1', { estimateDong: 10 * MILLION });
  const cells = cellsOf([before]);
  cells[6]![10] = 12.5;
  const now = [{ ...before, version: 2, estimateDong: 11 * MILLION }, stored('rw-2')];
  const read = readBack(xlsxOf(cells), now);
  expect(read.unnamed).toBe(1);
  expect(read.items).toMatchObject([
    {
      ...{ row: 7, id: 'rw-1', version: 1, fields: { estimateDong: 12_500_000 } },
      theirs: { version: 2, fields: { estimateDong: 11 * MILLION } },
    },
  ]);
});

it('numbers are read as a Vietnamese office writes them', () => {
  const cells = cellsOf([stored('rw-1')]);
  cells[6]![10] = '1.234,5';
  cells[6]![11] = 'x';
  cells[6]![6] = '21,060';
  cells[6]![7] = '105.820';
  expect(readBack(xlsxOf(cells), [stored('rw-1')]).items[0]?.fields).toMatchObject({
    estimateDong: 1_234_500_000,
    money: [{ source: 'city', amountDong: null }],
    position: { lat: 21.06, lng: 105.82 },
  });
});
