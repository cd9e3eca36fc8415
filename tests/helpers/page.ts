/** A real Chromium on the built page, and questions to the map it drew. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { demoPassword } from '../../server/accounts/demo.ts';
import { browserArguments, findBrowser } from './browser.mjs';

declare global {
  interface Window {
    /** Set by MapView under WebDriver only. */
    atlasMap?: MapLibreMap;
    policyViolations?: string[];
  }
}

/** The smallest window that has the desktop's layout: a map drawn by the processor costs time by the pixel. */
export const SMALL = { width: 960, height: 560 };
export const PHONE = { width: 390, height: 640 };

export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error('no browser: run `node tests/helpers/browser.mjs --ensure`');
  return chromium.launch({ executablePath, args: browserArguments });
}

export interface OpenOptions extends BrowserContextOptions {
  /** One of the demo's accounts, signed in before the page loads. */
  as?: string;
  /** What the system prefers; the page follows unless told otherwise. */
  theme?: 'light' | 'dark';
  /** Put into local storage before the page loads, for example `{ 'atlas.lang': 'en' }`. */
  stored?: Record<string, string>;
  /** Faults that this test provokes, such as the console line of a refused request. */
  expectFaults?: RegExp;
  /** Runs before the page loads, for example to let a route of the server fail. */
  prepare?: (page: Page) => Promise<void>;
}

export interface OpenPage {
  page: Page;
  /** Uncaught errors, console errors, requests off the host, policy violations, in the order they came. */
  faults(): Promise<string[]>;
  /** Closes the page; throws when anything of `faults` happened. */
  closeClean(): Promise<void>;
}

/** Opens `url` in a context of its own. Nothing is shared with another page but the server. */
export async function openPage(browser: Browser, url: string, options: OpenOptions = {}): Promise<OpenPage> {
  const { as, theme = 'light', stored = {}, expectFaults, prepare, viewport = SMALL, ...context } = options;
  const own = await browser.newContext({
    viewport,
    reducedMotion: 'reduce',
    colorScheme: theme,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    ...context,
  });
  await own.addInitScript((entries) => {
    for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value);
    const violations: string[] = (window.policyViolations = []);
    document.addEventListener('securitypolicyviolation', (event) => {
      violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
    });
  }, stored);

  const { origin } = new URL(url);
  if (as) {
    const data = { username: as, password: demoPassword };
    const answer = await own.request.post(`${origin}/api/session`, { data });
    if (!answer.ok()) throw new Error(`${as} could not sign in: ${answer.status()} ${await answer.text()}`);
  }

  // Generous: it is only waited out where a test fails, and other work may share the machine.
  own.setDefaultTimeout(60_000);
  const page = await own.newPage();
  const found: string[] = [];
  page.on('pageerror', (error) => found.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') found.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith(`${origin}/`) && !/^(data|blob):/.test(asked)) found.push(`off the host: ${asked}`);
  });
  await prepare?.(page);
  await page.goto(url);

  const faults = async () => {
    const violations = await page.evaluate(() => window.policyViolations ?? []);
    return [...found, ...violations.map((line) => `policy: ${line}`)].filter((line) => !expectFaults?.test(line));
  };
  return {
    page,
    faults,
    async closeClean() {
      const all = await faults();
      await own.close();
      if (all.length > 0) throw new Error(`the page is not clean:\n${all.join('\n')}`);
    },
  };
}

/** Waits until the map is there, has loaded every source and tile, stands still and has drawn. */
export async function mapIdle(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const map = window.atlasMap;
    return map !== undefined && map.loaded() && map.areTilesLoaded() && !map.isMoving();
  });
}

export interface Drawn {
  layer: string;
  source: string;
  id: string | number | undefined;
  properties: Record<string, unknown>;
}

/** What the map has drawn, of these layers or all, in the window or at one pixel of the map. */
export async function renderedFeatures(page: Page, layers?: string[], at?: { x: number; y: number }): Promise<Drawn[]> {
  return page.evaluate(
    ({ layers, at }) => {
      const map = window.atlasMap;
      if (!map) throw new Error('no map');
      const options = layers ? { layers: layers.filter((id) => map.getLayer(id)) } : {};
      const features = at ? map.queryRenderedFeatures([at.x, at.y], options) : map.queryRenderedFeatures(options);
      return features.map((f) => ({
        layer: f.layer.id,
        source: f.source,
        id: f.id,
        properties: f.properties,
      }));
    },
    { layers, at },
  );
}

export async function featureState(page: Page, source: string, id: string): Promise<Record<string, unknown>> {
  return page.evaluate(({ source, id }) => ({ ...window.atlasMap?.getFeatureState({ source, id }) }), { source, id });
}

/** The page's pixel under a position of the world, for the mouse. */
export async function pixelOf(page: Page, position: [lng: number, lat: number]): Promise<{ x: number; y: number }> {
  return page.evaluate((position) => {
    const map = window.atlasMap;
    if (!map) throw new Error('no map');
    const box = map.getCanvas().getBoundingClientRect();
    const point = map.project(position);
    return { x: box.left + point.x, y: box.top + point.y };
  }, position);
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};

/** What axe finds against WCAG 2.2 AA, one line a fault. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Through the debugger, not a script element: the page's policy lets no foreign script in.
  await page.evaluate(axeSource);
  const results = await page.evaluate(
    (options) => (window as unknown as { axe: { run(o: object): Promise<AxeResults> } }).axe.run(options),
    AXE,
  );
  return results.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')} (${node.failureSummary ?? ''})`),
  );
}
