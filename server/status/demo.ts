import { generateFigures, titleStepsOf } from '../demo/figures.ts';
import { demoPack } from '../demo/measures.ts';
import { createRandom } from '../demo/random.ts';
import type { Services } from '../platform/services.ts';
import { insertPack, insertStatusValues } from './store.ts';
import { insertStepWritings } from './title-store.ts';

const CHANGE_ID = '01830000-0000-7000-8000-0000000000d1';
const SEED = 42022;

/** A criteria pack with invented targets, figures of two quarters and steps of the title. Later calls do nothing. */
export async function seedDemoStatus({ changes, places }: Pick<Services, 'changes' | 'places'>): Promise<void> {
  await changes.commit(
    CHANGE_ID,
    'seedDemoStatus',
    async (tx) => {
      const [pack] = places.criteriaPacks;
      if (!pack) throw new Error('no criteria pack to invent targets for');
      const figures = generateFigures(createRandom(SEED));
      const steps = titleStepsOf();
      await insertPack(tx, demoPack(pack));
      await insertStatusValues(
        tx,
        figures.map((figure) => ({ ...figure, approved: true, demo: true })),
      );
      await insertStepWritings(
        tx,
        steps.map((step) => ({ ...step, demo: true })),
      );
      const counts = { figures: figures.length, steps: steps.length };
      return {
        outcome: counts,
        change: {
          kind: 'demo',
          verb: 'seedDemoStatus',
          recordId: 'status',
          version: 1,
          layers: ['wards'],
          actor: 'seed',
          after: counts,
        },
      };
    },
    'status',
  );
}
