import { generateSeason } from '../demo/season.ts';
import type { Services } from '../platform/services.ts';
import { insertBreedingSites, insertCases } from './store.ts';

const CHANGE_ID = '01830000-0000-7000-8000-0000000000d2';
/** Any seed keeps the rules of the season; this one shows four wards or cells in each of the two weeks before the last. */
export const SEASON_SEED = 3711;

/** An invented season of cases and the containers looked at. Later calls do nothing. */
export async function seedDemoDengue({ changes, places }: Pick<Services, 'changes' | 'places'>): Promise<void> {
  await changes.commit(
    CHANGE_ID,
    'seedDemoDengue',
    async (tx) => {
      const { cases, sites } = generateSeason(places, SEASON_SEED);
      await insertCases(
        tx,
        cases.map((one) => ({ ...one, demo: true })),
      );
      await insertBreedingSites(
        tx,
        sites.map((site) => ({ ...site, demo: true })),
      );
      const counts = { cases: cases.length, sites: sites.length };
      return {
        outcome: counts,
        change: {
          kind: 'demo',
          verb: 'seedDemoDengue',
          recordId: 'dengue',
          version: 1,
          layers: ['hotspots', 'cases', 'breeding-sites'],
          actor: 'seed',
          after: counts,
        },
      };
    },
    'dengue',
  );
}
