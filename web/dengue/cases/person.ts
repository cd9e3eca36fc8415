/** The fields of a person, in the order a form asks them, and what a correction of them sends. Pure. */
import type { PersonInput, PersonWords } from '../../../server/dengue/cases/person-contract.ts';

export const personNames = ['name', 'born', 'phone', 'address', 'nationalId', 'workplace', 'note'] as const;
export type PersonName = (typeof personNames)[number];
export type PersonTexts = Record<PersonName, string>;

export const textsOf = (person: PersonWords | null): PersonTexts =>
  Object.fromEntries(personNames.map((name) => [name, person?.[name] ?? ''])) as PersonTexts;

/** What differs; an emptied field is forgotten. `null` = nothing. */
export function personChanges(before: PersonTexts, after: PersonTexts): PersonInput | null {
  const changed = personNames.filter((name) => before[name].trim() !== after[name].trim());
  if (changed.length === 0) return null;
  return Object.fromEntries(changed.map((name) => [name, after[name].trim() || null])) as PersonInput;
}
