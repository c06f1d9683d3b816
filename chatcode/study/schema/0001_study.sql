-- Version 1: one study. Days are ISO dates, moments are ISO 8601 (chat: local, naive; acts: UTC).

CREATE TABLE study (
    one            INTEGER PRIMARY KEY CHECK (one = 1),
    id             TEXT NOT NULL,
    created_at     TEXT NOT NULL,
    language       TEXT NOT NULL CHECK (language IN ('nl', 'en')),
    period_start   TEXT,
    period_end     TEXT,
    baseline_start TEXT,
    baseline_end   TEXT,
    interim        TEXT,
    data_plan      TEXT NOT NULL DEFAULT '',
    legal_basis    TEXT NOT NULL DEFAULT '',
    informed       TEXT NOT NULL DEFAULT '',
    key_id         TEXT,
    codebook_hash  TEXT REFERENCES codebooks (hash)
) STRICT;

CREATE TABLE codebooks (
    hash     TEXT PRIMARY KEY,
    text     TEXT NOT NULL,
    taken_at TEXT NOT NULL
) STRICT;

CREATE TABLE cases (
    seq            INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,
    name           TEXT NOT NULL UNIQUE,
    period_start   TEXT,
    period_end     TEXT,
    baseline_start TEXT,
    baseline_end   TEXT
) STRICT;

CREATE TABLE groups (
    seq     INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    label   TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL REFERENCES cases (id)
) STRICT;

-- The days from first_day to last_day (both included) are covered by the group's exports.
CREATE TABLE exports (
    seq         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    group_id    TEXT NOT NULL REFERENCES groups (id),
    imported_at TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    first_day   TEXT NOT NULL,
    last_day    TEXT NOT NULL,
    findings    TEXT NOT NULL,
    UNIQUE (group_id, fingerprint)
) STRICT;

CREATE TABLE members (
    seq    INTEGER PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE,
    title  TEXT NOT NULL,
    number INTEGER NOT NULL,
    UNIQUE (title, number)
) STRICT;

-- Dated roles; an empty day stands for "from the start" and "until now".
CREATE TABLE member_roles (
    member_id TEXT NOT NULL REFERENCES members (id),
    role      TEXT NOT NULL CHECK (role IN ('beheerder', 'professional', 'deelnemer', 'onderzoeker')),
    since     TEXT NOT NULL DEFAULT '',
    until     TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (member_id, role, since)
) STRICT;

CREATE TABLE entries (
    seq         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    group_id    TEXT NOT NULL REFERENCES groups (id),
    position    INTEGER NOT NULL,
    sent_at     TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('message', 'system')),
    event       TEXT,
    member_id   TEXT REFERENCES members (id),
    actor_id    TEXT REFERENCES members (id),
    edited      INTEGER NOT NULL CHECK (edited IN (0, 1)),
    version     INTEGER NOT NULL,
    fingerprint BLOB NOT NULL,
    UNIQUE (group_id, position)
) STRICT;

CREATE TABLE entry_targets (
    entry_id  TEXT NOT NULL REFERENCES entries (id),
    place     INTEGER NOT NULL,
    member_id TEXT NOT NULL REFERENCES members (id),
    PRIMARY KEY (entry_id, place)
) STRICT, WITHOUT ROWID;

-- Pseudonymised text, one row a redaction; entries.version names the one in use.
CREATE TABLE texts (
    entry_id TEXT NOT NULL REFERENCES entries (id),
    version  INTEGER NOT NULL,
    text     TEXT NOT NULL,
    PRIMARY KEY (entry_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE suggestion_runs (
    seq           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    at            TEXT NOT NULL,
    codebook_hash TEXT NOT NULL REFERENCES codebooks (hash),
    source        TEXT NOT NULL,
    entries       INTEGER NOT NULL
) STRICT;

-- Those of the latest run; what a coder was shown is kept in the act.
CREATE TABLE suggestions (
    entry_id TEXT NOT NULL REFERENCES entries (id),
    code     TEXT NOT NULL,
    score    REAL NOT NULL,
    proposed INTEGER NOT NULL CHECK (proposed IN (0, 1)),
    reasons  TEXT NOT NULL,
    PRIMARY KEY (entry_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE acts (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT NOT NULL UNIQUE,
    entry_id      TEXT NOT NULL REFERENCES entries (id),
    coder         TEXT NOT NULL CHECK (coder <> ''),
    round         INTEGER NOT NULL CHECK (round >= 1),
    mode          TEXT NOT NULL CHECK (mode IN ('blind', 'assisted', 'bulk', 'adjudicated')),
    shown         TEXT NOT NULL,
    codebook_hash TEXT NOT NULL REFERENCES codebooks (hash),
    at            TEXT NOT NULL,
    batch         TEXT NOT NULL,
    reviewed      INTEGER NOT NULL CHECK (reviewed IN (0, 1)),
    supersedes    TEXT UNIQUE REFERENCES acts (id),
    undoes        TEXT UNIQUE REFERENCES acts (id),
    chain         BLOB NOT NULL
) STRICT;
CREATE INDEX acts_by_entry ON acts (entry_id, coder, round);
CREATE INDEX acts_by_coder ON acts (coder, round, seq);
-- With the uniqueness of supersedes: one act in force per entry, coder and round.
CREATE UNIQUE INDEX acts_first ON acts (entry_id, coder, round) WHERE supersedes IS NULL;

CREATE TABLE act_codes (
    act_id     TEXT NOT NULL REFERENCES acts (id),
    code       TEXT NOT NULL,
    sub_reason TEXT,
    PRIMARY KEY (act_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE act_links (
    act_id    TEXT NOT NULL REFERENCES acts (id),
    kind      TEXT NOT NULL CHECK (kind IN ('feedback', 'correction', 'incident')),
    target_id TEXT NOT NULL REFERENCES entries (id),
    PRIMARY KEY (act_id, kind, target_id)
) STRICT, WITHOUT ROWID;

CREATE VIEW acts_in_force AS
SELECT a.* FROM acts a WHERE NOT EXISTS (SELECT 1 FROM acts n WHERE n.supersedes = a.id);

CREATE TABLE drafts (
    entry_id TEXT NOT NULL REFERENCES entries (id),
    coder    TEXT NOT NULL,
    round    INTEGER NOT NULL,
    choices  TEXT NOT NULL,
    links    TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (entry_id, coder, round)
) STRICT;

CREATE TABLE memos (
    seq      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    coder    TEXT NOT NULL,
    text     TEXT NOT NULL,
    at       TEXT NOT NULL
) STRICT;
CREATE INDEX memos_by_entry ON memos (entry_id);

CREATE TABLE marks (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    case_id      TEXT NOT NULL REFERENCES cases (id),
    intervention INTEGER NOT NULL CHECK (intervention BETWEEN 1 AND 11),
    stage        TEXT NOT NULL CHECK (stage IN ('researcher', 'administrator', 'final')),
    mark         TEXT NOT NULL CHECK (mark IN ('✓', '=', '~', 'X', '')),
    reason       TEXT NOT NULL CHECK (reason <> ''),
    flag         TEXT,
    by           TEXT NOT NULL,
    at           TEXT NOT NULL
) STRICT;

CREATE TABLE log (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    at      TEXT NOT NULL,
    command TEXT NOT NULL,
    details TEXT NOT NULL
) STRICT;

CREATE TRIGGER acts_keep_update BEFORE UPDATE ON acts BEGIN SELECT RAISE (ABORT, 'acts are append-only'); END;
CREATE TRIGGER acts_keep_delete BEFORE DELETE ON acts BEGIN SELECT RAISE (ABORT, 'acts are append-only'); END;
CREATE TRIGGER act_codes_keep_update BEFORE UPDATE ON act_codes BEGIN SELECT RAISE (ABORT, 'acts are append-only'); END;
CREATE TRIGGER act_codes_keep_delete BEFORE DELETE ON act_codes BEGIN SELECT RAISE (ABORT, 'acts are append-only'); END;
CREATE TRIGGER act_links_keep_update BEFORE UPDATE ON act_links BEGIN SELECT RAISE (ABORT, 'acts are append-only'); END;
CREATE TRIGGER act_links_keep_delete BEFORE DELETE ON act_links BEGIN SELECT RAISE (ABORT, 'acts are append-only'); END;
CREATE TRIGGER marks_keep_update BEFORE UPDATE ON marks BEGIN SELECT RAISE (ABORT, 'marks are append-only'); END;
CREATE TRIGGER marks_keep_delete BEFORE DELETE ON marks BEGIN SELECT RAISE (ABORT, 'marks are append-only'); END;
CREATE TRIGGER log_keep_update BEFORE UPDATE ON log BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_keep_delete BEFORE DELETE ON log BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;
