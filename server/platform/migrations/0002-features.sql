-- The reference and demo records of the features. Dates are civil dates, `YYYY-MM-DD`; unknown is NULL.

CREATE TABLE relic (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  other_names TEXT NOT NULL,
  kind TEXT NOT NULL,
  heritage_type TEXT,
  rank TEXT,
  rank_year INTEGER,
  rank_decision TEXT,
  ward_key TEXT NOT NULL,
  address TEXT,
  lng REAL,
  lat REAL,
  accuracy TEXT,
  error_meters REAL,
  position_source TEXT,
  in_inventory INTEGER,
  sources TEXT NOT NULL,
  confidence TEXT NOT NULL,
  note_vi TEXT,
  note_en TEXT,
  demo INTEGER NOT NULL DEFAULT 0,
  CHECK ((lng IS NULL) = (lat IS NULL) AND (lng IS NULL) = (accuracy IS NULL))
) STRICT;
CREATE INDEX relic_by_ward ON relic (ward_key, id);
CREATE INDEX relic_by_place ON relic (lng, lat) WHERE lng IS NOT NULL;

CREATE TABLE relic_condition (
  id TEXT PRIMARY KEY,
  relic_id TEXT NOT NULL REFERENCES relic (id),
  grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 5),
  surveyed_on TEXT NOT NULL,
  source TEXT NOT NULL,
  demo INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX relic_condition_by_relic ON relic_condition (relic_id, surveyed_on, id);

-- Beside the packs that ship as files. `json` is one criteria pack in the words of geodata/schema.ts.
CREATE TABLE criteria_pack (
  id TEXT PRIMARY KEY,
  json TEXT NOT NULL,
  demo INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Append only: a figure is corrected by a newer row. `as_of` = the day it holds for.
CREATE TABLE status_value (
  id INTEGER PRIMARY KEY,
  ward_key TEXT NOT NULL,
  pack TEXT NOT NULL,
  indicator TEXT NOT NULL,
  period TEXT NOT NULL,
  value REAL,
  as_of TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source <> ''),
  evidence_title TEXT,
  evidence_expires_on TEXT,
  approved INTEGER NOT NULL DEFAULT 0,
  demo INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX status_value_approved ON status_value (pack, ward_key, indicator, as_of) WHERE approved = 1;

CREATE TABLE title_step (
  id INTEGER PRIMARY KEY,
  ward_key TEXT NOT NULL,
  step TEXT NOT NULL,
  since TEXT,
  source TEXT NOT NULL CHECK (source <> ''),
  demo INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX title_step_by_ward ON title_step (ward_key, since);

-- No word about a person is kept here. `accuracy_meters` NULL = the place is not known well enough to say how well.
CREATE TABLE dengue_case (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  class TEXT NOT NULL CHECK (class IN ('suspected', 'clinical', 'confirmed', 'ruled-out')),
  onset_on TEXT NOT NULL,
  reported_on TEXT,
  ward_key TEXT,
  lng REAL,
  lat REAL,
  accuracy_meters REAL,
  demo INTEGER NOT NULL DEFAULT 0,
  CHECK ((lng IS NULL) = (lat IS NULL))
) STRICT;
-- Only clinical and confirmed cases count (the definition of the surveillance guide), so only they are indexed by onset.
CREATE INDEX dengue_case_counting ON dengue_case (onset_on, demo) WHERE class IN ('clinical', 'confirmed');

CREATE TABLE breeding_site (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  found_on TEXT NOT NULL,
  kind TEXT NOT NULL,
  larvae INTEGER,
  ward_key TEXT,
  lng REAL NOT NULL,
  lat REAL NOT NULL,
  accuracy_meters REAL,
  demo INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX breeding_site_by_day ON breeding_site (found_on);

CREATE TABLE task_report (
  id INTEGER PRIMARY KEY,
  task_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('in-progress', 'done')),
  reported_on TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source <> ''),
  demo INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX task_report_by_task ON task_report (task_id, reported_on);
