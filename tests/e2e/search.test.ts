import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../helpers/page.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function searchFor(query: string) {
  const opened = await openPage(browser, server.url);
  const { page } = opened;
  await page.keyboard.press('/');
  await page.keyboard.type(query);
  return { ...opened, first: page.getByRole('option').first() };
}

describe('the search box', () => {
  it.each(['Trấn Quốc', 'tran quoc'])('finds the pagoda by "%s" and opens its card', async (query) => {
    const { page, first, closeClean } = await searchFor(query);
    await first.waitFor();
    expect(await first.textContent()).toContain('Trấn Quốc');
    await page.keyboard.press('Enter');
    await page.getByTestId('relic-name').filter({ hasText: 'Trấn Quốc' }).waitFor();
    await closeClean();
  });

  it('finds a ward by a name without marks and opens its card', async () => {
    const { page, first, closeClean } = await searchFor('thuy khue');
    await first.waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('ward-name').filter({ hasText: 'Thụy Khuê' }).waitFor();
    await closeClean();
  });

  it('says so when nothing is found', async () => {
    const { page, closeClean } = await searchFor('qqqq');
    await page.getByText('Không tìm thấy “qqqq”').first().waitFor();
    await closeClean();
  });
});
