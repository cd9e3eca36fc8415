import type { AuditChoices, AuditRow, VerifiedWords } from '../../server/audit/contract.ts';
import { api, ask } from '../api/client.ts';
import { asRefused, type Refused } from '../api/refusal.ts';
import { Resource } from '../api/resource.svelte.ts';
import { undoChange } from '../api/undo.ts';
import { auditFields, type AuditFilter } from './filter.ts';
import { mergeRows } from './merge.ts';

const PAGE = '50';
interface Page {
  items: AuditRow[];
  nextCursor: string | null;
}
const pageOf = (filter: AuditFilter, cursor?: string): Promise<Page> =>
  ask(api.api.audit.$get({ query: { ...filter, limit: PAGE, ...(cursor && { cursor }) } })) as Promise<Page>;

/** The log under a filter, newest first; what is written meanwhile comes in at the top. */
class AuditState {
  readonly page = new Resource<Page>();
  readonly choices = new Resource<AuditChoices>();
  readonly verified = new Resource<VerifiedWords>();
  loadingMore = $state(false);
  moreRefused = $state.raw<Refused | null>(null);
  /** Rows that came in while the reader looked on. */
  fresh = $state.raw<ReadonlySet<number>>(new Set());
  #filter: AuditFilter = {};
  #refreshing = false;
  #again = false;

  load(filter: AuditFilter): void {
    this.#filter = filter;
    this.page.value = null;
    this.moreRefused = null;
    this.fresh = new Set();
    void this.page.load(() => pageOf(filter));
    void this.choices.load(() => ask(api.api.audit.choices.$get()));
  }

  async loadMore(): Promise<void> {
    const page = this.page.value;
    if (!page?.nextCursor || this.loadingMore) return;
    this.loadingMore = true;
    this.moreRefused = null;
    const filter = this.#filter;
    try {
      const next = await pageOf(filter, page.nextCursor);
      if (filter === this.#filter) this.#put(next.items, next.nextCursor);
    } catch (fault) {
      this.moreRefused = asRefused(fault);
    } finally {
      this.loadingMore = false;
    }
  }

  /** Asks for what is newer than what is shown; calls that come meanwhile are one call more. */
  async refresh(): Promise<void> {
    if (this.#refreshing) {
      this.#again = true;
      return;
    }
    const before = this.page.value;
    if (!before) return;
    this.#refreshing = true;
    const filter = this.#filter;
    const newest = before.items[0]?.seq ?? 0;
    try {
      let found = await pageOf(filter);
      const items = [...found.items];
      while (found.nextCursor && (found.items.at(-1)?.seq ?? 0) > newest) {
        found = await pageOf(filter, found.nextCursor);
        items.push(...found.items);
      }
      if (filter !== this.#filter) return;
      const news = items.filter((row) => row.seq > newest).map((row) => row.seq);
      if (news.length > 0) this.fresh = new Set([...this.fresh, ...news]);
      this.#put(items, this.page.value?.items.length ? this.page.value.nextCursor : found.nextCursor);
    } catch {
      // The next change or the next look brings it; the stream says by itself that the server is gone.
    } finally {
      this.#refreshing = false;
      if (this.#again) {
        this.#again = false;
        void this.refresh();
      }
    }
  }

  /** @throws {Refused} */
  async undo(row: AuditRow): Promise<void> {
    await undoChange(row.seq, row.version).finally(() => this.refresh());
  }

  verify(head: string): void {
    this.verified.value = null;
    void this.verified.load(() => ask(api.api.audit.verify.$get({ query: head ? { head } : {} })));
  }

  forget(): void {
    this.verified.value = null;
    this.verified.refused = null;
  }

  /** Where the CSV of what is shown lies. */
  csv(filter: AuditFilter): string {
    const query = new URLSearchParams(auditFields.flatMap((field) => (filter[field] ? [[field, filter[field]]] : [])));
    return `/api/audit.csv${query.size > 0 ? `?${query}` : ''}`;
  }

  #put(rows: AuditRow[], nextCursor: string | null): void {
    this.page.value = { items: mergeRows(this.page.value?.items ?? [], rows), nextCursor };
  }
}

export const audit = new AuditState();
