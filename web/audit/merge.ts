import type { AuditRow } from '../../server/audit/contract.ts';

/**
 * Rows known and rows that came, each once, newest first: pure. A row that came replaces the one known. Of one record
 * only the newest version can be taken back, whatever an older row was told when it was fetched.
 */
export function mergeRows(known: readonly AuditRow[], came: readonly AuditRow[]): AuditRow[] {
  const bySeq = new Map([...known, ...came].map((row) => [row.seq, row]));
  const items = [...bySeq.values()].sort((a, b) => b.seq - a.seq);
  const recordOf = ({ kind, recordId }: AuditRow) => `${kind}/${recordId}`;
  const newest = new Map<string, number>();
  for (const row of items) newest.set(recordOf(row), Math.max(newest.get(recordOf(row)) ?? 0, row.version));
  return items.map((row) => ({ ...row, undoable: row.undoable && newest.get(recordOf(row)) === row.version }));
}
