/** The sheet of ward figures as rows: how it is laid out, and what each row of one that comes back says. Pure. */
import { parseNumber } from '../../geodata/number.ts';
import type { CivilDate, CriteriaPack, IndicatorPack, WardKey } from '../../geodata/schema.ts';
import type { WardCodeAnswer } from '../../geodata/ward-code.ts';
import { readDate } from '../dengue/cases/columns.ts';
import type { Cell, SheetRow } from '../platform/sheet.ts';
import type { WrittenCell } from '../platform/sheet-write.ts';
import type { Figure } from './contract.ts';
import { indicatorOf, isInDomain, refuseDay } from './figure.ts';
import { FIGURE_SHEET, FIGURE_SHEET_VERSION, type SheetCell, type SheetFault } from './sheet-contract.ts';

/** Rows as a spreadsheet counts them. */
const VERSION_ROW = 2;
const PACK_ROW = 3;
const PERIOD_ROW = 4;
const HEADING_ROW = 6;

const HEADINGS = [
  'Mã phường',
  'Phường',
  'Mã nội dung',
  'Nội dung',
  'Đơn vị',
  'Giá trị',
  'Ngày số liệu',
  'Nguồn',
  'Ghi chú',
  'Phiên bản ô',
] as const;
const WIDTHS = [18, 16, 12, 46, 14, 12, 14, 34, 26, 12];
const A = { ward: 0, indicator: 2, unit: 4, value: 5, asOf: 6, source: 7, note: 8, version: 9 } as const;
type Column = keyof typeof A;
const letterOf = (column: Column): string => String.fromCharCode(65 + A[column]);

const dayMonthYear = (day: CivilDate): string => day.split('-').reverse().join('/');
const keyOf = (wardKey: string, indicator: string): string => `${wardKey} ${indicator}`;

/** One line a ward and indicator, with what is stored: the sheet goes out as it will be read back. */
export function figureSheet(
  pack: CriteriaPack,
  period: string,
  wards: readonly { key: WardKey; name: string }[],
  figures: readonly Figure[],
): { name: string; widths: number[]; rows: WrittenCell[][] } {
  const stored = new Map(figures.map((figure) => [keyOf(figure.wardKey, figure.indicator), figure]));
  const bare = (...values: (string | number)[]): WrittenCell[] => values.map((value) => ({ value, look: 'bare' }));
  const lines = pack.criteria.flatMap(({ indicators }) =>
    indicators.flatMap((indicator) =>
      wards.map(({ key, name }): WrittenCell[] => {
        const figure = stored.get(keyOf(key, indicator.id));
        return [
          ...[key, name, indicator.id, indicator.title.vi, indicator.unit, figure?.value ?? null],
          ...(figure
            ? [dayMonthYear(figure.asOf), figure.source, figure.note, figure.version]
            : [null, null, null, null]),
        ].map((value) => ({ value }));
      }),
    ),
  );
  return {
    name: 'Số liệu',
    widths: WIDTHS,
    rows: [
      [{ value: `Số liệu của các phường, kỳ ${period}${pack.demo ? ' (dữ liệu minh họa)' : ''}`, look: 'title' }],
      bare('Mẫu', FIGURE_SHEET, FIGURE_SHEET_VERSION),
      bare('Bộ tiêu chí', pack.id),
      bare('Kỳ', period),
      bare('Chỉ sửa các cột Giá trị, Ngày số liệu, Nguồn, Ghi chú; không gộp ô, không đổi các cột khác.'),
      HEADINGS.map((value) => ({ value, look: 'heading' })),
      ...lines,
    ],
  };
}

/** What the head of a sheet says it is. */
export function readSheetHead(
  rows: readonly SheetRow[],
): { pack: string; period: string } | 'not_a_template' | 'template_version' {
  const at = (number: number) => rows.find((row) => row.number === number)?.cells ?? [];
  const [, name, version] = at(VERSION_ROW);
  if (name !== FIGURE_SHEET) return 'not_a_template';
  if (Number(version) !== FIGURE_SHEET_VERSION) return 'template_version';
  const headings = at(HEADING_ROW);
  if (HEADINGS.some((heading, column) => headings[column] !== heading)) return 'not_a_template';
  return { pack: String(at(PACK_ROW)[1] ?? ''), period: String(at(PERIOD_ROW)[1] ?? '') };
}

export interface SheetContext {
  pack: CriteriaPack;
  period: string;
  today: CivilDate;
  figures: readonly Figure[];
  readWard: (text: string) => WardCodeAnswer;
  /** Wards of the set that figures are entered for. */
  wards: ReadonlySet<string>;
  inScope: (wardKey: WardKey) => boolean;
}

interface Line {
  row: SheetRow;
  at: (column: Column) => Cell;
  fault: (column: Column, code: string) => void;
}

function wardOf({ at, fault }: Line, context: SheetContext): WardKey | null {
  const read = context.readWard(String(at('ward')));
  if (!('key' in read)) {
    fault('ward', read.refusal);
    return null;
  }
  if (!context.wards.has(read.key)) {
    fault('ward', 'ward_of_other_set');
    return null;
  }
  return read.key;
}

/** `undefined` = no value can be read; a percent sign says a unit, and must be the right one. */
function valueOf({ at, fault }: Line, { unit }: IndicatorPack): number | null | undefined {
  const cell = at('value');
  if (String(cell).trim() === '') return null;
  if (typeof cell === 'string' && cell.includes('%') && unit !== '%') return void fault('value', 'wrong_unit');
  const value = typeof cell === 'number' ? cell : parseNumber(cell);
  if (value === null) return void fault('value', 'not_a_number');
  if (!isInDomain({ unit }, value)) return void fault('value', 'value_out_of_domain');
  return value;
}

function dayOf({ at, fault }: Line, { period, today }: SheetContext): CivilDate | null {
  if (at('asOf') === '') return null;
  const day = readDate(at('asOf'), today);
  if (day === null) fault('asOf', 'invalid_date');
  else if (refuseDay(period, day, today)) fault('asOf', 'day_outside_period');
  return day;
}

function textOf({ at, fault }: Line, column: 'source' | 'note', most: number): string {
  const text = String(at(column)).trim();
  if (text.length > most) fault(column, 'text_too_long');
  return text;
}

const isSame = (figure: Figure | undefined, cell: Omit<SheetCell, 'cell' | 'theirs' | 'version'>): boolean =>
  figure
    ? figure.value === cell.value &&
      figure.asOf === (cell.asOf ?? figure.asOf) &&
      figure.source === cell.source &&
      figure.note === cell.note
    : cell.value === null;

/** What one line says beyond what is stored; `null` = the same, or a fault was told. */
function readLine(line: Line, context: SheetContext, seen: Set<string>): SheetCell | null {
  const { row, at, fault } = line;
  const wardKey = wardOf(line, context);
  const indicator = indicatorOf(context.pack, String(at('indicator')).trim());
  if (!indicator) fault('indicator', 'unknown_indicator');
  if (!wardKey || !indicator) return null;
  const key = keyOf(wardKey, indicator.id);
  if (seen.has(key)) {
    fault('indicator', 'duplicate_row');
    return null;
  }
  seen.add(key);
  if (String(at('unit')).trim() !== (indicator.unit ?? '')) fault('unit', 'wrong_unit');
  const value = valueOf(line, indicator);
  const asOf = dayOf(line, context);
  const [source, note] = [textOf(line, 'source', 500), textOf(line, 'note', 2000)];
  if (value === undefined) return null;

  const figure = context.figures.find((one) => one.wardKey === wardKey && one.indicator === indicator.id);
  const said = { wardKey, indicator: indicator.id, value, asOf, source, note };
  if (isSame(figure, said)) return null;
  if (!context.inScope(wardKey)) fault('ward', 'outside_scope');
  if (source === '') fault('source', 'source_missing');
  if (figure?.state === 'submitted') fault('value', 'wrong_figure_state');
  const version = typeof at('version') === 'number' ? Number(at('version')) : null;
  const moved = figure && figure.version !== version;
  return {
    cell: `${letterOf('value')}${row.number}`,
    ...said,
    version,
    theirs: moved ? { value: figure.value, enteredBy: figure.enteredBy, version: figure.version } : null,
  };
}

/** Cells of a row that a merged range covers, by the range's two corners. */
const rowsOfRange = (range: string): [first: number, last: number] => {
  const [first, last] = range.split(':').map((corner) => Number(corner.replace(/^[A-Z]+/, '')));
  return [first ?? 0, last ?? first ?? 0];
};

/**
 * Reads every line below the headings. A line with a fault gives no cell, so that nothing of it is written; each fault
 * names its cell as the spreadsheet does.
 */
export function readFigureSheet(
  rows: readonly SheetRow[],
  merged: readonly string[],
  context: SheetContext,
): { rows: number; unchanged: number; cells: SheetCell[]; faults: SheetFault[] } {
  const lines = rows.filter(({ number }) => number > HEADING_ROW);
  const ranges = merged
    .map((range) => ({ range, rows: rowsOfRange(range) }))
    .filter(({ rows: [, last] }) => last > HEADING_ROW);
  const faults: SheetFault[] = ranges.map(({ range, rows: [first] }) => ({
    ...{ cell: range, row: first, code: 'merged_cells', said: '' },
  }));
  const seen = new Set<string>();
  let unchanged = 0;
  const cells = lines.flatMap((row): SheetCell[] => {
    // What a merged range hides cannot be read, so no line it touches is.
    if (ranges.some(({ rows: [first, last] }) => row.number >= first && row.number <= last)) return [];
    const own: SheetFault[] = [];
    const at = (column: Column): Cell => row.cells[A[column]] ?? '';
    const fault = (column: Column, code: string) =>
      void own.push({ cell: `${letterOf(column)}${row.number}`, row: row.number, code, said: String(at(column)) });
    const read = readLine({ row, at, fault }, context, seen);
    faults.push(...own);
    if (own.length > 0) return [];
    if (!read) unchanged += 1;
    return read ? [read] : [];
  });
  return { rows: lines.length, unchanged, cells, faults };
}
