import type { CriteriaPack, WardKey } from '../../geodata/schema.ts';
import { may, nameOfActor, type Actor } from '../accounts/permission.ts';
import { namesOfUsers } from '../accounts/user-actions.ts';
import type { ChangeDraft } from '../platform/changes.ts';
import type { Writer } from '../platform/database.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import type { Verb } from '../platform/verb-contract.ts';
import { findPack, packFor } from './actions.ts';
import type { Figure, MoveFigures, SaveFigures } from './contract.ts';
import { indicatorOf, isInDomain, mayGo, refuseDay, refusePeriod } from './figure.ts';
import { figuresOf, knownFiles, publishedOf, putFigures, type StoredFigure } from './figure-store.ts';
import { dayOfPeriod, daysOfPeriod } from './period.ts';
import { insertStatusValues } from './store.ts';

type Given = Pick<Services, 'db' | 'places' | 'changes' | 'clock' | 'env'>;
/** A cell in the words of a problem: `cells.3.value`. */
type Fault = { path: string; code: string };

/** The contract has proved that `wardKey` is one. */
interface Cell {
  wardKey: string;
  indicator: string;
}

const cellKey = (wardKey: string, indicator: string): string => `${wardKey} ${indicator}`;

const refuseAll = (status: number, faults: readonly Fault[], more: object = {}): void => {
  if (faults[0]) throw new Refusal(status, faults[0].code, { errors: [...faults], ...more });
};

async function described(
  services: Pick<Services, 'db'>,
  pack: string,
  period: string,
  figures: readonly StoredFigure[],
): Promise<Figure[]> {
  const published = new Map(
    (await publishedOf(services.db, pack, period)).map((row) => [cellKey(row.ward_key, row.indicator), row]),
  );
  const idOf = (actor: string) => actor.replace(/^user:/, '');
  const ids = figures.flatMap(({ enteredBy, decidedBy }) => [enteredBy, ...(decidedBy ? [decidedBy] : [])]).map(idOf);
  const names = await namesOfUsers(services, [...new Set(ids)]);
  const nameOf = (actor: string) => names.get(idOf(actor)) ?? actor;
  return figures.map(({ pack: _pack, period: _period, ...figure }) => ({
    ...figure,
    enteredBy: nameOf(figure.enteredBy),
    decidedBy: figure.decidedBy && nameOf(figure.decidedBy),
    published: published.get(cellKey(figure.wardKey, figure.indicator))?.value ?? null,
    withdrawnOn: published.get(cellKey(figure.wardKey, figure.indicator))?.evidence_withdrawn_on ?? null,
  }));
}

/**
 * Every cell somebody has touched, of one pack (that of the period's day by default) and period.
 * @throws {Refusal} 404 `unknown_pack`; 422 `invalid_period`
 */
export async function figuresOfPeriod(
  services: Pick<Services, 'db' | 'places' | 'clock'>,
  { pack: id, period }: { pack?: string | undefined; period: string },
): Promise<{ pack: string; packVersion?: number; period: string; items: Figure[] }> {
  const days = daysOfPeriod(period);
  if (!days) throw new Refusal(422, 'invalid_period');
  const pack = id === undefined ? await packFor(services, days.to) : await findPack(services, id, days.to);
  const figures = await figuresOf(services.db, pack.id, period);
  return {
    pack: pack.id,
    ...(pack.version && { packVersion: pack.version }),
    period,
    items: await described(services, pack.id, period, figures),
  };
}

/** What any write to cells must hold: its pack and period, wards in scope and of one set, no cell twice. */
async function openCells(
  services: Given,
  { pack: id, period, cells }: Pick<SaveFigures, 'pack' | 'period'> & { cells: readonly Cell[] },
  actor: Actor,
  permission: 'figure.enter' | 'figure.approve',
): Promise<CriteriaPack> {
  if (cells.some(({ wardKey }) => !may(actor, permission, wardKey as WardKey))) throw new Refusal(403, 'outside_scope');
  const pack = await findPack(services, id, daysOfPeriod(period)?.to);
  if (pack.illustration) throw new Refusal(422, 'pack_is_illustration');
  const refused = refusePeriod(period, services.clock.today());
  if (refused) throw new Refusal(422, refused, { errors: [{ path: 'period', code: refused }] });
  const seen = new Set<string>();
  const faults: Fault[] = [];
  const known = new Set(services.places.wards[services.env.units].map(({ properties }) => properties.key as string));
  cells.forEach(({ wardKey, indicator }, index) => {
    if (!known.has(wardKey)) faults.push({ path: `cells.${index}.wardKey`, code: 'ward_of_other_set' });
    if (!indicatorOf(pack, indicator)) faults.push({ path: `cells.${index}.indicator`, code: 'unknown_indicator' });
    const key = cellKey(wardKey, indicator);
    if (seen.has(key)) faults.push({ path: `cells.${index}`, code: 'duplicate_cell' });
    seen.add(key);
  });
  refuseAll(422, faults);
  return pack;
}

/** The cells as they stand, by key; refuses when one is no longer what the writer saw. */
async function unchangedCells(
  tx: Writer,
  { pack, period, cells }: { pack: string; period: string; cells: readonly (Cell & { version: number | null })[] },
): Promise<Map<string, StoredFigure>> {
  const stored = new Map(
    (await figuresOf(tx, pack, period)).map((figure) => [cellKey(figure.wardKey, figure.indicator), figure]),
  );
  const changed = cells.flatMap((cell, index) => {
    const there = stored.get(cellKey(cell.wardKey, cell.indicator));
    return (there?.version ?? null) === cell.version ? [] : [{ index, there }];
  });
  if (changed.length > 0) {
    throw new Refusal(412, 'figure_changed', {
      errors: changed.map(({ index }) => ({ path: `cells.${index}`, code: 'figure_changed' })),
      // Both stand side by side on the screen: what was sent is there already, this is what came between.
      current: await described(
        { db: tx as never },
        pack,
        period,
        changed.flatMap(({ there }) => there ?? []),
      ),
    });
  }
  return stored;
}

const told = ({ wardKey, indicator, value, state }: StoredFigure) => ({ wardKey, indicator, value, state });

const change = (
  verb: Verb,
  { pack, period }: { pack: string; period: string },
  actor: Actor,
  before: readonly StoredFigure[],
  after: readonly StoredFigure[],
  layers: ChangeDraft['layers'] = [],
): ChangeDraft => ({
  // What colours the wards is told to everybody; a figure on its way only to who may read it.
  kind: layers.length > 0 ? 'status' : 'figure',
  verb,
  recordId: `${pack}/${period}`,
  version: Math.max(...after.map(({ version }) => version)),
  layers,
  actor: nameOfActor(actor),
  before: before.map(told),
  after: after.map(told),
});

/**
 * Writes figures as drafts: one cell or a pasted block, all or nothing.
 * @throws {Refusal} 403 `outside_scope`; 404 `unknown_pack`; 412 `figure_changed` with what stands there now;
 *   422 `pack_is_illustration`, `invalid_period`, `period_in_future`, and by cell `ward_of_other_set`, `unknown_indicator`, `duplicate_cell`,
 *   `value_out_of_domain`, `day_outside_period`, `unknown_evidence`
 */
export async function saveFigures(services: Given, sent: SaveFigures, actor: Actor): Promise<Figure[]> {
  const pack = await openCells(services, sent, actor, 'figure.enter');
  const { period } = sent;
  const today = services.clock.today();
  const days = daysOfPeriod(period)!;
  const files = await knownFiles(
    services.db,
    sent.cells.flatMap(({ evidence }) => evidence?.file ?? []),
  );
  const faults: Fault[] = sent.cells.flatMap(({ indicator, value, asOf, evidence }, index) => [
    ...(value !== null && !isInDomain(indicatorOf(pack, indicator)!, value)
      ? [{ path: `cells.${index}.value`, code: 'value_out_of_domain' }]
      : []),
    ...(asOf !== undefined && refuseDay(period, asOf, today)
      ? [{ path: `cells.${index}.asOf`, code: 'day_outside_period' }]
      : []),
    ...(evidence?.file && !files.has(evidence.file)
      ? [{ path: `cells.${index}.evidence.file`, code: 'unknown_evidence' }]
      : []),
  ]);
  refuseAll(422, faults);

  const saved = await services.changes.commit(sent.changeId, 'saveFigures', async (tx) => {
    const stored = await unchangedCells(tx, sent);
    const before = sent.cells.flatMap((cell) => stored.get(cellKey(cell.wardKey, cell.indicator)) ?? []);
    refuseMoves(before, 'draft', sent.cells);
    const after = sent.cells.map(
      ({ wardKey, indicator, version, value, asOf, source, note, evidence }): StoredFigure => ({
        wardKey: wardKey as WardKey,
        pack: pack.id,
        indicator,
        period,
        version: (version ?? 0) + 1,
        value,
        asOf: asOf ?? dayOfPeriod(days.to, today),
        source,
        note,
        evidence,
        state: 'draft',
        reason: null,
        enteredBy: nameOfActor(actor),
        enteredAt: services.clock.now().toISOString(),
        decidedBy: null,
        decidedAt: null,
      }),
    );
    await putFigures(tx, after);
    return { outcome: after, change: change('saveFigures', sent, actor, before, after) };
  });
  return described(services, pack.id, period, saved);
}

function refuseMoves(figures: readonly StoredFigure[], to: StoredFigure['state'], cells: readonly Cell[]): void {
  const stateOf = new Map(figures.map((figure) => [cellKey(figure.wardKey, figure.indicator), figure.state]));
  refuseAll(
    409,
    cells.flatMap(({ wardKey, indicator }, index) => {
      const from = stateOf.get(cellKey(wardKey, indicator)) ?? null;
      return mayGo(from, to) ? [] : [{ path: `cells.${index}`, code: 'wrong_figure_state' }];
    }),
  );
}

/** What was withdrawn does not come back by approving its figure again: it is put back, or other evidence is given. */
async function refuseWithdrawn(
  tx: Writer,
  pack: string,
  period: string,
  figures: readonly StoredFigure[],
): Promise<void> {
  const withdrawn = new Map(
    (await publishedOf(tx, pack, period))
      .filter((row) => row.evidence_withdrawn_on !== null)
      .map((row) => [cellKey(row.ward_key, row.indicator), row]),
  );
  refuseAll(
    409,
    figures.flatMap(({ wardKey, indicator, evidence }, index) => {
      const row = withdrawn.get(cellKey(wardKey, indicator));
      const same = row && evidence && row.evidence_file === evidence.file && row.evidence_title === evidence.title;
      return same ? [{ path: `cells.${index}`, code: 'evidence_withdrawn' }] : [];
    }),
  );
}

/**
 * Moves figures on: submits drafts, takes them back, approves them or returns them with a reason. Approved figures are
 * public from then on. Nobody approves what they entered themselves.
 * @throws {Refusal} 403 `outside_scope`; 404 `unknown_pack`; 409 `wrong_figure_state`, `own_submission`,
 *   `evidence_withdrawn`;
 *   412 `figure_changed`; 422 `reason_required`, and by cell `value_missing`
 */
export async function moveFigures(services: Given, sent: MoveFigures, actor: Actor): Promise<Figure[]> {
  const decides = sent.to === 'approved' || sent.to === 'returned';
  const pack = await openCells(services, sent, actor, decides ? 'figure.approve' : 'figure.enter');
  if (sent.to === 'returned' && sent.reason === '') throw new Refusal(422, 'reason_required');
  const verb = {
    draft: 'withdrawFigures' as const,
    submitted: 'submitFigures' as const,
    approved: 'approveFigures' as const,
    returned: 'returnFigures' as const,
  }[sent.to];
  const me = nameOfActor(actor);
  const moved = await services.changes.commit(sent.changeId, verb, async (tx) => {
    const stored = await unchangedCells(tx, sent);
    const before = sent.cells.map((cell) => stored.get(cellKey(cell.wardKey, cell.indicator))!);
    refuseMoves(before, sent.to, sent.cells);
    refuseAll(
      sent.to === 'submitted' ? 422 : 409,
      before.flatMap((figure, index) => {
        if (sent.to === 'submitted' && figure.value === null)
          return [{ path: `cells.${index}`, code: 'value_missing' }];
        if (decides && figure.enteredBy === me) return [{ path: `cells.${index}`, code: 'own_submission' }];
        return [];
      }),
    );
    if (sent.to === 'approved') await refuseWithdrawn(tx, pack.id, sent.period, before);
    const after = before.map((figure): StoredFigure => ({
      ...figure,
      version: figure.version + 1,
      state: sent.to,
      reason: sent.to === 'returned' ? sent.reason : null,
      decidedBy: decides ? me : null,
      decidedAt: decides ? services.clock.now().toISOString() : null,
    }));
    await putFigures(tx, after);
    if (sent.to === 'approved')
      await insertStatusValues(
        tx,
        after.map((figure) => ({ ...figure, approved: true, approvedBy: me, knownAt: figure.decidedAt, demo: false })),
      );
    return {
      outcome: after,
      change: change(verb, sent, actor, before, after, sent.to === 'approved' ? ['wards'] : []),
    };
  });
  return described(services, pack.id, sent.period, moved);
}
