-- How long a page was looked at, in bands: 0 under 5 seconds, 1 to 15, 2 to 60, 3 to 300, 4 longer.
ALTER TABLE page ADD COLUMN seconds BIGINT;

-- Why a response may not come from a person who took part once: each rule at most once, with its weight and its reason.
CREATE TABLE signal (
  response BYTEA NOT NULL REFERENCES response ON DELETE CASCADE,
  rule     TEXT NOT NULL,
  weight   BIGINT NOT NULL,
  reason   TEXT NOT NULL,
  PRIMARY KEY (response, rule)
);

-- Keyed hashes of long texts and of whole sets of answers, to notice when they come again. They go with the response.
CREATE TABLE mark (
  response BYTEA NOT NULL REFERENCES response ON DELETE CASCADE,
  rule     TEXT NOT NULL,
  mark_key BYTEA NOT NULL,
  PRIMARY KEY (response, rule, mark_key)
);
CREATE INDEX mark_by_key ON mark (mark_key);

-- How long people took per word, in quarter octaves of a hundredth of a second: totals only.
CREATE TABLE pace (
  survey   TEXT NOT NULL,
  language TEXT NOT NULL,
  form     TEXT NOT NULL,
  mode     TEXT NOT NULL,
  bucket   BIGINT NOT NULL,
  n        BIGINT NOT NULL,
  PRIMARY KEY (survey, language, form, mode, bucket)
);

-- What a person decided about a response, and why.
CREATE TABLE verdict (
  response BYTEA NOT NULL REFERENCES response ON DELETE CASCADE,
  number   BIGINT NOT NULL,
  outcome  TEXT NOT NULL,
  rule     TEXT NOT NULL,
  reason   TEXT NOT NULL,
  reviewer TEXT NOT NULL,
  on_day   TEXT NOT NULL,
  PRIMARY KEY (response, number)
);
