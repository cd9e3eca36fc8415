import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { availableDrivers, type Database } from '../../../server/platform/database.ts';
import { createChangeLog } from '../../../server/platform/changes.ts';
import { fixedClock } from '../../../server/platform/clock.ts';
import { migrate, migrations, openStore, type Migration } from '../../../server/platform/migrate.ts';
import { make, NOW } from '../../helpers/make.ts';

const latest = migrations.length;
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const earlier = Array.from({ length: latest }, (_, index) => index + 1);

async function writeChanges(db: Database, count: number): Promise<void> {
  const log = await createChangeLog(db, fixedClock(NOW));
  for (let n = 0; n < count; n++) {
    await log.commit(make.changeId(), 'placeRelic', async () => ({
      change: make.change({ version: n + 1 }),
      outcome: n,
    }));
  }
}

/** Breaks a finished database by one statement, closes it and tells its path and digest. */
async function broken(sql: string): Promise<{ path: string; before: string }> {
  const path = join(make.folder(), 'atlas.sqlite');
  const db = await make.database({ path });
  await db.transaction((tx) => tx.script(sql));
  await db.close();
  return { path, before: sha256(path) };
}

describe.each(await availableDrivers())('migrations on %s', (driver) => {
  test('bring an empty database to the newest schema', async () => {
    const db = await make.database({ driver, empty: true });
    expect(await migrate(db)).toBe(latest);
  });

  test('do nothing the second time', async () => {
    const db = await make.database({ driver });
    expect(await migrate(db)).toBe(latest);
    expect(await db.get('SELECT count(*) AS n FROM schema_migration')).toEqual({ n: latest });
  });

  test.each(earlier)('carry the data of schema %i to the newest', async (version) => {
    const db = await make.database({ driver, empty: true });
    await migrate(db, version);
    await writeChanges(db, 3);
    expect(await migrate(db)).toBe(latest);
    const log = await createChangeLog(db, fixedClock(NOW));
    expect(await log.verify()).toMatchObject({ ok: true, rows: 3 });
  });

  test('leave no half of a migration that fails', async () => {
    const db = await make.database({ driver });
    const bad: Migration = { version: latest + 1, name: 'bad', sql: 'CREATE TABLE half (n INTEGER) STRICT; NONSENSE;' };
    await expect(migrate(db, Infinity, [...migrations, bad])).rejects.toThrow();
    expect(await db.all("SELECT name FROM sqlite_schema WHERE name = 'half'")).toEqual([]);
    expect(await migrate(db)).toBe(latest);
  });
});

test('every table of ours is STRICT', async () => {
  const db = await make.database();
  const loose = await db.all(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
  );
  expect(loose).toEqual([]);
});

describe('a schema that is not ours is refused and not touched', () => {
  test.each([
    ['newer', `INSERT INTO schema_migration VALUES (${latest + 1}, 'later', 'x', 'x', 'x')`],
    ['altered', "UPDATE schema_migration SET checksum = 'x' WHERE version = 1"],
    ['altered', 'DROP TRIGGER change_is_final'],
    ['altered', 'ALTER TABLE meta ADD COLUMN extra TEXT'],
    ['half-migrated', `PRAGMA user_version = ${latest + 1}`],
    ['half-migrated', 'DELETE FROM schema_migration'],
    [
      'half-migrated',
      "DELETE FROM schema_migration WHERE version = 1; INSERT INTO schema_migration VALUES (0, 'x', 'x', 'x', 'x')",
    ],
    ['foreign', 'DROP TABLE schema_migration'],
  ])('%s: %s', async (reason, sql) => {
    const { path, before } = await broken(sql);
    await expect(openStore({ path })).rejects.toMatchObject({ name: 'SchemaError', reason });
    expect(sha256(path)).toBe(before);
  });
});
