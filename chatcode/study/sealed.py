"""Notes that were handed over, kept in the study file as they were."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from chatcode.errors import ChatcodeError, StudyError
from chatcode.study.connection import moment
from chatcode.study.hearing import Hearing


@dataclass(frozen=True, slots=True)
class SealedNote:
    """A note as it was handed over: its document as data, its figures, and the hash of its text."""

    number: int
    made_on: date
    until: date | None
    coder: str
    document: Mapping[str, Any]
    figures: Sequence[Mapping[str, Any]]
    text_hash: str
    by: str


class Sealed(Hearing):
    """The part of a study that holds what was handed over; nothing of it is ever changed."""

    def seal_note(
        self,
        document: Mapping[str, Any],
        figures: Sequence[Mapping[str, Any]],
        files: Mapping[str, bytes],
        *,
        made_on: date,
        until: date | None,
        coder: str,
        text_hash: str,
        by: str,
    ) -> int:
        """Keep a note with its files; its number."""
        with self.transaction():
            self.execute(
                "INSERT INTO sealed_notes (id, made_on, until, coder, document, figures, text_hash, by, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    str(uuid4()),
                    made_on.isoformat(),
                    until.isoformat() if until else None,
                    coder,
                    json.dumps(document, ensure_ascii=False),
                    json.dumps(figures, ensure_ascii=False),
                    text_hash,
                    by,
                    moment(),
                ),
            )
            number = self.number("SELECT max(number) FROM sealed_notes")
            self.execute_many(
                "INSERT INTO sealed_files (note, name, content) VALUES (?, ?, ?)",
                ((number, name, content) for name, content in files.items()),
            )
        return number

    def sealed_note(self, number: int) -> SealedNote:
        """A note as it was handed over.

        Raises:
            ChatcodeError: there is none of that number.
        """
        row = self.row(
            "SELECT number, made_on, until, coder, document, figures, text_hash, by FROM sealed_notes"
            " WHERE number = ?",
            (number,),
        )
        if row is None:
            raise ChatcodeError(f"there is no sealed note {number}", "See them: chatcode note --sealed")
        return SealedNote(
            row[0], date.fromisoformat(row[1]), date.fromisoformat(row[2]) if row[2] else None, row[3],
            json.loads(row[4]), json.loads(row[5]), row[6], row[7],
        )  # fmt: skip

    def sealed_notes(self) -> list[dict[str, Any]]:
        """The notes that were handed over, without their content."""
        files: dict[int, list[str]] = {}
        for number, name in self.rows("SELECT note, name FROM sealed_files ORDER BY note, name"):
            files.setdefault(number, []).append(name)
        names = ("number", "made_on", "until", "coder", "text_hash", "by", "at")
        return [
            {**dict(zip(names, row, strict=True)), "files": files.get(row[0], [])}
            for row in self.rows(f"SELECT {', '.join(names)} FROM sealed_notes ORDER BY number")
        ]

    def sealed_file(self, number: int, ending: str) -> bytes | None:
        """The file of a note that has this ending, as it was handed over, if there is one."""
        row = self.row(
            "SELECT content FROM sealed_files WHERE note = ? AND name LIKE ? ORDER BY name",
            (number, f"%{ending}"),
        )
        if row is not None and not isinstance(row[0], bytes):
            raise StudyError(f"{self.path.name} is damaged", "Restore a backup: chatcode restore --help")
        return row[0] if row else None

    def signatories(self) -> list[str]:
        """Everybody under whose label something was entered or handed over."""
        return [*super().signatories(), *(row[0] for row in self.rows("SELECT by FROM sealed_notes"))]
