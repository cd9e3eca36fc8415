import { checkPack, type Finding } from '../../../geodata/pack-check.ts';
import type { CriteriaPack } from '../../../geodata/schema.ts';
import type { CheckedPack, PackDraft, PackSummary } from '../../../server/status/pack-contract.ts';
import { api, ask } from '../../api/client.ts';
import { asRefused, Refused } from '../../api/refusal.ts';
import { Resource } from '../../api/resource.svelte.ts';
import { uuidv7 } from '../../lib/uuid.ts';
import { wards } from '../wards.svelte.ts';

const ifMatch = (version: number) => ({ header: { 'if-match': `"${version}"` } });
const routes = api.api.packs[':id'];

/** One pack looked at, and its draft while somebody writes it. */
class PackDesk {
  /** The version looked at. */
  readonly shown = new Resource<CriteriaPack>();
  /** The two versions that are compared, the older first. */
  readonly pair = new Resource<[CriteriaPack, CriteriaPack]>();
  /** What is being written; `null` = nothing is. */
  writing = $state<CriteriaPack | null>(null);
  /** The draft as the server has it. */
  kept = $state.raw<PackDraft | null>(null);
  /** Fields whose text is no number: what they hold cannot be kept. */
  unreadable = $state<Record<string, true>>({});
  /** What somebody else kept meanwhile, with the version it has. */
  theirs = $state.raw<{ pack: CriteriaPack | null; version: number } | null>(null);
  #as = $state('');

  /** What is being written, as plain data. */
  readonly plain = $derived(this.writing && ($state.snapshot(this.writing) as CriteriaPack));
  readonly changed = $derived(this.plain !== null && JSON.stringify(this.plain) !== this.#as);
  /** What is wrong with it; the first day is chosen when it is published. */
  readonly findings: Finding[] = $derived(
    this.plain && this.kept ? checkPack(this.plain, this.kept.context).filter(({ path }) => path !== 'validFrom') : [],
  );
  readonly byPath = $derived(new Map(this.findings.map((one) => [one.path, one])));
  /** A name or a day that is missing cannot be kept, not even in a draft. */
  readonly keepable = $derived(
    Object.keys(this.unreadable).length === 0 &&
      !this.findings.some(({ code }) => ['pack_title_missing', 'pack_day_wrong', 'pack_id_wrong'].includes(code)),
  );

  show(id: string, version: number | null): Promise<void> {
    const query = version === null ? {} : { version };
    return this.shown.load(() => ask(routes.$get({ param: { id }, query })));
  }

  compare(id: string, before: number, after: number): Promise<void> {
    const read = (version: number) => ask(routes.$get({ param: { id }, query: { version } }));
    return this.pair.load(() => Promise.all([read(before), read(after)]));
  }

  /** Begins to write: goes on with the draft, else with the newest version. */
  async begin(id: string): Promise<void> {
    const kept = await ask(routes.draft.$get({ param: { id } }));
    this.#write(kept, kept.pack ?? kept.context.previous!);
  }

  /** Begins to write what a file holds, or a new pack: nothing of it is kept yet. */
  async beginWith(pack: CriteriaPack): Promise<void> {
    const none = (): PackDraft => ({
      ...{ id: pack.id, version: 0, basedOn: 0, pack: null, editedBy: null, editedAt: null },
      context: { today: '', previous: null, others: [], approved: {} },
    });
    if (!wards.packs.value) await wards.loadPacks();
    const known = wards.packs.value?.some(({ id }) => id === pack.id);
    this.#write(known ? await ask(routes.draft.$get({ param: { id: pack.id } })) : none(), pack);
    this.#as = '';
  }

  #write(kept: PackDraft, pack: CriteriaPack): void {
    this.kept = kept;
    this.writing = structuredClone(pack);
    this.unreadable = {};
    this.theirs = null;
    this.#as = JSON.stringify(pack);
  }

  stop(): void {
    this.writing = null;
    this.kept = null;
    this.theirs = null;
    this.unreadable = {};
  }

  /** @throws {Refused} whatever was refused; of a draft that moved, `theirs` says what stands there */
  async save(changeId: string): Promise<void> {
    const { plain, kept } = this;
    if (!plain || !kept) return;
    const sent = { param: { id: plain.id }, json: { changeId, pack: plain }, ...ifMatch(kept.version) };
    try {
      this.#write(await ask(routes.draft.$put(sent)), plain);
    } catch (fault) {
      const { code, problem } = asRefused(fault);
      if (code === 'changed_meanwhile' && problem?.versions)
        this.theirs = { pack: (problem.current ?? null) as CriteriaPack | null, version: problem.versions.current };
      throw fault;
    }
    void wards.loadPacks();
  }

  /** Settles a conflict: ours is kept over what came between, or theirs is written on. */
  async settle(keep: 'ours' | 'theirs'): Promise<void> {
    const { theirs, kept, plain } = this;
    if (!theirs || !kept || !plain) return;
    this.theirs = null;
    if (keep === 'ours') {
      this.kept = { ...kept, version: theirs.version };
      await this.save(uuidv7());
    } else await this.begin(kept.id);
  }

  async discard(changeId: string): Promise<void> {
    const { kept } = this;
    if (!kept) return;
    if (kept.pack)
      await ask(routes.draft.discard.$post({ param: { id: kept.id }, json: { changeId }, ...ifMatch(kept.version) }));
    this.stop();
    await wards.loadPacks();
  }

  async publish(changeId: string, validFrom: string, reason: string): Promise<PackSummary> {
    const { kept } = this;
    if (!kept) throw new Refused('no_pack_draft');
    const sent = { param: { id: kept.id }, json: { changeId, validFrom, reason }, ...ifMatch(kept.version) };
    const published = await ask(routes.versions.$post(sent));
    this.stop();
    await Promise.all([wards.loadPacks(), this.show(kept.id, published.versions[0]?.version ?? null)]);
    return published;
  }

  async withdraw(changeId: string, pack: PackSummary, from: string | null, reason: string): Promise<void> {
    const sent = { param: { id: pack.id }, json: { changeId, from, reason }, ...ifMatch(pack.revision) };
    await ask(routes.withdrawal.$put(sent));
    await wards.loadPacks();
  }

  /** What a file says; nothing is written. */
  check(file: File): Promise<CheckedPack> {
    const headers = { 'content-type': file.type || 'application/json' };
    return ask<CheckedPack>(fetch('/api/packs/check', { method: 'POST', headers, body: file }));
  }
}

export const desk = new PackDesk();
