/** One row of a line list as an entry, or every fault in it by column. Pure. */
import type { CivilDate, WardKey } from '../../../geodata/schema.ts';
import { vn2000ToWgs84 } from '../../../geodata/vn2000.ts';
import { readDate, readNumber, readPair, readWord, type Cell } from './columns.ts';
import type { coordinateSystems, ImportField } from './import-contract.ts';
import { isPossibleAge } from './case.ts';
import type { Entered } from './draft.ts';
import { personInputSchema } from './person-contract.ts';

export type Mapping = Partial<Record<ImportField, number>>;
export type System = Exclude<(typeof coordinateSystems)[number], 'auto'>;

export interface RowFault {
  field: ImportField | null;
  code: string;
  corrected?: { lng: number; lat: number };
}
export interface RowContext {
  mapping: Mapping;
  system: System;
  today: CivilDate;
  defaultClass: 'suspected' | 'clinical' | 'confirmed' | null;
  accuracyMeters: number | null;
  /** Reads a ward as it is written: its name, code or key. */
  readWard: (text: string) => { key: WardKey } | { code: string };
}

const PERSON_FIELDS = ['name', 'born', 'phone', 'nationalId', 'address', 'workplace', 'note'] as const;

/** The coordinate system a table is in, by the size of its first numbers; `null` where it has no positions. */
export function systemOf(rows: readonly (readonly Cell[])[], mapping: Mapping): System | null {
  for (const cells of rows) {
    const pair = coordinatesOf(cells, mapping);
    if (pair && 'first' in pair)
      return Math.max(Math.abs(pair.first), Math.abs(pair.second)) > 1000 ? 'vn2000-5897' : 'wgs84';
  }
  return null;
}

/** As written: `first` is what stands for the latitude or northing. */
function coordinatesOf(
  cells: readonly Cell[],
  { lng, lat, position }: Mapping,
): { first: number; second: number } | { fault: ImportField } | null {
  const at = (column: number | undefined): Cell => (column === undefined ? '' : (cells[column] ?? ''));
  if (at(lng) !== '' || at(lat) !== '') {
    const [second, first] = [readNumber(at(lng)), readNumber(at(lat))];
    if (first === null) return { fault: 'lat' };
    return second === null ? { fault: 'lng' } : { first, second };
  }
  if (at(position) === '') return null;
  const pair = readPair(at(position));
  return pair ? { first: pair[0], second: pair[1] } : { fault: 'position' };
}

/** Northing and easting are mixed up in spreadsheets; in Hà Nội the northing is four times the easting. */
function toDegrees(first: number, second: number, system: System): [lng: number, lat: number] {
  if (system === 'wgs84') return [second, first];
  const [north, east] = first > second ? [first, second] : [second, first];
  return vn2000ToWgs84(east, north, system === 'vn2000-5897' ? 5897 : 3405);
}

export function readRow(cells: readonly Cell[], context: RowContext): { entered: Entered; faults: RowFault[] } {
  const { mapping, system, today } = context;
  const faults: RowFault[] = [];
  const at = (field: ImportField): Cell => {
    const column = mapping[field];
    return column === undefined ? '' : (cells[column] ?? '');
  };
  const fault = (field: ImportField, code: string) => void faults.push({ field, code });
  const word = <L extends Parameters<typeof readWord>[0]>(list: L, field: ImportField, code = 'invalid_request') => {
    if (at(field) === '') return null;
    const found = readWord(list, at(field));
    if (found === null) fault(field, code);
    return found;
  };
  const date = (field: ImportField): CivilDate | null => {
    if (at(field) === '') return null;
    const found = readDate(at(field), today);
    if (found === null) fault(field, 'invalid_date');
    return found;
  };

  const entered: Entered = { onsetOn: today, reportedOn: date('reportedOn'), locatedBy: null };
  const ofClass = word('class', 'class', 'unknown_class') ?? (at('class') === '' ? context.defaultClass : null);
  if (ofClass) entered.class = ofClass;
  else if (at('class') === '') fault('class', 'unknown_class');
  const onsetOn = date('onsetOn');
  if (onsetOn) entered.onsetOn = onsetOn;
  else if (at('onsetOn') === '') fault('onsetOn', 'invalid_date');

  const pair = coordinatesOf(cells, mapping);
  if (pair && 'fault' in pair) fault(pair.fault, 'invalid_request');
  else if (pair) {
    const [lng, lat] = toDegrees(pair.first, pair.second, system);
    const accuracy = at('accuracyMeters') === '' ? context.accuracyMeters : readNumber(at('accuracyMeters'));
    if (at('accuracyMeters') !== '' && (accuracy === null || accuracy < 0)) fault('accuracyMeters', 'invalid_request');
    entered.position = { lng, lat, accuracyMeters: accuracy };
    entered.locatedBy = 'import';
  }

  if (at('ward') !== '') {
    const ward = context.readWard(String(at('ward')));
    if ('key' in ward) entered.wardKey = ward.key;
    else fault('ward', ward.code);
  }
  const short = (field: 'residentialGroup' | 'registryId') => {
    const text = String(at(field)).trim();
    if (text.length > 60) fault(field, 'invalid_request');
    if (text !== '') entered[field] = text;
  };
  short('residentialGroup');
  short('registryId');
  entered.origin = word('origin', 'origin') ?? 'unknown';
  const kind = word('test', 'test');
  const result = word('testResult', 'testResult');
  if (kind) entered.test = { kind, result: result ?? 'pending' };
  entered.severity = word('severity', 'severity');
  entered.sex = word('sex', 'sex');
  entered.outcome = word('outcome', 'outcome');
  if (at('age') !== '') {
    const age = readNumber(at('age'));
    if (age === null || !isPossibleAge(Math.floor(age))) fault('age', 'impossible_age');
    else entered.age = Math.floor(age);
  }

  const person: Record<string, string> = {};
  for (const field of PERSON_FIELDS) {
    const cell = at(field);
    if (cell === '') continue;
    if (field === 'born') {
      const year = /^\d{4}$/.test(String(cell).trim()) && Number(cell) >= 1880 && Number(cell) <= 2200;
      const born = year ? String(cell).trim() : readDate(cell, today);
      if (born === null) fault('born', 'invalid_birth');
      else person['born'] = born;
      continue;
    }
    let text = String(cell).trim();
    // A spreadsheet takes the first zero of a number away.
    if (field === 'phone' && /^[1-9]\d{8}$/.test(text)) text = `0${text}`;
    if (field === 'nationalId' && /^\d{11}$/.test(text)) text = `0${text}`;
    person[field] = text;
  }
  const parsed = personInputSchema.safeParse(person);
  if (parsed.success) {
    if (Object.keys(person).length > 0) entered.person = parsed.data;
  } else {
    for (const issue of parsed.error.issues) {
      const field = PERSON_FIELDS.find((name) => name === issue.path[0]) ?? null;
      faults.push({ field, code: issue.message.startsWith('invalid_') ? issue.message : 'invalid_request' });
    }
  }
  return { entered, faults };
}

/** Where a fault of the entry stands in the table. */
export const FIELD_OF_PATH: Readonly<Record<string, ImportField>> = {
  onsetOn: 'onsetOn',
  reportedOn: 'reportedOn',
  position: 'lat',
  age: 'age',
  'person.born': 'born',
  ward: 'ward',
};
