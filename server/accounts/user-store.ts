import type { Reader, Writer } from '../platform/database.ts';
import { roles as allRoles, type Role, type Scope } from './permission.ts';

export interface StoredUser {
  id: string;
  version: number;
  username: string;
  displayName: string;
  unit: string | null;
  roles: Role[];
  scope: Scope;
  passwordHash: string | null;
  disabled: boolean;
  createdAt: string;
  lastSignInAt: string | null;
  demo: boolean;
}

export interface UserRow {
  id: string;
  version: number;
  username: string;
  display_name: string;
  unit: string | null;
  roles: string;
  scope: string;
  password_hash: string | null;
  disabled: number;
  created_at: string;
  last_sign_in_at: string | null;
  demo: number;
}

export const userOf = (row: UserRow): StoredUser => ({
  id: row.id,
  version: row.version,
  username: row.username,
  displayName: row.display_name,
  unit: row.unit,
  roles: (JSON.parse(row.roles) as Role[]).filter((role) => allRoles.includes(role)),
  scope: JSON.parse(row.scope) as Scope,
  passwordHash: row.password_hash,
  disabled: row.disabled === 1,
  createdAt: row.created_at,
  lastSignInAt: row.last_sign_in_at,
  demo: row.demo === 1,
});

export async function findUser(db: Reader, id: string): Promise<StoredUser | null> {
  const row = await db.get<UserRow>('SELECT * FROM user_account WHERE id = ?', [id]);
  return row ? userOf(row) : null;
}

export async function findUserByName(db: Reader, username: string): Promise<StoredUser | null> {
  const row = await db.get<UserRow>('SELECT * FROM user_account WHERE username = ?', [username]);
  return row ? userOf(row) : null;
}

/** In the order of usernames. */
export async function listUsers(db: Reader, after: string, limit: number): Promise<StoredUser[]> {
  const rows = await db.all<UserRow>('SELECT * FROM user_account WHERE username > ? ORDER BY username LIMIT ?', [
    after,
    limit,
  ]);
  return rows.map(userOf);
}

export async function listDemoUsers(db: Reader): Promise<StoredUser[]> {
  return (await db.all<UserRow>('SELECT * FROM user_account WHERE demo = 1 ORDER BY id')).map(userOf);
}

export interface UserNames {
  username: string;
  displayName: string;
}

export async function namesOf(db: Reader, ids: readonly string[]): Promise<Map<string, UserNames>> {
  const rows = await db.all<{ id: string; username: string; display_name: string }>(
    'SELECT id, username, display_name FROM user_account WHERE id IN (SELECT value FROM json_each(?))',
    [JSON.stringify(ids)],
  );
  return new Map(rows.map((row) => [row.id, { username: row.username, displayName: row.display_name }]));
}

export async function countUsers(db: Reader): Promise<number> {
  return (await db.get<{ n: number }>('SELECT count(*) AS n FROM user_account'))?.n ?? 0;
}

/** Administrators beside `id` who can sign in. */
export async function countOtherAdministrators(db: Reader, id: string): Promise<number> {
  const row = await db.get<{ n: number }>(
    `SELECT count(*) AS n FROM user_account WHERE id <> ? AND disabled = 0 AND password_hash IS NOT NULL
       AND EXISTS (SELECT 1 FROM json_each(roles) WHERE value = 'admin')`,
    [id],
  );
  return row?.n ?? 0;
}

export async function insertUser(tx: Writer, user: StoredUser): Promise<void> {
  await tx.run(
    `INSERT INTO user_account (id, version, username, display_name, unit, roles, scope, password_hash, disabled,
       created_at, last_sign_in_at, demo) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      user.id,
      user.version,
      user.username,
      user.displayName,
      user.unit,
      JSON.stringify(user.roles),
      JSON.stringify(user.scope),
      user.passwordHash,
      user.disabled ? 1 : 0,
      user.createdAt,
      user.lastSignInAt,
      user.demo ? 1 : 0,
    ],
  );
}

/** Everything an administrator or the person may change; the next version. */
export async function writeUser(tx: Writer, user: StoredUser): Promise<StoredUser> {
  await tx.run(
    `UPDATE user_account SET version = version + 1, display_name = ?, unit = ?, roles = ?, scope = ?,
       password_hash = ?, disabled = ? WHERE id = ?`,
    [
      user.displayName,
      user.unit,
      JSON.stringify(user.roles),
      JSON.stringify(user.scope),
      user.passwordHash,
      user.disabled ? 1 : 0,
      user.id,
    ],
  );
  return { ...user, version: user.version + 1 };
}

/** No new version: signing in changes nothing an administrator could have read. */
export async function markSignIn(tx: Writer, id: string, at: string): Promise<void> {
  await tx.run('UPDATE user_account SET last_sign_in_at = ? WHERE id = ?', [at, id]);
}
