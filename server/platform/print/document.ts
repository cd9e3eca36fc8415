/**
 * A document as it is printed, whatever the file: what stands in it and in which order, without a word about fonts and
 * points. `pdf.ts` and `docx.ts` make the same document of it. Pure.
 */

/** One paragraph; a line break in the text is one on paper. */
export interface Paragraph {
  kind: 'paragraph';
  text: string;
  italic?: boolean;
}

/** The title of a part. */
export interface Part {
  kind: 'part';
  text: string;
}

/** Label and value, one a line; a value nobody knows is written as such by whoever makes the document. */
export interface Facts {
  kind: 'facts';
  rows: readonly (readonly [label: string, value: string])[];
}

export interface Column {
  title: string;
  /** Its share of the width, against the shares of the others. */
  width: number;
  align?: 'left' | 'right' | 'center';
}
/** The header is printed again on every page the table reaches; a row is never cut. */
export interface Table {
  kind: 'table';
  columns: readonly Column[];
  rows: readonly (readonly string[])[];
  /** Stands in place of the rows when there is none. */
  empty: string;
}

export type Block = Paragraph | Part | Facts | Table;

/** Who signs: the role in capitals above, room for the hand, the name below. */
export interface Signature {
  role: string;
  /** Empty = to be written by hand. */
  name: string;
}

/** The form of an official document (Nghị định 30/2020/NĐ-CP, Phụ lục I): body and national name, number, place and day. */
export interface PrintedDocument {
  /** The body above the one that issues; empty = none is named. */
  parentBody: string;
  issuingBody: string;
  /** "Số: …"; empty = no number is given. */
  reference: string;
  placeAndDay: string;
  title: string;
  subtitle: string;
  /** Stands across the top of every page: "Dữ liệu minh hoạ"; empty for real data. */
  ribbon: string;
  blocks: readonly Block[];
  signatures: readonly Signature[];
  /** Stands at the foot of every page beside its number: the head of the change log when it was made. */
  footer: string;
  /** When it was made; the files say so in their properties. */
  madeAt: Date;
}

export const NATION = 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM';
export const MOTTO = 'Độc lập - Tự do - Hạnh phúc';
/** How both files call their maker. */
export const MAKER = 'Tây Hồ Atlas';

/** "Tây Hồ, ngày 04 tháng 11 năm 2022": days below 10 and the months 1 and 2 with a zero, as the decree wants it. */
export function placeAndDay(place: string, day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${place}, ngày ${date} tháng ${Number(month) < 3 ? month : Number(month)} năm ${year}`;
}

/** Margins in millimetres, within what the decree allows. */
export const MARGINS_MM = { top: 20, bottom: 20, left: 30, right: 18 } as const;
export const A4_MM = { width: 210, height: 297 } as const;

/** What the log stood at, as every printed sheet says it: whoever has the sheet can prove later that the log was not cut or rewritten. */
export const headOfLog = ({ seq, hash }: { seq: number; hash: string }): string =>
  `Nhật ký thay đổi số ${seq}, mã ${hash}`;
