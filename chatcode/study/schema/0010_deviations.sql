-- Where the study went another way than was planned, for the appendix on method.

CREATE TABLE deviations (
    seq  INTEGER PRIMARY KEY AUTOINCREMENT,
    day  TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    by   TEXT NOT NULL,
    at   TEXT NOT NULL
) STRICT;

CREATE TRIGGER deviations_keep_update BEFORE UPDATE ON deviations BEGIN SELECT RAISE (ABORT, 'deviations are append-only'); END;
CREATE TRIGGER deviations_keep_delete BEFORE DELETE ON deviations BEGIN SELECT RAISE (ABORT, 'deviations are append-only'); END;
