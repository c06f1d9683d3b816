-- Drawn samples. A row is never changed: who wants another sample draws another.

CREATE TABLE samples (
    seq     INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    at      TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('coding', 'retest')),
    kind    TEXT NOT NULL CHECK (kind IN ('conversation', 'week')),
    share   REAL NOT NULL,
    seed    INTEGER NOT NULL,
    coders  TEXT NOT NULL
) STRICT;

-- What was drawn: `drawn` of the `stratum_units` of its group and month, so it stands for `weight` units.
CREATE TABLE sample_units (
    id            TEXT PRIMARY KEY,
    sample_id     TEXT NOT NULL REFERENCES samples (id),
    group_id      TEXT NOT NULL REFERENCES groups (id),
    month         TEXT NOT NULL,
    phase         TEXT NOT NULL,
    stratum_units INTEGER NOT NULL,
    drawn         INTEGER NOT NULL,
    weight        REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sample_entries (
    unit_id  TEXT NOT NULL REFERENCES sample_units (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    PRIMARY KEY (unit_id, entry_id)
) STRICT, WITHOUT ROWID;

-- In which order a coder gets the units.
CREATE TABLE sample_turns (
    sample_id TEXT NOT NULL REFERENCES samples (id),
    coder     TEXT NOT NULL,
    turn      INTEGER NOT NULL,
    unit_id   TEXT NOT NULL REFERENCES sample_units (id),
    PRIMARY KEY (sample_id, coder, turn)
) STRICT, WITHOUT ROWID;
