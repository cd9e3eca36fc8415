import type { CivilDate, Units } from '../../../geodata/schema.ts';
import type {
  BreedingSiteWords,
  InspectionWords,
  ReportBreedingSite,
  ReportInspection,
} from '../../../server/outbreaks/inspection-contract.ts';
import type {
  dueListSchema,
  EditResponse,
  RecordResponse,
  ReportEntries,
  ReportFormat,
  ReportKept,
  ResponseAction,
  ResponseWords,
} from '../../../server/outbreaks/response-contract.ts';
import type {
  HistoryEvent,
  MarkOutbreak,
  OutbreakWords,
  RulesCompared,
  rulesSchema,
} from '../../../server/outbreaks/contract.ts';
import type { z } from 'zod';
import { ask } from '../../api/client.ts';

/** The routes of outbreaks, response and vector work, each as one function. Every write carries the change id it is given. */
export type DueList = z.infer<typeof dueListSchema>;
export type Rules = z.infer<typeof rulesSchema>;
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

const ROOT = '/api/dengue';

export function get<T>(path: string, query: Record<string, string> = {}): Promise<T> {
  const search = new URLSearchParams(query).toString();
  return ask(fetch(`${ROOT}${path}${search && `?${search}`}`)) as Promise<T>;
}

function send<T>(method: string, path: string, json: object, version?: number): Promise<T> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (version !== undefined) headers['if-match'] = `"${version}"`;
  return ask(fetch(`${ROOT}${path}`, { method, headers, body: JSON.stringify(json) })) as Promise<T>;
}

/** Every page of a list. */
async function all<T>(path: string, query: Record<string, string>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await get(path, { ...query, limit: '500', ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}

export const listOutbreaks = (at: CivilDate, units: Units) => all<OutbreakWords>('/outbreaks', { at, units });
export const readOutbreak = (number: string, at: CivilDate, units: Units) =>
  get<OutbreakWords>(`/outbreaks/${number}`, { at, units });
export const readDue = (at: CivilDate) => get<DueList>('/response/due', { at });
export const readHistory = (number: string) => get<{ items: HistoryEvent[] }>(`/outbreaks/${number}/history`);
export const readResponse = (number: string, at: CivilDate) =>
  get<ResponseWords>(`/outbreaks/${number}/response`, { at });
export const readRules = () => get<Rules>('/rules');
export const compareRules = (at: CivilDate) => get<RulesCompared>('/rules/compare', { at });
export const listInspections = (number: string) => all<InspectionWords>('/inspections', { number });
export const listSites = () => all<BreedingSiteWords>('/breeding-sites', {});

type Draft<T> = Omit<T, 'changeId'>;
export type PlainVerb = 'undo-declaration' | 'join' | 'keep-apart';
type Versioned = Pick<OutbreakWords, 'number' | 'version'>;

export const markOutbreak = (draft: Draft<MarkOutbreak>, changeId: string) =>
  send<OutbreakWords>('POST', '/outbreaks', { changeId, ...draft });
export const declareOutbreak = ({ number, version }: Versioned, reason: string, changeId: string) =>
  send<OutbreakWords>('POST', `/outbreaks/${number}/declare`, { changeId, reason }, version);
/** The verbs that say nothing but their name. */
export const doPlainly = ({ number, version }: Versioned, verb: PlainVerb, changeId: string) =>
  send<OutbreakWords>('POST', `/outbreaks/${number}/${verb}`, { changeId }, version);
export const recordResponse = (number: string, draft: Partial<Draft<RecordResponse>>, changeId: string) =>
  send<ResponseWords>('POST', `/outbreaks/${number}/response`, { changeId, ...draft });
export const editResponse = ({ id, version }: ResponseAction, draft: Draft<EditResponse>, changeId: string) =>
  send<ResponseWords>('PATCH', `/response/${id}`, { changeId, ...draft }, version);
export const makeReport = (number: string, entries: ReportEntries, changeId: string) =>
  send<ReportKept>('POST', `/outbreaks/${number}/report`, { changeId, entries });
export const listReports = async (number: string) =>
  (await get<{ items: ReportKept[] }>(`/outbreaks/${number}/reports`)).items;
/** Where a file of a report lies. */
export const reportPath = (id: string, format: ReportFormat) => `${ROOT}/reports/${id}/${format}`;
export const reportInspection = (draft: Partial<Draft<ReportInspection>>, changeId: string) =>
  send<InspectionWords>('POST', '/inspections', { changeId, ...draft });
export const reportSite = (draft: Partial<Draft<ReportBreedingSite>>, changeId: string) =>
  send<BreedingSiteWords>('POST', '/breeding-sites', { changeId, ...draft });
export const clearSite = ({ id, version }: BreedingSiteWords, clearedOn: CivilDate, changeId: string) =>
  send<BreedingSiteWords>('PATCH', `/breeding-sites/${id}`, { changeId, larvae: false, clearedOn }, version);
export const switchRule = (ruleId: string, version: number, changeId: string) =>
  send<Rules>('PUT', '/rules/current', { changeId, ruleId }, version);
