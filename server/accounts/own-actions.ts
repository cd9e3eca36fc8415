import { expireLinks, findLink, insertLink, markLinkUsed, type StoredLink } from './link-store.ts';
import type { Reader } from '../platform/database.ts';
import { Refusal } from '../platform/refusal.ts';
import { uuidv7 } from '../platform/uuid.ts';
import { auditOf, describeUser, isUsable, type Accounts } from './account.ts';
import {
  linkPath,
  type ChangePassword,
  type LinkWords,
  type Profile,
  type UseLink,
  type UserWords,
} from './contract.ts';
import { isWeak } from './password.ts';
import { nameOfActor, type User } from './permission.ts';
import { accountChange, beginIn, beginSession, endSessionsOf, type Begun, type From } from './session-actions.ts';
import { forgetDevices } from './session-store.ts';
import { hashToken, newToken } from './session.ts';
import { bucketsOf } from './throttle.ts';
import { countTry, forgive } from './try-actions.ts';
import { countUsers, findUser, findUserByName, insertUser, writeUser, type StoredUser } from './user-store.ts';

/** One's own name and unit. @throws {Refusal} 412 `changed_meanwhile` */
export async function updateProfile(
  accounts: Accounts,
  actor: User,
  version: number,
  given: Profile,
): Promise<UserWords> {
  const { changes, db } = accounts;
  await changes.commit(
    given.changeId,
    'updateProfile',
    async (tx) => {
      const user = await self(tx, actor);
      if (user.version !== version) {
        throw new Refusal(412, 'changed_meanwhile', {
          versions: { yours: version, current: user.version },
          current: describeUser(user),
        });
      }
      const after = await writeUser(tx, {
        ...user,
        displayName: given.displayName ?? user.displayName,
        unit: given.unit === undefined ? user.unit : given.unit,
      });
      const changed = (['displayName', 'unit'] as const).filter((field) => user[field] !== after[field]);
      const change = accountChange('updateProfile', after, nameOfActor(actor), undefined, { changed });
      return { outcome: null, change };
    },
    actor.id,
  );
  return describeUser(await self(db, actor));
}

async function self(db: Reader, actor: User): Promise<StoredUser> {
  const user = await findUser(db, actor.id);
  if (!user) throw new Refusal(404, 'unknown_user');
  return user;
}

const refuseWeak = (password: string, username: string, path: string): void => {
  if (isWeak(password, username))
    throw new Refusal(422, 'weak_password', { errors: [{ path, code: 'weak_password' }] });
};

/**
 * A new password, and a new session in place of all the old ones.
 * @throws {Refusal} 422 `weak_password`, `wrong_password`; 429 `too_many_tries`
 */
export async function changePassword(
  accounts: Accounts,
  actor: User,
  given: ChangePassword,
  from: From,
): Promise<Begun> {
  const { db, passwords, env } = accounts;
  const user = await self(db, actor);
  refuseWeak(given.newPassword, user.username, 'newPassword');
  // A stolen session is no reason to let its thief guess.
  const counted = bucketsOf(user.username, from.address, `session ${actor.sessionId}`);
  await countTry(accounts, counted);
  if (!(await passwords.verify(user.passwordHash, given.currentPassword))) {
    throw new Refusal(422, 'wrong_password', { errors: [{ path: 'currentPassword', code: 'wrong_password' }] });
  }
  await forgive(accounts, counted, { all: true });
  const passwordHash = await passwords.hash(given.newPassword);
  return beginIn(accounts, 'changePassword', async (tx) => {
    const current = await self(tx, actor);
    if (!isUsable(current, env.demo) || current.passwordHash !== user.passwordHash) {
      throw new Refusal(401, 'signed_out');
    }
    const after = await writeUser(tx, { ...current, passwordHash });
    await endSessionsOf(accounts, tx, after.id);
    return { user: after, begun: await beginSession(accounts, tx, after, { ...from, sessionToken: undefined }) };
  });
}

/**
 * The link of a token, if it still opens something.
 * @throws {Refusal} 404 `unknown_link`; 410 `link_used`, `link_expired`
 */
async function openLink(
  { clock }: Accounts,
  db: Reader,
  token: string,
): Promise<{ link: StoredLink; user: StoredUser | null }> {
  const link = await findLink(db, hashToken(token));
  if (!link) throw new Refusal(404, 'unknown_link');
  if (link.usedAt !== null) throw new Refusal(410, 'link_used');
  if (link.expiresAt !== null && clock.now() >= new Date(link.expiresAt)) throw new Refusal(410, 'link_expired');
  const user = link.userId === null ? null : await findUser(db, link.userId);
  if (user?.disabled) throw new Refusal(410, 'link_expired');
  if (!user && (await countUsers(db)) > 0) throw new Refusal(410, 'link_used');
  return { link, user };
}

/** What a link is for; looking does not use it. */
export async function lookAtLink(accounts: Accounts, token: string): Promise<LinkWords> {
  const { link, user } = await openLink(accounts, accounts.db, token);
  return {
    purpose: link.purpose,
    username: user?.username ?? null,
    displayName: user?.displayName ?? null,
    expiresAt: link.expiresAt,
  };
}

/**
 * Sets the password of the person a link is for, or makes the first administrator, and signs in. Once.
 * @throws {Refusal} what `openLink` throws; 422 `weak_password`, `invalid_request` (a name missing, or given where the
 *   account has one), 409 `username_taken`
 */
export async function useLink(accounts: Accounts, given: UseLink, from: From): Promise<Begun> {
  const { db, clock, passwords } = accounts;
  // Before the hash: nobody makes us work without a link.
  const looked = await openLink(accounts, db, given.token);
  const { username, displayName } = given;
  const named = username !== undefined && displayName !== undefined;
  const unnamed = username === undefined && displayName === undefined && given.unit === undefined;
  if (looked.user ? !unnamed : !named) {
    throw new Refusal(422, 'invalid_request', { errors: [{ path: 'username', code: 'invalid_request' }] });
  }
  refuseWeak(given.password, looked.user?.username ?? username ?? '', 'password');
  const passwordHash = await passwords.hash(given.password);
  const verb = looked.user ? 'useLink' : 'addFirstAdministrator';
  return beginIn(accounts, verb, async (tx) => {
    const { link, user } = await openLink(accounts, tx, given.token);
    const at = clock.now().toISOString();
    let after: StoredUser;
    if (user) {
      after = await writeUser(tx, { ...user, passwordHash });
      await endSessionsOf(accounts, tx, user.id);
      await forgetDevices(tx, user.id);
    } else {
      if (username === undefined || displayName === undefined) throw new Refusal(422, 'invalid_request');
      if (await findUserByName(tx, username)) throw new Refusal(409, 'username_taken');
      after = {
        id: uuidv7(clock.now().getTime()),
        version: 1,
        username,
        displayName,
        unit: given.unit ?? null,
        roles: ['admin'],
        scope: 'district',
        passwordHash,
        disabled: false,
        createdAt: at,
        lastSignInAt: null,
        demo: false,
      };
      await insertUser(tx, after);
    }
    await markLinkUsed(tx, link.tokenHash, at);
    await expireLinks(tx, user?.id ?? null, at);
    return { user: after, begun: await beginSession(accounts, tx, after, from), before: user ? auditOf(user) : {} };
  });
}

/**
 * The link that makes the first administrator, or `null` when there is an account. Called at every start: the link of
 * the last start opens nothing any more. What it makes is in the log, not that it was printed.
 */
export async function firstAdministratorLink({ db, clock }: Pick<Accounts, 'db' | 'clock'>): Promise<string | null> {
  return db.transaction(async (tx) => {
    const at = clock.now().toISOString();
    await expireLinks(tx, null, at);
    if ((await countUsers(tx)) > 0) return null;
    const token = newToken();
    await insertLink(tx, {
      tokenHash: hashToken(token),
      purpose: 'first-administrator',
      userId: null,
      createdAt: at,
      expiresAt: null,
    });
    return linkPath(token);
  });
}
