import type { WardKey } from '../../geodata/schema.ts';
import { may, nameOfActor, type Actor } from '../accounts/permission.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { wardName } from '../wards/actions.ts';
import type { Relic } from './contract.ts';
import { describeRelic, relicFeature, wardsOf, type StoredRelic } from './relic.ts';
import { findRelic, namesOf, restorePlace } from './store.ts';

export const namesOfRelics = ({ db }: Pick<Services, 'db'>, ids: readonly string[]): Promise<Map<string, string>> =>
  namesOf(db, ids);

/** Where a relic stood: what a placement may be taken back to. */
export type Place = Pick<StoredRelic, 'position' | 'wardKey'>;

/**
 * Takes a placement back: the relic stands again where it stood before, or nowhere. One row, one change.
 * @param version the version the placement left behind: whatever was done since keeps the relic as it is
 * @param undoOf the seq of the change this one takes back
 * @throws {Refusal} 404 `unknown_relic`; 403 `outside_scope`; 412 `changed_meanwhile` with both versions and the relic
 */
export async function restoreRelicPlace(
  services: Pick<Services, 'db' | 'places' | 'changes' | 'clock'>,
  id: string,
  version: number,
  { changeId, to, undoOf }: { changeId: string; to: Place; undoOf: number },
  actor: Actor,
): Promise<Relic> {
  const { changes, clock, places } = services;
  const describe = (stored: StoredRelic) => describeRelic(stored, places.index, (key) => wardName(services, key));
  return changes.commit(
    changeId,
    'restoreRelicPlace',
    async (tx) => {
      const stored = await findRelic(tx, id, clock.today());
      if (!stored) throw new Refusal(404, 'unknown_relic');
      const now = describe(stored);
      if (!may(actor, 'relic.place', wardsOf(now))) throw new Refusal(403, 'outside_scope');
      if (to.wardKey !== stored.wardKey && !may(actor, 'relic.place', to.wardKey as WardKey)) {
        throw new Refusal(403, 'outside_scope');
      }
      if (stored.version !== version) {
        throw new Refusal(412, 'changed_meanwhile', {
          versions: { yours: version, current: stored.version },
          current: now,
        });
      }
      await restorePlace(tx, id, version, to);
      const after = await findRelic(tx, id, clock.today());
      if (!after) throw new Error('the relic is gone');
      const relic = describe(after);
      const feature = relicFeature(relic);
      return {
        outcome: relic,
        change: {
          kind: 'relic' as const,
          verb: 'restoreRelicPlace' as const,
          recordId: id,
          version: relic.version,
          layers: ['relics' as const],
          diffs: {
            relics: feature === null ? { remove: [id] } : stored.position ? { update: [feature] } : { add: [feature] },
          },
          actor: nameOfActor(actor),
          before: { position: stored.position, wardKey: stored.wardKey },
          after: { position: relic.position, wardKey: relic.wardKey, undoOf },
        },
      };
    },
    id,
  );
}
