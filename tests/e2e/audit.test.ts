import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, mapIdle, openPage, renderedFeatures } from '../helpers/page.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

interface Relic {
  id: string;
  name: string;
  position: object | null;
}

let demo: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startServer({ demo: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

/** On land, with no other relic near, so that no cluster swallows what is placed here. */
const SPOT = '21.0862, 105.8098';

const relics = async () => (await demo.get<{ items: Relic[] }>('/api/heritage/relics?limit=500')).items;
const isDrawn = async (page: Page, id: string) =>
  (await renderedFeatures(page, ['relic'])).some((feature) => feature.properties['id'] === id);
/** Waits until the map draws this relic, or no longer does. */
const drawn = (page: Page, id: string, there: boolean) =>
  page.waitForFunction(
    ({ id, there }) => {
      const map = window.atlasMap;
      const found = map?.queryRenderedFeatures({ layers: ['relic'] }).some((f) => f.properties['id'] === id);
      return found === there;
    },
    { id, there },
    { polling: 50 },
  );

async function place(page: Page) {
  await page.getByTestId('place').click();
  await page.getByTestId('place-form').getByRole('textbox').fill(SPOT);
  await page.getByTestId('derived-ward').waitFor();
  await page.getByTestId('place-form').locator('[type="submit"]').click();
}

describe('an administrator', () => {
  it('reads in the log what they did to a relic, and takes it back', async () => {
    const relic = (await relics()).find(({ position }) => position === null);
    if (!relic) throw new Error('every relic has a position');
    const { page, closeClean } = await openPage(browser, `${demo.url}/di-tich/${relic.id}?map=16/21.0862/105.8098`, {
      as: 'quan-tri',
    });
    await mapIdle(page);
    await place(page);
    await drawn(page, relic.id, true);

    await page.getByTestId('relic-history').click();
    const row = page.locator('[data-audit]').filter({ hasText: `đặt ${relic.name} lên bản đồ` });
    await row.getByText('Quản trị hệ thống').waitFor();
    await row.getByTestId('undo').click();
    await row.getByTestId('undo-sure').click();
    await page
      .locator('[data-audit]')
      .filter({ hasText: `gỡ ${relic.name} khỏi bản đồ` })
      .waitFor();
    expect(await row.getByTestId('undo').count()).toBe(0);

    await page.goBack();
    await page.getByTestId('audit-list').waitFor({ state: 'detached' });
    await drawn(page, relic.id, false);
    expect(await isDrawn(page, relic.id)).toBe(false);
    await closeClean();
  });

  it('takes a placement back from the message that tells of it', async () => {
    const relic = (await relics()).find(({ position }) => position === null);
    if (!relic) throw new Error('every relic has a position');
    const { page, closeClean } = await openPage(browser, `${demo.url}/di-tich/${relic.id}`, { as: 'quan-tri' });
    await place(page);
    await page.getByTestId('toast-action').click();
    await page.getByText('Đã hoàn tác.').waitFor();
    expect((await relics()).find(({ id }) => id === relic.id)?.position).toBeNull();
    await closeClean();
  });
});

describe('an administrator of a server without BACKUP_DIR', () => {
  it('is told that nothing is backed up, and how to change that', async () => {
    const { page, closeClean } = await openPage(browser, `${demo.url}/phuong`, { as: 'quan-tri' });
    await page.getByTestId('account').click();
    await page.getByTestId('open-backups').click();
    const off = page.getByTestId('backups-off');
    await off.getByText('Chưa bật sao lưu tự động').waitFor();
    await off.getByText(/BACKUP_DIR=/).waitFor();
    expect(await page.getByTestId('make-backup').count()).toBe(0);
    await closeClean();
  });
});

describe('a visitor with the link', () => {
  it('is told that the log is not theirs to read', async () => {
    const { page, closeClean } = await openPage(browser, `${demo.url}/phuong?so=tat-ca`);
    await page.getByRole('dialog').getByText('Bạn chưa được phép làm việc này.').waitFor();
    await closeClean();
  });
});
