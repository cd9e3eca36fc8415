import type { Reader, SqlValue } from '../platform/database.ts';

export interface StoredRow {
  seq: number;
  at: string;
  actor: string;
  verb: string;
  kind: string;
  record_id: string;
  version: number;
  before: string;
  after: string;
  note: string;
  hash: string;
}
export interface RowFilter {
  actor?: string | undefined;
  kind?: string | undefined;
  recordId?: string | undefined;
  verb?: string | undefined;
  /** Instants, `since` included, `until` not. */
  since?: string | undefined;
  until?: string | undefined;
  /** Only rows before this one. */
  beforeSeq?: number | undefined;
}

/** The statement of `listRows`, apart so that its query plan can be tested. */
export function auditQuery(filter: RowFilter, limit: number): { sql: string; params: SqlValue[] } {
  const conditions: [string, SqlValue | undefined][] = [
    ['actor = ?', filter.actor],
    ['kind = ?', filter.kind],
    ['record_id = ?', filter.recordId],
    ['verb = ?', filter.verb],
    ['at >= ?', filter.since],
    ['at < ?', filter.until],
    ['seq < ?', filter.beforeSeq],
  ];
  const used = conditions.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
  const where = used.length > 0 ? `WHERE ${used.map(({ sql }) => sql).join(' AND ')}` : '';
  return {
    sql: `SELECT seq, at, actor, verb, kind, record_id, version, before, after, note, hash
      FROM change ${where} ORDER BY seq DESC LIMIT ${Math.trunc(limit)}`,
    params: used.map(({ value }) => value),
  };
}

/** Newest first. */
export function listRows(db: Reader, filter: RowFilter, limit: number): Promise<StoredRow[]> {
  const { sql, params } = auditQuery(filter, limit);
  return db.all<StoredRow>(sql, params);
}

/** By its seq, or by its change id. */
export async function findRow(db: Reader, change: string): Promise<StoredRow | null> {
  const by = /^\d+$/.test(change) ? 'seq' : 'id';
  const row = await db.get<StoredRow>(
    `SELECT seq, at, actor, verb, kind, record_id, version, before, after, note, hash FROM change WHERE ${by} = ?`,
    [by === 'seq' ? Number(change) : change],
  );
  return row ?? null;
}

export const NEWEST_VERSIONS = `
  SELECT c.kind || '/' || c.record_id AS record, max(c.version) AS version
  FROM (SELECT DISTINCT value->>0 AS kind, value->>1 AS record_id FROM json_each(?)) r
  JOIN change c ON c.kind = r.kind AND c.record_id = r.record_id
  GROUP BY c.kind, c.record_id`;

/** `kind/recordId` -> the newest version some change left behind. */
export async function newestVersions(
  db: Reader,
  records: readonly (readonly [kind: string, recordId: string])[],
): Promise<Map<string, number>> {
  const rows = await db.all<{ record: string; version: number }>(NEWEST_VERSIONS, [JSON.stringify(records)]);
  return new Map(rows.map(({ record, version }) => [record, version]));
}

/** The distinct values of an indexed column, by hopping from one to the next: DISTINCT would read the whole index. */
export const distinctQuery = (column: 'actor' | 'kind' | 'verb'): string => `
  WITH RECURSIVE hop(value) AS (
    SELECT min(${column}) FROM change
    UNION ALL SELECT (SELECT min(${column}) FROM change WHERE ${column} > hop.value) FROM hop WHERE hop.value IS NOT NULL
  ) SELECT value FROM hop WHERE value IS NOT NULL`;

export const distinct = async (db: Reader, column: 'actor' | 'kind' | 'verb'): Promise<string[]> =>
  (await db.all<{ value: string }>(distinctQuery(column))).map(({ value }) => value);
