import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../web/lib/uuid.ts';
import { launchBrowser, mapIdle, openPage, renderedFeatures } from '../helpers/page.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

interface Relic {
  id: string;
  version: number;
  name: string;
  position: { lng: number; lat: number } | null;
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
const SPOT = { lng: 105.8098, lat: 21.0862 };
const CLOSE_BY = `map=16/${SPOT.lat}/${SPOT.lng}`;

async function unplaced(server: RunningServer): Promise<Relic> {
  const { items } = await server.get<{ items: Relic[] }>('/api/heritage/relics?limit=500');
  const found = items.find((relic) => relic.position === null);
  if (!found) throw new Error('every relic has a position');
  return found;
}

const place = (server: RunningServer, relic: Relic) =>
  fetch(`${server.url}/api/heritage/relics/${relic.id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', 'if-match': `"${relic.version}"` },
    body: JSON.stringify({ changeId: uuidv7(), position: { ...SPOT, errorMeters: 50 } }),
  });

/** Waits until the map has drawn this relic as a point of its own. */
const drawn = (page: Page, id: string) =>
  page.waitForFunction(
    (id) => {
      const map = window.atlasMap;
      return (
        map?.getLayer('relic') &&
        map.queryRenderedFeatures({ layers: ['relic'] }).some((f) => f.properties['id'] === id)
      );
    },
    id,
    { polling: 20 },
  );

describe('two readers', () => {
  // How fast is a matter of the bench (`second-screen`).
  it('one places a relic, the other sees it without asking', async () => {
    const relic = await unplaced(demo);
    const a = await openPage(browser, `${demo.url}/di-tich/${relic.id}`);
    const b = await openPage(browser, `${demo.url}/di-tich?${CLOSE_BY}`);
    await mapIdle(b.page);
    await a.page.getByTestId('place').click();
    await a.page.getByTestId('place-form').getByRole('textbox').fill(`${SPOT.lat}, ${SPOT.lng}`);
    await a.page.getByTestId('derived-ward').waitFor();

    await a.page.getByTestId('place-form').locator('[type="submit"]').click();
    await drawn(b.page, relic.id);
    const ids = (await renderedFeatures(b.page, ['relic'])).map((feature) => feature.properties['id']);
    await a.closeClean();
    await b.closeClean();
    expect(ids).toContain(relic.id);
  });

  it('catch up with what happened while the server was gone', async () => {
    const relic = await unplaced(demo);
    const expectFaults = /console: Failed to load resource|ERR_(CONNECTION|INCOMPLETE|EMPTY)/;
    const { page, closeClean } = await openPage(browser, `${demo.url}/di-tich?${CLOSE_BY}`, { expectFaults });
    await mapIdle(page);
    const flag = page.locator(`[data-relic="${relic.id}"]`).getByText('Chưa định vị');
    await flag.waitFor();

    await demo.kill();
    await page.getByText('Mất kết nối với máy chủ').first().waitFor();
    await demo.restart();
    const answer = await place(demo, relic);
    expect(answer.status).toBe(200);

    await drawn(page, relic.id);
    await flag.waitFor({ state: 'detached' });
    await page.getByText('Mất kết nối với máy chủ').first().waitFor({ state: 'hidden' });
    await closeClean();
  });
});

describe('the real server, which has no accounts yet', () => {
  it('refuses to place a relic and offers no button for it', async () => {
    const real = await startServer();
    const relic = await unplaced(real);
    const answer = await place(real, relic);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'not_permitted' });

    const { page, closeClean } = await openPage(browser, `${real.url}/di-tich/${relic.id}`);
    await page.getByText('Cần tài khoản cán bộ di tích').waitFor();
    expect(await page.getByTestId('place').count()).toBe(0);
    await closeClean();
    await real.stop();
  });
});
