/** A ward's list as rows of a workbook, out and in: what is written is what is read back. Pure. */
import { parseNumber } from '../../../geodata/number.ts';
import { moneySources } from '../../../geodata/restoration-vocabulary.ts';
import type { CivilDate } from '../../../geodata/schema.ts';
import { columnName, readDate } from '../../dengue/cases/columns.ts';
import type { Cell, SheetRow } from '../../platform/sheet.ts';
import type { WrittenCell, WrittenSheet } from '../../platform/sheet-write.ts';
import type { ItemFields, Money } from './contract.ts';
import { fieldsOf, sameFields, type ItemFault, type StoredItem } from './item.ts';
import { LIST_SHEET, LIST_SHEET_VERSION, type CheckedList, type ListFault, type ListRow } from './sheet-contract.ts';
import { bodyWords, keyOfWord, partsInCell, partWords, stageWords, workWords } from './sheet-words.ts';

/** Rows as a spreadsheet counts them. */
const VERSION_ROW = 2;
const WARD_ROW = 3;
const HEADING_ROW = 6;
const MILLION = 1_000_000;
/** Money that is named and whose amount is not known. */
const SOME = 'x';

const COLUMNS = [
  ['id', 'Mã việc', 14],
  ['version', 'Phiên bản', 8],
  ['relicId', 'Mã di tích', 12],
  ['name', 'Tên di tích', 26],
  ['otherNames', 'Tên khác (cách nhau bằng dấu ;)', 24],
  ['address', 'Địa chỉ', 26],
  ['lat', 'Vĩ độ', 11],
  ['lng', 'Kinh độ', 11],
  ['parts', 'Hạng mục (cách nhau bằng dấu ;)', 24],
  ['work', 'Loại việc', 16],
  ['estimate', 'Dự toán (triệu đồng)', 12],
  ['city', 'Ngân sách thành phố (triệu đồng)', 12],
  ['district', 'Ngân sách quận (triệu đồng)', 12],
  ['social', 'Xã hội hóa (triệu đồng)', 12],
  ['stage', 'Giai đoạn', 15],
  ['year', 'Năm', 7],
  ['body', 'Nơi cho ý kiến', 12],
  ['paper', 'Số văn bản cho ý kiến', 20],
  ['on', 'Ngày văn bản', 12],
  ['note', 'Ghi chú', 30],
] as const;
type Column = (typeof COLUMNS)[number][0];
const indexOf = (column: Column): number => COLUMNS.findIndex(([key]) => key === column);

const dayMonthYear = (day: CivilDate): string => day.split('-').reverse().join('/');
const millions = (dong: number): number => dong / MILLION;

const cellsOf = (item: StoredItem): Record<Column, string | number | null> => {
  const money = (source: Money['source']) => {
    const one = item.money.find((each) => each.source === source);
    return one ? (one.amountDong === null ? SOME : millions(one.amountDong)) : null;
  };
  return {
    ...{ id: item.id, version: item.version, relicId: item.relicId, name: item.name, address: item.address },
    ...{ otherNames: item.otherNames.join('; '), lat: item.position?.lat ?? null, lng: item.position?.lng ?? null },
    ...{ parts: item.parts.map((part) => partWords[part]).join('; '), work: workWords[item.work] },
    estimate: item.estimateDong === null ? null : millions(item.estimateDong),
    ...{ city: money('city'), district: money('district'), social: money('social') },
    ...{ stage: stageWords[item.stage], year: item.year, body: item.consent && bodyWords[item.consent.body] },
    ...{ paper: item.consent?.paper ?? null, on: item.consent && dayMonthYear(item.consent.on), note: item.note },
  };
};

/** The list as a workbook: head, headings, one line a work. */
export function listSheet(
  ward: { key: string; name: string },
  items: readonly StoredItem[],
  demo: boolean,
): WrittenSheet {
  const bare = (...values: (string | number)[]): WrittenCell[] => values.map((value) => ({ value, look: 'bare' }));
  return {
    name: 'Tu bổ',
    widths: COLUMNS.map(([, , width]) => width),
    rows: [
      [
        {
          value: `Danh sách di tích xuống cấp, đề nghị tu bổ: phường ${ward.name}${demo ? ' (dữ liệu minh họa)' : ''}`,
          look: 'title',
        },
      ],
      bare('Mẫu', LIST_SHEET, LIST_SHEET_VERSION),
      bare('Phường', ward.key, ward.name),
      bare('Thêm việc mới ở dòng trống dưới cùng, để trống ba cột đầu. Không đổi Mã việc và Phiên bản, không gộp ô.'),
      bare(
        `Hạng mục: ${Object.values(partWords).join('; ')}. Loại việc: ${Object.values(workWords).join('; ')}. Giai đoạn: ${Object.values(stageWords).join('; ')}. Nơi cho ý kiến: ${Object.values(bodyWords).join('; ')}. Nguồn có mà chưa biết bao nhiêu: ghi ${SOME}.`,
      ),
      COLUMNS.map(([, value]) => ({ value, look: 'heading' })),
      ...items.map((item): WrittenCell[] => {
        const cells = cellsOf(item);
        return COLUMNS.map(([column]) => ({ value: cells[column] }));
      }),
    ],
  };
}

/** The ward that the head of a sheet names. */
export function readListHead(rows: readonly SheetRow[]): { wardKey: string } | 'not_a_template' | 'template_version' {
  const at = (number: number) => rows.find((row) => row.number === number)?.cells ?? [];
  const [, name, version] = at(VERSION_ROW);
  if (name !== LIST_SHEET) return 'not_a_template';
  if (Number(version) !== LIST_SHEET_VERSION) return 'template_version';
  const headings = at(HEADING_ROW);
  if (COLUMNS.some(([, heading], i) => headings[i] !== heading)) return 'not_a_template';
  return { wardKey: String(at(WARD_ROW)[1] ?? '') };
}

interface Line {
  text: (column: Column) => string;
  cell: (column: Column) => Cell;
  fault: (column: Column, code: string) => void;
}

function dongOf(line: Line, column: Column): number | null {
  const cell = line.cell(column);
  if (line.text(column) === '') return null;
  const value = typeof cell === 'number' ? cell : parseNumber(cell);
  if (value === null || value < 0) line.fault(column, 'not_a_number');
  return value === null || value < 0 ? null : Math.round(value * MILLION);
}

function moneyOf(line: Line): Money[] {
  return moneySources.flatMap((source) => {
    const said = line.text(source);
    if (said === '') return [];
    if (said.toLowerCase() === SOME) return [{ source, amountDong: null }];
    return [{ source, amountDong: dongOf(line, source) }];
  });
}

function positionOf(line: Line): ItemFields['position'] {
  const read = (column: 'lat' | 'lng', most: number) => {
    const cell = line.cell(column);
    // A position is never grouped: `21.060` is one, with a comma too.
    const value = typeof cell === 'number' ? cell : Number(String(cell).trim().replace(',', '.'));
    if (line.text(column) !== '' && !(Math.abs(value) <= most)) line.fault(column, 'not_a_number');
    return line.text(column) === '' || !(Math.abs(value) <= most) ? null : value;
  };
  if ((line.text('lat') === '') !== (line.text('lng') === ''))
    line.fault(line.text('lat') === '' ? 'lat' : 'lng', 'half_position');
  const [lat, lng] = [read('lat', 90), read('lng', 180)];
  return lat === null || lng === null ? null : { lng, lat };
}

function consentOf(line: Line, today: CivilDate): ItemFields['consent'] {
  const [body, paper] = [line.text('body'), line.text('paper')];
  if (body === '' && paper === '' && line.text('on') === '') return null;
  const empty = (['body', 'paper', 'on'] as const).find((column) => line.text(column) === '');
  if (empty) {
    line.fault(empty, 'half_consent');
    return null;
  }
  const key = keyOfWord(bodyWords, body);
  const on = readDate(line.cell('on'), today);
  if (!key) line.fault('body', 'unknown_consent_body');
  if (!on) line.fault('on', 'invalid_date');
  return key && on ? { body: key, paper, on } : null;
}

function wordOf<K extends string>(
  line: Line,
  column: Column,
  words: Readonly<Record<K, string>>,
  code: string,
  none: K,
) {
  const said = line.text(column);
  const key = said === '' ? none : keyOfWord(words, said);
  if (key === null) line.fault(column, code);
  return key ?? none;
}

function readFields(line: Line, today: CivilDate): ItemFields {
  const long = (column: Column, most: number) => {
    if (line.text(column).length > most) line.fault(column, 'text_too_long');
    return line.text(column);
  };
  const name = long('name', 200);
  if (name.length < 2) line.fault('name', 'name_missing');
  const parts = partsInCell(line.text('parts')).map((said) => keyOfWord(partWords, said));
  if (parts.length === 0) line.fault('parts', 'parts_missing');
  if (parts.includes(null)) line.fault('parts', 'unknown_part');
  const year = line.text('year') === '' ? null : Number(line.text('year'));
  if (year !== null && !(Number.isInteger(year) && year >= 1990 && year <= 2100))
    line.fault('year', 'year_out_of_range');
  if (line.text('work') === '') line.fault('work', 'unknown_work');
  return {
    ...{ relicId: line.text('relicId') || null, name, address: long('address', 300) },
    otherNames: partsInCell(long('otherNames', 2000)),
    position: positionOf(line),
    parts: parts.filter((part) => part !== null),
    work: wordOf(line, 'work', workWords, 'unknown_work', 'restoration'),
    ...{ estimateDong: dongOf(line, 'estimate'), money: moneyOf(line) },
    stage: wordOf(line, 'stage', stageWords, 'unknown_stage', 'proposed'),
    ...{ year, consent: consentOf(line, today), note: long('note', 2000) },
  };
}

/** The column of a field, to name the cell that a rule finds fault with. */
const COLUMN_OF: Readonly<Record<string, Column>> = {
  relicId: 'relicId',
  position: 'lat',
  parts: 'parts',
  money: 'estimate',
  stage: 'stage',
  'consent.on': 'on',
  'consent.body': 'body',
};

export interface ListContext {
  today: CivilDate;
  /** The ward's own items, those taken out aside. */
  items: readonly StoredItem[];
  /** What the rules say of a row's fields, by its relic. */
  faultOf: (fields: ItemFields) => ItemFault | null;
}

const rowsOfRange = (range: string): [first: number, last: number] => {
  const [first, last] = range.split(':').map((corner) => Number(corner.replace(/^[A-Z]+/, '')));
  return [first ?? 0, last ?? first ?? 0];
};

/**
 * Reads every line below the headings. A line with a fault gives no item, so that nothing of it is written; each fault
 * names its cell as the spreadsheet does. An item the file does not name is counted and stays.
 */
export function readListSheet(
  rows: readonly SheetRow[],
  merged: readonly string[],
  { today, items, faultOf }: ListContext,
): Omit<CheckedList, 'wardKey'> {
  const lines = rows.filter(({ number }) => number > HEADING_ROW);
  const ranges = merged.map((range) => ({ range, rows: rowsOfRange(range) })).filter(({ rows: [, last] }) => last > HEADING_ROW); // prettier-ignore
  const faults: ListFault[] = ranges.map(({ range, rows: [first] }) => ({ cell: range, row: first, code: 'merged_cells', said: '' })); // prettier-ignore
  const named = new Set<string>();
  let unchanged = 0;
  const found = lines.flatMap((row): ListRow[] => {
    if (ranges.some(({ rows: [first, last] }) => row.number >= first && row.number <= last)) return [];
    const own: ListFault[] = [];
    const cell = (column: Column): Cell => row.cells[indexOf(column)] ?? '';
    const text = (column: Column) => String(cell(column)).trim();
    const fault = (column: Column, code: string) =>
      void own.push({ cell: `${columnName(indexOf(column))}${row.number}`, row: row.number, code, said: text(column) });
    const line = { cell, text, fault };
    const id = text('id') || null;
    const item = items.find((one) => one.id === id);
    if (id !== null && named.has(id)) fault('id', 'duplicate_row');
    else if (id !== null && !item) fault('id', 'unknown_restoration_item');
    if (id !== null) named.add(id);
    const fields = readFields(line, today);
    const wrong = own.length === 0 ? faultOf(fields) : null;
    if (wrong) fault(COLUMN_OF[wrong.path] ?? 'name', wrong.code);
    faults.push(...own);
    if (own.length > 0) return [];
    if (item && sameFields(item, fields)) {
      unchanged += 1;
      return [];
    }
    const version = typeof cell('version') === 'number' ? Number(cell('version')) : null;
    const theirs = item && item.version !== version ? { version: item.version, fields: fieldsOf(item) } : null;
    return [{ row: row.number, id, version, fields, theirs }];
  });
  return {
    rows: lines.length,
    unchanged,
    unnamed: items.filter(({ id }) => !named.has(id)).length,
    items: found,
    faults,
  };
}
