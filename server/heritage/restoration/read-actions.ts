/** The lists, the doubles, the plan and what follows for each work, as a reader sees them. */
import { defaultWeights } from '../../../geodata/restoration-vocabulary.ts';
import type { WardKey } from '../../../geodata/schema.ts';
import { may, type Actor } from '../../accounts/permission.ts';
import { namesOfUsers } from '../../accounts/user-actions.ts';
import type { Reader } from '../../platform/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Services } from '../../platform/services.ts';
import { wardName } from '../../wards/actions.ts';
import { newestInspections } from '../inspection-store.ts';
import { listRelics } from '../store.ts';
import type { StoredRelic } from '../relic.ts';
import type { Double, ItemVersion, Plan, Restoration, RestorationItem, Weights, WeightsInForce } from './contract.ts';
import { findDoubles, type Listed } from './doubles.ts';
import { consentNeeded, fieldsOf, unfunded, type StoredItem } from './item.ts';
import { priorityOf } from './priority.ts';
import {
  findItem,
  listItems,
  listLists,
  listPairs,
  newestPlan,
  newestWeights,
  versionsOf,
  type StoredList,
} from './store.ts';

export type Given = Pick<Services, 'db' | 'places' | 'changes' | 'clock' | 'env'>;

export const wardsOfSet = ({ places, env }: Pick<Given, 'places' | 'env'>): WardKey[] =>
  places.wards[env.units].map(({ properties }) => properties.key as WardKey);

/** Id of an account -> its name; parts of the program keep theirs. */
export async function nameGiver(services: Pick<Given, 'db'>, actors: readonly (string | null)[]) {
  const ids = actors.flatMap((actor) => actor?.replace(/^user:/, '') ?? []);
  const names = await namesOfUsers(services, [...new Set(ids)]);
  return (actor: string | null): string | null => actor && (names.get(actor.replace(/^user:/, '')) ?? null);
}

export async function weightsInForce(db: Reader): Promise<WeightsInForce> {
  return (
    (await newestWeights(db)) ?? { version: 0, weights: { ...defaultWeights }, reason: '', setBy: null, setAt: null }
  );
}

/** What the register knows for one reading: relics by id, and what their newest inspections found. */
export interface Register {
  relics: ReadonlyMap<string, StoredRelic>;
  found: Awaited<ReturnType<typeof newestInspections>>;
}
export async function readRegister(db: Reader, today: string): Promise<Register> {
  const relics = new Map((await listRelics(db, { at: today })).map((relic) => [relic.id, relic]));
  return { relics, found: await newestInspections(db, today) };
}

/** An item with what follows from its relic: rank, grade, whose consent, how pressing. */
export function describeItem(
  services: Pick<Given, 'places' | 'clock'>,
  item: StoredItem,
  { relics, found }: Register,
  weights: Weights,
): RestorationItem {
  const relic = item.relicId === null ? null : (relics.get(item.relicId) ?? null);
  const known = {
    grade: relic?.condition?.grade ?? null,
    rank: relic?.rank ?? null,
    inspectedOn: relic?.condition?.surveyedOn ?? null,
  };
  const place = item.position ?? relic?.position ?? null;
  return {
    ...item,
    ...known,
    wardName: wardName(services, item.wardKey),
    relicName: relic?.name ?? null,
    place: place && { lng: place.lng, lat: place.lat },
    consentNeeded: consentNeeded(known.rank),
    priority: priorityOf({ ...known, found: (relic && found.get(relic.id)) ?? [] }, weights, services.clock.today()),
    unfundedDong: unfunded(item),
  };
}

const submittedWards = (lists: readonly StoredList[]): Set<string> =>
  new Set(lists.filter(({ submittedOn }) => submittedOn !== null).map(({ wardKey }) => wardKey));

/** The items of submitted lists that stand for themselves. */
export const standing = (items: readonly StoredItem[], lists: readonly StoredList[]): StoredItem[] => {
  const submitted = submittedWards(lists);
  return items.filter((item) => !item.removed && item.mergedInto === null && submitted.has(item.wardKey));
};

/** Doubles among the items that stand, without those a person decided about. An item also bears the names of those merged into it. */
export async function openDoubles(
  db: Reader,
  items: readonly StoredItem[],
  lists: readonly StoredList[],
  { relics }: Register,
): Promise<Double[]> {
  const listed = standing(items, lists).map((item): Listed => {
    const merged = items.filter(({ mergedInto, removed }) => mergedInto === item.id && !removed);
    const relic = item.relicId === null ? null : relics.get(item.relicId);
    const place = item.position ?? relic?.position ?? null;
    return {
      ...{ id: item.id, relicId: item.relicId, name: item.name, address: item.address || (relic?.address ?? '') },
      otherNames: [...item.otherNames, ...merged.flatMap(({ name, otherNames }) => [name, ...otherNames])],
      place: place && { lng: place.lng, lat: place.lat },
      done: item.stage === 'done',
    };
  });
  const decided = new Set(
    (await listPairs(db)).filter(({ decision }) => decision !== 'open').map(({ a, b }) => `${a} ${b}`),
  );
  return findDoubles(listed, [...relics.values()]).filter(({ a, b }) => !decided.has(`${a} ${b}`));
}

/** Everything the screen of restoration shows. */
export async function readRestoration(services: Given, actor: Actor): Promise<Restoration> {
  const { db, clock } = services;
  const today = clock.today();
  const [register, items, lists, weights, plan] = [
    await readRegister(db, today),
    await listItems(db),
    await listLists(db),
    await weightsInForce(db),
    await newestPlan(db),
  ];
  const nameOf = await nameGiver(services, [
    ...lists.map(({ submittedBy }) => submittedBy),
    weights.setBy,
    plan?.formedBy ?? null,
  ]);
  const there = items.filter(({ removed }) => !removed);
  return {
    items: there.map((item) => describeItem(services, item, register, weights.weights)),
    lists: wardsOfSet(services).map((wardKey) => {
      const list = lists.find((one) => one.wardKey === wardKey);
      return {
        ...{ wardKey, wardName: wardName(services, wardKey), version: list?.version ?? 0 },
        submittedOn: list?.submittedOn ?? null,
        submittedBy: nameOf(list?.submittedBy ?? null),
        items: there.filter((item) => item.wardKey === wardKey).length,
        mayWrite: may(actor, 'restoration.write', wardKey),
      };
    }),
    doubles: await openDoubles(db, items, lists, register),
    plan: plan && ({ ...plan, formedBy: nameOf(plan.formedBy) } satisfies Plan),
    weights: { ...weights, setBy: nameOf(weights.setBy) },
    mayPlan: may(actor, 'restoration.plan'),
  };
}

/** One item as it now is. @throws {Refusal} 404 `unknown_restoration_item` */
export async function oneItem(services: Given, id: string): Promise<RestorationItem> {
  const item = await findItem(services.db, id);
  if (!item) throw new Refusal(404, 'unknown_restoration_item');
  const register = await readRegister(services.db, services.clock.today());
  return describeItem(services, item, register, (await weightsInForce(services.db)).weights);
}

/** Every version of an item, newest first. @throws {Refusal} 404 `unknown_restoration_item` */
export async function itemHistory(services: Given, id: string): Promise<ItemVersion[]> {
  const versions = await versionsOf(services.db, id);
  if (versions.length === 0) throw new Refusal(404, 'unknown_restoration_item');
  const nameOf = await nameGiver(
    services,
    versions.map(({ by }) => by),
  );
  return versions.map(({ by, fields, ...told }) => ({ ...told, by: nameOf(by), fields: fieldsOf(fields) }));
}
