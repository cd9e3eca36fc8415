/**
 * Whether a pack of criteria may judge: what would be refused and what is worth a warning, by path. Pure, so that the
 * page says it while somebody types what the server says when they publish.
 */
import { isCivilDate } from './dates.ts';
import type { CivilDate, CriteriaPack, IndicatorPack } from './schema.ts';

/** A fault keeps a pack from being published; a warning is said and may be meant. */
export const packFaults = [
  'pack_id_wrong',
  'pack_title_missing',
  'pack_no_criteria',
  'pack_empty_criterion',
  'pack_duplicate_id',
  'pack_unknown_criterion',
  'pack_cycle',
  'pack_unit_missing',
  'pack_direction_missing',
  'pack_target_out_of_domain',
  'pack_margin_contradicts',
  'pack_source_missing',
  'pack_source_not_named',
  'pack_day_wrong',
  'pack_validity_backwards',
  'pack_version_day_backwards',
  'pack_validity_overlaps',
  'pack_purpose_changed',
  'pack_demo_flag',
  'pack_illustration_changed',
] as const;
export const packWarnings = [
  'pack_placeholder_with_target',
  'pack_indicator_removed',
  'pack_unit_changed',
  'pack_backdated',
] as const;
export type PackCode = (typeof packFaults)[number] | (typeof packWarnings)[number];

export interface Finding {
  /** `criteria.0.indicators.2.target`; of what is no longer there, the list it stood in. */
  path: string;
  code: PackCode;
  level: 'fault' | 'warning';
  /** What it is about: an id, a pack. */
  about: string | null;
  /** Approved figures concerned. */
  count: number | null;
}

export interface PackContext {
  today: CivilDate;
  /** The version it would follow; `null` = the first of its pack. */
  previous: CriteriaPack | null;
  /** Days that other packs of the same purpose judge. Demo packs and illustrations judge nothing beside it. */
  others: { id: string; from: CivilDate; to: CivilDate | null }[];
  /** Approved figures by indicator. */
  approved: Record<string, number>;
}

/** A name that can stand in an address and in a table. */
const ID = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u;
const PACK_ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

type Say = (path: string, code: PackCode, more?: { about?: string; count?: number }) => void;

const indicatorsOf = (pack: CriteriaPack): IndicatorPack[] => pack.criteria.flatMap(({ indicators }) => indicators);
const blank = (text: string | null): boolean => text === null || text.trim() === '';

/**
 * Everything that is wrong with a pack, in the order of its lines. Total: any pack of the right shape is answered.
 * @returns none = it may be published
 */
export function checkPack(pack: CriteriaPack, context: PackContext): Finding[] {
  const found: Finding[] = [];
  const warnings: readonly string[] = packWarnings;
  const say: Say = (path, code, { about, count } = {}) =>
    void found.push({
      ...{ path, code },
      level: warnings.includes(code) ? 'warning' : 'fault',
      ...{ about: about ?? null, count: count ?? null },
    });
  checkHead(pack, context, say);
  checkDays(pack, context, say);
  checkCriteriaOf(pack, say);
  const before = new Map((context.previous ? indicatorsOf(context.previous) : []).map((one) => [one.id, one]));
  pack.criteria.forEach(({ indicators }, c) =>
    indicators.forEach((indicator, i) =>
      checkIndicator(
        indicator,
        before.get(indicator.id) ?? null,
        `criteria.${c}.indicators.${i}`,
        context,
        say,
        pack.demo,
      ),
    ),
  );
  const kept = new Set(indicatorsOf(pack).map(({ id }) => id));
  for (const id of before.keys()) {
    const count = Object.hasOwn(context.approved, id) ? context.approved[id] : 0;
    if (!kept.has(id) && count) say('criteria', 'pack_indicator_removed', { about: id, count });
  }
  return found;
}

function checkHead(pack: CriteriaPack, { previous }: PackContext, say: Say): void {
  if (pack.id.length > 60 || !PACK_ID.test(pack.id)) say('id', 'pack_id_wrong', { about: pack.id });
  if (blank(pack.title.vi)) say('title.vi', 'pack_title_missing');
  if (blank(pack.title.en)) say('title.en', 'pack_title_missing');
  const purpose = (one: CriteriaPack) => one.purpose ?? 'title';
  if (previous && purpose(previous) !== purpose(pack)) say('purpose', 'pack_purpose_changed');
  // Invented targets go before real ones where they exist: no file may bring them into a register of real figures.
  if (pack.demo !== (previous?.demo ?? false)) say('demo', 'pack_demo_flag');
  if (previous && pack.illustration && !previous.illustration) say('illustration', 'pack_illustration_changed');
}

function checkDays(pack: CriteriaPack, { today, previous, others }: PackContext, say: Say): void {
  const { validFrom, validTo } = pack;
  if (!isCivilDate(validFrom)) return say('validFrom', 'pack_day_wrong');
  if (validTo !== null && !isCivilDate(validTo)) return say('validTo', 'pack_day_wrong');
  if (validTo !== null && validTo < validFrom) say('validTo', 'pack_validity_backwards');
  if (previous && validFrom < previous.validFrom) say('validFrom', 'pack_version_day_backwards');
  if (!pack.illustration && !pack.demo)
    for (const { id, from, to } of others)
      if ((validTo === null || from <= validTo) && (to === null || validFrom <= to))
        say('validFrom', 'pack_validity_overlaps', { about: id });
  if (previous && validFrom < today) say('validFrom', 'pack_backdated');
}

function checkCriteriaOf({ criteria }: CriteriaPack, say: Say): void {
  if (criteria.length === 0) say('criteria', 'pack_no_criteria');
  const [ids, numbers, indicators] = [new Set<string>(), new Set<number>(), new Set<string>()];
  const once = <T>(seen: Set<T>, value: T, path: string) => {
    if (seen.has(value)) say(path, 'pack_duplicate_id', { about: String(value) });
    seen.add(value);
  };
  criteria.forEach((criterion, c) => {
    const path = `criteria.${c}`;
    if (!ID.test(criterion.id)) say(`${path}.id`, 'pack_id_wrong', { about: criterion.id });
    once(ids, criterion.id, `${path}.id`);
    once(numbers, criterion.number, `${path}.number`);
    if (blank(criterion.title.vi)) say(`${path}.title.vi`, 'pack_title_missing');
    if (blank(criterion.title.en)) say(`${path}.title.en`, 'pack_title_missing');
    if (criterion.indicators.length === 0) say(path, 'pack_empty_criterion', { about: criterion.id });
    criterion.indicators.forEach(({ id }, i) => once(indicators, id, `${path}.indicators.${i}.id`));
  });
  const requires = new Map(criteria.map(({ id, requires: needed = [] }) => [id, needed]));
  criteria.forEach(({ id, requires: needed = [] }, c) => {
    needed.forEach((other, r) => {
      if (!ids.has(other)) say(`criteria.${c}.requires.${r}`, 'pack_unknown_criterion', { about: other });
    });
    if (needed.some((other) => reaches(requires, other, id)))
      say(`criteria.${c}.requires`, 'pack_cycle', { about: id });
  });
}

/** Whether `wanted` is among what `from` requires, directly or through others, or is `from` itself. */
function reaches(requires: ReadonlyMap<string, readonly string[]>, from: string, wanted: string): boolean {
  const [seen, open] = [new Set<string>(), [from]];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === wanted) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(requires.get(id) ?? []));
  }
  return false;
}

function checkIndicator(
  indicator: IndicatorPack,
  before: IndicatorPack | null,
  path: string,
  { approved }: PackContext,
  say: Say,
  demo: boolean,
): void {
  const { id, unit, direction, target, source, placeholder } = indicator;
  if (!ID.test(id)) say(`${path}.id`, 'pack_id_wrong', { about: id });
  if (blank(indicator.title.vi)) say(`${path}.title.vi`, 'pack_title_missing', { about: id });
  if (blank(indicator.title.en)) say(`${path}.title.en`, 'pack_title_missing', { about: id });
  if (blank(source)) say(`${path}.source`, 'pack_source_missing', { about: id });
  if (target !== null) {
    if (blank(unit)) say(`${path}.unit`, 'pack_unit_missing', { about: id });
    if (direction === null) say(`${path}.direction`, 'pack_direction_missing', { about: id });
    if (!Number.isFinite(target) || target < 0 || (unit === '%' && target > 100))
      say(`${path}.target`, 'pack_target_out_of_domain', { about: id });
    // The words that stood there spoke of a topic without a threshold, so they cannot be where it comes from.
    if (before && before.target === null && !blank(source) && before.source.trim() === source.trim())
      say(`${path}.source`, 'pack_source_not_named', { about: id });
    // In a demo every target is invented, and marked as such already.
    if (placeholder && !demo) say(`${path}.placeholder`, 'pack_placeholder_with_target', { about: id });
  }
  if (contradicts(indicator)) say(`${path}.nearMargin`, 'pack_margin_contradicts', { about: id });
  const count = Object.hasOwn(approved, id) ? approved[id] : 0;
  if (before && before.unit !== unit && count) say(`${path}.unit`, 'pack_unit_changed', { about: id, count });
}

/** A margin without a target, or one so wide that no value there can be would miss the target. */
function contradicts({ unit, direction, target, nearMargin }: IndicatorPack): boolean {
  if (nearMargin === null) return false;
  if (!Number.isFinite(nearMargin) || nearMargin < 0) return true;
  if (target === null || direction === null) return true;
  if (nearMargin === 0) return false;
  return direction === 'at-least' ? nearMargin >= target : unit === '%' && target + nearMargin >= 100;
}

/** Whether any finding keeps the pack from being published. */
export const isFaulty = (findings: readonly Finding[]): boolean => findings.some(({ level }) => level === 'fault');
