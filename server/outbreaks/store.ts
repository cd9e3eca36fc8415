import type { CivilDate, WardKey } from '../../geodata/schema.ts';
import { compareNumbers } from '../dengue/outbreak-records.ts';
import type { Reader, Writer } from '../platform/database.ts';
import type { HistoryCode } from './contract.ts';
import type { KeptOutbreak, OutbreakEvent } from './kept.ts';
import { isAside } from './mapping.ts';

interface Row {
  number: string;
  version: number;
  rule: string;
  origin: string | null;
  merged_into: string | null;
  made: KeptOutbreak['made'];
  apart: 0 | 1 | null;
  signal: 0 | 1;
  state: KeptOutbreak['state'];
  opened_on: CivilDate;
  first_onset_on: CivilDate | null;
  last_onset_on: CivilDate | null;
  expected_end_on: CivilDate;
  case_count: number;
  wards: string;
  residential_groups: string;
  declared_on: CivilDate | null;
  declared_at: string | null;
  declared_by: string | null;
  declared_basis: 'reason' | 'inspection' | null;
  declared_reason: string | null;
  declared_inspection: string | null;
  undone_inspections: string;
  found_on: CivilDate | null;
  source: string | null;
  place: string | null;
  mark_geometry: string | null;
  mark_lng: number | null;
  mark_lat: number | null;
  mark_wards: string;
  reported_cases: number | null;
  demo: 0 | 1;
}

const toRow = (one: KeptOutbreak): Omit<Row, 'merged_into'> => ({
  number: one.number,
  version: one.version,
  rule: one.ruleId,
  origin: one.origin,
  made: one.made,
  apart: one.apart === null ? null : one.apart ? 1 : 0,
  signal: one.signal ? 1 : 0,
  state: one.state,
  opened_on: one.openedOn,
  first_onset_on: one.firstOnsetOn,
  last_onset_on: one.lastOnsetOn,
  expected_end_on: one.expectedEndOn,
  // None while its cases make no group: the ids it remembers are in `outbreak_case`.
  case_count: one.hasGroup || isAside(one) ? one.caseIds.length : 0,
  wards: JSON.stringify(one.wards),
  residential_groups: JSON.stringify(one.residentialGroups),
  declared_on: one.declared?.on ?? null,
  declared_at: one.declared?.at ?? null,
  declared_by: one.declared?.by ?? null,
  declared_basis: one.declared?.basis ?? null,
  declared_reason: one.declared?.reason ?? null,
  declared_inspection: one.declared?.inspectionId ?? null,
  undone_inspections: JSON.stringify(one.undoneInspections),
  found_on: one.marked?.foundOn ?? null,
  source: one.marked?.source ?? null,
  place: one.marked?.place ?? null,
  mark_geometry: one.marked && JSON.stringify(one.marked.shape),
  mark_lng: one.marked?.position?.[0] ?? null,
  mark_lat: one.marked?.position?.[1] ?? null,
  mark_wards: JSON.stringify(one.marked?.wards ?? []),
  reported_cases: one.marked?.reportedCases ?? null,
  demo: one.demo ? 1 : 0,
});

const fromRow = (row: Row, caseIds: string[], aliases: string[]): KeptOutbreak => ({
  number: row.number,
  version: row.version,
  ruleId: row.rule,
  aliases,
  origin: row.origin,
  made: row.made,
  apart: row.apart === null ? null : row.apart === 1,
  // Which group it goes with is computed, not kept, only that there was one.
  hasGroup: row.case_count > 0 && (row.made === 'computed' || row.apart === 0),
  signal: row.signal === 1,
  state: row.state,
  openedOn: row.opened_on,
  firstOnsetOn: row.first_onset_on,
  lastOnsetOn: row.last_onset_on,
  expectedEndOn: row.expected_end_on,
  caseIds,
  wards: JSON.parse(row.wards) as WardKey[],
  residentialGroups: JSON.parse(row.residential_groups) as string[],
  declared:
    row.declared_on === null || row.declared_at === null || row.declared_basis === null
      ? null
      : {
          on: row.declared_on,
          at: row.declared_at,
          by: row.declared_by,
          basis: row.declared_basis,
          reason: row.declared_reason,
          inspectionId: row.declared_inspection,
        },
  undoneInspections: JSON.parse(row.undone_inspections) as string[],
  marked:
    row.found_on === null || row.source === null || row.mark_geometry === null
      ? null
      : {
          foundOn: row.found_on,
          source: row.source,
          place: row.place,
          shape: JSON.parse(row.mark_geometry) as GeoJSON.Polygon,
          position: row.mark_lng === null || row.mark_lat === null ? null : [row.mark_lng, row.mark_lat],
          reportedCases: row.reported_cases,
          wards: JSON.parse(row.mark_wards) as WardKey[],
        },
  demo: row.demo === 1,
});

function listIn(lists: Map<string, string[]>, key: string): string[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

/** Every number that was ever given: those that live, and where the others went. */
export async function allOutbreaks(db: Reader): Promise<{ living: KeptOutbreak[]; merged: Map<string, string> }> {
  const rows = await db.all<Row>('SELECT * FROM outbreak ORDER BY number');
  // A row for each outbreak, not for each case: a driver holds every cell of an answer twice over.
  const lists = await db.all<{ number: string; cases: string }>(
    'SELECT number, json_group_array(case_id ORDER BY case_id) AS cases FROM outbreak_case GROUP BY number',
  );
  const casesOf = new Map(lists.map(({ number, cases }) => [number, JSON.parse(cases) as string[]]));
  const merged = new Map(rows.flatMap((row) => (row.merged_into ? [[row.number, row.merged_into]] : [])));
  const aliasesOf = new Map<string, string[]>();
  for (const [number, into] of merged) listIn(aliasesOf, into).push(number);
  return {
    merged,
    living: rows
      .filter((row) => row.merged_into === null)
      .map((row) =>
        fromRow(row, casesOf.get(row.number) ?? [], (aliasesOf.get(row.number) ?? []).sort(compareNumbers)),
      ),
  };
}

/** Writes outbreaks new or known, with their cases. */
export async function putOutbreaks(tx: Writer, outbreaks: readonly KeptOutbreak[]): Promise<void> {
  if (outbreaks.length === 0) return;
  const rows = outbreaks.map(toRow);
  const columns = Object.keys(rows[0]!);
  const value = (name: string) =>
    name === 'mark_lng' || name === 'mark_lat' ? `CAST(value->>'${name}' AS REAL)` : `value->>'${name}'`;
  const changed = columns.filter((name) => name !== 'number').map((name) => `${name} = excluded.${name}`);
  await tx.run(
    `INSERT INTO outbreak (${columns.join(', ')}) SELECT ${columns.map(value).join(', ')} FROM json_each(?)
     WHERE true ON CONFLICT (number) DO UPDATE SET ${changed.join(', ')}`,
    [JSON.stringify(rows)],
  );
  await tx.run('DELETE FROM outbreak_case WHERE number IN (SELECT value FROM json_each(?))', [
    JSON.stringify(outbreaks.map(({ number }) => number)),
  ]);
  await tx.run(`INSERT INTO outbreak_case (number, case_id) SELECT value->>0, value->>1 FROM json_each(?)`, [
    JSON.stringify(outbreaks.flatMap(({ number, caseIds }) => caseIds.map((id) => [number, id]))),
  ]);
}

/** Numbers, and all that were merged into them before, live on in another. */
export async function mergeOutbreaks(tx: Writer, merged: readonly { number: string; into: string }[]): Promise<void> {
  for (const { number, into } of merged) {
    await tx.run('UPDATE outbreak SET merged_into = ?, version = version + 1 WHERE ? IN (number, merged_into)', [
      into,
      number,
    ]);
    await tx.run('DELETE FROM outbreak_case WHERE number = ?', [number]);
  }
}

export interface EventRow {
  id: number;
  number: string;
  on: CivilDate;
  at: string;
  code: HistoryCode;
  params: OutbreakEvent['params'];
  actor: string;
  changeId: string;
}

export async function insertEvents(
  tx: Writer,
  events: readonly (OutbreakEvent & { changeId: string })[],
  { at, actor }: { at: string; actor: string },
): Promise<void> {
  await tx.run(
    `INSERT INTO outbreak_event (number, day, at, code, params, actor, change_id)
     SELECT value->>'number', value->>'on', ?, value->>'code', value->>'params', ?, value->>'changeId'
     FROM json_each(?)`,
    [at, actor, JSON.stringify(events.map((event) => ({ ...event, params: JSON.stringify(event.params) })))],
  );
}

/** The history of some numbers, oldest first. */
export async function eventsOf(db: Reader, numbers: readonly string[]): Promise<EventRow[]> {
  const rows = await db.all<Omit<EventRow, 'params'> & { params: string }>(
    `SELECT id, number, day AS "on", at, code, params, actor, change_id AS changeId FROM outbreak_event
     WHERE number IN (SELECT value FROM json_each(?)) ORDER BY id`,
    [JSON.stringify(numbers)],
  );
  return rows.map((row) => ({ ...row, params: JSON.parse(row.params) as OutbreakEvent['params'] }));
}

/** The rule in force; `null` = nobody chose yet. */
export async function chosenRule(db: Reader): Promise<{ ruleId: string; version: number } | null> {
  return (
    (await db.get<{ ruleId: string; version: number }>('SELECT rule AS ruleId, version FROM outbreak_rule')) ?? null
  );
}

export async function chooseRule(tx: Writer, ruleId: string, version: number): Promise<void> {
  await tx.run('INSERT OR REPLACE INTO outbreak_rule (id, rule, version) VALUES (1, ?, ?)', [ruleId, version]);
}
