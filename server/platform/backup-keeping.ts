/** When a backup is due, what it is called and how long it is kept: pure. `now` is passed in. */
import { daysBetween, epiWeek, todayInHanoi } from '../../geodata/dates.ts';
import type { BackupCode } from './backup-fault.ts';

/**
 * Of the backups that are whole: the newest ones whatever their age, then the newest of each day, then the newest of
 * each week. Days and weeks (from Monday) are those of Hà Nội.
 */
export const keepingRule = { newest: 7, days: 14, weeks: 8 } as const;
/** Older than this, the last backup is a reason to worry. */
export const STALE_MS = 2 * 86_400_000;

const DAY_MS = 86_400_000;
const HANOI_OFFSET_MS = 7 * 3_600_000;
/** 02:30 in Hà Nội: nobody works, and the day has turned. */
const SLOT_MS = (2 * 60 + 30) * 60_000 - HANOI_OFFSET_MS;

/** The last 02:30 in Hà Nội, at `now` or before it, in milliseconds since the epoch. */
export const lastSlot = (now: Date): number => Math.floor((now.getTime() - SLOT_MS) / DAY_MS) * DAY_MS + SLOT_MS;
export const nextSlot = (now: Date): number => lastSlot(now) + DAY_MS;

/** What the rules ask of a backup. */
export interface Kept {
  at: Date;
  /** `null` = whole, as far as it was read. */
  fault: BackupCode | null;
}

/**
 * Whether one should be made now: since the last 02:30 there was none that is whole. One from the future (the clock
 * was put back) does not count, or there would be none until then.
 */
export function isDue(backups: readonly Kept[], now: Date): boolean {
  const slot = lastSlot(now);
  return !backups.some(({ at, fault }) => fault === null && at.getTime() >= slot && at <= now);
}

/** The newest that is whole; `null` = there is none. */
export const newestWhole = <B extends Kept>(backups: readonly B[]): B | null =>
  newestFirst(backups.filter(({ fault }) => fault === null))[0] ?? null;

const newestFirst = <B extends Kept>(backups: readonly B[]): B[] =>
  [...backups].sort((a, b) => b.at.getTime() - a.at.getTime());

/**
 * Those that need not be kept any longer. A damaged one stands for no day and no week, and goes after the days. What is
 * no backup of ours, or of a newer program, is not ours to judge. While none is whole, all stay.
 */
export function superfluous<B extends Kept>(backups: readonly B[], now: Date): B[] {
  const whole = newestFirst(backups.filter(({ fault }) => fault === null));
  if (whole.length === 0) return [];
  const age = ({ at }: Kept) => daysBetween(todayInHanoi(at), todayInHanoi(now));
  const kept = new Set<B>(whole.slice(0, keepingRule.newest));
  const days = new Set<string>();
  const weeks = new Set<string>();
  for (const backup of whole) {
    const day = todayInHanoi(backup.at);
    const { from: week } = epiWeek(day);
    const ofDay = !days.has(day) && age(backup) < keepingRule.days;
    const ofWeek = !weeks.has(week) && age(backup) < keepingRule.days + 7 * keepingRule.weeks;
    if (ofDay || ofWeek) kept.add(backup);
    days.add(day);
    weeks.add(week);
  }
  const isOld = (backup: B) => age(backup) >= keepingRule.days;
  return backups.filter(
    (backup) => (backup.fault === null && !kept.has(backup)) || (backup.fault === 'backup_damaged' && isOld(backup)),
  );
}

const NAME = /^tayho-atlas-(demo-)?(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.tar$/;

/** `tayho-atlas-20221103T193000Z.tar`: the instant in UTC, to the second. The demo's have a name of their own. */
export const nameOfBackup = (at: Date, demo: boolean): string =>
  `tayho-atlas-${demo ? 'demo-' : ''}${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z.tar`;

/** The instant a name carries; `null` = not a name that `nameOfBackup` gives. */
export function instantOfName(name: string, demo: boolean): Date | null {
  const [, ofDemo, year, month, day, hour, minute, second] = NAME.exec(name) ?? [];
  if (year === undefined || (ofDemo !== undefined) !== demo) return null;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // Some engines read the 30th of February as a day in March.
  return !Number.isNaN(at.getTime()) && nameOfBackup(at, demo) === name ? at : null;
}
