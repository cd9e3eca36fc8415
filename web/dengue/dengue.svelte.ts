import type { Curve, HotspotProperties } from '../../server/dengue/contract.ts';
import { api, ask, fetchLayer } from '../api/client.ts';
import { Resource } from '../api/resource.svelte.ts';
import type { Position } from '../../geodata/schema.ts';
import { atlas } from '../atlas.svelte.ts';
import { chosenPart, openParts, type PartId } from './parts.ts';

export type HotspotLayerData = GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon, HotspotProperties>;
export type CurveWeek = Curve['weeks'][number];

/** Which part of the place is open; and what the public may see: the weekly curve, the hotspots of the latest week over. */
class DengueState {
  readonly curve = new Resource<Curve>();
  readonly hotspots = new Resource<HotspotLayerData>();

  /** Who takes a tap on the map while something is being placed: the form that is open. */
  onplace: ((position: Position) => void) | null = null;

  /** Who takes a tap that met nothing of this place; `false` = not wanted. */
  ontap: ((position: Position) => boolean) | null = null;

  /** The tabs this reader has; a visitor has one, which is then no tab. */
  readonly parts: PartId[] = $derived(openParts((permission) => atlas.may(permission)));
  readonly part: PartId = $derived(chosenPart(atlas.address.query('muc'), this.parts));

  /** The curve runs to the latest day anyone looks at, so that stepping back in time leaves the way forward. */
  loadCurve(until: string): void {
    void this.curve.load(() => ask(api.api.dengue.curve.$get({ query: { at: until } })));
  }

  loadHotspots(at: string): void {
    void this.hotspots.load(() => fetchLayer('hotspots', { at }));
  }

  get weeks(): CurveWeek[] {
    return this.curve.value?.weeks ?? [];
  }

  /** The latest week that was over before the day began. */
  weekBefore(at: string): CurveWeek | null {
    return this.weeks.findLast((week) => week.to < at) ?? null;
  }

  /** The week of the day that is looked at. */
  get weekShown(): CurveWeek | null {
    return atlas.at ? this.weekBefore(atlas.at) : null;
  }

  before(week: CurveWeek): CurveWeek | null {
    return this.weeks[this.weeks.indexOf(week) - 1] ?? null;
  }
}

export const dengue = new DengueState();
