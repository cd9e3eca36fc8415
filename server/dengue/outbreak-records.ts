/**
 * Kept outbreak records and the groups computed today: which number a group goes by. Decisions, response and reports
 * hang on the record, so a number is never given away, lost or used twice. Pure; the same in any order of its input.
 *
 * - A record follows its cases: into the group that holds most of them, then the larger group, then the lower id.
 * - Where several records come into one group (merge), the earliest number lives on; the others become its aliases.
 * - A group that no record came into is given a new number when it is a signal. If it holds cases of a record that
 *   went elsewhere (split), it names that record as its origin: most shared cases, then the earliest number.
 * - A record whose cases make no group today is kept as it is, and remembers them: a class put wrong and put right
 *   again finds its number.
 */
import type { CivilDate } from '../../geodata/schema.ts';
import { before, type Outbreak } from './outbreak.ts';

export interface OutbreakRecord {
  /** `TH-2022-014`: prefix, year, running number of that year. */
  number: string;
  /** The cases of its group; where there is none, those it had last. */
  caseIds: readonly string[];
  /** Numbers that were merged into this one, earliest first. */
  aliases: readonly string[];
  /** The number it was split from, as it was then: by now it may be an alias. */
  origin: string | null;
  /** The group it goes with today; `null` = none. */
  outbreakId: string | null;
  /** True for one marked directly that an officer keeps apart from the computed groups. */
  apart?: boolean;
}

export type RecordEvent =
  | { kind: 'opened'; number: string; outbreakId: string }
  | { kind: 'split'; number: string; origin: string; outbreakId: string }
  | { kind: 'merged'; number: string; into: string };

export interface MappedRecords {
  /** Every record that lives, earliest number first. */
  records: OutbreakRecord[];
  /** What happened, in the order of the numbers. */
  events: RecordEvent[];
}

type Group = Pick<Outbreak, 'id' | 'caseIds' | 'signal'>;

const NUMBER = /^(.*?)-(\d{4})-(\d+)$/;
/** By year, then running number (999 before 1000), then prefix. */
export function compareNumbers(a: string, b: string): number {
  const [, prefixA = a, yearA = '0', runningA = '0'] = NUMBER.exec(a) ?? [];
  const [, prefixB = b, yearB = '0', runningB = '0'] = NUMBER.exec(b) ?? [];
  return Number(yearA) - Number(yearB) || Number(runningA) - Number(runningB) || before(prefixA, prefixB);
}

/**
 * The records after a recomputation. `previous`: all kept so far, merged ones as aliases only. `outbreaks`: the groups
 * of today, each case in one. They may be a part of all, as long as no record and no group of the part shares cases with
 * the rest; then `used` names the latest number of all. `prefix` and the year of `today` make new numbers; within one call they are given in the
 * order of the groups' ids.
 */
export function mapRecords(
  previous: readonly OutbreakRecord[],
  outbreaks: readonly Group[],
  { prefix, today, used }: { prefix: string; today: CivilDate; used?: string | null },
): MappedRecords {
  const groups = [...outbreaks].sort((a, b) => before(a.id, b.id));
  const kept = [...previous].sort((a, b) => compareNumbers(a.number, b.number));
  const groupOf = new Map(groups.flatMap((group) => group.caseIds.map((id) => [id, group] as const)));
  const newNumber = numbering(kept, prefix, today, used ?? null);

  const came = new Map<Group, OutbreakRecord[]>();
  /** Per group the records that have cases in it, earliest number first, with how many. */
  const sharing = new Map<Group, { record: OutbreakRecord; shared: number }[]>();
  const records: OutbreakRecord[] = [];
  for (const record of kept) {
    const shares = new Map<Group, number>();
    for (const id of record.apart ? [] : record.caseIds) {
      const group = groupOf.get(id);
      if (group) shares.set(group, (shares.get(group) ?? 0) + 1);
    }
    for (const [group, shared] of shares) push(sharing, group, { record, shared });
    const [best] = [...shares].sort(
      ([a, sharedA], [b, sharedB]) => sharedB - sharedA || b.caseIds.length - a.caseIds.length || before(a.id, b.id),
    );
    if (best) push(came, best[0], record);
    else records.push({ ...record, outbreakId: null });
  }

  const events: RecordEvent[] = [];
  for (const group of groups) {
    const [survivor, ...merged] = came.get(group) ?? [];
    if (survivor) {
      const aliases = [...survivor.aliases, ...merged.flatMap(({ number, aliases }) => [number, ...aliases])];
      aliases.sort(compareNumbers);
      records.push({ ...survivor, caseIds: group.caseIds, aliases, outbreakId: group.id });
      for (const { number } of merged) events.push({ kind: 'merged', number, into: survivor.number });
    } else if (group.signal) {
      const number = newNumber();
      const [most] = (sharing.get(group) ?? []).sort((a, b) => b.shared - a.shared);
      const origin = most?.record.number ?? null;
      records.push({ number, caseIds: group.caseIds, aliases: [], origin, outbreakId: group.id });
      events.push(
        origin === null
          ? { kind: 'opened', number, outbreakId: group.id }
          : { kind: 'split', number, origin, outbreakId: group.id },
      );
    }
  }
  return {
    records: records.sort((a, b) => compareNumbers(a.number, b.number)),
    events: events.sort((a, b) => compareNumbers(a.number, b.number)),
  };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Gives the next numbers of the year of `today`; an alias is a number that was used. */
function numbering(
  kept: readonly OutbreakRecord[],
  prefix: string,
  today: CivilDate,
  used: string | null,
): () => string {
  const year = today.slice(0, 4);
  let last = 0;
  const numbers = kept.flatMap((record) => [record.number, ...record.aliases]);
  for (const number of used === null ? numbers : [...numbers, used]) {
    const [, , ofYear, running] = NUMBER.exec(number) ?? [];
    if (ofYear === year) last = Math.max(last, Number(running));
  }
  return () => `${prefix}-${year}-${String(++last).padStart(3, '0')}`;
}
