import { Refusal } from '../platform/refusal.ts';
import type { Accounts } from './account.ts';
import { levelAt, limits, waitSeconds, type Counted } from './throttle.ts';
import { deleteBucket, deleteOldBuckets, readBuckets, writeBucket } from './try-store.ts';

type Given = Pick<Accounts, 'db' | 'clock'>;
const HOUR_MS = 3_600_000;

/**
 * Counts a try before the password is looked at, so that a thousand at once are a thousand. A refused one costs a read
 * and writes nothing.
 * @throws {Refusal} 429 `too_many_tries` with `retryAfterSeconds`
 */
export async function countTry({ db, clock }: Given, counted: readonly Counted[]): Promise<void> {
  const keys = counted.map(({ key }) => key);
  const levels = async (reader: Pick<Given['db'], 'all' | 'get'>) => {
    const now = clock.now();
    const buckets = await readBuckets(reader, keys);
    const found = counted.map(({ name, key }) => {
      const level = levelAt(buckets.get(key), limits[name], now);
      return { key, level, wait: waitSeconds(level, limits[name]) };
    });
    const wait = Math.max(...found.map((one) => one.wait));
    if (wait > 0) throw new Refusal(429, 'too_many_tries', { retryAfterSeconds: wait });
    return { now, found };
  };
  await levels(db);
  await db.transaction(async (tx) => {
    const { now, found } = await levels(tx);
    for (const { key, level } of found) await writeBucket(tx, key, { level: level + 1, at: now });
    await deleteOldBuckets(tx, new Date(now.getTime() - 2 * HOUR_MS).toISOString());
  });
}

/** Takes the try back: it was none. `all` = the password was right, so its own count (the first) begins anew. */
export async function forgive(
  { db, clock }: Given,
  counted: readonly Counted[],
  options: { all?: boolean } = {},
): Promise<void> {
  await db.transaction(async (tx) => {
    const now = clock.now();
    const buckets = await readBuckets(
      tx,
      counted.map(({ key }) => key),
    );
    for (const [index, { name, key }] of counted.entries()) {
      if (options.all && index === 0) await deleteBucket(tx, key);
      else
        await writeBucket(tx, key, { level: Math.max(0, levelAt(buckets.get(key), limits[name], now) - 1), at: now });
    }
  });
}
