import type {
  AddItem,
  DecidePair,
  ItemFields,
  ItemVersion,
  Restoration,
  RestorationItem,
  UpdateItem,
  WardList,
  Weights,
} from '../../../server/heritage/restoration/contract.ts';
import type { CheckedList, ImportList } from '../../../server/heritage/restoration/sheet-contract.ts';
import { api, ask } from '../../api/client.ts';
import { Resource } from '../../api/resource.svelte.ts';
import { undoChange } from '../../api/undo.ts';
import { uuidv7 } from '../../lib/uuid.ts';
import { changes } from '../../live/changes.svelte.ts';

const seen = (version: number) => ({ headers: { 'if-match': `"${version}"` } });

/** The wards' lists and the plan, and the work that is open. */
class RestorationState {
  readonly all = new Resource<Restoration>();
  readonly history = new Resource<ItemVersion[]>();
  open = $state<string | null>(null);
  readonly #routes = api.api.heritage.restoration;

  load(): void {
    void this.all.load(() => ask(this.#routes.$get()));
  }

  reload(): void {
    void this.all.reload();
  }

  loadHistory(id: string): void {
    this.history.value = null;
    void this.history.load(
      async () => (await ask(this.#routes.items[':id'].history.$get({ param: { id } }))).items as ItemVersion[],
    );
  }

  async addItem(changeId: string, wardKey: string, fields: ItemFields): Promise<RestorationItem> {
    const json: AddItem = { changeId, wardKey, ...fields };
    return this.#one(changeId, ask(this.#routes.items.$post({ json })));
  }

  async updateItem(
    changeId: string,
    { id, version }: RestorationItem,
    set: Omit<UpdateItem, 'changeId'>,
  ): Promise<RestorationItem> {
    const json = { changeId, ...set } as never;
    return this.#one(
      changeId,
      ask(this.#routes.items[':id'].$patch({ param: { id }, header: {}, json }, seen(version))),
    );
  }

  /** Takes a change of this page back. */
  async undo(changeId: string, version: number): Promise<void> {
    await undoChange(changeId, version);
    this.reload();
  }

  submit({ wardKey, version }: WardList, submitted: boolean): Promise<void> {
    const changeId = uuidv7();
    const sent = { param: { ward: wardKey }, header: {}, json: { changeId, submitted } };
    return this.#whole(changeId, ask(this.#routes.lists[':ward'].$patch(sent, seen(version))));
  }

  check(wardKey: string, file: File): Promise<CheckedList> {
    const headers = { 'content-type': file.type || 'application/octet-stream' };
    const path = `/api/heritage/restoration/lists/${wardKey}/sheet`;
    return ask<CheckedList>(fetch(path, { method: 'POST', headers, body: file }) as never);
  }

  take(changeId: string, wardKey: string, items: ImportList['items']): Promise<void> {
    const sent = { param: { ward: wardKey }, json: { changeId, items } };
    return this.#whole(changeId, ask(this.#routes.lists[':ward'].import.$post(sent)));
  }

  decide(pair: Omit<DecidePair, 'changeId'>): Promise<void> {
    const changeId = uuidv7();
    return this.#whole(changeId, ask(this.#routes.pairs.$post({ json: { changeId, ...pair } })));
  }

  formPlan(changeId: string, title: string): Promise<void> {
    return this.#whole(changeId, ask(this.#routes.plans.$post({ json: { changeId, title } })));
  }

  setWeights(changeId: string, version: number, weights: Weights, reason: string): Promise<void> {
    const sent = { header: {}, json: { changeId, weights, reason } };
    return this.#whole(changeId, ask(this.#routes.weights.$patch(sent, seen(version))));
  }

  async #whole(changeId: string, asking: Promise<unknown>): Promise<void> {
    changes.own(changeId);
    this.all.value = (await asking) as Restoration;
  }

  async #one(changeId: string, asking: Promise<unknown>): Promise<RestorationItem> {
    changes.own(changeId);
    const item = (await asking) as RestorationItem;
    await this.all.reload();
    return item;
  }
}

export const restoration = new RestorationState();
