import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeFindings, launchBrowser, openPage } from '../helpers/page.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

const CELL = '00112@1995-10-28 1.4';

let demo: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startServer({ demo: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

it('a block pasted from a spreadsheet is saved and submitted; a leader reads it and cannot change it', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/phuong`, { as: 'so-lieu' });
  await page.getByTestId('figures').click();
  await page.getByTestId('source').fill('Báo cáo số 12/BC-UBND');
  const cell = page.locator(`[data-cell="${CELL}"]`);
  await cell.evaluate((input, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, '97,5\n98');
  expect(await axeFindings(page)).toEqual([]);
  await page.getByTestId('save-figures').click();
  await page.getByTestId('submit-figures').click();
  await page.locator(`[data-cell="${CELL}"][data-state="submitted"]`).waitFor();
  expect(await cell.inputValue()).toBe('97,5');

  await closeClean();

  const leader = await openPage(browser, `${demo.url}/phuong`, { as: 'lanh-dao' });
  await leader.page.getByTestId('figures').click();
  const seen = leader.page.locator(`[data-cell="${CELL}"][data-state="submitted"]`);
  await seen.waitFor();
  expect(await seen.getAttribute('readonly')).not.toBeNull();
  await leader.closeClean();
});
