-- Through whom people come: a partner, a class, a poster. Its code is printed, and can be revoked afterwards.
CREATE TABLE channel (
  survey  TEXT NOT NULL,
  code    TEXT NOT NULL,
  words   TEXT NOT NULL,
  kind    TEXT NOT NULL,
  revoked INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (survey, code)
) STRICT, WITHOUT ROWID;

-- The channel a response came by, if it came by one that was open.
ALTER TABLE response ADD COLUMN channel TEXT;

-- Totals only, and without a day.
CREATE TABLE channel_tally (
  survey  TEXT NOT NULL,
  channel TEXT NOT NULL,
  event   TEXT NOT NULL,
  n       INTEGER NOT NULL,
  PRIMARY KEY (survey, channel, event)
) STRICT, WITHOUT ROWID;
