-- Inspections of relics over time; each also leaves the grade of the whole in relic_condition, under the same id.
CREATE TABLE relic_inspection (
  id TEXT PRIMARY KEY,
  relic_id TEXT NOT NULL REFERENCES relic (id),
  inspected_on TEXT NOT NULL,
  -- JSON, a list of {part, grade, cause, urgency}.
  parts TEXT NOT NULL,
  grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 5),
  note TEXT NOT NULL,
  inspected_by TEXT NOT NULL,
  added_at TEXT NOT NULL,
  demo INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX relic_inspection_by_relic ON relic_inspection (relic_id, inspected_on, added_at);
