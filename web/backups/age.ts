/** How long ago, in the largest unit that says it honestly: never rounded up. */
import type { BackupScreenWords } from '../i18n/backups-vi.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Days only from the second on: `26 hours` says more than `1 day`. */
export function ageInWords(at: string, now: string, words: BackupScreenWords['ago']): string {
  const age = Date.parse(now) - Date.parse(at);
  if (age < MINUTE_MS) return words.now;
  if (age < HOUR_MS) return words.minutes(Math.floor(age / MINUTE_MS));
  if (age < 2 * DAY_MS) return words.hours(Math.floor(age / HOUR_MS));
  return words.days(Math.floor(age / DAY_MS));
}

/** A path as a shell takes it. */
export const shellWord = (path: string): string =>
  /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
