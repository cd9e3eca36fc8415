/**
 * The change log: every verb writes one row beside what it changed, in the same transaction. One table, three uses:
 * event stream, history, audit.
 */
import { changeIdSchema, type ChangeEvent, type LayerDiff } from './contract.ts';
import { canonicalJson } from './canonical.ts';
import { checkRow, GENESIS_HASH, hashOf, isWholeAt, type ChainFault, type ChainHead, type ChangeRow } from './chain.ts';
import type { Clock } from './clock.ts';
import type { Database, Reader, Writer } from './database.ts';
import { insertParts, partsAreWhole, sealParts, type PrivatePart } from './private.ts';
import { Refusal } from './refusal.ts';
import type { Verb } from './verb-contract.ts';
import type { ChangeKind } from '../accounts/permission.ts';
import type { LayerId } from '../layers/contract.ts';

/** What a verb has done. No word about a person belongs here: these columns are read by the audit and never purged. */
export interface ChangeDraft {
  /** Decides who is told (`kindPermission`); a new kind needs its line there. */
  kind: ChangeKind;
  verb: Verb;
  recordId: string;
  /** The record's version after the change. */
  version: number;
  /** Layers whose snapshots are no longer true. */
  layers: readonly LayerId[];
  /** For public layers the public features themselves. */
  diffs?: Record<string, LayerDiff>;
  /** `user:<id>`, `visitor`, or a part of the program: `clock`, `seed`, `cli`. */
  actor: string;
  before?: unknown;
  after?: unknown;
  /** A human sentence for the history. */
  note?: string;
  /** What it says of the record in private (a person, a case): purgeable, only a keyed digest stays in the log. */
  privateBefore?: unknown;
  privateAfter?: unknown;
  /** The same for each of several records. */
  privateParts?: readonly PrivatePart[];
}

/** A change that another one brings about: an outbreak opens because a case came. */
export interface Consequence {
  id: string;
  change: ChangeDraft;
}

/** Asked after every change, inside its transaction: whatever it throws takes the change back too. */
export type Follower = (tx: Writer, cause: ChangeDraft) => Promise<readonly Consequence[]>;

export type Verified = { ok: true; rows: number; head: string } | { ok: false; seq: number; fault: ChainFault };

export interface ChangeLog {
  /**
   * One verb = one transaction = one change. `changeId` (UUIDv7, made by the client) coming again returns the stored
   * outcome and runs nothing, so a retry after a lost reply is harmless. Listeners hear of it after the commit, in the
   * order of `seq`. Whatever `work` throws leaves no trace.
   * @param recordId when the caller knows it: the same id for another record is then refused too
   * @throws {Refusal} 409 `change_id_reused` when the id was used for another verb or record
   */
  commit<T>(
    changeId: string,
    verb: Verb,
    work: (tx: Writer) => Promise<{ change: ChangeDraft; outcome: T }>,
    recordId?: string,
  ): Promise<T>;
  /** `follower` says what each change brings about; that is written in the same transaction. Returns its own undo. */
  follow(follower: Follower): () => void;
  /** Writes what time, or a look at the data, has brought about: nothing where there is nothing. */
  catchUp(work: (tx: Writer) => Promise<readonly Consequence[]>): Promise<void>;
  /** Returns its own undo. */
  subscribe(listener: (event: ChangeEvent) => void): () => void;
  /** The events after `seq`, oldest first. */
  since(seq: number, limit: number): Promise<ChangeEvent[]>;
  /** The newest seq; 0 = nothing has happened yet. */
  head(): Promise<number>;
  /** The newest row by its hash, which vouches for all before it; seq 0 and the hash of nothing in an empty log. */
  chainHead(): Promise<ChainHead>;
  /**
   * Walks the whole chain and names the first altered, missing or reordered row. `head` = the hash of the last one.
   * `printed` = a head written down elsewhere: with it rows cut off at the end are named too.
   */
  verify(printed?: ChainHead): Promise<Verified>;
}

/** @param key of the digests of what is private; without it a change that says something in private is refused */
export async function createChangeLog(db: Database, clock: Clock, key: Buffer | null = null): Promise<ChangeLog> {
  const listeners = new Set<(event: ChangeEvent) => void>();
  const followers = new Set<Follower>();
  const publish = (event: ChangeEvent) => {
    for (const listener of listeners) listener(event);
  };
  const write = async (tx: Writer, id: string, change: ChangeDraft, outcome: unknown): Promise<ChangeRow> => {
    const row = await append(tx, id, change, outcome, clock.now(), key);
    tx.afterCommit(() => publish(eventOf(row)));
    return row;
  };
  return {
    async commit(changeId, verb, work, recordId) {
      if (!changeIdSchema.safeParse(changeId).success) throw new Refusal(422, 'invalid_request');
      return db.transaction(async (tx) => {
        const known = await tx.get<ChangeRow>('SELECT * FROM change WHERE id = ?', [changeId]);
        if (known) {
          const sameRecord = recordId === undefined || known.record_id === recordId;
          if (known.verb !== verb || !sameRecord) throw new Refusal(409, 'change_id_reused');
          return JSON.parse(known.outcome);
        }
        const { change, outcome } = await work(tx);
        const row = await write(tx, changeId, change, outcome);
        for (const follower of followers)
          for (const consequence of await follower(tx, change))
            await write(tx, consequence.id, consequence.change, null);
        // As a replay will give it: what is no JSON is lost now, not on the second try.
        return JSON.parse(row.outcome);
      });
    },
    follow(follower) {
      followers.add(follower);
      return () => followers.delete(follower);
    },
    catchUp: (work) =>
      db.transaction(async (tx) => {
        for (const { id, change } of await work(tx)) await write(tx, id, change, null);
      }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async since(seq, limit) {
      const rows = await db.all<ChangeRow>('SELECT * FROM change WHERE seq > ? ORDER BY seq LIMIT ?', [seq, limit]);
      return rows.map(eventOf);
    },
    async head() {
      const row = await db.get<{ seq: number }>('SELECT max(seq) AS seq FROM change');
      return row?.seq ?? 0;
    },
    async chainHead() {
      const row = await db.get<ChainHead>('SELECT seq, hash FROM change ORDER BY seq DESC LIMIT 1');
      return row ?? { seq: 0, hash: GENESIS_HASH };
    },
    verify: (printed) => verifyChain(db, key, printed),
  };
}

function privatePartsOf({ recordId, privateBefore, privateAfter, privateParts = [] }: ChangeDraft): PrivatePart[] {
  const own = privateBefore !== undefined || privateAfter !== undefined;
  return [...(own ? [{ recordId, before: privateBefore, after: privateAfter }] : []), ...privateParts];
}

async function append(
  tx: Writer,
  id: string,
  change: ChangeDraft,
  outcome: unknown,
  now: Date,
  key: Buffer | null,
): Promise<ChangeRow> {
  const last = await tx.get<{ seq: number; at: string; hash: string }>(
    'SELECT seq, at, hash FROM change ORDER BY seq DESC LIMIT 1',
  );
  const seq = (last?.seq ?? 0) + 1;
  const parts = privatePartsOf(change);
  if (parts.length > 0 && key === null) throw new Error('a private change without a key for its digest');
  const sealed = key && sealParts(key, seq, parts);
  const row: ChangeRow = {
    seq,
    id,
    at: notBefore(last?.at, now.toISOString()),
    actor: change.actor,
    verb: change.verb,
    kind: change.kind,
    record_id: change.recordId,
    version: change.version,
    layers: canonicalJson(change.layers),
    diffs: canonicalJson(change.diffs ?? {}),
    before: canonicalJson(change.before ?? null),
    after: canonicalJson(change.after ?? null),
    outcome: canonicalJson(outcome ?? null),
    note: change.note ?? '',
    prev_hash: last?.hash ?? GENESIS_HASH,
    hash: '',
    ...(sealed && { private_digest: sealed.digest }),
  };
  row.hash = hashOf(row.prev_hash, row);
  const columns = Object.keys(row);
  const places = columns.map(() => '?').join(', ');
  await tx.run(`INSERT INTO change (${columns.join(', ')}) VALUES (${places})`, Object.values(row));
  if (sealed) await insertParts(tx, seq, sealed.rows);
  return row;
}

/** `seq` is the order of things, and `at` never says otherwise: after a clock was set back it stands until that catches up. */
const notBefore = (earlier: string | undefined, at: string): string => (earlier && earlier > at ? earlier : at);

function eventOf(row: ChangeRow): ChangeEvent {
  return {
    seq: row.seq,
    changeId: row.id,
    at: row.at,
    verb: row.verb,
    kind: row.kind,
    recordId: row.record_id,
    version: row.version,
    layers: JSON.parse(row.layers),
    diffs: JSON.parse(row.diffs),
  };
}

const BATCH_ROWS = 1000;

/**
 * Needs no log, only the tables: the command line checks a database it cannot write to. With the `key` also what is
 * private is compared with its digest; a fault there is `altered` too. `printed` as in `ChangeLog.verify`.
 */
export async function verifyChain(reader: Reader, key: Buffer | null = null, printed?: ChainHead): Promise<Verified> {
  let hash = GENESIS_HASH;
  let rows = 0;
  // A database of an older schema has none yet.
  const parts = await reader.get("SELECT 1 AS n FROM sqlite_schema WHERE name = 'change_private'");
  for (;;) {
    const batch = await reader.all<ChangeRow>('SELECT * FROM change WHERE seq > ? ORDER BY seq LIMIT ?', [
      rows,
      BATCH_ROWS,
    ]);
    if (batch.length === 0) {
      if (printed && rows < printed.seq) return { ok: false, seq: rows + 1, fault: 'truncated' };
      return { ok: true, rows, head: hash };
    }
    for (const row of batch) {
      const check = checkRow(row, rows + 1, hash);
      if (!check.ok) return { ok: false, seq: check.seq, fault: await faultOf(reader, check, hash) };
      if (parts && !(await partsAreWhole(reader, key, row.seq, row.private_digest ?? null)))
        return { ok: false, seq: row.seq, fault: 'altered' };
      hash = check.hash;
      rows += 1;
      if (rows === printed?.seq && !hash.startsWith(printed.hash)) return { ok: false, seq: rows, fault: 'rewritten' };
    }
  }
}

/** A displaced row: was the one that belongs here taken away, or does it stand elsewhere? */
async function faultOf(
  reader: Reader,
  check: { seq: number; fault: 'altered' | 'displaced' },
  hash: string,
): Promise<ChainFault> {
  if (check.fault === 'altered') return 'altered';
  const elsewhere = await reader.all<ChangeRow>('SELECT * FROM change WHERE prev_hash = ?', [hash]);
  return elsewhere.some((row) => isWholeAt(row, check.seq)) ? 'reordered' : 'missing';
}
