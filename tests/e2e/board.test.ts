import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeFindings, launchBrowser, mapIdle, openPage, PHONE, pixelOf } from '../helpers/page.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

const THUY_KHUE = '00112@1995-10-28';

let demo: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startServer({ demo: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

it('a leader reads in 1 click what changed since the last meeting, ward by ward', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/phuong`, { as: 'lanh-dao' });
  await page.getByTestId('since-last').click();
  const buoi = page.locator('[data-changed-ward="00109@1995-10-28"]');
  await buoi.getByText('từ “Đã đăng ký” sang “Đang tự đánh giá”').waitFor();
  await page.getByText('Nhiệm vụ có thay đổi').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByTestId('since-which').selectOption('1');
  await page.locator(`[data-changed-ward="${THUY_KHUE}"]`).getByText('trạng thái giữ nguyên').waitFor();
  await closeClean();
});

it('pointing at a ward on the map and walking to it by keyboard say the same, and the legend states its rule', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/phuong?mau=indicator:3.3&lop=tu-nhien`);
  await mapIdle(page);
  const { items } = await demo.get<{ items: { key: string; labelPoint: [number, number] }[] }>('/api/wards');
  const ward = items.find(({ key }) => key === '00091@1995-10-28')!;
  const { x, y } = await pixelOf(page, ward.labelPoint);
  await page.mouse.move(x, y);
  const says = page.getByTestId('ward-says');
  const byPointer = await says.innerText();
  await page.mouse.move(0, 0);
  await says.waitFor({ state: 'detached' });
  const row = page.locator(`[data-ward="${ward.key}"]`);
  await row.focus();
  expect(await says.innerText()).toBe(byPointer);
  const detail = byPointer.split(', ngưỡng')[0]!.split(' ').at(-1)!;
  expect(byPointer).toMatch(/^Phú Thượng: .*[\d,]+%, ngưỡng 70%$/);
  expect(await row.innerText()).toContain(detail);
  await page.locator('.legend').getByText('Giá trị đúng ranh giới thuộc lớp trên.').waitFor();
  await closeClean();
});

it('a trend is drawn with its target, read aloud, and never without its table; a ranking names its ward', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/phuong?mau=indicator:3.3`, { as: 'lanh-dao' });
  await page.getByTestId('board').click();
  await page.getByTestId('ranking').getByText('Thụy Khuê').waitFor();
  expect(await page.getByTestId('ranking').locator('tbody tr').count()).toBe(8);
  await page.getByRole('tab', { name: 'Xu hướng' }).click();
  const charts = page.getByTestId('trend').locator('svg[role="img"]');
  await charts.first().waitFor();
  expect([await charts.count(), await page.getByTestId('trend').locator('[data-target]').count()]).toEqual([8, 8]);
  await page.getByTestId('trend-ward').selectOption(THUY_KHUE);
  const chart = page.getByRole('img', { name: 'Thụy Khuê: 3.3 Thoát nước, xử lý nước thải' });
  await chart.waitFor();
  expect(await chart.locator('desc').textContent()).toMatch(
    /^Từ [\d,]+% ngày 30\/04\/2022 đến [\d,]+% .*Ngưỡng 70%\.$/,
  );
  expect(await page.getByTestId('trend-table').locator('tbody tr').count()).toBe(1);
  expect(await page.getByTestId('trend-table').locator('tbody td').allInnerTexts()).toHaveLength(8);
  expect(await axeFindings(page)).toEqual([]);
  await page.setViewportSize(PHONE);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  await closeClean();
});

it('two days are compared side by side or by a line moved with the keyboard, and the table says what turned', async () => {
  const { page, closeClean } = await openPage(
    browser,
    `${demo.url}/phuong?bang=hai-ngay&mau=state&truoc=2022-09-30&sau=2022-11-04`,
    { viewport: PHONE },
  );
  const table = page.getByTestId('two-days');
  await table.getByText('Đạt → Hết hạn minh chứng').waitFor();
  expect(await page.locator('figure svg[role="img"]').count()).toBe(2);
  await page.getByTestId('compare-mode').selectOption('truot');
  const swipe = page.getByTestId('swipe');
  await swipe.focus();
  await page.keyboard.press('End');
  expect(await swipe.getAttribute('aria-valuetext')).toBe('30/09/2022 100%, 04/11/2022 0%');
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  await page.getByRole('tab', { name: 'Bản đồ theo thời gian' }).click();
  await page.getByTestId('over-time').locator('li').nth(7).waitFor();
  await closeClean();
});
