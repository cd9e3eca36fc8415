/**
 * The seam to SQLite: the only file that knows a driver. Two of them, one behaviour: the npm package `sqlite3`
 * (optional, compiled at install) and Node's own `node:sqlite` (22.13 and later). One writer connection behind a mutex;
 * readers on a connection of their own, which cannot write and sees only what is committed.
 */
import { existsSync, statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { createTransactionQueue, readerOf } from './transaction.ts';
import type { Connection, Reader, SqlValue, Writer } from './transaction.ts';

export type { Reader, SqlValue, Writer };

export const driverNames = ['sqlite3', 'node:sqlite'] as const;
export type DriverName = (typeof driverNames)[number];

export interface Database extends Reader {
  readonly driver: DriverName;
  readonly path: string;
  /**
   * BEGIN IMMEDIATE … COMMIT, one at a time; whatever `work` throws rolls back and is thrown on. Reads inside go
   * through `tx`: `database.all` sees only what was committed before. Transactions do not nest.
   * @throws {Refusal} 503 `overloaded` when too many wait already
   */
  transaction<T>(work: (tx: Writer) => Promise<T>): Promise<T>;
  /** Transactions under way and waiting. */
  readonly queued: number;
  /**
   * Brings the write-ahead log into the file and empties it: what was deleted stands in neither afterwards. Readers are
   * waited for up to 5 s; a log that is still in use then is emptied another time.
   */
  emptyLog(): Promise<void>;
  /** At most so many pages from now on: beyond them it is `full`, as on a disk without room. For tests. */
  limitPages(pages: number): Promise<void>;
  /** Waits for the transaction under way; later ones are refused. */
  close(): Promise<void>;
}

export type StorageReason = 'no-driver' | 'damaged' | 'busy' | 'full' | 'io' | 'unwritable' | 'constraint' | 'other';

/** A driver's error with the driver taken out. The message is SQLite's: for logs and the console, never for a reply. */
export class StorageError extends Error {
  override name = 'StorageError';
  constructor(
    readonly reason: StorageReason,
    message: string,
  ) {
    super(message);
  }
}

interface Driver {
  name: DriverName;
  /** `read` = the file cannot be changed through this connection. */
  open(path: string, mode: 'read' | 'write'): Promise<Connection>;
  /** VACUUM INTO, off the thread that answers requests. */
  copy(from: string, to: string): Promise<void>;
}

/** `temp_store`: what a query sorts stays in memory, so that reading goes on when the disk is full. */
const READER_SETTINGS =
  'PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;';
/** `secure_delete`: what is deleted is overwritten with zeros, so that a purged name stands in no free page. */
const WRITER_SETTINGS =
  'PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;';

/**
 * Opens, or makes, the database at `path`. An existing file is read first through a connection that cannot write: a
 * damaged one is refused (`damaged`) with not a byte of it changed.
 * @throws {StorageError}
 */
export async function openDatabase(options: {
  path: string;
  driver?: DriverName | undefined;
  /** Judges an existing file before anything is opened for writing; what it throws is thrown on. */
  look?: (reader: Reader) => Promise<unknown>;
  /** How many transactions may wait before 503 `overloaded`. */
  mostQueued?: number;
}): Promise<Database> {
  const driver = await loadDriver(options.driver);
  await peek(driver, options.path, options.look ?? (async () => undefined));
  const writer = await driver.open(options.path, 'write');
  let reader: Connection | null = null;
  try {
    await writer.script(WRITER_SETTINGS);
    reader = await driver.open(options.path, 'write');
    await reader.script(READER_SETTINGS);
  } catch (error) {
    await reader?.close();
    await writer.close();
    throw error;
  }
  const opened = reader;
  const queue = createTransactionQueue(
    writer,
    options.mostQueued === undefined ? {} : { mostQueued: options.mostQueued },
  );
  return {
    driver: driver.name,
    path: options.path,
    ...readerOf(opened),
    transaction: (work) => queue.run(work),
    get queued() {
      return queue.length;
    },
    emptyLog: () => queue.between(async () => void (await writer.all('PRAGMA wal_checkpoint(TRUNCATE)', []))),
    limitPages: (pages) => queue.between(() => writer.script(`PRAGMA max_page_count = ${Math.trunc(pages)}`)),
    close: () =>
      queue.close(async () => {
        await opened.close();
        await writer.close();
      }),
  };
}

/**
 * Runs `look` on an existing database that cannot be changed through it, after a `quick_check`; `null` when there is no
 * file yet.
 * @throws {StorageError} `damaged`
 */
export async function peekDatabase<T>(
  options: { path: string; driver?: DriverName | undefined },
  look: (reader: Reader) => Promise<T>,
): Promise<T | null> {
  return peek(await loadDriver(options.driver), options.path, look);
}

async function peek<T>(driver: Driver, path: string, look: (reader: Reader) => Promise<T>): Promise<T | null> {
  if (!existsSync(path) || statSync(path).size === 0) return null;
  const connection = await driver.open(path, 'read');
  try {
    const [first] = await connection.all<{ quick_check: string }>('PRAGMA quick_check(1)', []);
    if (first?.quick_check !== 'ok') throw new StorageError('damaged', first?.quick_check ?? 'no answer');
    return await look(readerOf(connection));
  } finally {
    await connection.close();
  }
}

/**
 * A whole copy of the database at `from` as it stood at one instant, while others go on writing to it. Rows only: what
 * was deleted is in no free page of it. `to` must not exist.
 * @throws {StorageError}
 */
export async function copyDatabase(options: { from: string; to: string; driver?: DriverName | undefined }) {
  await (await loadDriver(options.driver)).copy(options.from, options.to);
}

/** One connection of its own to a file nobody else uses: without WAL, and what is deleted is overwritten with zeros. */
export async function alterCopy(
  options: { path: string; driver?: DriverName | undefined },
  work: (connection: Pick<Connection, 'all' | 'script'>) => Promise<void>,
): Promise<void> {
  const connection = await (await loadDriver(options.driver)).open(options.path, 'write');
  try {
    await connection.script('PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;');
    await work(connection);
  } finally {
    await connection.close();
  }
}

/**
 * Holds the empty file `path` by SQLite's own locks, which the system takes back when a process dies, however it dies:
 * `shared` by everyone who has the data folder's database open, `alone` by whoever puts another file in its place.
 * @throws {StorageError} `busy`
 */
export async function holdFolder(
  options: { path: string; driver?: DriverName | undefined },
  how: 'shared' | 'alone',
): Promise<() => Promise<void>> {
  const connection = await (await loadDriver(options.driver)).open(options.path, 'write');
  try {
    const begin = how === 'alone' ? 'BEGIN EXCLUSIVE' : 'BEGIN';
    await connection.script(`PRAGMA busy_timeout = 0; ${begin}; SELECT count(*) FROM sqlite_schema;`);
  } catch (error) {
    await connection.close();
    throw error;
  }
  let held = true;
  return async () => {
    // Whoever let go already has nothing to let go of.
    if (!held) return;
    held = false;
    await connection.close();
  };
}

/** The drivers this Node can load, best first. */
export async function availableDrivers(): Promise<DriverName[]> {
  const loaded = await Promise.all(driverNames.map((name) => loaders[name]()));
  return loaded.flatMap((driver) => (driver ? [driver.name] : []));
}

/** @throws {StorageError} `no-driver`, saying what to install */
async function loadDriver(wanted?: DriverName): Promise<Driver> {
  for (const name of wanted ? [wanted] : driverNames) {
    const driver = await loaders[name]();
    if (driver) return driver;
  }
  throw new StorageError(
    'no-driver',
    wanted === 'node:sqlite'
      ? 'node:sqlite needs Node 22.13 or later'
      : 'install build-essential and python3, then run npm ci again; or use Node 22.13 or later',
  );
}

const loaders: Record<DriverName, () => Promise<Driver | null>> = {
  sqlite3: loadSqlite3,
  'node:sqlite': async () => loadNodeSqlite(),
};

/** SQLite's primary result code (the low byte) in our words. */
function storageError(code: number, message: string): StorageError {
  const reasons: Record<number, StorageReason> = {
    5: 'busy',
    8: 'unwritable',
    10: 'io',
    11: 'damaged',
    13: 'full',
    14: 'unwritable',
    19: 'constraint',
    26: 'damaged',
  };
  return new StorageError(reasons[code & 0xff] ?? 'other', message);
}

/** One driver would bind NULL, the other refuse; a forgotten value must not become NULL. */
function refuseUndefined(value: SqlValue | undefined): void {
  if (value === undefined) throw new TypeError('undefined is no SQL value');
}

// --- npm sqlite3 ----------------------------------------------------------------------------------------------------

type Callback<T> = (
  this: { changes: number; lastID: number },
  error: (Error & { errno?: number }) | null,
  rows: T,
) => void;
interface NpmDatabase {
  all(sql: string, params: unknown[], callback: Callback<unknown[]>): void;
  run(sql: string, params: unknown[], callback: Callback<void>): void;
  exec(sql: string, callback: Callback<void>): void;
  close(callback: Callback<void>): void;
}
interface NpmSqlite3 {
  Database: new (path: string, mode: number, callback: Callback<void>) => NpmDatabase;
  OPEN_READONLY: number;
  OPEN_READWRITE: number;
  OPEN_CREATE: number;
  OPEN_FULLMUTEX: number;
}

async function loadSqlite3(): Promise<Driver | null> {
  // Not a literal, so that types and bundle stand when the optional package could not be compiled.
  const name = 'sqlite3';
  let module: NpmSqlite3;
  try {
    module = ((await import(/* @vite-ignore */ name)) as { default: NpmSqlite3 }).default;
  } catch {
    return null;
  }
  const { Database: Npm, OPEN_READONLY, OPEN_READWRITE, OPEN_CREATE, OPEN_FULLMUTEX } = module;
  const promised = <T>(ask: (done: Callback<T>) => void) =>
    new Promise<{ rows: T; changes: number; lastID: number }>((resolve, reject) =>
      ask(function (error, rows) {
        if (error) reject(storageError(error.errno ?? 1, error.message));
        else resolve({ rows, changes: this?.changes ?? 0, lastID: this?.lastID ?? 0 });
      }),
    );
  const driver: Driver = {
    name: 'sqlite3',
    // The package runs every statement on a thread of its own.
    async copy(from, to) {
      const source = await driver.open(from, 'read');
      await source.run('VACUUM INTO ?', [to]).finally(() => source.close());
    },
    async open(path, mode) {
      const flags = mode === 'read' ? OPEN_READONLY : OPEN_READWRITE | OPEN_CREATE;
      let db!: NpmDatabase;
      await promised<void>((done) => (db = new Npm(path, flags | OPEN_FULLMUTEX, done)));
      return {
        async all<T>(sql: string, params: readonly SqlValue[]) {
          return (await promised<unknown[]>((done) => db.all(sql, params.map(forSqlite3), done))).rows as T[];
        },
        async run(sql, params) {
          const result = await promised<void>((done) => db.run(sql, params.map(forSqlite3), done));
          return { changes: result.changes, lastInsertRowid: result.lastID };
        },
        async script(sql) {
          await promised<void>((done) => db.exec(sql, done));
        },
        async close() {
          await promised<void>((done) => db.close(done));
        },
      };
    },
  };
  return driver;
}

function forSqlite3(value: SqlValue): unknown {
  refuseUndefined(value);
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
}

// --- node:sqlite ----------------------------------------------------------------------------------------------------

interface NodeStatement {
  all(...params: unknown[]): unknown[];
  run(...params: unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
}
interface NodeDatabase {
  exec(sql: string): void;
  prepare(sql: string): NodeStatement;
  close(): void;
}
interface NodeSqlite {
  DatabaseSync: new (
    path: string,
    options: { readOnly: boolean; enableForeignKeyConstraints: boolean },
  ) => NodeDatabase;
}

const MOST_STATEMENTS = 256;

/** This driver is synchronous, and a copy may take seconds: it has a thread of its own. */
const COPY = `
  const { workerData: { from, to }, parentPort } = require('node:worker_threads');
  process.emitWarning = () => undefined;
  try {
    const source = new (require('node:sqlite').DatabaseSync)(from, { readOnly: true });
    source.prepare('VACUUM INTO ?').run(to);
    source.close();
    parentPort.postMessage({ code: 0 });
  } catch (error) {
    parentPort.postMessage({ code: Number(error.errcode ?? 1), message: error.message });
  }`;

/** Node 22 calls the module experimental on stderr, where a person looks for what went wrong; no other warning is held. */
function nodeSqlite(): NodeSqlite | undefined {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule?.('node:sqlite') as NodeSqlite | undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}

function loadNodeSqlite(): Driver | null {
  const module = nodeSqlite();
  if (!module) return null;
  const told = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (error instanceof Error && 'errcode' in error) throw storageError(Number(error.errcode), error.message);
      throw error;
    }
  };
  return {
    name: 'node:sqlite',
    copy: (from, to) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(COPY, { eval: true, workerData: { from, to } });
        worker.once('error', reject);
        worker.once('message', ({ code, message }: { code: number; message: string }) =>
          code === 0 ? resolve() : reject(storageError(code, message)),
        );
      }),
    async open(path, mode) {
      const options = { readOnly: mode === 'read', enableForeignKeyConstraints: true };
      const db = told(() => new module.DatabaseSync(path, options));
      const statements = new Map<string, NodeStatement>();
      const prepared = (sql: string): NodeStatement => {
        let statement = statements.get(sql);
        if (!statement) {
          if (statements.size >= MOST_STATEMENTS) statements.clear();
          statements.set(sql, (statement = db.prepare(sql)));
        }
        return statement;
      };
      return {
        async all<T>(sql: string, params: readonly SqlValue[]) {
          // Rows come without a prototype; a spread makes them the plain objects the other driver gives.
          return told(() =>
            prepared(sql)
              .all(...params.map(forNodeSqlite))
              .map((row) => ({ ...(row as T) })),
          );
        },
        async run(sql, params) {
          const result = told(() => prepared(sql).run(...params.map(forNodeSqlite)));
          return { changes: Number(result.changes), lastInsertRowid: Number(result.lastInsertRowid) };
        },
        async script(sql) {
          told(() => db.exec(sql));
        },
        async close() {
          statements.clear();
          db.close();
        },
      };
    },
  };
}

/** It binds a number as REAL, whole or not; a BigInt as INTEGER, as the other driver does for whole numbers. */
function forNodeSqlite(value: SqlValue): unknown {
  refuseUndefined(value);
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}
