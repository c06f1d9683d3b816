"""Finding messages by their words and codes, and the logbook of all that was noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chatcode.domain import Act, Entry
from chatcode.study.chats import ENTRY, pages
from chatcode.study.connection import folded, marks_for
from chatcode.study.people import HAD_ROLE
from chatcode.study.training import Training


@dataclass(frozen=True, slots=True)
class Noted:
    """A line of the logbook; `kind` is message, media, code, case, method, theory or codebook."""

    id: str
    kind: str
    about: str
    by: str
    text: str
    at: datetime
    entry_id: str | None = None


class Finding(Training):
    """The part of a study that is searched."""

    def find_entries(
        self,
        words: str = "",
        *,
        group: str = "",
        month: str = "",
        role: str = "",
        only: Sequence[str] | None = None,
        most: int = -1,
    ) -> list[Entry]:
        """Entries in reading order that hold the words (capitals or not), of that group and month.

        `group` is a label, `only` narrows it to these ids. Texts are read one by one: no index of
        words is kept, so that nothing is left of a text that is taken away.
        """
        parts: list[str] = []
        values: list[Any] = []
        if group:
            parts.append("g.label = ?")
            values.append(group)
        if month:
            parts.append("substr(e.sent_at, 1, 7) = ?")
            values.append(month)
        if role:
            parts.append(HAD_ROLE)
            values.append(role)
        if words:
            parts.append("instr(folded(t.text), ?) > 0")
            values.append(folded(words))
        if only is None:
            return self._found(parts, values, most)
        found: list[Entry] = []
        for ids in pages(only):
            found += self._found([*parts, f"e.id IN ({marks_for(ids)})"], [*values, *ids], -1)
        order = {g.id: place for place, g in enumerate(self.groups())}
        found.sort(key=lambda entry: (order[entry.group_id], entry.position))
        return found if most < 0 else found[:most]

    def _found(self, parts: Sequence[str], values: Sequence[Any], most: int) -> list[Entry]:
        where = " AND ".join(parts) or "1"
        return self._entries(
            f"{ENTRY} JOIN groups g ON g.id = e.group_id WHERE {where} ORDER BY g.seq, e.position LIMIT ?",
            [*values, most],
        )

    def coded_with(self, code: str, coder: str) -> list[str]:
        """The entries that the coder's last round on each codes so."""
        return [
            row[0]
            for row in self.rows(
                "SELECT a.entry_id FROM act_codes c JOIN acts_in_force a ON a.id = c.act_id"
                " WHERE c.code = ? AND a.coder = ? AND a.reviewed = 1 AND NOT EXISTS ("
                "SELECT 1 FROM acts_in_force b WHERE b.entry_id = a.entry_id AND b.coder = a.coder"
                " AND b.reviewed = 1 AND b.round > a.round)",
                (code, coder),
            )
        ]

    def last_acts(self, entry_ids: Sequence[str], coder: str) -> dict[str, Act]:
        """The coder's acts in force on these entries; of several rounds the last."""
        rounds = sorted(round_ for name, round_ in self.rounds() if name == coder)
        found: dict[str, Act] = {}
        for round_ in rounds:
            found |= self.acts_in_force(entry_ids, coder, round_)
        return found

    def logbook(self) -> list[Noted]:
        """Everything that was noted, oldest first: memos of every kind, media notes, codebook changes."""
        found = [
            Noted(
                row[0],
                kind,
                f"{row[5]} {row[6][:10]}",
                row[2],
                row[3],
                datetime.fromisoformat(row[4]),
                row[1],
            )
            for kind, table in (("message", "memos"), ("media", "media_notes"))
            for row in self.rows(
                f"SELECT m.id, m.entry_id, m.coder, m.text, m.at, g.label, e.sent_at FROM {table} m"
                " JOIN entries e ON e.id = m.entry_id JOIN groups g ON g.id = e.group_id ORDER BY m.seq"
            )
        ]
        found += [
            Noted(memo.id, memo.kind, memo.about, memo.coder, memo.text, memo.at)
            for memo in self.wider_memos()
        ]
        found += [
            Noted(row[0], "codebook", row[1][:12], row[2], row[3], datetime.fromisoformat(row[4]))
            for row in self.rows(
                "SELECT id, new_hash, by, reason, at FROM codebook_changes WHERE reason <> '' ORDER BY seq"
            )
        ]
        return sorted(found, key=lambda noted: noted.at)
