import { permissionsOf, nameOfActor, type Actor, type User } from './permission.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Writer } from '../platform/database.ts';
import { uuidv7 } from '../platform/uuid.ts';
import type { Verb } from '../platform/verb-contract.ts';
import { auditOf, describeUser, isUsable, type Accounts } from './account.ts';
import { usernamePattern, type OwnSession, type SessionWords, type SignIn } from './contract.ts';
import { ABSOLUTE_MS, DEVICE_MS, endOf, hasEnded, hashToken, IDLE_MS, newToken, shouldTouch } from './session.ts';
import {
  deleteEndedSessions,
  deleteSession,
  deleteSessionsOf,
  findSession,
  insertSession,
  knowsDevice,
  listSessions,
  liveSessions,
  rememberDevice,
  touchSession,
  type StoredSession,
} from './session-store.ts';
import { bucketsOf } from './throttle.ts';
import { countTry, forgive } from './try-actions.ts';
import { findUser, findUserByName, markSignIn, type StoredUser } from './user-store.ts';

/** Who a sign-in comes from. */
export interface From {
  address: string;
  browser: string | null;
  /** The token of this browser from an earlier sign-in. */
  deviceToken?: string | undefined;
  /** The session it carried, which the new one replaces. */
  sessionToken?: string | undefined;
}
/** A session just begun; the tokens go into cookies and nowhere else. */
export interface Begun {
  words: SessionWords;
  token: string;
  deviceToken: string;
}

export const VISITOR_SESSION = (actor: Actor): SessionWords => ({
  user: null,
  permissions: [...permissionsOf(actor)],
  scope: null,
  expiresAt: null,
});

/** Who carries this token; `null` = nobody: unknown, ended, disabled. One read; a write at most every five minutes. */
export async function actorOfToken(accounts: Accounts, token: string): Promise<User | null> {
  const { db, clock, env, log } = accounts;
  const found = await findSession(db, hashToken(token));
  const now = clock.now();
  if (!found || hasEnded(found.session, now) || !isUsable(found.user, env.demo)) return null;
  const { session, user } = found;
  if (shouldTouch(session, now)) {
    // Not waited for, and not fatal: a full disk must not keep anybody from reading.
    void db
      .transaction((tx) => touchSession(tx, session.id, now.toISOString()))
      .catch((error: unknown) => {
        // That the server is read-only was told once.
        if (!(error instanceof Refusal)) log.warn({ err: error }, 'a session was not marked as seen');
      });
  }
  return { kind: 'user', id: user.id, sessionId: session.id, roles: user.roles, scope: user.scope };
}

/** The session of a token as its owner reads it; `null` when there is none. */
export async function sessionOfToken(accounts: Accounts, token: string): Promise<SessionWords | null> {
  const found = await findSession(accounts.db, hashToken(token));
  return found ? wordsOf(found.user, found.session) : null;
}

function wordsOf(user: StoredUser, session: StoredSession): SessionWords {
  const words = describeUser(user);
  const actor: User = { kind: 'user', id: user.id, sessionId: session.id, roles: user.roles, scope: user.scope };
  return {
    user: words,
    permissions: [...permissionsOf(actor)],
    scope: words.scope,
    expiresAt: endOf(session).toISOString(),
  };
}

/**
 * Begins a session. Unknown name, wrong password, no password yet and a disabled account are told apart by neither
 * answer nor time: each costs one Argon2id hash.
 * @throws {Refusal} 401 `wrong_credentials`; 429 `too_many_tries` with `retryAfterSeconds`; 503 `overloaded`
 */
export async function signIn(accounts: Accounts, given: SignIn, from: From): Promise<Begun> {
  const { db, clock, env, passwords } = accounts;
  const username = given.username.normalize('NFC').trim().toLowerCase();
  const user = usernamePattern.test(username) ? await findUserByName(db, username) : null;
  const device = user && from.deviceToken ? hashToken(from.deviceToken) : null;
  const since = new Date(clock.now().getTime() - DEVICE_MS).toISOString();
  const known = user && device && (await knowsDevice(db, user.id, device, since)) ? device : null;
  const counted = bucketsOf(username, from.address, known);

  await countTry(accounts, counted);
  let right: boolean;
  try {
    right = await passwords.verify(user?.passwordHash ?? null, given.password);
  } catch (error) {
    // Nothing was tried.
    await forgive(accounts, counted);
    throw error;
  }
  if (!right || !user || !isUsable(user, env.demo)) throw new Refusal(401, 'wrong_credentials');
  await forgive(accounts, counted, { all: true });
  return beginIn(accounts, 'signIn', async (tx) => {
    const current = await findUser(tx, user.id);
    // Disabled, or given another password, while the hash was made.
    if (!current || !isUsable(current, env.demo) || current.passwordHash !== user.passwordHash) {
      throw new Refusal(401, 'wrong_credentials');
    }
    return { user: current, begun: await beginSession(accounts, tx, current, from) };
  });
}

/**
 * One change of an account that begins a session. The tokens are handed back beside the change, never inside: what a
 * change gives back is stored in the log.
 */
export async function beginIn(
  accounts: Accounts,
  verb: Verb,
  work: (tx: Writer) => Promise<{ user: StoredUser; begun: Begun; before?: object }>,
): Promise<Begun> {
  let begun: Begun | undefined;
  await accounts.changes.commit(uuidv7(accounts.clock.now().getTime()), verb, async (tx) => {
    const done = await work(tx);
    begun = done.begun;
    const { user } = done;
    return { outcome: null, change: accountChange(verb, user, `user:${user.id}`, done.before) };
  });
  return begun as Begun;
}

/** The change row of an account. `before` given = something of what `auditOf` tells may have changed. */
export const accountChange = (verb: Verb, user: StoredUser, actor: string, before?: object, more: object = {}) => ({
  kind: 'account' as const,
  verb,
  recordId: user.id,
  version: user.version,
  layers: [],
  actor,
  ...(before && { before }),
  after: before ? { ...auditOf(user), ...more } : { username: user.username, ...more },
});

/** Writes a session and remembers the browser. Always a new token: one that was planted beforehand stays worthless. */
export async function beginSession(accounts: Accounts, tx: Writer, user: StoredUser, from: From): Promise<Begun> {
  const { clock, events } = accounts;
  const now = clock.now();
  const at = now.toISOString();
  const token = newToken();
  const deviceToken = from.deviceToken ?? newToken();
  const replaced = from.sessionToken ? await findSession(tx, hashToken(from.sessionToken)) : null;
  if (replaced) {
    await deleteSession(tx, replaced.session.id, replaced.session.userId);
    tx.afterCommit(() => events.endSessions([replaced.session.id]));
  }
  await deleteEndedSessions(tx, at, {
    since: new Date(now.getTime() - IDLE_MS).toISOString(),
    until: new Date(now.getTime() + IDLE_MS).toISOString(),
  });
  const session = {
    id: uuidv7(now.getTime()),
    userId: user.id,
    createdAt: at,
    seenAt: at,
    expiresAt: new Date(now.getTime() + ABSOLUTE_MS).toISOString(),
    browser: from.browser,
  };
  await insertSession(tx, { ...session, tokenHash: hashToken(token) });
  await rememberDevice(tx, user.id, hashToken(deviceToken), at);
  await markSignIn(tx, user.id, at);
  return { words: wordsOf({ ...user, lastSignInAt: at }, session), token, deviceToken };
}

/** Ends every session of a person but `except`, inside the change that makes it necessary; their streams close with it. */
export async function endSessionsOf({ events }: Accounts, tx: Writer, userId: string, except = ''): Promise<number> {
  const ended = await deleteSessionsOf(tx, userId, except);
  if (ended.length > 0) tx.afterCommit(() => events.endSessions(ended));
  return ended.length;
}

/** Ends this session. One that has ended already is no mistake. */
export async function signOut(accounts: Accounts, actor: Actor): Promise<void> {
  if (actor.kind === 'user') await endOwn(accounts, actor, 'signOut', actor.sessionId);
}

export async function ownSessions({ db, clock }: Accounts, actor: User): Promise<OwnSession[]> {
  const now = clock.now();
  const sessions = await listSessions(db, actor.id);
  return sessions
    .filter((session) => !hasEnded(session, now))
    .map((session) => ({
      id: session.id,
      current: session.id === actor.sessionId,
      createdAt: session.createdAt,
      lastSeenAt: session.seenAt,
      expiresAt: endOf(session).toISOString(),
      browser: session.browser,
    }));
}

/** Ends one session of one's own, also the one that asks. @throws {Refusal} 404 `unknown_session` */
export const endOwnSession = (accounts: Accounts, actor: User, id: string): Promise<number> =>
  endOwn(accounts, actor, 'endSession', id);

/** Ends all of one's sessions but the one that asks. */
export const endOtherSessions = (accounts: Accounts, actor: User): Promise<number> =>
  endOwn(accounts, actor, 'endOtherSessions', null);

async function endOwn(accounts: Accounts, actor: User, verb: Verb, id: string | null): Promise<number> {
  const { changes, clock, events } = accounts;
  return changes.commit(uuidv7(clock.now().getTime()), verb, async (tx) => {
    const user = await findUser(tx, actor.id);
    if (!user) throw new Refusal(404, 'unknown_user');
    let ended = 1;
    if (id === null) ended = await endSessionsOf(accounts, tx, user.id, actor.sessionId);
    else if (!(await deleteSession(tx, id, user.id))) throw new Refusal(404, 'unknown_session');
    else tx.afterCommit(() => events.endSessions([id]));
    return { outcome: ended, change: accountChange(verb, user, nameOfActor(actor)) };
  });
}

/** Closes the streams of sessions that ended by time, or by the command line beside the server. */
export async function closeEndedStreams({
  db,
  clock,
  events,
}: Pick<Accounts, 'db' | 'clock' | 'events'>): Promise<void> {
  const listening = events.sessions();
  if (listening.length === 0) return;
  const now = clock.now();
  const live = new Set(
    (await liveSessions(db, listening)).filter((session) => !hasEnded(session, now)).map(({ id }) => id),
  );
  events.endSessions(listening.filter((id) => !live.has(id)));
}

const LOOK_MS = 500;
/** Sessions also end by time alone, of which the database says nothing. */
const LOOKS_A_SWEEP = 10;

/**
 * Looks for ended sessions as soon as anybody has written to the database, another process too: SQLite's own count of
 * that (`PRAGMA data_version`) is asked for twice a second while somebody listens. Returns its own end.
 */
export function watchSessions(
  services: Pick<Accounts, 'db' | 'clock' | 'events' | 'log'>,
  lookMs = LOOK_MS,
): () => void {
  const { db, events, log } = services;
  let seen: number | undefined;
  let looks = 0;
  let looking = false;
  const look = async () => {
    if (events.sessions().length === 0) return;
    const row = await db.get<{ data_version: number }>('PRAGMA data_version');
    looks += 1;
    if (row?.data_version === seen && looks < LOOKS_A_SWEEP) return;
    seen = row?.data_version;
    looks = 0;
    await closeEndedStreams(services);
  };
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look()
      .catch((error: unknown) => log.error({ err: error }, 'ended sessions were not looked for'))
      .finally(() => (looking = false));
  }, lookMs);
  timer.unref();
  return () => clearInterval(timer);
}
