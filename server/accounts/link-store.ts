import type { Reader, Writer } from '../platform/database.ts';
import type { LinkPurpose } from './contract.ts';

export interface StoredLink {
  tokenHash: string;
  purpose: LinkPurpose;
  userId: string | null;
  createdAt: string;
  expiresAt: string | null;
  usedAt: string | null;
}
interface LinkRow {
  token_hash: string;
  purpose: LinkPurpose;
  user_id: string | null;
  created_at: string;
  expires_at: string | null;
  used_at: string | null;
}

export async function findLink(db: Reader, tokenHash: string): Promise<StoredLink | null> {
  const row = await db.get<LinkRow>('SELECT * FROM one_time_link WHERE token_hash = ?', [tokenHash]);
  if (!row) return null;
  return {
    tokenHash: row.token_hash,
    purpose: row.purpose,
    userId: row.user_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
  };
}

export async function insertLink(tx: Writer, link: Omit<StoredLink, 'usedAt'>): Promise<void> {
  await tx.run(
    'INSERT INTO one_time_link (token_hash, purpose, user_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)',
    [link.tokenHash, link.purpose, link.userId, link.createdAt, link.expiresAt],
  );
}

export async function markLinkUsed(tx: Writer, tokenHash: string, at: string): Promise<void> {
  await tx.run('UPDATE one_time_link SET used_at = ? WHERE token_hash = ?', [at, tokenHash]);
}

/** The links of a person (`null` = for the first administrator) that still open something do so no more. */
export async function expireLinks(tx: Writer, userId: string | null, at: string): Promise<void> {
  await tx.run(
    `UPDATE one_time_link SET expires_at = ? WHERE user_id IS ? AND used_at IS NULL
       AND (expires_at IS NULL OR expires_at > ?)`,
    [at, userId, at],
  );
}
