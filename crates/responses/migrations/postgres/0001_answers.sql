-- The tables of SQLite with PostgreSQL's names for the same types: ids are random, nothing counts up, no clock finer
-- than a day.

CREATE TABLE setting (
  name  TEXT NOT NULL PRIMARY KEY,
  value BYTEA NOT NULL
);

CREATE TABLE version (
  fingerprint  BYTEA NOT NULL PRIMARY KEY,
  survey       TEXT NOT NULL,
  label        TEXT NOT NULL,
  compiled     TEXT NOT NULL,
  published_on TEXT NOT NULL
);

CREATE TABLE response (
  id          BYTEA NOT NULL PRIMARY KEY,
  version     BYTEA NOT NULL REFERENCES version,
  form        TEXT NOT NULL,
  state       TEXT NOT NULL,
  mode        TEXT NOT NULL,
  language    TEXT NOT NULL,
  begun_on    TEXT NOT NULL,
  finished_on TEXT,
  begin_key   BYTEA NOT NULL UNIQUE,
  code_key    BYTEA NOT NULL UNIQUE
);

CREATE TABLE answer (
  response BYTEA NOT NULL REFERENCES response ON DELETE CASCADE,
  question TEXT NOT NULL,
  value    TEXT,
  missing  TEXT,
  language TEXT NOT NULL,
  PRIMARY KEY (response, question),
  CHECK ((value IS NULL) <> (missing IS NULL))
);

CREATE TABLE words (
  response BYTEA NOT NULL REFERENCES response ON DELETE CASCADE,
  question TEXT NOT NULL,
  choice   TEXT NOT NULL,
  language TEXT NOT NULL,
  seal     TEXT NOT NULL DEFAULT 'none',
  sealed   BYTEA NOT NULL,
  cleared  TEXT NOT NULL DEFAULT 'waiting',
  PRIMARY KEY (response, question, choice)
);

CREATE TABLE page (
  response  BYTEA NOT NULL REFERENCES response ON DELETE CASCADE,
  page      TEXT NOT NULL,
  revision  BIGINT NOT NULL,
  nonce_key BYTEA NOT NULL,
  draft     TEXT,
  language  TEXT NOT NULL,
  PRIMARY KEY (response, page)
);

CREATE TABLE receipt (
  response  BYTEA NOT NULL REFERENCES response ON DELETE CASCADE,
  page      TEXT NOT NULL,
  nonce_key BYTEA NOT NULL,
  body_key  BYTEA NOT NULL,
  revision  BIGINT NOT NULL,
  PRIMARY KEY (response, page, nonce_key, body_key)
);

CREATE TABLE declined (
  nonce_key BYTEA NOT NULL PRIMARY KEY
);

CREATE TABLE tally (
  survey   TEXT NOT NULL,
  day      TEXT NOT NULL,
  language TEXT NOT NULL,
  mode     TEXT NOT NULL,
  event    TEXT NOT NULL,
  n        BIGINT NOT NULL,
  PRIMARY KEY (survey, day, language, mode, event)
);
