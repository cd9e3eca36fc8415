/** A table from a file somebody uploads: CSV in UTF-8, or the first sheet of an XLSX (ECMA-376). */
import { parse } from 'csv-parse/sync';
import { addDays } from '../../geodata/dates.ts';
import { isZip, openZip, ZipError } from './zip.ts';

/** A date cell is its civil date as text; empty cells are ''. */
export type Cell = string | number;
/** `number` as a spreadsheet counts: the first row is 1. */
export interface SheetRow {
  number: number;
  cells: Cell[];
}

export class SheetError extends Error {
  constructor(readonly reason: 'unreadable' | 'too-large') {
    super(reason);
  }
}

export const sheetLimits = { rows: 50_000, columns: 200, unpackedBytes: 100 * 1024 * 1024 } as const;

/** The rows that hold something. @throws {SheetError} */
export const readSheet = (bytes: Buffer): SheetRow[] => openSheet(bytes).rows;

/**
 * The same, with the ranges whose cells are merged (`F7:F9`): only the first cell of such a range holds what is shown.
 * @throws {SheetError}
 */
export function openSheet(bytes: Buffer): { rows: SheetRow[]; merged: string[] } {
  try {
    const { rows, merged } = isZip(bytes) ? readXlsx(bytes) : { rows: readCsv(bytes), merged: [] };
    const full = rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
    // The header is one row more.
    if (full.length > sheetLimits.rows + 1) throw new SheetError('too-large');
    if (full.some(({ cells }) => cells.length > sheetLimits.columns)) throw new SheetError('too-large');
    return { rows: full, merged };
  } catch (error) {
    if (error instanceof SheetError) throw error;
    throw new SheetError(error instanceof ZipError && error.reason === 'too-large' ? 'too-large' : 'unreadable');
  }
}

function readCsv(bytes: Buffer): SheetRow[] {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  if (text.includes('\0')) throw new SheetError('unreadable');
  const first = text.slice(0, text.search(/[\r\n]|$/));
  // A Vietnamese Excel separates by semicolons, because its numbers have commas.
  const count = (sign: string) => first.split(sign).length;
  const delimiter = [',', ';', '\t'].sort((a, b) => count(b) - count(a))[0]!;
  const records = parse(text, {
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    trim: true,
    skip_empty_lines: false,
    to: sheetLimits.rows * 2,
  }) as unknown as { record: string[]; info: { records: number } }[];
  return records.map(({ record, info }) => ({ number: info.records, cells: record }));
}

// --- XLSX -----------------------------------------------------------------------------------------------------------

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescape = (text: string): string =>
  text.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name[0] !== '#') return ENTITIES[name] ?? whole;
    const code = name[1]?.toLowerCase() === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1];
/** Every `<name …>…</name>` or `<name …/>`: its attributes and what is inside. Not for elements that nest. */
function* elements(xml: string, name: string): Generator<{ tag: string; inside: string }> {
  const pattern = new RegExp(`<(?:\\w+:)?${name}(\\s[^>]*?)?(/>|>([\\s\\S]*?)</(?:\\w+:)?${name}>)`, 'g');
  for (const match of xml.matchAll(pattern)) yield { tag: match[1] ?? '', inside: match[3] ?? '' };
}
const textOf = (xml: string): string => {
  // Phonetic guides (rPh) are no text of the cell.
  const spoken = xml.replace(/<(?:\w+:)?rPh[\s\S]*?<\/(?:\w+:)?rPh>/g, '');
  return [...elements(spoken, 't')].map(({ inside }) => unescape(inside)).join('');
};

/** Built-in date formats of ECMA-376, 18.8.30. */
const DATE_FORMATS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

function dateStyles(styles: string): Set<number> {
  const custom = new Set<number>();
  for (const { tag } of elements(styles, 'numFmt')) {
    const code = unescape(attribute(tag, 'formatCode') ?? '').replace(/\[[^\]]*\]|"[^"]*"|\\./g, '');
    if (/[dy]/i.test(code)) custom.add(Number(attribute(tag, 'numFmtId')));
  }
  const found = new Set<number>();
  const [cellXfs] = [...elements(styles, 'cellXfs')];
  let index = 0;
  for (const match of (cellXfs?.inside ?? '').matchAll(/<(?:\w+:)?xf(\s[^>]*)?>/g)) {
    const format = Number(attribute(match[1] ?? '', 'numFmtId'));
    if (DATE_FORMATS.has(format) || custom.has(format)) found.add(index);
    index++;
  }
  return found;
}

/** The day of an Excel serial; it thinks 1900 was a leap year, so days before March 1900 are not told apart. */
export const dayOfSerial = (serial: number, from1904 = false): string =>
  addDays(from1904 ? '1904-01-01' : '1899-12-30', Math.floor(serial));

const columnOf = (reference: string): number =>
  [...reference.replace(/\d+$/, '')].reduce((sum, letter) => sum * 26 + (letter.charCodeAt(0) - 64), 0) - 1;

function readXlsx(bytes: Buffer): { rows: SheetRow[]; merged: string[] } {
  const zip = openZip(bytes, sheetLimits.unpackedBytes);
  const text = (name: string) => zip.read(name)?.toString('utf8') ?? '';
  const workbook = text('xl/workbook.xml');
  const [first] = [...elements(workbook, 'sheet')];
  const relation = first && attribute(first.tag, '\\w+:id');
  const target = [...elements(text('xl/_rels/workbook.xml.rels'), 'Relationship')].find(
    ({ tag }) => attribute(tag, 'Id') === relation,
  );
  const path = target && attribute(target.tag, 'Target');
  if (!path) throw new SheetError('unreadable');
  const sheet = text(path.startsWith('/') ? path.slice(1) : `xl/${path}`);
  if (sheet === '') throw new SheetError('unreadable');
  const from1904 = /date1904\s*=\s*["'](1|true)["']/.test(workbook);
  const shared = [...elements(text('xl/sharedStrings.xml'), 'si')].map(({ inside }) => textOf(inside));
  const dates = dateStyles(text('xl/styles.xml'));

  const rows: SheetRow[] = [];
  for (const { tag, inside } of elements(sheet, 'row')) {
    if (rows.length > sheetLimits.rows * 2) throw new SheetError('too-large');
    const cells: Cell[] = [];
    let next = 0;
    for (const cell of elements(inside, 'c')) {
      const reference = attribute(cell.tag, 'r');
      const column = reference ? columnOf(reference) : next;
      if (column >= sheetLimits.columns || column < 0) throw new SheetError('too-large');
      while (cells.length < column) cells.push('');
      const type = attribute(cell.tag, 't');
      const [value] = [...elements(cell.inside, 'v')];
      const raw = unescape(value?.inside ?? '');
      if (type === 's') cells[column] = (shared[Number(raw)] ?? '').trim();
      else if (type === 'inlineStr') cells[column] = textOf(cell.inside).trim();
      else if (type === 'str' || type === 'b' || type === 'e') cells[column] = raw.trim();
      else if (type === 'd') cells[column] = raw.slice(0, 10);
      else if (raw === '' || !Number.isFinite(Number(raw))) cells[column] = '';
      else if (dates.has(Number(attribute(cell.tag, 's'))) && Number(raw) > 0 && Number(raw) < 2_958_466)
        cells[column] = dayOfSerial(Number(raw), from1904);
      else cells[column] = Number(raw);
      next = column + 1;
    }
    rows.push({ number: Number(attribute(tag, 'r') ?? rows.length + 1), cells });
  }
  return { rows, merged: [...elements(sheet, 'mergeCell')].flatMap(({ tag }) => attribute(tag, 'ref') ?? []) };
}
