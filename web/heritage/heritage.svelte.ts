import type { Position } from '../../geodata/schema.ts';
import type { Relic, RelicProperties } from '../../server/heritage/contract.ts';
import type { ChangeEvent } from '../../server/platform/contract.ts';
import { api, ask, fetchLayer } from '../api/client.ts';
import { Resource } from '../api/resource.svelte.ts';
import { undoChange } from '../api/undo.ts';
import { changes } from '../live/changes.svelte.ts';
import { uuidv7 } from '../lib/uuid.ts';
import { applyDiff } from '../lib/diff.ts';
import type { RelicList, RelicFilter } from './filter.ts';

export type RelicLayerData = GeoJSON.FeatureCollection<GeoJSON.Point, RelicProperties>;

/** A position chosen for a relic and not saved yet. */
export interface Draft {
  /** `null` = one that is not in the register yet. */
  relic: Relic | null;
  position: Position | null;
  /** One id for all tries of this one act: a retry after a lost reply changes nothing twice. */
  changeId: string;
  /** A save was sent, and may have arrived although no reply came. */
  tried: boolean;
}

/** The relics: the list with everything known, the layer with those that have a position, the draft of a placement. */
class HeritageState {
  readonly list = new Resource<RelicList>();
  readonly layer = new Resource<RelicLayerData>();
  draft = $state.raw<Draft | null>(null);
  saving = $state(false);
  #at = '';

  /** `at` decides the condition shown: the latest survey made by that day. */
  load(at: string): void {
    this.#at = at;
    void this.list.load(() => fetchAll(at));
    if (!this.layer.value) void this.layer.load(() => fetchLayer('relics'));
  }

  reload(): void {
    void this.list.reload();
    void this.layer.reload();
  }

  relic(id: string | null): Relic | null {
    return this.list.value?.items.find((relic) => relic.id === id) ?? null;
  }

  matching(filter: RelicFilter): Relic[] {
    return this.list.value?.items.filter(filter) ?? [];
  }

  startPlacing(relic: Relic): void {
    this.draft = { relic, position: null, changeId: uuidv7(), tried: false };
  }

  startAdding(): void {
    this.draft = { relic: null, position: null, changeId: uuidv7(), tried: false };
  }

  movePlacing(position: Position): void {
    if (!this.draft) return;
    // Another place after a try is another change: under the old id the server would answer with the first place.
    const { tried, changeId } = this.draft;
    this.draft = { ...this.draft, position, tried: false, changeId: tried ? uuidv7() : changeId };
  }

  stopPlacing(): void {
    this.draft = null;
  }

  /** Saves the draft. Throws `Refused`; the draft then stays, so nothing typed or tapped is lost. */
  async savePlacing(): Promise<Relic> {
    const draft = this.draft;
    if (!draft?.position || !draft.relic) throw new Error('nothing to save');
    const [lng, lat] = draft.position;
    this.draft = { ...draft, tried: true };
    changes.own(draft.changeId);
    this.saving = true;
    try {
      const placed = await ask(
        api.api.heritage.relics[':id'].$patch(
          {
            param: { id: draft.relic.id },
            query: {},
            header: {},
            json: { changeId: draft.changeId, position: { lng, lat, errorMeters: null } },
          },
          { headers: { 'if-match': `"${draft.relic.version}"` } },
        ),
      );
      this.put(placed);
      this.draft = null;
      return placed;
    } finally {
      this.saving = false;
    }
  }

  /** Takes a placement of this page back. Throws `Refused`: somebody may have moved the relic since. */
  async undoPlacing(changeId: string, placed: Relic): Promise<void> {
    await undoChange(changeId, placed.version);
  }

  /** Takes a change of the stream: the layer by its diff, the list by asking for the one record. */
  async take(event: ChangeEvent): Promise<void> {
    const diff = event.diffs['relics'];
    if (diff && this.layer.value) this.layer.value = applyDiff(this.layer.value, diff);
    const known = this.relic(event.recordId);
    if (event.kind !== 'relic' || (known && known.version >= event.version)) return;
    this.put(
      await ask(api.api.heritage.relics[':id'].$get({ param: { id: event.recordId }, query: { at: this.#at } })),
    );
  }

  /** Asks for one relic anew: it was changed by a form that does not hold it whole. */
  async refetch(id: string): Promise<void> {
    this.put(await ask(api.api.heritage.relics[':id'].$get({ param: { id }, query: { at: this.#at } })));
  }

  /** Takes a relic over as it now is, a new one too. */
  put(relic: Relic): void {
    const list = this.list.value;
    if (!list) return;
    const known = list.items.some(({ id }) => id === relic.id);
    const items = known ? list.items.map((one) => (one.id === relic.id ? relic : one)) : [...list.items, relic];
    this.list.value = { ...list, items };
  }
}

async function fetchAll(at: string): Promise<RelicList> {
  const first = await ask(api.api.heritage.relics.$get({ query: { at, limit: '500' } }));
  const items = [...first.items];
  for (let cursor = first.nextCursor; cursor;) {
    const page = await ask(api.api.heritage.relics.$get({ query: { at, limit: '500', cursor } }));
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return { items, totals: first.totals };
}

export const heritage = new HeritageState();
