-- Single-use codes: keyed hashes only, in the order of their own key. No time, and nothing that names a response.
CREATE TABLE invitation (
  survey   TEXT NOT NULL,
  code_key BLOB NOT NULL,
  batch    TEXT NOT NULL,
  state    TEXT NOT NULL,
  PRIMARY KEY (survey, code_key)
) STRICT, WITHOUT ROWID;
