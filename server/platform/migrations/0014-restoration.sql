-- Restoration: what each ward lists, what people decided about doubles, the plans formed, the weights of the priority.
CREATE TABLE restoration_item (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  ward_key TEXT NOT NULL,
  -- The item as JSON, as the newest row of restoration_item_version has it.
  state TEXT NOT NULL,
  -- The item it is one with in the plan, by a person's decision.
  merged_into TEXT REFERENCES restoration_item (id),
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
  demo INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX restoration_item_by_ward ON restoration_item (ward_key);

-- Append-only: every version an item ever had.
CREATE TABLE restoration_item_version (
  item_id TEXT NOT NULL REFERENCES restoration_item (id),
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  removed INTEGER NOT NULL,
  merged_into TEXT,
  reason TEXT NOT NULL,
  written_by TEXT NOT NULL,
  written_at TEXT NOT NULL,
  PRIMARY KEY (item_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE restoration_list (
  ward_key TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  submitted_on TEXT,
  submitted_by TEXT
) STRICT, WITHOUT ROWID;

-- Two items a person looked at: one place, or two. Append-only; the newest row of a pair counts.
CREATE TABLE restoration_pair (
  seq INTEGER PRIMARY KEY,
  a TEXT NOT NULL REFERENCES restoration_item (id),
  b TEXT NOT NULL REFERENCES restoration_item (id),
  decision TEXT NOT NULL CHECK (decision IN ('same', 'distinct', 'open')),
  -- Of one place the item whose entries count.
  kept TEXT,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  CHECK (a < b)
) STRICT;
CREATE INDEX restoration_pair_of_items ON restoration_pair (a, b);

CREATE TABLE restoration_plan (
  number INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  formed_on TEXT NOT NULL,
  formed_at TEXT NOT NULL,
  formed_by TEXT NOT NULL,
  -- JSON: ids in the order of priority; wards whose list was not submitted; weights in force.
  items TEXT NOT NULL,
  missing_wards TEXT NOT NULL,
  weights TEXT NOT NULL,
  demo INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Append-only: the highest version is in force; without a row the weights of geodata are.
CREATE TABLE restoration_weights (
  version INTEGER PRIMARY KEY,
  weights TEXT NOT NULL,
  reason TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at TEXT NOT NULL
) STRICT;
