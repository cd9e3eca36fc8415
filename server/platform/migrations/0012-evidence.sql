-- Evidence that was withdrawn: like every correction of a published figure it is a newer row of status_value, with the
-- day from which the evidence no longer stands, who withdrew it and why. `known_at` = when a row came.
ALTER TABLE status_value ADD COLUMN evidence_withdrawn_on TEXT;
ALTER TABLE status_value ADD COLUMN evidence_withdrawn_by TEXT;
ALTER TABLE status_value ADD COLUMN evidence_withdrawn_why TEXT;
ALTER TABLE status_value ADD COLUMN known_at TEXT;

-- A criteria pack as it was edited: each version whole, judging from `in_force_on` on. The version of a pack that came
-- with the program, or with the demo, is 1 and is not kept here.
CREATE TABLE criteria_pack_version (
  pack TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  in_force_on TEXT NOT NULL,
  json TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL,
  PRIMARY KEY (pack, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER criteria_pack_version_stays BEFORE UPDATE ON criteria_pack_version
BEGIN SELECT RAISE(ABORT, 'a version of a pack is never changed'); END;
CREATE TRIGGER criteria_pack_version_remains BEFORE DELETE ON criteria_pack_version
BEGIN SELECT RAISE(ABORT, 'a version of a pack is never removed'); END;
CREATE TRIGGER status_value_stays BEFORE UPDATE ON status_value
BEGIN SELECT RAISE(ABORT, 'a published figure is corrected by a newer row'); END;
CREATE TRIGGER status_value_remains BEFORE DELETE ON status_value
BEGIN SELECT RAISE(ABORT, 'a published figure stays'); END;
