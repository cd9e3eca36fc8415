-- Dengue cases as staff keep them, the persons beside them, and what the public was told.

-- What a change said about a person or a case, apart from the log so that it can be removed. `digest` is keyed (HMAC;
-- the key is no part of the database) and stays when `before` and `after` have been purged.
CREATE TABLE change_private (
  seq INTEGER NOT NULL REFERENCES change (seq),
  record_id TEXT NOT NULL,
  -- JSON; NULL after a purge.
  before TEXT,
  after TEXT,
  digest TEXT NOT NULL,
  purged_at TEXT,
  PRIMARY KEY (seq, record_id),
  CHECK ((before IS NULL) = (after IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX change_private_of_record ON change_private (record_id, seq);
CREATE TRIGGER change_private_stays BEFORE DELETE ON change_private
BEGIN SELECT RAISE (ABORT, 'the digest of a change stays'); END;
CREATE TRIGGER change_private_is_final BEFORE UPDATE ON change_private
WHEN new.digest <> old.digest OR new.seq <> old.seq OR new.record_id <> old.record_id OR new.before IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'what a change said can only be purged'); END;
-- The digest of its private parts, covered by the row's hash; NULL = it has none.
ALTER TABLE change ADD COLUMN private_digest TEXT;

ALTER TABLE dengue_case ADD COLUMN removed TEXT
  CHECK (removed IN ('ruled-out', 'entered-by-mistake', 'duplicate', 'other-district'));
ALTER TABLE dengue_case ADD COLUMN removed_on TEXT CHECK ((removed IS NULL) = (removed_on IS NULL));
-- The ward of the other set by position, so that a scope of either set finds the case.
ALTER TABLE dengue_case ADD COLUMN other_ward_key TEXT;
-- How the source calls the case; never a person's number.
ALTER TABLE dengue_case ADD COLUMN registry_id TEXT;
ALTER TABLE dengue_case ADD COLUMN residential_group TEXT;
ALTER TABLE dengue_case ADD COLUMN origin TEXT NOT NULL DEFAULT 'unknown' CHECK (origin IN ('local', 'imported', 'unknown'));
ALTER TABLE dengue_case ADD COLUMN located_by TEXT;
ALTER TABLE dengue_case ADD COLUMN test TEXT;
ALTER TABLE dengue_case ADD COLUMN test_result TEXT CHECK ((test IS NULL) = (test_result IS NULL));
ALTER TABLE dengue_case ADD COLUMN severity TEXT;
ALTER TABLE dengue_case ADD COLUMN age_group TEXT;
ALTER TABLE dengue_case ADD COLUMN sex TEXT;
ALTER TABLE dengue_case ADD COLUMN outcome TEXT;
ALTER TABLE dengue_case ADD COLUMN updated_at TEXT;

DROP INDEX dengue_case_counting;
CREATE INDEX dengue_case_counting ON dengue_case (onset_on, demo)
WHERE class IN ('clinical', 'confirmed') AND removed IS NULL;
CREATE INDEX dengue_case_by_onset ON dengue_case (onset_on, id);
CREATE INDEX dengue_case_by_report ON dengue_case (reported_on, id);
CREATE INDEX dengue_case_by_place ON dengue_case (lng, lat) WHERE lng IS NOT NULL;
CREATE UNIQUE INDEX dengue_case_by_registry ON dengue_case (registry_id) WHERE registry_id IS NOT NULL;

-- Who a case is. Read by health staff in whose scope the case lies, and every reading is in the log.
CREATE TABLE dengue_person (
  case_id TEXT PRIMARY KEY REFERENCES dengue_case (id),
  name TEXT,
  -- `folded` = the name without marks, in lower case, for the duplicate check.
  folded TEXT,
  -- `1990` or `1990-05-17`.
  born TEXT,
  phone TEXT,
  national_id TEXT,
  address TEXT,
  workplace TEXT,
  note TEXT,
  demo INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX dengue_person_by_name ON dengue_person (folded, born) WHERE folded IS NOT NULL;
CREATE INDEX dengue_person_by_phone ON dengue_person (phone) WHERE phone IS NOT NULL;

-- A week as the public was told it. Once it has said something it stays, whatever is entered later.
CREATE TABLE published_week (
  week TEXT PRIMARY KEY,
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  published_at TEXT NOT NULL,
  -- NULL = 1 to 4 cases in all: withheld.
  total INTEGER,
  -- JSON: the regions, disjoint, each of five cases or more.
  regions TEXT NOT NULL,
  demo INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
