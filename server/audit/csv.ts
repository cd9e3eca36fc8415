/**
 * A cell of CSV (RFC 4180). A spreadsheet runs what begins with one of these signs as a formula (OWASP, CSV injection),
 * so an apostrophe goes in front, which it shows as text.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^\s*[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** Excel reads UTF-8 only after this sign. */
export const BYTE_ORDER_MARK = '\ufeff';
