import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featureState, launchBrowser, mapIdle, openPage, pixelOf } from '../helpers/page.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

interface Ward {
  key: string;
  code: string;
  name: string;
  labelPoint: [number, number];
}

let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const wardsOf = async (units: string) => (await server.get<{ items: Ward[] }>(`/api/wards?units=${units}`)).items;

/** The keys of the wards that hold a state on the map. */
async function held(page: Page, wards: Ward[], state: 'hover' | 'selected'): Promise<string[]> {
  const states = await Promise.all(wards.map(({ key }) => featureState(page, 'wards', key)));
  return wards.filter((_, i) => states[i]?.[state] === true).map(({ key }) => key);
}
const patience = { timeout: 30_000 };

describe.each(['1995-10-28', '2025-07-01'])('codes that mean two wards, in the set of %s', (units) => {
  it.each(['00091', '00097'])('%s lights up alone under the mouse, and is chosen by a click', async (code) => {
    const wards = await wardsOf(units);
    const ward = wards.find((one) => one.code === code);
    if (!ward) throw new Error(`no ${code} in ${units}`);
    const { page, closeClean } = await openPage(browser, `${server.url}/phuong?units=${units}`);
    await mapIdle(page);

    const { x, y } = await pixelOf(page, ward.labelPoint);
    await page.mouse.move(x, y);
    await expect.poll(() => held(page, wards, 'hover'), patience).toEqual([ward.key]);

    await page.mouse.click(x, y);
    await page.getByTestId('ward-name').filter({ hasText: ward.name }).waitFor();
    expect(decodeURIComponent(new URL(page.url()).pathname)).toBe(`/phuong/${ward.key}`);
    await expect.poll(() => held(page, wards, 'selected'), patience).toEqual([ward.key]);
    await closeClean();
  });
});

describe('the address', () => {
  it('opens a ward and the reason of a criterion from a link', async () => {
    const { page, closeClean } = await openPage(browser, `${server.url}/phuong/00097@1995-10-28`);
    await page.getByTestId('ward-name').filter({ hasText: 'Tứ Liên' }).waitFor();
    const criteria = page.locator('[data-criterion]');
    await criteria.nth(2).click();
    const link = page.url();
    await page.goto(link);
    await criteria.first().waitFor();
    const open = await criteria.evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-expanded')));
    await closeClean();
    expect(open).toHaveLength(9);
    expect(open.flatMap((state, i) => (state === 'true' ? [i] : []))).toEqual([2]);
  });

  it('goes back step by step', async () => {
    const { page, closeClean } = await openPage(browser, server.url);
    await page.locator('[data-ward="00091@1995-10-28"]').click();
    await page.getByTestId('ward-name').waitFor();
    await page.locator('[data-place="di-tich"]').click();
    await page.getByTestId('relic-list').waitFor();
    await page.goBack();
    await page.getByTestId('ward-name').waitFor();
    await page.goBack();
    await page.locator('[data-ward="00091@1995-10-28"]').waitFor();
    await closeClean();
  });

  it('shows the day it names', async () => {
    const { page, closeClean } = await openPage(browser, `${server.url}/phuong?at=2022-09-27`);
    await page.getByRole('button', { name: /27\/09\/2022/ }).waitFor();
    await page.getByText('tính đến 27/09/2022').waitFor();
    await closeClean();
  });
});

describe('by the keyboard alone', () => {
  const focusOn = async (page: Page, selector: string) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)) return;
    }
    throw new Error(`the focus never reached ${selector}`);
  };

  it('leads through the table to the reason of a ward', async () => {
    const { page, closeClean } = await openPage(browser, server.url);
    await page.locator('[data-ward]').first().waitFor();
    await focusOn(page, '[data-testid="compare"]');
    await page.keyboard.press('Enter');
    await page.getByTestId('ward-table').waitFor();
    await focusOn(page, '[data-testid="ward-table"] tbody tr:nth-child(2) button');
    const name = await page.evaluate(() => document.activeElement?.textContent ?? '');
    await page.keyboard.press('Enter');
    await page.getByTestId('ward-name').filter({ hasText: name }).waitFor();
    await focusOn(page, '[data-criterion]');
    await page.keyboard.press('Enter');
    expect(await page.locator('[data-criterion]').first().getAttribute('aria-expanded')).toBe('true');
    await page.getByText('Ngưỡng').first().waitFor();
    await closeClean();
  });
});
