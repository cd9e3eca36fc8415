import type { CriteriaPack, Units, WardEdgeProperties, WardFeature, WardProperties } from '../../geodata/schema.ts';
import { createWardIndex, type WardIndex } from '../../geodata/ward-index.ts';
import type { DistrictStatus, WardStatus } from '../../server/status/contract.ts';
import type { PackSummary } from '../../server/status/pack-contract.ts';
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
  readonly packs = new Resource<PackSummary[]>();
  /** By the district's own packs, which are in force beside the one that judges the title. */
  readonly beside = new Resource<{ status: DistrictStatus; pack: CriteriaPack }[]>();

  readonly index: WardIndex | null = $derived(
    this.layer.value ? createWardIndex(this.layer.value.features as WardFeature[]) : null,
  );

  loadPlaces(units: Units): void {
    void this.layer.load(() => fetchLayer('wards', { units }));
    void this.edges.load(() => fetchLayer('ward-edges', { units }));
    void this.list.load(async () => (await ask(api.api.wards.$get({ query: { units } }))).items);
  }

  /** @param pack another than the one that judges the title */
  async loadStatus(at: string, units: Units, pack: string | null = null): Promise<void> {
    await this.status.load(() => ask(api.api.status.$get({ query: { at, units, ...(pack && { pack }) } })));
    const judged = this.status.value;
    const known = this.pack.value;
    if (judged && (judged.pack !== known?.id || (judged.packVersion ?? 1) !== (known.version ?? 1)))
      await this.pack.load(() => packOf(judged));
  }

  loadPacks(): Promise<void> {
    return this.packs.load(async () => (await ask(api.api.packs.$get())).items);
  }

  /** The status by every pack of the district that is not the one looked at. */
  loadBeside(at: string, units: Units, looked: string | null): Promise<void> {
    return this.beside.load(async () => {
      if (!this.packs.value) await this.loadPacks();
      const others = (this.packs.value ?? []).filter(
        ({ id, purpose, illustration, withdrawn }) =>
          purpose === 'district' && !illustration && id !== looked && !(withdrawn && withdrawn.from <= at),
      );
      return Promise.all(
        others.map(async ({ id: pack }) => {
          const status = await ask(api.api.status.$get({ query: { at, units, pack } }));
          return { status, pack: await packOf(status) };
        }),
      );
    });
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

/** The very version of the pack that a status was judged by. */
export const packOf = ({
  pack,
  packVersion,
}: {
  pack: string;
  packVersion?: number | undefined;
}): Promise<CriteriaPack> =>
  ask(api.api.packs[':id'].$get({ param: { id: pack }, query: { version: packVersion ?? 1 } }));

export const wards = new WardsState();
