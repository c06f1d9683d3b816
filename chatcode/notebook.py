"""A study as data frames, for notebooks and scripts."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import pandas as pd

    from chatcode.codebook import Codebook
    from chatcode.study.store import Study as StudyFile

_NONE: list[tuple[None, None]] = [(None, None)]


class Study:
    """A study file, read as pandas frames; nothing is ever written through it."""

    def __init__(self, file: StudyFile) -> None:
        self._file = file

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open a study.

        Raises:
            StudyError: there is no such file, it is no study, damaged, locked or newer.
        """
        from chatcode.study.store import Study as StudyFile

        return cls(StudyFile.open(Path(path)))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def messages(self) -> pd.DataFrame:
        """One row an entry: message_id, group, sent_at, member, role, kind, event, text, edited."""
        import pandas as pd

        groups = {group.id: group.label for group in self._file.groups()}
        members = self._file.members()
        rows = []
        for entry in self._file.entries():
            member = members.get(entry.member_id or "")
            rows.append(
                {
                    "message_id": entry.id,
                    "group": groups[entry.group_id],
                    "sent_at": entry.sent_at,
                    "member": member.label if member else None,
                    "role": " ".join(sorted(member.roles)) if member else None,
                    "kind": entry.kind,
                    "event": entry.event,
                    "text": entry.text,
                    "edited": entry.edited,
                }
            )
        columns = ["message_id", "group", "sent_at", "member", "role", "kind", "event", "text", "edited"]
        return pd.DataFrame(rows, columns=columns)

    def codings(self, coder: str | None = None) -> pd.DataFrame:
        """One row a code of an act in force: message_id, coder, round, mode, code, sub_reason, at.

        A reviewed message without a code has one row with code None.
        """
        import pandas as pd

        layer = self._file.layer(coder)
        rows = [
            {
                "message_id": act.entry_id,
                "coder": act.coder,
                "round": act.round,
                "mode": act.mode,
                "code": code,
                "sub_reason": sub_reason,
                "at": act.at,
            }
            for act in layer.acts.values()
            for code, sub_reason in [(c.code, c.sub_reason) for c in act.choices] or _NONE
        ]
        columns = ["message_id", "coder", "round", "mode", "code", "sub_reason", "at"]
        return pd.DataFrame(rows, columns=columns)

    def frequencies(self, coder: str | None = None) -> pd.DataFrame:
        """One row per group, covered month and code, as `chatcode report --json` gives them."""
        import pandas as pd

        from chatcode.analysis.frequency import Frequency, frequencies

        rows = frequencies(self._file.layer(coder), self._codebook())
        columns = list(Frequency.__dataclass_fields__)
        return pd.DataFrame([[getattr(row, name) for name in columns] for row in rows], columns=columns)

    def marks(self, coder: str | None = None) -> pd.DataFrame:
        """One row a cell of the table, as `chatcode table --json` gives them."""
        import pandas as pd

        from chatcode.analysis.assessment import Cell, cells

        found = cells(
            self._file.layer(coder), self._codebook(), self._file.marks(), **self._file.beside().counted()
        )
        columns = list(Cell.__dataclass_fields__)
        return pd.DataFrame([[getattr(cell, name) for name in columns] for cell in found], columns=columns)

    def _codebook(self) -> Codebook:
        from chatcode.codebook import Codebook

        kept = self._file.codebook_text()
        return Codebook.parse(kept[1], "the study's codebook") if kept else Codebook.load()
