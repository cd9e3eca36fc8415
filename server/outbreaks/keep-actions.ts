/**
 * Keeps the outbreaks as the cases are. Every change of cases is followed in its own transaction: the groups around it
 * are computed again, mapped to their records, and what became of them is written, each with a change of its own. What
 * is held in memory is built anew from the store when a transaction was rolled back under it.
 */
import type { CivilDate } from '../../geodata/schema.ts';
import { outbreakCases } from '../dengue/cases/list-actions.ts';
import { outbreakRule, type OutbreakRule } from '../dengue/outbreak-rule.ts';
import type { ChangeDraft, Consequence } from '../platform/changes.ts';
import { StorageError, type Reader, type Writer } from '../platform/database.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { uuidv7 } from '../platform/uuid.ts';
import type { Verb } from '../platform/verb-contract.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import type { Mapped, Rewritten } from './mapping.ts';
import { allOutbreaks, chosenRule, insertEvents, mergeOutbreaks, putOutbreaks } from './store.ts';
import { evidenceOf } from './vector-store.ts';

export type Given = Pick<Services, 'db' | 'changes' | 'clock' | 'places' | 'log'>;

interface Held {
  keeper: Keeper | null;
  /** The transaction that alters what is held; while it stands here it has not committed, and if it never does, nothing
   * held is to be trusted. */
  writer: Writer | null;
}

/** By the database: the services of one server are handed about as different objects. */
const holds = new WeakMap<Services['db'], Held>();
function heldBy({ db }: Pick<Services, 'db'>): Held {
  const held = holds.get(db) ?? { keeper: null, writer: null };
  holds.set(db, held);
  return held;
}

/** The rule of an id among those that ship; `null` = there is none. */
export function ruleOf({ places }: Pick<Services, 'places'>, ruleId: string): OutbreakRule | null {
  const file = places.outbreakRules.find(({ id }) => id === ruleId);
  return file ? outbreakRule(file) : null;
}

/** The rule in force: the one chosen, else the first that ships. */
export async function ruleInForce(services: Pick<Services, 'places'>, db: Reader) {
  const chosen = await chosenRule(db);
  const rule = (chosen && ruleOf(services, chosen.ruleId)) ?? outbreakRule(services.places.outbreakRules[0]!);
  return { rule, version: chosen?.version ?? 1 };
}

async function load(services: Given, tx: Reader): Promise<Keeper> {
  const { rule } = await ruleInForce(services, tx);
  const keeper = createKeeper(rule, services.clock.today(), await outbreakCases(tx), await allOutbreaks(tx));
  keeper.takeEvidence(await evidenceOf(tx), services.clock.now().toISOString());
  return keeper;
}

/** More cases at once than this are sooner looked at all together than each among its neighbours. */
const MOST_ONE_BY_ONE = 500;

/** More outbreaks at once than this are one change: a season that was imported, a rule that was switched. */
const MOST_CHANGES = 20;

const changeOf = (verb: Verb, recordId: string, version: number, actor: string): ChangeDraft => ({
  kind: 'outbreak',
  verb,
  recordId,
  version,
  layers: ['outbreaks'],
  actor,
});

/** Numbers and counts only: the log of an outbreak names no case. */
const toldOf = ({ before, after }: Rewritten) => {
  const said = (one: Rewritten['after']) => ({ state: one.state, cases: one.caseIds.length, end: one.expectedEndOn });
  return { ...(before && { before: said(before) }), after: said(after) };
};

/** Writes what became of the outbreaks, and says by which changes. */
async function write(
  services: Given,
  tx: Writer,
  keeper: Keeper,
  { rewritten, merged }: Mapped,
  actor: string,
): Promise<Consequence[]> {
  if (rewritten.length === 0) return [];
  const now = services.clock.now();
  const newId = () => uuidv7(now.getTime());
  const all = newId();
  const single = rewritten.length <= MOST_CHANGES;
  const written = rewritten.map((one) => ({ ...one, id: single ? newId() : all }));
  await putOutbreaks(
    tx,
    written.map(({ after }) => after),
  );
  await mergeOutbreaks(tx, merged);
  await insertEvents(
    tx,
    written.flatMap(({ events, id }) => events.map((event) => ({ ...event, changeId: id }))),
    { at: now.toISOString(), actor },
  );
  keeper.put(
    written.map(({ after }) => after),
    merged,
  );
  if (single)
    return written.map(({ id, verb, after, ...rest }) => ({
      id,
      change: { ...changeOf(verb, after.number, after.version, actor), ...toldOf({ verb, after, ...rest }) },
    }));
  const change = changeOf('recountOutbreak', 'outbreaks', 1, actor);
  return [{ id: all, change: { ...change, after: { outbreaks: rewritten.length } } }];
}

const isSure = (held: Held, tx?: Writer): boolean => held.writer === null || held.writer === tx;

/** From here on what is held goes by this transaction: it is trusted again when that has committed. */
export function doubt(services: Given, tx: Writer): void {
  const held = heldBy(services);
  if (held.writer !== tx) tx.afterCommit(() => (held.writer = null));
  held.writer = tx;
}

/** The keeper as of now, inside a transaction that may alter it. */
async function hold(services: Given, tx: Writer): Promise<{ keeper: Keeper; isNew: boolean }> {
  const held = heldBy(services);
  const isNew = held.keeper === null || !isSure(held, tx);
  doubt(services, tx);
  if (isNew) held.keeper = await load(services, tx);
  return { keeper: held.keeper!, isNew };
}

/** Whatever is due but the cases of one change: a look at all when it was just loaded, and the day. */
async function catchUpOn(services: Given, tx: Writer, today: CivilDate, actor: string): Promise<Consequence[]> {
  const { keeper, isNew } = await hold(services, tx);
  if (isNew) return write(services, tx, keeper, keeper.mapAll(), actor);
  if (keeper.today !== today) return write(services, tx, keeper, keeper.moveTo(today), actor);
  return [];
}

/** The verbs of decisions that map outbreaks to groups anew. */
const REMAPPING: ReadonlySet<Verb> = new Set<Verb>([
  'joinOutbreak',
  'keepOutbreakApart',
  'editOutbreak',
  'reportInspection',
  'switchRule',
  'dayTurned',
]);

async function followChange(services: Given, tx: Writer, cause: ChangeDraft): Promise<Consequence[]> {
  const today = services.clock.today();
  const seeded = cause.kind === 'demo' && cause.layers.includes('cases');
  // Another rule, or a season at once, is another index.
  if (cause.verb === 'switchRule' || seeded) heldBy(services).keeper = null;
  if (REMAPPING.has(cause.verb) || seeded) {
    const caughtUp = await catchUpOn(services, tx, today, cause.actor);
    const { keeper } = await hold(services, tx);
    if (cause.kind === 'vector') keeper.takeEvidence(await evidenceOf(tx), services.clock.now().toISOString());
    return [...caughtUp, ...(await write(services, tx, keeper, keeper.mapAll(), cause.actor))];
  }
  if (cause.kind !== 'case') return [];
  const ids = [cause.recordId, ...(cause.privateParts ?? []).map(({ recordId }) => recordId)];
  const held = heldBy(services);
  // Nothing held yet, or a day went by, or a whole list came: a look at all sees these cases too.
  if (!held.keeper || !isSure(held, tx) || held.keeper.today !== today || ids.length > MOST_ONE_BY_ONE) {
    held.keeper = null;
    return catchUpOn(services, tx, today, cause.actor);
  }
  const { keeper } = await hold(services, tx);
  const mapped = keeper.takeCases(ids, await outbreakCases(tx, ids));
  return write(services, tx, keeper, mapped, cause.actor);
}

/** Follows every change from now on. Returns its own undo. */
export const followCases = (services: Given): (() => void) =>
  services.changes.follow((tx, cause) => followChange(services, tx, cause));

/** The outbreaks as they stand today, for reading; as they were last written where nothing can be written. */
export async function keeperOf(services: Given): Promise<Keeper> {
  const held = heldBy(services);
  const isCurrent = () => held.keeper !== null && isSure(held) && held.keeper.today === services.clock.today();
  if (!isCurrent()) {
    try {
      await services.changes.catchUp(async (tx) =>
        isCurrent() ? [] : catchUpOn(services, tx, services.clock.today(), 'clock'),
      );
    } catch (error) {
      const cannotWrite = error instanceof StorageError || (error instanceof Refusal && error.status === 503);
      if (!cannotWrite) throw error;
      services.log.warn('outbreaks could not be brought up to date');
      // Readable all the same, as it was last written; not kept, so that the next reader tries again.
      if (!held.keeper) return load(services, services.db);
    }
  }
  return held.keeper!;
}

/**
 * The keeper inside a transaction that decides something about an outbreak; whoever alters it says so by `doubt`.
 * @throws {Refusal} 503 where other outbreaks have to be brought up to date first
 */
export async function keeperIn(services: Given, tx: Writer): Promise<Keeper> {
  const held = heldBy(services);
  const today = services.clock.today();
  if (held.keeper && isSure(held, tx) && held.keeper.today === today) return held.keeper;
  const { keeper } = await hold(services, tx);
  if (keeper.today !== today || keeper.mapAll().rewritten.length > 0)
    throw new Refusal(503, 'overloaded', { retryAfterSeconds: 1 });
  return keeper;
}
