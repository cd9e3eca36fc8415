import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
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
  it('finds the pagoda with its marks and without, and opens its card', async () => {
    const { page, first, closeClean } = await searchFor('Trấn Quốc');
    const pagoda = first.filter({ hasText: 'Trấn Quốc' });
    await pagoda.waitFor();
    await page.getByRole('combobox').first().fill('');
    await pagoda.waitFor({ state: 'detached' });
    await page.keyboard.type('tran quoc');
    await pagoda.waitFor();
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
