import type { CivilDate, WardKey } from '../../geodata/schema.ts';
import type { Reader, Writer } from '../platform/database.ts';
import type { Counted, InspectionWords } from './inspection-contract.ts';
import type { Evidence } from './kept.ts';

export interface StoredInspection extends Counted {
  id: string;
  version: number;
  kind: InspectionWords['kind'];
  inspectedOn: CivilDate;
  place: string | null;
  lng: number;
  lat: number;
  wardKey: WardKey | null;
  inspector: string | null;
  number: string | null;
  photo: string | null;
  demo: boolean;
}

const INSPECTION = `SELECT id, version, kind, inspected_on AS inspectedOn, place, lng, lat, ward_key AS wardKey, inspector,
  number, houses, houses_with_larvae AS housesWithLarvae, containers, positive_containers AS positiveContainers,
  adult_females AS adultFemales, houses_with_adults AS housesWithAdults, photo, demo FROM vector_inspection`;

/** Inspections of some days, both included, latest first. */
export async function inspectionsBetween(db: Reader, from: CivilDate, to: CivilDate): Promise<StoredInspection[]> {
  const rows = await db.all<Omit<StoredInspection, 'demo'> & { demo: 0 | 1 }>(
    `${INSPECTION} WHERE removed_at IS NULL AND inspected_on BETWEEN ? AND ? ORDER BY inspected_on DESC, id DESC`,
    [from, to],
  );
  return rows.map((row) => ({ ...row, demo: row.demo === 1 }));
}

export async function findInspection(db: Reader, id: string): Promise<StoredInspection | null> {
  const row = await db.get<Omit<StoredInspection, 'demo'> & { demo: 0 | 1 }>(`${INSPECTION} WHERE id = ?`, [id]);
  return row ? { ...row, demo: row.demo === 1 } : null;
}

/** The inspections that found larvae or adults, by day. */
export const evidenceOf = (db: Reader): Promise<Evidence[]> =>
  db.all<Evidence>(
    `SELECT id, inspected_on AS "on", lng, lat FROM vector_inspection WHERE removed_at IS NULL
     AND (houses_with_larvae > 0 OR positive_containers > 0 OR adult_females > 0 OR houses_with_adults > 0)
     ORDER BY inspected_on, id`,
  );

export async function insertInspections(tx: Writer, inspections: readonly StoredInspection[]): Promise<void> {
  await tx.run(
    `INSERT INTO vector_inspection (id, version, kind, inspected_on, place, lng, lat, ward_key, inspector, number, houses,
       houses_with_larvae, containers, positive_containers, adult_females, houses_with_adults, photo, demo)
     SELECT value->>'id', 1, value->>'kind', value->>'inspectedOn', value->>'place', CAST(value->>'lng' AS REAL),
       CAST(value->>'lat' AS REAL), value->>'wardKey', value->>'inspector', value->>'number', value->>'houses',
       value->>'housesWithLarvae', value->>'containers', value->>'positiveContainers', value->>'adultFemales',
       value->>'housesWithAdults', value->>'photo', value->>'demo'
     FROM json_each(?)`,
    [JSON.stringify(inspections)],
  );
}

export interface StoredSite {
  id: string;
  version: number;
  kind: string;
  foundOn: CivilDate;
  larvae: boolean | null;
  lng: number;
  lat: number;
  accuracyMeters: number | null;
  wardKey: WardKey | null;
  recheckOn: CivilDate | null;
  clearedOn: CivilDate | null;
  photo: string | null;
  note: string | null;
  demo: boolean;
}
type SiteRow = Omit<StoredSite, 'larvae' | 'demo'> & { larvae: 0 | 1 | null; demo: 0 | 1 };

const SITE = `SELECT id, version, kind, found_on AS foundOn, larvae, lng, lat, accuracy_meters AS accuracyMeters,
  ward_key AS wardKey, recheck_on AS recheckOn, cleared_on AS clearedOn, photo, note, demo FROM breeding_site`;
const toSite = (row: SiteRow): StoredSite => ({
  ...row,
  larvae: row.larvae === null ? null : row.larvae === 1,
  demo: row.demo === 1,
});

/** Breeding sites found on or before a day, by id. */
export const sitesUntil = async (db: Reader, until: CivilDate): Promise<StoredSite[]> =>
  (await db.all<SiteRow>(`${SITE} WHERE found_on <= ? ORDER BY id`, [until])).map(toSite);

export async function findSite(db: Reader, id: string): Promise<StoredSite | null> {
  const row = await db.get<SiteRow>(`${SITE} WHERE id = ?`, [id]);
  return row ? toSite(row) : null;
}

/** Writes a site new or known. */
export async function putSite(tx: Writer, site: StoredSite): Promise<void> {
  const { id, version, kind, foundOn, lng, lat, accuracyMeters, wardKey, recheckOn, clearedOn, photo, note } = site;
  const larvae = site.larvae === null ? null : site.larvae ? 1 : 0;
  await tx.run(
    `INSERT OR REPLACE INTO breeding_site (id, version, kind, found_on, larvae, lng, lat, accuracy_meters, ward_key,
       recheck_on, cleared_on, photo, note, demo) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[id, version, kind, foundOn, larvae, lng, lat, accuracyMeters, wardKey],
      ...[recheckOn, clearedOn, photo, note, site.demo ? 1 : 0],
    ],
  );
}
