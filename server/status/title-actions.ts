import type { CivilDate, Units, WardKey } from '../../geodata/schema.ts';
import { may, nameOfActor, type Actor } from '../accounts/permission.ts';
import { namesOfUsers } from '../accounts/user-actions.ts';
import type { Reader } from '../platform/database.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { chooseWard } from '../wards/actions.ts';
import { oneWardStatus } from './actions.ts';
import { requireFiles } from './evidence-file-actions.ts';
import type { CorrectStep, RecordStep, TitleStep } from './title-contract.ts';
import { conditionsOf, publicUntil } from './title-deadline.ts';
import { stepsAsTheyStand } from './title-history.ts';
import { doubtsAbout, faultOfStep } from './title-record.ts';
import { insertStepWritings, writingsOfWard, type KeptStep, type StepWriting } from './title-store.ts';
import { refuseHistory, standingOf } from './title.ts';

type Given = Pick<Services, 'db' | 'places' | 'clock'>;
export interface WardSteps {
  key: WardKey;
  items: TitleStep[];
  writings: TitleStep[];
}

const refuse = (path: string, code: string, status = 422): never => {
  throw new Refusal(status, code, { errors: [{ path, code }] });
};

/** A step in words. What names papers, votes and people is for accounts that read figures. */
function inWords(step: KeptStep, names: ReadonlyMap<string, string> | null): TitleStep {
  const { root, version, step: id, since, source, demo, paper, actor, dueOn, satisfaction, removed } = step;
  const open = { id: root, version, step: id, standing: standingOf(id), since, source, demo, paper, actor, dueOn, satisfaction, removed }; // prettier-ignore
  if (!names)
    return { ...open, documents: [], council: null, reason: null, despite: null, correction: null, recordedBy: null, recordedAt: null }; // prettier-ignore
  const { council, reason, despite, correction, recordedBy, recordedAt } = step;
  const who = recordedBy && (names.get(recordedBy.replace(/^user:/, '')) ?? recordedBy);
  return { ...open, documents: [...step.documents], council, reason, despite, correction, recordedBy: who, recordedAt };
}

async function described(
  { db }: Pick<Services, 'db'>,
  key: WardKey,
  writings: readonly KeptStep[],
  actor: Actor,
): Promise<WardSteps> {
  const reads = may(actor, 'figure.read');
  const ids = writings.flatMap(({ recordedBy }) => recordedBy?.replace(/^user:/, '') ?? []);
  const names = reads ? await namesOfUsers({ db }, [...new Set(ids)]) : null;
  return {
    key,
    items: stepsAsTheyStand(writings).map((step) => inWords(step, names)),
    writings: reads ? [...writings].reverse().map((step) => inWords(step, names)) : [],
  };
}

/**
 * Every step a ward has taken towards the title, oldest first, as it stands after its corrections.
 * @throws {Refusal} 404 `unknown_ward`; 422 `code_needs_date`
 */
export async function titleHistory(services: Given, text: string, units: Units, actor: Actor): Promise<WardSteps> {
  const key = chooseWard(services, text, units, 404);
  return described(services, key, await writingsOfWard(services.db, key), actor);
}

/**
 * Whether a ward's steps may stand as they would after a writing; throws the refusal where they may not. `about`: the
 * step that was written, `null` when one was taken out.
 */
async function checkSteps(
  tx: Reader,
  services: Given,
  steps: readonly KeptStep[],
  about: KeptStep | null,
): Promise<void> {
  const { titleProcedure: procedure } = services.places;
  const rules = { today: services.clock.today(), decreeOn: procedure.decree.inForceOn };
  const refused = refuseHistory(steps, rules);
  if (refused) refuse(refused === 'step_out_of_order' ? 'step' : 'since', refused);
  if (!about) return;
  const others = steps.filter(({ root }) => root !== about.root);
  const fault = faultOfStep(about, others, procedure);
  if (fault) refuse(fault.path, fault.code);
  await requireFiles(tx, about.documents, 'documents');
  if (about.despite === null) await refuseDoubts(tx, services, steps, about);
}

/** A paper that decides against what is computed is taken, but not silently: somebody says why. */
async function refuseDoubts(tx: Reader, services: Given, steps: readonly KeptStep[], about: KeptStep): Promise<void> {
  const { titleProcedure: procedure } = services.places;
  const known = steps.slice(0, steps.findIndex(({ root }) => root === about.root) + 1);
  const on = about.since as CivilDate;
  const units = about.wardKey.split('@')[1] as Units;
  const [status] = (await oneWardStatus({ ...services, db: tx }, about.wardKey, on, units)).wards;
  const conditions = conditionsOf(known, status!, procedure, on);
  const doubts = doubtsAbout(about, conditions, publicUntil(known, procedure));
  if (doubts.length === 0) return;
  const errors = doubts.map((path) => ({ path, code: 'conditions_not_met' }));
  throw new Refusal(422, 'conditions_not_met', { errors });
}

const told = ({ step, since, source, paper, documents, council, removed, correction }: StepWriting) => ({
  // Where the ward stands by it is what the log's sentence names.
  step: standingOf(step),
  procedureStep: step,
  since,
  source,
  paper,
  documents: documents.map(({ document, file }) => ({ document, file })),
  council,
  removed,
  correction,
});

/**
 * Writes that a ward took a step on a day, as a paper says.
 * @throws {Refusal} 403 `outside_scope`; 404 `unknown_ward`; 422 `code_needs_date`, `step_in_future`,
 *   `step_before_decree`, `step_out_of_order`, `step_before_previous`, `unknown_document`, `document_without_place`,
 *   `unknown_evidence`, `paper_required`, `paper_already_recorded`, `reason_required`, `council_count_missing`,
 *   `council_count_wrong`, `council_not_quorate`, `due_before_step`, `conditions_not_met` (its `errors` name them)
 */
export async function recordStep(
  services: Given & Pick<Services, 'changes'>,
  text: string,
  { changeId, ...sent }: RecordStep,
  actor: Actor,
  units?: Units,
): Promise<WardSteps> {
  const key = chooseWard(services, text, units);
  if (!may(actor, 'title.record', key)) throw new Refusal(403, 'outside_scope');
  const writing: StepWriting = {
    ...{ actor: null, paper: null, documents: [], council: null, satisfaction: null, reason: null, despite: null },
    ...{ dueOn: null, removed: false, correction: null },
    ...(Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)) as typeof sent),
    demo: false,
    wardKey: key,
    recordedBy: nameOfActor(actor),
    recordedAt: services.clock.now().toISOString(),
  };
  await services.changes.commit(
    changeId,
    'recordTitleStep',
    async (tx) => {
      const before = await writingsOfWard(tx, key);
      const id = Number.MAX_SAFE_INTEGER;
      const added: KeptStep = { ...writing, id, root: id, version: 1 };
      const steps = stepsAsTheyStand(before);
      // At the end, not where its day would put it: a step is older than the one before it, or it follows.
      await checkSteps(tx, services, [...steps, added], added);
      await insertStepWritings(tx, [writing]);
      const last = steps.at(-1);
      return {
        outcome: { key },
        change: {
          kind: 'title',
          verb: 'recordTitleStep',
          recordId: key,
          version: before.length + 1,
          layers: ['wards'],
          actor: nameOfActor(actor),
          before: last ? told(last) : null,
          after: told(writing),
        },
      };
    },
    key,
  );
  return described(services, key, await writingsOfWard(services.db, key), actor);
}

function inSameOrder(before: readonly KeptStep[], after: readonly KeptStep[]): boolean {
  const both = new Set(before.map(({ root }) => root).filter((root) => after.some((one) => one.root === root)));
  const order = (steps: readonly KeptStep[]) => steps.map(({ root }) => root).filter((root) => both.has(root));
  return order(before).join() === order(after).join();
}

/**
 * Corrects a step, takes it out or puts it back: a newer writing of it, with a reason; what was written before stays.
 * @param id of the step, as the history gives it
 * @throws {Refusal} as `recordStep`, and 404 `unknown_step`; 412 `changed_meanwhile`; 422 `reason_required`,
 *   `nothing_to_correct`
 */
export async function correctStep(
  services: Given & Pick<Services, 'changes'>,
  { ward, id, version }: { ward: string; id: number; version: number },
  { changeId, correction, ...set }: CorrectStep,
  actor: Actor,
  units?: Units,
): Promise<WardSteps> {
  const key = chooseWard(services, ward, units);
  if (!may(actor, 'title.record', key)) throw new Refusal(403, 'outside_scope');
  if (correction === '') refuse('correction', 'reason_required');
  await services.changes.commit(
    changeId,
    'correctTitleStep',
    async (tx) => {
      const writings = await writingsOfWard(tx, key);
      const before = writings.findLast(({ root }) => root === id);
      if (!before) throw new Refusal(404, 'unknown_step');
      if (before.version !== version)
        throw new Refusal(412, 'changed_meanwhile', { versions: { yours: version, current: before.version } });
      const given = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
      const after: KeptStep = {
        ...before,
        ...given,
        id: Number.MAX_SAFE_INTEGER,
        version: version + 1,
        correction,
        recordedBy: nameOfActor(actor),
        recordedAt: services.clock.now().toISOString(),
      };
      const same = (key: string) => JSON.stringify(after[key as keyof KeptStep]) === JSON.stringify(before[key as keyof KeptStep]); // prettier-ignore
      if (Object.keys(given).every(same)) refuse('', 'nothing_to_correct');
      const steps = stepsAsTheyStand([...writings, after]);
      // A day that is corrected past a neighbour's would tell another story than the one that was written.
      if (!inSameOrder(stepsAsTheyStand(writings), steps)) refuse('since', 'step_before_previous');
      await checkSteps(tx, services, steps, after.removed ? null : after);
      await insertStepWritings(tx, [after]);
      return {
        outcome: { key },
        change: {
          kind: 'title',
          verb: 'correctTitleStep',
          recordId: key,
          version: writings.length + 1,
          layers: ['wards'],
          actor: nameOfActor(actor),
          before: told(before),
          after: told(after),
        },
      };
    },
    key,
  );
  return described(services, key, await writingsOfWard(services.db, key), actor);
}
