import type { Position, WardKey } from '../../geodata/schema.ts';
import { may, nameOfActor, type Actor } from '../accounts/permission.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { chooseWard, wardName } from '../wards/actions.ts';
import { oneRelic } from './actions.ts';
import type { AddRelic, Relic } from './contract.ts';
import { likeRelics } from './likeness.ts';
import { refusePosition } from './placement.ts';
import { describeRelic, relicFeature, wardsOf } from './relic.ts';
import { findRelic, insertRelics, listRelics } from './store.ts';

type Given = Pick<Services, 'db' | 'places' | 'changes' | 'clock' | 'env'>;

function demandPosition({ places }: Given, position: Position): void {
  const district = places.collections.district.features[0]?.geometry;
  if (!district) throw new Error('geodata has no district');
  const code = refusePosition(position, district);
  if (code) throw new Refusal(422, code, { errors: [{ path: 'position', code }] });
}

/**
 * Adds a relic to the register. One that bears a name of another, or stands where another does, is refused with those,
 * until the person says that it is one of its own.
 * @throws {Refusal} 403 `outside_scope`; 409 `relic_like_it` with those that may be the same; 422 `outside_world`,
 *   `far_from_district`, `unknown_ward`, `code_needs_date`, `relic_needs_ward`
 */
export async function addRelic(services: Given, sent: AddRelic, actor: Actor): Promise<Relic> {
  const { places, changes, clock, env } = services;
  const { changeId, position, ward, distinct, source, ...given } = sent;
  const at: Position | null = position && [position.lng, position.lat];
  if (at) demandPosition(services, at);
  const derived = at && places.index[env.units].wardAt(at);
  const wardKey: WardKey | null = ward === undefined ? derived : chooseWard(services, ward, env.units);
  if (!wardKey) throw new Refusal(422, 'relic_needs_ward', { errors: [{ path: 'ward', code: 'relic_needs_ward' }] });
  if (!may(actor, 'relic.write', wardKey)) throw new Refusal(403, 'outside_scope');
  const id = `rl-${changeId}`;
  const today = clock.today();
  await changes.commit(
    changeId,
    'addRelic',
    async (tx) => {
      if (!distinct) {
        const like = likeRelics(given.name, given.otherNames, at, await listRelics(tx, { at: today }));
        if (like.length > 0) {
          const current = like.map((one) => ({
            id: one.id,
            name: one.name,
            wardName: wardName(services, one.wardKey),
          }));
          throw new Refusal(409, 'relic_like_it', { current });
        }
      }
      await insertRelics(tx, [
        {
          ...given,
          id,
          wardKey,
          position: position && { ...position, accuracy: 'placed', source: 'Đặt trên bản đồ khi lập hồ sơ' },
          rankYear: null,
          rankDecision: null,
          inInventory: null,
          sources: source,
          confidence: 'medium',
          note: null,
          demo: env.demo,
        },
      ]);
      const relic = describeRelic((await findRelic(tx, id, today))!, places.index, (key) => wardName(services, key));
      const feature = relicFeature(relic);
      return {
        outcome: { id },
        change: {
          kind: 'relic' as const,
          verb: 'addRelic' as const,
          recordId: id,
          version: relic.version,
          layers: ['relics' as const],
          ...(feature && { diffs: { relics: { add: [feature] } } }),
          actor: nameOfActor(actor),
          after: { name: relic.name, kind: relic.kind, wardKey, position: relic.position, wards: wardsOf(relic) },
        },
      };
    },
    id,
  );
  return oneRelic(services, id, today);
}
