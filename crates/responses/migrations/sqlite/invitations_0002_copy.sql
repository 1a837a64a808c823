-- The copy of the first page that used a code up, so that sending it again is the same use. A keyed hash of a random
-- number that is stored nowhere: it leads to no response, not even for who holds the key.
ALTER TABLE invitation ADD COLUMN copy_key BLOB;
