-- The change log: event stream, history and audit in one table (server/platform/README.md).
-- JSON columns hold canonical JSON; the hash covers their very text.
CREATE TABLE change (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  verb TEXT NOT NULL,
  kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  layers TEXT NOT NULL,
  diffs TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  outcome TEXT NOT NULL,
  note TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE INDEX change_of_record ON change (kind, record_id, seq);

-- Written once. Whoever takes these triggers away changes the shape of the schema, which the next start notices.
CREATE TRIGGER change_is_final BEFORE UPDATE ON change BEGIN SELECT RAISE (ABORT, 'a change row is final'); END;
CREATE TRIGGER change_stays BEFORE DELETE ON change BEGIN SELECT RAISE (ABORT, 'a change row stays'); END;

-- Small facts about this database itself: what it was seeded with, whether it is a demo.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
