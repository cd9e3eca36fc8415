import type { SourceEntry } from '../../geodata/schema.ts';
import { api, ask, fetchLayer } from '../api/client.ts';
import { Resource } from '../api/resource.svelte.ts';

/** Layers that belong to no place, and where every file comes from. */
class SourcesState {
  readonly entries = new Resource<SourceEntry[]>();
  readonly landmarks = new Resource<GeoJSON.FeatureCollection<GeoJSON.Point>>();

  loadEntries(): void {
    void this.entries.load(async () => (await ask(api.api.sources.$get())).items);
  }

  loadLandmarks(): void {
    if (!this.landmarks.value) void this.landmarks.load(() => fetchLayer('landmarks'));
  }
}

export const sources = new SourcesState();
