CREATE TABLE entry (
  id          BYTEA NOT NULL PRIMARY KEY,
  survey      TEXT NOT NULL,
  kind        TEXT NOT NULL,
  contact_key BYTEA NOT NULL,
  sealed      BYTEA NOT NULL,
  UNIQUE (survey, kind, contact_key)
);
