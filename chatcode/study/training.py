"""What of the training before coding was done or passed over, and the codebook's history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from chatcode.study.connection import moment
from chatcode.study.notes import Notes


@dataclass(frozen=True, slots=True)
class Practice:
    """That somebody practised on a shipped chat: `agreed` of `messages` were coded as the key has them."""

    coder: str
    chat: str
    messages: int
    agreed: int
    codebook_hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Skipped:
    """A step of the training that was passed over on purpose."""

    step: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CodebookChange:
    """The study took another codebook: why, who, and the memo that led to it."""

    old_hash: str | None
    new_hash: str
    reason: str
    by: str
    memo_id: str | None
    at: datetime


class Training(Notes):
    """The part of a study that tells how coders learned the codebook, and how it changed."""

    def add_practice(self, coder: str, chat: str, messages: int, agreed: int, codebook_hash: str) -> None:
        """Keep that somebody practised, and how near they came."""
        self.execute(
            "INSERT INTO practices (id, coder, chat, messages, agreed, codebook_hash, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (str(uuid4()), coder, chat, messages, agreed, codebook_hash, moment()),
        )

    def practices(self) -> list[Practice]:
        """Everybody's practice, oldest first."""
        return [
            Practice(row[0], row[1], row[2], row[3], row[4], datetime.fromisoformat(row[5]))
            for row in self.rows(
                "SELECT coder, chat, messages, agreed, codebook_hash, at FROM practices ORDER BY at, seq"
            )
        ]

    def skip_step(self, step: str, reason: str, by: str) -> None:
        """Keep that a step of the training was passed over."""
        self.execute(
            "INSERT INTO skipped_steps (id, step, reason, by, at) VALUES (?, ?, ?, ?, ?)",
            (str(uuid4()), step, reason, by, moment()),
        )

    def skipped_steps(self) -> list[Skipped]:
        """What of the training was passed over, oldest first."""
        return [
            Skipped(row[0], row[1], row[2], datetime.fromisoformat(row[3]))
            for row in self.rows("SELECT step, reason, by, at FROM skipped_steps ORDER BY at, seq")
        ]

    def blind_pairs(self) -> int:
        """Messages that two coders or more reviewed blind, whatever became of their codes later."""
        return self.number(
            "SELECT count(*) FROM (SELECT entry_id FROM acts WHERE mode = 'blind' AND reviewed = 1"
            " GROUP BY entry_id HAVING count(DISTINCT coder) > 1)"
        )

    # ── the codebook ──

    def add_codebook_change(
        self, old_hash: str | None, new_hash: str, reason: str, by: str, memo_id: str | None
    ) -> None:
        """Keep that the study took another codebook, and why."""
        self.execute(
            "INSERT INTO codebook_changes (id, old_hash, new_hash, reason, by, memo_id, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (str(uuid4()), old_hash, new_hash, reason, by, memo_id, moment()),
        )

    def codebook_changes(self) -> list[CodebookChange]:
        """Every change of the codebook, oldest first."""
        return [
            CodebookChange(row[0], row[1], row[2], row[3], row[4], datetime.fromisoformat(row[5]))
            for row in self.rows(
                "SELECT old_hash, new_hash, reason, by, memo_id, at FROM codebook_changes ORDER BY at, seq"
            )
        ]

    def codebook_texts(self) -> dict[str, str]:
        """Every codebook that the study ever used, by hash."""
        return dict(self.rows("SELECT hash, text FROM codebooks ORDER BY taken_at"))

    def acts_by_codebook(self) -> list[tuple[str, str, int, str, frozenset[str]]]:
        """The acts in force: coder, entry, round, codebook, and the codes."""
        codes: dict[str, set[str]] = {}
        for act_id, code in self.rows("SELECT act_id, code FROM act_codes"):
            codes.setdefault(act_id, set()).add(code)
        return [
            (row[1], row[2], row[3], row[4], frozenset(codes.get(row[0], ())))
            for row in self.rows(
                "SELECT a.id, a.coder, a.entry_id, a.round, a.codebook_hash FROM acts_in_force a"
                " JOIN entries e ON e.id = a.entry_id WHERE a.reviewed = 1 AND e.kind = 'message'"
                " ORDER BY a.seq"
            )
        ]
