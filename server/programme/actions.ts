import type { CivilDate } from '../../geodata/schema.ts';
import { may, type Actor } from '../accounts/permission.ts';
import type { Reader } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import type { Programme, ProgrammeDirective, ProgrammeTask } from './contract.ts';
import { keptDirectives, keptTasks, newestReport, taskReports, type KeptDirective } from './store.ts';
import { againOn, inOrderOfUrgency, keptTaskOn, taskOn } from './tasks.ts';

type Given = { db: Reader } & Pick<Services, 'places'>;

/** The programme's own words, quoted figures and results; its lists have routes of their own. */
export function readProgramme({ places }: Pick<Services, 'places'>): Programme {
  const { id, code, name, owner, runBy, head, meeting, source, figures, results } = places.programme;
  return { id, code, name, owner, runBy, head, meeting, source, figures, results };
}

/**
 * The tasks with their state on a day. Visitors see those the article names, without how far they are and what stands in
 * the way; accounts see the district's own beside them, late ones first.
 */
export async function listTasks(given: Given, at: CivilDate, actor: Actor): Promise<ProgrammeTask[]> {
  if (may(actor, 'task.read')) return tasksOfDistrict(given, at);
  const quoted = quotedTasks(given, await taskReports(given.db), at);
  return quoted.map((task) => ({ ...task, percent: null, blockers: null }));
}

function quotedTasks(
  { places }: Pick<Given, 'places'>,
  reports: Awaited<ReturnType<typeof taskReports>>,
  at: CivilDate,
) {
  const { tasks, directives } = places.programme;
  return tasks.map((task) => taskOn(task, reports, at, directives));
}

/** Those of the article and the district's own, late ones first: for accounts. */
export async function tasksOfDistrict({ db, places }: Given, at: CivilDate): Promise<ProgrammeTask[]> {
  const reports = await taskReports(db);
  const own = (await keptTasks(db)).filter(({ assignedOn }) => assignedOn <= at);
  return inOrderOfUrgency([
    ...own.map((task) => keptTaskOn(task, reports, at)),
    ...quotedTasks({ places }, reports, at),
  ]);
}

/** Up to which row reports on tasks are known now. */
export const reportsKnown = (db: Reader): Promise<number> => newestReport(db);

/** How far tasks were on a day, from the reports that were known at some time; what the tasks are is taken as given. */
export async function tasksAsKnown(
  db: Reader,
  tasks: readonly ProgrammeTask[],
  at: CivilDate,
  upTo: number,
): Promise<ProgrammeTask[]> {
  const reports = await taskReports(db, upTo);
  return tasks.map((task) => againOn(task, reports, at));
}

export const directiveInWords = ({ wording, removed: _, ...directive }: KeptDirective): ProgrammeDirective => ({
  ...directive,
  title: { vi: wording, en: wording },
  refs: [],
  kept: true,
});

/** What meetings directed, newest first: visitors see what the article quotes, accounts the district's own besides. */
export async function listDirectives({ db, places }: Given, actor: Actor): Promise<ProgrammeDirective[]> {
  const quoted = places.programme.directives.map((directive) => ({
    ...directive,
    kept: false,
    version: null,
    meeting: null,
    demo: false,
  }));
  if (!may(actor, 'task.read')) return quoted;
  return [...(await keptDirectives(db)).map(directiveInWords), ...quoted].sort((a, b) =>
    a.givenOn < b.givenOn ? 1 : a.givenOn > b.givenOn ? -1 : 0,
  );
}
