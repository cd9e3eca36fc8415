/**
 * Numbered SQL, forward only, one transaction each. `schema_migration` remembers the text that ran and the shape of the
 * schema afterwards, so that a database that is newer, was altered or stopped halfway is refused instead of guessed at.
 */
import { createHash } from 'node:crypto';
import { openDatabase, type Database, type DriverName, type Reader, type Writer } from './database.ts';

export interface Migration {
  version: number;
  name: string;
  sql: string;
}

export type SchemaReason = 'newer' | 'altered' | 'half-migrated' | 'foreign';

export class SchemaError extends Error {
  override name = 'SchemaError';
  constructor(
    readonly reason: SchemaReason,
    message: string,
  ) {
    super(message);
  }
}

/** Every migration of this program, oldest first; the numbers run 1, 2, 3 … without a gap. */
export const migrations: readonly Migration[] = readMigrations(
  import.meta.glob('./migrations/*.sql', { query: '?raw', import: 'default', eager: true }) as Record<string, string>,
);

function readMigrations(files: Record<string, string>): Migration[] {
  const list = Object.entries(files).map(([path, sql]) => {
    const match = /(\d{4})-([a-z0-9-]+)\.sql$/.exec(path);
    if (!match) throw new Error(`a migration is named NNNN-words.sql: ${path}`);
    return { version: Number(match[1]), name: match[2] as string, sql };
  });
  list.sort((a, b) => a.version - b.version);
  list.forEach((migration, index) => {
    if (migration.version !== index + 1) throw new Error(`migration ${index + 1} is missing or doubled`);
  });
  return list;
}

/**
 * Opens the database at `path` and brings it up to date. Damage and a wrong schema are found before anything is
 * written.
 * @throws {StorageError | SchemaError}
 */
export async function openStore(options: {
  path: string;
  driver?: DriverName | undefined;
}): Promise<{ db: Database; schemaVersion: number }> {
  const db = await openDatabase({ ...options, look: (reader) => checkSchema(reader) });
  try {
    return { db, schemaVersion: await migrate(db) };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/**
 * Applies what is missing and returns the version reached. `list` and `upTo` are for tests that need an older database.
 * @throws {SchemaError}
 */
export async function migrate(db: Database, upTo = Infinity, list: readonly Migration[] = migrations): Promise<number> {
  let version = await checkSchema(db, list);
  for (const migration of list.slice(version)) {
    if (migration.version > upTo) break;
    await db.transaction(async (tx) => {
      if (migration.version === 1) await tx.script(REGISTER);
      await tx.script(migration.sql);
      await tx.script(`PRAGMA user_version = ${migration.version}`);
      await tx.run('INSERT INTO schema_migration (version, name, checksum, shape, applied_at) VALUES (?, ?, ?, ?, ?)', [
        migration.version,
        migration.name,
        checksumOf(migration),
        await shapeOf(tx),
        new Date().toISOString(),
      ]);
    });
    version = migration.version;
  }
  return version;
}

const REGISTER = `CREATE TABLE schema_migration (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  shape TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT;`;

/**
 * The version a database stands at; 0 = empty.
 * @throws {SchemaError} when it is not exactly what our migrations up to that version leave
 */
export async function checkSchema(reader: Reader, list: readonly Migration[] = migrations): Promise<number> {
  const tables = await reader.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'");
  if (!tables.some((table) => table.name === 'schema_migration')) {
    if (tables.length === 0) return 0;
    throw new SchemaError('foreign', 'this database is of another program');
  }
  const done = await reader.all<{ version: number; name: string; checksum: string; shape: string }>(
    'SELECT version, name, checksum, shape FROM schema_migration ORDER BY version',
  );
  const newest = done.at(-1)?.version ?? 0;
  if (newest > list.length) {
    throw new SchemaError('newer', `schema ${newest} is newer than this program, which knows ${list.length}`);
  }
  done.forEach((row, index) => {
    if (row.version !== index + 1) throw new SchemaError('half-migrated', `migration ${index + 1} is missing`);
    if (row.checksum !== checksumOf(list[index] as Migration)) {
      throw new SchemaError('altered', `migration ${row.version} (${row.name}) is not the one that ran`);
    }
  });
  const [stamp] = await reader.all<{ user_version: number }>('PRAGMA user_version');
  if (newest === 0 || stamp?.user_version !== newest) {
    throw new SchemaError('half-migrated', `stopped between schema ${newest} and ${stamp?.user_version ?? '?'}`);
  }
  if (done.at(-1)?.shape !== (await shapeOf(reader))) {
    throw new SchemaError('altered', `the tables are not those of schema ${newest}`);
  }
  return newest;
}

/** Line endings apart, since git may turn them. */
const checksumOf = (migration: Migration): string => sha256(migration.sql.replaceAll('\r\n', '\n'));

/** A digest of every table, index and trigger; SQLite's own (statistics, automatic indexes) left out. */
async function shapeOf(reader: Reader | Writer): Promise<string> {
  const rows = await reader.all<{ type: string; name: string; sql: string | null }>(
    "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name",
  );
  return sha256(JSON.stringify(rows.map((row) => [row.type, row.name, row.sql])));
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
