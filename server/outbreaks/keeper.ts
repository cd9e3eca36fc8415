/**
 * The outbreaks of one database held in memory: cases, the groups they make today, the kept records, and which of them
 * a change of cases touches. What is here can be built again from the store at any time. No database, no clock.
 */
import type { CivilDate } from '../../geodata/schema.ts';
import { createOutbreakIndex, type OutbreakChange, type OutbreakIndex } from '../dengue/outbreak-index.ts';
import { compareNumbers } from '../dengue/outbreak-records.ts';
import type { Outbreak } from '../dengue/outbreak.ts';
import type { OutbreakRule } from '../dengue/outbreak-rule.ts';
import { isInMark, type Evidence, type KeptCase, type KeptOutbreak } from './kept.ts';
import { isAside, mapOutbreaks, type Mapped } from './mapping.ts';

/** Tây Hồ. */
const PREFIX = 'TH';

export interface Keeper {
  readonly rule: OutbreakRule;
  /** The day its groups are of. */
  readonly today: CivilDate;
  /** Goes up with every change: answers computed at the same one are the same. */
  readonly revision: number;
  readonly cases: ReadonlyMap<string, KeptCase>;
  /** The outbreaks that live, by number. */
  readonly outbreaks: ReadonlyMap<string, KeptOutbreak>;
  /** The living outbreak of a number, which may be one that was merged. */
  find(number: string): KeptOutbreak | null;
  /** The living ones, but those aside, that hold or remember a case. */
  numbersOf(caseId: string): ReadonlySet<string>;
  /** Takes the cases of these ids as they are now; an id that is missing in `now` left. What became of the outbreaks. */
  takeCases(ids: readonly string[], now: readonly KeptCase[]): Mapped;
  /** Looks at another day. */
  moveTo(today: CivilDate): Mapped;
  /** Takes the inspections that found larvae or adults, for the next mapping; `now` = when they were read. */
  takeEvidence(evidence: readonly Evidence[], now: string): void;
  /** What a full mapping would change; nothing when all is as it was left. */
  mapAll(): Mapped;
  /** Takes outbreaks as they were written. */
  put(outbreaks: readonly KeptOutbreak[], merged?: Mapped['merged']): void;
  /** The number the next outbreak of this year is given. */
  nextNumber(): string;
}

/** @throws {RangeError} for two cases of one id, or an onset that is no civil date */
export function createKeeper(
  rule: OutbreakRule,
  today: CivilDate,
  cases: readonly KeptCase[],
  kept: { living: readonly KeptOutbreak[]; merged: ReadonlyMap<string, string> },
): Keeper {
  const held = new Map(cases.map((one) => [one.id, one]));
  const index: OutbreakIndex = createOutbreakIndex(rule, today, cases);
  const outbreaks = new Map<string, KeptOutbreak>();
  const merged = new Map(kept.merged);
  const numbersByCase = new Map<string, Set<string>>();
  /** Year -> the latest number of it. */
  const latest = new Map<string, string>();
  let revision = 0;
  let evidence: readonly Evidence[] = [];
  let readAt = '';

  function noteNumber(number: string): void {
    const year = yearOf(number);
    const known = latest.get(year);
    if (!known || compareNumbers(known, number) < 0) latest.set(year, number);
  }

  function forget(number: string): void {
    for (const id of outbreaks.get(number)?.caseIds ?? []) {
      const numbers = numbersByCase.get(id);
      numbers?.delete(number);
      if (numbers?.size === 0) numbersByCase.delete(id);
    }
    outbreaks.delete(number);
  }

  function put(changed: readonly KeptOutbreak[], gone: Mapped['merged'] = []): void {
    revision += 1;
    for (const { number, into } of gone) {
      forget(number);
      for (const [alias, living] of merged) if (living === number) merged.set(alias, into);
      merged.set(number, into);
    }
    for (const one of changed) {
      forget(one.number);
      noteNumber(one.number);
      outbreaks.set(one.number, one);
      if (isAside(one)) continue;
      for (const id of one.caseIds) {
        const numbers = numbersByCase.get(id) ?? new Set();
        numbersByCase.set(id, numbers.add(one.number));
      }
    }
  }

  const given = () => ({
    rule,
    today: index.at,
    prefix: PREFIX,
    used: latest.get(index.at.slice(0, 4)) ?? null,
    caseOf: (id: string) => held.get(id),
    cases: () => held.values(),
    evidence,
    now: readAt,
  });

  /** The outbreaks that share cases with some ids, the groups of theirs, and so on, until nothing more is shared. */
  function around(ids: Iterable<string>): { kept: KeptOutbreak[]; groups: Outbreak[] } {
    const found = new Map<string, KeptOutbreak>();
    const groups = new Map<string, Outbreak>();
    const open = [...ids];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const group = index.outbreakOf(id);
      if (group && !groups.has(group.id)) {
        groups.set(group.id, group);
        open.push(...group.caseIds);
      }
      for (const number of numbersByCase.get(id) ?? []) {
        if (found.has(number)) continue;
        found.set(number, outbreaks.get(number)!);
        open.push(...outbreaks.get(number)!.caseIds);
      }
    }
    return { kept: [...found.values()], groups: [...groups.values()] };
  }

  const aside = () => [...outbreaks.values()].filter(isAside);

  function takeCases(ids: readonly string[], now: readonly KeptCase[]): Mapped {
    revision += 1;
    const next = new Map(now.map((one) => [one.id, one]));
    const touched = new Set<string>(ids);
    const moved: KeptCase[] = [];
    for (const id of ids) {
      const [was, is] = [held.get(id), next.get(id)];
      moved.push(...[was, is].filter((one) => one !== undefined));
      if (is) held.set(id, is);
      else held.delete(id);
      const change = is ? (was ? index.update(is) : index.add(is)) : was ? index.remove(id) : noChange;
      for (const group of change.changed) touched.add(group);
    }
    const { kept, groups } = around(touched);
    const marks = aside().filter(({ marked, caseIds }) => {
      const inside = isInMark(marked!);
      return moved.some((one) => inside(one) || caseIds.includes(one.id));
    });
    return mapOutbreaks([...kept, ...marks], groups, given());
  }

  for (const number of merged.keys()) noteNumber(number);
  put(kept.living);

  return {
    rule,
    get today() {
      return index.at;
    },
    get revision() {
      return revision;
    },
    cases: held,
    outbreaks,
    find: (number) => outbreaks.get(number) ?? outbreaks.get(merged.get(number) ?? '') ?? null,
    numbersOf: (caseId) => numbersByCase.get(caseId) ?? nobody,
    takeCases,
    moveTo(day) {
      revision += 1;
      index.moveTo(day);
      return mapOutbreaks([...outbreaks.values()], index.outbreaks(), given());
    },
    takeEvidence(found, now) {
      revision += 1;
      [evidence, readAt] = [found, now];
    },
    mapAll: () => mapOutbreaks([...outbreaks.values()], index.outbreaks(), given()),
    put,
    nextNumber() {
      const year = index.at.slice(0, 4);
      const running = Number(latest.get(year)?.split('-')[2] ?? 0) + 1;
      return `${PREFIX}-${year}-${String(running).padStart(3, '0')}`;
    },
  };
}

const noChange: OutbreakChange = { gone: [], changed: [] };
const nobody: ReadonlySet<string> = new Set();
const yearOf = (number: string): string => number.split('-')[1] ?? '';
