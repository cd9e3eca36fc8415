import type { Bbox, RelicSeed } from '../../geodata/schema.ts';
import type { Reader, SqlValue, Writer } from '../platform/database.ts';
import { dueOn } from './grade.ts';
import type { StoredRelic } from './relic.ts';

/** A row of `relic` with the newest condition on or before the day asked for. */
interface RelicRow {
  id: string;
  version: number;
  name: string;
  other_names: string;
  kind: RelicSeed['kind'];
  heritage_type: RelicSeed['heritageType'];
  rank: RelicSeed['rank'];
  rank_year: number | null;
  rank_decision: string | null;
  ward_key: string;
  address: string | null;
  lng: number | null;
  lat: number | null;
  accuracy: NonNullable<RelicSeed['position']>['accuracy'] | null;
  error_meters: number | null;
  position_source: string | null;
  in_inventory: 1 | null;
  sources: string;
  confidence: RelicSeed['confidence'];
  note_vi: string | null;
  note_en: string | null;
  demo: 0 | 1;
  grade: number | null;
  surveyed_on: string | null;
  condition_demo: 0 | 1 | null;
}

const fromRow = (row: RelicRow): StoredRelic => ({
  id: row.id,
  version: row.version,
  name: row.name,
  otherNames: JSON.parse(row.other_names) as string[],
  kind: row.kind,
  heritageType: row.heritage_type,
  rank: row.rank,
  rankYear: row.rank_year,
  rankDecision: row.rank_decision,
  wardKey: row.ward_key,
  address: row.address,
  position:
    row.lng === null || row.lat === null || row.accuracy === null
      ? null
      : {
          lng: row.lng,
          lat: row.lat,
          accuracy: row.accuracy,
          errorMeters: row.error_meters,
          source: row.position_source ?? '',
        },
  inInventory: row.in_inventory === null ? null : true,
  sources: row.sources,
  confidence: row.confidence,
  note: row.note_vi === null || row.note_en === null ? null : { vi: row.note_vi, en: row.note_en },
  condition:
    row.grade === null || row.surveyed_on === null
      ? null
      : {
          grade: row.grade,
          surveyedOn: row.surveyed_on,
          dueOn: dueOn(row.grade, row.surveyed_on),
          demo: row.condition_demo === 1,
        },
  demo: row.demo === 1,
});

export interface RelicConditionRow {
  id: string;
  relicId: string;
  /** 1 good … 5 in need of urgent repair. */
  grade: number;
  surveyedOn: string;
  source: string;
  demo: boolean;
}

export interface RelicFilter {
  at: string;
  /**
   * A prefilter: rows stated in this ward, and rows stated in another set that lie in the ward's bbox, which the caller
   * judges by position.
   */
  ward?: { key: string; bbox: Bbox };
  /** `null` = rank not known. */
  rank?: string | null;
  kind?: string;
  located?: boolean;
  bbox?: Bbox;
  after?: string;
  limit?: number;
}

const newestCondition = (relicId: string) => `
    SELECT id FROM relic_condition WHERE relic_id = ${relicId} AND surveyed_on <= ?
    ORDER BY surveyed_on DESC, id DESC LIMIT 1`;
/** The condition of one relic on a day, by itself. */
export const CONDITION_OF_RELIC = newestCondition('?');
const CONDITION = `LEFT JOIN relic_condition c ON c.id = (${newestCondition('r.id')})`;
const COLUMNS = 'r.*, c.grade AS grade, c.surveyed_on AS surveyed_on, c.demo AS condition_demo';

/** The statement of `listRelics`, apart so that its query plan can be tested. */
export function relicQuery(filter: RelicFilter): { sql: string; params: SqlValue[] } {
  const where: string[] = [];
  const params: SqlValue[] = [filter.at];
  const and = (sql: string, ...values: SqlValue[]) => {
    where.push(sql);
    params.push(...values);
  };
  if (filter.ward) {
    const { key, bbox } = filter.ward;
    const [west, south, east, north] = bbox;
    and(
      `r.id IN (
        SELECT id FROM relic WHERE ward_key = ?
        UNION SELECT id FROM relic WHERE lng BETWEEN ? AND ? AND lat BETWEEN ? AND ? AND ward_key NOT LIKE ?
      )`,
      ...[key, west, east, south, north, `%@${key.split('@')[1]}`],
    );
  }
  if (filter.rank === null) and('r.rank IS NULL');
  else if (filter.rank !== undefined) and('r.rank = ?', filter.rank);
  if (filter.kind !== undefined) and('r.kind = ?', filter.kind);
  if (filter.located !== undefined) and(filter.located ? 'r.lng IS NOT NULL' : 'r.lng IS NULL');
  if (filter.bbox) {
    const [west, south, east, north] = filter.bbox;
    and('r.lng BETWEEN ? AND ? AND r.lat BETWEEN ? AND ?', west, east, south, north);
  }
  if (filter.after !== undefined) and('r.id > ?', filter.after);
  const condition = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
  const limit = filter.limit === undefined ? '' : `LIMIT ${Math.trunc(filter.limit)}`;
  return { sql: `SELECT ${COLUMNS} FROM relic r ${CONDITION} ${condition} ORDER BY r.id ${limit}`, params };
}

export async function listRelics(db: Reader, filter: RelicFilter): Promise<StoredRelic[]> {
  const { sql, params } = relicQuery(filter);
  return (await db.all<RelicRow>(sql, params)).map(fromRow);
}

export async function findRelic(db: Reader, id: string, at: string): Promise<StoredRelic | null> {
  const row = await db.get<RelicRow>(`SELECT ${COLUMNS} FROM relic r ${CONDITION} WHERE r.id = ?`, [at, id]);
  return row ? fromRow(row) : null;
}

/** The names of relics by their ids. */
export async function namesOf(db: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.all<{ id: string; name: string }>(
    'SELECT id, name FROM relic WHERE id IN (SELECT value FROM json_each(?))',
    [JSON.stringify(ids)],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function countRelics(db: Reader): Promise<{ all: number; located: number }> {
  const row = await db.get<{ every: number; located: number }>(
    'SELECT count(*) AS every, count(lng) AS located FROM relic',
  );
  return { all: row?.every ?? 0, located: row?.located ?? 0 };
}

/** Writes a position and the stated ward; `false` when the row no longer stands at `version`. */
export async function updatePlace(
  tx: Writer,
  id: string,
  version: number,
  place: { lng: number; lat: number; errorMeters: number | null; source: string; wardKey: string },
): Promise<boolean> {
  const { changes } = await tx.run(
    `UPDATE relic SET version = version + 1, lng = ?, lat = ?, accuracy = 'placed', error_meters = ?,
       position_source = ?, ward_key = ? WHERE id = ? AND version = ?`,
    [place.lng, place.lat, place.errorMeters, place.source, place.wardKey, id, version],
  );
  return changes === 1;
}

/** Writes back a position as it once stood, or none; `false` when the row no longer stands at `version`. */
export async function restorePlace(
  tx: Writer,
  id: string,
  version: number,
  { position, wardKey }: Pick<StoredRelic, 'position' | 'wardKey'>,
): Promise<boolean> {
  const { changes } = await tx.run(
    `UPDATE relic SET version = version + 1, lng = ?, lat = ?, accuracy = ?, error_meters = ?, position_source = ?,
       ward_key = ? WHERE id = ? AND version = ?`,
    [
      position?.lng ?? null,
      position?.lat ?? null,
      position?.accuracy ?? null,
      position?.errorMeters ?? null,
      position?.source ?? null,
      wardKey,
      id,
      version,
    ],
  );
  return changes === 1;
}

/** Relics as their seeds say, at version 1. */
export async function insertRelics(tx: Writer, seeds: readonly (RelicSeed & { demo?: boolean })[]): Promise<void> {
  await tx.run(
    `INSERT INTO relic (id, version, name, other_names, kind, heritage_type, rank, rank_year, rank_decision, ward_key,
       address, lng, lat, accuracy, error_meters, position_source, in_inventory, sources, confidence, note_vi, note_en, demo)
     SELECT value->>'id', 1, value->>'name', value->'otherNames', value->>'kind', value->>'heritageType',
       value->>'rank', value->>'rankYear', value->>'rankDecision', value->>'wardKey', value->>'address',
       CAST(value->>'$.position.lng' AS REAL), CAST(value->>'$.position.lat' AS REAL), value->>'$.position.accuracy',
       CAST(value->>'$.position.errorMeters' AS REAL), value->>'$.position.source',
       value->>'inInventory', value->>'sources', value->>'confidence', value->>'$.note.vi', value->>'$.note.en',
       coalesce(value->>'demo', 0)
     FROM json_each(?)`,
    [JSON.stringify(seeds)],
  );
}

export async function insertRelicConditions(tx: Writer, rows: readonly RelicConditionRow[]): Promise<void> {
  await tx.run(
    `INSERT INTO relic_condition (id, relic_id, grade, surveyed_on, source, demo)
     SELECT value->>'id', value->>'relicId', value->>'grade', value->>'surveyedOn', value->>'source', value->>'demo'
     FROM json_each(?)`,
    [JSON.stringify(rows)],
  );
}
