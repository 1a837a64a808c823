-- Entries in a draw and people to ask again: sealed, in the order of a random id. No time, and nothing that names a
-- response.
CREATE TABLE entry (
  id          BLOB NOT NULL PRIMARY KEY,
  survey      TEXT NOT NULL,
  kind        TEXT NOT NULL,
  contact_key BLOB NOT NULL,
  sealed      BLOB NOT NULL,
  UNIQUE (survey, kind, contact_key)
) STRICT, WITHOUT ROWID;
