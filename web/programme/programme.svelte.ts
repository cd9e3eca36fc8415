import type {
  AddDirective,
  AddTask,
  Programme,
  ProgrammeDirective,
  ProgrammeEvent,
  ProgrammeScheme,
  ProgrammeTask,
  ReportTask,
  TaskReportWords,
} from '../../server/programme/contract.ts';
import { api, ask } from '../api/client.ts';
import { Resource } from '../api/resource.svelte.ts';
import { uuidv7 } from '../lib/uuid.ts';
import { changes } from '../live/changes.svelte.ts';

type Draft<T extends { changeId: string }> = Omit<T, 'changeId'>;
const seen = (version: number | null) => ({ headers: { 'if-match': `"${version}"` } });

/** Chương trình 03: what the article tells, and for accounts the district's own tasks and directives. */
class ProgrammeState {
  readonly programme = new Resource<Programme>();
  readonly tasks = new Resource<ProgrammeTask[]>();
  readonly schemes = new Resource<ProgrammeScheme[]>();
  readonly events = new Resource<ProgrammeEvent[]>();
  readonly directives = new Resource<ProgrammeDirective[]>();
  readonly reports = new Resource<TaskReportWords[]>();
  readonly #routes = api.api.programme;

  loadFixed(): void {
    void this.programme.load(() => ask(this.#routes.$get()));
    void this.schemes.load(async () => (await ask(this.#routes.schemes.$get({ query: {} }))).items);
    void this.events.load(async () => (await ask(this.#routes.events.$get({ query: {} }))).items);
    void this.directives.load(async () => (await ask(this.#routes.directives.$get({ query: {} }))).items);
  }

  loadTasks(at: string): void {
    void this.tasks.load(async () => (await ask(this.#routes.tasks.$get({ query: { at } }))).items);
  }

  loadReports(id: string): void {
    this.reports.value = null;
    void this.reports.load(async () => (await ask(this.#routes.tasks[':id'].reports.$get({ param: { id } }))).items);
  }

  /** Somebody changed something, or somebody else reads now. */
  reload(): void {
    void this.tasks.reload();
    void this.directives.reload();
    if (this.reports.value) void this.reports.reload();
  }

  task(id: string | null): ProgrammeTask | null {
    return this.tasks.value?.find((task) => task.id === id) ?? null;
  }

  directive(id: string | null): ProgrammeDirective | null {
    return this.directives.value?.find((directive) => directive.id === id) ?? null;
  }

  addTask(changeId: string, draft: Draft<AddTask>): Promise<ProgrammeTask> {
    return this.#done(changeId, ask(this.#routes.tasks.$post({ json: { changeId, ...draft } })));
  }

  updateTask(changeId: string, { id, version }: ProgrammeTask, draft: Draft<AddTask>): Promise<ProgrammeTask> {
    const sent = { param: { id }, header: {}, json: { changeId, ...draft } };
    return this.#done(changeId, ask(this.#routes.tasks[':id'].$patch(sent, seen(version))));
  }

  removeTask({ id, version }: ProgrammeTask, removed: boolean): Promise<ProgrammeTask> {
    const changeId = uuidv7();
    const sent = { param: { id }, header: {}, json: { changeId, removed } };
    return this.#done(changeId, ask(this.#routes.tasks[':id'].$patch(sent, seen(version))));
  }

  report(changeId: string, id: string, json: Draft<ReportTask>): Promise<ProgrammeTask> {
    return this.#done(
      changeId,
      ask(this.#routes.tasks[':id'].reports.$post({ param: { id }, json: { changeId, ...json } })),
    );
  }

  addDirective(changeId: string, draft: Draft<AddDirective>): Promise<ProgrammeDirective> {
    return this.#done(changeId, ask(this.#routes.directives.$post({ json: { changeId, ...draft } })));
  }

  updateDirective(
    changeId: string,
    { id, version }: ProgrammeDirective,
    draft: Draft<AddDirective>,
  ): Promise<ProgrammeDirective> {
    const sent = { param: { id }, header: {}, json: { changeId, ...draft } };
    return this.#done(changeId, ask(this.#routes.directives[':id'].$patch(sent, seen(version))));
  }

  removeDirective({ id, version }: ProgrammeDirective, removed: boolean): Promise<ProgrammeDirective> {
    const changeId = uuidv7();
    const sent = { param: { id }, header: {}, json: { changeId, removed } };
    return this.#done(changeId, ask(this.#routes.directives[':id'].$patch(sent, seen(version))));
  }

  async #done<T>(changeId: string, asking: Promise<T>): Promise<T> {
    changes.own(changeId);
    const done = await asking;
    this.reload();
    return done;
  }
}

export const programme = new ProgrammeState();
