/** `npm run shots`: what the page looks like, into `screenshots/` (ignored by git), for people to look at. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { launchBrowser, mapIdle, openPage } from './page.ts';
import { startServer, type RunningServer } from './server.ts';

const FOLDER = fileURLToPath(new URL('../../screenshots/', import.meta.url));
const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const PLACES = ['phuong', 'dich-benh', 'di-tich', 'chuong-trinh'];

type Size = keyof typeof SIZES;
interface Shot {
  name: string;
  server: RunningServer;
  path: string;
  size: Size;
  theme: 'light' | 'dark';
  lang: 'vi' | 'en';
  prepare?: (page: Page) => Promise<void>;
}

const [demo, real, browser] = await Promise.all([startServer({ demo: true }), startServer(), launchBrowser()]);
const both = (name: string, more: Pick<Shot, 'server' | 'path' | 'prepare'>): Shot[] =>
  (Object.keys(SIZES) as Size[]).map((size) => ({ name, size, theme: 'light', lang: 'vi', ...more }));
const { items } = await demo.get<{ items: { id: string; position: unknown }[] }>('/api/heritage/relics?limit=500');
const located = items.find((relic) => relic.position !== null)?.id;
const unlocated = items.find((relic) => relic.position === null)?.id;

const shots: Shot[] = [
  ...(Object.keys(SIZES) as Size[]).flatMap((size) =>
    (['light', 'dark'] as const).flatMap((theme) =>
      (['vi', 'en'] as const).flatMap((lang) =>
        PLACES.map((place) => ({ name: place, server: demo, path: `/${place}`, size, theme, lang })),
      ),
    ),
  ),
  ...both('real-phuong', { server: real, path: '/phuong' }),
  ...both('real-dich-benh-empty', { server: real, path: '/dich-benh' }),
  ...both('ward-card', {
    server: demo,
    path: '/phuong/00097@1995-10-28',
    prepare: (page) => page.locator('[data-criterion]').first().click(),
  }),
  ...both('ward-six-of-2025', { server: demo, path: '/phuong?units=2025-07-01' }),
  ...both('ward-table', { server: demo, path: '/phuong', prepare: (page) => page.getByTestId('compare').click() }),
  ...both('relic-card', { server: demo, path: `/di-tich/${located}` }),
  ...both('relic-placing', {
    server: demo,
    path: `/di-tich/${unlocated}`,
    prepare: (page) => page.getByTestId('place').click(),
  }),
];

const only = process.argv[2];
if (!only) rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
for (const { name, server, path, size, theme, lang, prepare } of shots) {
  const file = `${name}-${size}-${theme}-${lang}.png`;
  if (only && !file.includes(only)) continue;
  const { page, closeClean } = await openPage(browser, server.url + path, {
    viewport: SIZES[size],
    theme,
    stored: { 'atlas.lang': lang },
  });
  await page.locator('h1').first().waitFor();
  await prepare?.(page);
  await mapIdle(page);
  await page.screenshot({ path: join(FOLDER, file), timeout: 60_000 });
  await closeClean();
  console.log(file);
}
await browser.close();
await Promise.all([demo.stop(), real.stop()]);
