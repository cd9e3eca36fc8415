import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, mapIdle, openPage, renderedFeatures } from '../helpers/page.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

const PLACES = ['phuong', 'dich-benh', 'di-tich', 'chuong-trinh'];

let real: RunningServer;
let demo: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [real, demo, browser] = await Promise.all([startServer(), startServer({ demo: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([real.stop(), demo.stop()]);
});

/** The page as the printer gets it. */
async function printed(page: Page) {
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  return page.locator('.sheet');
}

describe('without a case in the database', () => {
  it('the dengue place says what will stand there, and draws no hotspot', async () => {
    const { page, closeClean } = await openPage(browser, `${real.url}/dich-benh`);
    await page.getByTestId('dengue-empty').waitFor();
    await mapIdle(page);
    const spots = await renderedFeatures(page, ['hotspot-fill']);
    await closeClean();
    expect(spots).toEqual([]);
  });
});

describe('the demo', () => {
  it('carries its ribbon in every place, and on paper', async () => {
    const { page, closeClean } = await openPage(browser, demo.url);
    for (const place of PLACES) {
      await page.locator(`[data-place="${place}"]`).click();
      await page.getByText('Dữ liệu minh họa').first().waitFor();
    }
    const sheet = await printed(page);
    expect(await sheet.getByText('Dữ liệu minh họa').isVisible()).toBe(true);
    await closeClean();
  });

  it('shows hotspots of at least five cases, as a list and on the map', async () => {
    const { page, closeClean } = await openPage(browser, `${demo.url}/dich-benh`);
    await page.getByTestId('hotspot-list').waitFor();
    await mapIdle(page);
    const spots = await renderedFeatures(page, ['hotspot-fill']);
    await closeClean();
    expect(spots.length).toBeGreaterThan(0);
    expect(spots.every((spot) => Number(spot.properties['cases']) >= 5)).toBe(true);
  });
});

describe('when the server does not answer', () => {
  const failing = async (page: Page) => {
    await page.route('**/api/status*', (route) => route.abort());
  };
  const expectFaults = /console: Failed to load resource/;

  it('the panel says so, and "try again" brings the wards', async () => {
    const { page, closeClean } = await openPage(browser, real.url, { prepare: failing, expectFaults });
    await page.getByRole('alert').filter({ hasText: 'Không tải được dữ liệu' }).waitFor();
    await page.unroute('**/api/status*');
    await page.getByRole('button', { name: 'Thử lại' }).click();
    await page.locator('[data-ward]').first().waitFor();
    await closeClean();
  });
});

describe('at 320 px', () => {
  it('no place needs sideways scroll', async () => {
    const { page, closeClean } = await openPage(browser, demo.url, { viewport: { width: 320, height: 560 } });
    const tooWide: string[] = [];
    for (const place of PLACES) {
      await page.locator(`[data-place="${place}"]`).click();
      await page.locator(`[data-place="${place}"][aria-current]`).waitFor();
      await page.locator('h1').first().waitFor();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 320) tooWide.push(`${place}: ${width} px`);
    }
    await closeClean();
    expect(tooWide).toEqual([]);
  });
});

describe('on paper', () => {
  it('stand the map, its source and its caveat, without the controls', async () => {
    const { page, closeClean } = await openPage(browser, real.url);
    await mapIdle(page);
    const sheet = await printed(page);
    expect(await page.locator('nav').first().isVisible()).toBe(false);
    expect(await page.getByRole('combobox').first().isVisible()).toBe(false);
    expect(await sheet.getByText('OpenStreetMap').isVisible()).toBe(true);
    expect(await sheet.getByText('Ranh giới gần đúng').isVisible()).toBe(true);
    const { seq, chainHash } = await real.get<{ seq: number; chainHash: string }>('/api/health');
    expect(await sheet.getByText(`Sổ thay đổi: #${seq} ${chainHash.slice(0, 12)}`).isVisible()).toBe(true);
    expect(await sheet.getByText(chainHash).isVisible()).toBe(true);
    const picture = await sheet.locator('img').getAttribute('src');
    expect(picture?.length).toBeGreaterThan(20_000);
    await closeClean();
  });
});

describe('the reader', () => {
  it('keeps the language they chose', async () => {
    const { page, closeClean } = await openPage(browser, real.url);
    await page.getByRole('button', { name: 'Tùy chọn' }).click();
    await page.getByRole('button', { name: 'Switch to English' }).click();
    await page.getByRole('button', { name: 'Wards' }).first().waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Wards' }).first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await closeClean();
  });

  it.each(['light', 'dark'] as const)('sees the %s theme their system prefers', async (theme) => {
    const { page, closeClean } = await openPage(browser, real.url, { theme });
    await page.locator(`html[data-theme="${theme}"]`).waitFor();
    await closeClean();
  });
});
