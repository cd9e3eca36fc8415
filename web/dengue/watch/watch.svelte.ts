import type { Units } from '../../../geodata/schema.ts';
import type {
  Bulletin,
  Channel,
  Incidence,
  Quality,
  Warnings,
  WatchCurve,
} from '../../../server/outbreaks/watch-contract.ts';
import { Resource } from '../../api/resource.svelte.ts';
import { get } from '../outbreaks/wire.ts';

/** What staff watch the season by: curve, bulletin, incidence, channel, warnings, the quality of the data. */
class WatchState {
  readonly curve = new Resource<WatchCurve>();
  readonly bulletin = new Resource<Bulletin>();
  readonly incidence = new Resource<Incidence>();
  readonly channel = new Resource<Channel>();
  readonly warnings = new Resource<Warnings>();
  readonly quality = new Resource<Quality>();
  by = $state<'day' | 'week'>('week');

  /** Where a chart is asked anew when cases or outbreaks change. */
  reload(): void {
    const { curve, bulletin, incidence, channel, warnings, quality } = this;
    for (const one of [curve, bulletin, incidence, channel, warnings, quality]) if (one.value) void one.reload();
  }

  loadCurve(at: string, by: 'day' | 'week'): void {
    void this.curve.load(() => get('/watch/curve', { at, by }));
  }

  load(at: string, units: Units, inScope: boolean): void {
    void this.bulletin.load(() => get('/watch/bulletin', { at }));
    void this.incidence.load(() => get('/watch/incidence', { at, units }));
    void this.channel.load(() => get('/watch/channel', { at }));
    void this.warnings.load(() => get('/watch/warnings', { at }));
    if (inScope) void this.quality.load(() => get('/watch/quality', { at }));
  }
}

export const watch = new WatchState();
