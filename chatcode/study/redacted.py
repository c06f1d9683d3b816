"""New versions of texts, and what a second look found, in the study file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from chatcode.domain import Look
from chatcode.study.chats import pages
from chatcode.study.connection import marks_for, moment
from chatcode.study.suggested import Suggested


class Redacted(Suggested):
    """The part of a study that holds how well its texts are redacted."""

    def renew_texts(self, texts: Mapping[str, str]) -> None:
        """Give entries a new version of their text; acts stay.

        The earlier versions lose their words, for they may show what the new one took out; the
        suggestions of these entries go, for their reasons quote the text, and models lose their data, for
        their vocabulary may hold what is taken out.
        """
        at = moment()
        with self.transaction():
            for entry_id, text in texts.items():
                self.execute("UPDATE texts SET text = '' WHERE entry_id = ?", (entry_id,))
                self.execute("UPDATE entries SET version = version + 1 WHERE id = ?", (entry_id,))
                self.execute(
                    "INSERT INTO texts (entry_id, version, text, made_at)"
                    " SELECT id, version, ?, ? FROM entries WHERE id = ?",
                    (text, at, entry_id),
                )
            if texts:
                self.execute("UPDATE models SET data = NULL WHERE data IS NOT NULL")
            for ids in pages(list(texts)):
                self.execute(f"DELETE FROM suggestions WHERE entry_id IN ({marks_for(ids)})", ids)

    def renewed_since_suggested(self) -> int:
        """How many entries got a new text after the latest suggestions were made."""
        return self.number(
            "SELECT count(*) FROM entries e JOIN texts t ON t.entry_id = e.id AND t.version = e.version"
            " WHERE t.made_at > (SELECT at FROM suggestion_runs ORDER BY seq DESC LIMIT 1)"
        )

    def words_in_doubt(self) -> int | None:
        """How many words `names` left in doubt; None where nobody went through them since the last import."""
        row = self.row(
            "SELECT json_extract(details, '$.doubtful') FROM log"
            " WHERE command = 'import'"
            " OR (command = 'names' AND json_type(details, '$.doubtful') = 'integer')"
            " ORDER BY seq DESC LIMIT 1"
        )
        return None if row is None or row[0] is None else int(row[0])

    # ── second look ──

    def start_look(self, entry_ids: Sequence[str], *, seed: int, population: int) -> str:
        """Start a second look at a sample of the messages, drawn with `seed`."""
        look_id = str(uuid4())
        with self.transaction():
            self.execute(
                "INSERT INTO looks (id, at, seed, population) VALUES (?, ?, ?, ?)",
                (look_id, moment(), seed, population),
            )
            self.execute_many(
                "INSERT INTO look_entries (look_id, place, entry_id) VALUES (?, ?, ?)",
                ((look_id, place, entry_id) for place, entry_id in enumerate(entry_ids)),
            )
        return look_id

    def look(self) -> Look | None:
        """The latest second look, or None where nobody looked."""
        row = self.row("SELECT id, at, seed, population FROM looks ORDER BY seq DESC LIMIT 1")
        if row is None:
            return None
        drawn = self.rows("SELECT entry_id FROM look_entries WHERE look_id = ? ORDER BY place", (row[0],))
        found = self.rows(
            "SELECT entry_id, leaks FROM findings WHERE look_id = ? AND undone = 0 ORDER BY seq", (row[0],)
        )
        return Look(
            id=row[0],
            at=datetime.fromisoformat(row[1]),
            seed=row[2],
            population=row[3],
            entry_ids=tuple(entry_id for (entry_id,) in drawn),
            findings={entry_id: json.loads(leaks) for entry_id, leaks in found},
        )

    def add_finding(self, look_id: str, entry_id: str, leaks: Mapping[str, int]) -> None:
        """Keep how many leaks of which kind somebody saw in a message of a second look."""
        self.execute(
            "INSERT INTO findings (look_id, entry_id, at, leaks) VALUES (?, ?, ?, ?)",
            (look_id, entry_id, moment(), json.dumps(dict(leaks), sort_keys=True)),
        )

    def undo_finding(self, look_id: str) -> str | None:
        """Take back the latest finding that stands; the entry that it was about, or None."""
        with self.transaction():
            row = self.row(
                "SELECT seq, entry_id FROM findings WHERE look_id = ? AND undone = 0"
                " ORDER BY seq DESC LIMIT 1",
                (look_id,),
            )
            if row is None:
                return None
            self.execute("UPDATE findings SET undone = 1 WHERE seq = ?", (row[0],))
            return str(row[1])
