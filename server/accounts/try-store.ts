import type { Reader, Writer } from '../platform/database.ts';
import type { Bucket } from './throttle.ts';

export async function readBuckets(db: Reader, keys: readonly string[]): Promise<Map<string, Bucket>> {
  const rows = await db.all<{ key: string; level: number; at: string }>(
    'SELECT * FROM sign_in_try WHERE key IN (SELECT value FROM json_each(?))',
    [JSON.stringify(keys)],
  );
  return new Map(rows.map(({ key, level, at }) => [key, { level, at: new Date(at) }]));
}

export async function writeBucket(tx: Writer, key: string, { level, at }: Bucket): Promise<void> {
  await tx.run(
    `INSERT INTO sign_in_try (key, level, at) VALUES (?, CAST(? AS REAL), ?)
     ON CONFLICT (key) DO UPDATE SET level = excluded.level, at = excluded.at`,
    [key, level, at.toISOString()],
  );
}

export async function deleteBucket(tx: Writer, key: string): Promise<void> {
  await tx.run('DELETE FROM sign_in_try WHERE key = ?', [key]);
}

/** Every bucket has run empty after an hour. */
export async function deleteOldBuckets(tx: Writer, before: string): Promise<void> {
  await tx.run('DELETE FROM sign_in_try WHERE at < ?', [before]);
}
