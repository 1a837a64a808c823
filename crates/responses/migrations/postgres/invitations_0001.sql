CREATE TABLE invitation (
  survey   TEXT NOT NULL,
  code_key BYTEA NOT NULL,
  batch    TEXT NOT NULL,
  state    TEXT NOT NULL,
  PRIMARY KEY (survey, code_key)
);
