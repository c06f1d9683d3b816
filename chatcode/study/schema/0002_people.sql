-- Version 2: several exports of a group, and who turned out to be one person.

-- The moments of the first and the last entry: exports are compared by them, days are too coarse.
ALTER TABLE exports ADD COLUMN first_at TEXT;
ALTER TABLE exports ADD COLUMN last_at TEXT;
-- Until now a group had one export, so its entries are those of the group.
UPDATE exports SET
    first_at = (SELECT min(e.sent_at) FROM entries e WHERE e.group_id = exports.group_id),
    last_at = (SELECT max(e.sent_at) FROM entries e WHERE e.group_id = exports.group_id);

-- A fingerprint told the sender's name too, by which no other phone's export can be compared. It is
-- of the words alone now; an empty one is worked out when the next export of its group comes in.
UPDATE entries SET fingerprint = x'';

-- 0: only the display name speaks for the role, and nobody has looked yet.
ALTER TABLE member_roles ADD COLUMN told INTEGER NOT NULL DEFAULT 1 CHECK (told IN (0, 1));

-- Append-only: the latest row of a pair that was not taken back holds; a row with undoes takes one back.
CREATE TABLE ties (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT,
    id        TEXT NOT NULL UNIQUE,
    member_id TEXT NOT NULL REFERENCES members (id),
    other_id  TEXT NOT NULL REFERENCES members (id),
    verdict   TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'likely')),
    ground    TEXT NOT NULL CHECK (ground IN ('messages', 'number', 'name', 'person')),
    share     REAL NOT NULL,
    votes     INTEGER NOT NULL,
    at        TEXT NOT NULL,
    undoes    TEXT UNIQUE REFERENCES ties (id),
    CHECK (member_id <> other_id)
) STRICT;

CREATE TRIGGER ties_keep_update BEFORE UPDATE ON ties BEGIN SELECT RAISE (ABORT, 'ties are append-only'); END;
CREATE TRIGGER ties_keep_delete BEFORE DELETE ON ties BEGIN SELECT RAISE (ABORT, 'ties are append-only'); END;

CREATE VIEW ties_standing AS
SELECT t.* FROM ties t
WHERE t.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM ties u WHERE u.undoes = t.id);

CREATE VIEW ties_in_force AS
SELECT t.* FROM ties_standing t
WHERE NOT EXISTS (
    SELECT 1 FROM ties_standing n
    WHERE n.seq > t.seq
      AND min(n.member_id, n.other_id) = min(t.member_id, t.other_id)
      AND max(n.member_id, n.other_id) = max(t.member_id, t.other_id)
);

-- Every member with the one that they are counted as: mostly themselves.
CREATE VIEW persons AS
WITH RECURSIVE up (member_id, person_id) AS (
    SELECT id, id FROM members
    UNION
    SELECT up.member_id, t.other_id FROM up JOIN ties_in_force t ON t.member_id = up.person_id AND t.verdict = 'same'
)
SELECT member_id, person_id FROM up
WHERE NOT EXISTS (
    SELECT 1 FROM ties_in_force t WHERE t.member_id = up.person_id AND t.verdict = 'same'
);

-- Every id of a researcher.
CREATE VIEW researchers AS
SELECT p.member_id FROM persons p
WHERE p.person_id IN (
    SELECT q.person_id FROM persons q JOIN member_roles r ON r.member_id = q.member_id AND r.role = 'onderzoeker'
);
