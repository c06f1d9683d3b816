"""What a study can account for: codebooks, coders' work, deviations from what was planned."""

from __future__ import annotations

from datetime import date
from typing import Any

from chatcode.study.connection import moment
from chatcode.study.sealed import Sealed


class Account(Sealed):
    """The part of a study that the appendix on method is made from."""

    def codebooks(self) -> list[dict[str, Any]]:
        """The codebooks that were in use, oldest first, with the acts that were made under each."""
        names = ("hash", "taken_at", "acts", "now")
        return [
            dict(zip(names, (*row[:3], bool(row[3])), strict=True))
            for row in self.rows(
                "SELECT c.hash, c.taken_at, (SELECT count(*) FROM acts a WHERE a.codebook_hash = c.hash),"
                " c.hash = (SELECT codebook_hash FROM study) FROM codebooks c ORDER BY c.taken_at, c.hash"
            )
        ]

    def work(self) -> list[dict[str, Any]]:
        """Per coder, round and mode: acts in force on messages and on notices, first and last day."""
        names = ("coder", "round", "mode", "messages", "notices", "first", "last")
        return [
            dict(zip(names, row, strict=True))
            for row in self.rows(
                "SELECT a.coder, a.round, a.mode, sum(e.kind = 'message'), sum(e.kind = 'system'),"
                " min(substr(a.at, 1, 10)), max(substr(a.at, 1, 10))"
                " FROM acts_in_force a JOIN entries e ON e.id = a.entry_id WHERE a.reviewed = 1"
                " GROUP BY a.coder, a.round, a.mode ORDER BY a.coder, a.round, a.mode"
            )
        ]

    def add_deviation(self, day: date, text: str, by: str) -> None:
        """Keep where the study went another way than was planned."""
        self.execute(
            "INSERT INTO deviations (day, text, by, at) VALUES (?, ?, ?, ?)",
            (day.isoformat(), text, by, moment()),
        )

    def deviations(self) -> list[tuple[date, str]]:
        """The deviations by day."""
        return [
            (date.fromisoformat(day), text)
            for day, text in self.rows("SELECT day, text FROM deviations ORDER BY day, seq")
        ]

    def signatories(self) -> list[str]:
        """Everybody under whose label something was entered."""
        return [*super().signatories(), *(row[0] for row in self.rows("SELECT by FROM deviations"))]
