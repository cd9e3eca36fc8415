import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeFindings, launchBrowser, mapIdle, openPage, pixelOf, renderedFeatures, SMALL } from '../helpers/page.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

const PHONE = { width: 390, height: 844 };
/** On dry land in Quảng An, away from the demo's own cases. */
const HOME: [lng: number, lat: number] = [105.8266, 21.0645];
/** 220 m from there, so that what one test enters is no duplicate in another. */
const ELSEWHERE = '21.0625, 105.8262';
const NEAR_HOME = `/dich-benh?muc=ca-benh&map=16/${HOME[1]}/${HOME[0]}`;

let demo: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startServer({ demo: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

async function openCases(viewport: { width: number; height: number }, expectFaults?: RegExp) {
  const opened = await openPage(browser, demo.url + NEAR_HOME, {
    as: 'yte-quangan',
    viewport,
    ...(expectFaults && { expectFaults }),
  });
  await opened.page.getByTestId('case-list').waitFor();
  await mapIdle(opened.page);
  return opened;
}
const tap = async (page: Page, position: [number, number]) => {
  const { x, y } = await pixelOf(page, position);
  await page.mouse.click(x, y);
};
const drawnIds = async (page: Page) =>
  (await renderedFeatures(page, ['case-dot'])).map(({ properties }) => properties['id']);
const sideways = (page: Page) =>
  page.evaluate(() => {
    const panel = document.querySelector('#main');
    return Math.max(
      document.documentElement.scrollWidth - innerWidth,
      panel ? panel.scrollWidth - panel.clientWidth : 0,
    );
  });

it('on a phone a case is one tap and five fields, stands in list and map, is corrected, removed and brought back', async () => {
  const { page, closeClean } = await openCases(PHONE);
  await tap(page, HOME);
  await page.getByTestId('case-form').waitFor();
  await page.locator('[name="onsetOn"]').fill('2022-11-01');
  await page.locator('label:has([name="class"][value="confirmed"])').click();
  await page.locator('[name="ageGroup"]').selectOption('20-29');
  await page.locator('[name="residentialGroup"]').fill('7');
  await page.locator('label:has([name="sex"][value="female"])').click();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByTestId('case-save').click();

  const row = page.locator('[data-case].fresh');
  await row.waitFor();
  expect(await row.textContent()).toContain('Khởi phát 01/11/2022 · Quảng An, tổ dân phố 7');
  const id = await row.getAttribute('data-case');
  await expect.poll(() => drawnIds(page), { timeout: 30_000 }).toContain(id);

  await row.click();
  await page.getByTestId('case-edit').click();
  await page.locator('[name="severity"]').selectOption('warning-signs');
  await page.getByTestId('case-save').click();
  await page.getByTestId('case-history').getByText('Mức độ: Chưa rõ → Có dấu hiệu cảnh báo').waitFor();
  expect(await axeFindings(page)).toEqual([]);

  await page.getByTestId('case-remove').click();
  await page.getByTestId('case-remove-sure').click();
  await page.getByTestId('case-removed').waitFor();
  await expect.poll(() => drawnIds(page), { timeout: 30_000 }).not.toContain(id);
  await page.getByRole('button', { name: 'Hoàn tác' }).last().click();
  await page.getByTestId('case-removed').waitFor({ state: 'detached' });
  await expect.poll(() => drawnIds(page), { timeout: 30_000 }).toContain(id);
  await closeClean();
});

it('two corrections of one case meet: both are shown, and nothing typed is lost', async () => {
  const { page, closeClean } = await openCases(PHONE, /412|Precondition/);
  await page.locator('[data-case]').last().click();
  await page.getByTestId('case-edit').click();
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const now = (await (await page.request.get(`${demo.url}/api/dengue/cases/${id}`)).json()) as { version: number };
  await page.locator('[name="residentialGroup"]').fill('12');
  const other = await page.request.patch(`${demo.url}/api/dengue/cases/${id}`, {
    headers: { 'if-match': `"${now.version}"` },
    data: { changeId: '018454f0-0000-7000-8000-00000000000a', sex: 'male' },
  });
  expect(other.ok()).toBe(true);
  await page.getByTestId('case-save').click();
  const conflict = page.getByTestId('case-conflict');
  await conflict.waitFor();
  expect(await conflict.textContent()).toMatch(/Giới.*Đang lưu Nam.*Tổ dân phố.*Tôi nhập 12/s);
  await page.getByTestId('conflict-save').click();
  await page.getByTestId('case-title').waitFor();
  const after = (await (await page.request.get(`${demo.url}/api/dengue/cases/${id}`)).json()) as object;
  expect(after).toMatchObject({ residentialGroup: '12', sex: 'male' });
  await closeClean();
});

it('a case without a connection is kept as typed, is refused in words, and fits 320 pixels', async () => {
  const { page, closeClean } = await openCases({ width: 320, height: 640 }, /Failed to load|ERR_|422/);
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  await page.getByTestId('case-add').click();
  await page.getByTestId('case-address').fill(ELSEWHERE);
  await page.locator('[name="onsetOn"]').fill('2022-11-02');
  await page.locator('[name="residentialGroup"]').fill('9');
  await page.getByTestId('case-more').locator('summary').click();
  await page.locator('[name="reportedOn"]').fill('2022-11-01');
  await page.getByText('Ngày khởi phát không được sau ngày báo cáo.').waitFor();
  await page.locator('[name="reportedOn"]').fill('2022-11-03');
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  await page.route('**/api/dengue/cases*', (route) => route.abort());
  await page.getByTestId('case-save').click();
  await page.getByText('Những gì đã nhập vẫn còn đây.').waitFor();
  expect(await page.locator('[name="residentialGroup"]').inputValue()).toBe('9');
  await page.unroute('**/api/dengue/cases*');
  await page.getByTestId('case-save').click();
  await page.locator('[data-case].fresh').waitFor();

  // The same home within three days: told before anything is saved, and saved only by whoever insists.
  await page.getByTestId('case-add').click();
  await page.getByTestId('case-address').fill(ELSEWHERE);
  await page.locator('[name="onsetOn"]').fill('2022-11-03');
  await page.getByTestId('case-save').click();
  await page.getByText('Không trùng, vẫn lưu').waitFor();
  expect(await page.getByTestId('case-warnings').textContent()).toContain('cùng nơi, cùng thời gian, cách 0 m');
  await closeClean();
});

it('a file is imported after its faults are shown, many are corrected at once, a person is shown only with a reason', async () => {
  const { page, closeClean } = await openCases(SMALL);
  await page.getByTestId('case-import-open').click();
  const lines = [
    'Họ tên,Ngày,Loại,Vĩ độ,Kinh độ',
    'Người Mẫu Một,30/10/2022,lâm sàng,21.0651,105.8268',
    'Người Mẫu Hai,31/10/2022,lâm sàng,105.8266,21.0649',
    'Người Mẫu Ba,31/02/2022,lâm sàng,21.0650,105.8267',
  ];
  await page.getByTestId('import-file').setInputFiles({
    name: 'ca-benh.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\n')),
  });
  await page.getByText('Chưa có cột nào là ngày khởi phát.').waitFor();
  await page.locator('[data-column="1"]').selectOption('onsetOn');
  await page.getByText('Chưa có cột nào là ngày khởi phát.').waitFor({ state: 'detached' });
  await page.locator('[data-column="2"]').selectOption('class');
  await page.getByTestId('import-faults').getByText('Vĩ độ và kinh độ có lẽ đã bị đổi chỗ.').waitFor();
  expect(await page.getByTestId('import-faults').textContent()).toMatch(
    /3.*Vĩ độ.*21\.06490, 105\.82660.*4\s*B\s*Ngày khởi phát/s,
  );
  expect(await axeFindings(page)).toEqual([]);
  await page.getByTestId('import-swap').click();
  await page.getByText('2 trong 3 dòng nhập được').waitFor();
  await page.getByTestId('import-write').click();
  expect(await page.getByTestId('import-done').textContent()).toMatch(/Đã nhập 2 ca\..*1 dòng lỗi/s);
  await page.getByTestId('import-done').getByRole('button').click();

  await page.goto(`${demo.url}/dich-benh?muc=ca-benh&lop=clinical&ngay=7&dinhvi=no`);
  await page.locator('[data-case]').nth(1).waitFor();
  await page.getByTestId('case-table-open').click();
  await page.getByTestId('case-table').locator('thead input').check();
  await page.locator('[name="bulk-field"]').selectOption('residentialGroup');
  await page.locator('[name="bulk-value"]').fill('11');
  expect(await axeFindings(page)).toEqual([]);
  await page.getByTestId('bulk-apply').click();
  await page.getByTestId('case-table').getByRole('cell', { name: '11', exact: true }).nth(1).waitFor();

  await page.getByTestId('case-table').locator('tbody button').first().click();
  await page.getByTestId('person-show').waitFor();
  expect(await page.getByTestId('person-part').textContent()).not.toContain('Người Mẫu');
  await page.getByTestId('person-show').click();
  await page.getByTestId('person-shown').getByText('Người Mẫu').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByTestId('person-erase').click();
  await page.getByTestId('person-erase-sure').click();
  await page.getByTestId('person-add').waitFor();
  await closeClean();
});
