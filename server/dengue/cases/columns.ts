/** What the columns and cells of a line list mean, as people in Vietnam write them. Pure. */
import { isCivilDate } from '../../../geodata/dates.ts';
import type { CivilDate } from '../../../geodata/schema.ts';
import { fold } from '../../search/fold.ts';
import type { ImportField } from './import-contract.ts';

export type Cell = string | number;

/** Headers, folded; the longest word that a header begins with or holds decides. */
const HEADERS: Readonly<Record<ImportField, readonly string[]>> = {
  registryId: ['ma so', 'ma ca', 'ma benh nhan', 'so ho so', 'id', 'registry', 'registryid', 'case id'],
  class: ['phan loai', 'loai ca', 'phan loai ca', 'phan loai chan doan', 'class', 'classification'],
  onsetOn: ['ngay khoi phat', 'khoi phat', 'ngay mac', 'ngay phat benh', 'onset', 'onset date'],
  reportedOn: ['ngay bao cao', 'ngay nhan bao', 'ngay khai bao', 'report', 'reported', 'report date'],
  lng: ['kinh do', 'lng', 'lon', 'long', 'longitude', 'y', 'easting', 'toa do y'],
  lat: ['vi do', 'lat', 'latitude', 'x', 'northing', 'toa do x'],
  position: ['toa do', 'vi tri', 'position', 'coordinates', 'gps'],
  accuracyMeters: ['sai so', 'do chinh xac', 'accuracy'],
  ward: ['phuong', 'phuong xa', 'xa phuong', 'ward', 'ma phuong'],
  residentialGroup: ['to dan pho', 'tdp', 'to', 'khu pho', 'residentialgroup', 'residential group'],
  origin: ['nguon lay', 'noi mac', 'nguon goc', 'noi nhiem', 'origin'],
  test: ['xet nghiem', 'loai xet nghiem', 'test'],
  testResult: ['ket qua', 'ket qua xet nghiem', 'testresult', 'test result', 'result'],
  severity: ['muc do', 'the benh', 'do nang', 'severity'],
  age: ['tuoi', 'age'],
  sex: ['gioi', 'gioi tinh', 'sex', 'gender'],
  outcome: ['tinh trang', 'ket cuc', 'ket qua dieu tri', 'outcome'],
  name: ['ho ten', 'ho va ten', 'ten', 'ten benh nhan', 'ho ten benh nhan', 'name', 'full name'],
  born: ['ngay sinh', 'nam sinh', 'ngay thang nam sinh', 'born', 'birth', 'date of birth', 'dob'],
  phone: ['dien thoai', 'so dien thoai', 'sdt', 'phone'],
  nationalId: ['cccd', 'cmnd', 'so cccd', 'can cuoc', 'can cuoc cong dan', 'nationalid', 'national id'],
  address: ['dia chi', 'so nha', 'noi o', 'dia chi noi o', 'address'],
  workplace: ['noi lam viec', 'truong hoc', 'co quan', 'noi hoc tap', 'workplace', 'school'],
  note: ['ghi chu', 'note', 'notes'],
};

/** Field of each header, each field once; whole headers before those that only begin alike. */
export function guessColumns(headers: readonly Cell[]): Partial<Record<ImportField, number>> {
  const folded = headers.map((header) => fold(String(header)));
  const found: Partial<Record<ImportField, number>> = {};
  const taken = new Set<number>();
  const take = (matches: (header: string, word: string) => boolean) => {
    for (const [field, words] of Object.entries(HEADERS) as [ImportField, readonly string[]][]) {
      if (found[field] !== undefined) continue;
      const at = folded.findIndex((header, i) => !taken.has(i) && words.some((word) => matches(header, word)));
      if (at < 0) continue;
      found[field] = at;
      taken.add(at);
    }
  };
  take((header, word) => header === word);
  take((header, word) => word.length > 3 && header.startsWith(`${word} `));
  return found;
}

/** `0` -> `A`, `27` -> `AB`. */
export const columnName = (index: number): string =>
  (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));

const TWO_DIGITS = 100;

/**
 * A civil date from `dd/mm/yyyy`, `d-m-yy`, `d.m.yyyy`, `yyyy-mm-dd` (a time behind it is dropped) or an Excel serial;
 * the day before the month, always. Two digits of a year are of this century unless that is after `today`.
 * @returns `null` for what is no date
 */
export function readDate(cell: Cell, today: CivilDate): CivilDate | null {
  if (typeof cell === 'number') {
    if (!Number.isFinite(cell) || cell < 1 || cell > 80_000) return null;
    return new Date(Date.UTC(1899, 11, 30) + Math.floor(cell) * 86_400_000).toISOString().slice(0, 10);
  }
  const text = cell.trim().replace(/[T\s]+\d{1,2}:\d{2}.*$/, '');
  const [, y, m, d] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? [];
  const [, day, month, year] = /^(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})$/.exec(text) ?? [];
  if (/^\d{5}$/.test(text)) return readDate(Number(text), today);
  const parts = y ? [y, m, d] : year ? [year, month, day] : null;
  if (!parts) return null;
  let whole = Number(parts[0]);
  if (parts[0]!.length === 2) {
    const century = Number(today.slice(0, 2)) * TWO_DIGITS;
    whole += whole > Number(today.slice(2, 4)) ? century - TWO_DIGITS : century;
  }
  const date = [String(whole).padStart(4, '0'), parts[1]!.padStart(2, '0'), parts[2]!.padStart(2, '0')].join('-');
  return isCivilDate(date) ? date : null;
}

/** `105,82`, `2.328.707,03` and `105.82` alike. @returns `null` for what is no number */
export function readNumber(cell: Cell): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  let text = cell.trim().replace(/\s/g, '').replace(/[°m]$/i, '');
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(text) && (text.match(/\./g)?.length ?? 0) > 1)
    text = text.replaceAll('.', '');
  if (/^-?\d{1,3}(,\d{3}){2,}(\.\d+)?$/.test(text)) text = text.replaceAll(',', '');
  text = text.replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** Two numbers of one cell: `21.05, 105.82`, `21,05; 105,82`. */
export function readPair(cell: Cell): [number, number] | null {
  const text = String(cell).replace(/[()[\]]/g, '');
  const parts = text.includes(';')
    ? text.split(';')
    : /,\s/.test(text)
      ? text.split(/,\s+/)
      : text.trim().split(/[\s,]+/);
  const numbers = parts.filter((part) => part.trim() !== '').map(readNumber);
  const [a, b] = numbers;
  return numbers.length === 2 && typeof a === 'number' && typeof b === 'number' ? [a, b] : null;
}

const WORDS = {
  class: {
    suspected: ['suspected', 'nghi ngo', 'nghi mac', 'nghi', 'ca nghi ngo'],
    clinical: ['clinical', 'lam sang', 'ca lam sang', 'co the', 'probable'],
    confirmed: ['confirmed', 'xac dinh', 'ca xac dinh', 'duong tinh', 'xac nhan'],
    'ruled-out': ['ruled out', 'loai tru', 'am tinh', 'khong phai'],
  },
  origin: {
    local: ['local', 'tai cho', 'noi dia', 'tai dia phuong'],
    imported: ['imported', 'xam nhap', 'ngoai lai', 'noi khac', 'noi khac ve'],
    unknown: ['unknown', 'khong ro', 'chua ro'],
  },
  test: {
    ns1: ['ns1', 'test nhanh ns1', 'ns1 ag', 'test nhanh'],
    igm: ['igm', 'mac elisa', 'elisa', 'igm elisa', 'elisa igm'],
    pcr: ['pcr', 'rt pcr', 'realtime pcr'],
    isolation: ['isolation', 'phan lap', 'phan lap vi rut'],
  },
  testResult: {
    positive: ['positive', 'duong tinh', 'pos', 'duong'],
    negative: ['negative', 'am tinh', 'neg', 'am'],
    pending: ['pending', 'cho ket qua', 'dang cho', 'chua co'],
  },
  severity: {
    dengue: ['dengue', 'sxhd', 'sxh', 'sot xuat huyet', 'sot xuat huyet dengue', 'nhe'],
    'warning-signs': [
      'warning signs',
      'canh bao',
      'dau hieu canh bao',
      'co dau hieu canh bao',
      'sxhd co dau hieu canh bao',
    ],
    severe: ['severe', 'nang', 'sxhd nang'],
  },
  sex: { female: ['female', 'nu', 'f'], male: ['male', 'nam', 'm'] },
  outcome: {
    'in-treatment': ['in treatment', 'dang dieu tri', 'dieu tri'],
    recovered: ['recovered', 'khoi', 'ra vien', 'da khoi', 'khoi benh'],
    transferred: ['transferred', 'chuyen vien', 'chuyen tuyen'],
    died: ['died', 'tu vong', 'chet'],
  },
} as const satisfies Record<string, Record<string, readonly string[]>>;
type Lists = typeof WORDS;

/** The word of the closed list that a cell says; `null` when none. */
export function readWord<L extends keyof Lists>(list: L, cell: Cell): (keyof Lists[L] & string) | null {
  const said = fold(String(cell));
  for (const [word, ways] of Object.entries(WORDS[list]) as [keyof Lists[L] & string, readonly string[]][])
    if (ways.includes(said)) return word;
  return null;
}
