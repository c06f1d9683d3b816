-- People's marks in full: how it was carried out, several raters, officials, and the right of reply.

ALTER TABLE marks ADD COLUMN prose TEXT NOT NULL DEFAULT '';

-- Who rates; the last row holds. Nobody sees a proposal for a cell before all of them have rated it.
CREATE TABLE raters (
    seq   INTEGER PRIMARY KEY AUTOINCREMENT,
    names TEXT NOT NULL,
    at    TEXT NOT NULL
) STRICT;

-- Marks by officials, who are no stage of the table marks.
CREATE TABLE official_marks (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id      TEXT NOT NULL REFERENCES cases (id),
    intervention INTEGER NOT NULL CHECK (intervention BETWEEN 1 AND 11),
    mark         TEXT NOT NULL CHECK (mark IN ('✓', '=', '~', 'X')),
    reason       TEXT NOT NULL CHECK (reason <> ''),
    by           TEXT NOT NULL,
    at           TEXT NOT NULL
) STRICT;

-- A form that went out: `fixed` is the hash of the text that is not to be changed.
CREATE TABLE forms (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    case_id      TEXT NOT NULL REFERENCES cases (id),
    kind         TEXT NOT NULL CHECK (kind IN ('administrator', 'official')),
    addressee    TEXT NOT NULL CHECK (addressee <> ''),
    commissioner INTEGER NOT NULL CHECK (commissioner IN (0, 1)),
    until        TEXT NOT NULL,
    lang         TEXT NOT NULL,
    fixed        TEXT NOT NULL,
    marks        TEXT NOT NULL,
    by           TEXT NOT NULL,
    at           TEXT NOT NULL
) STRICT;

CREATE TABLE replies (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    form         INTEGER NOT NULL REFERENCES forms (number),
    intervention INTEGER NOT NULL CHECK (intervention BETWEEN 1 AND 11),
    mark         TEXT NOT NULL CHECK (mark IN ('agree', '✓', '=', '~', 'X', '')),
    facts        TEXT NOT NULL,
    offline      TEXT NOT NULL,
    opinion      TEXT NOT NULL,
    by           TEXT NOT NULL,
    at           TEXT NOT NULL
) STRICT;

-- What the researchers answered to a reply.
CREATE TABLE answers (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    form         INTEGER NOT NULL REFERENCES forms (number),
    intervention INTEGER NOT NULL CHECK (intervention BETWEEN 1 AND 11),
    text         TEXT NOT NULL CHECK (text <> ''),
    by           TEXT NOT NULL,
    at           TEXT NOT NULL
) STRICT;

CREATE TRIGGER raters_keep_update BEFORE UPDATE ON raters BEGIN SELECT RAISE (ABORT, 'raters are append-only'); END;
CREATE TRIGGER raters_keep_delete BEFORE DELETE ON raters BEGIN SELECT RAISE (ABORT, 'raters are append-only'); END;
CREATE TRIGGER official_marks_keep_update BEFORE UPDATE ON official_marks BEGIN SELECT RAISE (ABORT, 'marks are append-only'); END;
CREATE TRIGGER official_marks_keep_delete BEFORE DELETE ON official_marks BEGIN SELECT RAISE (ABORT, 'marks are append-only'); END;
CREATE TRIGGER forms_keep_update BEFORE UPDATE ON forms BEGIN SELECT RAISE (ABORT, 'forms are append-only'); END;
CREATE TRIGGER forms_keep_delete BEFORE DELETE ON forms BEGIN SELECT RAISE (ABORT, 'forms are append-only'); END;
CREATE TRIGGER replies_keep_update BEFORE UPDATE ON replies BEGIN SELECT RAISE (ABORT, 'replies are append-only'); END;
CREATE TRIGGER replies_keep_delete BEFORE DELETE ON replies BEGIN SELECT RAISE (ABORT, 'replies are append-only'); END;
CREATE TRIGGER answers_keep_update BEFORE UPDATE ON answers BEGIN SELECT RAISE (ABORT, 'answers are append-only'); END;
CREATE TRIGGER answers_keep_delete BEFORE DELETE ON answers BEGIN SELECT RAISE (ABORT, 'answers are append-only'); END;
