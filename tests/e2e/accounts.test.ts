import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roles } from '../../server/accounts/permission.ts';
import { axeFindings, launchBrowser, openPage } from '../helpers/page.ts';
import { startServer, temporaryFolder, type RunningServer } from '../helpers/server.ts';

let demo: RunningServer;
let browser: Browser;
let backupDir: string;
beforeAll(async () => {
  backupDir = temporaryFolder();
  const env = { BACKUP_DIR: backupDir };
  [demo, browser] = await Promise.all([startServer({ demo: true, env }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
  rmSync(backupDir, { recursive: true, force: true });
});

describe('an administrator', () => {
  it('signs in by a demo account, invites someone by a link, and signs out', async () => {
    const { page, closeClean } = await openPage(browser, demo.url);
    await page.getByTestId('open-sign-in').click();
    await page.locator('[data-demo-account="quan-tri"]').click();
    await page.getByTestId('account').click();
    await page.getByRole('button', { name: 'Quản lý tài khoản' }).click();
    await page.getByTestId('users').getByText('yte-quangan').waitFor();

    const form = page.getByTestId('add-user');
    await form.getByLabel('Tên đăng nhập').fill('can.bo');
    await form.getByLabel('Họ và tên').fill('Cán bộ mới');
    await form.getByRole('button', { name: 'Thêm tài khoản' }).click();
    await page.getByText('/#link=').waitFor();
    await page.getByTestId('users').getByText('Chờ đặt mật khẩu').waitFor();

    await page.keyboard.press('Escape');
    await page.getByTestId('account').click();
    await page.getByTestId('sign-out').click();
    await page.getByTestId('open-sign-in').waitFor();
    await closeClean();
  });
});

describe('an administrator on a phone of 320 px', () => {
  it('makes a backup, checks it and takes it away', async () => {
    const { page, closeClean } = await openPage(browser, demo.url, { viewport: { width: 320, height: 640 } });
    await page.getByTestId('open-sign-in').click();
    await page.locator('[data-demo-account="quan-tri"]').click();
    await page.getByTestId('account').click();
    await page.getByTestId('open-backups').click();
    await page.getByTestId('make-backup').click();
    const backup = page.locator('[data-backup]').first();
    await backup.waitFor();
    await page.getByTestId('make-backup').waitFor();
    await backup.getByTestId('check-backup').click();
    await backup.getByText('Nguyên vẹn').waitFor();
    await page.locator('[data-testid="check-backup"]:enabled').first().waitFor();

    await backup.getByTestId('take-backup').click();
    expect(await axeFindings(page)).toEqual([]);
    const content = page.getByRole('region', { name: 'Sao lưu dữ liệu' });
    expect(await content.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    const downloading = page.waitForEvent('download');
    await backup.getByRole('link', { name: 'Tải tệp về máy này' }).click();
    expect((await downloading).suggestedFilename()).toBe(await backup.getAttribute('data-backup'));
    await closeClean();
  });
});

describe('a visitor', () => {
  it('is told in words that the password is wrong', async () => {
    const { page, closeClean } = await openPage(browser, demo.url, { expectFaults: /401|Failed to load resource/ });
    await page.getByTestId('open-sign-in').click();
    const form = page.getByTestId('sign-in');
    await form.getByLabel('Tên đăng nhập').fill('quan-tri');
    await form.getByLabel('Mật khẩu').fill('not the password');
    await form.getByRole('button').click();
    await form.getByText('Tên đăng nhập hoặc mật khẩu không đúng.').waitFor();
    expect(await page.getByTestId('account').count()).toBe(0);
    await closeClean();
  });
});

describe('the policy of the page', () => {
  it('is broken by no place, for nobody: signed in with each role in turn', async () => {
    const { items } = await demo.get<{ items: { username: string; roles: string[] }[] }>('/api/session/demo-accounts');
    // One page for all: a load with its map costs more than everything else here.
    const { page, closeClean } = await openPage(browser, demo.url);
    for (const role of roles) {
      const username = items.find((one) => one.roles.includes(role))?.username;
      await page.getByTestId('open-sign-in').click();
      await page.locator(`[data-demo-account="${username}"]`).click();
      await page.getByTestId('account').waitFor();
      for (const place of ['dich-benh', 'di-tich', 'chuong-trinh', 'phuong']) {
        await page.locator(`[data-place="${place}"]`).click();
        await page.locator(`[data-place="${place}"][aria-current]`).waitFor();
        await page.locator('h1').first().waitFor();
      }
      await page.getByTestId('account').click();
      await page.getByTestId('sign-out').click();
    }
    await closeClean();
  });

  it('lets in no script that somebody smuggled into the page', async () => {
    const { page, faults } = await openPage(browser, demo.url, { expectFaults: /console/ });
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.smuggled = true';
      document.body.append(script);
    });
    expect(await page.evaluate(() => 'smuggled' in window)).toBe(false);
    await expect.poll(faults).toEqual([expect.stringMatching(/^policy: script-src/)]);
    await page.context().close();
  });
});
