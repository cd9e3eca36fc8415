/**
 * From the first byte asked to the first map that stands complete: our page against a bare page with MapLibre, the same
 * sources and the same layers and nothing else. Cold caches, in turns, the same window.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { launchBrowser, mapIdle, openPage, SMALL } from '../helpers/page.ts';
import { startServer } from '../helpers/server.ts';
import { file, startReference } from './reference.ts';
import { compared, median, type BenchRow } from './row.ts';

const RUNS = Number(process.env['BENCH_RUNS'] ?? 11);

/** What the finished map holds: what both pages must show before the clock stops. */
interface Finished {
  style: string;
  layers: string[];
  /** Sources of which something is drawn. */
  drawnSources: string[];
  images: { id: string; width: number; height: number; pixelRatio: number; rgba: string }[];
  camera: { center: [number, number]; zoom: number; bearing: number; pitch: number };
}

async function finishedMap(browser: Browser, url: string): Promise<Finished> {
  const { page, closeClean } = await openPage(browser, url);
  await mapIdle(page);
  const finished = await page.evaluate(() => {
    const map = window.atlasMap!;
    const base64 = (bytes: Uint8Array | Uint8ClampedArray) =>
      btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    const { lng, lat } = map.getCenter();
    return {
      style: JSON.stringify(map.getStyle()),
      layers: map.getLayersOrder(),
      drawnSources: [...new Set(map.queryRenderedFeatures().map((feature) => feature.source))],
      images: map.listImages().map((id) => {
        const image = map.getImage(id)!;
        const { width, height, data } = image.data;
        return { id, width, height, pixelRatio: image.pixelRatio, rgba: base64(data) };
      }),
      camera: {
        center: [lng, lat] as [number, number],
        zoom: map.getZoom(),
        bearing: map.getBearing(),
        pitch: map.getPitch(),
      },
    };
  });
  await closeClean();
  if (finished.layers.length === 0 || finished.drawnSources.length === 0) throw new Error('the map is empty');
  return finished;
}

const BARE_PAGE = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/maplibre-gl.css">
<style>html,body,#map{margin:0;height:100%}</style><div id="map"></div>
<script type="module" src="/bare.js"></script>`;
const BARE_SCRIPT = `
import { Map, setWorkerUrl } from '/maplibre-gl.mjs';
setWorkerUrl('/maplibre-gl-worker.mjs');
const { style, images, camera } = await (await fetch('/map.json')).json();
const map = (window.atlasMap = new Map({ container: 'map', style: JSON.parse(style), attributionControl: {}, ...camera }));
const bytes = (text) => Uint8ClampedArray.from(atob(text), (c) => c.charCodeAt(0));
map.on('styleimagemissing', ({ id }) => {
  const found = images.find((image) => image.id === id);
  if (found && !map.hasImage(id))
    map.addImage(id, { width: found.width, height: found.height, data: bytes(found.rgba) }, { pixelRatio: found.pixelRatio });
});`;

function bareFiles(finished: Finished) {
  const zipped = (body: string | Buffer, type: string) =>
    file(gzipSync(body), { 'content-type': type, 'content-encoding': 'gzip' });
  const dist = new URL('../../node_modules/maplibre-gl/dist/', import.meta.url);
  const script = (name: string) => zipped(readFileSync(new URL(name, dist)), 'text/javascript');
  return {
    '/': zipped(BARE_PAGE, 'text/html'),
    '/bare.js': zipped(BARE_SCRIPT, 'text/javascript'),
    '/map.json': zipped(JSON.stringify(finished), 'application/json'),
    '/maplibre-gl.css': zipped(readFileSync(new URL('maplibre-gl.css', dist)), 'text/css'),
    ...Object.fromEntries(
      ['maplibre-gl.mjs', 'maplibre-gl-shared.mjs', 'maplibre-gl-worker.mjs'].map((name) => [`/${name}`, script(name)]),
    ),
  };
}

async function timeToIdle(browser: Browser, url: string, wanted: Pick<Finished, 'layers' | 'drawnSources'>) {
  const context = await browser.newContext({ viewport: SMALL, reducedMotion: 'reduce', locale: 'vi-VN' });
  const page = await context.newPage();
  await page.addInitScript(({ layers, drawnSources }) => {
    const look = () => {
      const map = window.atlasMap;
      if (!map?.loaded() || !map.areTilesLoaded() || !layers.every((id) => map.getLayer(id))) return;
      const drawn = new Set(map.queryRenderedFeatures().map((feature) => feature.source));
      if (!drawnSources.every((id) => drawn.has(id))) return;
      clearInterval(timer);
      (window as { firstIdleMs?: number }).firstIdleMs = performance.now();
    };
    const timer = setInterval(look, 10);
  }, wanted);
  await page.goto(url);
  const handle = await page.waitForFunction(() => (window as { firstIdleMs?: number }).firstIdleMs);
  const milliseconds = Number(await handle.jsonValue());
  await context.close();
  return milliseconds;
}

export async function benchFirstIdle(): Promise<BenchRow[]> {
  const server = await startServer({ demo: true });
  const browser = await launchBrowser();
  const finished = await finishedMap(browser, `${server.url}/`);
  const bare = await startReference({ files: bareFiles(finished), fanOut: false });
  const theirsUrl = `http://127.0.0.1:${bare.port}/`;
  try {
    const runs: { ours: number; theirs: number }[] = [];
    for (let i = -1; i < RUNS; i += 1) {
      const run = {
        theirs: await timeToIdle(browser, theirsUrl, finished),
        ours: await timeToIdle(browser, `${server.url}/`, finished),
      };
      // The first turn warms the browser's own caches of compiled shaders and fonts.
      if (i >= 0) runs.push(run);
    }
    return [
      compared({
        name: `first map idle / bare MapLibre page (median of ${RUNS})`,
        value: median(runs.map((run) => run.ours)),
        unit: 'ms',
        reference: median(runs.map((run) => run.theirs)),
        ratio: median(runs.map((run) => run.ours)) / median(runs.map((run) => run.theirs)),
        budget: { atMost: 1.25 },
      }),
    ];
  } finally {
    await browser.close();
    bare.stop();
    await server.stop();
  }
}
