import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSheet } from '../../server/platform/sheet.ts';
import { axeFindings, launchBrowser, mapIdle, openPage, PHONE, renderedFeatures } from '../helpers/page.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';
import { xlsxOf } from '../helpers/xlsx.ts';

const QUANG_AN = '00100@1995-10-28';

let demo: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startServer({ demo: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

it('heritage staff list a degraded relic, read a ward list with a spoiled row, settle a double, form the plan in 2 clicks and take it as a PDF', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/di-tich?hientrang=degraded`, { as: 'di-san' });
  // One click from the degraded list to the form that puts a relic on its ward's list.
  await page.locator('[data-list-relic="th-qa-08"]').click();
  const form = page.getByTestId('work-form');
  await form.getByText('Mái', { exact: true }).click();
  await form.locator('[data-field="estimate"]').fill('1.250,5');
  expect(await axeFindings(page)).toEqual([]);
  await form.locator('button[type="submit"]').click();
  await page.getByText('Đã đưa “Đền Kim Ngưu” vào danh sách phường Quảng An.').waitFor();

  await page.getByTestId('restoration').click();
  await page.getByTestId('plan-lines').getByText('Đền Kim Ngưu').waitFor();
  expect(await axeFindings(page)).toEqual([]);

  // The ward's own workbook, out, filled in with one row spoiled, in again.
  await page.locator('[data-tab="phuong"]').click();
  await page.locator(`[data-list="${QUANG_AN}"]`).click();
  const out = page.waitForEvent('download');
  await page.getByTestId('list-out').click();
  const rows: (string | number)[][] = [];
  for (const { number, cells } of openSheet(readFileSync(await (await out).path())).rows) rows[number - 1] = cells;
  const fresh = (name: string, work: string) => ['', '', '', name, '', '', '', '', 'Mái; Tường', work, 300, '', '', '', 'Đề xuất', 2023]; // prettier-ignore
  const file = join(tmpdir(), `tu-bo-${process.pid}.xlsx`);
  writeFileSync(file, xlsxOf([...Array.from(rows, (row) => row ?? []), fresh('Miếu Bà Cô', 'Tu bổ'), fresh('Am Gốc Đa', 'Sơn lại')])); // prettier-ignore
  await page.getByTestId('list-in').setInputFiles(file);
  const preview = page.getByTestId('list-preview');
  await preview.getByText('Loại việc không thuộc danh mục.').waitFor();
  expect(await preview.locator('tbody th').innerText()).toBe(`J${rows.length + 2}`);
  await page.getByTestId('list-take').click();
  await page.getByText('Đã nhập 1 việc.').waitFor();

  // While two entries may be one relic, no plan; a person says which counts.
  await page.locator('[data-tab="ke-hoach"]').click();
  expect(await page.getByTestId('form-plan').count()).toBe(0);
  const double = page.locator('[data-double]');
  expect(await double.innerText()).toContain('Chùa Bà Đanh');
  await double.locator('[data-keep]').first().click();
  await double.waitFor({ state: 'detached' });

  await page.getByTestId('form-plan').click();
  await page.locator('[data-testid="plan-form"] button[type="submit"]').click();
  await page.getByText('Đã lập kế hoạch số 1.').waitFor();
  expect(await page.getByTestId('plan-state').innerText()).toContain('Kế hoạch số 1, lập ngày 04/11/2022');
  await mapIdle(page);
  expect((await renderedFeatures(page, ['restoration-disc'])).length).toBeGreaterThan(5);

  const download = page.waitForEvent('download');
  await page.getByTestId('plan-pdf').click();
  const pdf = readFileSync(await (await download).path(), 'latin1');
  expect([pdf.slice(0, 5), /MediaBox \[0 0 1190\.55 841\.89\]/.test(pdf)]).toEqual(['%PDF-', true]);
  await closeClean();
});

it('a leader reads plan, table and money on a phone, and is offered nothing to write', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/di-tich?tubo=ke-hoach`, {
    as: 'lanh-dao',
    viewport: PHONE,
  });
  await page.getByTestId('plan-lines').locator('li').first().waitFor();
  expect(await page.getByTestId('form-plan').count()).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByTestId('works-table').click();
  await page.getByTestId('works-table-open').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('[data-work]').first().click();
  await page.getByTestId('work-card').waitFor();
  expect(await page.getByTestId('work-edit').count()).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByTestId('work-back').click();
  await page.locator('[data-tab="kinh-phi"]').click();
  await page.getByTestId('budget-table').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect(await width(page)).toBeLessThanOrEqual(PHONE.width);
  await closeClean();
});

it('without a connection the lists stay, and the page says that they may be old', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/di-tich?tubo=phuong`, {
    as: 'di-san',
    expectFaults: /Failed to load resource|ERR_|net::/,
    prepare: async (opened) => void (await opened.route('**/api/heritage/restoration', (route) => route.abort())),
  });
  await page.getByRole('alert').first().waitFor();
  await page.unroute('**/api/heritage/restoration');
  await page.getByRole('button', { name: 'Thử lại' }).click();
  await page.getByTestId('ward-lists').waitFor();
  await closeClean();
});
