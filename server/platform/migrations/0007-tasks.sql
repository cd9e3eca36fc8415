-- The district's own directives and tasks of Programme 03, beside those the article quotes, and who reported what on them.
CREATE TABLE programme_directive (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  -- Verbatim, as the minutes have it.
  wording TEXT NOT NULL CHECK (wording <> ''),
  given_on TEXT NOT NULL,
  meeting TEXT NOT NULL CHECK (meeting <> ''),
  source TEXT NOT NULL CHECK (source <> ''),
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
  demo INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE programme_task (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  title TEXT NOT NULL CHECK (title <> ''),
  unit TEXT NOT NULL CHECK (unit <> ''),
  -- JSON arrays: ward keys, and criteria the task is to help with.
  ward_keys TEXT NOT NULL,
  criteria TEXT NOT NULL,
  -- A directive above, or one the article quotes.
  directive_id TEXT,
  assigned_on TEXT NOT NULL,
  due_on TEXT NOT NULL CHECK (due_on >= assigned_on),
  source TEXT NOT NULL CHECK (source <> ''),
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
  demo INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX programme_task_by_directive ON programme_task (directive_id);

ALTER TABLE task_report ADD COLUMN percent INTEGER CHECK (percent BETWEEN 0 AND 100);
ALTER TABLE task_report ADD COLUMN blockers TEXT NOT NULL DEFAULT '';
-- NULL = part of the data, not reported by an account.
ALTER TABLE task_report ADD COLUMN reported_by TEXT;
