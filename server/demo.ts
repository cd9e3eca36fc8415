import { seedDemoAccounts } from './accounts/demo.ts';
import { seedDemoDengue } from './dengue/demo.ts';
import { seedDemoHeritage } from './heritage/demo.ts';
import { seedDemoRestoration } from './heritage/restoration/demo.ts';
import { seedDemoMeeting } from './meeting/demo.ts';
import { seedDemoInspections } from './outbreaks/demo.ts';
import type { Services } from './platform/services.ts';
import { seedDemoProgramme } from './programme/demo.ts';
import { seedDemoStatus } from './status/demo.ts';

type Seed = (services: Services) => Promise<void>;

/** The invented records of the demo, feature by feature. */
const seeds: readonly Seed[] = [
  seedDemoStatus,
  seedDemoDengue,
  seedDemoInspections,
  seedDemoHeritage,
  seedDemoRestoration,
  seedDemoProgramme,
  seedDemoMeeting,
  seedDemoAccounts,
];

/** Fills a demo database once; every record is marked `demo`. */
export async function seedDemo(services: Services): Promise<void> {
  for (const seed of seeds) await seed(services);
}
