-- Every id is random and every table is ordered by it (WITHOUT ROWID), so that the file tells nothing of arrival.
-- No clock finer than a day.

-- A definition that went to the field, never changed afterwards.
CREATE TABLE version (
  fingerprint  BLOB NOT NULL PRIMARY KEY,
  survey       TEXT NOT NULL,
  label        TEXT NOT NULL,
  compiled     TEXT NOT NULL,
  published_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One person's response. begin_key and code_key are keyed hashes of the first page's nonce and of the number.
CREATE TABLE response (
  id          BLOB NOT NULL PRIMARY KEY,
  version     BLOB NOT NULL REFERENCES version,
  state       TEXT NOT NULL,
  mode        TEXT NOT NULL,
  language    TEXT NOT NULL,
  begun_on    TEXT NOT NULL,
  finished_on TEXT,
  begin_key   BLOB NOT NULL UNIQUE,
  code_key    BLOB NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- Codes, as canonical JSON, or the reason why there are none.
CREATE TABLE answer (
  response BLOB NOT NULL REFERENCES response ON DELETE CASCADE,
  question TEXT NOT NULL,
  value    TEXT,
  missing  TEXT,
  language TEXT NOT NULL,
  PRIMARY KEY (response, question),
  CHECK ((value IS NULL) <> (missing IS NULL))
) STRICT, WITHOUT ROWID;

-- The person's own words, apart from the codes: of a text question (choice '') or of the box of a choice.
-- seal names how they are sealed; 'none' is plain UTF-8.
CREATE TABLE words (
  response BLOB NOT NULL REFERENCES response ON DELETE CASCADE,
  question TEXT NOT NULL,
  choice   TEXT NOT NULL,
  language TEXT NOT NULL,
  seal     TEXT NOT NULL DEFAULT 'none',
  sealed   BLOB NOT NULL,
  cleared  TEXT NOT NULL DEFAULT 'waiting',
  PRIMARY KEY (response, question, choice)
) STRICT, WITHOUT ROWID;

-- A page as last sent. nonce_key tells which rendering of the page wrote it.
CREATE TABLE page (
  response  BLOB NOT NULL REFERENCES response ON DELETE CASCADE,
  page      TEXT NOT NULL,
  revision  INTEGER NOT NULL,
  nonce_key BLOB NOT NULL,
  draft     TEXT,
  language  TEXT NOT NULL,
  PRIMARY KEY (response, page)
) STRICT, WITHOUT ROWID;

-- Every submission that was acknowledged, so that sending it again changes nothing.
CREATE TABLE receipt (
  response  BLOB NOT NULL REFERENCES response ON DELETE CASCADE,
  page      TEXT NOT NULL,
  nonce_key BLOB NOT NULL,
  body_key  BLOB NOT NULL,
  revision  INTEGER NOT NULL,
  PRIMARY KEY (response, page, nonce_key, body_key)
) STRICT, WITHOUT ROWID;

-- First pages whose refusal was counted.
CREATE TABLE declined (
  nonce_key BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Totals only.
CREATE TABLE tally (
  survey   TEXT NOT NULL,
  day      TEXT NOT NULL,
  language TEXT NOT NULL,
  mode     TEXT NOT NULL,
  event    TEXT NOT NULL,
  n        INTEGER NOT NULL,
  PRIMARY KEY (survey, day, language, mode, event)
) STRICT, WITHOUT ROWID;
