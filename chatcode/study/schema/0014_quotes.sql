-- Quotes that a person signed for. Only a purge changes one: it takes the words out.

CREATE TABLE quotes (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    id       TEXT NOT NULL UNIQUE,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    code     TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('verbatim', 'paraphrase')),
    text     TEXT NOT NULL CHECK (text <> ''),
    role     TEXT NOT NULL,
    place    TEXT NOT NULL,
    month    TEXT NOT NULL,
    sharing  INTEGER NOT NULL CHECK (sharing >= 1),
    least    INTEGER NOT NULL,
    flags    TEXT NOT NULL,
    approval TEXT NOT NULL,
    by       TEXT NOT NULL CHECK (by <> ''),
    at       TEXT NOT NULL
) STRICT;

CREATE TABLE quotes_withdrawn (
    number INTEGER PRIMARY KEY REFERENCES quotes (number),
    by     TEXT NOT NULL CHECK (by <> ''),
    at     TEXT NOT NULL
) STRICT;

CREATE TRIGGER quotes_keep_update BEFORE UPDATE OF number, id, entry_id, code, kind, role, place, month, sharing,
    least, flags, approval, by, at ON quotes BEGIN SELECT RAISE (ABORT, 'quotes are append-only'); END;
CREATE TRIGGER quotes_keep_words BEFORE UPDATE OF text ON quotes WHEN NEW.text <> '[gewist]'
    BEGIN SELECT RAISE (ABORT, 'quotes are append-only'); END;
CREATE TRIGGER quotes_keep_delete BEFORE DELETE ON quotes BEGIN SELECT RAISE (ABORT, 'quotes are append-only'); END;
CREATE TRIGGER quotes_withdrawn_keep_update BEFORE UPDATE ON quotes_withdrawn
    BEGIN SELECT RAISE (ABORT, 'quotes are append-only'); END;
CREATE TRIGGER quotes_withdrawn_keep_delete BEFORE DELETE ON quotes_withdrawn
    BEGIN SELECT RAISE (ABORT, 'quotes are append-only'); END;
