import { createHmac } from 'node:crypto';
import type { Units, WardKey } from '../../geodata/schema.ts';
import type { Writer } from '../platform/database.ts';
import { Refusal } from '../platform/refusal.ts';
import { uuidv7 } from '../platform/uuid.ts';
import type { Verb } from '../platform/verb-contract.ts';
import { auditOf, describeUser, type Accounts } from './account.ts';
import {
  linkPath,
  type AddUser,
  type IssuedLink,
  type LinkPurpose,
  type ScopeWords,
  type UpdateUser,
  type UserWithLink,
  type UserWords,
} from './contract.ts';
import { expireLinks, findLink, insertLink } from './link-store.ts';
import type { Scope } from './permission.ts';
import { accountChange, endSessionsOf } from './session-actions.ts';
import { hashToken } from './session.ts';
import {
  countOtherAdministrators,
  findUser,
  findUserByName,
  insertUser,
  listDemoUsers,
  listUsers,
  namesOf,
  writeUser,
  type StoredUser,
  type UserNames,
} from './user-store.ts';

const DAY_MS = 86_400_000;
const LINK_MS: Record<Exclude<LinkPurpose, 'first-administrator'>, number> = {
  invitation: 7 * DAY_MS,
  reset: DAY_MS,
};

export async function userPage({ db }: Accounts, after: string, limit: number) {
  const found = await listUsers(db, after, limit + 1);
  const items = found.slice(0, limit).map(describeUser);
  return { items, nextCursor: found.length > limit ? (items.at(-1)?.username ?? null) : null };
}

/** The accounts everybody may try, in the demo. */
export const demoUsers = async ({ db }: Pick<Accounts, 'db'>): Promise<UserWords[]> =>
  (await listDemoUsers(db)).map(describeUser);

/** The names behind ids, for people who read the log. */
export const bothNamesOfUsers = (
  { db }: Pick<Accounts, 'db'>,
  ids: readonly string[],
): Promise<Map<string, UserNames>> => namesOf(db, ids);

/** Id -> username. */
export async function namesOfUsers({ db }: Pick<Accounts, 'db'>, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map([...(await namesOf(db, ids))].map(([id, { username }]) => [id, username]));
}

/** @throws {Refusal} 404 `unknown_user` */
export async function oneUser({ db }: Accounts, id: string): Promise<UserWords> {
  return describeUser(known(await findUser(db, id)));
}

/** @throws {Refusal} 404 `unknown_user` */
export async function userIdOf({ db }: Accounts, username: string): Promise<string> {
  return known(await findUserByName(db, username)).id;
}

function known(user: StoredUser | null): StoredUser {
  if (!user) throw new Refusal(404, 'unknown_user');
  return user;
}

/** Sorted and without doubles. @throws {Refusal} 422 `unknown_ward_scope` for a ward that is in neither set */
export function readScope({ places }: Pick<Accounts, 'places'>, scope: ScopeWords): Scope {
  if (scope === 'district') return scope;
  const every = new Set(
    Object.values(places.wards as Record<Units, { properties: { key: string } }[]>).flatMap((wards) =>
      wards.map(({ properties }) => properties.key),
    ),
  );
  if (!scope.every((key) => every.has(key))) {
    throw new Refusal(422, 'unknown_ward_scope', { errors: [{ path: 'scope', code: 'unknown_ward_scope' }] });
  }
  return [...new Set(scope)].sort() as WardKey[];
}

/**
 * An account without a password, and the link by which its owner chooses one.
 * @throws {Refusal} 409 `username_taken`; 422 `unknown_ward_scope`
 */
export async function addUser(accounts: Accounts, given: AddUser, actor: string): Promise<UserWithLink> {
  const { changes, clock, db } = accounts;
  const scope = readScope(accounts, given.scope);
  const { id, expiresAt } = await changes.commit(given.changeId, 'addUser', async (tx) => {
    if (await findUserByName(tx, given.username)) throw new Refusal(409, 'username_taken');
    const now = clock.now();
    const user: StoredUser = {
      id: uuidv7(now.getTime()),
      version: 1,
      username: given.username,
      displayName: given.displayName,
      unit: given.unit,
      roles: [...new Set(given.roles)],
      scope,
      passwordHash: null,
      disabled: false,
      createdAt: now.toISOString(),
      lastSignInAt: null,
      demo: false,
    };
    await insertUser(tx, user);
    const end = await writeLink(accounts, tx, user, 'invitation', given.changeId);
    return { outcome: { id: user.id, expiresAt: end }, change: accountChange('addUser', user, actor, {}) };
  });
  return {
    user: describeUser(known(await findUser(db, id))),
    link: await issuedLink(accounts, given.changeId, 'invitation', expiresAt),
  };
}

/**
 * Changes an account. Roles, scope and disabling end its sessions at once, and with them its event streams.
 * @param undoOf the seq of the change this one takes back
 * @throws {Refusal} 404 `unknown_user`; 412 `changed_meanwhile`; 409 `last_admin` when nobody could manage users any
 *   more; 422 `unknown_ward_scope`
 */
export async function updateUser(
  accounts: Accounts,
  id: string,
  version: number | null,
  given: UpdateUser,
  actor: string,
  undoOf?: number,
): Promise<UserWords> {
  const { changes, clock, db } = accounts;
  const verb: Verb = given.disabled === undefined ? 'updateUser' : given.disabled ? 'disableUser' : 'enableUser';
  const scope = given.scope === undefined ? undefined : readScope(accounts, given.scope);
  await changes.commit(
    given.changeId,
    verb,
    async (tx) => {
      const user = known(await findUser(tx, id));
      if (version !== null && user.version !== version) {
        throw new Refusal(412, 'changed_meanwhile', {
          versions: { yours: version, current: user.version },
          current: describeUser(user),
        });
      }
      const wanted: StoredUser = {
        ...user,
        displayName: given.displayName ?? user.displayName,
        unit: given.unit === undefined ? user.unit : given.unit,
        roles: given.roles ? [...new Set(given.roles)] : user.roles,
        scope: scope ?? user.scope,
        disabled: given.disabled ?? user.disabled,
      };
      const staysAdministrator = wanted.roles.includes('admin') && !wanted.disabled;
      if (user.roles.includes('admin') && !user.disabled && !staysAdministrator) {
        if ((await countOtherAdministrators(tx, id)) === 0) throw new Refusal(409, 'last_admin');
      }
      const after = await writeUser(tx, wanted);
      const rightsChanged = JSON.stringify(auditOf(user)) !== JSON.stringify(auditOf(after));
      if (rightsChanged) await endSessionsOf(accounts, tx, id);
      if (after.disabled) await expireLinks(tx, id, clock.now().toISOString());
      const changed = (['displayName', 'unit'] as const).filter((field) => user[field] !== after[field]);
      const more = { ...(changed.length > 0 && { changed }), ...(undoOf !== undefined && { undoOf }) };
      return { outcome: { id }, change: accountChange(verb, after, actor, auditOf(user), more) };
    },
    id,
  );
  return describeUser(known(await findUser(db, id)));
}

/**
 * A link by which a person chooses a new password; earlier ones open nothing any more, sessions end. The old password
 * holds until the link is used.
 * @throws {Refusal} 404 `unknown_user`; 409 `user_disabled`
 */
export async function issueLink(
  accounts: Accounts,
  id: string,
  changeId: string,
  actor: string,
): Promise<UserWithLink> {
  const { changes, db } = accounts;
  const { purpose, expiresAt } = await changes.commit(
    changeId,
    'issueLink',
    async (tx) => {
      const user = known(await findUser(tx, id));
      if (user.disabled) throw new Refusal(409, 'user_disabled');
      const purpose = user.passwordHash === null ? 'invitation' : 'reset';
      const expiresAt = await writeLink(accounts, tx, user, purpose, changeId);
      await endSessionsOf(accounts, tx, id);
      return {
        outcome: { purpose, expiresAt } as const,
        change: accountChange('issueLink', user, actor, undefined, { purpose }),
      };
    },
    id,
  );
  return {
    user: describeUser(known(await findUser(db, id))),
    link: await issuedLink(accounts, changeId, purpose, expiresAt),
  };
}

const tokenOf = ({ linkKey }: Accounts, changeId: string): string =>
  createHmac('sha256', linkKey).update(changeId).digest('base64url');

async function writeLink(
  accounts: Accounts,
  tx: Writer,
  user: StoredUser,
  purpose: 'invitation' | 'reset',
  changeId: string,
): Promise<string> {
  const now = accounts.clock.now();
  const expiresAt = new Date(now.getTime() + LINK_MS[purpose]).toISOString();
  await expireLinks(tx, user.id, now.toISOString());
  await insertLink(tx, {
    tokenHash: hashToken(tokenOf(accounts, changeId)),
    purpose,
    userId: user.id,
    createdAt: now.toISOString(),
    expiresAt,
  });
  return expiresAt;
}

/** The link in words; `null` when the server has started anew since, or when it opens nothing any more. */
async function issuedLink(
  accounts: Accounts,
  changeId: string,
  purpose: IssuedLink['purpose'],
  expiresAt: string,
): Promise<IssuedLink | null> {
  const token = tokenOf(accounts, changeId);
  const link = await findLink(accounts.db, hashToken(token));
  if (!link || link.usedAt !== null || link.expiresAt !== expiresAt) return null;
  return { purpose, path: linkPath(token), expiresAt };
}
