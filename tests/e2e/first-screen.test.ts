import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, mapIdle, openPage, renderedFeatures } from '../helpers/page.ts';
import { freePort, startServer, type RunningServer } from '../helpers/server.ts';

const EIGHT = ['Bưởi', 'Nhật Tân', 'Phú Thượng', 'Quảng An', 'Thụy Khuê', 'Tứ Liên', 'Xuân La', 'Yên Phụ'];
const sorted = (names: unknown[]) => [...new Set(names.map(String))].sort((a, b) => a.localeCompare(b, 'vi'));

let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

describe('the first screen of a new installation', () => {
  it('shows the eight wards with their names, that limits are approximate and whose data they are, no ribbon of a demo; without a click, a fault, or leaving the host', async () => {
    const { page, closeClean } = await openPage(browser, server.url);
    await mapIdle(page);
    const fills = await renderedFeatures(page, ['ward-fill']);
    const names = await renderedFeatures(page, ['ward-name']);
    const rows = await page.locator('[data-ward]').allTextContents();
    await page.getByText('Ranh giới gần đúng').first().waitFor();
    await page.getByText('OpenStreetMap').first().waitFor();
    expect(await page.getByText('Dữ liệu minh họa').count()).toBe(0);
    await closeClean();
    expect(sorted(fills.map((ward) => ward.properties['name']))).toEqual(EIGHT);
    expect(sorted(names.map((ward) => ward.properties['name']))).toEqual(EIGHT);
    expect(rows).toHaveLength(8);
  });

  it('could not call another host if it tried: the policy stops it', async () => {
    const { page, faults } = await openPage(browser, server.url);
    const elsewhere = `http://127.0.0.1:${await freePort()}/`;
    const reached = await page.evaluate((url) => fetch(url, { mode: 'no-cors' }).then(Boolean, () => false), elsewhere);
    const found = await faults();
    await page.context().close();
    expect(reached).toBe(false);
    expect(found.join('\n')).toContain(`policy: connect-src: ${elsewhere}`);
  });
});

it('shows the six wards of 2025 where the environment says so', async () => {
  const reformed = await startServer({ env: { UNITS: '2025-07-01' } });
  const { page, closeClean } = await openPage(browser, reformed.url);
  await page.locator('[data-ward]').first().waitFor();
  const keys = await page
    .locator('[data-ward]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-ward')));
  await closeClean();
  await reformed.stop();
  expect(keys).toHaveLength(6);
  expect(keys.every((key) => key?.endsWith('@2025-07-01'))).toBe(true);
});
