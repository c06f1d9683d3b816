"""What coders noted beside their acts: memos, flags, and what omitted media were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from chatcode.domain import Memo, MemoKind, WiderMemo
from chatcode.study.chats import pages
from chatcode.study.connection import marks_for, moment
from chatcode.study.queue import Queue


class Notes(Queue):
    """The part of a study that holds what coders noted."""

    # ── on a message ──

    def add_memo(self, entry_id: str, coder: str, text: str) -> Memo:
        """Keep a note on a message."""
        return self._note("memos", entry_id, coder, text)

    def memos(self, entry_ids: Sequence[str]) -> dict[str, list[Memo]]:
        """The notes per entry, oldest first; entries without are absent."""
        return self._notes("memos", entry_ids)

    def add_media_note(self, entry_id: str, coder: str, text: str) -> Memo:
        """Keep what an omitted photo, film or voice message was."""
        return self._note("media_notes", entry_id, coder, text)

    def media_notes(self, entry_ids: Sequence[str]) -> dict[str, list[Memo]]:
        """The media notes per entry, oldest first; entries without are absent."""
        return self._notes("media_notes", entry_ids)

    def flag(self, entry_id: str, coder: str, *, raised: bool) -> None:
        """Raise or lower the coder's flag on a message, for the team's meeting."""
        self.execute(
            "INSERT INTO flags (id, entry_id, coder, raised, at) VALUES (?, ?, ?, ?, ?)",
            (str(uuid4()), entry_id, coder, int(raised), moment()),
        )

    def flagged(self, entry_ids: Sequence[str], coder: str) -> frozenset[str]:
        """Those of the entries on which the coder's flag is up."""
        last: dict[str, int] = {}
        for ids in pages(entry_ids):
            last |= dict(
                self.rows(
                    f"SELECT entry_id, raised FROM flags WHERE coder = ? AND entry_id IN ({marks_for(ids)})"
                    " ORDER BY at, seq",
                    (coder, *ids),
                )
            )
        return frozenset(entry_id for entry_id, raised in last.items() if raised)

    # ── on more than a message ──

    def add_wider_memo(self, kind: MemoKind, about: str, coder: str, text: str) -> WiderMemo:
        """Keep a note on a code, a case, the method or the theory."""
        used = self.row("SELECT codebook_hash FROM study")
        memo = WiderMemo(
            str(uuid4()),
            kind,
            about,
            coder,
            text,
            datetime.fromisoformat(moment()),
            used[0] if used else None,
        )
        self.execute(
            "INSERT INTO wider_memos (id, kind, about, coder, text, codebook_hash, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                memo.id,
                kind,
                about,
                coder,
                text,
                memo.codebook_hash,
                memo.at.isoformat(timespec="milliseconds"),
            ),
        )
        return memo

    def wider_memos(self) -> list[WiderMemo]:
        """All notes on codes, cases, method and theory, oldest first."""
        return [
            WiderMemo(r[0], r[1], r[2], r[3], r[4], datetime.fromisoformat(r[5]), r[6])
            for r in self.rows(
                "SELECT id, kind, about, coder, text, at, codebook_hash FROM wider_memos ORDER BY at, seq"
            )
        ]

    # ── inside ──

    def _note(self, table: str, entry_id: str, coder: str, text: str) -> Memo:
        memo = Memo(str(uuid4()), entry_id, coder, text, datetime.fromisoformat(moment()))
        self.execute(
            f"INSERT INTO {table} (id, entry_id, coder, text, at) VALUES (?, ?, ?, ?, ?)",
            (memo.id, entry_id, coder, text, memo.at.isoformat(timespec="milliseconds")),
        )
        return memo

    def _notes(self, table: str, entry_ids: Sequence[str]) -> dict[str, list[Memo]]:
        found: dict[str, list[Memo]] = {}
        for ids in pages(entry_ids):
            for row in self.rows(
                f"SELECT id, entry_id, coder, text, at FROM {table}"
                f" WHERE entry_id IN ({marks_for(ids)}) ORDER BY at, seq",
                ids,
            ):
                found.setdefault(row[1], []).append(
                    Memo(row[0], row[1], row[2], row[3], datetime.fromisoformat(row[4]))
                )
        return found
