import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeFindings, launchBrowser, openPage, PHONE } from '../helpers/page.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

let demo: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startServer({ demo: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

it('a task is moved on the board by keyboard alone: the move is a report, and the leader’s board follows', async () => {
  const leader = await openPage(browser, `${demo.url}/chuong-trinh?viec=bang`, { as: 'lanh-dao' });
  await leader.page.locator('[data-column="late"] [data-card="demo-task-1"]').waitFor();
  expect(await leader.page.locator('[data-move]').count()).toBe(0);

  const { page, closeClean } = await openPage(browser, `${demo.url}/chuong-trinh`, { as: 'so-lieu' });
  await page.getByTestId('open-bang').click();
  await page.locator('[data-column="late"] [data-card="demo-task-1"] .open').focus();
  await page.keyboard.press('Shift+ArrowRight');
  const form = page.getByTestId('report-form');
  await form.waitFor();
  expect(await form.locator('select').inputValue()).toBe('done');
  await form.locator('input.field:not([type])').focus();
  await page.keyboard.type('BC 12/BC-UBND');
  await page.keyboard.press('Enter');
  await page.locator('[data-column="done"] [data-card="demo-task-1"]').waitFor();
  await leader.page.locator('[data-column="done"] [data-card="demo-task-1"]').waitFor();
  // Whoever moved it by keyboard stays on the card.
  await page.waitForFunction(
    () => document.activeElement?.closest('[data-card]')?.getAttribute('data-card') === 'demo-task-1',
  );
  expect(await axeFindings(page)).toEqual([]);
  await closeClean();
  await leader.closeClean();
});

it('a month shows what is due and what is held, and a due task opens from it', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/chuong-trinh?viec=lich`, { as: 'lanh-dao' });
  await page.locator('[data-day="2022-11-15"] button').waitFor();
  await page.locator('[data-day="2022-11-30"] button').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByTestId('month-before').click();
  await page.getByRole('heading', { name: 'Tháng 10/2022' }).waitFor();
  await page.setViewportSize(PHONE);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  await page.locator('[data-day="2022-10-20"] button').click();
  await page.locator('[data-task="demo-task-4"][aria-expanded="true"]').waitFor();
  await closeClean();
});

it('a figure counted here opens to the rows it counts; quoted ones stay quoted', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/chuong-trinh`, { as: 'lanh-dao' });
  const registered = page.locator('[data-rollup="registered"]');
  await registered.click();
  expect(await registered.innerText()).toContain('6/8');
  const rows = page.getByTestId('rollup-rows').locator('li');
  expect(await rows.count()).toBe(6);
  expect(await rows.first().innerText()).toMatch(/Phú Thượng\s+Đã đăng ký, từ 17\/10\/2022/);
  await page.locator('figure', { hasText: '23/23' }).getByText('Số liệu trích dẫn').waitFor();
  await closeClean();
});
