import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uuidv7 } from '../../web/lib/uuid.ts';
import { IN_QUANG_AN } from '../helpers/make.ts';
import { axeFindings, launchBrowser, openPage, PHONE } from '../helpers/page.ts';
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

/** Opens the outbreaks as one of the demo's accounts. */
async function openAs(username: string, options: Parameters<typeof openPage>[2] = {}) {
  const opened = await openPage(browser, `${demo.url}/dich-benh?muc=o-dich`, { as: username, ...options });
  await opened.page.getByTestId('outbreak-list').waitFor();
  return opened;
}

/** A clinical case some metres north of one quiet place, as a form would send it. */
const report = (page: Page, metersNorth: number) =>
  page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch('/api/dengue/cases', { method: 'POST', headers, body: JSON.stringify(body) });
      return answer.status;
    },
    {
      changeId: uuidv7(),
      class: 'clinical',
      onsetOn: '2022-11-03',
      position: { ...IN_QUANG_AN, lat: IN_QUANG_AN.lat - 0.0045 + metersNorth / 111_195 },
    },
  );

it('the second linked case opens a signal on a second browser, which tells why and when it ends', async () => {
  const officer = await openAs('yte-quangan', { viewport: PHONE });
  const leader = await openAs('lanh-dao');
  const numbers = () =>
    leader.page.locator('[data-outbreak]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-outbreak')));
  const before = await numbers();
  expect(await report(officer.page, 0)).toBe(200);
  expect(await report(officer.page, 120)).toBe(200);
  // How fast is a matter of the bench: here it has to come without being asked for.
  await leader.page.waitForFunction(
    (count) => document.querySelectorAll('[data-outbreak]').length > count,
    before.length,
    { polling: 20 },
  );
  const opened = (await numbers()).find((number) => !before.includes(number))!;

  await officer.page.locator(`[data-outbreak="${opened}"]`).click();
  const end = await officer.page.getByTestId('end-explained').innerText();
  expect(end).toContain('17/11/2022');
  expect(end).toContain('03/11/2022');
  expect(end).toContain('14 ngày');
  expect(await officer.page.getByTestId('history').innerText()).toMatch(/120 m|120,\d m/);
  expect(await axeFindings(officer.page)).toEqual([]);
  // A leader is told how many and where about, and no case.
  await leader.page.locator(`[data-outbreak="${opened}"]`).click();
  await leader.page.getByTestId('end-explained').waitFor();
  expect(await leader.page.getByTestId('links').count()).toBe(0);
  await officer.closeClean();
  await leader.closeClean();
});

it('an officer marks an outbreak on a phone by pasted coordinates', async () => {
  const { page, closeClean } = await openAs('yte-quangan', { viewport: PHONE });
  await page.getByTestId('mark-outbreak').click();
  const form = page.getByTestId('mark-form');
  await form.getByRole('textbox').first().fill(`${IN_QUANG_AN.lat}, ${IN_QUANG_AN.lng}`);
  await form.getByPlaceholder(/Trạm y tế/).fill('Trạm y tế phường');
  await form.locator('[type="submit"]').click();
  await page.getByTestId('outbreak-name').waitFor();
  const number = await page.getByTestId('outbreak-name').innerText();
  expect(number).toMatch(/^TH-2022-\d{3}$/);
  expect(await page.getByTestId('end-explained').innerText()).toMatch(/\d{2}\/11\/2022/);
  await closeClean();
});
