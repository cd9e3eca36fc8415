import { describe, expect, test } from 'vitest';
import type { Scope } from '../../server/accounts/permission.ts';
import { readSheet } from '../../server/platform/sheet.ts';
import { openZip, zipOf } from '../../server/platform/zip.ts';
import type { CheckedSheet } from '../../server/status/sheet-contract.ts';
import { make } from '../helpers/make.ts';
import { xlsxOf, type XlsxCell } from '../helpers/xlsx.ts';

const TU_LIEN = '00097@1995-10-28';
const PERIOD = '2022-Q3';
const PACK = 'qd04-2022-demo';

/** Column of the sheet by its letter. */
const [B, E, F, G, H, J] = [1, 4, 5, 6, 7, 9] as const;

async function desk(scope: Scope = 'district') {
  const { app, services } = await make.app({ demo: true });
  const user = await make.user(services, { roles: ['status'], scope, password: null });
  const session = await make.session(services, user);
  const save = (cells: object[]) =>
    app.request('/api/status/figures', {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...session },
      body: JSON.stringify({ changeId: make.changeId(), pack: PACK, period: PERIOD, cells }),
    });
  const template = async () => {
    const answer = await app.request(`/api/status/figures/sheet.xlsx?period=${PERIOD}`, { headers: session });
    return Buffer.from(await answer.arrayBuffer());
  };
  const check = async (bytes: Buffer) => {
    const headers = { 'content-type': 'application/octet-stream', ...session };
    const body = new Uint8Array(bytes);
    const answer = await app.request('/api/status/figures/sheet', { method: 'POST', headers, body });
    const said = (await answer.json()) as CheckedSheet & { code?: string };
    return { status: answer.status, said, faults: said.faults?.map(({ cell, code }) => `${cell} ${code}`) };
  };
  /** The template as somebody fills it in: `change` gets its lines, the first at index 6. */
  const filled = async (change: (lines: XlsxCell[][]) => void) => {
    const lines: XlsxCell[][] = [];
    for (const { number, cells } of readSheet(await template())) lines[number - 1] = cells;
    const whole = Array.from(lines, (line) => line ?? []);
    change(whole);
    return check(xlsxOf(whole));
  };
  const submit = (cells: object[]) =>
    app.request('/api/status/figures/submit', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...session },
      body: JSON.stringify({ changeId: make.changeId(), pack: PACK, period: PERIOD, to: 'submitted', cells }),
    });
  return { save, submit, template, check, filled, services };
}
const FIRST = 6;

/** Puts values into a line; columns in between stay as they are. */
const put = (line: XlsxCell[], values: Record<number, XlsxCell>) => {
  for (const [column, value] of Object.entries(values)) {
    while (line.length <= Number(column)) line.push('');
    line[Number(column)] = value;
  }
};

describe('the sheet of figures', () => {
  test('comes back as it went out: nothing changes, nothing is wrong', async () => {
    const { save, template, check } = await desk();
    await save([{ wardKey: TU_LIEN, indicator: '1.1', version: null, value: 95.5, source: 'Báo cáo 12', note: 'x' }]);
    const { said } = await check(await template());
    expect(said).toMatchObject({ pack: PACK, period: PERIOD, rows: 8 * 46, unchanged: 8 * 46, cells: [], faults: [] });
  });

  test.each([
    ['a number', 96.5, 96.5],
    ['a comma', '96,5', 96.5],
    ['a point', '96.5', 96.5],
    ['a percent sign', '96,5 %', 96.5],
  ])('takes %s', async (_, typed, value) => {
    const { filled } = await desk();
    const { said } = await filled((lines) => put(lines[FIRST]!, { [F]: typed, [H]: 'Báo cáo 12' }));
    expect([said.faults, said.cells]).toMatchObject([[], [{ cell: 'F7', value, source: 'Báo cáo 12', version: null }]]);
  });

  test.each([
    ['a date cell', { serial: 44_834 }],
    ['an Excel serial', 44_834],
    ['a date as text', '30/09/2022'],
    ['an ISO date', '2022-09-30'],
  ])('takes %s', async (_, typed) => {
    const { filled } = await desk();
    const { said } = await filled((lines) => put(lines[FIRST]!, { [F]: 96, [G]: typed, [H]: 'x' }));
    expect(said.cells[0]).toMatchObject({ asOf: '2022-09-30' });
  });

  test.each([
    ['a word for a number', { [F]: 'khá', [H]: 'x' }, 'F7', 'not_a_number'],
    ['a share above 100', { [F]: 101, [H]: 'x' }, 'F7', 'value_out_of_domain'],
    ['another unit', { [E]: 'm²', [F]: 96, [H]: 'x' }, 'E7', 'wrong_unit'],
    ['no date', { [F]: 96, [G]: '31/02/2022', [H]: 'x' }, 'G7', 'invalid_date'],
    ['a day in the future', { [F]: 96, [G]: '05/11/2022', [H]: 'x' }, 'G7', 'day_outside_period'],
    ['no source', { [F]: 96 }, 'H7', 'source_missing'],
    ['a note without end', { [F]: 96, [H]: 'x', 8: 'x'.repeat(2001) }, 'I7', 'text_too_long'],
    ['the code of the other era', { 0: '00097@2025-07-01' }, 'A7', 'ward_of_other_set'],
    ['a bare code of two eras', { 0: '00097' }, 'A7', 'code_needs_date'],
    ['no ward', { 0: '99999' }, 'A7', 'unknown_ward'],
    ['an indicator of another pack', { 2: '99.9' }, 'C7', 'unknown_indicator'],
  ] as const)('names %s by its cell', async (_, values, cell, code) => {
    const { filled } = await desk();
    const { faults, said } = await filled((lines) => put(lines[FIRST]!, values as Record<number, XlsxCell>));
    expect([faults, said.cells]).toEqual([[`${cell} ${code}`], []]);
  });

  test('names a unit said with the number, where the indicator has another', async () => {
    const { filled } = await desk();
    const { faults } = await filled((lines) => {
      const counted = lines.findIndex((line) => line[E] === 'tuyến');
      put(lines[counted]!, { [F]: '5 %', [H]: 'x' });
      lines[counted]![B] = 'hàng này';
    });
    expect(faults).toEqual([expect.stringMatching(/^F\d+ wrong_unit$/)]);
  });

  test('names the later of two lines for one cell', async () => {
    const { filled } = await desk();
    const { faults } = await filled((lines) => lines.push([...lines[FIRST]!]));
    expect(faults).toEqual([[`C${7 + 8 * 46}`, 'duplicate_row'].join(' ')]);
  });

  test('names merged cells, and reads no line they touch', async () => {
    const { check, template } = await desk();
    const bytes = await template();
    const zip = openZip(bytes, 10_000_000);
    const names = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/styles.xml', 'xl/worksheets/sheet1.xml'];
    const parts = Object.fromEntries(names.map((name) => [name, zip.read(name)!.toString('utf8')]));
    parts['xl/worksheets/sheet1.xml'] = parts['xl/worksheets/sheet1.xml']!.replace(
      '</sheetData>',
      '</sheetData><mergeCells count="2"><mergeCell ref="A1:J1"/><mergeCell ref="F7:F9"/></mergeCells>',
    );
    const { faults, said } = await check(zipOf(parts));
    expect([faults, said.unchanged]).toEqual([[['F7:F9', 'merged_cells'].join(' ')], 8 * 46 - 3]);
  });

  test('shows what somebody entered meanwhile, and saving meets it', async () => {
    const { filled, save, template } = await desk();
    await template();
    await save([{ wardKey: '00091@1995-10-28', indicator: '1.1', version: null, value: 91, source: 'Báo cáo 13' }]);
    const { said } = await filled((lines) => put(lines[FIRST]!, { [F]: 96, [H]: 'x', [J]: '' }));
    const [cell] = said.cells;
    const answer = await save([{ ...cell, note: '', asOf: undefined, cell: undefined, theirs: undefined }]);
    expect([cell, answer.status]).toMatchObject([{ value: 96, version: null, theirs: { value: 91, version: 1 } }, 412]);
  });

  test('names a figure that is submitted already, and does not touch it', async () => {
    const { filled, save, submit } = await desk();
    const first = { wardKey: '00091@1995-10-28', indicator: '1.1' };
    await save([{ ...first, version: null, value: 91, source: 'Báo cáo 13' }]);
    expect((await submit([{ ...first, version: 1 }])).status).toBe(200);
    const { faults, said } = await filled((lines) => put(lines[FIRST]!, { [F]: 96 }));
    expect([faults, said.cells]).toEqual([['F7 wrong_figure_state'], []]);
  });

  test('names lines of wards outside the scope', async () => {
    const { filled } = await desk([TU_LIEN]);
    const { faults } = await filled((lines) => put(lines[FIRST]!, { [F]: 96, [H]: 'x' }));
    expect(faults).toEqual(['A7 outside_scope']);
  });

  test.each([
    ['an older template', (lines: XlsxCell[][]) => put(lines[1]!, { 2: 0 }), 'template_version'],
    ['another workbook', (lines: XlsxCell[][]) => put(lines[1]!, { 1: 'bảng khác' }), 'not_a_template'],
    ['columns that were moved', (lines: XlsxCell[][]) => put(lines[5]!, { [F]: 'Nguồn' }), 'not_a_template'],
    ['a future period', (lines: XlsxCell[][]) => put(lines[3]!, { 1: '2023-Q1' }), 'period_in_future'],
    ['no period', (lines: XlsxCell[][]) => put(lines[3]!, { 1: 'quý ba' }), 'invalid_period'],
    ['an unknown pack', (lines: XlsxCell[][]) => put(lines[2]!, { 1: 'nd99' }), 'unknown_pack'],
  ] as const)('is refused whole: %s', async (_, change, code) => {
    const { filled } = await desk();
    const { said } = await filled(change);
    expect(said.code).toBe(code);
  });

  test('that is no workbook is refused', async () => {
    const { check } = await desk();
    const { status, said } = await check(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]));
    expect([status, said.code]).toEqual([422, 'unreadable_file']);
  });
});
