-- Notes as they were handed over: the document, its figures and its files; later recoding changes none.

CREATE TABLE sealed_notes (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    id        TEXT NOT NULL UNIQUE,
    made_on   TEXT NOT NULL,
    until     TEXT,
    coder     TEXT NOT NULL,
    document  TEXT NOT NULL,
    figures   TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    by        TEXT NOT NULL,
    at        TEXT NOT NULL
) STRICT;

CREATE TABLE sealed_files (
    note    INTEGER NOT NULL REFERENCES sealed_notes (number),
    name    TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (note, name)
) STRICT;

CREATE TRIGGER sealed_notes_keep_update BEFORE UPDATE ON sealed_notes BEGIN SELECT RAISE (ABORT, 'a sealed note stays'); END;
CREATE TRIGGER sealed_notes_keep_delete BEFORE DELETE ON sealed_notes BEGIN SELECT RAISE (ABORT, 'a sealed note stays'); END;
CREATE TRIGGER sealed_files_keep_update BEFORE UPDATE ON sealed_files BEGIN SELECT RAISE (ABORT, 'a sealed note stays'); END;
CREATE TRIGGER sealed_files_keep_delete BEFORE DELETE ON sealed_files BEGIN SELECT RAISE (ABORT, 'a sealed note stays'); END;
