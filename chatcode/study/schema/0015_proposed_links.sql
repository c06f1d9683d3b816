-- What the machine proposed to link a message to while its coder decided: beside the act, never part of it.
-- It was taken where the act has that link too.
CREATE TABLE proposed_links (
    act_id      TEXT NOT NULL REFERENCES acts (id),
    kind        TEXT NOT NULL CHECK (kind IN ('feedback', 'correction', 'incident')),
    target_id   TEXT NOT NULL REFERENCES entries (id),
    probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
    PRIMARY KEY (act_id, kind, target_id)
) STRICT, WITHOUT ROWID;
