-- Kept outbreaks (server/outbreaks/README.md). A row is never deleted: one that was merged names where it went.

CREATE TABLE outbreak (
  number TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  rule TEXT NOT NULL,
  origin TEXT,
  -- The number that lives on; NULL = this one lives.
  merged_into TEXT REFERENCES outbreak (number),
  made TEXT NOT NULL CHECK (made IN ('computed', 'directly')),
  -- Of one marked directly: NULL = beside the computed ones, 1 = kept apart, 0 = joined to them.
  apart INTEGER CHECK (apart IN (0, 1)),
  -- Whether its cases make a signal today, and the state and dates as last written.
  signal INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('watching', 'active', 'ended')),
  opened_on TEXT NOT NULL,
  first_onset_on TEXT,
  last_onset_on TEXT,
  expected_end_on TEXT NOT NULL,
  case_count INTEGER NOT NULL,
  -- Ward keys its cases lie in or that were named, as JSON.
  wards TEXT NOT NULL,
  residential_groups TEXT NOT NULL DEFAULT '[]',
  declared_on TEXT,
  declared_at TEXT,
  declared_by TEXT,
  declared_basis TEXT CHECK (declared_basis IN ('reason', 'inspection')),
  declared_reason TEXT,
  declared_inspection TEXT,
  -- An officer took back a declaration by this inspection: it does not declare again.
  undone_inspections TEXT NOT NULL DEFAULT '[]',
  found_on TEXT,
  source TEXT,
  place TEXT,
  -- GeoJSON of the shape marked; with `mark_lng` and `mark_lat` NULL it was drawn.
  mark_geometry TEXT,
  mark_lng REAL,
  mark_lat REAL,
  reported_cases INTEGER,
  demo INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbreak_by_merge ON outbreak (merged_into) WHERE merged_into IS NOT NULL;

-- The cases of a living outbreak; for one without a group today, those it had last. No foreign key to the case: a case
-- that is purged must not take the memory of a number with it.
CREATE TABLE outbreak_case (
  number TEXT NOT NULL REFERENCES outbreak (number),
  case_id TEXT NOT NULL,
  PRIMARY KEY (number, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbreak_of_case ON outbreak_case (case_id);

-- What happened to an outbreak, as codes and parameters; written with the change it names.
CREATE TABLE outbreak_event (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL REFERENCES outbreak (number),
  day TEXT NOT NULL,
  at TEXT NOT NULL,
  code TEXT NOT NULL,
  params TEXT NOT NULL,
  actor TEXT NOT NULL,
  change_id TEXT NOT NULL
) STRICT;
CREATE INDEX outbreak_event_by_number ON outbreak_event (number, id);

CREATE TABLE vector_inspection (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('before', 'after', 'routine')),
  inspected_on TEXT NOT NULL,
  place TEXT,
  lng REAL NOT NULL,
  lat REAL NOT NULL,
  ward_key TEXT,
  inspector TEXT,
  -- The outbreak it was made for, when somebody said so.
  number TEXT REFERENCES outbreak (number),
  houses INTEGER NOT NULL,
  houses_with_larvae INTEGER,
  containers INTEGER,
  positive_containers INTEGER,
  adult_females INTEGER,
  houses_with_adults INTEGER,
  photo TEXT,
  removed_at TEXT,
  demo INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX vector_inspection_by_day ON vector_inspection (inspected_on, id) WHERE removed_at IS NULL;
CREATE INDEX vector_inspection_by_number ON vector_inspection (number) WHERE number IS NOT NULL;

ALTER TABLE breeding_site ADD COLUMN recheck_on TEXT;
ALTER TABLE breeding_site ADD COLUMN cleared_on TEXT;
ALTER TABLE breeding_site ADD COLUMN photo TEXT;
ALTER TABLE breeding_site ADD COLUMN note TEXT;
CREATE INDEX breeding_site_to_recheck ON breeding_site (recheck_on) WHERE recheck_on IS NOT NULL AND cleared_on IS NULL;

CREATE TABLE response_action (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  number TEXT NOT NULL REFERENCES outbreak (number),
  kind TEXT NOT NULL CHECK (kind IN ('verify', 'larvae', 'spray', 'wide')),
  round INTEGER,
  done_on TEXT NOT NULL,
  houses INTEGER,
  houses_done INTEGER,
  people INTEGER,
  chemical TEXT,
  team TEXT,
  photos TEXT NOT NULL DEFAULT '[]',
  note TEXT,
  removed_at TEXT,
  demo INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX response_action_by_number ON response_action (number, done_on) WHERE removed_at IS NULL;
