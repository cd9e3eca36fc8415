import type { Compared, MeetingSnapshot, Rebuilt, SinceMeeting, WholeSnapshot } from '../../server/meeting/contract.ts';
import { api, ask } from '../api/client.ts';
import { Resource } from '../api/resource.svelte.ts';
import { changes } from '../live/changes.svelte.ts';

/** The days frozen for meetings, the one looked at, and what changed since the one before. */
class MeetingState {
  readonly list = new Resource<MeetingSnapshot[]>();
  readonly snapshot = new Resource<WholeSnapshot>();
  readonly compared = new Resource<Compared>();
  readonly rebuilt = new Resource<Rebuilt>();
  readonly since = new Resource<SinceMeeting>();
  #routes = api.api.meeting.snapshots;

  loadList(): Promise<void> {
    return this.list.load(async () => (await ask(this.#routes.$get())).items);
  }

  /** A snapshot never changes: what is here already is not asked again. */
  show(number: number): void {
    const param = { number: String(number) };
    if (this.snapshot.value?.number !== number) {
      this.snapshot.value = null;
      this.rebuilt.value = null;
      void this.snapshot.load(() => ask(this.#routes[':number'].$get({ param })));
    }
    if (this.compared.value?.number !== number) {
      this.compared.value = null;
      void this.compared.load(() => ask(this.#routes[':number'].changes.$get({ param, query: {} })));
    }
  }

  /** From a frozen day, the newest where none is named, to a day as it stands now. */
  loadSince(at: string, number: number | null): void {
    const query = number === null ? { at } : { at, since: String(number) };
    void this.since.load(() => ask(api.api.meeting.changes.$get({ query })));
  }

  rebuild(number: number): Promise<void> {
    return this.rebuilt.load(() => ask(this.#routes[':number'].rebuilt.$get({ param: { number: String(number) } })));
  }

  async freeze(changeId: string, at: string, title: string): Promise<MeetingSnapshot> {
    changes.own(changeId);
    const frozen = await ask(this.#routes.$post({ json: { changeId, at, title } }));
    await this.loadList();
    return frozen;
  }
}

export const meeting = new MeetingState();
