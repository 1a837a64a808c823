ALTER TABLE invitation ADD COLUMN copy_key BYTEA;
