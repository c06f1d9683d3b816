-- Words that were taken out for good.

-- The entry, its acts and its fingerprint stay; what it said is gone.
ALTER TABLE entries ADD COLUMN purged_at TEXT;
CREATE INDEX entries_purged ON entries (purged_at) WHERE purged_at IS NOT NULL;
-- So it is with a whole group: no further export of it is taken in.
ALTER TABLE groups ADD COLUMN purged_at TEXT;
