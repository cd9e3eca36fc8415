import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { availableDrivers, openDatabase, peekDatabase } from '../../../server/platform/database.ts';
import { make } from '../../helpers/make.ts';

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

// Every driver this Node has: `sqlite3`, and `node:sqlite` from Node 22.13 on.
describe.each(await availableDrivers())('the database on %s', (driver) => {
  async function withTable() {
    const db = await make.database({ driver, empty: true });
    await db.transaction((tx) =>
      tx.script('CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, word TEXT UNIQUE) STRICT'),
    );
    return db;
  }

  test('gives back what was committed', async () => {
    const db = await withTable();
    await db.transaction((tx) => tx.run('INSERT INTO t (n, word) VALUES (?, ?)', [7, 'Quảng An']));
    expect(await db.all('SELECT * FROM t')).toStrictEqual([{ id: 1, n: 7, word: 'Quảng An' }]);
  });

  test('tells the row id and the number of rows changed', async () => {
    const db = await withTable();
    const results = await db.transaction(async (tx) => [
      await tx.run('INSERT INTO t (id, n) VALUES (41, 1), (42, 1)'),
      await tx.run('UPDATE t SET n = 2 WHERE n = 1'),
    ]);
    expect(results).toMatchObject([{ changes: 2, lastInsertRowid: 42 }, { changes: 2 }]);
  });

  test('rolls back whatever a throwing transaction wrote', async () => {
    const db = await withTable();
    const failing = db.transaction(async (tx) => {
      await tx.run('INSERT INTO t (n) VALUES (1)');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await db.all('SELECT * FROM t')).toEqual([]);
  });

  test('rolls back when a statement fails, and goes on afterwards', async () => {
    const db = await withTable();
    const failing = db.transaction(async (tx) => {
      await tx.run("INSERT INTO t (word) VALUES ('a')");
      await tx.run("INSERT INTO t (word) VALUES ('a')");
    });
    await expect(failing).rejects.toMatchObject({ reason: 'constraint' });
    await db.transaction((tx) => tx.run("INSERT INTO t (word) VALUES ('b')"));
    expect(await db.all('SELECT word FROM t')).toEqual([{ word: 'b' }]);
  });

  test('refuses what would wait behind too many, runs none of it, and takes more when they have ended', async () => {
    const path = join(make.folder(), 'q.sqlite');
    const db = await openDatabase({ path, driver, mostQueued: 10 });
    onTestFinished(() => db.close());
    await db.transaction((tx) => tx.script('CREATE TABLE t (id INTEGER PRIMARY KEY) STRICT'));
    const add = () => db.transaction((tx) => tx.run('INSERT INTO t DEFAULT VALUES'));
    const results = await Promise.allSettled(Array.from({ length: 500 }, add));
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toHaveLength(490);
    expect(refused[0]).toMatchObject({ status: 503, code: 'overloaded', problem: { retryAfterSeconds: 1 } });
    expect(db.queued).toBe(0);
    await add();
    expect(await db.all('SELECT count(*) AS n FROM t')).toEqual([{ n: 11 }]);
  });

  test('keeps a hundred concurrent transactions apart', async () => {
    const db = await withTable();
    await db.transaction((tx) => tx.run('INSERT INTO t (id, n) VALUES (1, 0)'));
    const add = (index: number) =>
      db.transaction(async (tx) => {
        const row = await tx.get<{ n: number }>('SELECT n FROM t WHERE id = 1');
        await new Promise((resolve) => setTimeout(resolve, index % 3));
        await tx.run('UPDATE t SET n = ? WHERE id = 1', [(row?.n ?? 0) + 1]);
        if (index % 10 === 0) throw new Error('every tenth gives up');
      });
    const results = await Promise.allSettled(Array.from({ length: 100 }, (_, index) => add(index)));
    expect(results.filter((result) => result.status === 'rejected')).toHaveLength(10);
    expect(await db.get('SELECT n FROM t')).toEqual({ n: 90 });
  });

  test('lets the event loop turn between two transactions', async () => {
    const db = await withTable();
    let turns = 0;
    const count = () => void (turns++, (immediate = setImmediate(count)));
    let immediate = setImmediate(count);
    for (let n = 0; n < 20; n++) await db.transaction((tx) => tx.run('INSERT INTO t (n) VALUES (1)'));
    clearImmediate(immediate);
    expect(turns).toBeGreaterThanOrEqual(19);
  });

  test('hides from other readers what is not committed yet', async () => {
    const db = await withTable();
    const [inside, outside] = await db.transaction(async (tx) => {
      await tx.run('INSERT INTO t (n) VALUES (1)');
      return [await tx.all('SELECT n FROM t'), await db.all('SELECT n FROM t')];
    });
    expect({ inside, outside }).toEqual({ inside: [{ n: 1 }], outside: [] });
  });

  test('commits a statement nobody waited for', async () => {
    const db = await withTable();
    await db.transaction(async (tx) => void tx.run('INSERT INTO t (n) VALUES (5)'));
    expect(await db.all('SELECT n FROM t')).toEqual([{ n: 5 }]);
  });

  test('runs afterCommit work after a commit and never after a rollback', async () => {
    const db = await withTable();
    const heard: string[] = [];
    await db.transaction(async (tx) => tx.afterCommit(() => heard.push('committed')));
    await db
      .transaction(async (tx) => {
        tx.afterCommit(() => heard.push('rolled back'));
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(heard).toEqual(['committed']);
  });

  test('refuses a transaction inside a transaction instead of waiting for itself', async () => {
    const db = await withTable();
    const nested = db.transaction(() => db.transaction(async () => undefined));
    await expect(nested).rejects.toThrow('a transaction inside a transaction');
  });

  test('refuses a transaction object that has outlived its transaction', async () => {
    const db = await withTable();
    const tx = await db.transaction(async (inner) => inner);
    await expect(tx.run('INSERT INTO t (n) VALUES (1)')).rejects.toThrow('over');
  });

  test('cannot write through the reading connection', async () => {
    const db = await withTable();
    await expect(db.all('INSERT INTO t (n) VALUES (1) RETURNING id')).rejects.toMatchObject({ reason: 'unwritable' });
  });

  test('keeps whole numbers whole, beyond 32 bits too', async () => {
    const db = await make.database({ driver, empty: true });
    const sql = 'SELECT typeof(?1) AS type, ?1 AS value, typeof(?2) AS realType';
    const row = await db.get(sql, [20221104, 0.5]);
    expect(row).toEqual({ type: 'integer', value: 20221104, realType: 'real' });
    await db.transaction((tx) => tx.script('CREATE TABLE big (n INTEGER) STRICT'));
    await db.transaction((tx) => tx.run('INSERT INTO big VALUES (?), (?)', [2 ** 40 + 1, 1_667_530_800_000n]));
    expect(await db.all('SELECT n FROM big')).toEqual([{ n: 2 ** 40 + 1 }, { n: 1_667_530_800_000 }]);
  });

  test('carries bytes and null', async () => {
    const db = await make.database({ driver, empty: true });
    const row = await db.get<{ b: Uint8Array; n: null }>('SELECT ? AS b, ? AS n', [new Uint8Array([0, 255]), null]);
    expect({ b: [...(row?.b ?? [])], n: row?.n }).toEqual({ b: [0, 255], n: null });
  });

  test('refuses undefined instead of binding NULL', async () => {
    const db = await make.database({ driver, empty: true });
    await expect(db.all('SELECT ? AS x', [undefined as never])).rejects.toThrow(TypeError);
  });

  test('enforces foreign keys', async () => {
    const db = await withTable();
    await db.transaction((tx) => tx.script('CREATE TABLE child (t INTEGER NOT NULL REFERENCES t (id)) STRICT'));
    const orphan = db.transaction((tx) => tx.run('INSERT INTO child VALUES (99)'));
    await expect(orphan).rejects.toMatchObject({ reason: 'constraint' });
  });

  test('has FTS5, R*Tree and JSON', async () => {
    const db = await make.database({ driver, empty: true });
    await db.transaction((tx) =>
      tx.script(
        'CREATE VIRTUAL TABLE words USING fts5 (w); CREATE VIRTUAL TABLE boxes USING rtree (id, x0, x1, y0, y1);',
      ),
    );
    expect(await db.all('SELECT value FROM json_each(?)', ['[1,2]'])).toEqual([{ value: 1 }, { value: 2 }]);
  });

  test('writes ahead, and flushes every commit to the disk', async () => {
    const db = await make.database({ driver, empty: true });
    const settings = await db.transaction(async (tx) => [
      await tx.get('PRAGMA journal_mode'),
      await tx.get('PRAGMA synchronous'),
    ]);
    expect(settings).toEqual([{ journal_mode: 'wal' }, { synchronous: 2 }]);
  });

  test('waits on close for the transaction under way and takes no other', async () => {
    const path = join(make.folder(), 'a.sqlite');
    const db = await make.database({ driver, path, empty: true });
    const slow = db.transaction(async (tx) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await tx.script('CREATE TABLE kept (n INTEGER) STRICT');
    });
    await db.close();
    await slow;
    await expect(db.transaction(async () => undefined)).rejects.toThrow('closed');
    const again = await make.database({ driver, path, empty: true });
    expect(await again.all('SELECT name FROM sqlite_schema')).toEqual([{ name: 'kept' }]);
  });

  test('refuses a file that is no database, and leaves its every byte', async () => {
    const path = join(make.folder(), 'a.sqlite');
    writeFileSync(path, make.noise(8192));
    const before = sha256(path);
    await expect(openDatabase({ path, driver })).rejects.toMatchObject({ reason: 'damaged' });
    expect(sha256(path)).toBe(before);
  });

  test('refuses a database with a damaged page, and leaves its every byte', async () => {
    const path = join(make.folder(), 'a.sqlite');
    const db = await make.database({ driver, path, empty: true });
    await db.transaction(async (tx) => {
      await tx.script('CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT) STRICT; CREATE INDEX words ON t (word);');
      for (let index = 0; index < 500; index++) await tx.run('INSERT INTO t (word) VALUES (?)', [`word ${index}`]);
    });
    await db.close();
    const bytes = readFileSync(path);
    make.noise(1000).copy(bytes, 2 * 4096);
    writeFileSync(path, bytes);
    const before = sha256(path);
    await expect(openDatabase({ path, driver })).rejects.toMatchObject({ reason: 'damaged' });
    expect(sha256(path)).toBe(before);
  });

  test('peeks at a database that another connection is using', async () => {
    const path = join(make.folder(), 'a.sqlite');
    const db = await make.database({ driver, path, empty: true });
    await db.transaction((tx) => tx.script('CREATE TABLE t (n INTEGER) STRICT; INSERT INTO t VALUES (3);'));
    expect(await peekDatabase({ path, driver }, (reader) => reader.get('SELECT n FROM t'))).toEqual({ n: 3 });
  });
});

test('a database that is not there is not made by peeking', async () => {
  const path = join(make.folder(), 'a.sqlite');
  expect(await peekDatabase({ path }, async () => 'looked')).toBeNull();
});

test('a driver this Node has not is one plain sentence', async () => {
  const drivers = await availableDrivers();
  if (drivers.includes('node:sqlite')) expect(drivers).toContain('node:sqlite');
  else {
    const opening = openDatabase({ path: join(make.folder(), 'a.sqlite'), driver: 'node:sqlite' });
    await expect(opening).rejects.toMatchObject({
      reason: 'no-driver',
      message: 'node:sqlite needs Node 22.13 or later',
    });
  }
});
