"""What people know beside the chat, in the study file: intake, evidence, headcounts, events, plan."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import uuid4

from chatcode.domain import Action, Beside, Evidence, Headcount, Intake, Minutes, OutsideEvent
from chatcode.errors import ChatcodeError
from chatcode.study.connection import moment
from chatcode.study.suggested import Suggested

Withdrawable = Literal["evidence", "event", "minutes"]
_TABLES = {"evidence": "evidence", "event": "outside_events", "minutes": "minutes"}
_STANDS = "number NOT IN (SELECT number FROM withdrawals WHERE kind = ?)"


class Outcome(Suggested):
    """The part of a study that holds what people entered beside the chat; nothing of it is overwritten."""

    def beside(self) -> Beside:
        """All of it that stands."""
        return Beside(
            self.intake(), self.evidence(), self.headcounts(), self.events(), self.actions(), self.minutes()
        )

    # ── intake ──

    def add_intake(self, intake: Intake) -> None:
        """Keep what was known of a cell; an earlier word on it stays and is superseded."""
        self.execute(
            "INSERT INTO intake (case_id, intervention, state, reason, by, at) VALUES (?, ?, ?, ?, ?, ?)",
            (
                intake.case_id,
                intake.intervention,
                intake.state,
                intake.reason,
                intake.by,
                intake.at.isoformat(timespec="milliseconds"),
            ),
        )

    def intake(self) -> list[Intake]:
        """All that was entered, oldest first; the last of a cell is the one that holds."""
        return [
            Intake(row[0], row[1], row[2], row[3], row[4], datetime.fromisoformat(row[5]))
            for row in self.rows(
                "SELECT case_id, intervention, state, reason, by, at FROM intake ORDER BY seq"
            )
        ]

    # ── evidence ──

    def add_evidence(
        self, case_id: str, intervention: int, day: date, source: str, text: str, by: str, *, done: bool
    ) -> int:
        """Keep an observation from outside the chat; the number by which documents cite it."""
        with self.transaction():
            self.execute(
                "INSERT INTO evidence (id, case_id, intervention, day, source, text, done, by, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    str(uuid4()),
                    case_id,
                    intervention,
                    day.isoformat(),
                    source,
                    text,
                    int(done),
                    by,
                    moment(),
                ),
            )
            return self.number("SELECT max(number) FROM evidence")

    def evidence(self) -> list[Evidence]:
        """The evidence that stands, by number."""
        return [
            Evidence(
                row[0], row[1], row[2], date.fromisoformat(row[3]), row[4], row[5], row[6],
                datetime.fromisoformat(row[7]), bool(row[8]), row[9],
            )
            for row in self.rows(
                "SELECT id, case_id, intervention, day, source, text, by, at, done, number FROM evidence"
                f" WHERE {_STANDS} ORDER BY number",
                ("evidence",),
            )
        ]  # fmt: skip

    # ── headcounts ──

    def add_headcount(self, headcount: Headcount, by: str) -> None:
        """Keep how many members a group had; of two on one day the later word holds."""
        self.execute(
            "INSERT INTO headcounts (group_id, day, members, by, at) VALUES (?, ?, ?, ?, ?)",
            (headcount.group_id, headcount.day.isoformat(), headcount.members, by, moment()),
        )

    def headcounts(self) -> list[Headcount]:
        """The headcounts that hold, one per group and day."""
        told = {
            (group_id, day): Headcount(group_id, date.fromisoformat(day), members)
            for group_id, day, members in self.rows(
                "SELECT group_id, day, members FROM headcounts ORDER BY seq"
            )
        }
        return sorted(told.values(), key=lambda one: (one.group_id, one.day))

    # ── events outside ──

    def add_event(self, case_id: str | None, day: date, until: date, text: str, by: str) -> int:
        """Keep an event outside the chats; its number."""
        with self.transaction():
            self.execute(
                "INSERT INTO outside_events (id, case_id, day, until, text, by, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (str(uuid4()), case_id, day.isoformat(), until.isoformat(), text, by, moment()),
            )
            return self.number("SELECT max(number) FROM outside_events")

    def events(self) -> list[OutsideEvent]:
        """The events that stand, by day."""
        return [
            OutsideEvent(
                row[0], row[1], date.fromisoformat(row[2]), date.fromisoformat(row[3]), row[4], row[5],
                datetime.fromisoformat(row[6]),
            )
            for row in self.rows(
                f"SELECT number, case_id, day, until, text, by, at FROM outside_events WHERE {_STANDS}"
                " ORDER BY day, number",
                ("event",),
            )
        ]  # fmt: skip

    # ── the plan ──

    def agree(
        self,
        case_id: str,
        intervention: int | None,
        what: str,
        who: str,
        due: date,
        agreed_on: date,
        by: str,
        *,
        instead_of: int | None = None,
    ) -> int:
        """Keep an action; `instead_of` is the number of the one that is agreed anew. Its number.

        Raises:
            ChatcodeError: there is no action of that number.
        """
        with self.transaction():
            if instead_of is not None:
                self._known_action(instead_of)
            number = instead_of or self.number("SELECT max(number) FROM actions") + 1
            self.execute(
                "INSERT INTO actions (number, case_id, intervention, what, who, due, agreed_on, by, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number, case_id, intervention, what, who, due.isoformat(), agreed_on.isoformat(), by,
                    moment(),
                ),
            )  # fmt: skip
        return number

    def tell_action(
        self, number: int, state: Literal["open", "done", "dropped"], day: date, note: str, by: str
    ) -> None:
        """Keep how an action stands.

        Raises:
            ChatcodeError: there is no action of that number.
        """
        self._known_action(number)
        self.execute(
            "INSERT INTO action_states (number, state, day, note, by, at) VALUES (?, ?, ?, ?, ?, ?)",
            (number, state, day.isoformat(), note, by, moment()),
        )

    def actions(self) -> list[Action]:
        """The actions as they were last agreed, with how they stand, by the day they are due."""
        states = {
            number: (state, date.fromisoformat(day), note)
            for number, state, day, note in self.rows(
                "SELECT number, state, day, note FROM action_states ORDER BY seq"
            )
        }
        agreed = {
            row[0]: Action(
                row[0], row[1], row[2], row[3], row[4], date.fromisoformat(row[5]),
                date.fromisoformat(row[6]), row[7],
                datetime.fromisoformat(row[8]), *states.get(row[0], ("open", None, "")),
            )
            for row in self.rows(
                "SELECT number, case_id, intervention, what, who, due, agreed_on, by, at FROM actions"
                " ORDER BY seq"
            )
        }  # fmt: skip
        return sorted(agreed.values(), key=lambda action: (action.due, action.number))

    def add_minutes(self, case_id: str | None, day: date, text: str, by: str) -> int:
        """Keep what was said at a meeting; its number."""
        with self.transaction():
            self.execute(
                "INSERT INTO minutes (case_id, day, text, by, at) VALUES (?, ?, ?, ?, ?)",
                (case_id, day.isoformat(), text, by, moment()),
            )
            return self.number("SELECT max(number) FROM minutes")

    def minutes(self) -> list[Minutes]:
        """The minutes that stand, by day."""
        return [
            Minutes(
                row[0], row[1], date.fromisoformat(row[2]), row[3], row[4], datetime.fromisoformat(row[5])
            )
            for row in self.rows(
                f"SELECT number, case_id, day, text, by, at FROM minutes WHERE {_STANDS}"
                " ORDER BY day, number",
                ("minutes",),
            )
        ]

    # ── taking back ──

    def withdraw(self, kind: Withdrawable, number: int, reason: str, by: str) -> None:
        """Take something back by a row of its own; what was said stays in the file.

        Raises:
            ChatcodeError: there is nothing of that number, or it was taken back already.
        """
        known = self.row(f"SELECT 1 FROM {_TABLES[kind]} WHERE number = ? AND {_STANDS}", (number, kind))
        if not known:
            raise ChatcodeError(f"there is no {kind} {number} that stands", "Nothing was changed.")
        self.execute(
            "INSERT INTO withdrawals (kind, number, reason, by, at) VALUES (?, ?, ?, ?, ?)",
            (kind, number, reason, by, moment()),
        )

    def withdrawn(self, kind: Withdrawable) -> list[dict[str, Any]]:
        """What was taken back, when, by whom and why."""
        return [
            dict(zip(("number", "reason", "by", "at"), row, strict=True))
            for row in self.rows(
                "SELECT number, reason, by, at FROM withdrawals WHERE kind = ? ORDER BY seq", (kind,)
            )
        ]

    def signatories(self) -> list[str]:
        """Everybody under whose label something was entered."""
        tables = ("intake", "evidence", "headcounts", "outside_events", "actions", "action_states", "minutes")
        every = " UNION ".join(f"SELECT by FROM {table}" for table in (*tables, "withdrawals"))
        return [row[0] for row in self.rows(every)]

    def _known_action(self, number: int) -> None:
        if not self.row("SELECT 1 FROM actions WHERE number = ?", (number,)):
            raise ChatcodeError(f"there is no action {number}", "See them: chatcode plan show")
