/** The routes of cases, each as one function. Every write carries the change id it is given. */
import type {
  BulkEdit,
  CaseHistory,
  CaseList,
  CaseWords,
  CheckCase,
  checkedCaseSchema,
  EditCase,
  ReportCase,
} from '../../../server/dengue/cases/contract.ts';
import type { ImportCases, ImportResult } from '../../../server/dengue/cases/import-contract.ts';
import type { PersonWords } from '../../../server/dengue/cases/person-contract.ts';
import type { Problem } from '../../../server/platform/contract.ts';
import type { caseRemovals, personReadingReasons } from '../../../geodata/vocabulary.ts';
import type { SearchHit } from '../../../server/search/contract.ts';
import type { z } from 'zod';
import { ask } from '../../api/client.ts';
import { Refused } from '../../api/refusal.ts';

const ROOT = '/api/dengue/cases';
type Query = Record<string, string>;
export type Checked = z.infer<typeof checkedCaseSchema>;
export type Removal = (typeof caseRemovals)[number];
export type ImportDraft = Omit<ImportCases, 'changeId'>;
type Draft<T> = Omit<T, 'changeId'>;
type Versioned = Pick<CaseWords, 'id' | 'version'>;

export function get<T>(path: string, query: Query = {}): Promise<T> {
  const search = new URLSearchParams(query).toString();
  return ask(fetch(`${path}${search && `?${search}`}`)) as Promise<T>;
}

export function send<T>(method: string, path: string, json: object, version?: number): Promise<T> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (version !== undefined) headers['if-match'] = `"${version}"`;
  return ask(fetch(path, { method, headers, body: JSON.stringify(json) })) as Promise<T>;
}

export const listCases = (query: Query) => get<CaseList>(ROOT, query);
export const readCase = (id: string) => get<CaseWords>(`${ROOT}/${id}`);
export const readHistory = (id: string) => get<CaseHistory>(`${ROOT}/${id}/history`);
export const checkCase = (draft: CheckCase, units: string) =>
  send<Checked>('POST', `${ROOT}/check?units=${units}`, draft);

export const reportCase = (draft: Draft<ReportCase>, units: string, changeId: string) =>
  send<CaseWords>('POST', `${ROOT}?units=${units}`, { changeId, ...draft });
export const editCase = ({ id, version }: Versioned, draft: Draft<EditCase>, units: string, changeId: string) =>
  send<CaseWords>('PATCH', `${ROOT}/${id}?units=${units}`, { changeId, ...draft }, version);
export const removeCase = ({ id, version }: Versioned, reason: Removal, changeId: string) =>
  send<CaseWords>('POST', `${ROOT}/${id}/removal`, { changeId, reason }, version);
export const restoreCase = ({ id, version }: Versioned, changeId: string) =>
  send<CaseWords>('POST', `${ROOT}/${id}/restoral`, { changeId }, version);

/** Streets, landmarks and whatever else has a place; the house number stays at home. */
export const findPlaces = async (q: string): Promise<SearchHit[]> => {
  const { items } = await get<{ items: SearchHit[] }>('/api/search', { q, limit: '6' });
  return items.filter(({ position }) => position !== null);
};

export const bulkEdit = (
  items: readonly Versioned[],
  set: BulkEdit['set'],
  units: string,
  changeId: string,
): Promise<{ edited: number }> =>
  send('PATCH', `${ROOT}?units=${units}`, { changeId, items: items.map(({ id, version }) => ({ id, version })), set });
export const importCases = (file: ImportDraft, changeId: string) =>
  send<ImportResult>('POST', `${ROOT}/import`, { changeId, ...file });

// --- persons: every reading is a line of the log ------------------------------------------------------------------------
export type PersonReason = (typeof personReadingReasons)[number];
export async function readPerson(id: string, reason: PersonReason): Promise<PersonWords | null> {
  const { items } = await get<{ items: PersonWords[] }>('/api/dengue/persons', { ids: id, reason });
  return items[0] ?? null;
}
export const erasePerson = (id: string, changeId: string) =>
  send<{ persons: number }>('POST', `${ROOT}/${id}/person/erasure`, { changeId });

// --- files --------------------------------------------------------------------------------------------------------------
const fetchFile = async (path: string, query: Query): Promise<Blob> => {
  const answer = await fetch(`${path}?${new URLSearchParams(query).toString()}`).catch(() => {
    throw new Refused('offline');
  });
  if (answer.ok) return answer.blob();
  const problem = (await answer.json().catch(() => null)) as Problem | null;
  throw new Refused(problem?.code ?? 'unreadable', problem);
};
/** The line list under a filter, with or without persons. */
export const fetchCsv = ({ sort: _, ...filter }: Query, withPersons: boolean) =>
  fetchFile(withPersons ? '/api/dengue/persons.csv' : `${ROOT}.csv`, filter);
export const fetchPersonFile = (id: string, format: 'json' | 'csv') =>
  fetchFile(`${ROOT}/${id}/person/export`, { format });
