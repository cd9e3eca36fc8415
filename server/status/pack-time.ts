/** Which version of which pack judges a day. Pure. */
import { addDays } from '../../geodata/dates.ts';
import type { CivilDate, CriteriaPack } from '../../geodata/schema.ts';
import type { packPurposes } from '../../geodata/vocabulary.ts';

export type PackPurpose = (typeof packPurposes)[number];

/** One version of a pack, with the days it judges: from `from` to the end of `to`; none when `to` is before `from`. */
export interface PackVersion {
  pack: CriteriaPack;
  version: number;
  from: CivilDate;
  to: CivilDate | null;
}

export const purposeOf = ({ purpose }: Pick<CriteriaPack, 'purpose'>): PackPurpose => purpose ?? 'title';

const earlier = (a: CivilDate | null, b: CivilDate | null): CivilDate | null =>
  a === null ? b : b === null ? a : a < b ? a : b;

/**
 * The days each version of one pack judges. A version ends on the day before any later one begins, so that a pack
 * whose newest version has ended does not fall back to an older one; a withdrawn pack ends on the day before.
 * @param versions of one pack, oldest first
 * @param withdrawnFrom the first day it no longer judges; `null` = it was not withdrawn
 */
export function daysOfVersions(versions: readonly CriteriaPack[], withdrawnFrom: CivilDate | null): PackVersion[] {
  const dayBefore = (day: CivilDate | null) => day && addDays(day, -1);
  let limit = dayBefore(withdrawnFrom);
  const spans: PackVersion[] = [];
  for (const pack of [...versions].reverse()) {
    spans.unshift({ pack, version: pack.version ?? 1, from: pack.validFrom, to: earlier(pack.validTo, limit) });
    limit = earlier(limit, dayBefore(pack.validFrom));
  }
  return spans;
}

const covers = ({ from, to }: PackVersion, at: CivilDate): boolean => from <= at && (to === null || at <= to);

/** Those that may judge, the one that goes first in front: a demo pack carries the real one's lines with invented targets, else the newest. */
const ranked = (versions: readonly PackVersion[], purpose: PackPurpose): PackVersion[] =>
  versions
    .filter(({ pack }) => !pack.illustration && purposeOf(pack) === purpose)
    .sort(
      (a, b) =>
        Number(b.pack.demo) - Number(a.pack.demo) ||
        (a.from < b.from ? 1 : a.from > b.from ? -1 : 0) ||
        // Of two that begin on one day the first stays the frame of the days before, whatever came later.
        b.version - a.version,
    );

/** The version in force on a day among the packs of a purpose; `null` = none is. An illustration is never in force. */
export const inForceOn = (
  versions: readonly PackVersion[],
  at: CivilDate,
  purpose: PackPurpose = 'title',
): PackVersion | null => ranked(versions, purpose).find((one) => covers(one, at)) ?? null;

/** The same for the title, where a day before every pack has the first one for a frame: nothing has a value in it. */
export function judgeOf(versions: readonly PackVersion[], at: CivilDate): PackVersion {
  const found = inForceOn(versions, at) ?? ranked(versions, 'title').at(-1);
  if (!found) throw new Error('no criteria pack');
  return found;
}

/** Of one pack's versions the one of a day: that in force, else the newest that had begun, else the first. */
export const versionOn = (versions: readonly PackVersion[], at: CivilDate): PackVersion | null =>
  versions.findLast((one) => covers(one, at)) ?? versions.findLast(({ from }) => from <= at) ?? versions[0] ?? null;
