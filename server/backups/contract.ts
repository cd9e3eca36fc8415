import { z } from 'zod';
import { changeIdSchema, listOf } from '../platform/contract.ts';

/** Why a backup could not be made, read or put back: a closed list, said in words by the command line and the page. */
export const backupFaults = [
  /** Not one byte of it may be trusted: a checksum, the shape of the archive, SQLite's or the log's own check. */
  'backup_damaged',
  /** Of a newer program: its format or its schema. */
  'backup_newer',
  /** Not a backup of this program. */
  'backup_foreign',
  /** Of the demo, where the real database is wanted, or the other way round. */
  'backup_of_other_kind',
  'backup_unreadable',
  'backup_exists',
  'backup_no_space',
  'backup_folder_unwritable',
  /** The database that was to be copied is damaged, or its change log is not whole. */
  'backup_source_damaged',
  'backup_no_database',
  /** A server or another command has the data folder open. */
  'backup_in_use',
  /** Somebody stopped it, or the server ended. */
  'backup_stopped',
  /** A mistake of ours; the log has the rest. */
  'backup_failed',
] as const;
export type BackupFaultCode = (typeof backupFaults)[number];

export const backupRefusals = [
  /** 409: BACKUP_DIR is not set. */
  'backups_not_configured',
  /** 409: one is being made or checked; there is one at a time. */
  'backup_under_way',
  'no_backup_under_way',
  'unknown_backup',
  /** 409: no room to unpack it, or the folder cannot be written; nothing is said of the backup itself. */
  'backup_not_checked',
] as const;

const faultSchema = z.enum(backupFaults);

/** A file of the folder. What its manifest says is null while it cannot be read. */
export const backupSchema = z.object({
  name: z.string(),
  /** The instant it shows. */
  madeAt: z.string(),
  bytes: z.number().int(),
  /** `null` = whole: its outline and its length, or all of it, see `checkedAt`. */
  fault: faultSchema.nullable(),
  /** When every byte was read and the database inside checked; `null` = not since the server started. */
  checkedAt: z.string().nullable(),
  schemaVersion: z.number().int().nullable(),
  /** The newest row of the change log in it. */
  seq: z.number().int().nullable(),
  attachments: z.number().int().nullable(),
  /** Of the database inside, as its SHA256SUMS says it. */
  sha256: z.string().nullable(),
});
export type BackupWords = z.infer<typeof backupSchema>;

/** The folder, newest first, and how things stand with it. */
export const backupListSchema = listOf(backupSchema).extend({
  /** False = BACKUP_DIR is not set: nothing is made, and nothing else here says anything. */
  configured: z.boolean(),
  folder: z.string().nullable(),
  /** Why the folder cannot be read. */
  folderFault: faultSchema.nullable(),
  now: z.string(),
  /** When the clock makes the next one. */
  nextAt: z.string().nullable(),
  keeping: z.object({ newest: z.number().int(), days: z.number().int(), weeks: z.number().int() }),
  /** The newest whole one is older than two days. */
  stale: z.boolean(),
  running: z.object({ name: z.string(), beganAt: z.string(), share: z.number() }).nullable(),
  /** The last run, when it failed. */
  lastFailure: z.object({ at: z.string(), fault: faultSchema }).nullable(),
});
export type BackupList = z.infer<typeof backupListSchema>;

export const makeBackupSchema = z.strictObject({ changeId: changeIdSchema });
export const nothingSchema = z.strictObject({});
