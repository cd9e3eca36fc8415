import type { CivilDate, WardKey } from '../../geodata/schema.ts';
import type { Reader, Writer } from '../platform/database.ts';
import type { caseClasses } from '../../geodata/vocabulary.ts';

/** A case without a word about the person. `ward` is what was stated, `accuracyMeters` how well the position is known. */
export interface CaseRow {
  id: string;
  class: (typeof caseClasses)[number];
  onsetOn: CivilDate;
  reportedOn: CivilDate | null;
  wardKey: WardKey | null;
  lng: number | null;
  lat: number | null;
  accuracyMeters: number | null;
  demo: boolean;
}

export interface BreedingSiteRow {
  id: string;
  foundOn: CivilDate;
  kind: string;
  /** Larvae seen; `null` = not looked at. */
  larvae: boolean | null;
  wardKey: WardKey | null;
  lng: number;
  lat: number;
  accuracyMeters: number | null;
  demo: boolean;
}

/** What a public count needs of a case, and nothing more. */
export interface CountingRow {
  onset_on: CivilDate;
  ward_key: WardKey | null;
  lng: number | null;
  lat: number | null;
  accuracy_meters: number | null;
  demo: 0 | 1;
}

export const COUNTING_BETWEEN = `
  SELECT onset_on, ward_key, lng, lat, accuracy_meters, demo FROM dengue_case
  WHERE class IN ('clinical', 'confirmed') AND removed IS NULL AND onset_on BETWEEN ? AND ?`;

/** Cases that count, with onset on one of the days, both included. */
export const countingBetween = (db: Reader, from: CivilDate, to: CivilDate): Promise<CountingRow[]> =>
  db.all<CountingRow>(COUNTING_BETWEEN, [from, to]);

export const COUNTS_BY_DAY = `
  SELECT onset_on, count(*) AS cases, max(demo) AS demo FROM dengue_case
  WHERE class IN ('clinical', 'confirmed') AND removed IS NULL AND onset_on <= ? GROUP BY onset_on ORDER BY onset_on`;

export const countsByDay = (
  db: Reader,
  until: CivilDate,
): Promise<{ onset_on: CivilDate; cases: number; demo: 0 | 1 }[]> => db.all(COUNTS_BY_DAY, [until]);

export async function insertCases(tx: Writer, rows: readonly CaseRow[]): Promise<void> {
  await tx.run(
    `INSERT INTO dengue_case (id, version, class, onset_on, reported_on, ward_key, lng, lat, accuracy_meters, demo)
     SELECT value->>'id', 1, value->>'class', value->>'onsetOn', value->>'reportedOn', value->>'wardKey',
       CAST(value->>'lng' AS REAL), CAST(value->>'lat' AS REAL), CAST(value->>'accuracyMeters' AS REAL), value->>'demo'
     FROM json_each(?)`,
    [JSON.stringify(rows)],
  );
}

export async function insertBreedingSites(tx: Writer, rows: readonly BreedingSiteRow[]): Promise<void> {
  await tx.run(
    `INSERT INTO breeding_site (id, version, found_on, kind, larvae, ward_key, lng, lat, accuracy_meters, demo)
     SELECT value->>'id', 1, value->>'foundOn', value->>'kind', value->>'larvae', value->>'wardKey',
       CAST(value->>'lng' AS REAL), CAST(value->>'lat' AS REAL), CAST(value->>'accuracyMeters' AS REAL), value->>'demo'
     FROM json_each(?)`,
    [JSON.stringify(rows)],
  );
}
