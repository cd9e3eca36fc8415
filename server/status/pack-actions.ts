/** Packs of criteria as administrators keep them: drafts, versions with their first day, withdrawals. */
import { createHash } from 'node:crypto';
import { checkPack, isFaulty, type PackContext } from '../../geodata/pack-check.ts';
import type { CivilDate, CriteriaPack } from '../../geodata/schema.ts';
import { may, nameOfActor, type Actor } from '../accounts/permission.ts';
import { namesOfUsers } from '../accounts/user-actions.ts';
import { canonicalJson } from '../platform/canonical.ts';
import type { ChangeDraft } from '../platform/changes.ts';
import type { Reader } from '../platform/database.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import { everyVersion } from './actions.ts';
import type { CheckedPack, PackDraft, PackSummary, PublishPack, WithdrawPack } from './pack-contract.ts';
import { readPackFile } from './pack-file.ts';
import {
  approvedCounts,
  everyDraft,
  findDraft,
  insertVersion,
  insertWithdrawal,
  publishedVersions,
  putDraft,
  withdrawals,
  type KeptDraft,
  type Withdrawal,
} from './pack-store.ts';
import { daysOfVersions, inForceOn, purposeOf, versionOn, type PackVersion } from './pack-time.ts';

type Given = { db: Reader } & Pick<Services, 'places' | 'clock'>;
type Writing = Pick<Services, 'db' | 'places' | 'clock' | 'changes'>;

const digest = (pack: CriteriaPack): string => createHash('sha256').update(canonicalJson(pack)).digest('hex');

const requireReason = (reason: string): void => {
  if (reason === '')
    throw new Refusal(422, 'reason_required', { errors: [{ path: 'reason', code: 'reason_required' }] });
};

const requireVersion = (yours: number, current: number, more: object = {}): void => {
  if (yours !== current) throw new Refusal(412, 'changed_meanwhile', { versions: { yours, current }, ...more });
};

/** Names of accounts by `user:<id>`; a visitor is told none. */
async function namesFor(db: Services['db'], actor: Actor, actors: readonly string[]) {
  if (actor.kind !== 'user') return () => null;
  const idOf = (name: string) => name.replace(/^user:/, '');
  const names = await namesOfUsers({ db }, [...new Set(actors.map(idOf))]);
  return (name: string | null) => name && (names.get(idOf(name)) ?? name);
}

/**
 * Every pack with its versions, the one that judges today first. Drafts are told to who may edit packs.
 */
export async function listPacks(services: Given & Pick<Services, 'db'>, actor: Actor): Promise<PackSummary[]> {
  const { db, clock } = services;
  const [versions, published, acts] = await Promise.all([
    everyVersion(services),
    publishedVersions(db),
    withdrawals(db),
  ]);
  const drafts = may(actor, 'pack.write') ? await everyDraft(db) : [];
  const nameOf = await namesFor(db, actor, [
    ...published.flatMap(({ madeBy }) => madeBy ?? []),
    ...acts.map(({ madeBy }) => madeBy),
  ]);
  const today = clock.today();
  const ids = [...new Set([...versions.map(({ pack }) => pack.id), ...drafts.map(({ id }) => id)])];
  const packs = ids.map((id): PackSummary => {
    const own = versions.filter(({ pack }) => pack.id === id);
    const draft = drafts.find((one) => one.id === id);
    const pack = versionOn(own, today)?.pack ?? draft!;
    const indicators = pack.criteria.flatMap(({ indicators: of }) => of);
    const last = acts.findLast((act) => act.pack === id);
    return {
      id,
      title: pack.title,
      purpose: purposeOf(pack),
      demo: pack.demo,
      illustration: pack.illustration ?? false,
      inForce: inForceOn(versions, today, purposeOf(pack))?.pack.id === id,
      criteria: pack.criteria.length,
      indicators: indicators.length,
      withTarget: indicators.filter(({ target }) => target !== null).length,
      placeholders: indicators.filter(({ placeholder }) => placeholder).length,
      revision: own.length + acts.filter((act) => act.pack === id).length,
      hasDraft: draft !== undefined,
      versions: own
        .map(({ pack: of, version, from, to }) => {
          const kept = published.find((one) => one.pack.id === id && one.version === version);
          return {
            ...{ version, from, to },
            sha256: kept?.sha256 ?? digest(of),
            reason: kept?.reason ?? null,
            publishedBy: nameOf(kept?.madeBy ?? null),
            publishedAt: kept?.madeAt ?? null,
          };
        })
        .reverse(),
      withdrawn: last?.from ? { from: last.from, reason: last.reason, by: nameOf(last.madeBy) } : null,
    };
  });
  const rank = ({ inForce, purpose }: PackSummary) => (inForce ? 0 : 2) + (purpose === 'title' ? 0 : 1);
  return packs.sort((a, b) => rank(a) - rank(b));
}

/**
 * One version of a pack, that of today without one.
 * @throws {Refusal} 404 `unknown_pack`, `pack_version_unknown`
 */
export async function readPack(services: Given, id: string, version?: number): Promise<CriteriaPack> {
  const own = (await everyVersion(services)).filter(({ pack }) => pack.id === id);
  if (own.length === 0) throw new Refusal(404, 'unknown_pack');
  const found =
    version === undefined ? versionOn(own, services.clock.today()) : own.find((one) => one.version === version);
  if (!found) throw new Refusal(404, 'pack_version_unknown');
  return found.pack;
}

const newest = (versions: readonly PackVersion[], id: string): CriteriaPack | null =>
  versions.findLast(({ pack }) => pack.id === id)?.pack ?? null;

/** What a pack of this id and purpose is held against. */
async function contextOf(services: Given, pack: Pick<CriteriaPack, 'id' | 'purpose'>): Promise<PackContext> {
  const versions = await everyVersion(services);
  const rivals = versions.filter(
    ({ pack: other }) =>
      other.id !== pack.id && !other.demo && !other.illustration && purposeOf(other) === purposeOf(pack),
  );
  return {
    today: services.clock.today(),
    previous: newest(versions, pack.id),
    others: rivals
      .filter(({ from, to }) => to === null || from <= to)
      .map(({ pack: { id }, from, to }) => ({ id, from, to })),
    approved: await approvedCounts(services.db, pack.id),
  };
}

/**
 * Reads a pack from a file and says everything that is wrong with it. Writes nothing.
 * @throws {Refusal} 422 `pack_not_json`, `pack_hostile_keys`
 */
export async function checkPackFile(services: Given, bytes: Uint8Array): Promise<CheckedPack> {
  const read = readPackFile(new TextDecoder().decode(bytes));
  if (typeof read === 'string') throw new Refusal(422, read);
  if (!read.pack) return { ...read, known: false };
  const context = await contextOf(services, read.pack);
  return {
    pack: read.pack,
    known: context.previous !== null,
    findings: [...read.findings, ...checkPack(read.pack, context)],
  };
}

async function draftInWords(services: Given & Pick<Services, 'db'>, id: string, actor: Actor): Promise<PackDraft> {
  const kept = await findDraft(services.db, id);
  const nameOf = await namesFor(services.db, actor, kept ? [kept.editedBy] : []);
  const pack = kept?.draft?.pack ?? null;
  return {
    id,
    version: kept?.version ?? 0,
    basedOn: kept?.draft?.basedOn ?? 0,
    pack,
    editedBy: pack && nameOf(kept!.editedBy),
    editedAt: pack && kept!.editedAt,
    context: await contextOf(services, pack ?? newest(await everyVersion(services), id) ?? { id }),
  };
}

/**
 * The draft of a pack, or that there is none, and what it is held against.
 * @throws {Refusal} 404 `unknown_pack`
 */
export async function readDraft(services: Given & Pick<Services, 'db'>, id: string, actor: Actor): Promise<PackDraft> {
  const draft = await draftInWords(services, id, actor);
  if (draft.version === 0 && !draft.context.previous) throw new Refusal(404, 'unknown_pack');
  return draft;
}

const draftChange = (
  verb: 'savePackDraft' | 'discardPackDraft',
  id: string,
  version: number,
  actor: Actor,
): ChangeDraft => ({
  ...{ kind: 'pack-draft', verb, recordId: id, version },
  layers: [],
  actor: nameOfActor(actor),
});

const stampOf = ({ clock }: Pick<Services, 'clock'>, actor: Actor) => ({
  editedBy: nameOfActor(actor),
  editedAt: clock.now().toISOString(),
});

/**
 * Keeps a draft, faults and all: what is half done must not be lost. The version and the first day are the register's.
 * @param version of the draft that was read; 0 = there was none
 * @throws {Refusal} 412 `changed_meanwhile` with the draft that stands there; 422 `pack_id_differs`, `pack_id_wrong`
 */
export async function saveDraft(
  services: Writing,
  id: string,
  version: number,
  { changeId, pack: sent }: { changeId: string; pack: CriteriaPack },
  actor: Actor,
): Promise<PackDraft> {
  if (sent.id !== id)
    throw new Refusal(422, 'pack_id_differs', { errors: [{ path: 'pack.id', code: 'pack_id_differs' }] });
  if (checkPack(sent, { today: services.clock.today(), previous: null, others: [], approved: {} }).some(isWrongId))
    throw new Refusal(422, 'pack_id_wrong', { errors: [{ path: 'pack.id', code: 'pack_id_wrong' }] });
  const pack = { ...sent };
  delete pack.version;
  await services.changes.commit(
    changeId,
    'savePackDraft',
    async (tx) => {
      const before = await findDraft(tx, id);
      requireVersion(version, before?.version ?? 0, { current: before?.draft?.pack ?? null });
      const last = newest(await everyVersion({ ...services, db: tx }), id);
      const basedOn = before?.draft?.basedOn ?? (last ? (last.version ?? 1) : 0);
      const after = { version: version + 1, draft: { pack, basedOn }, ...stampOf(services, actor) };
      await putDraft(tx, id, after);
      return { outcome: after.version, change: draftChange('savePackDraft', id, after.version, actor) };
    },
    id,
  );
  return draftInWords(services, id, actor);
}
const isWrongId = ({ path, code }: { path: string; code: string }) => path === 'id' && code === 'pack_id_wrong';

async function draftAt(tx: Reader, id: string, version: number) {
  const kept = await findDraft(tx, id);
  if (!kept?.draft) throw new Refusal(404, 'no_pack_draft');
  requireVersion(version, kept.version, { current: kept.draft.pack });
  return kept as KeptDraft & { draft: NonNullable<KeptDraft['draft']> };
}

/** @throws {Refusal} 404 `no_pack_draft`; 412 `changed_meanwhile` */
export async function discardDraft(
  services: Writing,
  id: string,
  version: number,
  { changeId }: { changeId: string },
  actor: Actor,
): Promise<PackDraft> {
  await services.changes.commit(
    changeId,
    'discardPackDraft',
    async (tx) => {
      await draftAt(tx, id, version);
      await putDraft(tx, id, { version: version + 1, draft: null, ...stampOf(services, actor) });
      return { outcome: version + 1, change: draftChange('discardPackDraft', id, version + 1, actor) };
    },
    id,
  );
  return draftInWords(services, id, actor);
}

async function summaryOf(services: Writing, id: string, actor: Actor): Promise<PackSummary> {
  return (await listPacks(services, actor)).find((pack) => pack.id === id)!;
}

/**
 * Publishes the draft as the next version of its pack, judging from a day on. It is never changed afterwards; days
 * before stay judged by the version before, frozen days by the pack they hold.
 * @throws {Refusal} 404 `no_pack_draft`; 412 `changed_meanwhile`; 422 `reason_required`, and by path every fault of
 *   `checkPack`
 */
export async function publishPack(
  services: Writing,
  id: string,
  version: number,
  { changeId, validFrom, reason }: PublishPack,
  actor: Actor,
): Promise<PackSummary> {
  requireReason(reason);
  await services.changes.commit(
    changeId,
    'publishPack',
    async (tx) => {
      const { draft } = await draftAt(tx, id, version);
      const context = await contextOf({ ...services, db: tx }, draft.pack);
      // Made from a version that is the newest no more: what came between would be undone without a word.
      const last = context.previous ? (context.previous.version ?? 1) : 0;
      requireVersion(draft.basedOn, last, { current: context.previous });
      const pack: CriteriaPack = { ...draft.pack, version: last + 1, validFrom };
      const findings = checkPack(pack, context);
      if (isFaulty(findings)) {
        const errors = findings.filter(({ level }) => level === 'fault').map(({ path, code }) => ({ path, code }));
        throw new Refusal(422, errors[0]!.code, { errors });
      }
      const sha256 = digest(pack);
      const stamp = stampOf(services, actor);
      await insertVersion(tx, {
        ...{ pack, version: last + 1, sha256, reason },
        ...{ madeBy: stamp.editedBy, madeAt: stamp.editedAt },
      });
      await putDraft(tx, id, { version: version + 1, draft: null, ...stamp });
      return {
        outcome: { version: last + 1, sha256 },
        change: {
          ...{ kind: 'pack', verb: 'publishPack', recordId: id, version: last + 1 },
          // Whatever is coloured by status may be judged otherwise from now on.
          layers: ['wards'],
          actor: nameOfActor(actor),
          before: context.previous && { version: last, validFrom: context.previous.validFrom },
          after: { version: last + 1, validFrom, sha256, reason },
        },
      };
    },
    id,
  );
  return summaryOf(services, id, actor);
}

/** Whether some pack would still judge the title on this day. */
function titleJudged(versions: readonly PackVersion[], without: string, from: CivilDate, at: CivilDate): boolean {
  const own = versions.filter(({ pack }) => pack.id === without).map(({ pack }) => pack);
  const left = [...versions.filter(({ pack }) => pack.id !== without), ...daysOfVersions(own, from)];
  return inForceOn(left, at) !== null;
}

/**
 * Withdraws a pack from a day on, or puts it back; days before stay judged by it.
 * @param revision that was read, as in `PackSummary`
 * @throws {Refusal} 404 `unknown_pack`; 409 `last_title_pack`, `pack_never_published`; 412 `changed_meanwhile`;
 *   422 `reason_required`, `withdrawal_in_past`
 */
export async function withdrawPack(
  services: Writing,
  id: string,
  revision: number,
  { changeId, from, reason }: WithdrawPack,
  actor: Actor,
): Promise<PackSummary> {
  requireReason(reason);
  const verb = from === null ? 'restorePack' : 'withdrawPack';
  await services.changes.commit(
    changeId,
    verb,
    async (tx) => {
      const versions = await everyVersion({ ...services, db: tx });
      const own = versions.filter(({ pack }) => pack.id === id);
      if (own.length === 0) {
        if (await findDraft(tx, id)) throw new Refusal(409, 'pack_never_published');
        throw new Refusal(404, 'unknown_pack');
      }
      const acts = (await withdrawals(tx)).filter(({ pack }) => pack === id);
      requireVersion(revision, own.length + acts.length);
      if (from !== null) {
        // What was judged stays judged.
        if (from < services.clock.today())
          throw new Refusal(422, 'withdrawal_in_past', { errors: [{ path: 'from', code: 'withdrawal_in_past' }] });
        const judges = inForceOn(versions, from)?.pack.id === id;
        if (judges && !titleJudged(versions, id, from, from)) throw new Refusal(409, 'last_title_pack');
      }
      const stamp = stampOf(services, actor);
      const act: Withdrawal = { pack: id, from, reason, madeBy: stamp.editedBy, madeAt: stamp.editedAt };
      await insertWithdrawal(tx, act);
      const after = revision + 1;
      return {
        outcome: after,
        change: {
          ...{ kind: 'pack', verb, recordId: id, version: after },
          layers: ['wards'],
          actor: nameOfActor(actor),
          before: { from: acts.at(-1)?.from ?? null },
          after: { from, reason },
        },
      };
    },
    id,
  );
  return summaryOf(services, id, actor);
}
