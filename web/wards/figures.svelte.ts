import type { CriteriaPack } from '../../geodata/schema.ts';
import type { Evidence, Figure } from '../../server/status/contract.ts';
import type { SheetCell } from '../../server/status/sheet-contract.ts';
import { api, ask } from '../api/client.ts';
import { keepFile } from '../api/keep-file.ts';
import { asRefused, type Refused } from '../api/refusal.ts';
import { Resource } from '../api/resource.svelte.ts';
import { parseNumber } from '../../geodata/number.ts';
import { uuidv7 } from '../lib/uuid.ts';
import { packOf } from './wards.svelte.ts';

/** What somebody has typed into a cell and not saved. `text` as typed, so that nothing is lost to a failed reading. */
export interface Draft {
  wardKey: string;
  indicator: string;
  text: string;
  source: string;
  note: string;
  evidence: Evidence | null;
  /** The version it was typed over; `null` = nothing was there. */
  version: number | null;
  /** The day the figure holds for; left out = the last of the period. */
  asOf?: string | undefined;
}

export const cellKey = (wardKey: string, indicator: string): string => `${wardKey} ${indicator}`;

type Decision = 'submitted' | 'draft' | 'approved' | 'returned';

/** The grid of one period: what the server holds, what was typed over it, and where the two disagree. */
class Figures {
  readonly stored = new Resource<{ pack: string; packVersion?: number | undefined; period: string; items: Figure[] }>();
  readonly pack = new Resource<CriteriaPack>();
  period = $state('');
  /** The pack chosen; empty = the one that judges the title at the end of the period. */
  chosen = $state('');
  /** Taken for cells that are typed without a source of their own. */
  source = $state('');
  drafts = $state<Record<string, Draft>>({});
  /** What came between reading and saving, by cell. */
  conflicts = $state<Record<string, Figure>>({});
  /** Codes the server answered with, by cell. */
  faults = $state<Record<string, string>>({});
  busy = $state(false);
  refused = $state.raw<Refused | null>(null);

  readonly byCell = $derived(
    new Map((this.stored.value?.items ?? []).map((figure) => [cellKey(figure.wardKey, figure.indicator), figure])),
  );
  readonly unsaved = $derived(Object.keys(this.drafts).length);

  async load(period: string, pack: string = this.chosen): Promise<void> {
    this.period = period;
    this.chosen = pack;
    await this.stored.load(() => ask(api.api.status.figures.$get({ query: { period, ...(pack && { pack }) } })));
    const stored = this.stored.value;
    const known = this.pack.value;
    if (stored && (stored.pack !== known?.id || (stored.packVersion ?? 1) !== (known.version ?? 1)))
      await this.pack.load(() => packOf(stored));
  }

  figure(wardKey: string, indicator: string): Figure | null {
    return this.byCell.get(cellKey(wardKey, indicator)) ?? null;
  }

  /** Types into a cell; typing back what is there takes the draft away. */
  type(
    wardKey: string,
    indicator: string,
    change: Partial<Pick<Draft, 'text' | 'source' | 'note' | 'evidence'>>,
  ): void {
    const key = cellKey(wardKey, indicator);
    const figure = this.byCell.get(key);
    const before: Draft = this.drafts[key] ?? {
      wardKey,
      indicator,
      text: figure?.value == null ? '' : String(figure.value).replace('.', ','),
      source: figure?.source ?? '',
      note: figure?.note ?? '',
      evidence: figure?.evidence ?? null,
      version: figure?.version ?? null,
    };
    const draft = { ...before, ...change };
    delete this.faults[key];
    const same =
      this.readable(draft) &&
      parseNumber(draft.text) === (figure?.value ?? null) &&
      draft.source === (figure?.source ?? '') &&
      draft.note === (figure?.note ?? '') &&
      JSON.stringify(draft.evidence) === JSON.stringify(figure?.evidence ?? null);
    if (same) delete this.drafts[key];
    else this.drafts[key] = draft;
  }

  /** Puts what a workbook says over the cells, as if it were typed: with the versions the workbook was made from. */
  takeSheet(cells: readonly SheetCell[]): void {
    for (const { wardKey, indicator, value, asOf, source, note, version } of cells) {
      const figure = this.byCell.get(cellKey(wardKey, indicator));
      this.drafts[cellKey(wardKey, indicator)] = {
        ...{ wardKey, indicator, source, note, version },
        text: value === null ? '' : String(value).replace('.', ','),
        evidence: figure?.evidence ?? null,
        asOf: asOf ?? undefined,
      };
    }
  }

  /** A cell whose text is no number cannot be sent; an empty one says that there is no figure. */
  readable(draft: Draft): boolean {
    return draft.text.trim() === '' || parseNumber(draft.text) !== null;
  }

  async save(): Promise<boolean> {
    const sent = Object.entries(this.drafts).filter(([, draft]) => this.readable(draft));
    if (sent.length === 0) return true;
    return this.#write(
      sent.map(([key]) => key),
      async () => {
        const { items } = await ask(
          api.api.status.figures.$put({
            json: {
              changeId: uuidv7(),
              pack: this.stored.value!.pack,
              period: this.period,
              cells: sent.map(([, { wardKey, indicator, text, source, note, evidence, version, asOf }]) => ({
                wardKey,
                indicator,
                value: parseNumber(text),
                source: source.trim() || this.source.trim(),
                note,
                evidence,
                version,
                asOf,
              })),
            },
          }),
        );
        for (const [key] of sent) delete this.drafts[key];
        this.#take(items);
      },
    );
  }

  async move(figures: readonly Figure[], to: Decision, reason = ''): Promise<boolean> {
    if (figures.length === 0) return true;
    const json = {
      changeId: uuidv7(),
      pack: this.stored.value!.pack,
      period: this.period,
      to,
      reason,
      cells: figures.map(({ wardKey, indicator, version }) => ({ wardKey, indicator, version })),
    };
    const routes = api.api.status.figures;
    return this.#write(
      figures.map(({ wardKey, indicator }) => cellKey(wardKey, indicator)),
      async () => {
        const decides = to === 'approved' || to === 'returned';
        const { items } = await ask(decides ? routes.decide.$post({ json }) : routes.submit.$post({ json }));
        this.#take(items);
      },
    );
  }

  /** Keeps a file for a ward's figures and returns how it is named from now on. */
  upload(wardKey: string, file: File): Promise<string> {
    const query = new URLSearchParams({ ward: wardKey, name: file.name });
    return keepFile(`/api/status/evidence?${query}`, file);
  }

  /** Settles a conflict: ours is saved over what came between, or theirs stays. */
  settle(key: string, keep: 'ours' | 'theirs'): void {
    const theirs = this.conflicts[key];
    if (!theirs) return;
    const draft = this.drafts[key];
    if (keep === 'ours' && draft) this.drafts[key] = { ...draft, version: theirs.version };
    else delete this.drafts[key];
    this.#take([theirs]);
    delete this.conflicts[key];
  }

  #take(items: readonly Figure[]): void {
    const { value } = this.stored;
    if (!value) return;
    const fresh = new Map(items.map((figure) => [cellKey(figure.wardKey, figure.indicator), figure]));
    const kept = value.items.filter((figure) => !fresh.has(cellKey(figure.wardKey, figure.indicator)));
    this.stored.value = { ...value, items: [...kept, ...items] };
  }

  async #write(keys: readonly string[], work: () => Promise<void>): Promise<boolean> {
    this.busy = true;
    this.refused = null;
    try {
      await work();
      return true;
    } catch (fault) {
      this.refused = asRefused(fault);
      const { problem } = this.refused;
      for (const { path, code } of problem?.errors ?? []) {
        const key = keys[Number(/^cells\.(\d+)/.exec(path)?.[1] ?? -1)];
        if (key) this.faults[key] = code;
      }
      if (this.refused.code === 'figure_changed') {
        for (const theirs of (problem?.current ?? []) as Figure[]) {
          this.conflicts[cellKey(theirs.wardKey, theirs.indicator)] = theirs;
        }
      }
      return false;
    } finally {
      this.busy = false;
    }
  }
}

export const figures = new Figures();
