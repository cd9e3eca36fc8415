import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeFindings, launchBrowser, openPage, PHONE } from '../helpers/page.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

const THUY_KHUE = '00112@1995-10-28';
const TITLE = 'Bổ sung hồ sơ tiêu chí giao thông';

let demo: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startServer({ demo: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

/** Clicks, counted: how far something is from the opened address. */
const counting = (page: Page) => {
  let clicks = 0;
  return {
    async click(selector: string) {
      clicks += 1;
      await page.locator(selector).click();
    },
    clicks: () => clicks,
  };
};

it('a leader sees in 1 click why Thụy Khuê is not met, who owns it and by when', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/phuong`, { as: 'lanh-dao' });
  const { click, clicks } = counting(page);
  await click(`[data-ward="${THUY_KHUE}"]`);
  const why = page.getByTestId('why-not');
  await why.getByText('Hoàn thiện hồ sơ').waitFor();
  expect(await why.innerText()).toMatch(
    /3\.3 .*: Dưới ngưỡng, [\d,]+%, ngưỡng 70%[\s\S]*UBND phường Thụy Khuê · Hạn 31\/10\/2022 · Quá hạn/,
  );
  expect(await page.locator(`[data-criterion="3"]`).innerText()).toContain('Chưa đạt');
  expect(clicks()).toBe(1);
  await closeClean();
});

it('a leader has the map of the meeting on A3 as a PDF in 2 clicks', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/phuong`, { as: 'lanh-dao' });
  const { click, clicks } = counting(page);
  await click('[data-testid="meeting"]');
  const download = page.waitForEvent('download');
  await click('[data-testid="paper-a3"]');
  const file = readFileSync(await (await download).path(), 'latin1');
  expect([file.slice(0, 5), /MediaBox \[0 0 1190\.55 841\.89\]/.test(file), clicks()]).toEqual(['%PDF-', true, 2]);
  await closeClean();
});

it('a meeting steps through the wards by key, tells what changed, and a day frozen anew is the next number', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/phuong`, { as: 'so-lieu' });
  await page.getByTestId('meeting').click();
  await page.getByTestId('meeting-overview').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.locator('[data-ward-page="00091@1995-10-28"]').waitFor();
  await page.getByText('Trạng thái chung chuyển từ').waitFor();
  await page.keyboard.press('End');
  await page.locator(`[data-ward-page="${THUY_KHUE}"]`).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.setViewportSize(PHONE);
  await page.getByTestId('meeting-previous').click();
  await page.locator('[data-ward-page="00109@1995-10-28"]').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);

  await page.getByTestId('rebuild').click();
  await page.getByText('trùng khớp từng byte').waitFor();
  await page.getByTestId('freeze').click();
  await page.locator('[data-testid="freeze-form"] input.field:not([type])').fill('Giao ban tháng 11');
  await page.locator('[data-testid="freeze-form"] button[type="submit"]').click();
  await page.locator('[data-testid="snapshot-choice"] option', { hasText: 'Số 3' }).waitFor({ state: 'attached' });
  await closeClean();
});

it('a task set from a directive shows at once under the criterion it is to help with, and comes back when taken out', async () => {
  const leader = await openPage(browser, `${demo.url}/phuong/${THUY_KHUE}`, { as: 'lanh-dao' });
  await leader.page.locator('[data-criterion="2"]').click();
  expect(await leader.page.getByTestId('feeding').count()).toBe(0);

  const { page, closeClean } = await openPage(browser, `${demo.url}/chuong-trinh?muc=directives`, {
    as: 'so-lieu',
    viewport: PHONE,
  });
  await page.locator('[data-directive="D3"] button', { hasText: 'Giao nhiệm vụ' }).click();
  const form = page.getByTestId('task-form');
  await form.locator('textarea').fill(TITLE);
  await form.locator('input.field:not([type])').first().fill('UBND phường Thụy Khuê');
  await form.locator('input[type="date"]').last().fill('2022-11-20');
  await form.getByText('Thụy Khuê', { exact: true }).click();
  await form.getByText('2. Giao thông đô thị').click();
  await form.locator('input.field:not([type])').last().fill('Thông báo 88-TB/QU');
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  await form.locator('button[type="submit"]').click();

  const feeding = leader.page.getByTestId('feeding');
  await feeding.getByText(TITLE).waitFor();
  expect(await feeding.innerText()).toContain('UBND phường Thụy Khuê · Hạn 20/11/2022 · Chưa có báo cáo');

  // The task, opened from its directive: how far it is.
  await page.locator('[data-directive="D3"]').getByText(TITLE).click();
  await page.getByTestId('report').click();
  await page.locator('[data-testid="report-form"] input[type="number"]').fill('35');
  await page.locator('[data-testid="report-form"] input.field:not([type])').fill('BC 5');
  await page.locator('[data-testid="report-form"] button[type="submit"]').click();
  await feeding.getByText('35%').waitFor();

  await page.getByTestId('remove-task').click();
  await feeding.waitFor({ state: 'detached' });
  await page.getByText('Khôi phục').click();
  await feeding.getByText(TITLE).waitFor();
  await closeClean();
  await leader.closeClean();
});
