/** The file of a relic: what it says, what it lacks, and its corrections. */
import { may, nameOfActor, type Actor } from '../accounts/permission.ts';
import type { Reader } from '../platform/database.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { wardName } from '../wards/actions.ts';
import type { EditRelic, RecordFields, RelicRecord } from './record-contract.ts';
import { findBeside, putRecord } from './record-store.ts';
import { missingOf, refuseRecord } from './record.ts';
import { describeRelic, relicFeature, wardsOf, type StoredRelic } from './relic.ts';
import { findRelic } from './store.ts';

type Given = Pick<Services, 'db' | 'places' | 'changes' | 'clock'>;

const describe = (services: Given, stored: StoredRelic) =>
  describeRelic(stored, services.places.index, (key) => wardName(services, key));

async function fieldsOf(db: Reader, stored: StoredRelic): Promise<RecordFields> {
  const { name, otherNames, kind, heritageType, rank, rankYear, rankDecision, address, sources, confidence } = stored;
  return { name, otherNames, kind, heritageType, rank, rankYear, rankDecision, address, sources, confidence, ...(await findBeside(db, stored.id)) }; // prettier-ignore
}

/** @throws {Refusal} 404 `unknown_relic` */
export async function readRecord(services: Given, id: string, actor: Actor): Promise<RelicRecord> {
  const stored = await findRelic(services.db, id, services.clock.today());
  if (!stored) throw new Refusal(404, 'unknown_relic');
  const fields = await fieldsOf(services.db, stored);
  return {
    ...{ id, version: stored.version, fields, ...missingOf(fields, stored) },
    mayWrite: may(actor, 'relic.write', wardsOf(describe(services, stored))),
  };
}

/**
 * Writes the file of a relic anew. Where it stands and how it is are placed and inspected, not written here.
 * @param undoOf the seq of the change that this one takes back
 * @throws {Refusal} 403 `outside_scope`; 404 `unknown_relic`; 412 `changed_meanwhile`; 422 and what `refuseRecord` says
 */
export async function editRelic(
  services: Given,
  id: string,
  version: number,
  { changeId, ...record }: EditRelic,
  actor: Actor,
  undoOf?: number,
): Promise<RelicRecord> {
  const { changes, clock } = services;
  await changes.commit(
    changeId,
    'editRelic',
    async (tx) => {
      const today = clock.today();
      const stored = await findRelic(tx, id, today);
      if (!stored) throw new Refusal(404, 'unknown_relic');
      if (!may(actor, 'relic.write', wardsOf(describe(services, stored)))) throw new Refusal(403, 'outside_scope');
      if (stored.version !== version)
        throw new Refusal(412, 'changed_meanwhile', { versions: { yours: version, current: stored.version } });
      const fault = refuseRecord(record, Number(today.slice(0, 4)));
      if (fault) throw new Refusal(422, fault.code, { errors: [fault] });
      const before = await fieldsOf(tx, stored);
      await putRecord(tx, id, record);
      const after = await findRelic(tx, id, today);
      if (!after) throw new Error('the relic is gone');
      const feature = relicFeature(describe(services, after));
      return {
        outcome: { id },
        change: {
          kind: 'relic' as const,
          verb: 'editRelic' as const,
          recordId: id,
          version: after.version,
          layers: ['relics' as const],
          ...(feature && { diffs: { relics: { update: [feature] } } }),
          actor: nameOfActor(actor),
          before,
          after: { ...(await fieldsOf(tx, after)), ...(undoOf !== undefined && { undoOf }) },
        },
      };
    },
    id,
  );
  return readRecord(services, id, actor);
}
