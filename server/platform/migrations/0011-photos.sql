-- Photos of what this program knows (relics, breeding sites, inspections …): the rows are added to and marked, never
-- deleted. The bytes lie in the folder of files by their SHA-256: as they came, and two copies without metadata.
CREATE TABLE photo (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  audience TEXT NOT NULL CHECK (audience IN ('public', 'office')),
  -- As it was sent: served to nobody, kept as proof.
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  kind TEXT NOT NULL,
  -- What is served: turned upright, without EXIF.
  picture TEXT NOT NULL,
  thumbnail TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  taken_on TEXT,
  caption TEXT NOT NULL,
  rights TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_at TEXT NOT NULL,
  removed_at TEXT,
  demo INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX photo_of_subject ON photo (subject_kind, subject_id, added_at, id);
