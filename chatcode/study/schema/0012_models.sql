-- What the machine learned from codings: as data (npz), with a card; and which of it is in use.

-- `data` is empty where a model that was made in passing has been dropped; its card stays.
CREATE TABLE models (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT NOT NULL UNIQUE,
    at            TEXT NOT NULL,
    coder         TEXT NOT NULL,
    codebook_hash TEXT NOT NULL REFERENCES codebooks (hash),
    messages      INTEGER NOT NULL,
    by_hand       INTEGER NOT NULL CHECK (by_hand IN (0, 1)),
    hash          TEXT NOT NULL,
    card          TEXT NOT NULL,
    data          BLOB
) STRICT;

-- The last row holds: `starter`, the id of a model, or `newest`.
CREATE TABLE model_choices (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    choice TEXT NOT NULL,
    at     TEXT NOT NULL
) STRICT;

-- The share of messages in which no suggestion is shown, so that suggestions can be judged; the last holds.
CREATE TABLE audit_shares (
    seq   INTEGER PRIMARY KEY AUTOINCREMENT,
    share REAL NOT NULL CHECK (share BETWEEN 0 AND 1),
    at    TEXT NOT NULL
) STRICT;
