import type { CivilDate } from '../../geodata/schema.ts';
import type { Reader, Writer } from '../platform/database.ts';
import type { Inspection, PartGrade } from './inspection-contract.ts';

export interface StoredInspection extends Omit<Inspection, 'inspectedBy'> {
  inspectedBy: string;
  addedAt: string;
}

interface Row {
  id: string;
  relicId: string;
  inspectedOn: CivilDate;
  parts: string;
  grade: number;
  note: string;
  inspectedBy: string;
  addedAt: string;
  demo: 0 | 1;
}

/** Newest first; apart so that its plan can be tested. */
export const INSPECTIONS_OF_RELIC = `SELECT id, relic_id AS relicId, inspected_on AS inspectedOn, parts, grade, note,
  inspected_by AS inspectedBy, added_at AS addedAt, demo FROM relic_inspection WHERE relic_id = ?
  ORDER BY inspected_on DESC, added_at DESC`;

export async function inspectionsOf(db: Reader, relicId: string): Promise<StoredInspection[]> {
  const rows = await db.all<Row>(INSPECTIONS_OF_RELIC, [relicId]);
  return rows.map((row) => ({ ...row, parts: JSON.parse(row.parts) as PartGrade[], demo: row.demo === 1 }));
}

/** Writes an inspection, and the grade it gives the relic, which is of another version from then on. */
export async function insertInspection(tx: Writer, one: StoredInspection, source: string): Promise<void> {
  const demo = one.demo ? 1 : 0;
  await tx.run(
    `INSERT INTO relic_inspection (id, relic_id, inspected_on, parts, grade, note, inspected_by, added_at, demo)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[one.id, one.relicId, one.inspectedOn, JSON.stringify(one.parts), one.grade],
      ...[one.note, one.inspectedBy, one.addedAt, demo],
    ],
  );
  await tx.run(
    'INSERT INTO relic_condition (id, relic_id, grade, surveyed_on, source, demo) VALUES (?, ?, ?, ?, ?, ?)',
    [one.id, one.relicId, one.grade, one.inspectedOn, source, demo],
  );
  await tx.run('UPDATE relic SET version = version + 1 WHERE id = ?', [one.relicId]);
}

/** What the newest inspection by a day found, part by part, of every relic that was inspected by parts. */
export async function newestInspections(db: Reader, at: CivilDate): Promise<Map<string, PartGrade[]>> {
  const rows = await db.all<{ relicId: string; parts: string }>(
    `SELECT relic_id AS relicId, parts FROM relic_inspection WHERE inspected_on <= ?
     ORDER BY relic_id, inspected_on, added_at`,
    [at],
  );
  return new Map(rows.map(({ relicId, parts }) => [relicId, JSON.parse(parts) as PartGrade[]]));
}
