import { seedRelics } from './heritage/actions.ts';
import type { Services } from './platform/services.ts';

/** The reference facts that people will change: written once into an empty database. The rest stays in files. */
export async function seedReference(services: Pick<Services, 'db' | 'changes' | 'places'>): Promise<void> {
  await seedRelics(services, services.places.relicSeeds);
}
