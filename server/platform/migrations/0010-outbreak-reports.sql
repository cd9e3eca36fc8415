-- Reports about the response to an outbreak, as they were made: the files lie in the folder of files by their SHA-256.
CREATE TABLE outbreak_report (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL REFERENCES outbreak (number),
  made_on TEXT NOT NULL,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  -- The head of the change log that is printed on it.
  head_seq INTEGER NOT NULL,
  head_hash TEXT NOT NULL,
  -- JSON, a list of ward keys for each case listed in it: only who may see each of them may read it.
  case_wards TEXT NOT NULL,
  docx TEXT NOT NULL,
  pdf TEXT NOT NULL
) STRICT;
CREATE INDEX outbreak_report_by_number ON outbreak_report (number, id);
