-- When a text was put in place of an earlier one; empty for the text of the import. Earlier versions
-- keep their row and lose their words: they may show what a later decision took out.
ALTER TABLE texts ADD COLUMN made_at TEXT NOT NULL DEFAULT '';

-- A second look at a random sample of messages. Only counts are kept, never words.
CREATE TABLE looks (
    seq        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    at         TEXT NOT NULL,
    seed       INTEGER NOT NULL,
    population INTEGER NOT NULL CHECK (population > 0)
) STRICT;

CREATE TABLE look_entries (
    look_id  TEXT NOT NULL REFERENCES looks (id),
    place    INTEGER NOT NULL,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    PRIMARY KEY (look_id, place)
) STRICT, WITHOUT ROWID;

-- The last finding on an entry counts; `leaks` is JSON, how many of each kind, empty where none.
CREATE TABLE findings (
    seq      INTEGER PRIMARY KEY,
    look_id  TEXT NOT NULL REFERENCES looks (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    at       TEXT NOT NULL,
    leaks    TEXT NOT NULL,
    undone   INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;
