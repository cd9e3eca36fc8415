import { asyncProperty, assert, constantFrom, integer } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createChangeLog, type ChangeLog } from '../../../server/platform/changes.ts';
import { hashOf, readHead, type ChangeRow } from '../../../server/platform/chain.ts';
import type { ChangeEvent } from '../../../server/platform/contract.ts';
import { fixedClock } from '../../../server/platform/clock.ts';
import { availableDrivers, type Database, type DriverName } from '../../../server/platform/database.ts';
import { make, NOW } from '../../helpers/make.ts';

async function makeLog(driver?: DriverName): Promise<{ db: Database; log: ChangeLog }> {
  const db = await make.database(driver ? { driver } : {});
  return { db, log: await createChangeLog(db, fixedClock(NOW)) };
}

const place = (log: ChangeLog, version = 2, id = make.changeId()) =>
  log.commit(id, 'placeRelic', async () => ({ change: make.change({ version }), outcome: { version } }));

describe.each(await availableDrivers())('the change log on %s', (driver) => {
  test('writes one row for one verb, and tells its outcome', async () => {
    const { log } = await makeLog(driver);
    expect(await place(log)).toEqual({ version: 2 });
    expect(await log.since(0, 10)).toMatchObject([
      { seq: 1, at: NOW, verb: 'placeRelic', kind: 'relic', recordId: 'th-dd-01', version: 2, layers: ['relics'] },
    ]);
  });

  test('gives the stored outcome to a change id that comes again, and runs nothing', async () => {
    const { log } = await makeLog(driver);
    const id = make.changeId();
    await place(log, 2, id);
    expect(await place(log, 99, id)).toEqual({ version: 2 });
    expect(await log.head()).toBe(1);
  });

  test('runs once what is sent twice at the same time', async () => {
    const { log } = await makeLog(driver);
    const id = make.changeId();
    const both = await Promise.all([place(log, 2, id), place(log, 3, id)]);
    expect(both).toEqual([{ version: 2 }, { version: 2 }]);
    expect(await log.head()).toBe(1);
  });

  test('refuses a change id that was used for another verb', async () => {
    const { log } = await makeLog(driver);
    const id = make.changeId();
    await place(log, 2, id);
    const other = log.commit(id, 'signOut', async () => ({ change: make.change(), outcome: null }));
    await expect(other).rejects.toMatchObject({ status: 409, code: 'change_id_reused' });
  });

  test('refuses a change id that was used for another record', async () => {
    const { log } = await makeLog(driver);
    const id = make.changeId();
    await place(log, 2, id);
    const other = log.commit(id, 'placeRelic', async () => ({ change: make.change(), outcome: null }), 'th-dd-02');
    await expect(other).rejects.toMatchObject({ status: 409, code: 'change_id_reused' });
  });

  test('refuses a change id that is no UUIDv7', async () => {
    const { log } = await makeLog(driver);
    await expect(place(log, 2, 'mine')).rejects.toMatchObject({ status: 422, code: 'invalid_request' });
  });

  test('leaves no trace of work that throws, and lets the same id try again', async () => {
    const { db, log } = await makeLog(driver);
    const id = make.changeId();
    const failing = log.commit(id, 'placeRelic', async (tx) => {
      await tx.run("INSERT INTO meta VALUES ('half', 'done')");
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await db.all("SELECT * FROM meta WHERE key = 'half'")).toEqual([]);
    expect(await place(log, 2, id)).toEqual({ version: 2 });
  });

  test('tells instants in the order of seq, whatever the clock does', async () => {
    const db = await make.database({ driver });
    const clock = make.clock();
    const log = await createChangeLog(db, clock);
    for (const hours of [1, -24, 2, -3, 48]) {
      clock.pass(hours * 3_600_000);
      await place(log);
    }
    const hour = (at: string) => (Date.parse(at) - Date.parse(NOW)) / 3_600_000;
    expect((await log.since(0, 10)).map(({ at }) => hour(at))).toEqual([1, 1, 1, 1, 24]);
    expect(await log.verify()).toMatchObject({ ok: true, rows: 5 });
  });

  test('publishes after the commit: a listener finds the row in the database', async () => {
    const { log } = await makeLog(driver);
    const found: Promise<number>[] = [];
    log.subscribe(() => found.push(log.head()));
    await place(log);
    expect(await Promise.all(found)).toEqual([1]);
  });

  test('publishes in the order of seq, and a replay not at all', async () => {
    const { log } = await makeLog(driver);
    const heard: ChangeEvent[] = [];
    log.subscribe((event) => heard.push(event));
    const id = make.changeId();
    await Promise.all([place(log), place(log, 2, id), place(log, 2, id), place(log)]);
    expect(heard.map((event) => event.seq)).toEqual([1, 2, 3]);
  });

  test('pages through what came after a seq', async () => {
    const { log } = await makeLog(driver);
    for (let n = 0; n < 5; n++) await place(log);
    expect((await log.since(2, 2)).map((event) => event.seq)).toEqual([3, 4]);
  });

  test('cannot be changed or shortened by a statement', async () => {
    const { db, log } = await makeLog(driver);
    await place(log);
    await expect(db.transaction((tx) => tx.run("UPDATE change SET verb = 'x'"))).rejects.toThrow('final');
    await expect(db.transaction((tx) => tx.run('DELETE FROM change'))).rejects.toThrow('stays');
  });
});

describe('verify', () => {
  /** A log of seven rows whose table lies open, and a hand on it. */
  async function tampered(hand: (db: Database) => Promise<void>) {
    const { db, log } = await makeLog();
    for (let n = 0; n < 7; n++) await place(log, n);
    await db.transaction((tx) => tx.script('DROP TRIGGER change_is_final; DROP TRIGGER change_stays;'));
    await hand(db);
    return log.verify();
  }
  const run = (sql: string) => (db: Database) => db.transaction((tx) => tx.script(sql));

  test('finds an empty log whole', async () => {
    const { log } = await makeLog();
    expect(await log.verify()).toMatchObject({ ok: true, rows: 0 });
  });

  test('finds an untouched log whole, and tells its head', async () => {
    const { db, log } = await makeLog();
    await place(log);
    const row = await db.get<{ hash: string }>('SELECT hash FROM change');
    expect(await log.verify()).toEqual({ ok: true, rows: 1, head: row?.hash });
  });

  test.each([
    "at = '2022-11-04T03:00:00.001Z'",
    "id = substr(id, 1, 35) || 'x'",
    "actor = 'visitor '",
    "verb = 'placerelic'",
    "kind = 'relics'",
    "record_id = 'th-dd-02'",
    'version = version + 1',
    'layers = \'[ "relics"]\'',
    "diffs = '{ }'",
    "before = '0'",
    "after = '0'",
    'outcome = \'{"version":4}\'',
    "note = ' '",
    "prev_hash = CASE substr(prev_hash, 1, 1) WHEN 'f' THEN 'e' ELSE 'f' END || substr(prev_hash, 2)",
    'hash = upper(hash)',
  ])('names the row in which one thing was altered: %s', async (change) => {
    const hand = run(`UPDATE change SET ${change} WHERE seq = 4`);
    expect(await tampered(hand)).toEqual({ ok: false, seq: 4, fault: 'altered' });
  });

  test('names a row that is missing', async () => {
    expect(await tampered(run('DELETE FROM change WHERE seq = 4'))).toEqual({ ok: false, seq: 4, fault: 'missing' });
  });

  test('names a missing row whose successors moved up', async () => {
    const hand = run('DELETE FROM change WHERE seq = 4; UPDATE change SET seq = seq - 1 WHERE seq > 4;');
    expect(await tampered(hand)).toEqual({ ok: false, seq: 4, fault: 'missing' });
  });

  test('names the first of two rows that changed places', async () => {
    const hand = run(
      'UPDATE change SET seq = 99 WHERE seq = 4; UPDATE change SET seq = 4 WHERE seq = 5; UPDATE change SET seq = 5 WHERE seq = 99;',
    );
    expect(await tampered(hand)).toEqual({ ok: false, seq: 4, fault: 'reordered' });
  });

  test('names a row whose hash was made to fit: its successor still knows the old one', async () => {
    const verified = await tampered(async (db) => {
      const row = await db.get<ChangeRow>('SELECT * FROM change WHERE seq = 4');
      if (!row) throw new Error('no row 4');
      const forged = { ...row, actor: 'somebody' };
      const hash = hashOf(row.prev_hash, forged);
      await db.transaction((tx) => tx.run("UPDATE change SET actor = 'somebody', hash = ? WHERE seq = 4", [hash]));
    });
    expect(verified).toEqual({ ok: false, seq: 4, fault: 'altered' });
  });
});

describe.each(await availableDrivers())('one changed byte on %s', (driver) => {
  const ROWS = 5;
  const KEY = Buffer.alloc(32, 7);
  const change = 'change';
  const beside = 'change_private';
  const columns = [
    ...['seq', 'id', 'at', 'actor', 'verb', 'kind', 'record_id', 'version', 'layers', 'diffs', 'before', 'after'],
    ...['outcome', 'note', 'prev_hash', 'hash', 'private_digest'],
  ];
  const privateColumns = ['seq', 'record_id', 'before', 'after', 'digest'];
  const NUMBERS = ['seq', 'version'];

  /** A log in which every row says something in private too, its tables open to any hand. */
  async function openLog() {
    const db = await make.database({ driver });
    const log = await createChangeLog(db, fixedClock(NOW), KEY);
    for (let n = 0; n < ROWS; n++) {
      await log.commit(make.changeId(), 'placeRelic', async () => ({
        change: make.change({
          version: n,
          before: { ward: 'Tứ Liên' },
          after: { ward: 'Bưởi', n },
          note: 'ghi chú',
          diffs: { relics: { remove: ['th-dd-01'] } },
          privateBefore: { n },
          privateAfter: { n: n + 1 },
        }),
        outcome: { n },
      }));
    }
    // A hand on the file is held by no trigger and no reference.
    await db.transaction((tx) =>
      tx.script(`DROP TRIGGER change_is_final; DROP TRIGGER change_stays;
        CREATE TABLE loose (seq INTEGER, record_id TEXT, before TEXT, after TEXT, digest TEXT, purged_at TEXT);
        INSERT INTO loose SELECT seq, record_id, before, after, digest, purged_at FROM change_private;
        DROP TABLE change_private; ALTER TABLE loose RENAME TO change_private;`),
    );
    const bytes = async (table: string, column: string, seq: number) =>
      (await db.get<{ hex: string }>(`SELECT hex(CAST("${column}" AS BLOB)) AS hex FROM ${table} WHERE seq = ?`, [seq]))
        ?.hex ?? '';
    const write = (table: string, column: string, seq: number, hex: string) => {
      const value = NUMBERS.includes(column) ? `CAST(CAST(x'${hex}' AS TEXT) AS INTEGER)` : `CAST(x'${hex}' AS TEXT)`;
      return db.transaction((tx) => tx.run(`UPDATE ${table} SET "${column}" = ${value} WHERE seq = ?`, [seq]));
    };
    /** Changes one byte, asks, and puts it back. */
    const alter = async (table: string, column: string, seq: number, place: number, flip: number) => {
      const whole = await bytes(table, column, seq);
      expect(whole.length, `${table}.${column} of row ${seq} holds something`).toBeGreaterThan(0);
      const at = (place % (whole.length / 2)) * 2;
      const old = Number.parseInt(whole.slice(at, at + 2), 16);
      // A number has digits only: the byte becomes another digit, for `seq` one that no other row has.
      const digits = column === 'seq' ? '6789' : '0123456789';
      const digit = digits.replace(String.fromCharCode(old), '').charCodeAt(flip % 4);
      const byte = NUMBERS.includes(column) ? digit : old ^ flip;
      await write(table, column, seq, whole.slice(0, at) + byte.toString(16).padStart(2, '0') + whole.slice(at + 2));
      const verified = await log.verify();
      await write(table, column, column === 'seq' ? Number(String.fromCharCode(byte)) : seq, whole);
      expect(verified, `byte ${at / 2} of ${table}.${column} in row ${seq}`).toMatchObject({ ok: false, seq });
    };
    return { db, log, alter };
  }

  /** Every column there is but `purged_at`, which says when a part was emptied and proves nothing. */
  test('is looked for in every column the tables have', async () => {
    const db = await make.database({ driver });
    const names = async (table: string) =>
      (await db.all<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`)).map(({ name }) => name).sort();
    expect(await names(change)).toEqual([...columns].sort());
    expect(await names(beside)).toEqual([...privateColumns, 'purged_at'].sort());
  });

  // The seq of a part says whose it is; that it was moved is a test of its own.
  const places = [
    ...columns.map((column) => [change, column] as const),
    ...privateColumns.filter((column) => column !== 'seq').map((column) => [beside, column] as const),
  ];

  test('is named by its row: each row from the first to the last, in each column', async () => {
    const { log, alter } = await openLog();
    for (let seq = 1; seq <= ROWS; seq++) {
      for (const [index, [table, column]] of places.entries()) await alter(table, column, seq, seq * 7 + index, 1);
    }
    expect(await log.verify()).toMatchObject({ ok: true, rows: ROWS });
  });

  test('is named by its row, whatever the byte and what it became', async () => {
    const { log, alter } = await openLog();
    await assert(
      asyncProperty(
        integer({ min: 1, max: ROWS }),
        constantFrom(...places),
        integer({ min: 0, max: 9999 }),
        integer({ min: 1, max: 255 }),
        (seq, [table, column], place, flip) => alter(table, column, seq, place, flip),
      ),
      { numRuns: 80 },
    );
    expect(await log.verify()).toMatchObject({ ok: true, rows: ROWS });
  });

  test('so is a private part that was taken away, or given to another row', async () => {
    for (let seq = 1; seq <= ROWS; seq++) {
      const { db, log } = await openLog();
      await db.transaction((tx) => tx.run('DELETE FROM change_private WHERE seq = ?', [seq]));
      expect(await log.verify()).toMatchObject({ ok: false, seq, fault: 'altered' });
    }
    const { db, log } = await openLog();
    await db.transaction((tx) => tx.script("UPDATE change_private SET seq = 2, record_id = 'other' WHERE seq = 4"));
    expect(await log.verify()).toMatchObject({ ok: false, seq: 2, fault: 'altered' });
  });
});

describe('whatever row it is', () => {
  const ROWS = 6;
  async function logWith(hand: string) {
    const { db, log } = await makeLog();
    for (let n = 0; n < ROWS; n++) await place(log, n);
    const head = await log.chainHead();
    await db.transaction((tx) => tx.script(`DROP TRIGGER change_is_final; DROP TRIGGER change_stays; ${hand}`));
    return { log, head };
  }
  const swap = (a: number, b: number) =>
    `UPDATE change SET seq = 99 WHERE seq = ${a}; UPDATE change SET seq = ${a} WHERE seq = ${b}; UPDATE change SET seq = ${b} WHERE seq = 99;`;
  const pairs = Array.from({ length: ROWS }, (_, a) => a + 1).flatMap((a) =>
    Array.from({ length: ROWS - a }, (_, n): [number, number] => [a, a + 1 + n]),
  );

  test.each([1, 2, 3, 4, 5])('row %i that is missing is named', async (seq) => {
    const { log } = await logWith(`DELETE FROM change WHERE seq = ${seq}`);
    expect(await log.verify()).toEqual({ ok: false, seq, fault: 'missing' });
  });

  test.each(pairs.filter(([, b]) => b <= ROWS))('the first of %i and %i that changed places is named', async (a, b) => {
    const { log } = await logWith(swap(a, b));
    expect(await log.verify()).toEqual({ ok: false, seq: a, fault: 'reordered' });
  });

  test.each([0, 1, 2, 3, 4, 5])('a log cut off after row %i is named by a printed head alone', async (kept) => {
    const { log, head } = await logWith(`DELETE FROM change WHERE seq > ${kept}`);
    expect(await log.verify()).toMatchObject({ ok: true, rows: kept });
    expect(await log.verify(head)).toEqual({ ok: false, seq: kept + 1, fault: 'truncated' });
  });
});

describe('a head printed on a report', () => {
  async function printed() {
    const { db, log } = await makeLog();
    for (let n = 0; n < 5; n++) await place(log, n);
    const head = await log.chainHead();
    await place(log, 5);
    await db.transaction((tx) => tx.script('DROP TRIGGER change_is_final; DROP TRIGGER change_stays;'));
    return { db, log, head };
  }

  test('fits a log that has grown since, also by its short form', async () => {
    const { log, head } = await printed();
    expect(await log.verify(head)).toMatchObject({ ok: true, rows: 6 });
    expect(await log.verify({ seq: head.seq, hash: head.hash.slice(0, 12) })).toMatchObject({ ok: true, rows: 6 });
  });

  test('shows that rows were cut off at the end', async () => {
    const { db, log, head } = await printed();
    await db.transaction((tx) => tx.run('DELETE FROM change WHERE seq > 3'));
    expect(await log.verify()).toMatchObject({ ok: true, rows: 3 });
    expect(await log.verify(head)).toEqual({ ok: false, seq: 4, fault: 'truncated' });
  });

  test('shows that the whole log was written anew', async () => {
    const { log, head } = await printed();
    const forged = { seq: head.seq, hash: 'f'.repeat(64) };
    expect(await log.verify(forged)).toEqual({ ok: false, seq: head.seq, fault: 'rewritten' });
  });

  test('of an empty log is the hash of nothing', async () => {
    const { log } = await makeLog();
    expect(await log.chainHead()).toEqual({ seq: 0, hash: '0'.repeat(64) });
  });

  test.each([
    ['#12 5f0c9a1b2c3d…', { seq: 12, hash: '5f0c9a1b2c3d' }],
    ['12 5F0C9A1B2C3D4E', { seq: 12, hash: '5f0c9a1b2c3d4e' }],
    [`${'ab'.repeat(32)}@7`, { seq: 7, hash: 'ab'.repeat(32) }],
    ['5f0c@12', null],
    ['#0 5f0c9a1b2c3d', null],
    ['anything', null],
  ])('%s is read', (text, head) => {
    expect(readHead(text)).toEqual(head);
  });
});
