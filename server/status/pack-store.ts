/** Packs kept in the database: published versions, drafts, withdrawals. */
import type { CivilDate, CriteriaPack } from '../../geodata/schema.ts';
import type { Reader, Writer } from '../platform/database.ts';

/** A published version; what came with the program or the demo is version 1 and has no reason, person or instant. */
export interface KeptVersion {
  pack: CriteriaPack;
  version: number;
  sha256: string | null;
  reason: string | null;
  madeBy: string | null;
  madeAt: string | null;
}

export interface KeptDraft {
  version: number;
  /** `null` = there is none at present. */
  draft: { pack: CriteriaPack; basedOn: number } | null;
  editedBy: string;
  editedAt: string;
}

export interface Withdrawal {
  pack: string;
  /** `null` = put back. */
  from: CivilDate | null;
  reason: string;
  madeBy: string;
  madeAt: string;
}

interface VersionRow {
  json: string;
  version: number;
  sha256: string;
  reason: string;
  made_by: string;
  made_at: string;
}

/** Every published version, by pack and number. */
export async function publishedVersions(db: Reader): Promise<KeptVersion[]> {
  const rows = await db.all<VersionRow>(
    'SELECT json, version, sha256, reason, made_by, made_at FROM criteria_pack_version ORDER BY pack, version',
  );
  return rows.map(({ json, version, sha256, reason, made_by, made_at }) => ({
    pack: JSON.parse(json) as CriteriaPack,
    ...{ version, sha256, reason },
    madeBy: made_by,
    madeAt: made_at,
  }));
}

export async function insertVersion(tx: Writer, kept: Required<KeptVersion>): Promise<void> {
  const { pack, version, sha256, reason, madeBy, madeAt } = kept;
  await tx.run(
    `INSERT INTO criteria_pack_version (pack, version, in_force_on, json, reason, made_by, made_at, sha256)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [pack.id, version, pack.validFrom, JSON.stringify(pack), reason, madeBy, madeAt, sha256],
  );
}

interface DraftRow {
  pack: string;
  version: number;
  based_on: number;
  json: string | null;
  edited_by: string;
  edited_at: string;
}

const draftOf = ({ version, based_on, json, edited_by, edited_at }: DraftRow): KeptDraft => ({
  version,
  draft: json === null ? null : { pack: JSON.parse(json) as CriteriaPack, basedOn: based_on },
  editedBy: edited_by,
  editedAt: edited_at,
});

export async function findDraft(db: Reader, pack: string): Promise<KeptDraft | null> {
  const row = await db.get<DraftRow>('SELECT * FROM criteria_pack_draft WHERE pack = ?', [pack]);
  return row ? draftOf(row) : null;
}

export async function everyDraft(db: Reader): Promise<CriteriaPack[]> {
  const rows = await db.all<{ json: string }>(
    'SELECT json FROM criteria_pack_draft WHERE json IS NOT NULL ORDER BY pack',
  );
  return rows.map(({ json }) => JSON.parse(json) as CriteriaPack);
}

export async function putDraft(tx: Writer, pack: string, { version, draft, editedBy, editedAt }: KeptDraft) {
  await tx.run(
    `INSERT INTO criteria_pack_draft (pack, version, based_on, json, edited_by, edited_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (pack) DO UPDATE SET version = excluded.version, based_on = excluded.based_on, json = excluded.json,
       edited_by = excluded.edited_by, edited_at = excluded.edited_at`,
    [pack, version, draft?.basedOn ?? 0, draft && JSON.stringify(draft.pack), editedBy, editedAt],
  );
}

/** Every withdrawal and putting back, oldest first. */
export async function withdrawals(db: Reader): Promise<Withdrawal[]> {
  return db.all<Withdrawal & Record<string, never>>(
    `SELECT pack, from_on AS "from", reason, made_by AS "madeBy", made_at AS "madeAt"
     FROM criteria_pack_withdrawal ORDER BY id`,
  );
}

export async function insertWithdrawal(tx: Writer, { pack, from, reason, madeBy, madeAt }: Withdrawal): Promise<void> {
  await tx.run(
    'INSERT INTO criteria_pack_withdrawal (pack, from_on, reason, made_by, made_at) VALUES (?, ?, ?, ?, ?)',
    [pack, from, reason, madeBy, madeAt],
  );
}

/** How many approved figures each indicator of a pack has: a ward and period count once. */
export async function approvedCounts(db: Reader, pack: string): Promise<Record<string, number>> {
  const rows = await db.all<{ indicator: string; count: number }>(
    `SELECT indicator, count(DISTINCT ward_key || ' ' || period) AS count
     FROM status_value WHERE pack = ? AND approved = 1 GROUP BY indicator`,
    [pack],
  );
  return Object.fromEntries(rows.map(({ indicator, count }) => [indicator, count]));
}
