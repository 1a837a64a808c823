-- How long a page was looked at, in bands: 0 under 5 seconds, 1 to 15, 2 to 60, 3 to 300, 4 longer.
ALTER TABLE page ADD COLUMN seconds INTEGER;

-- Why a response may not come from a person who took part once: each rule at most once, with its weight and its reason.
CREATE TABLE signal (
  response BLOB NOT NULL REFERENCES response ON DELETE CASCADE,
  rule     TEXT NOT NULL,
  weight   INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  PRIMARY KEY (response, rule)
) STRICT, WITHOUT ROWID;

-- Keyed hashes of long texts and of whole sets of answers, to notice when they come again. They go with the response.
CREATE TABLE mark (
  response BLOB NOT NULL REFERENCES response ON DELETE CASCADE,
  rule     TEXT NOT NULL,
  mark_key BLOB NOT NULL,
  PRIMARY KEY (response, rule, mark_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_by_key ON mark (mark_key);

-- How long people took per word, in quarter octaves of a hundredth of a second: totals only.
CREATE TABLE pace (
  survey   TEXT NOT NULL,
  language TEXT NOT NULL,
  form     TEXT NOT NULL,
  mode     TEXT NOT NULL,
  bucket   INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  PRIMARY KEY (survey, language, form, mode, bucket)
) STRICT, WITHOUT ROWID;

-- What a person decided about a response, and why.
CREATE TABLE verdict (
  response BLOB NOT NULL REFERENCES response ON DELETE CASCADE,
  number   INTEGER NOT NULL,
  outcome  TEXT NOT NULL,
  rule     TEXT NOT NULL,
  reason   TEXT NOT NULL,
  reviewer TEXT NOT NULL,
  on_day   TEXT NOT NULL,
  PRIMARY KEY (response, number)
) STRICT, WITHOUT ROWID;
