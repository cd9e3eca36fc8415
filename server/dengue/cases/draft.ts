/** From what somebody entered to a case that can be kept, or every reason why not. Pure; used by forms and imports alike. */
import type { CivilDate, Units, WardKey } from '../../../geodata/schema.ts';
import { fold } from '../../search/fold.ts';
import { ageGroupOf, ageOn, FIRST_SET, isPossibleAge, type Standing, type StoredCase } from './case.ts';
import type { CasePosition, EditCase } from './contract.ts';
import type { PersonInput, PersonWords } from './person-contract.ts';
import { judgePlace, type Ground } from './placing.ts';

/** As entered, with the ward already read. `undefined` = as it was. */
export interface Entered extends Omit<EditCase, 'changeId' | 'ward' | 'person'> {
  wardKey?: WardKey | null;
  /** Whole years at onset, where a table gives an age instead of a birth. */
  age?: number;
  person?: PersonInput;
}

export interface DraftFault {
  /** The field at fault, as the contract calls it. */
  path: string;
  code:
    | 'onset_in_future'
    | 'onset_after_report'
    | 'report_in_future'
    | 'in_the_lake'
    | 'outside_district'
    | 'axes_swapped'
    | 'impossible_age'
    | 'ward_needed';
  corrected?: { lng: number; lat: number };
}

export type Person = PersonWords & { folded: string | null };
export interface Draft {
  stored: StoredCase;
  /** `null` = nothing is kept about the person. */
  person: Person | null;
  standing: Standing | null;
}

export interface DraftContext {
  ground: Ground;
  today: CivilDate;
  /** RFC 3339. */
  now: string;
  /** The writer's wards; `null` = the district. A scope of one ward settles the ward of a case without a position. */
  wards: readonly WardKey[] | null;
}

const blankPerson = (caseId: string): Person => ({
  caseId,
  name: null,
  folded: null,
  born: null,
  phone: null,
  nationalId: null,
  address: null,
  workplace: null,
  note: null,
  demo: false,
});

export const blankCase = (id: string, today: CivilDate): StoredCase => ({
  id,
  version: 0,
  class: 'suspected',
  onsetOn: today,
  reportedOn: today,
  wardKey: null,
  otherWardKey: null,
  position: null,
  locatedBy: null,
  residentialGroup: null,
  origin: 'unknown',
  test: null,
  severity: null,
  ageGroup: null,
  sex: null,
  outcome: null,
  registryId: null,
  removed: null,
  updatedAt: null,
  demo: false,
  hasPerson: false,
});

function mergePerson(caseId: string, before: Person | null, given: PersonInput | undefined): Person | null {
  if (given === undefined) return before;
  const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const person: Person = { ...(before ?? blankPerson(caseId)), ...told };
  person.folded = person.name === null ? null : fold(person.name) || null;
  const { name, born, phone, nationalId, address, workplace, note } = person;
  return [name, born, phone, nationalId, address, workplace, note].some((value) => value !== null) ? person : null;
}

/** Where the case stands, or why it cannot; nothing without a position. */
export function standingOf(
  ground: Ground,
  position: CasePosition | null,
): { standing: Standing | null; fault: DraftFault | null } {
  if (position === null) return { standing: null, fault: null };
  const placing = judgePlace(ground, [position.lng, position.lat]);
  if (!('refusal' in placing)) return { standing: placing, fault: null };
  const { refusal: code, ...more } = placing;
  return { standing: null, fault: { path: 'position', code, ...more } };
}

/**
 * The stated ward; else, for a new position, the one it lies in; else the one it had; else the one ward of the writer's
 * scope. A ward that was stated against the position's stays when the position moves.
 */
function wardOf(
  entered: Entered,
  before: StoredCase,
  wasDerived: boolean,
  standing: Standing | null,
  { wards }: DraftContext,
): WardKey | null {
  if (entered.wardKey) return entered.wardKey;
  const derived = standing?.wardByPosition[FIRST_SET] ?? null;
  const asks = entered.wardKey === null || (entered.position !== undefined && wasDerived);
  if (asks || before.wardKey === null) {
    return derived ?? (entered.wardKey === null ? null : before.wardKey) ?? (wards?.length === 1 ? wards[0]! : null);
  }
  return before.wardKey;
}

const setOf = (key: WardKey | null): Units => (key?.split('@')[1] as Units | undefined) ?? FIRST_SET;
const otherSet = (set: Units): Units => (set === FIRST_SET ? '2025-07-01' : FIRST_SET);

/**
 * The case and the person after this entry. `before` is a `blankCase` for a new one.
 * @returns the faults when there are any; all of them, not the first
 */
export function composeCase(
  entered: Entered,
  before: { stored: StoredCase; person: Person | null },
  context: DraftContext,
): Draft | { faults: DraftFault[] } {
  const { ground, today, now } = context;
  const { age, ...fields } = entered;
  delete fields.wardKey;
  delete fields.person;
  const told = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const stored: StoredCase = { ...before.stored, ...(told as Partial<StoredCase>) };
  const faults: DraftFault[] = [];

  if (stored.onsetOn > today) faults.push({ path: 'onsetOn', code: 'onset_in_future' });
  if (stored.reportedOn !== null && stored.reportedOn > today)
    faults.push({ path: 'reportedOn', code: 'report_in_future' });
  if (stored.reportedOn !== null && stored.onsetOn > stored.reportedOn)
    faults.push({ path: 'onsetOn', code: 'onset_after_report' });

  const { standing, fault } = standingOf(ground, stored.position);
  if (fault) faults.push(fault);
  if (stored.position === null) stored.locatedBy = null;

  const person = mergePerson(stored.id, before.person, entered.person);
  if (person) person.demo = stored.demo;
  const years = age ?? (person?.born ? ageOn(person.born, stored.onsetOn) : null);
  // A year of birth alone may be the year of onset.
  if (years !== null && !isPossibleAge(years))
    faults.push({ path: age === undefined ? 'person.born' : 'age', code: 'impossible_age' });
  else if (years !== null && entered.ageGroup === undefined) stored.ageGroup = ageGroupOf(years);

  const wasAt = fault ? null : standingOf(ground, before.stored.position).standing;
  const wasDerived = before.stored.wardKey === (wasAt?.wardByPosition[FIRST_SET] ?? null);
  stored.wardKey = wardOf(entered, before.stored, wasDerived, standing, context);
  stored.otherWardKey = standing?.wardByPosition[otherSet(setOf(stored.wardKey))] ?? null;
  if (stored.wardKey === null && context.wards !== null && !fault) faults.push({ path: 'ward', code: 'ward_needed' });

  if (faults.length > 0) return { faults };
  stored.version = before.stored.version + 1;
  stored.updatedAt = now;
  stored.hasPerson = person !== null;
  return { stored, person, standing };
}
