-- Version 6: what becomes of names and text: until when they are kept, and whether the key still exists.

ALTER TABLE study ADD COLUMN retain_until TEXT;
ALTER TABLE study ADD COLUMN key_destroyed_at TEXT;
