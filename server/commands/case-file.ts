/** Reads a CSV of dengue cases: `id,onset,lng,lat,class`, and `accuracy` (metres) where it is known. */
import { parse, type Info } from 'csv-parse/sync';
import { isCivilDate } from '../../geodata/dates.ts';
import { caseClasses } from '../../geodata/vocabulary.ts';
import type { OutbreakCase } from '../dengue/outbreak.ts';
import { PlainFault } from '../faults.ts';

const NEEDED = ['id', 'onset', 'lng', 'lat', 'class'] as const;
const ACCURACY = 'accuracy';
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

interface Line {
  /** As a spreadsheet counts: the header is row 1. */
  row: number;
  fields: string[];
}

/**
 * The cases of a file in UTF-8 (with or without BOM; LF or CRLF; fields quoted where needed; columns in any order,
 * others ignored). Nothing in it, or a header alone, is no case. Where both `lng` and `lat` are empty the case is not
 * located. Without a column `accuracy` the positions are taken as exact; with it, an empty field means unknown.
 * @throws {PlainFault} one line that names row and column of the first fault
 */
export function readCaseFile(bytes: Uint8Array): OutbreakCase[] {
  const [header, ...lines] = split(decode(bytes));
  if (!header) return [];
  const names = header.fields.map((name) => name.toLowerCase());
  const columns = new Map(names.map((name, at) => [name, at]));
  for (const name of NEEDED) {
    if (!columns.has(name)) fault(header.row, name, `thiếu cột / the column is missing (${NEEDED.join(',')})`);
  }
  for (const name of [...NEEDED, ACCURACY]) {
    if (names.indexOf(name) !== names.lastIndexOf(name))
      fault(header.row, name, 'cột có hai lần / the column occurs twice');
  }
  const rowOf = new Map<string, number>();
  return lines.map((line) => {
    const one = readCase(line, columns, names.length);
    const first = rowOf.get(one.id);
    if (first !== undefined)
      fault(line.row, 'id', `trùng với dòng ${first} / the same as in row ${first}: ${show(one.id)}`);
    rowOf.set(one.id, line.row);
    return one;
  });
}

function readCase({ row, fields }: Line, columns: ReadonlyMap<string, number>, width: number): OutbreakCase {
  if (fields.length > width) {
    fault(row, null, `có ${fields.length} ô, đầu bảng có ${width} / ${fields.length} fields, the header has ${width}`);
  }
  const field = (name: string): string => fields[columns.get(name) ?? -1] ?? '';
  const number = (name: string, least: number, most: number, hint = ''): number => {
    const text = field(name);
    if (!NUMBER.test(text)) fault(row, name, `không phải số / not a number: ${show(text)}`);
    const value = Number(text);
    if (value < least || value > most) fault(row, name, `ngoài ${least}…${most} / out of range: ${show(text)}${hint}`);
    return value;
  };

  const id = field('id');
  if (id === '') fault(row, 'id', 'trống / is empty');
  const onsetOn = field('onset');
  if (!isCivilDate(onsetOn))
    fault(row, 'onset', `không phải ngày YYYY-MM-DD / not a date YYYY-MM-DD: ${show(onsetOn)}`);
  const found = caseClasses.find((name) => name === field('class'));
  if (!found)
    fault(row, 'class', `không có loại đó / no such class: ${show(field('class'))} (${caseClasses.join(', ')})`);

  let position: { lng: number; lat: number } | null = null;
  if (field('lng') !== '' || field('lat') !== '') {
    const swapped = Math.abs(Number(field('lat'))) > 90 && Math.abs(Number(field('lng'))) <= 90;
    const hint = swapped ? ' (lng và lat đổi chỗ? / lng and lat swapped?)' : '';
    position = { lng: number('lng', -180, 180), lat: number('lat', -90, 90, hint) };
  }
  let accuracyMeters: number | null = columns.has(ACCURACY) ? null : 0;
  if (field(ACCURACY) !== '') accuracyMeters = number(ACCURACY, 0, Number.MAX_SAFE_INTEGER);
  return { id, class: found, onsetOn, lng: position?.lng ?? null, lat: position?.lat ?? null, accuracyMeters };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new PlainFault('Tệp không phải UTF-8 / The file is not UTF-8');
  }
}

function split(text: string): Line[] {
  try {
    const parsed = parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true });
    return (parsed as unknown as { record: string[]; info: Info }[]).map(({ record, info }) => ({
      row: info.records + info.empty_lines,
      fields: record,
    }));
  } catch (error) {
    const { lines } = error as { lines?: number };
    throw new PlainFault(`Dòng ${lines ?? '?'}: dấu nháy kép sai / row ${lines ?? '?'}: a quote is out of place`);
  }
}

/** What was found, short and on one line. */
const show = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

function fault(row: number, column: string | null, words: string): never {
  const where = column === null ? '' : `, cột / column ${column}`;
  throw new PlainFault(`Dòng / row ${row}${where}: ${words}`);
}
