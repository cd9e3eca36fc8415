import type { BackupList } from '../../server/backups/contract.ts';
import { api, ask } from '../api/client.ts';
import { asRefused, type Refused } from '../api/refusal.ts';
import { Resource } from '../api/resource.svelte.ts';
import { uuidv7 } from '../lib/uuid.ts';

/** How things stand with the backups, and what an administrator does about it. */
class BackupsState {
  readonly list = new Resource<BackupList>();
  /** What was asked of the server and not answered yet. */
  asking = $state<'make' | 'stop' | null>(null);
  /** The name of the one being checked. */
  checking = $state<string | null>(null);
  refused = $state.raw<Refused | null>(null);
  /** Of a backup that was asked for and of which no answer came: asked again, it is the same one. */
  #changeId: string | null = null;

  load(): Promise<void> {
    return this.list.load(() => ask(api.api.backups.$get()));
  }

  async make(): Promise<void> {
    const changeId = (this.#changeId ??= uuidv7());
    this.asking = 'make';
    await this.#take(ask(api.api.backups.$post({ json: { changeId } })));
    if (this.refused?.code !== 'offline') this.#changeId = null;
    this.asking = null;
  }

  /** True when it was stopped. */
  async stop(): Promise<boolean> {
    this.asking = 'stop';
    await this.#take(ask(api.api.backups.stop.$post({ json: {} })));
    this.asking = null;
    return this.refused === null;
  }

  async check(name: string): Promise<void> {
    this.checking = name;
    await this.#take(ask(api.api.backups[':name'].check.$post({ param: { name }, json: {} })));
    this.checking = null;
  }

  forget(): void {
    this.refused = null;
  }

  async #take(asked: Promise<BackupList>): Promise<void> {
    this.refused = null;
    await asked.then(
      // Through the resource, so that an older answer still on its way is dropped.
      (list) => this.list.load(() => Promise.resolve(list)),
      (fault: unknown) => {
        this.refused = asRefused(fault);
        // What was refused because the screen was old is answered by a newer one.
        void this.load();
      },
    );
  }
}

export const backups = new BackupsState();
