/**
 * How many passwords may be tried, as a pure rule over leaky buckets: each try adds one, time takes away. A refused try
 * adds nothing, so no number of refused tries makes the wait longer, and nobody's tries lock another out:
 *
 * - a browser the person signed in from before has a count of its own, which a stranger cannot fill;
 * - otherwise the account from this address, and everything from this address, are counted;
 * - and all unknown places together against one account: 50 at once and 50 more as the hour passes, so at most the 100
 *   failures an hour that OWASP ASVS allows on one account.
 */
import { createHash } from 'node:crypto';
import { networkOf } from '../platform/origin.ts';

export interface Limit {
  /** Tries at once. */
  most: number;
  /** In which a full bucket runs empty. */
  windowMs: number;
}

const MINUTE = 60_000;
export const limits = {
  device: { most: 10, windowMs: 15 * MINUTE },
  pair: { most: 5, windowMs: 15 * MINUTE },
  address: { most: 50, windowMs: 15 * MINUTE },
  account: { most: 50, windowMs: 60 * MINUTE },
} as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof limits;

export interface Bucket {
  level: number;
  /** When `level` was right. */
  at: Date;
}

/**
 * What is left in a bucket. A clock that jumped back takes nothing away and adds nothing; one that jumped further than
 * the window says nothing about this bucket: it is empty, or its owner would wait until the clock has caught up.
 */
export function levelAt(bucket: Bucket | undefined, limit: Limit, now: Date): number {
  if (!bucket || bucket.at.getTime() - now.getTime() > limit.windowMs) return 0;
  const passed = Math.max(0, now.getTime() - bucket.at.getTime());
  return Math.max(0, bucket.level - (passed * limit.most) / limit.windowMs);
}

/** Seconds until one more try fits, 0 = now. */
export function waitSeconds(level: number, limit: Limit): number {
  const over = level + 1 - limit.most;
  return over <= 0 ? 0 : Math.max(1, Math.ceil((over * limit.windowMs) / limit.most / 1000));
}

export interface Counted {
  name: LimitName;
  key: string;
}

/** Which buckets a try fills. `device` = the hash of a token this account knows, else `null`. */
export function bucketsOf(username: string, address: string, device: string | null): Counted[] {
  const key = (name: LimitName, ...parts: string[]) => ({
    name,
    key: createHash('sha256')
      .update(JSON.stringify([name, ...parts]))
      .digest('hex'),
  });
  if (device !== null) return [key('device', username, device)];
  const network = networkOf(address);
  return [key('pair', username, network), key('address', network), key('account', username)];
}
