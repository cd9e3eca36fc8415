import type { Units, WardKey } from '../../geodata/schema.ts';
import { may, nameOfActor, type Actor } from '../accounts/permission.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { chooseWard } from '../wards/actions.ts';
import type { RecordStep } from './contract.ts';
import { refuseStep, type Step } from './title.ts';
import { insertTitleSteps, stepsOfWard } from './store.ts';

/** Every step a ward has taken towards the title, oldest first. */
export async function titleHistory(
  services: Pick<Services, 'db' | 'places'>,
  text: string,
  units: Units,
): Promise<{ key: WardKey; items: Step[] }> {
  const key = chooseWard(services, text, units, 404);
  return { key, items: await stepsOfWard(services.db, key) };
}

/**
 * Writes that a ward took a step on a day, as a paper says. Steps are only added; the newest by day is where it stands.
 * @throws {Refusal} 403 `outside_scope`; 404 `unknown_ward`; 422 `code_needs_date`, `step_in_future`, `step_out_of_order`
 */
export async function recordStep(
  services: Pick<Services, 'db' | 'places' | 'changes' | 'clock'>,
  text: string,
  { changeId, step, since, source }: RecordStep,
  actor: Actor,
  units?: Units,
): Promise<{ key: WardKey; items: Step[] }> {
  const key = chooseWard(services, text, units);
  if (!may(actor, 'title.record', key)) throw new Refusal(403, 'outside_scope');
  return services.changes.commit(
    changeId,
    'recordTitleStep',
    async (tx) => {
      const before = await stepsOfWard(tx, key);
      const refused = refuseStep(before, { step, since }, services.clock.today());
      if (refused) throw new Refusal(422, refused, { errors: [{ path: 'step', code: refused }] });
      await insertTitleSteps(tx, [{ wardKey: key, step, since, source, demo: false }]);
      const items = await stepsOfWard(tx, key);
      return {
        outcome: { key, items },
        change: {
          kind: 'title',
          verb: 'recordTitleStep',
          recordId: key,
          version: items.length,
          layers: ['wards'],
          actor: nameOfActor(actor),
          before: before.at(-1) ?? null,
          after: { step, since, source },
        },
      };
    },
    key,
  );
}
