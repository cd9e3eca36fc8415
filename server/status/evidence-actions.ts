/** The evidence of a published figure is withdrawn, or put back; and everything that was published of one cell. */
import type { WardKey } from '../../geodata/schema.ts';
import { may, nameOfActor, type Actor } from '../accounts/permission.ts';
import { namesOfUsers } from '../accounts/user-actions.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { findPack, packFor } from './actions.ts';
import type { EvidenceOf, Published } from './contract.ts';
import { insertStatusValues, publishedRows, type PublishedValue } from './store.ts';

type Given = Pick<Services, 'db' | 'places' | 'clock'>;

const idOf = (actor: string) => actor.replace(/^user:/, '');

async function described({ db }: Pick<Services, 'db'>, rows: readonly PublishedValue[]): Promise<Published[]> {
  const actors = rows.flatMap(({ approvedBy, withdrawn }) => [approvedBy ?? [], withdrawn?.by ?? []].flat());
  const names = await namesOfUsers({ db }, [...new Set(actors.map(idOf))]);
  const nameOf = (actor: string) => names.get(idOf(actor)) ?? actor;
  return rows.map(({ id, period, value, asOf, source, evidence, withdrawn, approvedBy, knownAt, demo }) => ({
    id,
    period,
    value,
    asOf,
    source,
    evidence: evidence && { ...evidence, file: evidence.file ?? null },
    withdrawn: withdrawn ? { ...withdrawn, by: nameOf(withdrawn.by) } : null,
    approvedBy: approvedBy ? nameOf(approvedBy) : null,
    knownAt: knownAt ?? null,
    demo,
  }));
}

/**
 * Everything that was published of one ward and indicator, by one pack (that of today by default): what stands on its
 * day first, what was known earlier after it. Nothing ever leaves it.
 * @throws {Refusal} 404 `unknown_pack`
 */
export async function publishedHistory(
  services: Given,
  { ward, indicator, pack: id }: { ward: string; indicator: string; pack?: string | undefined },
): Promise<{ pack: string; items: Published[] }> {
  const pack = id === undefined ? await packFor(services, services.clock.today()) : await findPack(services, id);
  const rows = await publishedRows(services.db, pack.id, ward as WardKey, indicator);
  return { pack: pack.id, items: await described(services, rows) };
}

type Act = 'withdrawEvidence' | 'restoreEvidence';

/** Writes the row that follows the published one: the same figure, with its evidence standing or not. */
async function setEvidence(
  services: Given & Pick<Services, 'changes'>,
  verb: Act,
  sent: EvidenceOf,
  actor: Actor,
): Promise<{ pack: string; items: Published[] }> {
  const wardKey = sent.wardKey as WardKey;
  if (!may(actor, 'figure.approve', wardKey)) throw new Refusal(403, 'outside_scope');
  const { id: pack } = await findPack(services, sent.pack);
  const withdraws = verb === 'withdrawEvidence';
  if (withdraws && sent.reason === '')
    throw new Refusal(422, 'reason_required', { errors: [{ path: 'reason', code: 'reason_required' }] });
  const me = nameOfActor(actor);
  const recordId = `${pack}/${wardKey}/${sent.indicator}`;
  await services.changes.commit(
    sent.changeId,
    verb,
    async (tx) => {
      const rows = await publishedRows(tx, pack, wardKey, sent.indicator);
      const stands = rows.find(({ asOf }) => asOf === sent.asOf);
      if (!stands) throw new Refusal(404, 'unknown_figure');
      if (!stands.evidence) throw new Refusal(409, 'no_evidence');
      if (withdraws && stands.withdrawn) throw new Refusal(409, 'evidence_withdrawn');
      if (!withdraws && !stands.withdrawn) throw new Refusal(409, 'evidence_stands');
      const withdrawn = withdraws ? { on: services.clock.today(), by: me, reason: sent.reason } : null;
      await insertStatusValues(tx, [{ ...stands, withdrawn, knownAt: services.clock.now().toISOString() }]);
      const told = { wardKey, indicator: sent.indicator, asOf: sent.asOf, evidence: stands.evidence };
      return {
        outcome: told,
        change: {
          kind: 'status',
          verb,
          recordId,
          version: rows.length + 1,
          layers: ['wards'],
          actor: me,
          before: { ...told, withdrawn: stands.withdrawn },
          after: { ...told, withdrawn },
        },
      };
    },
    recordId,
  );
  return { pack, items: await described(services, await publishedRows(services.db, pack, wardKey, sent.indicator)) };
}

/**
 * Says that the evidence of a published figure no longer stands, from today on; the file stays, and so does the row
 * that named it. The status changes with this answer.
 * @throws {Refusal} 403 `outside_scope`; 404 `unknown_pack`, `unknown_figure`; 409 `no_evidence`,
 *   `evidence_withdrawn`; 422 `reason_required`
 */
export const withdrawEvidence = (services: Given & Pick<Services, 'changes'>, sent: EvidenceOf, actor: Actor) =>
  setEvidence(services, 'withdrawEvidence', sent, actor);

/**
 * Takes a withdrawal back: the evidence stands again, and that it did not for a while stays written.
 * @throws {Refusal} 403 `outside_scope`; 404 `unknown_pack`, `unknown_figure`; 409 `no_evidence`, `evidence_stands`
 */
export const restoreEvidence = (services: Given & Pick<Services, 'changes'>, sent: EvidenceOf, actor: Actor) =>
  setEvidence(services, 'restoreEvidence', sent, actor);
