/** The CSV of cases: what is read, and the one line that names row and column of a fault. */
import { describe, expect, it } from 'vitest';
import { readCaseFile } from '../../../server/commands/case-file.ts';

const HEADER = 'id,onset,lng,lat,class';
const GOOD = 'a,2022-09-01,105.81,21.05,clinical';
const read = (text: string) => readCaseFile(new TextEncoder().encode(text));
const CASE = { id: 'a', class: 'clinical', onsetOn: '2022-09-01', lng: 105.81, lat: 21.05, accuracyMeters: 0 };

describe('a file of cases', () => {
  it('is read', () => {
    expect(read(`${HEADER}\n${GOOD}\n`)).toEqual([CASE]);
  });

  it.each([
    ['with a BOM', `\uFEFF${HEADER}\n${GOOD}`],
    ['with CRLF and no line at the end', `${HEADER}\r\n${GOOD}`],
    ['with quoted fields', `"id","onset","lng","lat","class"\n"a","2022-09-01","105.81","21.05","clinical"\n`],
    ['with empty lines and blanks', `${HEADER}\n\n a , 2022-09-01,105.81 ,21.05, clinical\n\n`],
    [
      'with columns in another order, and others',
      'Class,note,lat,lng,onset,ID\nclinical,"a, ""b""\nc",21.05,105.81,2022-09-01,a\n',
    ],
  ])('%s is the same', (_, text) => {
    expect(read(text)).toEqual([CASE]);
  });

  it.each([
    ['nothing', ''],
    ['a BOM', '\uFEFF'],
    ['line ends', '\r\n\n'],
    ['a header', HEADER],
  ])('of %s is no case', (_, text) => {
    expect(read(text)).toEqual([]);
  });

  it('may leave a case without a position', () => {
    expect(read(`${HEADER}\na,2022-09-01,,,clinical`)).toMatchObject([{ lng: null, lat: null }]);
  });

  it('may say how well a position is known; an empty field says nobody knows', () => {
    const text = `${HEADER},accuracy\n${GOOD},12.5\n${GOOD.replace('a', 'b')},\n`;
    expect(read(text).map(({ accuracyMeters }) => accuracyMeters)).toEqual([12.5, null]);
  });

  it('keeps ids as they are written', () => {
    expect(read(`${HEADER}\n007${GOOD.slice(1)}\n7${GOOD.slice(1)}`).map(({ id }) => id)).toEqual(['007', '7']);
  });
});

describe('one plain line names', () => {
  const faultOf = (text: string): string => {
    try {
      read(text);
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };
  const row = (change: Record<number, string>) =>
    GOOD.split(',')
      .map((field, i) => change[i] ?? field)
      .join(',');
  const third = (change: Record<number, string>) => `${HEADER}\n${row({ 0: 'z' })}\n${row(change)}\n`;

  it.each([
    ['a missing column', `id,onset,lng,class\n${GOOD}`, 'Dòng / row 1, cột / column lat: thiếu cột'],
    ['a column that occurs twice', `${HEADER},lat\n${GOOD},1`, 'row 1, cột / column lat: cột có hai lần'],
    ['a date written otherwise', third({ 1: '01/09/2022' }), 'row 3, cột / column onset: không phải ngày'],
    ['a day that does not exist', third({ 1: '2022-02-30' }), 'row 3, cột / column onset: '],
    ['an empty date', third({ 1: '' }), 'column onset: '],
    [
      'a number with a letter',
      third({ 2: '105.8x' }),
      'row 3, cột / column lng: không phải số / not a number: "105.8x"',
    ],
    ['a number of another kind', third({ 2: '0x69' }), 'column lng: không phải số'],
    ['not a number', third({ 3: 'NaN' }), 'column lat: không phải số'],
    ['one half of a position', third({ 3: '' }), 'column lat: không phải số'],
    ['a decimal comma', third({ 2: '"105,81"' }), 'column lng: không phải số / not a number: "105,81"'],
    ['a longitude out of range', third({ 2: '180.5' }), 'row 3, cột / column lng: ngoài -180…180'],
    ['a latitude out of range', third({ 3: '-90.01' }), 'row 3, cột / column lat: ngoài -90…90'],
    [
      'axes that are swapped',
      third({ 2: '21.05', 3: '105.81' }),
      'column lat: ngoài -90…90 / out of range: "105.81" (lng và lat đổi chỗ?',
    ],
    [
      'an unknown class',
      third({ 4: 'probable' }),
      'row 3, cột / column class: không có loại đó / no such class: "probable" (suspected',
    ],
    ['an empty id', third({ 0: '' }), 'row 3, cột / column id: trống'],
    ['an id twice', third({ 0: 'z' }), 'row 3, cột / column id: trùng với dòng 2'],
    ['a row that is too short', `${HEADER}\na,2022-09-01,105.81,21.05`, 'row 2, cột / column class: '],
    ['a row that is too long', `${HEADER}\n${GOOD},1`, 'row 2: có 6 ô'],
    ['a negative accuracy', `${HEADER},accuracy\n${GOOD},-1`, 'row 2, cột / column accuracy: ngoài'],
    ['a quote never closed', `${HEADER}\n"a${GOOD.slice(1)}`, 'row 2: a quote is out of place'],
  ])('%s', (_, text, words) => {
    expect(faultOf(text)).toContain(words);
    expect(faultOf(text)).not.toContain('\n');
  });

  it('rows as a spreadsheet counts them, over empty lines and line ends inside quotes', () => {
    const text = `${HEADER},note\n${GOOD},"x\ny"\n\n${row({ 0: 'b', 1: 'soon' })},\n`;
    expect(faultOf(text)).toContain('row 4, cột / column onset');
  });

  it('a long field shortened, a line end in it as \\n', () => {
    expect(faultOf(third({ 1: `"${'9'.repeat(30)}\n${'9'.repeat(30)}"` }))).toMatch(/"9{30}\\n9{9}…"$/);
  });

  it('a file in another encoding', () => {
    expect(() => readCaseFile(Uint8Array.of(0x69, 0x64, 0xe0, 0x0a))).toThrow('UTF-8');
  });
});
