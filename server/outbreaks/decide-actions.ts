/** The verbs by which officers decide about outbreaks: mark, declare, take back, join, keep apart, correct, switch the rule. */
import type { CivilDate } from '../../geodata/schema.ts';
import { may, nameOfActor, type Actor } from '../accounts/permission.ts';
import { groundOf } from '../dengue/cases/context-actions.ts';
import type { ChangeDraft } from '../platform/changes.ts';
import type { Writer } from '../platform/database.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import type { Verb } from '../platform/verb-contract.ts';
import { chooseWard } from '../wards/actions.ts';
import type { DeclareOutbreak, EditOutbreak, HistoryCode, MarkOutbreak, OutbreakWords } from './contract.ts';
import { doubt, keeperIn, keeperOf, ruleInForce, ruleOf, type Given as KeepGiven } from './keep-actions.ts';
import type { Keeper } from './keeper.ts';
import { stateOn, type KeptOutbreak } from './kept.ts';
import { markedNow } from './mapping.ts';
import { composeMark } from './marking.ts';
import { demandOutbreak, oneOutbreak, rulesOf } from './read-actions.ts';
import { chooseRule, insertEvents, putOutbreaks } from './store.ts';

type Given = KeepGiven & Pick<Services, 'env'>;

/** As few characters of a reason say nothing. */
const LEAST_REASON = 10;

interface Decided {
  after: KeptOutbreak;
  code: HistoryCode | null;
  params?: Record<string, string>;
  /** What was written down in free words: private in the log. */
  said?: unknown;
}

/** Writes one decided outbreak with its line of history; the change of it. */
async function writeDecision(
  services: Given,
  tx: Writer,
  keeper: Keeper,
  { after, code, params = {}, said }: Decided,
  { changeId, verb, actor, before }: { changeId: string; verb: Verb; actor: Actor; before: KeptOutbreak | null },
): Promise<ChangeDraft> {
  const { number, version } = after;
  const by = nameOfActor(actor);
  await putOutbreaks(tx, [after]);
  if (code) {
    const event = { number, on: services.clock.today(), code, params, changeId };
    await insertEvents(tx, [event], { at: services.clock.now().toISOString(), actor: by });
  }
  doubt(services, tx);
  keeper.put([after]);
  return {
    kind: 'outbreak',
    verb,
    recordId: number,
    version,
    layers: ['outbreaks'],
    actor: by,
    ...(before && { before: { state: before.state, apart: before.apart } }),
    after: { state: after.state, apart: after.apart },
    ...(said !== undefined && { privateAfter: said }),
  };
}

/**
 * An officer marks an outbreak. It counts as declared by whoever marks it, takes up the cases that fall into it, and
 * lives beside the computed ones.
 * @throws {Refusal} 403 `outside_scope`; 422 `found_in_future`, `shape_needed`, `shape_crosses_itself`,
 *   `outside_district`, `in_the_lake`, `axes_swapped`, `unknown_ward`
 */
export async function markOutbreak(
  services: Given,
  { changeId, ...given }: MarkOutbreak,
  actor: Actor,
): Promise<OutbreakWords> {
  for (const key of given.wards) chooseWard(services, key);
  await keeperOf(services);
  const { number } = await services.changes.commit(changeId, 'markOutbreak', async (tx) => {
    const keeper = await keeperIn(services, tx);
    const { rule, today } = keeper;
    const mark = composeMark(given, { ground: groundOf(services), today, radiusMeters: rule.linkRadiusMeters, actor });
    if ('code' in mark) {
      const { status, code, path, corrected } = mark;
      throw new Refusal(status, code, { errors: [{ path, code }], ...(corrected && { corrected }) });
    }
    const marked: KeptOutbreak = {
      number: keeper.nextNumber(),
      version: 1,
      ruleId: rule.id,
      aliases: [],
      origin: null,
      made: 'directly',
      apart: null,
      hasGroup: false,
      signal: false,
      state: 'active',
      openedOn: mark.foundOn,
      firstOnsetOn: null,
      lastOnsetOn: null,
      expectedEndOn: mark.foundOn,
      caseIds: [],
      wards: [],
      residentialGroups: given.residentialGroups,
      declared: {
        on: mark.foundOn,
        at: services.clock.now().toISOString(),
        by: nameOfActor(actor),
        basis: 'reason',
        reason: mark.source,
        inspectionId: null,
      },
      undoneInspections: [],
      marked: mark,
      demo: false,
    };
    const after = markedNow(marked, {
      rule,
      today,
      prefix: '',
      used: null,
      caseOf: (id) => keeper.cases.get(id),
      cases: () => keeper.cases.values(),
      evidence: [],
      now: services.clock.now().toISOString(),
    });
    const change = await writeDecision(
      services,
      tx,
      keeper,
      { after, code: 'marked', said: mark },
      { changeId, verb: 'markOutbreak', actor, before: null },
    );
    return { change, outcome: { number: after.number } };
  });
  return oneOutbreak(services, number, actor);
}

/** One decision about one outbreak: scope and version, then `decide`. */
async function decideOn(
  services: Given,
  number: string,
  version: number,
  { changeId, verb, actor }: { changeId: string; verb: Verb; actor: Actor },
  decide: (before: KeptOutbreak, keeper: Keeper) => Decided,
): Promise<OutbreakWords> {
  await keeperOf(services);
  const outcome = await services.changes.commit(changeId, verb, async (tx) => {
    const keeper = await keeperIn(services, tx);
    const before = demandOutbreak(keeper, number);
    if (!may(actor, 'outbreak.write', before.wards)) throw new Refusal(403, 'outside_scope');
    if (before.version !== version)
      throw new Refusal(412, 'changed_meanwhile', { versions: { yours: version, current: before.version } });
    const decided = decide(before, keeper);
    const after = { ...decided.after, version: version + 1 };
    const change = await writeDecision(services, tx, keeper, { ...decided, after }, { changeId, verb, actor, before });
    return { change, outcome: { asked: number, number: before.number } };
  });
  // The same change id for another outbreak is no retry.
  if (outcome.asked !== number) throw new Refusal(409, 'change_id_reused');
  return oneOutbreak(services, outcome.number, actor);
}

const withState = (kept: KeptOutbreak, today: CivilDate): KeptOutbreak => ({
  ...kept,
  state: stateOn(today, kept.expectedEndOn, kept.declared !== null),
});

/** A signal becomes an outbreak by an officer’s written reason. @throws {Refusal} 409 `already_declared`; 422 `reason_too_short` */
export const declareOutbreak = (
  services: Given,
  number: string,
  version: number,
  { changeId, reason }: DeclareOutbreak,
  actor: Actor,
): Promise<OutbreakWords> =>
  decideOn(services, number, version, { changeId, verb: 'declareOutbreak', actor }, (before, { today }) => {
    if (reason.length < LEAST_REASON)
      throw new Refusal(422, 'reason_too_short', { errors: [{ path: 'reason', code: 'reason_too_short' }] });
    if (before.declared) throw new Refusal(409, 'already_declared');
    const [at, by] = [services.clock.now().toISOString(), nameOfActor(actor)];
    const declared = { on: today, at, by, basis: 'reason', reason, inspectionId: null } as const;
    return { after: withState({ ...before, declared }, today), code: 'declared', params: { reason }, said: { reason } };
  });

/** Takes a declaration back; one by an inspection does not come again by that inspection. @throws {Refusal} 409 `not_declared` */
export const undoDeclaration = (
  services: Given,
  number: string,
  version: number,
  changeId: string,
  actor: Actor,
): Promise<OutbreakWords> =>
  decideOn(services, number, version, { changeId, verb: 'undoDeclaration', actor }, (before, { today }) => {
    if (!before.declared) throw new Refusal(409, 'not_declared');
    const { inspectionId } = before.declared;
    const undoneInspections = inspectionId ? [...before.undoneInspections, inspectionId] : before.undoneInspections;
    return { after: withState({ ...before, declared: null, undoneInspections }, today), code: 'declaration-undone' };
  });

function demandDirect({ made }: KeptOutbreak): void {
  if (made !== 'directly') throw new Refusal(409, 'only_marked_directly');
}

/**
 * Joins one marked directly to the computed groups that hold its cases; the earliest number lives on.
 * @throws {Refusal} 409 `only_marked_directly`, `already_joined`, `nothing_to_join`
 */
export const joinOutbreak = (
  services: Given,
  number: string,
  version: number,
  changeId: string,
  actor: Actor,
): Promise<OutbreakWords> =>
  decideOn(services, number, version, { changeId, verb: 'joinOutbreak', actor }, (before, keeper) => {
    demandDirect(before);
    if (before.apart === false) throw new Refusal(409, 'already_joined');
    if (before.caseIds.every((id) => keeper.numbersOf(id).size === 0)) throw new Refusal(409, 'nothing_to_join');
    return { after: { ...before, apart: false }, code: 'joined' };
  });

/** Keeps one marked directly beside the computed ones for good. @throws {Refusal} 409 `only_marked_directly`, `already_apart` */
export const keepOutbreakApart = (
  services: Given,
  number: string,
  version: number,
  changeId: string,
  actor: Actor,
): Promise<OutbreakWords> =>
  decideOn(services, number, version, { changeId, verb: 'keepOutbreakApart', actor }, (before) => {
    demandDirect(before);
    if (before.apart) throw new Refusal(409, 'already_apart');
    return { after: { ...before, apart: true }, code: 'kept-apart' };
  });

/** Corrects what was told of one marked directly, and the residential groups of any. @throws {Refusal} 409 `only_marked_directly`; 422 `found_in_future` */
export const editOutbreak = (
  services: Given,
  number: string,
  version: number,
  { changeId, residentialGroups, ...told }: EditOutbreak,
  actor: Actor,
): Promise<OutbreakWords> =>
  decideOn(services, number, version, { changeId, verb: 'editOutbreak', actor }, (before, keeper) => {
    const facts = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
    const after = { ...before, residentialGroups: residentialGroups ?? before.residentialGroups };
    const said = { residentialGroups, ...facts };
    if (Object.keys(facts).length === 0) return { after, code: null, said };
    demandDirect(before);
    if (told.foundOn !== undefined && told.foundOn > keeper.today)
      throw new Refusal(422, 'found_in_future', { errors: [{ path: 'foundOn', code: 'found_in_future' }] });
    return { after: { ...after, marked: { ...before.marked!, ...facts } }, code: null, said };
  });

/** The whole district goes by another rule from now on; every outbreak is computed again. @throws {Refusal} 404 `unknown_rule`; 409 `rule_in_force`; 412 */
export async function switchRule(
  services: Given,
  version: number,
  { changeId, ruleId }: { changeId: string; ruleId: string },
  actor: Actor,
) {
  await services.changes.commit(
    changeId,
    'switchRule',
    async (tx) => {
      if (!ruleOf(services, ruleId)) throw new Refusal(404, 'unknown_rule');
      const now = await ruleInForce(services, tx);
      if (now.version !== version)
        throw new Refusal(412, 'changed_meanwhile', { versions: { yours: version, current: now.version } });
      if (now.rule.id === ruleId) throw new Refusal(409, 'rule_in_force');
      await chooseRule(tx, ruleId, version + 1);
      return {
        outcome: null,
        change: {
          kind: 'outbreak',
          verb: 'switchRule',
          recordId: 'rule',
          version: version + 1,
          layers: ['outbreaks'],
          actor: nameOfActor(actor),
          before: { ruleId: now.rule.id },
          after: { ruleId },
        },
      };
    },
    'rule',
  );
  return rulesOf(services);
}
