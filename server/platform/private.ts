/**
 * What a change says about a person or a case: kept beside the log, so that it can be purged, and bound to the log by a
 * keyed digest, so that neither the words nor their absence can be forged. Keyed, because a name or a date can be
 * guessed: a bare hash in a log that is never purged would let anybody try.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from './canonical.ts';
import type { Reader, Writer } from './database.ts';

/** One record's share of what a change says in private. */
export interface PrivatePart {
  recordId: string;
  before?: unknown;
  after?: unknown;
}

interface PrivateRow {
  record_id: string;
  before: string | null;
  after: string | null;
  digest: string;
}

export const KEY_FILE = 'private.key';

/**
 * The key of this data folder, made at its first use, readable by its owner only. It is no part of the database: whoever
 * has a copy of that alone cannot try names against the digests. Lost, it takes the proof of what was said with it, and
 * nothing else.
 * @param make false = `null` instead of a new key
 */
export function privateKey(dataDir: string, make: boolean): Buffer | null {
  const path = join(dataDir, KEY_FILE);
  if (!existsSync(path)) {
    if (!make) return null;
    // `wx`: of two processes at once one makes the key, the other reads it.
    try {
      writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
}

const digestOf = (key: Buffer, seq: number, recordId: string, before: string, after: string): string =>
  createHmac('sha256', key)
    .update(canonicalJson([seq, recordId, before, after]))
    .digest('hex');

/** Of all parts of a row: what the hash of the row covers. Needs no key, so a copy of the table can be checked. */
const togetherOf = (parts: readonly Pick<PrivateRow, 'record_id' | 'digest'>[]): string =>
  createHash('sha256')
    .update(canonicalJson(parts.map(({ record_id, digest }) => [record_id, digest])))
    .digest('hex');

const byRecord = (a: { record_id: string }, b: { record_id: string }) => (a.record_id < b.record_id ? -1 : 1);

/** The rows of a change's private parts, and the digest for its row in the log; `null` when it says nothing. */
export function sealParts(
  key: Buffer,
  seq: number,
  parts: readonly PrivatePart[],
): { rows: PrivateRow[]; digest: string } | null {
  if (parts.length === 0) return null;
  const rows = parts
    .map(({ recordId, before, after }) => {
      const [was, is] = [canonicalJson(before ?? null), canonicalJson(after ?? null)];
      return { record_id: recordId, before: was, after: is, digest: digestOf(key, seq, recordId, was, is) };
    })
    .sort(byRecord);
  return { rows, digest: togetherOf(rows) };
}

export async function insertParts(tx: Writer, seq: number, rows: readonly PrivateRow[]): Promise<void> {
  await tx.run(
    `INSERT INTO change_private (seq, record_id, before, after, digest)
     SELECT ?, value->>'record_id', value->>'before', value->>'after', value->>'digest' FROM json_each(?)`,
    [seq, JSON.stringify(rows)],
  );
}

/** Whether the private parts of a row are those it was written with; what was purged answers by its digest alone. */
export async function partsAreWhole(
  reader: Reader,
  key: Buffer | null,
  seq: number,
  digest: string | null,
): Promise<boolean> {
  const rows = await reader.all<PrivateRow>(
    'SELECT record_id, before, after, digest FROM change_private WHERE seq = ? ORDER BY record_id',
    [seq],
  );
  if (digest === null) return rows.length === 0;
  if (togetherOf([...rows].sort(byRecord)) !== digest) return false;
  if (key === null) return true;
  return rows.every(
    ({ record_id, before, after, digest: own }) =>
      before === null || after === null || digestOf(key, seq, record_id, before, after) === own,
  );
}

export interface RecordPart {
  seq: number;
  at: string;
  /** Who did it, as the log names them. */
  actor: string;
  verb: string;
  before: unknown;
  after: unknown;
}

/** What was said about one record, oldest first; purged parts have neither before nor after. */
export async function partsOfRecord(reader: Reader, recordId: string): Promise<RecordPart[]> {
  const rows = await reader.all<PrivateRow & Omit<RecordPart, 'before' | 'after'>>(PARTS_OF_RECORD, [recordId]);
  return rows.map(({ seq, at, actor, verb, before, after }) => ({
    seq,
    at,
    actor,
    verb,
    before: before === null ? null : (JSON.parse(before) as unknown),
    after: after === null ? null : (JSON.parse(after) as unknown),
  }));
}
export const PARTS_OF_RECORD = `SELECT p.seq, c.at, c.actor, c.verb, p.record_id, p.before, p.after, p.digest
  FROM change_private p JOIN change c ON c.seq = p.seq WHERE p.record_id = ? ORDER BY p.seq`;

/** Of these records, and what the log said before an instant. */
export interface PartsChoice {
  recordIds: readonly string[];
  before?: string | undefined;
}
const CHOSEN = `before IS NOT NULL AND
  (record_id IN (SELECT value FROM json_each(?)) OR seq IN (SELECT seq FROM change WHERE at < ?))`;
const chosen = ({ recordIds, before }: PartsChoice) => [JSON.stringify(recordIds), before ?? ''];

/** Removes what changes said; the digests stay. */
export async function purgeParts(tx: Writer, which: PartsChoice, at: string): Promise<number> {
  const { changes } = await tx.run(
    `UPDATE change_private SET before = NULL, after = NULL, purged_at = ? WHERE ${CHOSEN}`,
    [at, ...chosen(which)],
  );
  return changes;
}

/** How many `purgeParts` would empty. */
export async function countParts(reader: Reader, which: PartsChoice): Promise<number> {
  const row = await reader.get<{ n: number }>(
    `SELECT count(*) AS n FROM change_private WHERE ${CHOSEN}`,
    chosen(which),
  );
  return row?.n ?? 0;
}
