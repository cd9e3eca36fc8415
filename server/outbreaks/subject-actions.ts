/** What a photo may be of in this room, told by its wards: `null` = there is no such record. */
import type { Units, WardKey } from '../../geodata/schema.ts';
import type { Services } from '../platform/services.ts';
import { keeperOf, type Given } from './keep-actions.ts';
import { findAction } from './response-store.ts';
import { findInspection, findSite } from './vector-store.ts';

/** All wards of a record by its position; the stated one alone where the position is in none. */
function wardsAt(
  { places }: Pick<Services, 'places'>,
  { lng, lat, wardKey }: { lng: number; lat: number; wardKey: WardKey | null },
): WardKey[] {
  const found = (Object.keys(places.index) as Units[]).map((set) => places.index[set].wardAt([lng, lat]));
  return [...new Set([wardKey, ...found])].filter((key) => key !== null);
}

export async function wardsOfSite(services: Given, id: string): Promise<WardKey[] | null> {
  const site = await findSite(services.db, id);
  return site && wardsAt(services, site);
}

export async function wardsOfInspection(services: Given, id: string): Promise<WardKey[] | null> {
  const inspection = await findInspection(services.db, id);
  return inspection && wardsAt(services, inspection);
}

/** The wards of the outbreak that something was done about. */
export async function wardsOfResponse(services: Given, id: string): Promise<WardKey[] | null> {
  const action = await findAction(services.db, id);
  const kept = action && (await keeperOf(services)).find(action.number);
  return kept ? [...kept.wards] : null;
}
