-- What reviewing leaves beside the acts: flags, media notes, memos on more than one message, the
-- history of the codebook, and what of the training before was done or passed over.

-- One row a press of the key; the last one of a coder on an entry holds.
CREATE TABLE flags (
    seq      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    coder    TEXT NOT NULL CHECK (coder <> ''),
    raised   INTEGER NOT NULL CHECK (raised IN (0, 1)),
    at       TEXT NOT NULL
) STRICT;
CREATE INDEX flags_by_entry ON flags (entry_id, coder, seq);

-- What a photo, film or voice message was that the export left out.
CREATE TABLE media_notes (
    seq      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    coder    TEXT NOT NULL CHECK (coder <> ''),
    text     TEXT NOT NULL CHECK (text <> ''),
    at       TEXT NOT NULL
) STRICT;
CREATE INDEX media_notes_by_entry ON media_notes (entry_id);

-- Memos on a code, a case, the method or the theory; `about` names the code or case.
CREATE TABLE wider_memos (
    seq           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    kind          TEXT NOT NULL CHECK (kind IN ('code', 'case', 'method', 'theory')),
    about         TEXT NOT NULL,
    coder         TEXT NOT NULL CHECK (coder <> ''),
    text          TEXT NOT NULL CHECK (text <> ''),
    codebook_hash TEXT,
    at            TEXT NOT NULL
) STRICT;

-- Each time that the study took another codebook: why, who, and the memo that led to it.
CREATE TABLE codebook_changes (
    seq      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    old_hash TEXT REFERENCES codebooks (hash),
    new_hash TEXT NOT NULL REFERENCES codebooks (hash),
    reason   TEXT NOT NULL,
    by       TEXT NOT NULL,
    memo_id  TEXT,
    at       TEXT NOT NULL
) STRICT;

-- That somebody practised on a shipped chat, and how near they came; never what they coded.
CREATE TABLE practices (
    seq           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    coder         TEXT NOT NULL CHECK (coder <> ''),
    chat          TEXT NOT NULL,
    messages      INTEGER NOT NULL CHECK (messages > 0),
    agreed        INTEGER NOT NULL,
    codebook_hash TEXT NOT NULL,
    at            TEXT NOT NULL
) STRICT;

-- A step of the training that was passed over on purpose, for the account of the method.
CREATE TABLE skipped_steps (
    seq    INTEGER PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE,
    step   TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    by     TEXT NOT NULL,
    at     TEXT NOT NULL
) STRICT;

-- The filter that a coder had on when the screen was left.
CREATE TABLE filters (
    coder   TEXT NOT NULL,
    round   INTEGER NOT NULL,
    wanted  TEXT NOT NULL,
    PRIMARY KEY (coder, round)
) STRICT, WITHOUT ROWID;

-- Counting a hundred thousand messages per month reads this alone, not the entries.
CREATE INDEX entries_by_month ON entries (group_id, kind, substr(sent_at, 1, 7), member_id);
-- An undo asks for the acts of one batch; without this it reads all acts.
CREATE INDEX acts_by_batch ON acts (batch);
-- An act asks for the one before it in its coder's chain; by round and place that was a sort of all acts.
CREATE INDEX acts_in_chain ON acts (coder, seq);
