import type { CivilDate, CriteriaPack, WardKey } from '../../geodata/schema.ts';
import type { titleSteps } from '../../geodata/vocabulary.ts';
import type { Reader, Writer } from '../platform/database.ts';

export interface StatusValueRow {
  wardKey: WardKey;
  /** Id of the criteria pack the indicator belongs to. */
  pack: string;
  indicator: string;
  /** What the figure speaks of: `2022`, `2022-Q3`, `2022-09`. */
  period: string;
  value: number | null;
  asOf: CivilDate;
  source: string;
  evidence: { title: string; expiresOn: CivilDate | null; file?: string | null } | null;
  withdrawn?: { on: CivilDate; by: string; reason: string } | null;
  /** Instant; left out for the reference and demo figures. */
  knownAt?: string | null;
  approved: boolean;
  /** `user:<id>`; left out for the reference and demo figures. */
  approvedBy?: string | null;
  demo: boolean;
}

export interface TitleStepRow {
  wardKey: WardKey;
  step: (typeof titleSteps)[number];
  since: CivilDate | null;
  source: string;
  demo: boolean;
}

export interface ApprovedRow {
  ward_key: WardKey;
  indicator: string;
  value: number | null;
  as_of: CivilDate;
  source: string;
  evidence_title: string | null;
  evidence_expires_on: CivilDate | null;
  evidence_file: string | null;
  evidence_withdrawn_on: CivilDate | null;
  demo: 0 | 1;
}

/** The newest row of each table that is looked at: what came after it is left out. */
export interface KnownRows {
  figures: number;
  steps: number;
}
export const EVERY_ROW: KnownRows = { figures: Number.MAX_SAFE_INTEGER, steps: Number.MAX_SAFE_INTEGER };

export async function newestRows(db: Reader): Promise<KnownRows> {
  const row = await db.get<KnownRows>(
    `SELECT ifnull((SELECT max(id) FROM status_value), 0) AS figures, ifnull((SELECT max(id) FROM title_step), 0) AS steps`,
  );
  return row!;
}

/** The newest approved figure of every ward and indicator of a pack on or before a day; a later row wins a tie. */
export const NEWEST_APPROVED = `
  SELECT ward_key, indicator, value, as_of, source, evidence_title, evidence_expires_on, evidence_file,
    evidence_withdrawn_on, demo FROM (
    SELECT *, row_number() OVER (PARTITION BY ward_key, indicator ORDER BY as_of DESC, id DESC) AS place
    FROM status_value WHERE pack = ? AND approved = 1 AND as_of <= ? AND id <= ?
  ) WHERE place = 1`;

export const newestApproved = (db: Reader, pack: string, at: CivilDate, upTo: number): Promise<ApprovedRow[]> =>
  db.all<ApprovedRow>(NEWEST_APPROVED, [pack, at, upTo]);

/** The last writing of each step as far as it was written: one taken out is none, a correction changes no order. */
export const TITLE_STEPS_UNTIL = `
  SELECT ward_key, step, since, source, demo FROM (
    SELECT *, row_number() OVER (PARTITION BY ifnull(root, id) ORDER BY id DESC) AS place
    FROM title_step WHERE id <= ?
  ) WHERE place = 1 AND removed = 0 AND (since IS NULL OR since <= ?)
  ORDER BY since IS NOT NULL, since, ifnull(root, id)`;

interface TitleRow {
  ward_key: WardKey;
  step: TitleStepRow['step'];
  since: CivilDate | null;
  source: string;
  demo: 0 | 1;
}

/** Every step known by a day, oldest first; a step of no known day counts as older than all. */
export const titleStepsUntil = (db: Reader, at: CivilDate, upTo: number): Promise<TitleRow[]> =>
  db.all<TitleRow>(TITLE_STEPS_UNTIL, [upTo, at]);

/** Packs kept in the database, beside those that ship as files. */
export async function storedPacks(db: Reader): Promise<CriteriaPack[]> {
  const rows = await db.all<{ json: string }>('SELECT json FROM criteria_pack ORDER BY id');
  return rows.map(({ json }) => JSON.parse(json) as CriteriaPack);
}

export async function insertPack(tx: Writer, pack: CriteriaPack): Promise<void> {
  await tx.run('INSERT INTO criteria_pack (id, json, demo) VALUES (?, ?, ?)', [
    pack.id,
    JSON.stringify(pack),
    Number(pack.demo),
  ]);
}

export async function insertStatusValues(tx: Writer, rows: readonly StatusValueRow[]): Promise<void> {
  await tx.run(
    `INSERT INTO status_value
       (ward_key, pack, indicator, period, value, as_of, source, evidence_title, evidence_expires_on, evidence_file,
        evidence_withdrawn_on, evidence_withdrawn_by, evidence_withdrawn_why, approved, approved_by, known_at, demo)
     SELECT value->>'wardKey', value->>'pack', value->>'indicator', value->>'period', CAST(value->>'value' AS REAL),
       value->>'asOf', value->>'source', value->>'$.evidence.title', value->>'$.evidence.expiresOn',
       value->>'$.evidence.file', value->>'$.withdrawn.on', value->>'$.withdrawn.by', value->>'$.withdrawn.reason',
       value->>'approved', value->>'approvedBy', value->>'knownAt', value->>'demo'
     FROM json_each(?)`,
    [JSON.stringify(rows)],
  );
}

interface PublishedRow extends ApprovedRow {
  id: number;
  period: string;
  evidence_withdrawn_by: string | null;
  evidence_withdrawn_why: string | null;
  approved_by: string | null;
  known_at: string | null;
}
export type PublishedValue = StatusValueRow & { id: number };

/** Every published row of one ward and indicator by one pack: the newest first, as it stands on its day. */
export const PUBLISHED_OF_CELL = `
  SELECT * FROM status_value WHERE pack = ? AND ward_key = ? AND indicator = ? AND approved = 1
  ORDER BY as_of DESC, id DESC`;

export async function publishedRows(
  db: Reader,
  pack: string,
  wardKey: WardKey,
  indicator: string,
): Promise<PublishedValue[]> {
  const rows = await db.all<PublishedRow>(PUBLISHED_OF_CELL, [pack, wardKey, indicator]);
  return rows.map((row) => ({
    id: row.id,
    wardKey,
    pack,
    indicator,
    period: row.period,
    value: row.value,
    asOf: row.as_of,
    source: row.source,
    evidence:
      row.evidence_title === null
        ? null
        : { title: row.evidence_title, expiresOn: row.evidence_expires_on, file: row.evidence_file },
    withdrawn:
      row.evidence_withdrawn_on === null
        ? null
        : {
            on: row.evidence_withdrawn_on,
            by: row.evidence_withdrawn_by ?? '',
            reason: row.evidence_withdrawn_why ?? '',
          },
    approved: true,
    approvedBy: row.approved_by,
    knownAt: row.known_at,
    demo: row.demo === 1,
  }));
}
