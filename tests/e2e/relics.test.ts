import type { Buffer } from 'node:buffer';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeFindings, launchBrowser, mapIdle, openPage, PHONE } from '../helpers/page.ts';
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

const photo = async (colour: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> => ({
  name: 'dinh.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 800, height: 600, channels: 3, background: colour } })
    .jpeg()
    .toBuffer(),
});

/** What a person does, counted. */
const counting = (page: Page) => {
  const done = { taps: 0, fields: 0, photos: 0 };
  return {
    done,
    async tap(selector: string) {
      done.taps += 1;
      await page.locator(selector).click();
    },
    async fill(field: string, value: string) {
      done.fields += 1;
      const one = page.locator(`[data-field="${field}"]`);
      if ((await one.evaluate((node) => node.tagName)) === 'SELECT') await one.selectOption(value);
      else await one.fill(value);
    },
    async choose(testid: string, colour: string) {
      done.photos += 1;
      await page.getByTestId(testid).setInputFiles([await photo(colour)]);
    },
  };
};

it('on a phone a new relic takes one tap on the map, six fields and a photo, in under a minute', async () => {
  const began = Date.now();
  const { page, closeClean } = await openPage(browser, `${demo.url}/di-tich`, { as: 'di-san', viewport: PHONE });
  await mapIdle(page);
  await page.getByTestId('add-relic').click();
  await page.getByTestId('new-relic').waitFor();
  const { done, fill, choose } = counting(page);
  // The map is above the sheet.
  await page.mouse.click(150, 190);
  await page
    .getByTestId('new-position')
    .filter({ hasText: /\d+\.\d{5}/ })
    .waitFor();
  done.taps += 1;
  await fill('name', 'Miếu Gốc Đa');
  await fill('kind', 'mieu');
  await fill('ward', '00100@1995-10-28');
  await fill('address', 'ngõ 52 Tô Ngọc Vân');
  await fill('rank', 'inventoried');
  await fill('source', 'Khảo sát của phường');
  await choose('new-photo', '#8a4b2a');
  expect(await axeFindings(page)).toEqual([]);
  await page.getByTestId('new-relic').locator('[type=submit]').click();
  await page.getByTestId('relic-name').filter({ hasText: 'Miếu Gốc Đa' }).waitFor();
  await page.getByTestId('photo-count').waitFor();
  expect(done).toEqual({ taps: 1, fields: 6, photos: 1 });
  expect(Date.now() - began).toBeLessThan(60_000);
  await closeClean();
});

it('on a phone a relic is inspected again in 4 taps, with the last grades carried over', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/di-tich/th-qa-01`, {
    as: 'di-san',
    viewport: PHONE,
  });
  const { done, tap, choose } = counting(page);
  await page.getByTestId('inspect').click();
  for (const grade of ['roof-2', 'wall-3']) await page.locator(`label:has([data-grade="${grade}"])`).click();
  await page.getByTestId('inspection-form').locator('[type=submit]').click();
  await page.getByTestId('inspections').getByText('Tường: 3').waitFor();

  await tap('[data-testid=inspect]');
  expect(await page.locator('[data-grade="wall-3"]').isChecked()).toBe(true);
  await tap('label:has([data-grade="roof-4"])');
  await choose('inspection-photo', '#5a2a1a');
  expect(await axeFindings(page)).toEqual([]);
  await tap('[data-testid=inspection-form] [type=submit]');
  await page.getByTestId('inspections').getByText('Mái: 4').waitFor();
  await page.getByTestId('photo-count').waitFor();
  expect(done.taps + done.photos).toBe(4);
  await closeClean();
});

it('the degraded list stands there in 1 click, the worst first, with counts per ward', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/di-tich`, { as: 'di-san', viewport: PHONE });
  await page.locator('[data-need=degraded]').waitFor();
  const { done, tap } = counting(page);
  await tap('[data-need=degraded]');
  const counts = await page.getByTestId('ward-counts').locator('b').allInnerTexts();
  const rows = await page.getByTestId('relic-list').locator('[data-relic]').count();
  expect(rows).toBeGreaterThan(3);
  expect(counts.map(Number).reduce((sum, count) => sum + count, 0)).toBe(rows);
  expect(await page.getByTestId('relic-list').locator('[data-relic]').first().innerText()).toContain('cấp thiết');
  expect(done.taps).toBe(1);
  await closeClean();
});
