-- The wards an outbreak was marked for, as JSON: it takes up cases of these alone.
ALTER TABLE outbreak ADD COLUMN mark_wards TEXT NOT NULL DEFAULT '[]';

-- Which rule finds the outbreaks; one row, none before somebody chose.
CREATE TABLE outbreak_rule (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  rule TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT;
