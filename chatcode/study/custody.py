"""What the researcher answers for, in the study file: the ground, the term, and the end of the key."""

from __future__ import annotations

import json
from datetime import date

from chatcode.domain import Accountability
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

    def accountability(self) -> Accountability:
        """What was told of plan, ground, information and term, and what objections left out."""
        row = self.row("SELECT data_plan, legal_basis, informed, retain_until, quotes_least FROM study")
        assert row is not None
        left_out = sum(
            json.loads(findings).get("left_out_new", 0)
            for (findings,) in self.rows("SELECT findings FROM exports")
        )
        until = date.fromisoformat(row[3]) if row[3] else None
        return Accountability(row[0], row[1], row[2], until, left_out, row[4])

    def tell(
        self,
        *,
        data_plan: str = "",
        legal_basis: str = "",
        informed: str = "",
        retain_until: date | None = None,
        quotes_least: int = 0,
    ) -> None:
        """Keep what is told now in place of what was told before; what is empty leaves that as it is."""
        told = {
            "data_plan": data_plan,
            "legal_basis": legal_basis,
            "informed": informed,
            "retain_until": retain_until.isoformat() if retain_until else "",
            "quotes_least": quotes_least,
        }
        for column, value in told.items():
            if value:
                self.execute(f"UPDATE study SET {column} = ?", (value,))

    def writers(self) -> set[str]:
        """The persons of whom there are messages whose words were not purged."""
        return {
            row[0]
            for row in self.rows(
                "SELECT DISTINCT p.person_id FROM entries e JOIN persons p ON p.member_id = e.member_id"
                " WHERE e.kind = 'message' AND e.purged_at IS NULL"
            )
        }
