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

it('heritage staff see what a file lacks, state a rank and a festival, are told of a day that is none, and take it back', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/di-tich/th-qa-06`, {
    as: 'di-san',
    viewport: PHONE,
    expectFaults: /status of 422/,
  });
  const complete = page.getByTestId('complete');
  await complete.getByText('Chưa đủ hồ sơ').waitFor();
  expect(await complete.innerText()).toContain('cấp xếp hạng');
  await page.getByTestId('edit-relic').click();
  const form = page.getByTestId('record-form');
  await form.locator('[data-field="rank"]').selectOption('city');
  await page.getByTestId('add-festival').click();
  await form.getByLabel('Lễ hội', { exact: true }).fill('Hội đình Nghi Tàm');
  await form.getByLabel('Âm lịch').fill('31/2');
  expect(await axeFindings(page)).toEqual([]);
  await form.locator('button[type="submit"]').click();
  await form.getByText('Không có ngày âm lịch này.').waitFor();
  await form.getByLabel('Âm lịch').fill('10/2');
  await form.locator('button[type="submit"]').click();
  await page.getByText('Lễ hội: Hội đình Nghi Tàm, 10/2 âm lịch').waitFor();
  expect(await complete.innerText()).not.toContain('cấp xếp hạng');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  await page.getByText('Hoàn tác').click();
  await complete.getByText('cấp xếp hạng').waitFor();
  await closeClean();
});
