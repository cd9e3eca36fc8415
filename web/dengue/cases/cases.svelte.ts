import type { Position, Units } from '../../../geodata/schema.ts';
import type { CaseHistory, CaseList, CaseWords } from '../../../server/dengue/cases/contract.ts';
import type { ChangeEvent } from '../../../server/platform/contract.ts';
import { fetchLayer } from '../../api/client.ts';
import { Resource } from '../../api/resource.svelte.ts';
import { changes } from '../../live/changes.svelte.ts';
import { uuidv7 } from '../../lib/uuid.ts';
import {
  blankFields,
  blankPerson,
  fieldsOf,
  placeOf,
  type CaseFields,
  type CasePlace,
  type PersonFields,
} from './fields.ts';
import { queryOf, type CaseChoice, type CaseLayerData } from './filter.ts';
import * as wire from './wire.ts';

/** What is being entered or corrected: outlives a change of tab and a lost connection, and no reload, for it names people. */
export interface Draft {
  /** `null` = a case that is entered now. */
  base: CaseWords | null;
  fields: CaseFields;
  place: CasePlace | null;
  person: PersonFields;
}

const PAGE = 100;
/** Pages are asked again together after a change. */
const MOST = 500;
/** A live list is asked again once for a burst of changes, not once for each. */
const SOON_MS = 200;

/** The line list, the layer, the case that is open and the one that is being entered. */
class CasesState {
  readonly list = new Resource<CaseList>();
  readonly layer = new Resource<CaseLayerData>();
  readonly one = new Resource<CaseWords>();
  readonly history = new Resource<CaseHistory>();

  draft = $state<Draft | null>(null);
  /** Where the map is asked to look. */
  look = $state.raw<Position | null>(null);
  /** Entered on this page. */
  fresh = $state.raw<ReadonlySet<string>>(new Set());
  loadingMore = $state(false);

  #query: Record<string, string> = {};
  #open: string | null = null;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #tried: { id: string; said: string } | null = null;

  load(choice: CaseChoice, at: string, units: Units): void {
    this.#query = queryOf(choice, at, units);
    void this.list.load(() => wire.listCases({ ...this.#query, limit: String(PAGE) }));
  }

  async loadMore(): Promise<void> {
    const [page, query] = [this.list.value, this.#query];
    if (!page?.nextCursor || this.loadingMore) return;
    this.loadingMore = true;
    try {
      const next = await wire.listCases({ ...query, limit: String(PAGE), cursor: page.nextCursor });
      if (query === this.#query) this.list.value = { ...next, items: [...page.items, ...next.items] };
    } finally {
      this.loadingMore = false;
    }
  }

  loadLayer(at: string): void {
    void this.layer.load(() => fetchLayer('cases', { at }));
  }

  open(id: string): void {
    if (this.#open !== id) {
      this.one.value = null;
      this.history.value = null;
    }
    this.#open = id;
    void this.one.load(() => wire.readCase(id));
    void this.history.load(() => wire.readHistory(id));
  }

  // --- entering -------------------------------------------------------------------------------------------------------
  begin(today: string, place: CasePlace | null): void {
    this.draft = { base: null, fields: blankFields(today), place, person: { ...blankPerson } };
  }

  correct(base: CaseWords): void {
    this.draft = { base, fields: fieldsOf(base), place: placeOf(base), person: { ...blankPerson } };
  }

  drop(): void {
    this.draft = null;
  }

  put(place: CasePlace | null): void {
    if (this.draft) this.draft.place = place;
  }

  /** One id for all tries of one act: the same words sent again after a lost reply are not done twice. */
  changeId(act: string, said: unknown): string {
    const text = `${act} ${JSON.stringify(said)}`;
    this.#tried = this.#tried?.said === text ? this.#tried : { id: uuidv7(), said: text };
    changes.own(this.#tried.id);
    return this.#tried.id;
  }

  /** After an act: the list, the layer and the open case follow. */
  done(one: CaseWords, isNew = false): void {
    this.#tried = null;
    if (isNew) this.fresh = new Set([...this.fresh, one.id]);
    if (this.#open === one.id) this.one.value = one;
    this.refresh();
  }

  /** Asks for everything on screen again, soon. */
  refresh(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => {
      const count = Math.min(MOST, Math.max(PAGE, this.list.value?.items.length ?? 0));
      const query = this.#query;
      if (this.list.value) void this.list.load(() => wire.listCases({ ...query, limit: String(count) }));
      void this.layer.reload();
      if (this.#open) for (const resource of [this.one, this.history]) void resource.reload();
    }, SOON_MS);
  }

  take({ kind }: ChangeEvent): void {
    if (kind === 'case') this.refresh();
  }
}

export const cases = new CasesState();
