/** Opens what every feature is given; each step is undone when a later one fails. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { loadPlaces, type Places } from '../geodata/load.ts';
import { PASSWORD_COST, type PasswordCost } from './accounts/password.ts';
import { seedDemo } from './demo.ts';
import { databasePath, type Env } from './env.ts';
import { PlainFault } from './faults.ts';
import { createLog, type Logger } from './log.ts';
import { createBackups } from './platform/backups.ts';
import { holdFolder } from './platform/database.ts';
import { createDisk, guardDatabase, probeDisk, type DiskTimes } from './platform/disk.ts';
import { createChangeLog } from './platform/changes.ts';
import { systemClock, type Clock } from './platform/clock.ts';
import { createEventHub } from './platform/events.ts';
import { createGate } from './platform/gate.ts';
import { createMetrics } from './platform/metrics.ts';
import { openStore } from './platform/migrate.ts';
import { privateKey } from './platform/private.ts';
import { lockPath } from './platform/restore.ts';
import type { Services } from './platform/services.ts';
import { createSnapshots } from './platform/snapshots.ts';
import { seedReference } from './seed.ts';

/** The demo's data ends on this day: the last of its dengue season, before the programme's own dates. */
export const DEMO_TODAY = '2022-11-04';

export interface Opened<T> {
  value: T;
  close(): Promise<void>;
}

/** Database, reference facts and, for a demo, its invented records: everything but the network. */
export async function openServices(
  env: Env,
  options: {
    clock?: Clock;
    log?: Logger;
    seed?: boolean;
    places?: Places;
    passwordCost?: PasswordCost;
    /** How soon a disk that took no writes is tried again. */
    diskTimes?: DiskTimes;
  } = {},
): Promise<Opened<Services>> {
  prepareFolder(env.dataDir);
  const log = options.log ?? createLog(env.logLevel);
  const clock = options.clock ?? systemClock(env.demo ? DEMO_TODAY : undefined);
  const places = options.places ?? loadPlaces();
  const driver = env.driver ?? undefined;
  // A restore puts another file in the place of this one; while we have it open it must not.
  const letGo = await holdFolder({ path: lockPath(env.dataDir), driver }, 'shared');
  const { db: opened, schemaVersion } = await openStore({ path: databasePath(env), driver }).catch(
    async (error: unknown) => {
      await letGo();
      throw error;
    },
  );
  const disk = createDisk({ probe: () => probeDisk(env.dataDir, opened), clock, log, ...options.diskTimes });
  const db = guardDatabase(opened, disk);
  try {
    const changes = await createChangeLog(db, clock, privateKey(env.dataDir, true));
    const events = createEventHub(changes);
    disk.onChange((state) => events.tellReadOnly(state));
    const snapshots = createSnapshots();
    const passwordCost = options.passwordCost ?? PASSWORD_COST;
    const gate = createGate();
    const metrics = createMetrics();
    const backups = createBackups({ env, db, changes, clock, log });
    const services: Services = {
      env,
      log,
      db,
      disk,
      schemaVersion,
      changes,
      events,
      snapshots,
      places,
      clock,
      gate,
      metrics,
      backups,
      passwordCost,
    };
    if (options.seed ?? true) {
      await seedReference(services);
      if (env.demo) await seedDemo(services);
    }
    return {
      value: services,
      async close() {
        events.close();
        await backups.close();
        disk.close();
        await db.close();
        await letGo();
      },
    };
  } catch (error) {
    await db.close();
    await letGo();
    throw error;
  }
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    throw new PlainFault(`DATA_DIR: không ghi được vào thư mục / the folder cannot be written: ${folder}`);
  }
}
