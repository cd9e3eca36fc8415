/** The backups of a running server: made by the clock or by hand, one at a time, and remembered when they fail. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Env } from '../env.ts';
import type { Logger } from '../log.ts';
import { makeBackup } from './backup.ts';
import { BackupFault, faultCodeOf, type BackupCode } from './backup-fault.ts';
import { openBackupFolder, type BackupFolder, type Shelved } from './backup-folder.ts';
import { isDue, nameOfBackup, newestWhole, nextSlot, superfluous } from './backup-keeping.ts';
import type { ChangeLog } from './changes.ts';
import type { Clock } from './clock.ts';
import type { Reader } from './database.ts';
import { uuidv7 } from './uuid.ts';
import type { Verb } from './verb-contract.ts';

export interface Running {
  /** The change that tells of it will bear this id. */
  changeId: string;
  name: string;
  beganAt: Date;
  /** Of what is to be written, 0 to 1. */
  share: number;
}
export interface BackupFailure {
  at: Date;
  fault: BackupCode;
}

export interface Backups {
  /** `null` = BACKUP_DIR is not set. */
  readonly folder: BackupFolder | null;
  readonly running: Running | null;
  /** Something is at work in the folder: a backup, or the check of one. */
  readonly busy: boolean;
  /** In the life of this process. */
  readonly failures: number;
  /** The last run that failed, unless one has succeeded since; remembered in the change log. */
  lastFailure(): Promise<BackupFailure | null>;
  /** Begins one and does not wait for it; `null` = busy, or no folder. The change that tells of it is `changeId`. */
  begin(by: { changeId: string; actor: string }): Running | null;
  /** Asks the one under way to stop, for `actor`; false = there is none. */
  stop(actor: string): boolean;
  /** Reads all of one. `null` = busy, or no folder. */
  check(name: string): Promise<void> | null;
  /** Makes one when it is due, and waits for it. Never throws. */
  look(): Promise<void>;
  /** When nothing is under way any more. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

interface Given {
  env: Pick<Env, 'backupDir' | 'dataDir' | 'demo' | 'driver' | 'version'>;
  db: Reader;
  changes: ChangeLog;
  clock: Clock;
  log: Logger;
}

/** The folder of an environment. */
export const backupFolderOf = (env: Given['env']): BackupFolder | null =>
  env.backupDir === null ? null : openBackupFolder(env.backupDir, env.demo, env.driver ?? undefined);

export function createBackups({ env, db, changes, clock, log }: Given): Backups {
  const folder = backupFolderOf(env);
  const source = {
    dataDir: env.dataDir,
    driver: env.driver ?? undefined,
    demo: env.demo,
    appVersion: env.version,
  };
  let running: (Running & { controller: AbortController; stoppedBy: string | null }) | null = null;
  let work: Promise<void> | null = null;
  let failures = 0;
  let remembered: Promise<BackupFailure | null> | null = null;

  /** One thing at a time: two would fight for the disk and for its last free bytes. */
  const alone = (job: () => Promise<void>): Promise<void> => {
    work = job().finally(() => (work = null));
    return work;
  };

  async function run(shelf: BackupFolder, run: NonNullable<typeof running>, actor: string): Promise<void> {
    const { name, changeId, beganAt, controller } = run;
    const tell = (verb: Verb, after: object) => record({ changeId, verb, actor, name, after });
    try {
      await shelf.sweep(beganAt);
      const told = (share: number) => void (run.share = share);
      const { head, schemaVersion } = await makeBackup(
        source,
        join(shelf.path, name),
        beganAt,
        told,
        controller.signal,
      );
      await shelf.trust(name, clock.now());
      remembered = Promise.resolve(null);
      const removed = await tidy(shelf);
      await tell('makeBackup', { schemaVersion, head, removed });
    } catch (error) {
      const fault = faultCodeOf(error);
      if (fault === 'backup_stopped') {
        return record({ changeId, verb: 'stopBackup', actor: run.stoppedBy ?? actor, name, after: {} });
      }
      failures += 1;
      log.error({ err: error }, 'the backup was not made');
      const before = await lastFailure();
      remembered = Promise.resolve({ at: clock.now(), fault });
      // The clock tries again every hour: one row tells of it until the reason is another.
      if (actor !== 'clock' || before?.fault !== fault) await tell('failBackup', { fault });
    } finally {
      running = null;
    }
  }

  /** What cannot be removed is no fault of the backup that was just made. */
  async function tidy(shelf: BackupFolder): Promise<string[]> {
    const removed: string[] = [];
    try {
      for (const { name } of superfluous(await shelf.list(), clock.now())) {
        await shelf.remove(name);
        removed.push(name);
      }
    } catch (error) {
      log.error({ err: error }, 'an old backup was not removed');
    }
    return removed;
  }

  /** The backup lies there, or does not, whether or not the log can say so: a full disk takes no row. */
  async function record(row: { changeId: string; verb: Verb; actor: string; name: string; after: object }) {
    const { changeId, verb, actor, name: recordId, after } = row;
    try {
      await changes.commit(changeId, verb, async () => ({
        change: { kind: 'backup', verb, recordId, version: 1, layers: [], actor, after },
        outcome: null,
      }));
    } catch (error) {
      log.error({ err: error }, 'the change log could not tell of a backup');
    }
  }

  const lastFailure = (): Promise<BackupFailure | null> => (remembered ??= failureInLog(db));

  /** Two in one second would bear one name. */
  function freeInstant(shelf: BackupFolder): Date {
    const at = new Date(Math.floor(clock.now().getTime() / 1000) * 1000);
    while (existsSync(join(shelf.path, nameOfBackup(at, env.demo)))) at.setSeconds(at.getSeconds() + 1);
    return at;
  }

  const begin: Backups['begin'] = ({ changeId, actor }) => {
    if (folder === null || work !== null) return null;
    const beganAt = freeInstant(folder);
    const begun = {
      changeId,
      name: nameOfBackup(beganAt, env.demo),
      beganAt,
      share: 0,
      controller: new AbortController(),
      stoppedBy: null,
    };
    running = begun;
    void alone(() => run(folder, begun, actor));
    return begun;
  };

  const stop: Backups['stop'] = (actor) => {
    if (running === null) return false;
    running.stoppedBy ??= actor;
    running.controller.abort(new BackupFault('backup_stopped'));
    return true;
  };

  const settled = async () => {
    while (work !== null) await work.catch(() => undefined);
  };

  return {
    folder,
    get running() {
      return running;
    },
    get busy() {
      return work !== null;
    },
    get failures() {
      return failures;
    },
    lastFailure,
    begin,
    stop,
    check(name) {
      if (folder === null || work !== null) return null;
      return alone(() => folder.check(name, clock.now()));
    },
    async look() {
      if (folder === null || work !== null) return;
      // A folder that cannot be listed cannot be written either: the run says so and is counted.
      const there = await folder.list().catch((): Shelved[] => []);
      if (!isDue(there, clock.now())) return;
      begin({ changeId: uuidv7(clock.now().getTime()), actor: 'clock' });
      await settled();
    },
    settled,
    async close() {
      stop('clock');
      await settled();
    },
  };
}

/** The last row of the log that tells of a run: `null` = it was made, or nothing was tried. */
async function failureInLog(db: Reader): Promise<BackupFailure | null> {
  const last = (verb: Verb) =>
    db.get<{ seq: number; at: string; after: string }>(
      'SELECT seq, at, after FROM change WHERE verb = ? ORDER BY seq DESC LIMIT 1',
      [verb],
    );
  const [made, failed] = await Promise.all([last('makeBackup'), last('failBackup')]);
  if (!failed || (made && made.seq > failed.seq)) return null;
  const { fault } = JSON.parse(failed.after) as { fault: BackupCode };
  return { at: new Date(failed.at), fault };
}

/** How old the newest whole backup is, in milliseconds; `null` = there is none. */
export async function ageOfNewest(folder: BackupFolder | null, now: Date): Promise<number | null> {
  const there = await folder?.list().catch((): Shelved[] => []);
  const newest = there && newestWhole(there);
  return newest ? Math.max(0, now.getTime() - newest.at.getTime()) : null;
}

const HOUR_MS = 3_600_000;

/**
 * Looks soon after the start, at every 02:30, and once an hour: a suspended machine does not run its timers, and what
 * has failed is tried again. Returns its own end.
 */
export function watchBackups(
  { backups, clock }: { backups: Backups; clock: Clock },
  startDelayMs = 60_000,
): () => void {
  if (backups.folder === null) return () => undefined;
  let ended = false;
  let timer: NodeJS.Timeout;
  const wait = (milliseconds: number) => {
    if (ended) return;
    timer = setTimeout(turn, milliseconds);
    timer.unref();
  };
  const untilSlot = () => nextSlot(clock.now()) - clock.now().getTime();
  const turn = () => void backups.look().finally(() => wait(Math.min(untilSlot(), HOUR_MS)));
  wait(startDelayMs);
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
