import type { CivilDate, WardKey } from '../../geodata/schema.ts';
import type { Reader, Writer } from '../platform/database.ts';
import type { Evidence, FigureState } from './contract.ts';

export interface StoredFigure {
  wardKey: WardKey;
  pack: string;
  indicator: string;
  period: string;
  version: number;
  value: number | null;
  asOf: CivilDate;
  source: string;
  note: string;
  evidence: Evidence | null;
  state: FigureState;
  reason: string | null;
  enteredBy: string;
  enteredAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
}

interface FigureRow {
  ward_key: WardKey;
  pack: string;
  indicator: string;
  period: string;
  version: number;
  value: number | null;
  as_of: CivilDate;
  source: string;
  note: string;
  evidence_title: string | null;
  evidence_expires_on: CivilDate | null;
  evidence_file: string | null;
  state: FigureState;
  reason: string | null;
  entered_by: string;
  entered_at: string;
  decided_by: string | null;
  decided_at: string | null;
}

const figureOf = (row: FigureRow): StoredFigure => ({
  wardKey: row.ward_key,
  pack: row.pack,
  indicator: row.indicator,
  period: row.period,
  version: row.version,
  value: row.value,
  asOf: row.as_of,
  source: row.source,
  note: row.note,
  evidence:
    row.evidence_title === null
      ? null
      : { title: row.evidence_title, expiresOn: row.evidence_expires_on, file: row.evidence_file },
  state: row.state,
  reason: row.reason,
  enteredBy: row.entered_by,
  enteredAt: row.entered_at,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
});

/** Every cell somebody has touched, of one pack and period. */
export async function figuresOf(db: Reader, pack: string, period: string): Promise<StoredFigure[]> {
  const rows = await db.all<FigureRow>(
    'SELECT * FROM figure WHERE pack = ? AND period = ? ORDER BY ward_key, indicator',
    [pack, period],
  );
  return rows.map(figureOf);
}

/** What the public sees of these cells: the newest row of each. */
export const PUBLISHED_OF_PERIOD = `
  SELECT ward_key, indicator, value, evidence_file, evidence_title, evidence_withdrawn_on FROM (
    SELECT *, row_number() OVER (PARTITION BY ward_key, indicator ORDER BY id DESC) AS place
    FROM status_value WHERE pack = ? AND period = ? AND approved = 1
  ) WHERE place = 1`;
export const publishedOf = (
  db: Reader,
  pack: string,
  period: string,
): Promise<
  {
    ward_key: WardKey;
    indicator: string;
    value: number | null;
    evidence_title: string | null;
    evidence_file: string | null;
    evidence_withdrawn_on: CivilDate | null;
  }[]
> => db.all(PUBLISHED_OF_PERIOD, [pack, period]);

/** Puts each figure in its cell, over what stood there: the caller has compared the versions. */
export async function putFigures(tx: Writer, figures: readonly StoredFigure[]): Promise<void> {
  await tx.run(
    `INSERT INTO figure (ward_key, pack, indicator, period, version, value, as_of, source, note, evidence_title,
       evidence_expires_on, evidence_file, state, reason, entered_by, entered_at, decided_by, decided_at)
     SELECT value->>'wardKey', value->>'pack', value->>'indicator', value->>'period', value->>'version',
       CAST(value->>'value' AS REAL), value->>'asOf', value->>'source', value->>'note', value->>'$.evidence.title',
       value->>'$.evidence.expiresOn', value->>'$.evidence.file', value->>'state', value->>'reason',
       value->>'enteredBy', value->>'enteredAt', value->>'decidedBy', value->>'decidedAt'
     FROM json_each(?) WHERE true
     ON CONFLICT (pack, period, ward_key, indicator) DO UPDATE SET
       version = excluded.version, value = excluded.value, as_of = excluded.as_of, source = excluded.source,
       note = excluded.note, evidence_title = excluded.evidence_title,
       evidence_expires_on = excluded.evidence_expires_on, evidence_file = excluded.evidence_file,
       state = excluded.state, reason = excluded.reason, entered_by = excluded.entered_by,
       entered_at = excluded.entered_at, decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
    [JSON.stringify(figures)],
  );
}

export interface KeptFile {
  sha256: string;
  kind: string;
  bytes: number;
  name: string;
  keptBy: string;
  keptAt: string;
}

export async function insertEvidenceFile(tx: Writer, file: KeptFile): Promise<void> {
  await tx.run(
    `INSERT INTO evidence_file (sha256, kind, bytes, name, kept_by, kept_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
    [file.sha256, file.kind, file.bytes, file.name, file.keptBy, file.keptAt],
  );
}

export const findEvidenceFile = (
  db: Reader,
  sha256: string,
): Promise<{ kind: string; bytes: number; name: string } | undefined> =>
  db.get('SELECT kind, bytes, name FROM evidence_file WHERE sha256 = ?', [sha256]);

/** Of these names the ones that are kept. */
export async function knownFiles(db: Reader, sha256s: readonly string[]): Promise<Set<string>> {
  const rows = await db.all<{ sha256: string }>(
    'SELECT sha256 FROM evidence_file WHERE sha256 IN (SELECT value FROM json_each(?))',
    [JSON.stringify(sha256s)],
  );
  return new Set(rows.map(({ sha256 }) => sha256));
}
