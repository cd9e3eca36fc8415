import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, launchBrowser, openPage, PHONE, SMALL } from '../helpers/page.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

const THUY_KHUE = '00112@1995-10-28';
const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');
/** Other bytes: the same file is kept once, under the name it came with first. */
const PLAN = Buffer.from('%PDF-1.5\n%%EOF\n');

let demo: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startServer({ demo: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

/** Fills the form of the next step; `more` before it is sent. */
async function record(page: Page, step: string, since: string, more: (page: Page) => Promise<void> = async () => {}) {
  await page.getByTestId('record-step').click();
  const form = page.getByTestId('step-form');
  await form.getByTestId('step-choice').selectOption(step);
  await form.locator('input[type="date"]').first().fill(since);
  await form.getByTestId('step-source').fill('Văn bản của phường');
  await more(page);
  await form.locator('button[type="submit"]').click();
}
const recorded = (page: Page, step: string) => page.locator(`[data-testid="title-steps"] [data-step="${step}"]`);

it('the status office takes a ward from registration with its paper to a late council and a refusal in writing', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/phuong`, { as: 'so-lieu', expectFaults: /422/ });
  await page.getByTestId('title-register').click();
  await page.locator('[data-testid="register"] tbody tr').nth(7).waitFor();
  await page.getByTestId('open-00112').click();

  await record(page, 'registered', '2022-09-28', async () => {
    await page.getByTestId('step-paper').fill('15/ĐK-UBND');
    await page.getByTestId('add-document').click();
    await page
      .getByTestId('step-file')
      .setInputFiles({ name: 'dang-ky.pdf', mimeType: 'application/pdf', buffer: PDF });
    await page.getByTestId('file-kept').waitFor();
  });
  await recorded(page, 'registered').locator('a[download]').waitFor();
  await record(page, 'self-assessment', '2022-09-29');
  await recorded(page, 'self-assessment').waitFor();
  await record(page, 'consultation', '2022-09-30');
  await recorded(page, 'consultation').waitFor();
  await record(page, 'dossier', '2022-10-31');
  // A council was due on 3 November: three working days after the dossier. The demo's today is the 4th.
  const late = page.locator('[data-testid="deadlines"] [data-lateness="late"]');
  await late.waitFor();
  expect(await late.textContent()).toBe('quá hạn 1 ngày làm việc');

  await record(
    page,
    'refused',
    '2022-11-04',
    async () => void (await page.getByTestId('step-paper').fill('88/UBND-VX')),
  );
  await page.locator('[data-testid="step-form"] [role="alert"]', { hasText: 'lý do' }).waitFor();
  await page.getByTestId('step-reason').fill('Tiêu chí 3 chưa đạt');
  await page.locator('[data-testid="step-form"] button[type="submit"]').click();
  await recorded(page, 'refused').waitFor();
  await page.getByTestId('deadlines').waitFor({ state: 'detached' });

  await page.getByTestId('title-back').click();
  const row = page.locator(`tr[data-ward="${THUY_KHUE}"]`);
  await row.waitFor();
  expect(await row.textContent()).toContain('88/UBND-VX');

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('forms-pdf').click()]);
  expect(download.suggestedFilename()).toBe('ban-dang-ky-cac-phuong-2022-11-04.pdf');
  await closeClean();
});

it('a leader is reminded of what is late beside the map and on the ward’s card, and may write nothing', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/phuong`, { as: 'lanh-dao' });
  const reminder = page.locator('[data-testid="title-reminders"] button', { hasText: 'Yên Phụ' });
  await reminder.waitFor();
  expect(await reminder.textContent()).toContain('quá hạn 2 ngày làm việc');
  await reminder.click();
  await page.getByTestId('title-ward').waitFor();
  await page.locator('[data-testid="title-steps"] [data-step="registered"]').waitFor();
  expect(await page.getByTestId('record-step').count()).toBe(0);
  await page.goto(`${demo.url}/phuong/00106@1995-10-28`);
  await page.locator('[data-testid="title-reminders"] [data-lateness="late"]').waitFor();
  await page.getByTestId('title-of-ward').click();
  await page.getByTestId('title-ward').waitFor();
  await closeClean();
});

it('a report carries a file, and from the task’s row two clicks reach it', async () => {
  const { page, closeClean } = await openPage(browser, `${demo.url}/chuong-trinh`, { as: 'so-lieu' });
  await page.locator('[data-task="T7"]').click();
  await page.getByTestId('report').click();
  const form = page.getByTestId('report-form');
  await form.locator('input[maxlength="500"]').first().fill('Báo cáo số 9');
  await page.getByTestId('add-evidence').click();
  await page
    .getByTestId('evidence-file')
    .setInputFiles({ name: 'ke-hoach.pdf', mimeType: 'application/pdf', buffer: PLAN });
  await page.getByTestId('evidence-kept').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await form.locator('button[type="submit"]').click();
  await page.getByTestId('task-evidence').waitFor();
  await closeClean();

  const leader = await openPage(browser, `${demo.url}/chuong-trinh`, { as: 'lanh-dao' });
  await leader.page.locator('[data-task="T7"]').click();
  const [download] = await Promise.all([
    leader.page.waitForEvent('download'),
    leader.page.getByTestId('task-evidence').click(),
  ]);
  expect(download.suggestedFilename()).toBe('ke-hoach.pdf');
  await leader.closeClean();
});

describe('axe finds nothing', () => {
  it.each([
    ['the register', 'so', SMALL],
    ['the register, on a phone', 'so', PHONE],
    ['a ward and the form of a step', '00100@1995-10-28', SMALL],
    ['a ward and the form of a step, on a phone', '00100@1995-10-28', PHONE],
  ])('%s', async (_, what, viewport) => {
    const { page, closeClean } = await openPage(browser, `${demo.url}/phuong?danhhieu=${what}`, {
      as: 'so-lieu',
      viewport,
    });
    if (what === 'so') await page.getByTestId('register').waitFor();
    else {
      await page.getByTestId('record-step').click();
      await page.getByTestId('add-document').click();
      await page.getByTestId('step-file').waitFor();
    }
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
      found.push(...(await axeFindings(page)).map((line) => `${colorScheme}: ${line}`));
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await closeClean();
    expect([found, wide]).toEqual([[], 0]);
  });
});
