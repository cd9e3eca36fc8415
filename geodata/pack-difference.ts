/** What differs between two versions of a pack, piece by piece: what a page puts into sentences. Pure. */
import type { CriteriaPack, IndicatorPack } from './schema.ts';

type Criterion = CriteriaPack['criteria'][number];
/** A value as the pack holds it; the page puts it into words. */
export type PackValue = unknown;

export type PackDifference =
  | { kind: 'head'; field: string; before: PackValue; after: PackValue }
  | { kind: 'criterion-added' | 'criterion-removed'; criterion: Criterion }
  | { kind: 'criterion'; criterion: Criterion; field: string; before: PackValue; after: PackValue }
  | { kind: 'criteria-reordered' }
  | { kind: 'indicator-added' | 'indicator-removed'; criterion: Criterion; indicator: IndicatorPack }
  | { kind: 'indicator-moved'; indicator: IndicatorPack; from: Criterion; to: Criterion }
  | { kind: 'indicators-reordered'; criterion: Criterion }
  | { kind: 'indicator'; indicator: IndicatorPack; field: string; before: PackValue; after: PackValue };

/** A field that is left out says as little as one that is `null`. */
const said = (value: unknown): string => JSON.stringify(value ?? null);
const same = (a: unknown, b: unknown): boolean => said(a) === said(b);

const fieldsOf = (before: object, after: object, but: readonly string[]): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => !but.includes(field));

const changed = <T extends object>(before: T, after: T, but: readonly string[] = []) =>
  fieldsOf(before, after, but).flatMap((field) => {
    const [was, is] = [before, after].map((one) => (one as Record<string, unknown>)[field] ?? null);
    return same(was, is) ? [] : [{ field, before: was, after: is }];
  });

const orderOf = (ids: readonly string[], among: ReadonlySet<string>): string =>
  ids.filter((id) => among.has(id)).join('\n');

/** Every difference from `before` to `after`: head first, then criteria in their new order, then what went. */
export function packDifference(before: CriteriaPack, after: CriteriaPack): PackDifference[] {
  const found: PackDifference[] = changed(before, after, ['id', 'version', 'criteria']).map((one) => ({
    kind: 'head',
    ...one,
  }));
  const oldCriteria = new Map(before.criteria.map((criterion) => [criterion.id, criterion]));
  const newCriteria = new Map(after.criteria.map((criterion) => [criterion.id, criterion]));
  const place = (pack: CriteriaPack) =>
    new Map(pack.criteria.flatMap((criterion) => criterion.indicators.map((one) => [one.id, { criterion, one }])));
  const [oldPlaces, newPlaces] = [place(before), place(after)];
  const kept = new Set([...newCriteria.keys()].filter((id) => oldCriteria.has(id)));
  if (orderOf([...oldCriteria.keys()], kept) !== orderOf([...newCriteria.keys()], kept))
    found.push({ kind: 'criteria-reordered' });
  for (const criterion of newCriteria.values()) {
    const was = oldCriteria.get(criterion.id);
    if (!was) found.push({ kind: 'criterion-added', criterion });
    else {
      for (const one of changed(was, criterion, ['id', 'indicators']))
        found.push({ kind: 'criterion', criterion, ...one });
      const stay = new Set(
        criterion.indicators.map(({ id }) => id).filter((id) => was.indicators.some((i) => i.id === id)),
      );
      const ids = (of: Criterion) => of.indicators.map(({ id }) => id);
      if (orderOf(ids(was), stay) !== orderOf(ids(criterion), stay))
        found.push({ kind: 'indicators-reordered', criterion });
    }
    for (const indicator of criterion.indicators) {
      const old = oldPlaces.get(indicator.id);
      if (!old) found.push({ kind: 'indicator-added', criterion, indicator });
      else {
        if (old.criterion.id !== criterion.id)
          found.push({ kind: 'indicator-moved', indicator, from: old.criterion, to: criterion });
        for (const one of changed(old.one, indicator, ['id'])) found.push({ kind: 'indicator', indicator, ...one });
      }
    }
  }
  for (const [id, { criterion, one }] of oldPlaces)
    if (!newPlaces.has(id)) found.push({ kind: 'indicator-removed', criterion, indicator: one });
  for (const criterion of oldCriteria.values())
    if (!newCriteria.has(criterion.id)) found.push({ kind: 'criterion-removed', criterion });
  return found;
}
