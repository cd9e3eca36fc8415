/** Transactions over one connection, without a word about which driver it is of. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Refusal } from './refusal.ts';

export type SqlValue = string | number | bigint | null | Uint8Array;

export interface Reader {
  all<T>(sql: string, params?: readonly SqlValue[]): Promise<T[]>;
  get<T>(sql: string, params?: readonly SqlValue[]): Promise<T | undefined>;
}

/** Inside a transaction, and only as long as it lasts. */
export interface Writer extends Reader {
  run(sql: string, params?: readonly SqlValue[]): Promise<{ changes: number; lastInsertRowid: number }>;
  /** Several statements without parameters: a migration. */
  script(sql: string): Promise<void>;
  /** Runs after COMMIT and before the next transaction begins; never after a rollback. Must not throw. */
  afterCommit(work: () => void): void;
}

/** What a driver gives: statements on one connection. */
export interface Connection {
  all<T>(sql: string, params: readonly SqlValue[]): Promise<T[]>;
  run(sql: string, params: readonly SqlValue[]): Promise<{ changes: number; lastInsertRowid: number }>;
  script(sql: string): Promise<void>;
  close(): Promise<void>;
}

export const readerOf = (connection: Connection): Reader => ({
  all: (sql, params = []) => connection.all(sql, params),
  get: async <T>(sql: string, params: readonly SqlValue[] = []) => (await connection.all<T>(sql, params))[0],
});

export interface TransactionQueue {
  /** @throws {Refusal} 503 `overloaded` when too many wait; nothing was begun */
  run<T>(work: (tx: Writer) => Promise<T>): Promise<T>;
  /** Runs `work` between two transactions. */
  between<T>(work: () => Promise<T>): Promise<T>;
  /** Takes no more, waits for what is under way, then runs `last`. */
  close(last: () => Promise<void>): Promise<void>;
  /** How many have neither ended nor been refused: the one under way, and those that wait for it. */
  readonly length: number;
}

/** At a millisecond or two each this is less than a second's wait; more of them would only be memory. */
const MOST_QUEUED = 256;

/**
 * The mutex: one transaction at a time, each starting when the one before has ended, however it ended. Without it two
 * transactions on one connection run into each other and either may commit the other's half.
 */
export function createTransactionQueue(
  connection: Connection,
  options: { mostQueued?: number } = {},
): TransactionQueue {
  const { mostQueued = MOST_QUEUED } = options;
  const inside = new AsyncLocalStorage<true>();
  let tail: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | null = null;
  let length = 0;
  const enqueue = <T>(work: () => Promise<T>): Promise<T> => {
    const result = tail.then(work);
    // A turn of the event loop between two transactions: `node:sqlite` is synchronous, and a long row of transactions
    // would otherwise keep every socket waiting until the last one.
    tail = result.catch(() => undefined).then(() => new Promise((resolve) => setImmediate(resolve)));
    return result;
  };
  return {
    async run(work) {
      if (inside.getStore()) throw new Error('a transaction inside a transaction');
      if (closing) throw new Error('the database is closed');
      if (length >= mostQueued) throw new Refusal(503, 'overloaded', { retryAfterSeconds: 1 });
      length += 1;
      try {
        return await enqueue(() => inside.run(true, () => transact(connection, work)));
      } finally {
        length -= 1;
      }
    },
    async between(work) {
      if (closing) throw new Error('the database is closed');
      return enqueue(work);
    },
    close: (last) => (closing ??= enqueue(last)),
    get length() {
      return length;
    },
  };
}

async function transact<T>(connection: Connection, work: (tx: Writer) => Promise<T>): Promise<T> {
  const afterwards: (() => void)[] = [];
  let over = false;
  /** Statements run in the order they were asked for, and COMMIT waits for one that nobody awaited. */
  let last: Promise<unknown> = Promise.resolve();
  const inOrder = <R>(statement: () => Promise<R>): Promise<R> => {
    if (over) return Promise.reject(new Error('this transaction is over'));
    const result = last.then(statement);
    last = result.catch(() => undefined);
    return result;
  };
  const all = <R>(sql: string, params: readonly SqlValue[] = []) => inOrder(() => connection.all<R>(sql, params));
  const tx: Writer = {
    all,
    get: async <R>(sql: string, params?: readonly SqlValue[]) => (await all<R>(sql, params))[0],
    run: (sql, params = []) => inOrder(() => connection.run(sql, params)),
    script: (sql) => inOrder(() => connection.script(sql)),
    afterCommit: (callback) => void afterwards.push(callback),
  };

  await connection.script('BEGIN IMMEDIATE');
  let result: T;
  try {
    result = await work(tx);
    await last;
    over = true;
    await connection.script('COMMIT');
  } catch (error) {
    over = true;
    await last;
    // SQLite may have rolled back by itself (disk full, I/O error); then there is nothing left to roll back.
    await connection.script('ROLLBACK').catch(() => undefined);
    throw error;
  }
  for (const callback of afterwards) callback();
  return result;
}
