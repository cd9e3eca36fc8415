import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { makeBackup, verifyBackup } from '../../../server/platform/backup.ts';
import { manifestText, sumsText, withBackup, type Manifest } from '../../../server/platform/backup-archive.ts';
import { createChangeLog, verifyChain } from '../../../server/platform/changes.ts';
import { fixedClock } from '../../../server/platform/clock.ts';
import {
  availableDrivers,
  holdFolder,
  openDatabase,
  peekDatabase,
  type Database,
  type DriverName,
  type Reader,
} from '../../../server/platform/database.ts';
import { migrations } from '../../../server/platform/migrate.ts';
import { lockPath, restoreBackup } from '../../../server/platform/restore.ts';
import { paddingOf, tarHeader } from '../../../server/platform/tar.ts';
import { make, NOW } from '../../helpers/make.ts';

// Every copy is flushed to the disk, some of them hundreds of times.
vi.setConfig({ testTimeout: 60_000 });

const now = new Date(NOW);
const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');
const SECRETS = ['session', 'one_time_link', 'known_device', 'sign_in_try'];

/** A data folder with a database, some changes and an attachment. */
async function dataFolder(driver: DriverName) {
  const dataDir = make.folder();
  const db = await make.database({ driver, path: join(dataDir, 'atlas.sqlite') });
  const changes = await createChangeLog(db, fixedClock(NOW));
  const write = () =>
    changes.commit(make.changeId(), 'placeRelic', async (tx) => {
      const { n } = (await tx.get<{ n: number }>('SELECT count(*) AS n FROM meta')) ?? { n: 0 };
      await tx.run('INSERT INTO meta (key, value) VALUES (?, ?)', [`row-${n}`, 'Quảng An '.repeat(40)]);
      return { change: make.change({ version: n }), outcome: n };
    });
  for (let index = 0; index < 5; index++) await write();
  const photo = make.noise(3000);
  const attachment = join('files', sha256(photo).slice(0, 2), sha256(photo));
  mkdirSync(join(dataDir, dirname(attachment)), { recursive: true });
  writeFileSync(join(dataDir, attachment), photo);
  const source = { dataDir, driver, demo: false, appVersion: '0.1.0' };
  return { source, db, changes, write, attachment, to: join(make.folder(), 'b.tar') };
}

async function checksums(reader: Reader, leaveOut: readonly string[] = []): Promise<Record<string, string>> {
  const tables = await reader.all<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
  );
  const sums: Record<string, string> = {};
  for (const { name } of tables.filter((table) => !leaveOut.includes(table.name))) {
    const rows = await reader.all(`SELECT * FROM "${name}"`);
    sums[name] = sha256(
      rows
        .map((row) => JSON.stringify(row))
        .sort()
        .join('\n'),
    );
  }
  return sums;
}

const look = <T>(dataDir: string, driver: DriverName, work: (reader: Reader) => Promise<T>) =>
  peekDatabase({ path: join(dataDir, 'atlas.sqlite'), driver }, work);

/** Every file of a folder by name and content. */
const picture = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, sha256(readFileSync(join(folder, name)))]),
  );

describe.each(await availableDrivers())('a backup on %s', (driver) => {
  const restoreInto = (dataDir: string, from: string) => restoreBackup({ dataDir, driver, demo: false }, from, now);

  it('brings every table, the head of the log and the attachments back', async () => {
    const { source, db, attachment, to } = await dataFolder(driver);
    const manifest = await makeBackup(source, to, now);
    const target = make.folder();
    const { kept } = await restoreInto(target, to);
    expect(kept).toBeNull();
    expect(await look(target, driver, checksums)).toEqual(await checksums(db));
    expect(await look(target, driver, verifyChain)).toEqual({
      ok: true,
      rows: manifest.head.seq,
      head: manifest.head.hash,
    });
    expect(readFileSync(join(target, attachment))).toEqual(readFileSync(join(source.dataDir, attachment)));
  });

  it('made while four writers commit is one instant of the database', async () => {
    const { source, db, write, to } = await dataFolder(driver);
    for (let index = 0; index < 100; index++) await write();
    let making = true;
    let during = 0;
    const writers = Array.from({ length: 4 }, async () => {
      while (making) {
        await write();
        during += 1;
      }
    });
    const manifest = await makeBackup(source, to, now).finally(() => (making = false));
    await Promise.all(writers);
    const target = make.folder();
    await restoreInto(target, to);

    const { seq } = manifest.head;
    const upTo = (reader: Reader) => reader.all('SELECT * FROM change WHERE seq <= ? ORDER BY seq', [seq]);
    expect(during).toBeGreaterThan(0);
    expect(await look(target, driver, (reader) => reader.all('SELECT * FROM change ORDER BY seq'))).toEqual(
      await upTo(db),
    );
    // A row of `meta` and its change are of one transaction: both are there or neither.
    expect(await look(target, driver, (reader) => reader.get('SELECT count(*) AS n FROM meta'))).toEqual({ n: seq });
    expect(await look(target, driver, verifyChain)).toMatchObject({ ok: true, head: manifest.head.hash });
  });

  it('holds no session, no one-time link and no known browser, not even in its free pages', async () => {
    const { source, db, to } = await dataFolder(driver);
    await db.transaction((tx) =>
      tx.script(`INSERT INTO user_account (id, version, username, display_name, roles, scope, created_at)
          VALUES ('u', 1, 'u', 'U', '[]', '"district"', '${NOW}');
        INSERT INTO session VALUES ('s', 'secret-of-a-session', 'u', '${NOW}', '${NOW}', '${NOW}', NULL);
        INSERT INTO known_device VALUES ('secret-of-a-browser', 'u', '${NOW}');
        INSERT INTO one_time_link VALUES ('secret-of-a-link', 'reset', 'u', '${NOW}', NULL, NULL);
        INSERT INTO sign_in_try VALUES ('secret-of-a-try', 1, '${NOW}');`),
    );
    await makeBackup(source, to, now);
    expect(readFileSync(to).includes('secret-of-a')).toBe(false);
    const target = make.folder();
    await restoreInto(target, to);
    expect(await look(target, driver, (reader) => checksums(reader, SECRETS))).toEqual(await checksums(db, SECRETS));
  });

  it('keeps nothing of what was deleted before', async () => {
    const { source, db, to } = await dataFolder(driver);
    await db.transaction((tx) => tx.run("INSERT INTO meta VALUES ('gone', 'a-purged-person')"));
    await db.transaction((tx) => tx.run("DELETE FROM meta WHERE key = 'gone'"));
    await makeBackup(source, to, now);
    expect(readFileSync(to).includes('a-purged-person')).toBe(false);
  });

  it('keeps the old database beside the new one, with its unfinished pages', async () => {
    const { source, to } = await dataFolder(driver);
    await makeBackup(source, to, now);
    const target = await dataFolder(driver);
    // As after a power cut: the file and its WAL, and nobody who has them open.
    const crashed = make.folder();
    for (const name of ['atlas.sqlite', 'atlas.sqlite-wal']) {
      copyFileSync(join(target.source.dataDir, name), join(crashed, name));
    }
    const before = await checksums(target.db);
    const { kept } = await restoreInto(crashed, to);
    expect(kept).toBe(join(crashed, 'atlas.sqlite.before-restore-20221104T030000Z'));
    expect(await peekDatabase({ path: kept as string, driver }, checksums)).toEqual(before);
    expect(await look(crashed, driver, (reader) => reader.get('SELECT count(*) AS n FROM change'))).toEqual({ n: 5 });
  });

  it('is not put in the place of a database that is open', async () => {
    const { source, to } = await dataFolder(driver);
    await makeBackup(source, to, now);
    const letGo = await holdFolder({ path: lockPath(source.dataDir), driver }, 'shared');
    onTestFinished(letGo);
    const before = picture(source.dataDir);
    await expect(restoreInto(source.dataDir, to)).rejects.toMatchObject({ code: 'backup_in_use' });
    expect(picture(source.dataDir)).toEqual(before);
  });

  it('is not put in the place of a demo, nor a demo’s in the place of the real database', async () => {
    const { source, to } = await dataFolder(driver);
    await makeBackup(source, to, now);
    const restoring = restoreBackup({ dataDir: make.folder(), driver, demo: true }, to, now);
    await expect(restoring).rejects.toMatchObject({ code: 'backup_of_other_kind' });
  });

  it('of a database whose log was tampered with is not made, and nothing is left behind', async () => {
    const { source, db, to } = await dataFolder(driver);
    await db.transaction((tx) =>
      tx.script(
        `DROP TRIGGER change_is_final; UPDATE change SET actor = 'nobody' WHERE seq = 3;
         CREATE TRIGGER change_is_final BEFORE UPDATE ON change BEGIN SELECT RAISE (ABORT, 'a change row is final'); END;`,
      ),
    );
    await expect(makeBackup(source, to, now)).rejects.toMatchObject({ code: 'backup_source_damaged' });
    expect(readdirSync(dirname(to))).toEqual([]);
  });

  it('never overwrites a file', async () => {
    const { source, to } = await dataFolder(driver);
    writeFileSync(to, 'precious');
    await expect(makeBackup(source, to, now)).rejects.toMatchObject({ code: 'backup_exists' });
    expect(readFileSync(to, 'utf8')).toBe('precious');
  });

  it('of a folder without a database is not made', async () => {
    const source = { dataDir: make.folder(), driver, demo: false, appVersion: '0.1.0' };
    await expect(makeBackup(source, join(make.folder(), 'b.tar'), now)).rejects.toMatchObject({
      code: 'backup_no_database',
    });
  });

  it('goes into no folder that is not there', async () => {
    const { source } = await dataFolder(driver);
    await expect(makeBackup(source, join(make.folder(), 'nowhere', 'b.tar'), now)).rejects.toMatchObject({
      code: 'backup_folder_unwritable',
    });
  });
});

const [driver] = (await availableDrivers()) as [DriverName];

describe('a backup that is not whole', () => {
  /** A target with a database of its own, and what tells whether a byte of it changed. */
  async function target() {
    const { source, db } = await dataFolder(driver);
    await db.close();
    return { ...source, before: picture(source.dataDir) };
  }
  async function refusalOf(into: { dataDir: string }, from: string): Promise<string> {
    try {
      await restoreBackup({ dataDir: into.dataDir, driver, demo: false }, from, now);
      return 'restored';
    } catch (error) {
      return (error as { code: string }).code;
    }
  }
  const withoutLock = ({ 'atlas.lock': _lock, ...rest }: Record<string, string>) => rest;

  it('is refused whichever byte was changed, and the old database stays', async () => {
    const { source, to } = await dataFolder(driver);
    await makeBackup(source, to, now);
    const bytes = readFileSync(to);
    const into = await target();
    const damaged = join(make.folder(), 'damaged.tar');
    const anywhere = fc.nat(bytes.length - 1);
    // Frames are few among the bytes of the database: look at them as often.
    const inFrame = fc.oneof(
      fc.nat(4095),
      fc.nat(2047).map((back) => bytes.length - 1 - back),
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(anywhere, inFrame), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const other = Buffer.from(bytes);
        other[at] = (other[at] as number) ^ change;
        writeFileSync(damaged, other);
        expect(['backup_damaged', 'backup_foreign']).toContain(await refusalOf(into, damaged));
      }),
      { numRuns: 200 },
    );
    expect(withoutLock(picture(into.dataDir))).toEqual(into.before);
  });

  it('is refused wherever it was cut off, or grew', async () => {
    const { source, to } = await dataFolder(driver);
    await makeBackup(source, to, now);
    const bytes = readFileSync(to);
    const into = await target();
    const cut = join(make.folder(), 'cut.tar');
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.nat(bytes.length - 1), fc.nat(600)), async (length) => {
        writeFileSync(cut, bytes.subarray(0, length));
        expect(['backup_damaged', 'backup_foreign']).toContain(await refusalOf(into, cut));
      }),
      { numRuns: 100 },
    );
    writeFileSync(cut, Buffer.concat([bytes, Buffer.alloc(512)]));
    expect(await refusalOf(into, cut)).toBe('backup_damaged');
    expect(withoutLock(picture(into.dataDir))).toEqual(into.before);
  });

  it('is refused when it is something else', async () => {
    const file = join(make.folder(), 'photo.tar');
    writeFileSync(file, make.noise(5000));
    expect(await refusalOf(await target(), file)).toBe('backup_foreign');
  });

  /** The same backup with another manifest or around another database; every checksum fits again. */
  async function forged(from: string, change: (manifest: Manifest) => Manifest, database?: Buffer): Promise<string> {
    const to = join(make.folder(), 'forged.tar');
    await withBackup(from, async ({ manifest, places, bytes }) => {
      const [first] = places;
      const body = database ?? readFileSync(from).subarray(first?.at, (first?.at ?? 0) + (first?.size ?? 0));
      const parts = manifest.parts.map((part) =>
        part.path === 'atlas.sqlite' ? { ...part, size: body.length, sha256: sha256(body) } : part,
      );
      const seconds = Math.floor(now.getTime() / 1000);
      const part = (path: string, piece: Buffer) => [
        tarHeader({ path, size: piece.length }, seconds),
        piece,
        Buffer.alloc(paddingOf(piece.length)),
      ];
      const text = manifestText(change({ ...manifest, parts }));
      writeFileSync(
        to,
        Buffer.concat([
          ...part('manifest.json', text),
          ...part('SHA256SUMS', sumsText(text, parts)),
          ...part('atlas.sqlite', body),
          readFileSync(from).subarray(first?.end, bytes),
        ]),
      );
    });
    return to;
  }

  it.each([
    ['of a newer format', 'backup_newer', (manifest: Manifest) => ({ ...manifest, format: 2 })],
    [
      'of another program',
      'backup_foreign',
      (manifest: Manifest) => ({ ...manifest, program: 'other' as 'tayho-atlas' }),
    ],
    [
      'with another head of the log',
      'backup_damaged',
      (manifest: Manifest) => ({ ...manifest, head: { seq: 4, hash: 'a'.repeat(64) } }),
    ],
  ])('is refused %s', async (_name, code, change) => {
    const { source, to } = await dataFolder(driver);
    await makeBackup(source, to, now);
    expect(await refusalOf(await target(), await forged(to, (manifest) => manifest))).toBe('restored');
    expect(await refusalOf(await target(), await forged(to, change))).toBe(code);
  });

  it('is refused with a schema this program does not know, and so is making it', async () => {
    const { source, db, to } = await dataFolder(driver);
    const newer = migrations.length + 1;
    await db.transaction((tx) =>
      tx.script(`INSERT INTO schema_migration VALUES (${newer}, 'x', 'x', 'x', 'x'); PRAGMA user_version = ${newer}`),
    );
    await expect(makeBackup(source, to, now)).rejects.toMatchObject({ code: 'backup_source_damaged' });
  });

  it('is refused when its database is of a newer schema', async () => {
    const { source, db, to } = await dataFolder(driver);
    await makeBackup(source, to, now);
    const newer = migrations.length + 1;
    const inside = join(make.folder(), 'atlas.sqlite');
    await withBackup(to, async ({ places }) => {
      const [place] = places;
      writeFileSync(inside, readFileSync(to).subarray(place?.at, (place?.at ?? 0) + (place?.size ?? 0)));
    });
    await alter(
      inside,
      `INSERT INTO schema_migration VALUES (${newer}, 'x', 'x', 'x', 'x'); PRAGMA user_version = ${newer};`,
    );
    await db.close();
    const file = await forged(to, (manifest) => manifest, readFileSync(inside));
    expect(await refusalOf(await target(), file)).toBe('backup_newer');
  });

  async function alter(path: string, sql: string): Promise<void> {
    const db: Database = await openDatabase({ path, driver });
    await db.transaction((tx) => tx.script(sql));
    await db.close();
  }
});

describe('a backup without this program', () => {
  it('is unpacked by tar and checked by sha256sum', async () => {
    const { source, to, attachment } = await dataFolder(driver);
    await makeBackup(source, to, now);
    const folder = make.folder();
    execFileSync('tar', ['-xf', to, '-C', folder]);
    const told = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' });
    expect(told).toBe(`manifest.json: OK\natlas.sqlite: OK\n${attachment}: OK\n`);
  });

  it('is for its owner only', async () => {
    const { source, to } = await dataFolder(driver);
    await makeBackup(source, to, now);
    expect(statSync(to).mode & 0o777).toBe(0o600);
  });
});

describe('checking a backup', () => {
  it('leaves nothing behind, whatever it finds', async () => {
    const { source, to } = await dataFolder(driver);
    const made = await makeBackup(source, to, now);
    const scratch = join(make.folder(), 'scratch');
    expect(await verifyBackup(to, scratch, driver)).toEqual(made);
    const bytes = readFileSync(to);
    bytes[20_000] = (bytes[20_000] as number) ^ 1;
    writeFileSync(to, bytes);
    await expect(verifyBackup(to, scratch, driver)).rejects.toMatchObject({ code: 'backup_damaged' });
    expect(existsSync(scratch)).toBe(false);
  });
});
