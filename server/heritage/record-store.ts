import type { Reader, Writer } from '../platform/database.ts';
import type { Festival, RecordFields } from './record-contract.ts';

export type Beside = Pick<RecordFields, 'custodian' | 'festivals' | 'restoredYear'>;

/** What stands beside the register's columns; nothing of a relic whose file nobody wrote. */
export async function findBeside(db: Reader, relicId: string): Promise<Beside> {
  const row = await db.get<{ custodian: string | null; festivals: string; restored_year: number | null }>(
    'SELECT custodian, festivals, restored_year FROM relic_record WHERE relic_id = ?',
    [relicId],
  );
  return {
    custodian: row?.custodian ?? null,
    festivals: row ? (JSON.parse(row.festivals) as Festival[]) : [],
    restoredYear: row?.restored_year ?? null,
  };
}

/** Writes the file of a relic, which is of the next version from then on. */
export async function putRecord(tx: Writer, id: string, record: RecordFields): Promise<void> {
  await tx.run(
    `UPDATE relic SET version = version + 1, name = ?, other_names = ?, kind = ?, heritage_type = ?, rank = ?,
       rank_year = ?, rank_decision = ?, address = ?, sources = ?, confidence = ? WHERE id = ?`,
    [
      ...[record.name, JSON.stringify(record.otherNames), record.kind, record.heritageType, record.rank],
      ...[record.rankYear, record.rankDecision, record.address, record.sources, record.confidence, id],
    ],
  );
  await tx.run(
    `INSERT INTO relic_record (relic_id, custodian, festivals, restored_year) VALUES (?, ?, ?, ?)
     ON CONFLICT (relic_id) DO UPDATE SET custodian = excluded.custodian, festivals = excluded.festivals,
       restored_year = excluded.restored_year`,
    [id, record.custodian, JSON.stringify(record.festivals), record.restoredYear],
  );
}
