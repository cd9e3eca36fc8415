import type { Places } from '../../geodata/load.ts';
import type { Env } from '../env.ts';
import type { Logger } from '../log.ts';
import type { Backups } from './backups.ts';
import type { ChangeLog } from './changes.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import type { Disk } from './disk.ts';
import type { EventHub } from './events.ts';
import type { Gate } from './gate.ts';
import type { Metrics } from './metrics.ts';
import type { Snapshots } from './snapshots.ts';

/** What every feature is given. Built once by `openServer`, by `make.services()` in tests. */
export interface Services {
  env: Env;
  log: Logger;
  db: Database;
  disk: Disk;
  /** The version of the schema the database stands at, for `health`. */
  schemaVersion: number;
  changes: ChangeLog;
  events: EventHub;
  snapshots: Snapshots;
  places: Places;
  clock: Clock;
  gate: Gate;
  metrics: Metrics;
  backups: Backups;
  /** What one Argon2id hash costs; tests take a cheap one. */
  passwordCost: { memoryKiB: number; passes: number };
}
