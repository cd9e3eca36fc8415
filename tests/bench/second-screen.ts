/** A relic is placed: from the moment the change is sent in until another reader's map has drawn it. */
import { uuidv7 } from '../../web/lib/uuid.ts';
import { launchBrowser, mapIdle, openPage } from '../helpers/page.ts';
import { startServer } from '../helpers/server.ts';
import { median, reported, type BenchRow } from './row.ts';

const CHANGES = 7;
/** On land, where no other relic is near; each change a little further on, so that no two make a cluster. */
const SPOT = { lng: 105.8098, lat: 21.0862 };
const STEP_DEGREES = 0.0006;

export async function benchSecondScreen(): Promise<BenchRow[]> {
  const server = await startServer({ demo: true });
  const browser = await launchBrowser();
  try {
    const { page, closeClean } = await openPage(browser, `${server.url}/di-tich?map=16/${SPOT.lat}/${SPOT.lng}`);
    await mapIdle(page);
    const { items } = await server.get<{ items: { id: string; version: number; position: unknown }[] }>(
      '/api/heritage/relics?limit=500',
    );
    const unplaced = items.filter((relic) => relic.position === null).slice(0, CHANGES);
    if (unplaced.length < CHANGES) throw new Error('too few relics without a position');

    const took: number[] = [];
    for (const [index, relic] of unplaced.entries()) {
      const column = (index % 3) - 1;
      const row = Math.floor(index / 3) - 1;
      const position = { lng: SPOT.lng + column * STEP_DEGREES, lat: SPOT.lat + row * STEP_DEGREES, errorMeters: 50 };
      const drawn = page.waitForFunction(
        (id) => {
          const map = window.atlasMap!;
          return map.queryRenderedFeatures({ layers: ['relic'] }).some((feature) => feature.properties['id'] === id);
        },
        relic.id,
        { polling: 10 },
      );
      const sent = performance.now();
      const answer = await fetch(`${server.url}/api/heritage/relics/${relic.id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', 'if-match': `"${relic.version}"` },
        body: JSON.stringify({ changeId: uuidv7(), position }),
      });
      if (!answer.ok) throw new Error(`placing ${relic.id}: ${answer.status} ${await answer.text()}`);
      await drawn;
      took.push(performance.now() - sent);
    }
    await closeClean();
    return [
      reported({
        name: `a relic placed, drawn on a second screen (median of ${CHANGES})`,
        value: median(took),
        unit: 'ms',
        budget: { atMost: 1000 },
      }),
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}
