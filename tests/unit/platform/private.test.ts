import { statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createChangeLog, verifyChain } from '../../../server/platform/changes.ts';
import { fixedClock } from '../../../server/platform/clock.ts';
import type { Database } from '../../../server/platform/database.ts';
import { KEY_FILE, partsOfRecord, privateKey, purgeParts, type PrivatePart } from '../../../server/platform/private.ts';
import { make, NOW } from '../../helpers/make.ts';

const KEY = Buffer.alloc(32, 7);

async function open() {
  const db = await make.database();
  const log = await createChangeLog(db, fixedClock(NOW), KEY);
  const say = (parts: readonly PrivatePart[]) =>
    log.commit(make.changeId(), 'reportCase', async () => ({
      change: make.change({ kind: 'case', verb: 'reportCase', recordId: 'ca-1', version: 1, privateParts: parts }),
      outcome: null,
    }));
  return { db, log, say };
}
const force = (db: Database, sql: string) =>
  db.transaction((tx) => tx.script(`DROP TRIGGER change_private_is_final; DROP TRIGGER change_private_stays; ${sql}`));

describe('what a change says in private', () => {
  test('stands nowhere in the change log, whatever it is', async () => {
    const { db, say } = await open();
    const word = fc.string({ minLength: 6, maxLength: 30 }).map((text) => `zq${text}zq`);
    await fc.assert(
      fc.asyncProperty(word, word, async (before, after) => {
        await say([{ recordId: 'ca-1', before: { name: before }, after: { name: after, lng: 105.8 } }]);
        const text = JSON.stringify(await db.all('SELECT * FROM change'));
        for (const said of [before, after]) expect(text).not.toContain(JSON.stringify(said).slice(1, -1));
      }),
      { numRuns: 30 },
    );
  });

  test('can be read again, oldest first', async () => {
    const { db, say } = await open();
    await say([{ recordId: 'ca-1', after: { name: 'A' } }]);
    await say([{ recordId: 'ca-1', before: { name: 'A' }, after: { name: 'B' } }]);
    expect(await partsOfRecord(db, 'ca-1')).toMatchObject([
      { before: null, after: { name: 'A' } },
      { before: { name: 'A' }, after: { name: 'B' } },
    ]);
  });

  test('is gone after a purge, and the log still verifies', async () => {
    const { db, log, say } = await open();
    await say([
      { recordId: 'ca-1', after: { name: 'Marked' } },
      { recordId: 'ca-2', after: { name: 'Other' } },
    ]);
    await db.transaction((tx) => purgeParts(tx, { recordIds: ['ca-1'] }, NOW));
    const text = JSON.stringify(await db.all('SELECT * FROM change_private'));
    expect([text.includes('Marked'), text.includes('Other')]).toEqual([false, true]);
    expect(await log.verify()).toMatchObject({ ok: true, rows: 1 });
  });

  test.each([
    ['altered', `UPDATE change_private SET after = '{"name":"B"}' WHERE record_id = 'ca-1'`],
    ['taken away', `DELETE FROM change_private WHERE record_id = 'ca-1'`],
    ['given another digest', `UPDATE change_private SET digest = 'x' WHERE record_id = 'ca-1'`],
  ])('is missed by verify when it was %s by hand', async (_, sql) => {
    const { db, log, say } = await open();
    await say([
      { recordId: 'ca-1', after: { name: 'A' } },
      { recordId: 'ca-2', after: null },
    ]);
    await force(db, sql);
    expect(await log.verify()).toEqual({ ok: false, seq: 1, fault: 'altered' });
  });

  test('that was slipped under a row without any is found', async () => {
    const { db, log, say } = await open();
    await say([]);
    await force(db, `INSERT INTO change_private VALUES (1, 'ca-1', 'null', 'null', 'x', NULL)`);
    expect(await log.verify()).toMatchObject({ ok: false, seq: 1 });
  });

  test('cannot be altered or deleted by a statement, only purged', async () => {
    const { db, say } = await open();
    await say([{ recordId: 'ca-1', after: { name: 'A' } }]);
    await expect(db.transaction((tx) => tx.run("UPDATE change_private SET after = '1'"))).rejects.toThrow('purged');
    await expect(db.transaction((tx) => tx.run('DELETE FROM change_private'))).rejects.toThrow('stays');
  });

  test('has a digest that nobody can guess names against without the key', async () => {
    const [one, other] = [await make.database(), await make.database()];
    const digests = await Promise.all(
      [one, other].map(async (db, at) => {
        const log = await createChangeLog(db, fixedClock(NOW), Buffer.alloc(32, at));
        await log.commit(make.changeId(), 'reportCase', async () => ({
          change: make.change({ verb: 'reportCase', privateAfter: { name: 'A' } }),
          outcome: null,
        }));
        return (await db.get<{ digest: string }>('SELECT digest FROM change_private'))?.digest;
      }),
    );
    expect(digests[0]).not.toBe(digests[1]);
    // Without the key the chain can be checked all the same.
    expect(await verifyChain(one)).toMatchObject({ ok: true });
  });

  test('is refused where there is no key', async () => {
    const log = await createChangeLog(await make.database(), fixedClock(NOW));
    const saying = log.commit(make.changeId(), 'reportCase', async () => ({
      change: make.change({ verb: 'reportCase', privateAfter: { name: 'A' } }),
      outcome: null,
    }));
    await expect(saying).rejects.toThrow('key');
  });
});

test('the key is made once, and is its owner’s alone', () => {
  const folder = make.folder();
  const key = privateKey(folder, true);
  expect(privateKey(folder, true)).toEqual(key);
  expect([key?.length, statSync(join(folder, KEY_FILE)).mode & 0o777]).toEqual([32, 0o600]);
  expect(privateKey(make.folder(), false)).toBeNull();
});
