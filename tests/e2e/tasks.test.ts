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

const signIn = async (page: Page, username: string) => {
  const answer = await page.request.post(`${demo.url}/api/session`, {
    data: { username, password: 'xem-thu-ban-do' },
  });
  expect(answer.ok()).toBe(true);
  await page.reload();
};

it('a task set from a directive shows at once under the criterion it is to help with, and comes back when taken out', async () => {
  const leader = await openPage(browser, `${demo.url}/phuong/${THUY_KHUE}`);
  await signIn(leader.page, 'lanh-dao');
  await leader.page.locator('[data-criterion="2"]').click();
  expect(await leader.page.getByTestId('feeding').count()).toBe(0);

  const { page, closeClean } = await openPage(browser, `${demo.url}/chuong-trinh?muc=directives`, { viewport: PHONE });
  await signIn(page, 'so-lieu');
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
