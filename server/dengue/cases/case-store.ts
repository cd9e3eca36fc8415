import type { CivilDate, WardKey } from '../../../geodata/schema.ts';
import type { Reader, SqlValue, Writer } from '../../platform/database.ts';
import type { StoredCase } from './case.ts';
import type { CaseFilter, CaseQuery } from './contract.ts';

interface Row {
  id: string;
  version: number;
  class: StoredCase['class'];
  onset_on: CivilDate;
  reported_on: CivilDate | null;
  ward_key: WardKey | null;
  other_ward_key: WardKey | null;
  lng: number | null;
  lat: number | null;
  accuracy_meters: number | null;
  located_by: StoredCase['locatedBy'];
  residential_group: string | null;
  origin: StoredCase['origin'];
  test: NonNullable<StoredCase['test']>['kind'] | null;
  test_result: NonNullable<StoredCase['test']>['result'] | null;
  severity: StoredCase['severity'];
  age_group: StoredCase['ageGroup'];
  sex: StoredCase['sex'];
  outcome: StoredCase['outcome'];
  registry_id: string | null;
  removed: NonNullable<StoredCase['removed']>['reason'] | null;
  removed_on: CivilDate | null;
  updated_at: string | null;
  demo: 0 | 1;
  has_person: 0 | 1;
}

const COLUMNS = [
  'id',
  'version',
  'class',
  'onset_on',
  'reported_on',
  'ward_key',
  'other_ward_key',
  'lng',
  'lat',
  'accuracy_meters',
  'located_by',
  'residential_group',
  'origin',
  'test',
  'test_result',
  'severity',
  'age_group',
  'sex',
  'outcome',
  'registry_id',
  'removed',
  'removed_on',
  'updated_at',
  'demo',
] as const;
const REAL = new Set<string>(['lng', 'lat', 'accuracy_meters']);
const SELECT = `SELECT ${COLUMNS.map((name) => `c.${name}`).join(', ')},
  EXISTS (SELECT 1 FROM dengue_person p WHERE p.case_id = c.id) AS has_person FROM dengue_case c`;

const fromRow = (row: Row): StoredCase => ({
  id: row.id,
  version: row.version,
  class: row.class,
  onsetOn: row.onset_on,
  reportedOn: row.reported_on,
  wardKey: row.ward_key,
  otherWardKey: row.other_ward_key,
  position:
    row.lng === null || row.lat === null ? null : { lng: row.lng, lat: row.lat, accuracyMeters: row.accuracy_meters },
  locatedBy: row.located_by,
  residentialGroup: row.residential_group,
  origin: row.origin,
  test: row.test === null || row.test_result === null ? null : { kind: row.test, result: row.test_result },
  severity: row.severity,
  ageGroup: row.age_group,
  sex: row.sex,
  outcome: row.outcome,
  registryId: row.registry_id,
  removed: row.removed === null ? null : { reason: row.removed, on: row.removed_on ?? '' },
  updatedAt: row.updated_at,
  demo: row.demo === 1,
  hasPerson: row.has_person === 1,
});

const toRow = (stored: StoredCase): Record<(typeof COLUMNS)[number], string | number | null> => ({
  id: stored.id,
  version: stored.version,
  class: stored.class,
  onset_on: stored.onsetOn,
  reported_on: stored.reportedOn,
  ward_key: stored.wardKey,
  other_ward_key: stored.otherWardKey,
  lng: stored.position?.lng ?? null,
  lat: stored.position?.lat ?? null,
  accuracy_meters: stored.position?.accuracyMeters ?? null,
  located_by: stored.locatedBy,
  residential_group: stored.residentialGroup,
  origin: stored.origin,
  test: stored.test?.kind ?? null,
  test_result: stored.test?.result ?? null,
  severity: stored.severity,
  age_group: stored.ageGroup,
  sex: stored.sex,
  outcome: stored.outcome,
  registry_id: stored.registryId,
  removed: stored.removed?.reason ?? null,
  removed_on: stored.removed?.on ?? null,
  updated_at: stored.updatedAt,
  demo: stored.demo ? 1 : 0,
});

/** Writes cases new or known, in one statement. */
export async function putCases(tx: Writer, cases: readonly StoredCase[]): Promise<void> {
  if (cases.length === 0) return;
  const value = (name: string) => (REAL.has(name) ? `CAST(value->>'${name}' AS REAL)` : `value->>'${name}'`);
  const changed = COLUMNS.filter((name) => name !== 'id').map((name) => `${name} = excluded.${name}`);
  await tx.run(
    `INSERT INTO dengue_case (${COLUMNS.join(', ')}) SELECT ${COLUMNS.map(value).join(', ')} FROM json_each(?)
     WHERE true ON CONFLICT (id) DO UPDATE SET ${changed.join(', ')}`,
    [JSON.stringify(cases.map(toRow))],
  );
}

export async function findCases(db: Reader, ids: readonly string[]): Promise<Map<string, StoredCase>> {
  const rows = await db.all<Row>(`${SELECT} WHERE c.id IN (SELECT value FROM json_each(?))`, [JSON.stringify(ids)]);
  return new Map(rows.map((row) => [row.id, fromRow(row)]));
}

/** Which of these registry ids are taken, and by which case. */
export async function casesByRegistry(db: Reader, registryIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.all<{ registry_id: string; id: string }>(
    `SELECT registry_id, id FROM dengue_case WHERE registry_id IN (SELECT value FROM json_each(?))
     AND registry_id IS NOT NULL`,
    [JSON.stringify(registryIds)],
  );
  return new Map(rows.map((row) => [row.registry_id, row.id]));
}

/** `wards: null` = the whole district. */
export interface CaseScope {
  wards: readonly WardKey[] | null;
}
type Filter = Omit<CaseFilter, 'ward' | 'units'> & CaseScope;
type Sort = CaseQuery['sort'];

const SORT_COLUMNS = { onset: 'c.onset_on', reported: "coalesce(c.reported_on, '')" } as const;
export const sortColumn = (sort: Sort) => SORT_COLUMNS[sort.replace('-', '') as keyof typeof SORT_COLUMNS];

function conditionsOf(filter: Filter): { where: string; params: SqlValue[] } {
  const located = 'c.lng IS NOT NULL AND c.accuracy_meters IS NOT NULL AND c.accuracy_meters < 100';
  const parts: [string, ...SqlValue[]][] = [[`c.removed IS ${filter.removed === 'yes' ? 'NOT ' : ''}NULL`]];
  if (filter.wards) {
    const wards = JSON.stringify(filter.wards);
    const inWards = 'IN (SELECT value FROM json_each(?))';
    parts.push([`(c.ward_key ${inWards} OR c.other_ward_key ${inWards})`, wards, wards]);
  }
  if (filter.class) parts.push(['c.class = ?', filter.class]);
  if (filter.onsetFrom) parts.push(['c.onset_on >= ?', filter.onsetFrom]);
  if (filter.onsetTo) parts.push(['c.onset_on <= ?', filter.onsetTo]);
  if (filter.severity) parts.push(['c.severity = ?', filter.severity]);
  if (filter.origin) parts.push(['c.origin = ?', filter.origin]);
  if (filter.outcome) parts.push(['c.outcome = ?', filter.outcome]);
  if (filter.located === 'yes') parts.push([located]);
  if (filter.located === 'no') parts.push([`NOT (${located})`]);
  return {
    where: parts.map(([sql]) => sql).join(' AND '),
    params: parts.flatMap(([, ...values]) => values),
  };
}

/** The statement of `listCases`, apart so that its query plan can be tested. */
export function caseListQuery(
  filter: Filter,
  sort: Sort,
  after: { value: string; id: string } | null,
  limit: number,
): { sql: string; params: SqlValue[] } {
  const { where, params } = conditionsOf(filter);
  const column = sortColumn(sort);
  const [order, sign] = sort.startsWith('-') ? ['DESC', '<'] : ['ASC', '>'];
  const page = after ? `AND (${column}, c.id) ${sign} (?, ?)` : '';
  return {
    sql: `${SELECT} WHERE ${where} ${page} ORDER BY ${column} ${order}, c.id ${order} LIMIT ${Math.trunc(limit)}`,
    params: [...params, ...(after ? [after.value, after.id] : [])],
  };
}

export async function listCases(
  db: Reader,
  filter: Filter,
  sort: Sort,
  after: { value: string; id: string } | null,
  limit: number,
): Promise<StoredCase[]> {
  const { sql, params } = caseListQuery(filter, sort, after, limit);
  return (await db.all<Row>(sql, params)).map(fromRow);
}

export async function countCases(db: Reader, filter: Filter): Promise<number> {
  const { where, params } = conditionsOf(filter);
  const row = await db.get<{ n: number }>(`SELECT count(*) AS n FROM dengue_case c WHERE ${where}`, params);
  return row?.n ?? 0;
}

/** Cases in a box of degrees with onset between two days, both ends included; removed ones not. */
export async function casesNear(
  db: Reader,
  [west, south, east, north]: readonly [number, number, number, number],
  from: CivilDate,
  to: CivilDate,
): Promise<StoredCase[]> {
  const rows = await db.all<Row>(
    `${SELECT} WHERE c.lng BETWEEN ? AND ? AND c.lat BETWEEN ? AND ? AND c.onset_on BETWEEN ? AND ? AND c.removed IS NULL`,
    [west, east, south, north, from, to],
  );
  return rows.map(fromRow);
}

/**
 * The cases that were not removed and not ruled out, as the outbreak engine needs them: all of them, or those of `ids`.
 * No word about the person is read.
 */
export async function casesForOutbreaks(db: Reader, ids?: readonly string[]) {
  const among = ids ? 'AND id IN (SELECT value FROM json_each(?))' : '';
  const cases: ReturnType<typeof caseForOutbreaks>[] = [];
  for (let after: string | undefined = ''; after !== undefined;) {
    const rows: Row[] = await db.all<Row>(
      `SELECT id, class, onset_on, reported_on, lng, lat, accuracy_meters, ward_key, other_ward_key, demo FROM dengue_case
       WHERE removed IS NULL AND class <> 'ruled-out' ${among} AND id > ? ORDER BY id LIMIT ${PAGE_ROWS}`,
      [...(ids ? [JSON.stringify(ids)] : []), after],
    );
    for (const row of rows) cases.push(caseForOutbreaks(row));
    after = rows.length === PAGE_ROWS ? rows.at(-1)!.id : undefined;
  }
  return cases;
}

/** A driver holds every cell of an answer twice over; a season read at once would cost the process 30 MB for good. */
const PAGE_ROWS = 2000;

const caseForOutbreaks = (row: Row) => ({
  id: row.id,
  class: row.class,
  onsetOn: row.onset_on,
  reportedOn: row.reported_on,
  lng: row.lng,
  lat: row.lat,
  accuracyMeters: row.accuracy_meters,
  wardKey: row.ward_key,
  otherWardKey: row.other_ward_key,
  demo: row.demo === 1,
});

/** Cases with onset before a day that still have a person. */
export async function casesWithPersonBefore(db: Reader, before: CivilDate): Promise<string[]> {
  const rows = await db.all<{ id: string }>('SELECT id FROM dengue_case WHERE onset_on < ?', [before]);
  return rows.map(({ id }) => id);
}
