import type { Reader, Writer } from '../platform/database.ts';
import { userOf, type StoredUser, type UserRow } from './user-store.ts';

export interface StoredSession {
  id: string;
  userId: string;
  createdAt: string;
  seenAt: string;
  expiresAt: string;
  browser: string | null;
}
interface SessionRow {
  id: string;
  user_id: string;
  created_at: string;
  seen_at: string;
  expires_at: string;
  browser: string | null;
}
const sessionOf = (row: SessionRow): StoredSession => ({
  id: row.id,
  userId: row.user_id,
  createdAt: row.created_at,
  seenAt: row.seen_at,
  expiresAt: row.expires_at,
  browser: row.browser,
});

export const BY_TOKEN = `SELECT u.*, s.id AS session_id, s.created_at AS begun_at, s.seen_at, s.expires_at, s.browser
  FROM session s JOIN user_account u ON u.id = s.user_id WHERE s.token_hash = ?`;

/** The session of a token and whose it is. */
export async function findSession(
  db: Reader,
  tokenHash: string,
): Promise<{ session: StoredSession; user: StoredUser } | null> {
  const row = await db.get<UserRow & SessionRow & { session_id: string; begun_at: string }>(BY_TOKEN, [tokenHash]);
  if (!row) return null;
  const session = sessionOf({ ...row, id: row.session_id, user_id: row.id, created_at: row.begun_at });
  return { session, user: userOf(row) };
}

export async function listSessions(db: Reader, userId: string): Promise<StoredSession[]> {
  const rows = await db.all<SessionRow>('SELECT * FROM session WHERE user_id = ? ORDER BY created_at DESC, id DESC', [
    userId,
  ]);
  return rows.map(sessionOf);
}

export async function insertSession(tx: Writer, session: StoredSession & { tokenHash: string }): Promise<void> {
  await tx.run(
    `INSERT INTO session (id, token_hash, user_id, created_at, seen_at, expires_at, browser)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [
      session.id,
      session.tokenHash,
      session.userId,
      session.createdAt,
      session.seenAt,
      session.expiresAt,
      session.browser,
    ],
  );
}

/** Only forward: a clock that jumped back does not shorten a session. */
export async function touchSession(tx: Writer, id: string, seenAt: string): Promise<void> {
  await tx.run('UPDATE session SET seen_at = max(seen_at, ?) WHERE id = ?', [seenAt, id]);
}

/** Ends a session; `false` when this person has no such one. */
export async function deleteSession(tx: Writer, id: string, userId: string): Promise<boolean> {
  return (await tx.run('DELETE FROM session WHERE id = ? AND user_id = ?', [id, userId])).changes === 1;
}

/** Ends every session of a person, but `except`; returns their ids. */
export async function deleteSessionsOf(tx: Writer, userId: string, except = ''): Promise<string[]> {
  const rows = await tx.all<{ id: string }>('SELECT id FROM session WHERE user_id = ? AND id <> ?', [userId, except]);
  await tx.run('DELETE FROM session WHERE user_id = ? AND id <> ?', [userId, except]);
  return rows.map(({ id }) => id);
}

/** Clears away what has ended by itself. */
export async function deleteEndedSessions(
  tx: Writer,
  now: string,
  idle: { since: string; until: string },
): Promise<void> {
  await tx.run('DELETE FROM session WHERE expires_at <= ? OR seen_at <= ? OR seen_at > ?', [
    now,
    idle.since,
    idle.until,
  ]);
}

/** Which of these sessions are still ones, on whoever's word: another process may have ended them. */
export async function liveSessions(db: Reader, ids: readonly string[]): Promise<StoredSession[]> {
  const rows = await db.all<SessionRow>(
    `SELECT s.* FROM session s JOIN user_account u ON u.id = s.user_id AND u.disabled = 0
     WHERE s.id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(ids)],
  );
  return rows.map(sessionOf);
}

const MOST_DEVICES = 10;

export async function knowsDevice(db: Reader, userId: string, tokenHash: string, since: string): Promise<boolean> {
  const row = await db.get('SELECT 1 AS known FROM known_device WHERE token_hash = ? AND user_id = ? AND seen_at > ?', [
    tokenHash,
    userId,
    since,
  ]);
  return row !== undefined;
}

/** Remembers a browser; only a person's last ten are kept. */
export async function rememberDevice(tx: Writer, userId: string, tokenHash: string, at: string): Promise<void> {
  await tx.run(
    `INSERT INTO known_device (token_hash, user_id, seen_at) VALUES (?, ?, ?)
     ON CONFLICT (token_hash) DO UPDATE SET user_id = excluded.user_id, seen_at = excluded.seen_at`,
    [tokenHash, userId, at],
  );
  await tx.run(
    `DELETE FROM known_device WHERE user_id = ? AND token_hash NOT IN
       (SELECT token_hash FROM known_device WHERE user_id = ? ORDER BY seen_at DESC, token_hash LIMIT ${MOST_DEVICES})`,
    [userId, userId],
  );
}

/** After a reset nobody's browser is known: whoever it was kept from may have used one. */
export async function forgetDevices(tx: Writer, userId: string): Promise<void> {
  await tx.run('DELETE FROM known_device WHERE user_id = ?', [userId]);
}
