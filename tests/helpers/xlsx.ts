/** A workbook of one sheet, as Excel would write it, made by hand so that a test can break any part of it. */
import { zipOf } from '../../server/platform/zip.ts';

/** `{ serial }` = a number with a date format; strings go into the shared strings. */
export type XlsxCell = string | number | null | { serial: number };

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const letter = (index: number): string =>
  (index >= 26 ? letter(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));

export function xlsxOf(rows: readonly (readonly XlsxCell[])[]): Buffer {
  const strings: string[] = [];
  const cell = (value: XlsxCell, row: number, column: number) => {
    const at = `${letter(column)}${row + 1}`;
    if (value === null) return '';
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
    if (typeof value === 'object') return `<c r="${at}" s="1"><v>${value.serial}</v></c>`;
    strings.push(`<si><t xml:space="preserve">${escape(value)}</t></si>`);
    return `<c r="${at}" t="s"><v>${strings.length - 1}</v></c>`;
  };
  const data = rows
    .map((row, r) => `<row r="${r + 1}">${row.map((value, c) => cell(value, r, c)).join('')}</row>`)
    .join('');
  return zipOf({
    'xl/workbook.xml': '<workbook><sheets><sheet name="Ca bệnh" sheetId="1" r:id="rId7"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId7" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/styles.xml':
      '<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${data}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst>${strings.join('')}</sst>`,
  });
}
