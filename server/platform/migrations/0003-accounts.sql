-- Accounts. Of a password only its Argon2id hash is kept, of every token only its SHA-256. Instants are RFC 3339 UTC.

CREATE TABLE user_account (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  username TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  unit TEXT,
  -- JSON arrays; scope is '"district"' or ward keys.
  roles TEXT NOT NULL,
  scope TEXT NOT NULL,
  -- NULL = invited, no password yet.
  password_hash TEXT,
  disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
  created_at TEXT NOT NULL,
  last_sign_in_at TEXT,
  demo INTEGER NOT NULL DEFAULT 0
) STRICT;

-- One row a session under way; ending one deletes it.
CREATE TABLE session (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  user_id TEXT NOT NULL REFERENCES user_account (id),
  created_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  -- Ends then, however much it is used.
  expires_at TEXT NOT NULL,
  browser TEXT
) STRICT;
CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX session_by_end ON session (expires_at);

-- Browsers a person signed in from before: they have a count of tries of their own (server/accounts/throttle.ts).
CREATE TABLE known_device (
  token_hash TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES user_account (id),
  seen_at TEXT NOT NULL
) STRICT;
CREATE INDEX known_device_by_user ON known_device (user_id, seen_at);

CREATE TABLE one_time_link (
  token_hash TEXT PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('first-administrator', 'invitation', 'reset')),
  user_id TEXT REFERENCES user_account (id),
  created_at TEXT NOT NULL,
  -- NULL = until it is used or the server starts again.
  expires_at TEXT,
  used_at TEXT,
  CHECK ((user_id IS NULL) = (purpose = 'first-administrator'))
) STRICT;
CREATE INDEX one_time_link_by_user ON one_time_link (user_id);

-- Counts of failed tries. `key` is a hash: what people type as their name may be their password.
CREATE TABLE sign_in_try (
  key TEXT PRIMARY KEY,
  level REAL NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX sign_in_try_by_time ON sign_in_try (at);

-- The filters of the audit.
CREATE INDEX change_of_actor ON change (actor, seq);
CREATE INDEX change_of_verb ON change (verb, seq);
CREATE INDEX change_by_time ON change (at, seq);
