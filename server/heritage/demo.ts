import { generateConditions } from '../demo/conditions.ts';
import { createRandom } from '../demo/random.ts';
import type { Services } from '../platform/services.ts';
import { insertRelicConditions } from './store.ts';

const CHANGE_ID = '01830000-0000-7000-8000-0000000000d3';
const SEED = 71;

/** Invented condition grades of the relics the reference data lists. Later calls do nothing. */
export async function seedDemoHeritage({ changes, places }: Pick<Services, 'changes' | 'places'>): Promise<void> {
  await changes.commit(
    CHANGE_ID,
    'seedDemoHeritage',
    async (tx) => {
      const conditions = generateConditions(places.relicSeeds, createRandom(SEED));
      await insertRelicConditions(
        tx,
        conditions.map((condition) => ({ ...condition, demo: true })),
      );
      const counts = { conditions: conditions.length };
      return {
        outcome: counts,
        change: {
          kind: 'demo',
          verb: 'seedDemoHeritage',
          recordId: 'heritage',
          version: 1,
          layers: ['relics'],
          actor: 'seed',
          after: counts,
        },
      };
    },
    'heritage',
  );
}
