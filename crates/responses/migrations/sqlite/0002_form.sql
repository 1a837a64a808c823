-- The form of the survey that is answered; before there were forms, everybody answered the whole.
ALTER TABLE response ADD COLUMN form TEXT NOT NULL DEFAULT 'full';
