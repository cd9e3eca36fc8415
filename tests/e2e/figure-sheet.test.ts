/** The workbook of figures on screen: taken out, filled in, read back with its faults named first, put into the grid. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSheet } from '../../server/platform/sheet.ts';
import { axeFindings, launchBrowser, openPage } from '../helpers/page.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';
import { xlsxOf, type XlsxCell } from '../helpers/xlsx.ts';

const WARD = '00112@1995-10-28';
const [VALUE, SOURCE] = [5, 7] as const;

let demo: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startServer({ demo: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

/** The lines of a workbook, so that a test can fill them in as a person would. */
function linesOf(bytes: Buffer): XlsxCell[][] {
  const lines: XlsxCell[][] = [];
  for (const { number, cells } of readSheet(bytes)) lines[number - 1] = [...cells];
  return Array.from(lines, (line) => line ?? []);
}

it('a workbook with one right and one wrong line: the fault by its cell, nothing written, the right line into the grid', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/phuong`, { as: 'so-lieu' });
  await page.getByTestId('figures').click();
  const href = await page.getByTestId('sheet-out').getAttribute('href');
  const out = await page.request.get(`${demo.url}${href}`);
  const lines = linesOf(await out.body());
  const rowOf = (indicator: string) => lines.findIndex(([ward, , id]) => ward === WARD && id === indicator);
  const fill = (indicator: string, value: XlsxCell) => {
    const line = lines[rowOf(indicator)]!;
    while (line.length <= SOURCE) line.push('');
    line[VALUE] = value;
    line[SOURCE] = 'Báo cáo số 12/BC-UBND';
  };
  fill('1.1', 96.5);
  fill('1.2', 'khá');

  await page
    .getByTestId('sheet-in')
    .setInputFiles({ name: 'so-lieu.xlsx', mimeType: 'application/octet-stream', buffer: xlsxOf(lines) });
  const preview = page.getByTestId('sheet-preview');
  await preview.waitFor();
  expect(await preview.locator('tbody th').allInnerTexts()).toEqual([`F${rowOf('1.2') + 1}`]);
  expect(await preview.locator('tbody td').first().innerText()).not.toMatch(/not_a_number|^$/);
  expect(await axeFindings(page)).toEqual([]);
  const cell = page.locator(`[data-cell="${WARD} 1.1"]`);
  expect(await cell.inputValue()).toBe('');

  await page.getByTestId('sheet-take').click();
  expect(await cell.inputValue()).toBe('96,5');
  await page.getByTestId('save-figures').click();
  await page.locator(`[data-cell="${WARD} 1.1"][data-state="draft"]`).waitFor();
  await closeClean();
});
