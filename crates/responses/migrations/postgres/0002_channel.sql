CREATE TABLE channel (
  survey  TEXT NOT NULL,
  code    TEXT NOT NULL,
  words   TEXT NOT NULL,
  kind    TEXT NOT NULL,
  revoked BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (survey, code)
);

ALTER TABLE response ADD COLUMN channel TEXT;

CREATE TABLE channel_tally (
  survey  TEXT NOT NULL,
  channel TEXT NOT NULL,
  event   TEXT NOT NULL,
  n       BIGINT NOT NULL,
  PRIMARY KEY (survey, channel, event)
);
