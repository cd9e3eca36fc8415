import type { Services } from '../platform/services.ts';
import { insertInspections, sitesUntil, type StoredInspection } from './vector-store.ts';

const CHANGE_ID = '01830000-0000-7000-8000-0000000000d7';
const LAST_DAY = '2022-11-04';
/** Inspections old enough that an outbreak they declare may have ended, and recent ones. */
const SINCE = '2022-10-01';
const MOST = 10;

/** Invented inspections at breeding sites of the season, every other one with larvae. Later calls do nothing. */
export async function seedDemoInspections({ changes }: Pick<Services, 'changes'>): Promise<void> {
  await changes.commit(
    CHANGE_ID,
    'seedDemoInspections',
    async (tx) => {
      const sites = (await sitesUntil(tx, LAST_DAY)).filter(({ demo, foundOn }) => demo && foundOn >= SINCE);
      const inspections = sites.slice(0, MOST).map(({ foundOn, lng, lat, wardKey }, index): StoredInspection => {
        const larvae = index % 2 === 0;
        return {
          id: `demo-inspection-${String(index + 1).padStart(2, '0')}`,
          version: 1,
          kind: 'before',
          inspectedOn: foundOn,
          place: null,
          lng,
          lat,
          wardKey,
          inspector: null,
          number: null,
          photo: null,
          houses: 30 + 2 * index,
          housesWithLarvae: larvae ? 4 + index : 0,
          containers: 80 + 5 * index,
          positiveContainers: larvae ? 7 + index : 0,
          adultFemales: larvae ? 10 + index : 0,
          housesWithAdults: larvae ? 6 : 0,
          demo: true,
        };
      });
      await insertInspections(tx, inspections);
      const counts = { inspections: inspections.length };
      return {
        outcome: counts,
        change: {
          kind: 'demo',
          verb: 'seedDemoInspections',
          recordId: 'inspections',
          version: 1,
          layers: ['outbreaks'],
          actor: 'seed',
          after: counts,
        },
      };
    },
    'inspections',
  );
}
