import type { Bbox, CivilDate, SourceEntry, Units } from '../../geodata/schema.ts';
import { may, type Actor, type Permission } from '../accounts/permission.ts';
import { publicHotspots } from '../dengue/actions.ts';
import { caseFeatures } from '../dengue/cases/list-actions.ts';
import { relicCounts, relicFeatures } from '../heritage/actions.ts';
import { outbreakFeatures } from '../outbreaks/read-actions.ts';
import { siteFeatures } from '../outbreaks/vector-actions.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import type { Snapshot } from '../platform/snapshots.ts';
import { meetsBbox } from './bbox.ts';
import { accuracyNotes, catalogue, OWN_ATTRIBUTION, OWN_LICENCE } from './catalogue.ts';
import { publicLayers, type Layer, type LayerId, type PublicLayer } from './contract.ts';

type Given = Pick<Services, 'db' | 'places' | 'clock' | 'changes' | 'snapshots' | 'env' | 'log'>;
type Feature = GeoJSON.Feature<Parameters<typeof meetsBbox>[0]> & { id: string };

const layerIds = Object.keys(catalogue) as LayerId[];
const isPublic = (id: string): id is PublicLayer => (publicLayers as readonly string[]).includes(id);

/** Layers of personal data that are served, and what it takes to see them; made for each request, cut to one's wards. */
const rolePermission = {
  cases: 'case.read',
  outbreaks: 'outbreak.read',
  'breeding-sites': 'case.read',
} as const satisfies Partial<Record<LayerId, Permission>>;
export type RoleLayer = keyof typeof rolePermission;
export const isRoleLayer = (id: LayerId): id is RoleLayer => Object.hasOwn(rolePermission, id);

/** Whether there is such a layer and this reader may see it. */
export const maySeeLayer = (id: string, actor: Actor): id is PublicLayer | RoleLayer =>
  isPublic(id) || (isRoleLayer(id as LayerId) && may(actor, rolePermission[id as RoleLayer]));

/**
 * A layer this reader may see.
 * @throws {Refusal} 404 `unknown_layer`, 403 `not_permitted` for one that needs a role
 */
export function openLayer(id: string, actor: Actor): PublicLayer | RoleLayer {
  if (maySeeLayer(id, actor)) return id;
  throw (layerIds as string[]).includes(id) ? new Refusal(403, 'not_permitted') : new Refusal(404, 'unknown_layer');
}

const sourceOf = ({ places }: Given, id: LayerId, units: Units): SourceEntry | undefined => {
  const file = catalogue[id].file?.(units);
  return places.sources.find((source) => source.file === file);
};

/** What every answer about a layer says of it. */
function provenance(services: Given, id: LayerId, units: Units) {
  const source = sourceOf(services, id, units);
  const accuracy = accuracyNotes[id] ?? source?.accuracy;
  if (!accuracy) throw new Error(`the layer ${id} says nothing of its accuracy`);
  return {
    accuracy,
    attribution: source?.attribution ?? OWN_ATTRIBUTION,
    licence: source?.licence ?? OWN_LICENCE,
  };
}

/** Layers that are data files; edges are kept for the eight wards alone, so the six have none. */
function standingFeatures({ places }: Given, id: Exclude<PublicLayer, 'relics' | 'hotspots'>, units: Units): Feature[] {
  if (id === 'wards') return places.wards[units];
  if (id !== 'ward-edges') return places.collections[id].features;
  return places.collections[id].features.filter(({ properties }) => properties.between[0].endsWith(`@${units}`));
}

/** One layer for this request: features that meet the bbox, as known on a day. */
export async function collection(
  services: Given,
  id: PublicLayer,
  { bbox, at, units }: { bbox?: Bbox | undefined; at: CivilDate; units: Units },
) {
  const head = { type: 'FeatureCollection' as const, ...provenance(services, id, units) };
  if (id === 'relics') return { ...head, features: await relicFeatures(services, at, bbox) };
  const cut = <F extends Feature>(features: F[]) =>
    bbox ? features.filter(({ geometry }) => meetsBbox(geometry, bbox)) : features;
  if (id === 'hotspots') {
    const { week, withheld, features } = await publicHotspots(services, at);
    return { ...head, week, withheld, features: cut(features) };
  }
  const ofASet = id === 'wards' || id === 'ward-edges';
  return { ...head, ...(ofASet && { units }), features: cut(standingFeatures(services, id, units)) };
}

const roleFeatures = {
  cases: caseFeatures,
  outbreaks: outbreakFeatures,
  'breeding-sites': siteFeatures,
} satisfies Record<RoleLayer, unknown>;

/** One layer of personal data, as this reader may see it. */
export async function roleCollection(
  services: Given,
  id: RoleLayer,
  actor: Actor,
  { bbox, at, units }: { bbox?: Bbox | undefined; at: CivilDate; units: Units },
) {
  const head = { type: 'FeatureCollection' as const, ...provenance(services, id, units) };
  const features = await roleFeatures[id](services, actor, at, bbox);
  return { ...head, features };
}

/** Whether the day looked at changes what the layer shows. */
const daily = (id: PublicLayer) => id === 'relics' || id === 'hotspots';

/** The whole layer for today, serialised and compressed once until something changes it. */
export function layerSnapshot(services: Given, id: PublicLayer, units: Units): Promise<Snapshot> {
  const today = services.clock.today();
  const key = `layer:${id}:${daily(id) ? today : units}`;
  return services.snapshots.get(key, () => collection(services, id, { at: today, units }));
}

/** `null` when the answer differs from the snapshot and has to be made for this request. */
export function snapshotFor(
  services: Given,
  id: PublicLayer,
  { bbox, at, units }: { bbox?: Bbox | undefined; at?: CivilDate | undefined; units: Units },
): Promise<Snapshot> | null {
  const otherDay = daily(id) && at !== undefined && at !== services.clock.today();
  return bbox || otherDay ? null : layerSnapshot(services, id, units);
}

/** A change makes the snapshots of the layers it names untrue. Returns its own undo. */
export const dropChangedLayers = ({ changes, snapshots }: Pick<Services, 'changes' | 'snapshots'>): (() => void) =>
  changes.subscribe(({ layers }) => {
    for (const id of layers) snapshots.drop(`layer:${id}:`);
  });

async function countAndVersion(services: Given, id: LayerId, units: Units): Promise<Pick<Layer, 'count' | 'version'>> {
  if (!isPublic(id)) return { count: null, version: null };
  if (daily(id)) {
    const { etag } = await layerSnapshot(services, id, units);
    const { length } = id === 'hotspots' ? (await publicHotspots(services, services.clock.today())).features : [];
    return { count: id === 'hotspots' ? length : (await relicCounts(services)).located, version: etag.slice(1, -1) };
  }
  const sha256 = sourceOf(services, id, units)?.sha256 ?? '';
  const { length } = standingFeatures(services, id as Exclude<PublicLayer, 'relics' | 'hotspots'>, units);
  return { count: length, version: sha256.slice(0, 16) };
}

/** Every layer there is; of those that need a role only that they exist. */
export const listLayers = (services: Given, units: Units): Promise<Layer[]> =>
  Promise.all(
    layerIds.map(async (id) => {
      const { title, geometry, access } = catalogue[id];
      return {
        id,
        title,
        geometry,
        access,
        ...provenance(services, id, units),
        ...(await countAndVersion(services, id, units)),
      };
    }),
  );
