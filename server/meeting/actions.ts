import { createHash } from 'node:crypto';
import type { CivilDate, CriteriaPack, Units } from '../../geodata/schema.ts';
import { nameOfActor, type Actor } from '../accounts/permission.ts';
import { namesOfUsers } from '../accounts/user-actions.ts';
import { canonicalJson } from '../platform/canonical.ts';
import type { Reader } from '../platform/database.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Services } from '../platform/services.ts';
import type { Verb } from '../platform/verb-contract.ts';
import { reportsKnown, tasksAsKnown, tasksOfDistrict } from '../programme/actions.ts';
import type { ProgrammeTask } from '../programme/contract.ts';
import { packFor, statusAsKnown, statusKnown } from '../status/actions.ts';
import type { Compared, Freeze, Frozen, MeetingSnapshot, Rebuilt, SinceMeeting, WholeSnapshot } from './contract.ts';
import { differenceBetween } from './difference.ts';
import { findSnapshot, insertSnapshot, nextNumber, snapshotHeads, type StoredSnapshot } from './store.ts';

type Given = Pick<Services, 'db' | 'places'>;
type Known = StoredSnapshot['known'];

const digest = (content: string): string => createHash('sha256').update(content).digest('hex');

/** The day by the rows known then. The pack and what the tasks are (not how far) are given: both may change later. */
async function frozenDay(
  services: { db: Reader } & Pick<Services, 'places'>,
  { at, units, known }: { at: CivilDate; units: Units; known: Known },
  pack: CriteriaPack,
  tasks: readonly ProgrammeTask[],
): Promise<Frozen> {
  return {
    status: await statusAsKnown(services, { at, units, pack }, known),
    pack,
    tasks: await tasksAsKnown(services.db, tasks, at, known.reports),
  };
}

async function freeze(
  services: Pick<Services, 'db' | 'places' | 'changes' | 'clock' | 'env'>,
  { changeId, at, title }: Freeze,
  { actor, verb, kind }: { actor: string; verb: Verb; kind: 'meeting' | 'demo' },
): Promise<StoredSnapshot> {
  const { units } = services.env;
  return services.changes.commit(changeId, verb, async (tx) => {
    const given = { db: tx, places: services.places };
    const known = { ...(await statusKnown(tx)), reports: await reportsKnown(tx) };
    const day = { at, units, known };
    const frozen = await frozenDay(given, day, await packFor(given, at), await tasksOfDistrict(given, at));
    const content = canonicalJson(frozen);
    const snapshot: StoredSnapshot = {
      number: await nextNumber(tx),
      title,
      ...day,
      content,
      sha256: digest(content),
      // Nobody else writes while this transaction is open, so what was committed before is what was seen.
      head: await services.changes.chainHead(),
      frozenBy: actor,
      frozenAt: services.clock.now().toISOString(),
      demo: frozen.status.demo || frozen.tasks.some(({ demo }) => demo),
    };
    await insertSnapshot(tx, snapshot);
    const { number, sha256, head } = snapshot;
    return {
      outcome: { ...snapshot, content: '' },
      change: {
        kind,
        verb,
        recordId: String(number),
        version: 1,
        layers: [],
        actor,
        after: { number, at, title, sha256, head: head.seq },
      },
    };
  });
}

async function described(db: Services['db'], snapshots: readonly StoredSnapshot[]): Promise<MeetingSnapshot[]> {
  const idOf = (actor: string) => actor.replace(/^user:/, '');
  const names = await namesOfUsers({ db }, [...new Set(snapshots.map(({ frozenBy }) => idOf(frozenBy)))]);
  return snapshots.map(({ content: _c, known: _k, frozenBy, ...head }) => ({
    ...head,
    frozenBy: frozenBy === 'seed' ? null : (names.get(idOf(frozenBy)) ?? frozenBy),
  }));
}

/**
 * Keeps a day as it stands now, under the next number: for good, and with the digest of what it holds in the audit.
 * @throws {Refusal} 422 `meeting_in_future`
 */
export async function freezeDay(
  services: Pick<Services, 'db' | 'places' | 'changes' | 'clock' | 'env'>,
  sent: Freeze,
  actor: Actor,
): Promise<MeetingSnapshot> {
  if (sent.at > services.clock.today())
    throw new Refusal(422, 'meeting_in_future', { errors: [{ path: 'at', code: 'meeting_in_future' }] });
  const kept = await freeze(services, sent, { actor: nameOfActor(actor), verb: 'freezeDay', kind: 'meeting' });
  const [head] = await described(services.db, [kept]);
  return head!;
}

/** The same for the demo's invented meetings. */
export const freezeDemoDay = (services: Parameters<typeof freezeDay>[0], sent: Freeze): Promise<unknown> =>
  freeze(services, sent, { actor: 'seed', verb: 'seedDemoMeeting', kind: 'demo' });

/** Newest first. */
export const listSnapshots = async ({ db }: Pick<Services, 'db'>): Promise<MeetingSnapshot[]> =>
  described(db, await snapshotHeads(db));

async function stored(db: Reader, number: number): Promise<StoredSnapshot> {
  const found = await findSnapshot(db, number);
  if (!found) throw new Refusal(404, 'unknown_snapshot');
  return found;
}
const contentOf = ({ content }: StoredSnapshot): Frozen => JSON.parse(content) as Frozen;

/** @throws {Refusal} 404 `unknown_snapshot` */
export async function readSnapshot({ db }: Pick<Services, 'db'>, number: number): Promise<WholeSnapshot> {
  const found = await stored(db, number);
  const [head] = await described(db, [found]);
  return { ...head!, content: contentOf(found) };
}

/**
 * Makes a snapshot again from the tables, by the rows that were known when it was frozen.
 * @throws {Refusal} 404 `unknown_snapshot`
 */
export async function rebuildSnapshot(services: Given, number: number): Promise<Rebuilt> {
  const found = await stored(services.db, number);
  const { pack, tasks } = contentOf(found);
  const sha256 = digest(canonicalJson(await frozenDay(services, found, pack, tasks)));
  return { number, sha256, same: sha256 === found.sha256 && sha256 === digest(found.content) };
}

/**
 * What changed since an earlier snapshot, by default the one before.
 * @throws {Refusal} 404 `unknown_snapshot`; 422 `other_ward_set`
 */
export async function compareSnapshots(
  { db }: Pick<Services, 'db'>,
  number: number,
  since: number = number - 1,
): Promise<Compared> {
  const after = await stored(db, number);
  if (since === 0) return { number, since: null, difference: null };
  const before = await stored(db, since);
  if (before.units !== after.units) throw new Refusal(422, 'other_ward_set');
  const [head] = await described(db, [before]);
  return { number, since: head!, difference: differenceBetween(contentOf(before), contentOf(after)) };
}

/**
 * What changed from a frozen day, by default the newest, to a day as it stands now, nothing frozen for it: `since` is
 * `null` while no day was frozen.
 * @throws {Refusal} 404 `unknown_snapshot`; 422 `other_ward_set` when the newest was frozen for other wards; `meeting_in_future` for a later day
 */
export async function changesSinceMeeting(
  services: Pick<Services, 'db' | 'places' | 'clock' | 'env'>,
  at: CivilDate,
  number?: number,
): Promise<SinceMeeting> {
  const { db, env, clock } = services;
  if (at > clock.today())
    throw new Refusal(422, 'meeting_in_future', { errors: [{ path: 'at', code: 'meeting_in_future' }] });
  const last = number ?? (await snapshotHeads(db))[0]?.number;
  if (last === undefined) return { at, since: null, difference: null };
  const before = await stored(db, last);
  const [head] = await described(db, [before]);
  if (before.units !== env.units) throw new Refusal(422, 'other_ward_set');
  const known = { ...(await statusKnown(db)), reports: await reportsKnown(db) };
  const pack = await packFor(services, at);
  const after = await frozenDay(services, { at, units: env.units, known }, pack, await tasksOfDistrict(services, at));
  return { at, since: head!, difference: differenceBetween(contentOf(before), after) };
}
