import type { CriteriaPack, Units, WardEdgeProperties, WardFeature, WardProperties } from '../../geodata/schema.ts';
import { createWardIndex, type WardIndex } from '../../geodata/ward-index.ts';
import type { DistrictStatus, WardStatus } from '../../server/status/contract.ts';
import type { Ward } from '../../server/wards/contract.ts';
import { api, ask, fetchLayer } from '../api/client.ts';
import { Resource } from '../api/resource.svelte.ts';

type WardLayerData = GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon, WardProperties>;

/** The wards of the set looked at: their shapes, their facts, their status on the day. */
class WardsState {
  readonly layer = new Resource<WardLayerData>();
  readonly edges = new Resource<GeoJSON.FeatureCollection<GeoJSON.LineString, WardEdgeProperties>>();
  readonly list = new Resource<Ward[]>();
  readonly status = new Resource<DistrictStatus>();
  readonly pack = new Resource<CriteriaPack>();

  readonly index: WardIndex | null = $derived(
    this.layer.value ? createWardIndex(this.layer.value.features as WardFeature[]) : null,
  );

  loadPlaces(units: Units): void {
    void this.layer.load(() => fetchLayer('wards', { units }));
    void this.edges.load(() => fetchLayer('ward-edges', { units }));
    void this.list.load(async () => (await ask(api.api.wards.$get({ query: { units } }))).items);
  }

  async loadStatus(at: string, units: Units): Promise<void> {
    await this.status.load(() => ask(api.api.status.$get({ query: { at, units } })));
    const id = this.status.value?.pack;
    if (id && id !== this.pack.value?.id) await this.pack.load(() => ask(api.api.packs[':id'].$get({ param: { id } })));
  }

  ward(key: string | null): Ward | null {
    return this.list.value?.find((ward) => ward.key === key) ?? null;
  }

  statusOf(key: string): WardStatus | null {
    return this.status.value?.wards.find((ward) => ward.key === key) ?? null;
  }

  /** The ward's name; its key when the set that holds it is not the one loaded. */
  nameOf(key: string): string {
    return this.ward(key)?.name ?? key;
  }
}

export const wards = new WardsState();
