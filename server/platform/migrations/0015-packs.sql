-- Packs of criteria as administrators keep them. Published versions stand in criteria_pack_version (0012), each with
-- the digest of its canonical JSON.
ALTER TABLE criteria_pack_version ADD COLUMN sha256 TEXT NOT NULL DEFAULT '';

-- One draft a pack. `version` counts every saving, publishing and discarding, so that it never comes again; `json` NULL
-- = there is no draft at present. `based_on` is the version it was made from; 0 = of a pack that is new.
CREATE TABLE criteria_pack_draft (
  pack TEXT PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  based_on INTEGER NOT NULL,
  json TEXT,
  edited_by TEXT NOT NULL,
  edited_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Packs that were withdrawn or put back: append only, the newest row of a pack holds. `from_on` NULL = put back.
CREATE TABLE criteria_pack_withdrawal (
  id INTEGER PRIMARY KEY,
  pack TEXT NOT NULL,
  from_on TEXT,
  reason TEXT NOT NULL CHECK (reason <> ''),
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL
) STRICT;
CREATE INDEX criteria_pack_withdrawal_of ON criteria_pack_withdrawal (pack, id);
CREATE TRIGGER criteria_pack_withdrawal_stays BEFORE UPDATE ON criteria_pack_withdrawal
BEGIN SELECT RAISE(ABORT, 'a withdrawal is followed by another row'); END;
CREATE TRIGGER criteria_pack_withdrawal_remains BEFORE DELETE ON criteria_pack_withdrawal
BEGIN SELECT RAISE(ABORT, 'a withdrawal is never removed'); END;
