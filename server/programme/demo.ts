import { ownTasksOf, taskReportsOf } from '../demo/tasks.ts';
import type { Services } from '../platform/services.ts';
import { insertTaskReports, putTask } from './store.ts';

const CHANGE_ID = '01830000-0000-7000-8000-0000000000d4';

/** Invented tasks, and reports on them and on those of the last quarter of 2022. Later calls do nothing. */
export async function seedDemoProgramme({ changes }: Pick<Services, 'changes'>): Promise<void> {
  await changes.commit(
    CHANGE_ID,
    'seedDemoProgramme',
    async (tx) => {
      const tasks = ownTasksOf();
      const reports = taskReportsOf();
      for (const task of tasks) await putTask(tx, task);
      await insertTaskReports(tx, reports);
      const counts = { tasks: tasks.length, reports: reports.length };
      return {
        outcome: counts,
        change: {
          kind: 'demo',
          verb: 'seedDemoProgramme',
          recordId: 'programme',
          version: 1,
          layers: [],
          actor: 'seed',
          after: counts,
        },
      };
    },
    'programme',
  );
}
