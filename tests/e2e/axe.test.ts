import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, launchBrowser, mapIdle, openPage, PHONE, SMALL } from '../helpers/page.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

const PLACES = ['phuong', 'dich-benh', 'di-tich', 'chuong-trinh'];

let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ demo: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const windows = { desktop: SMALL, phone: PHONE };
/** Every size with every theme, every size with every language, every theme with every language: four views do. */
const views = [
  { size: 'desktop', theme: 'light', lang: 'vi' },
  { size: 'desktop', theme: 'dark', lang: 'en' },
  { size: 'phone', theme: 'light', lang: 'en' },
  { size: 'phone', theme: 'dark', lang: 'vi' },
] as const;

// One page a view: the places are reached by the rail, which costs less than a load each.
it.each(views)('axe finds nothing: $size, $theme, $lang, all places', async ({ size, theme, lang }) => {
  const { page, closeClean } = await openPage(browser, server.url, {
    viewport: windows[size],
    theme,
    stored: { 'atlas.lang': lang },
  });
  await mapIdle(page);
  const found: string[] = [];
  for (const place of PLACES) {
    await page.locator(`[data-place="${place}"]`).click();
    await page.locator('h1').first().waitFor();
    found.push(...(await axeFindings(page)).map((line) => `${place}: ${line}`));
  }
  await closeClean();
  expect(found).toEqual([]);
});

describe('axe finds nothing, in light and in dark', () => {
  const openings: [string, string, (page: Page) => Promise<void>][] = [
    [
      'a ward and the reason of a criterion',
      '/phuong/00097@1995-10-28',
      async (page) => {
        await page.locator('[data-criterion]').first().click();
        await page.locator('[data-criterion][aria-expanded="true"]').waitFor();
      },
    ],
    [
      'the table of wards',
      '/phuong',
      async (page) => {
        await page.getByTestId('compare').click();
        await page.getByTestId('ward-table').waitFor();
      },
    ],
    [
      'a relic without a position, being placed',
      '/di-tich',
      async (page) => {
        await page.locator('[data-relic]', { hasText: 'Chưa định vị' }).first().click();
        await page.getByTestId('place').click();
        await page.getByTestId('place-form').waitFor();
      },
    ],
    [
      'the change log, a row unfolded, about to be checked',
      '/di-tich',
      async (page) => {
        await page.getByTestId('open-sign-in').click();
        await page.locator('[data-demo-account="quan-tri"]').click();
        await page.getByTestId('account').click();
        await page.getByTestId('open-audit').click();
        await page.locator('[data-audit] summary').first().click();
        await page.getByRole('button', { name: 'Kiểm tra sổ' }).click();
        await page.getByTestId('verify').waitFor();
      },
    ],
    [
      'watching the season, as health staff',
      '/dich-benh?muc=theo-doi',
      async (page) => {
        await page.getByTestId('open-sign-in').click();
        await page.locator('[data-demo-account="yte-quangan"]').click();
        await page.getByTestId('quality').waitFor();
        await page.getByTestId('warnings').waitFor();
        for (const table of await page.locator('section summary').all()) await table.click();
      },
    ],
    [
      'the results of a search',
      '/phuong',
      async (page) => {
        await page.getByRole('combobox').first().fill('chua');
        await page.getByRole('option').first().waitFor();
      },
    ],
  ];
  it.each(openings)('%s', async (_, path, open) => {
    const { page, closeClean } = await openPage(browser, server.url + path);
    await open(page);
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
      found.push(...(await axeFindings(page)).map((line) => `${colorScheme}: ${line}`));
    }
    await closeClean();
    expect(found).toEqual([]);
  });
});
