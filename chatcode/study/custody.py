"""What the researcher answers for, in the study file: the ground, the term, and the end of the key."""

from __future__ import annotations

from datetime import date

from chatcode.study.connection import Connection, moment


class Custody(Connection):
    """The part of a study that says on what ground and until when it is kept."""

    def key_destroyed(self) -> date | None:
        """The day on which the key was destroyed, or None while there may be one."""
        row = self.row("SELECT key_destroyed_at FROM study")
        return date.fromisoformat(row[0][:10]) if row and row[0] else None

    def end_key(self) -> None:
        """Note that the key is no more; there is no way back."""
        self.execute("UPDATE study SET key_destroyed_at = ?", (moment(),))
