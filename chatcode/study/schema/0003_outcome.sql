-- What people know beside the chat: intake, evidence, headcounts, events outside, the plan.
-- All of it is append-only; of what can be said twice the later row holds.

CREATE TABLE intake (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id      TEXT NOT NULL REFERENCES cases (id),
    intervention INTEGER NOT NULL CHECK (intervention BETWEEN 1 AND 11),
    state        TEXT NOT NULL CHECK (state IN ('agreed', 'practice', 'not_agreed')),
    reason       TEXT NOT NULL,
    by           TEXT NOT NULL,
    at           TEXT NOT NULL
) STRICT;

-- The number is what documents cite: [E3]. Numbers are never given out twice.
CREATE TABLE evidence (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    case_id      TEXT NOT NULL REFERENCES cases (id),
    intervention INTEGER NOT NULL CHECK (intervention BETWEEN 1 AND 11),
    day          TEXT NOT NULL,
    source       TEXT NOT NULL CHECK (source <> ''),
    text         TEXT NOT NULL CHECK (text <> ''),
    done         INTEGER NOT NULL CHECK (done IN (0, 1)),
    by           TEXT NOT NULL,
    at           TEXT NOT NULL
) STRICT;

CREATE TABLE headcounts (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id TEXT NOT NULL REFERENCES groups (id),
    day      TEXT NOT NULL,
    members  INTEGER NOT NULL CHECK (members >= 0),
    by       TEXT NOT NULL,
    at       TEXT NOT NULL
) STRICT;

-- An event outside the chat that may explain figures; without a case it is of all.
CREATE TABLE outside_events (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    id      TEXT NOT NULL UNIQUE,
    case_id TEXT REFERENCES cases (id),
    day     TEXT NOT NULL,
    until   TEXT NOT NULL,
    text    TEXT NOT NULL CHECK (text <> ''),
    by      TEXT NOT NULL,
    at      TEXT NOT NULL
) STRICT;

-- What was agreed: who is a role, never a name. `number` stays the same where an action is agreed anew.
CREATE TABLE actions (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    number       INTEGER NOT NULL,
    case_id      TEXT NOT NULL REFERENCES cases (id),
    intervention INTEGER CHECK (intervention BETWEEN 1 AND 11),
    what         TEXT NOT NULL CHECK (what <> ''),
    who          TEXT NOT NULL CHECK (who <> ''),
    due          TEXT NOT NULL,
    agreed_on    TEXT NOT NULL,
    by           TEXT NOT NULL,
    at           TEXT NOT NULL
) STRICT;

CREATE TABLE action_states (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL,
    state  TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
    day    TEXT NOT NULL,
    note   TEXT NOT NULL,
    by     TEXT NOT NULL,
    at     TEXT NOT NULL
) STRICT;

CREATE TABLE minutes (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id TEXT REFERENCES cases (id),
    day     TEXT NOT NULL,
    text    TEXT NOT NULL CHECK (text <> ''),
    by      TEXT NOT NULL,
    at      TEXT NOT NULL
) STRICT;

-- Taking back is a row of its own: what was said stays.
CREATE TABLE withdrawals (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    kind   TEXT NOT NULL CHECK (kind IN ('evidence', 'event', 'minutes')),
    number INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    by     TEXT NOT NULL,
    at     TEXT NOT NULL,
    UNIQUE (kind, number)
) STRICT;

CREATE TRIGGER intake_keep_update BEFORE UPDATE ON intake BEGIN SELECT RAISE (ABORT, 'the intake is append-only'); END;
CREATE TRIGGER intake_keep_delete BEFORE DELETE ON intake BEGIN SELECT RAISE (ABORT, 'the intake is append-only'); END;
CREATE TRIGGER evidence_keep_update BEFORE UPDATE ON evidence BEGIN SELECT RAISE (ABORT, 'evidence is append-only'); END;
CREATE TRIGGER evidence_keep_delete BEFORE DELETE ON evidence BEGIN SELECT RAISE (ABORT, 'evidence is append-only'); END;
CREATE TRIGGER headcounts_keep_update BEFORE UPDATE ON headcounts BEGIN SELECT RAISE (ABORT, 'headcounts are append-only'); END;
CREATE TRIGGER headcounts_keep_delete BEFORE DELETE ON headcounts BEGIN SELECT RAISE (ABORT, 'headcounts are append-only'); END;
CREATE TRIGGER outside_events_keep_update BEFORE UPDATE ON outside_events BEGIN SELECT RAISE (ABORT, 'events are append-only'); END;
CREATE TRIGGER outside_events_keep_delete BEFORE DELETE ON outside_events BEGIN SELECT RAISE (ABORT, 'events are append-only'); END;
CREATE TRIGGER actions_keep_update BEFORE UPDATE ON actions BEGIN SELECT RAISE (ABORT, 'the plan is append-only'); END;
CREATE TRIGGER actions_keep_delete BEFORE DELETE ON actions BEGIN SELECT RAISE (ABORT, 'the plan is append-only'); END;
CREATE TRIGGER action_states_keep_update BEFORE UPDATE ON action_states BEGIN SELECT RAISE (ABORT, 'the plan is append-only'); END;
CREATE TRIGGER action_states_keep_delete BEFORE DELETE ON action_states BEGIN SELECT RAISE (ABORT, 'the plan is append-only'); END;
CREATE TRIGGER minutes_keep_update BEFORE UPDATE ON minutes BEGIN SELECT RAISE (ABORT, 'minutes are append-only'); END;
CREATE TRIGGER minutes_keep_delete BEFORE DELETE ON minutes BEGIN SELECT RAISE (ABORT, 'minutes are append-only'); END;
CREATE TRIGGER withdrawals_keep_update BEFORE UPDATE ON withdrawals BEGIN SELECT RAISE (ABORT, 'withdrawals are append-only'); END;
CREATE TRIGGER withdrawals_keep_delete BEFORE DELETE ON withdrawals BEGIN SELECT RAISE (ABORT, 'withdrawals are append-only'); END;
