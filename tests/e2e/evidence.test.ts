import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeFindings, launchBrowser, mapIdle, openPage, renderedFeatures } from '../helpers/page.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

/** Every indicator of Quảng An is met in the demo, and its 8.2 needs evidence. */
const QUANG_AN = '00100@1995-10-28';
const CARD = `phuong/${QUANG_AN}?tieuchi=8&mau=state`;

let demo: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startServer({ demo: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

const colourOnMap = async (page: Page) => {
  await mapIdle(page);
  const drawn = await renderedFeatures(page, ['ward-fill']);
  return drawn.find(({ properties }) => properties['key'] === QUANG_AN)?.properties['fillColor'];
};
const row = (page: Page) => page.getByTestId('ward-table').locator('tr', { hasText: 'Quảng An' });

it('withdrawing the evidence of a met indicator changes map, card and table in a second browser at once', async () => {
  const visitor = await openPage(browser, `${demo.url}/${CARD}`);
  const atTable = await openPage(browser, `${demo.url}/phuong?mau=state`);
  const criterion = visitor.page.locator('[data-criterion="8"]');
  await criterion.getByText('Đạt', { exact: true }).waitFor();
  const before = await colourOnMap(visitor.page);
  await atTable.page.getByTestId('compare').click();
  await row(atTable.page).waitFor();
  const gone = row(atTable.page).getByText('Hết hạn minh chứng');
  expect(await gone.count()).toBe(0);

  const officer = await openPage(browser, `${demo.url}/${CARD}`, { as: 'so-lieu' });
  const desk = officer.page.getByTestId('evidence-8.2');
  await desk.getByTestId('withdraw-evidence').click();
  const form = officer.page.getByTestId('withdraw-form');
  await form.locator('textarea').fill('Quyết định đã bị thu hồi');
  expect(await axeFindings(officer.page)).toEqual([]);
  await form.locator('button[type=submit]').click();

  await criterion.getByText('Hết hạn minh chứng').waitFor();
  await visitor.page.getByText('Minh chứng đã bị rút', { exact: true }).waitFor();
  await gone.waitFor({ state: 'attached' });
  await visitor.page.waitForFunction(
    ({ key, before }) =>
      window.atlasMap
        ?.queryRenderedFeatures({ layers: ['ward-fill'] })
        .some((f) => f.properties['key'] === key && f.properties['fillColor'] !== before),
    { key: QUANG_AN, before },
    { polling: 50 },
  );
  expect(await visitor.page.getByText('Quyết định đã bị thu hồi').count()).toBe(0);

  await desk.getByTestId('restore-evidence').click();
  await criterion.getByText('Đạt', { exact: true }).waitFor();
  await gone.waitFor({ state: 'detached' });
  for (const one of [officer, atTable, visitor]) await one.closeClean();
});
