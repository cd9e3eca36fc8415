/** The chain of hashes over the change log: pure, so that whoever holds a copy of the table can check it. */
import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical.ts';

/** A row of `change` as it stands in the table; layers … outcome are canonical JSON text. */
export interface ChangeRow {
  seq: number;
  id: string;
  at: string;
  actor: string;
  verb: string;
  kind: string;
  record_id: string;
  version: number;
  layers: string;
  diffs: string;
  before: string;
  after: string;
  outcome: string;
  note: string;
  prev_hash: string;
  hash: string;
  /** Keyed digest of what `change_private` holds of this row; absent or NULL where it holds nothing. */
  private_digest?: string | null;
}

/** What the first row follows. */
export const GENESIS_HASH = '0'.repeat(64);

/** `sha256(prevHash + canonical row)`, in hex; the row without its two hashes, its JSON columns as the text they are. */
export function hashOf(prevHash: string, row: ChangeRow): string {
  return createHash('sha256').update(prevHash).update(textOf(row)).digest('hex');
}

function textOf(row: ChangeRow): string {
  const said: Partial<ChangeRow> = { ...row };
  delete said.prev_hash;
  delete said.hash;
  // Rows older than the column hash as they did.
  if (said.private_digest === null) delete said.private_digest;
  return canonicalJson(said);
}

/** A row by its hash: what a printed report quotes. */
export interface ChainHead {
  seq: number;
  /** Hex; of a printed head its beginning is enough. */
  hash: string;
}

/** A head in the way reports print it: `#12 5f0c…` (at least 12 hex digits), or `5f0c…@12`. `null` = unreadable. */
export function readHead(text: string): ChainHead | null {
  const match =
    /^#?(?<seq>[1-9]\d{0,14})[\s·:]+(?<hash>[0-9a-f]{12,64})…?$/i.exec(text.trim()) ??
    /^(?<hash>[0-9a-f]{12,64})@(?<seq>[1-9]\d{0,14})$/i.exec(text.trim());
  const { seq, hash } = match?.groups ?? {};
  return seq && hash ? { seq: Number(seq), hash: hash.toLowerCase() } : null;
}

/**
 * - `truncated`: rows at the end are gone, a printed head knew more of them;
 * - `rewritten`: a whole chain, but another one than the printed head belongs to.
 */
export const chainFaults = ['altered', 'missing', 'reordered', 'truncated', 'rewritten'] as const;
export type ChainFault = (typeof chainFaults)[number];
export type ChainCheck = { ok: true; hash: string } | { ok: false; seq: number; fault: 'altered' | 'displaced' };

/**
 * Does `row` stand where it should, at `seq` after a row whose hash is `prevHash`? If not, the row at fault is named:
 * - `displaced`: the row is whole, but belongs further on (one is missing here, or the order was changed);
 * - `altered`: anything else, also a row whose own hash was recomputed: its successor still knows the old one.
 */
export function checkRow(row: ChangeRow, seq: number, prevHash: string): ChainCheck {
  if (row.seq !== seq) return { ok: false, seq, fault: 'displaced' };
  const whole = isWholeAt(row, seq);
  if (whole && row.prev_hash === prevHash) return { ok: true, hash: row.hash };
  if (whole) return { ok: false, seq: Math.max(1, seq - 1), fault: 'altered' };
  return { ok: false, seq, fault: isWholeAhead(row, seq) ? 'displaced' : 'altered' };
}

/** How far a row may have moved and still be told from an altered one. */
const SEARCH_AHEAD = 10_000;

/** Does the row belong at some later seq? Its text is made once: only the number in it changes. */
function isWholeAhead(row: ChangeRow, seq: number): boolean {
  // Inside a string every quote is escaped, so this stands in the text once.
  const [before = '', after = ''] = textOf({ ...row, seq: 0 }).split(',"seq":0,');
  const begun = createHash('sha256').update(row.prev_hash).update(`${before},"seq":`);
  for (let other = seq + 1; other <= seq + SEARCH_AHEAD; other++) {
    if (begun.copy().update(`${other},${after}`).digest('hex') === row.hash) return true;
  }
  return false;
}

export const isWholeAt = (row: ChangeRow, seq: number): boolean => hashOf(row.prev_hash, { ...row, seq }) === row.hash;
