import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readSheet, SheetError, sheetLimits } from '../../../server/platform/sheet.ts';
import { make } from '../../helpers/make.ts';
import { zipOf } from '../../../server/platform/zip.ts';
import { xlsxOf } from '../../helpers/xlsx.ts';

const csv = (text: string) => readSheet(Buffer.from(text)).map(({ cells }) => cells);
const reasonOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof SheetError) return error.reason;
    throw error;
  }
  return 'read';
};

describe('a CSV', () => {
  it('is read with commas, semicolons or tabs, quotes and the mark of Excel', () => {
    expect(csv('\ufeffa,b\r\n"1,5",x')).toEqual([
      ['a', 'b'],
      ['1,5', 'x'],
    ]);
    expect(csv('a;b\n105,82;x')).toEqual([
      ['a', 'b'],
      ['105,82', 'x'],
    ]);
    expect(csv('a\tb\n1\t2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });
  it('counts rows as a spreadsheet does, empty ones too', () => {
    expect(readSheet(Buffer.from('a\n\n\nx\n')).map(({ number }) => number)).toEqual([1, 4]);
  });
  it('that is not UTF-8 is refused', () => {
    expect(reasonOf(() => readSheet(Buffer.from([0x61, 0xff, 0xfe, 0x0a])))).toBe('unreadable');
  });
});

describe('an XLSX', () => {
  it('gives text, numbers and dates, and leaves gaps where cells are missing', () => {
    const rows = readSheet(
      xlsxOf([
        ['Họ & tên', 'ngày'],
        ['<An>', { serial: 44_858 }],
        [null, 44_858.5],
      ]),
    );
    expect(rows).toEqual([
      { number: 1, cells: ['Họ & tên', 'ngày'] },
      { number: 2, cells: ['<An>', '2022-10-24'] },
      { number: 3, cells: ['', 44_858.5] },
    ]);
  });
  it('that unpacks to more than the budget is refused, whatever it says of itself', () => {
    const bomb = zipOf({
      'xl/workbook.xml': '<sheets><sheet r:id="a"/></sheets>',
      'xl/_rels/workbook.xml.rels': '<Relationship Id="a" Target="worksheets/s.xml"/>',
      'xl/worksheets/s.xml': Buffer.alloc(sheetLimits.unpackedBytes + 1, 32),
    });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(reasonOf(() => readSheet(bomb))).toBe('too-large');
  });
  it('with a column beyond the limit is refused', () => {
    const sheet = '<row r="1"><c r="XFD1"><v>1</v></c></row>';
    const file = zipOf({
      'xl/workbook.xml': '<sheets><sheet r:id="a"/></sheets>',
      'xl/_rels/workbook.xml.rels': '<Relationship Id="a" Target="worksheets/s.xml"/>',
      'xl/worksheets/s.xml': sheet,
    });
    expect(reasonOf(() => readSheet(file))).toBe('too-large');
  });
  it('that is another archive, cut off or noise is refused', () => {
    const whole = xlsxOf([['a'], ['b']]);
    expect(reasonOf(() => readSheet(zipOf({ 'word/document.xml': '<x/>' })))).toBe('unreadable');
    expect(reasonOf(() => readSheet(whole.subarray(0, whole.length - 30)))).toBe('unreadable');
    expect(reasonOf(() => readSheet(Buffer.concat([whole.subarray(0, 40), make.noise(400)])))).toBe('unreadable');
  });
});

test('any bytes are read or refused, never a fault of ours', () => {
  const whole = xlsxOf([
    ['a', 'b'],
    ['c', 1],
  ]);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(whole.length - 1), fc.nat(255), (bytes, at, byte) => {
      reasonOf(() => readSheet(Buffer.from(bytes)));
      const broken = Buffer.from(whole);
      broken[at] = byte;
      reasonOf(() => readSheet(broken));
    }),
    { numRuns: 300 },
  );
});
