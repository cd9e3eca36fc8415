/** What is counted from what was recorded here, each figure with the rows it counts. Pure. */
import type { ProgrammeTask } from '../../../server/programme/contract.ts';
import type { DistrictStatus, WardStatus } from '../../../server/status/contract.ts';

export type RollUp =
  | { id: 'own-done' | 'own-late' | 'own-going'; total: number; value: number; tasks: ProgrammeTask[] }
  /** `value: null` = nobody recorded a step of any ward: not 0. */
  | { id: 'registered' | 'recognised'; total: number; value: number | null; wards: WardStatus[] };

/**
 * Own tasks by how they stand, and wards by the title's steps. Tasks the article quotes are not in it, nor are its 23/23 and
 * 108/108: those are quoted. `status: null` = not here yet, so no figure of wards.
 */
export function rollUpsOf(tasks: readonly ProgrammeTask[], status: DistrictStatus | null): RollUp[] {
  const own = tasks.filter(({ kept }) => kept);
  const ofTasks = (id: 'own-done' | 'own-late' | 'own-going', state: ProgrammeTask['state']): RollUp => {
    const counted = own.filter((task) => task.state === state);
    return { id, total: own.length, value: counted.length, tasks: counted };
  };
  const figures: RollUp[] =
    own.length === 0
      ? []
      : [ofTasks('own-late', 'late'), ofTasks('own-going', 'in-progress'), ofTasks('own-done', 'done')];
  if (!status) return figures;
  const silent = status.wards.every(({ title }) => title.step === null);
  const ofWards = (id: 'registered' | 'recognised', counts: (ward: WardStatus) => boolean): RollUp => {
    const counted = silent ? [] : status.wards.filter(counts);
    return { id, total: status.wards.length, value: silent ? null : counted.length, wards: counted };
  };
  return [
    ...figures,
    ofWards('registered', ({ title }) => title.step !== null && title.step !== 'not-registered'),
    ofWards('recognised', ({ title }) => title.step === 'recognised'),
  ];
}
