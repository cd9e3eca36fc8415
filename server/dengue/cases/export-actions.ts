/** The line list as CSV, for spreadsheets: cells that one would run as a formula begin with an apostrophe. */
import type { Actor } from '../../accounts/permission.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../audit/csv.ts';
import type { StoredCase } from './case.ts';
import type { Given } from './context-actions.ts';
import type { CaseFilter } from './contract.ts';
import { casesUnder } from './list-actions.ts';
import { reading } from './person-actions.ts';
import { findPersons, type StoredPerson } from './person-store.ts';

const CASE_COLUMNS = [
  'id',
  'registryId',
  'class',
  'onset',
  'reported',
  'lng',
  'lat',
  'accuracy',
  'ward',
  'residentialGroup',
  'origin',
  'test',
  'testResult',
  'severity',
  'ageGroup',
  'sex',
  'outcome',
] as const;
const PERSON_COLUMNS = ['name', 'born', 'phone', 'nationalId', 'address', 'workplace', 'note'] as const;

const caseCells = (one: StoredCase): (string | number | null)[] => [
  one.id,
  one.registryId,
  one.class,
  one.onsetOn,
  one.reportedOn,
  one.position?.lng ?? null,
  one.position?.lat ?? null,
  one.position?.accuracyMeters ?? null,
  one.wardKey,
  one.residentialGroup,
  one.origin,
  one.test?.kind ?? null,
  one.test?.result ?? null,
  one.severity,
  one.ageGroup,
  one.sex,
  one.outcome,
];
const personCells = (person: StoredPerson | undefined) => PERSON_COLUMNS.map((name) => person?.[name] ?? null);

/** Without persons; the columns `atlas outbreaks` reads among them. @throws {Refusal} as `casePage` */
export async function exportCases(services: Given, filter: CaseFilter, actor: Actor): Promise<string> {
  return reading(services, actor, 'export', 'exportCases', async () => {
    const cases = await casesUnder(services, filter, actor);
    const lines = cases.map((one) => csvLine(caseCells(one)));
    return { caseIds: cases.map(({ id }) => id), value: BYTE_ORDER_MARK + csvLine(CASE_COLUMNS) + lines.join('') };
  });
}

/** With persons: needs `person.read` in the wards it covers. @throws {Refusal} as `casePage` */
export async function exportPersons(services: Given, filter: CaseFilter, actor: Actor): Promise<string> {
  return reading(services, actor, 'export', 'exportPersons', async (tx) => {
    const cases = await casesUnder(services, filter, actor);
    const ids = cases.map(({ id }) => id);
    const persons = await findPersons(tx, ids);
    const lines = cases.map((one) => csvLine([...caseCells(one), ...personCells(persons.get(one.id))]));
    const head = csvLine([...CASE_COLUMNS, ...PERSON_COLUMNS]);
    return { caseIds: ids, value: BYTE_ORDER_MARK + head + lines.join('') };
  });
}
