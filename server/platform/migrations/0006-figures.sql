-- Ward figures on their way to approval: one row a ward, indicator and period. What is approved goes into status_value.
CREATE TABLE figure (
  ward_key TEXT NOT NULL,
  pack TEXT NOT NULL,
  indicator TEXT NOT NULL,
  period TEXT NOT NULL,
  version INTEGER NOT NULL,
  value REAL,
  as_of TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source <> ''),
  note TEXT NOT NULL,
  evidence_title TEXT,
  evidence_expires_on TEXT,
  evidence_file TEXT,
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'returned')),
  reason TEXT,
  entered_by TEXT NOT NULL,
  entered_at TEXT NOT NULL,
  decided_by TEXT,
  decided_at TEXT,
  PRIMARY KEY (pack, period, ward_key, indicator),
  CHECK (evidence_title IS NOT NULL OR (evidence_expires_on IS NULL AND evidence_file IS NULL)),
  CHECK (state <> 'returned' OR reason IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- Files that may prove a figure (DATA_DIR/files, named by SHA-256). `name` is what the sender called it.
CREATE TABLE evidence_file (
  sha256 TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  name TEXT NOT NULL,
  kept_by TEXT NOT NULL,
  kept_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE status_value ADD COLUMN evidence_file TEXT;
ALTER TABLE status_value ADD COLUMN approved_by TEXT;
-- The figure that stands for a cell is its newest row, found by period.
CREATE INDEX status_value_of_cell ON status_value (pack, period, ward_key, indicator, id);
