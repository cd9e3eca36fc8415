/** The server's disk fills up while somebody is typing, and has room again. In process: the test holds the disk. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../server/log.ts';
import { startServer, type StartedServer } from '../../server/main.ts';
import { make } from '../helpers/make.ts';
import { launchBrowser, openPage, SMALL } from '../helpers/page.ts';
import { temporaryFolder } from '../helpers/server.ts';

let server: StartedServer;
let browser: Browser;
let cookie: { name: string; value: string };
beforeAll(async () => {
  const env = make.env({ dataDir: temporaryFolder() });
  const diskTimes = { everyMs: 100, pauseMs: 0 };
  [server, browser] = await Promise.all([startServer(env, { log: createLog('silent'), diskTimes }), launchBrowser()]);
  const user = await make.user(server.services, { username: 'quan.tri', password: null });
  const [name = '', value = ''] = (await make.session(server.services, user)).cookie.split('=');
  cookie = { name, value };
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function fillDisk(): Promise<void> {
  const { db, changes } = server.services;
  await db.limitPages(1);
  const write = () =>
    changes.commit(make.changeId(), 'placeRelic', async () => ({
      change: make.change({ note: 'x'.repeat(100_000) }),
      outcome: null,
    }));
  for (;;) if ((await write().catch(({ code }) => code)) === 'read_only') return;
}
const makeRoom = () => server.services.db.limitPages(1_000_000);
const banner = (page: Page) => page.getByTestId('banner');

describe('when the disk of the server is full', () => {
  it('a banner says so, what was typed stays, and can be saved once there is room', async () => {
    const own = { ...cookie, domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true, secure: false };
    const { page, closeClean } = await openPage(browser, server.url, {
      storageState: { cookies: [{ ...own, sameSite: 'Strict' as const }], origins: [] },
      expectFaults: /503|Failed to load resource/,
    });
    await page.getByTestId('account').click();
    await page.getByRole('button', { name: 'Quản lý tài khoản' }).click();
    const form = page.getByTestId('add-user');
    await form.getByLabel('Tên đăng nhập').fill('can.bo');
    await form.getByLabel('Họ và tên').fill('Cán bộ mới');

    await fillDisk();
    await banner(page).getByText('Ổ đĩa của máy chủ đã đầy').waitFor();
    await form.getByRole('button', { name: 'Thêm tài khoản' }).click();
    await page.getByText('Máy chủ đang không ghi được vào ổ đĩa nên chưa lưu.').waitFor();
    expect(await form.getByLabel('Tên đăng nhập').inputValue()).toBe('can.bo');
    expect(await form.getByLabel('Họ và tên').inputValue()).toBe('Cán bộ mới');

    await makeRoom();
    await banner(page).waitFor({ state: 'detached' });
    await form.getByRole('button', { name: 'Thêm tài khoản' }).click();
    await page.getByText('/#link=').waitFor();
    await closeClean();
  });

  it.each([
    ['vi', 'Máy chủ tạm thời chỉ cho xem.', 'Vẫn dùng được gì, cần làm gì?', 'Quản trị viên', SMALL],
    [
      'en',
      'The server can only be read for now.',
      'What still works, what to do?',
      'Administrator',
      { width: 320, height: 560 },
    ],
  ])(
    '%s: a page that opens then says it too, what still works and what to do',
    async (lang, title, more, admin, viewport) => {
      await fillDisk();
      const { page, closeClean } = await openPage(browser, server.url, { stored: { 'atlas.lang': lang }, viewport });
      await banner(page).getByText(title).waitFor();
      await banner(page).getByText(more).click();
      expect(await banner(page).getByText(admin).isVisible()).toBe(true);
      // Reading goes on under it, without a sideways scroll.
      await page.locator('[data-ward]').first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
      await makeRoom();
      await banner(page).waitFor({ state: 'detached' });
      await closeClean();
    },
  );
});
