/** What a form of a case holds, and what of it is sent. Pure. An empty text stands for "not known". */
import type { WardKey } from '../../../geodata/schema.ts';
import type { caseLocatings } from '../../../geodata/vocabulary.ts';
import type { CaseWords, EditCase, ReportCase } from '../../../server/dengue/cases/contract.ts';

export interface CaseFields {
  class: string;
  onsetOn: string;
  reportedOn: string;
  ageGroup: string;
  sex: string;
  residentialGroup: string;
  severity: string;
  testKind: string;
  testResult: string;
  origin: string;
  outcome: string;
  registryId: string;
  /** Empty = the ward the position lies in. */
  ward: string;
}
export type FieldName = keyof CaseFields;

export interface CasePlace {
  lng: number;
  lat: number;
  accuracyMeters: number | null;
  by: (typeof caseLocatings)[number];
}

export interface PersonFields {
  name: string;
  born: string;
  phone: string;
  address: string;
}
export const blankPerson: PersonFields = { name: '', born: '', phone: '', address: '' };

/** A new case: seen by a doctor, reported today; where it was caught nobody has asked yet. Onset has no default: it decides links. */
export const blankFields = (today: string): CaseFields => ({
  class: 'clinical',
  onsetOn: '',
  reportedOn: today,
  ageGroup: '',
  sex: '',
  residentialGroup: '',
  severity: '',
  testKind: '',
  testResult: '',
  origin: 'unknown',
  outcome: '',
  registryId: '',
  ward: '',
});

export const fieldsOf = (one: CaseWords): CaseFields => ({
  class: one.class,
  onsetOn: one.onsetOn,
  reportedOn: one.reportedOn ?? '',
  ageGroup: one.ageGroup ?? '',
  sex: one.sex ?? '',
  residentialGroup: one.residentialGroup ?? '',
  severity: one.severity ?? '',
  testKind: one.test?.kind ?? '',
  testResult: one.test?.result ?? '',
  origin: one.origin,
  outcome: one.outcome ?? '',
  registryId: one.registryId ?? '',
  ward: one.wardKey ?? '',
});

export const placeOf = ({ position, locatedBy }: CaseWords): CasePlace | null =>
  position && { ...position, by: locatedBy ?? 'map' };

const orNull = (text: string) => text.trim() || null;

/** A test needs both words; the result of one just taken is pending. */
const testOf = ({ testKind, testResult }: CaseFields) =>
  testKind ? { kind: testKind, result: testResult || 'pending' } : null;

const saidOf = (fields: CaseFields) => ({
  class: fields.class,
  onsetOn: fields.onsetOn,
  reportedOn: orNull(fields.reportedOn),
  ageGroup: orNull(fields.ageGroup),
  sex: orNull(fields.sex),
  residentialGroup: orNull(fields.residentialGroup),
  severity: orNull(fields.severity),
  test: testOf(fields),
  origin: fields.origin || 'unknown',
  outcome: orNull(fields.outcome),
  registryId: orNull(fields.registryId),
});

const positionOf = (place: CasePlace | null) => ({
  position: place && { lng: place.lng, lat: place.lat, accuracyMeters: place.accuracyMeters },
  locatedBy: place?.by ?? null,
});

export function personOf(person: PersonFields): Record<string, string> | null {
  const told = Object.entries(person).flatMap(([key, text]) => (text.trim() ? [[key, text.trim()]] : []));
  return told.length > 0 ? (Object.fromEntries(told) as Record<string, string>) : null;
}

/** The body of a new case. */
export function reportOf(
  fields: CaseFields,
  place: CasePlace | null,
  person: PersonFields,
): Omit<ReportCase, 'changeId'> {
  const told = personOf(person);
  const said = saidOf(fields);
  // An age group that nobody chose is left to the birth, where one is told.
  const { ageGroup, ...rest } = said;
  return {
    ...rest,
    ...(ageGroup && { ageGroup }),
    ...positionOf(place),
    ...(fields.ward && { ward: fields.ward as WardKey }),
    ...(told && { person: told }),
  } as Omit<ReportCase, 'changeId'>;
}

export const samePlace = (a: CasePlace | null, b: CasePlace | null): boolean =>
  a === b || (a !== null && b !== null && a.lng === b.lng && a.lat === b.lat && a.accuracyMeters === b.accuracyMeters);

/** What a correction changes, and nothing else; `null` when it changes nothing. */
export function correctionOf(
  base: CaseWords,
  fields: CaseFields,
  place: CasePlace | null,
): Omit<EditCase, 'changeId'> | null {
  const [was, is] = [saidOf(fieldsOf(base)), saidOf(fields)];
  const changed = Object.entries(is).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(was[key as keyof typeof was]),
  );
  const moved = samePlace(placeOf(base), place) ? {} : positionOf(place);
  const ward = fields.ward && fields.ward !== base.wardKey ? { ward: fields.ward as WardKey } : {};
  const body = { ...Object.fromEntries(changed), ...moved, ...ward };
  return Object.keys(body).length > 0 ? body : null;
}

/** The fields in which two versions of a case differ, the place among them. */
export function differences(
  mine: { fields: CaseFields; place: CasePlace | null },
  theirs: { fields: CaseFields; place: CasePlace | null },
): (FieldName | 'position')[] {
  const names = (Object.keys(mine.fields) as FieldName[]).filter((name) => mine.fields[name] !== theirs.fields[name]);
  return samePlace(mine.place, theirs.place) ? names : [...names, 'position'];
}

const NUMBER = /^[\d/.-]+[a-z]?,?$/i;
/** House, lane, alley, group: with or without marks, and a number after them. */
const BEFORE_NUMBER = /^(số|nhà|ngõ|ngách|hẻm|tổ|so|nha|ngo|ngach|hem|to)[.,]?$/i;

/** The street of an address: what stands before it, house and lane with their numbers, no map of ours knows. */
export function streetIn(address: string): string {
  const words = address.trim().split(/\s+/);
  const isBefore = (word: string, index: number) =>
    NUMBER.test(word) || (BEFORE_NUMBER.test(word) && NUMBER.test(words[index + 1] ?? ''));
  const first = words.findIndex((word, index) => !isBefore(word, index));
  return first < 0 ? '' : words.slice(first).join(' ');
}
