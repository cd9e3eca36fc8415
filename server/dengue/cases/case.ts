/** A case as the store keeps it, and what follows from it: wards, age group, whether it waits to be located, warnings. */
import type { CivilDate, Units, WardKey } from '../../../geodata/schema.ts';
import { ageGroups } from '../../../geodata/vocabulary.ts';
import { LOCATED_METERS, type CaseProperties, type CaseWarning, type CaseWords } from './contract.ts';
import { EDGE_METERS } from './placing.ts';

export interface StoredCase extends Omit<
  CaseWords,
  'wardKey' | 'wardName' | 'wardByPosition' | 'needsLocating' | 'warnings' | 'hasPerson'
> {
  wardKey: WardKey | null;
  /** The ward of the other set the position lies in. */
  otherWardKey: WardKey | null;
  hasPerson: boolean;
}

export const FIRST_SET: Units = '1995-10-28';

/** The wards whose staff may read and correct it: the stated one, and the one of the other set by position. */
export const wardsOfCase = ({ wardKey, otherWardKey }: Pick<StoredCase, 'wardKey' | 'otherWardKey'>): WardKey[] =>
  [wardKey, otherWardKey].filter((key) => key !== null);

/** A position known no better than 100 m never links: the case waits to be located (DOMAIN 2). */
export const needsLocating = ({ position }: Pick<StoredCase, 'position'>): boolean =>
  position === null || position.accuracyMeters === null || position.accuracyMeters >= LOCATED_METERS;

/** Whole years between a birth (year or date) and a day; a year alone counts as its first day. */
export function ageOn(born: string, day: CivilDate): number {
  const [year = 0, month = 1, date = 1] = born.split('-').map(Number);
  const [atYear = 0, atMonth = 1, atDate = 1] = day.split('-').map(Number);
  const before = atMonth < month || (atMonth === month && atDate < date);
  return atYear - year - (before ? 1 : 0);
}

const OLDEST = 120;
export const isPossibleAge = (age: number): boolean => Number.isInteger(age) && age >= 0 && age <= OLDEST;

/** The group of an age in whole years; `null` for an impossible one. */
export function ageGroupOf(age: number): (typeof ageGroups)[number] | null {
  if (!isPossibleAge(age)) return null;
  return ageGroups.find((group) => age <= Number(group.split('-')[1] ?? Infinity)) ?? null;
}

/** What the position of a case says, as `judgePlace` found it; `null` where it has none that makes sense. */
export interface Standing {
  wardByPosition: Record<Units, WardKey | null>;
  edgeMeters: number;
}

/** Oddities of the case itself; duplicates need the other cases and are added by the action. */
export function warningsOf(stored: StoredCase, standing: Standing | null): CaseWarning[] {
  const warnings: CaseWarning[] = [];
  const set = stored.wardKey?.split('@')[1] as Units | undefined;
  const derived = set && standing ? standing.wardByPosition[set] : null;
  if (derived && derived !== stored.wardKey) warnings.push({ code: 'ward_differs', wardKey: derived });
  if (standing && standing.edgeMeters <= EDGE_METERS)
    warnings.push({ code: 'near_ward_edge', meters: Math.round(standing.edgeMeters) });
  if (needsLocating(stored)) warnings.push({ code: 'needs_locating' });
  if (stored.class === 'confirmed' && stored.test?.result !== 'positive')
    warnings.push({ code: 'confirmed_without_test' });
  return warnings;
}

/** The case in the words of the contract. */
export function describeCase(
  { otherWardKey: _, ...stored }: StoredCase,
  standing: Standing | null,
  nameOfWard: (key: WardKey) => string,
  more: readonly CaseWarning[] = [],
): CaseWords {
  return {
    ...stored,
    wardName: stored.wardKey && nameOfWard(stored.wardKey),
    wardByPosition: standing?.wardByPosition ?? { '1995-10-28': null, '2025-07-01': null },
    needsLocating: needsLocating(stored),
    warnings: [...warningsOf({ otherWardKey: _, ...stored }, standing), ...more],
  };
}

export type CaseFeature = GeoJSON.Feature<GeoJSON.Point, CaseProperties> & { id: string };

/** On the layer `cases`; `null` for what is not shown there. */
export function caseFeature(stored: StoredCase): CaseFeature | null {
  const { id, version, onsetOn, wardKey, severity, demo, position } = stored;
  if (position === null || stored.removed !== null || stored.class === 'ruled-out') return null;
  return {
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates: [position.lng, position.lat] },
    properties: {
      id,
      version,
      class: stored.class,
      onsetOn,
      wardKey,
      accuracyMeters: position.accuracyMeters,
      needsLocating: needsLocating(stored),
      severity,
      demo,
    },
  };
}
