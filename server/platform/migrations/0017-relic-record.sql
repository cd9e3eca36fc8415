-- What the file of a relic holds beside the register's own columns.
CREATE TABLE relic_record (
  relic_id TEXT PRIMARY KEY REFERENCES relic (id),
  custodian TEXT,
  -- JSON, a list of {name, lunar, solar}.
  festivals TEXT NOT NULL,
  restored_year INTEGER
) STRICT, WITHOUT ROWID;
