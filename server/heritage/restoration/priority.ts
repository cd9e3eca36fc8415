/** How pressing a work is: a sum of four parts, each told, each weighed by the district office. Pure. */
import { priorityParts, priorityValues } from '../../../geodata/restoration-vocabulary.ts';
import type { CivilDate } from '../../../geodata/schema.ts';
import type { Relic } from '../contract.ts';
import type { PartGrade } from '../inspection-contract.ts';
import type { RestorationItem, Weights } from './contract.ts';

/** What is known of a relic; `null` = nobody knows. */
export interface Known {
  grade: number | null;
  rank: Relic['rank'];
  inspectedOn: CivilDate | null;
  /** What the newest inspection found, part by part; empty = none went by parts. */
  found: readonly PartGrade[];
}

interface Value {
  known: boolean;
  value: number;
}

const unknown = (value: number): Value => ({ known: false, value });
const known = (value: number): Value => ({ known: true, value });

function ageOf(inspectedOn: CivilDate | null, today: CivilDate): Value {
  const { mostMonths, unknown: never } = priorityValues.age;
  if (inspectedOn === null) return unknown(never);
  const months = (Date.parse(today) - Date.parse(inspectedOn)) / 86_400_000 / (365.25 / 12);
  return known(Math.min(1, Math.max(0, months / mostMonths)));
}

/** The most urgent part; parts nobody called urgent are no danger, a relic without an inspection by parts is unknown. */
function dangerOf(found: readonly PartGrade[]): Value {
  if (found.length === 0) return unknown(priorityValues.danger.unknown);
  return known(Math.max(...found.map(({ urgency }) => (urgency === null ? 0 : priorityValues.danger[urgency]))));
}

function valueOf(part: (typeof priorityParts)[number], relic: Known, today: CivilDate): Value {
  switch (part) {
    case 'grade': {
      const value = priorityValues.grade[String(relic.grade) as '1'];
      return value === undefined ? unknown(priorityValues.grade.unknown) : known(value);
    }
    case 'rank':
      return relic.rank === null ? unknown(priorityValues.rank.unknown) : known(priorityValues.rank[relic.rank]);
    case 'age':
      return ageOf(relic.inspectedOn, today);
    case 'danger':
      return dangerOf(relic.found);
  }
}

const round = (value: number): number => Math.round(value * 10) / 10;

/**
 * The priority of works on a relic, 0 … 100: the weighted mean of grade, rank, age of the last inspection and danger,
 * each from 0 to 1 by `geodata/restoration-vocabulary.ts`. Never lower for a worse grade, a higher rank, an older
 * inspection or a more urgent part. What nobody knows counts with the stated default, and its part says so.
 * @param weights at least one above 0
 */
export function priorityOf(relic: Known, weights: Weights, today: CivilDate): RestorationItem['priority'] {
  const sum = priorityParts.reduce((total, part) => total + weights[part], 0);
  const parts = priorityParts.map((part) => {
    const value = valueOf(part, relic, today);
    return { part, ...value, weight: weights[part], exact: sum === 0 ? 0 : (100 * weights[part] * value.value) / sum };
  });
  return {
    score: round(parts.reduce((total, { exact }) => total + exact, 0)),
    parts: parts.map(({ exact, ...part }) => ({ ...part, points: round(exact) })),
  };
}

/** The most pressing first; of equal ones by ward and name, so that the order never depends on how they came. */
export const byPriority = (
  a: Pick<RestorationItem, 'priority' | 'wardKey' | 'name' | 'id'>,
  b: Pick<RestorationItem, 'priority' | 'wardKey' | 'name' | 'id'>,
): number =>
  b.priority.score - a.priority.score ||
  a.wardKey.localeCompare(b.wardKey, 'en') ||
  a.name.localeCompare(b.name, 'vi') ||
  (a.id < b.id ? -1 : 1);
