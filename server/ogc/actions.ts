/** The layers as collections of OGC API - Features: the same features, under the same permissions. */
import type { CivilDate } from '../../geodata/schema.ts';
import type { Actor } from '../accounts/permission.ts';
import { collection, isRoleLayer, listLayers, maySeeLayer, roleCollection, type RoleLayer } from '../layers/actions.ts';
import type { Layer, LayerId, PublicLayer } from '../layers/contract.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { boundsOf, kindsOf, type Feature } from './feature.ts';
import { featureIn, pageOf, timeOf, type Page, type TimeProperties } from './items.ts';
import type { PropertyKind } from './cql2/expression.ts';
import { readItemsQuery, type ItemsQuery } from './query.ts';

type Given = Pick<Services, 'db' | 'places' | 'clock' | 'changes' | 'snapshots' | 'env' | 'log'>;

const VALIDITY: TimeProperties = { from: 'validFrom', to: 'validTo' };
const timeProperties: Partial<Record<LayerId, TimeProperties>> = {
  wards: VALIDITY,
  district: VALIDITY,
  hotspots: { from: 'from', to: 'to' },
  cases: { from: 'onsetOn', to: 'onsetOn' },
};

/** A layer as a collection: what is said of it, and its features as this reader may see them today. */
export interface Held {
  layer: Layer;
  features: readonly Feature[];
  time: TimeProperties | null;
  /** What may be asked of a feature, and what it holds. */
  kinds: ReadonlyMap<string, PropertyKind>;
}

async function hold(services: Given, layer: Layer, id: PublicLayer | RoleLayer, actor: Actor): Promise<Held> {
  const { units } = services.env;
  const at = services.clock.today();
  const { features } = isRoleLayer(id)
    ? await roleCollection(services, id, actor, { at, units })
    : await collection(services, id, { at, units });
  const held = features as readonly Feature[];
  return { layer, features: held, time: timeProperties[id] ?? null, kinds: kindsOf(held) };
}

/**
 * Whoever may not see a collection is not told that it exists.
 * @throws {Refusal} 404 `unknown_collection`
 */
export async function heldCollection(services: Given, id: string, actor: Actor): Promise<Held> {
  if (!maySeeLayer(id, actor)) throw new Refusal(404, 'unknown_collection');
  const layers = await listLayers(services, services.env.units);
  return hold(
    services,
    layers.find((layer) => layer.id === id)!,
    id,
    actor,
  );
}

/** Every collection this reader may see, in the order of the catalogue. */
export async function heldCollections(services: Given, actor: Actor): Promise<Held[]> {
  const layers = await listLayers(services, services.env.units);
  return Promise.all(
    layers.flatMap((layer) => (maySeeLayer(layer.id, actor) ? [hold(services, layer, layer.id, actor)] : [])),
  );
}

/** First and last day any feature speaks of, `null` = open; `null` as a whole where features bear no time. */
export function temporalExtent({ features, time }: Held): [CivilDate | null, CivilDate | null] | null {
  if (!time || features.length === 0) return null;
  const times = features.map((feature) => timeOf(feature, time));
  const from = times.map((one) => one.from);
  const to = times.map((one) => one.to);
  return [
    from.includes(null) ? null : (from as CivilDate[]).reduce((a, b) => (a < b ? a : b)),
    to.includes(null) ? null : (to as CivilDate[]).reduce((a, b) => (a > b ? a : b)),
  ];
}

export const spatialExtent = ({ features }: Held) => boundsOf(features);

/** @throws {Refusal} 404 `unknown_collection`, 400 for a query that says nothing readable */
export async function itemsOf(
  services: Given,
  id: string,
  actor: Actor,
  search: URLSearchParams,
): Promise<{ held: Held; query: ItemsQuery; page: Page }> {
  const held = await heldCollection(services, id, actor);
  const query = readItemsQuery(search, held.kinds);
  return { held, query, page: pageOf(held.features, query, held.time) };
}

/** @throws {Refusal} 404 `unknown_collection`, `unknown_item` */
export async function itemOf(services: Given, id: string, itemId: string, crs: string, actor: Actor) {
  const held = await heldCollection(services, id, actor);
  const feature = held.features.find((one) => one.id === itemId);
  if (!feature) throw new Refusal(404, 'unknown_item');
  return { held, feature: featureIn(feature, crs) };
}
