import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DistrictStatus } from '../../server/status/contract.ts';
import { axeFindings, launchBrowser, openPage, PHONE } from '../helpers/page.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

const THUY_KHUE = '00112@1995-10-28';
const DEMO_PACK = 'qd04-2022-demo';

let demo: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startServer({ demo: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

const wardOn = async (at: string) =>
  (await demo.get<DistrictStatus>(`/api/status?at=${at}`)).wards.find(({ key }) => key === THUY_KHUE)!;
const indicatorOn = async (at: string, id: string) =>
  (await wardOn(at)).criteria.flatMap(({ indicators }) => indicators).find((one) => one.id === id)!;

it('an administrator types a threshold with its source, publishes it from a day, and the ward turns on that day', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/phuong`, { as: 'quan-tri' });
  const before = await indicatorOn('2022-11-04', '3.3');
  await page.getByTestId('packs').click();
  await page.locator(`[data-pack="${DEMO_PACK}"]`).click();
  await page.getByTestId('edit-pack').click();
  const field = (path: string) => page.locator(`[data-path="criteria.2.indicators.2.${path}"]`);
  // A margin wider than the threshold is said at once, and cannot be published.
  await field('target').fill('5');
  await page.getByTestId('findings').getByText('mâu thuẫn với ngưỡng').waitFor();
  const wanted = before.state === 'not-met' ? Math.floor(before.value!) : Math.ceil(before.value!) + 20;
  await field('target').fill(String(wanted));
  await field('source').fill('Kế hoạch số 45/KH-UBND ngày 01/11/2022');
  await page.getByTestId('publish').click();
  const form = page.getByTestId('publish-pack');
  await form.getByTestId('publish-day').fill('2022-11-10');
  await form.getByTestId('publish-why').fill('Quận giao ngưỡng mới');
  await form.getByTestId('differences').getByText('ngưỡng').or(form.getByText('Ngưỡng')).first().waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await form.getByRole('button', { name: 'Ban hành', exact: true }).click();
  await page.getByText('Đã ban hành phiên bản 2, áp dụng từ ngày 10/11/2022.').waitFor();
  await page.getByTestId('pack-versions').getByText('Quận giao ngưỡng mới').waitFor();
  await page.getByTestId('differences').getByText(`thành “${wanted}”`).waitFor();
  expect(await axeFindings(page)).toEqual([]);

  expect(await indicatorOn('2022-11-09', '3.3')).toMatchObject({ target: before.target, state: before.state });
  const after = await indicatorOn('2022-11-10', '3.3');
  expect(after.target).toBe(wanted);
  expect(after.state).not.toBe(before.state);
  await closeClean();

  const shown = async (day: string) => {
    const opened = await openPage(browser, `${demo.url}/phuong/${THUY_KHUE}?tieuchi=3&at=${day}`);
    const line = opened.page.locator('.why li:has(.line)', { hasText: '3.3 Thoát nước' });
    await line.waitFor();
    const said = await line.innerText();
    await opened.closeClean();
    return said;
  };
  expect(await shown('2022-11-10')).toContain(`${wanted}%`);
  expect(await shown('2022-11-09')).toContain(`${before.target}%`);
});

/** A pack in outline: its number and its subject are known, its criteria are not. */
const outline = {
  id: 'nd86-2023',
  title: { vi: 'Phường tiêu biểu (NĐ 86/2023/NĐ-CP), phác thảo', en: 'Exemplary ward (NĐ 86/2023), outline' },
  illustration: true,
  decree: { number: '86/2023/NĐ-CP', issuedOn: '2023-12-07', inForceOn: '2024-01-30', source: 'minh họa' },
  validFrom: '2024-01-30',
  validTo: null,
  demo: false,
  indicatorCount: null,
  ...{ conditions: [], procedure: [], titleSteps: [] },
  criteria: [
    {
      id: '1',
      number: 1,
      letter: 'a',
      title: { vi: 'Nhóm tiêu chuẩn (minh họa)', en: 'Group (illustration)' },
      source: 'minh họa',
      confidence: 'low',
      indicators: [
        {
          id: '1.1',
          title: { vi: 'Chủ đề minh họa', en: 'A topic for illustration' },
          ...{ unit: null, direction: null, target: null, nearMargin: null },
          ...{ placeholder: true, source: 'minh họa', confidence: 'low' },
        },
      ],
    },
  ],
};
const fileOf = (text: string) => ({ name: 'bo.json', mimeType: 'application/json', buffer: Buffer.from(text) });

it('a second pack is uploaded, stands with its mark, and the first one’s figures are unchanged', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/phuong?bo-tieu-chi=tat-ca`, {
    as: 'quan-tri',
    expectFaults: /status of 422/,
  });
  const before = await wardOn('2024-07-01');
  await page.getByTestId('pack-file').setInputFiles(fileOf('{"id":'));
  await page.getByText('Tệp không phải là JSON.').waitFor();
  await page.getByTestId('pack-file').setInputFiles(fileOf(JSON.stringify(outline)));
  await page.getByTestId('pack-file-take').click();
  await page.getByTestId('publish').click();
  const form = page.getByTestId('publish-pack');
  await form.getByTestId('publish-why').fill('Tải lên để tham khảo');
  await form.getByRole('button', { name: 'Ban hành', exact: true }).click();
  await page.getByTestId('pack-title').getByText('Phường tiêu biểu').waitFor();
  await page.getByText('Minh họa, không dùng để đánh giá').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect(await wardOn('2024-07-01')).toEqual(before);
  await page.setViewportSize(PHONE);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  await closeClean();
});

it('lines pasted from a spreadsheet name each fault by row and column before anything is taken', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/phuong?bo-tieu-chi=quan-tay-ho`, {
    as: 'quan-tri',
  });
  await page.getByTestId('edit-pack').click();
  await page.getByText('Dán từ Excel').click();
  await page.getByTestId('paste-rows').fill(
    [
      [
        'Q2',
        'Q2.1',
        'Tỷ lệ tham gia bảo hiểm y tế',
        '%',
        '≥',
        '95,5',
        '2',
        'năm',
        '',
        '',
        '',
        '',
        'NQ 12',
        'cao',
        '',
        '',
      ],
      ['Q9', 'Q9.1', 'Nội dung lạ', '%', '≥', 'chín mươi', '', '', '', '', '', '', 'x', '', '', ''],
    ]
      .map((cells) => cells.join('\t'))
      .join('\n'),
  );
  await page.getByTestId('paste-faults').getByText('Dòng 2, cột Ngưỡng').waitFor();
  await page.getByTestId('paste-faults').getByText('Dòng 2, cột Tiêu chí').waitFor();
  await page.getByTestId('paste-take').click();
  await page.getByText('Đã đưa 1 dòng vào bản đang soạn, chưa lưu.').waitFor();
  expect(await page.locator('[data-path="criteria.1.indicators.0.target"]').inputValue()).toBe('95,5');
  await page.getByTestId('save-draft').click();
  await page.getByText('Đã lưu bản nháp.').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await closeClean();
});

it('the district’s indicators colour the map, stand in the ward’s card and in the grid, beside the title', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/phuong`, { as: 'lanh-dao' });
  await page.getByTestId('choose-pack').selectOption('quan-tay-ho');
  await page.getByTestId('colour-by').selectOption('indicator:Q1.1');
  await page.locator('.legend').getByText('Q1.1 Tỷ lệ tiêm vắc xin COVID-19').waitFor();
  await page.getByTestId('figures').click();
  await page.getByTestId('figure-grid').getByText('Học sinh tiểu học biết bơi').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.goto(`${demo.url}/phuong/${THUY_KHUE}`);
  const beside = page.getByTestId('beside-quan-tay-ho');
  await beside.getByText('Phòng, chống dịch').click();
  await beside.getByText('Phòng, chống sốt xuất huyết Dengue').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await closeClean();
});

it('a reader without an account reads packs and is offered no pen', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/phuong?bo-tieu-chi=qd04-2022`);
  await page.getByTestId('pack-title').waitFor();
  await page.getByRole('heading', { name: '1. Quy hoạch đô thị' }).waitFor();
  expect(await page.getByTestId('edit-pack').count()).toBe(0);
  await closeClean();
});
