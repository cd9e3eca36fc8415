/** The district's part: two of one place or two places, one plan of eight lists, the weights of the priority. */
import { nameOfActor, type Actor } from '../../accounts/permission.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { DecidePair, FormPlan, Restoration, SetWeights } from './contract.ts';
import { changeOf, requireWard, written } from './item-actions.ts';
import type { StoredItem } from './item.ts';
import { byPriority } from './priority.ts';
import {
  describeItem,
  openDoubles,
  readRegister,
  readRestoration,
  standing,
  wardsOfSet,
  weightsInForce,
  type Given,
} from './read-actions.ts';
import {
  findItem,
  findList,
  findPair,
  insertPair,
  insertPlan,
  insertWeights,
  itemsMergedInto,
  listItems,
  listLists,
  newestPlan,
  putItem,
  putList,
} from './store.ts';

const stale = (yours: number, current: number): never => {
  throw new Refusal(412, 'changed_meanwhile', { versions: { yours, current } });
};

/**
 * Submits a ward's list, or takes it back.
 * @throws {Refusal} 403 `outside_scope`; 412 `changed_meanwhile`; 422 `ward_of_other_set`
 */
export async function submitList(
  services: Given,
  wardKey: string,
  version: number,
  { changeId, submitted }: { changeId: string; submitted: boolean },
  actor: Actor,
): Promise<Restoration> {
  const verb = submitted ? 'submitRestorationList' : 'withdrawRestorationList';
  await services.changes.commit(
    changeId,
    verb,
    async (tx) => {
      // Its own list a ward may always take back, so that only a foreign one is refused.
      await requireWard(tx, services, wardKey, actor).catch((error: unknown) => {
        if (!(error instanceof Refusal) || error.problem.code !== 'list_submitted') throw error;
      });
      const list = await findList(tx, wardKey);
      if (list.version !== version) stale(version, list.version);
      const after = {
        ...{ wardKey, version: version + 1 },
        submittedOn: submitted ? services.clock.today() : null,
        submittedBy: submitted ? nameOfActor(actor) : null,
      };
      await putList(tx, after);
      return {
        outcome: { wardKey },
        change: changeOf(verb, wardKey, after.version, actor, {
          before: { submittedOn: list.submittedOn },
          after: { submittedOn: after.submittedOn },
        }),
      };
    },
    wardKey,
  );
  return readRestoration(services, actor);
}

const unknownPair = (): never => {
  throw new Refusal(422, 'unknown_pair', { errors: [{ path: 'b', code: 'unknown_pair' }] });
};

/**
 * Decides about two items: one place, whose entries are `kept`'s while both stay as their wards wrote them; two places;
 * or takes such a decision back. Nothing is merged in any other way.
 * @throws {Refusal} 404 `unknown_restoration_item`; 409 `pair_decided`; 422 `unknown_pair`
 */
export async function decidePair(services: Given, sent: DecidePair, actor: Actor): Promise<Restoration> {
  const [a, b] = [sent.a, sent.b].sort() as [string, string];
  const { changeId, decision, kept } = sent;
  await services.changes.commit(changeId, 'decideRestorationPair', async (tx) => {
    const [one, other] = [await findItem(tx, a), await findItem(tx, b)];
    if (!one || !other) throw new Refusal(404, 'unknown_restoration_item');
    if (a === b || one.removed || other.removed) unknownPair();
    const last = await findPair(tx, a, b);
    const wasOpen = last === null || last.decision === 'open';
    if (decision === 'open' && wasOpen) unknownPair();
    if (decision !== 'open' && !wasOpen) throw new Refusal(409, 'pair_decided', { current: last });
    const put = async (item: StoredItem, mergedInto: string | null) =>
      putItem(tx, { ...item, mergedInto, version: item.version + 1 }, written(services, actor));
    if (decision === 'same') {
      if (one.mergedInto !== null || other.mergedInto !== null) unknownPair();
      const [lead, joined] = kept === a ? [one, other] : [other, one];
      // Those it stood for go with it.
      for (const item of [joined, ...(await itemsMergedInto(tx, joined.id))]) await put(item, lead.id);
    }
    if (decision === 'open' && last?.decision === 'same') {
      const joined = last.kept === a ? other : one;
      await put(joined, null);
    }
    await insertPair(tx, { a, b, decision, kept }, nameOfActor(actor), services.clock.now().toISOString());
    return {
      outcome: { a, b, decision },
      change: changeOf('decideRestorationPair', `${a} ${b}`, 1, actor, {
        before: { decision: last?.decision ?? 'open' },
        after: { decision, kept, names: [one.name, other.name] },
      }),
    };
  });
  return readRestoration(services, actor);
}

/**
 * Forms the district's plan of all lists that were submitted: what is not done yet, the most pressing first. Wards whose
 * list is missing are named in it.
 * @throws {Refusal} 409 `pairs_open` with how many, `plan_empty`
 */
export async function formPlan(services: Given, { changeId, title }: FormPlan, actor: Actor): Promise<Restoration> {
  await services.changes.commit(changeId, 'formRestorationPlan', async (tx) => {
    const [items, lists] = [await listItems(tx), await listLists(tx)];
    const register = await readRegister(tx, services.clock.today());
    const doubles = await openDoubles(tx, items, lists, register);
    if (doubles.length > 0) throw new Refusal(409, 'pairs_open', { current: { pairs: doubles.length } });
    const { weights } = await weightsInForce(tx);
    const chosen = standing(items, lists)
      .filter(({ stage }) => stage !== 'done')
      .map((item) => describeItem(services, item, register, weights))
      .sort(byPriority);
    if (chosen.length === 0) throw new Refusal(409, 'plan_empty');
    const number = ((await newestPlan(tx))?.number ?? 0) + 1;
    const submitted = new Set(lists.flatMap(({ wardKey, submittedOn }) => (submittedOn ? [wardKey] : [])));
    const plan = {
      ...{ number, title, formedOn: services.clock.today(), formedBy: nameOfActor(actor), weights },
      items: chosen.map(({ id }) => id),
      missingWards: wardsOfSet(services).filter((key) => !submitted.has(key)),
      demo: services.env.demo,
    };
    await insertPlan(tx, plan, services.clock.now().toISOString());
    return {
      outcome: { number },
      change: changeOf('formRestorationPlan', String(number), 1, actor, {
        after: { title, items: plan.items, missingWards: plan.missingWards, weights },
      }),
    };
  });
  return readRestoration(services, actor);
}

/** @throws {Refusal} 412 `changed_meanwhile`; 422 `weights_all_zero` */
export async function setWeights(
  services: Given,
  version: number,
  { changeId, weights, reason }: SetWeights,
  actor: Actor,
): Promise<Restoration> {
  await services.changes.commit(
    changeId,
    'setRestorationWeights',
    async (tx) => {
      const before = await weightsInForce(tx);
      if (before.version !== version) stale(version, before.version);
      if (Object.values(weights).every((weight) => weight === 0))
        throw new Refusal(422, 'weights_all_zero', { errors: [{ path: 'weights', code: 'weights_all_zero' }] });
      const after = { version: version + 1, weights, reason, setBy: null, setAt: null };
      await insertWeights(tx, after, nameOfActor(actor), services.clock.now().toISOString());
      return {
        outcome: { version: after.version },
        change: changeOf('setRestorationWeights', 'weights', after.version, actor, {
          before: before.weights,
          after: { ...weights, reason },
        }),
      };
    },
    'weights',
  );
  return readRestoration(services, actor);
}
