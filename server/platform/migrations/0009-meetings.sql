-- Days frozen for a meeting. `content` is canonical JSON, `sha256` its digest; `…_known` is the newest row of each table
-- of figures that was there, so that the same can be made again from the tables later.
CREATE TABLE meeting_snapshot (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  at TEXT NOT NULL,
  units TEXT NOT NULL,
  title TEXT NOT NULL CHECK (title <> ''),
  content TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  figures_known INTEGER NOT NULL,
  steps_known INTEGER NOT NULL,
  reports_known INTEGER NOT NULL,
  head_seq INTEGER NOT NULL,
  head_hash TEXT NOT NULL,
  frozen_by TEXT NOT NULL,
  frozen_at TEXT NOT NULL,
  demo INTEGER NOT NULL
) STRICT;

CREATE TRIGGER meeting_snapshot_stays BEFORE UPDATE ON meeting_snapshot
BEGIN SELECT RAISE(ABORT, 'a snapshot is never changed'); END;
CREATE TRIGGER meeting_snapshot_remains BEFORE DELETE ON meeting_snapshot
BEGIN SELECT RAISE(ABORT, 'a snapshot is never removed'); END;
