/** Inspections of relics: what was found, part by part, and what that makes of the whole. */
import { may, nameOfActor, type Actor } from '../accounts/permission.ts';
import { namesOfUsers } from '../accounts/user-actions.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { wardName } from '../wards/actions.ts';
import { oneRelic } from './actions.ts';
import type { Relic } from './contract.ts';
import { overallGrade } from './grade.ts';
import type { AddInspection, Inspection } from './inspection-contract.ts';
import { insertInspection, inspectionsOf, type StoredInspection } from './inspection-store.ts';
import { describeRelic, relicFeature, wardsOf } from './relic.ts';
import { findRelic } from './store.ts';

type Given = Pick<Services, 'db' | 'places' | 'changes' | 'clock' | 'env'>;

async function described({ db }: Pick<Services, 'db'>, all: readonly StoredInspection[]): Promise<Inspection[]> {
  const idOf = (actor: string) => actor.replace(/^user:/, '');
  const names = await namesOfUsers({ db }, [...new Set(all.map(({ inspectedBy }) => idOf(inspectedBy)))]);
  return all.map(({ addedAt: _addedAt, inspectedBy, ...told }) => ({
    ...told,
    inspectedBy: names.get(idOf(inspectedBy)) ?? null,
  }));
}

/** Newest first. @throws {Refusal} 404 `unknown_relic` */
export async function inspectionList(
  services: Given,
  relicId: string,
  actor: Actor,
): Promise<{ items: Inspection[]; nextCursor: null; mayWrite: boolean }> {
  const relic = await oneRelic(services, relicId, services.clock.today());
  const items = await described(services, await inspectionsOf(services.db, relicId));
  return { items, nextCursor: null, mayWrite: may(actor, 'relic.write', wardsOf(relic)) };
}

/**
 * Records what was found. Whoever looked at an older state of the inspections is refused with the newer one, so that
 * two inspectors see each other's.
 * @throws {Refusal} 404 `unknown_relic`; 403 `outside_scope`; 412 `inspected_meanwhile` with the inspection that came
 *   between; 422 `inspected_in_future`, `part_twice`
 */
export async function addInspection(
  services: Given,
  relicId: string,
  { changeId, after, ...given }: AddInspection,
  actor: Actor,
): Promise<Relic> {
  const { changes, clock, env, places } = services;
  const today = clock.today();
  const refuse = (code: string, path: string): never => {
    throw new Refusal(422, code, { errors: [{ path, code }] });
  };
  await changes.commit(
    changeId,
    'inspectRelic',
    async (tx) => {
      const describe = async () => {
        const stored = await findRelic(tx, relicId, today);
        return stored && describeRelic(stored, places.index, (key) => wardName(services, key));
      };
      const before = await describe();
      if (!before) throw new Refusal(404, 'unknown_relic');
      if (!may(actor, 'relic.write', wardsOf(before))) throw new Refusal(403, 'outside_scope');
      if (given.inspectedOn > today) refuse('inspected_in_future', 'inspectedOn');
      if (new Set(given.parts.map(({ part }) => part)).size < given.parts.length) refuse('part_twice', 'parts');
      const [newest] = await inspectionsOf(tx, relicId);
      if ((newest?.id ?? null) !== after) {
        const current = newest ? (await described(services, [newest]))[0] : null;
        throw new Refusal(412, 'inspected_meanwhile', { current });
      }
      const grade = overallGrade(given.parts);
      const stored: StoredInspection = {
        ...given,
        id: `ri-${changeId}`,
        relicId,
        grade,
        inspectedBy: nameOfActor(actor),
        addedAt: clock.now().toISOString(),
        demo: env.demo,
      };
      await insertInspection(tx, stored, 'Kiểm tra hiện trạng');
      const relic = (await describe())!;
      const feature = relicFeature(relic);
      return {
        outcome: { id: stored.id },
        change: {
          kind: 'relic' as const,
          verb: 'inspectRelic' as const,
          recordId: relicId,
          version: relic.version,
          layers: ['relics' as const],
          ...(feature && { diffs: { relics: { update: [feature] } } }),
          actor: nameOfActor(actor),
          before: { grade: before.condition?.grade ?? null },
          after: { grade, inspectedOn: given.inspectedOn, parts: given.parts },
        },
      };
    },
    relicId,
  );
  return oneRelic(services, relicId, today);
}
