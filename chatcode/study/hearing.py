"""People's marks, the forms that went out to those concerned, and what they replied, in the study file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Literal
from uuid import uuid4

from chatcode.domain import Beside, Form, Mark, Reply
from chatcode.errors import ChatcodeError
from chatcode.study.connection import moment
from chatcode.study.outcome import Outcome


class Hearing(Outcome):
    """The part of a study that holds who judged what; nothing of it is overwritten."""

    # ── marks ──

    def add_mark(self, mark: Mark) -> None:
        """Keep a mark; an earlier one of the same cell and stage stays and is superseded."""
        at = mark.at.isoformat(timespec="milliseconds")
        if mark.stage == "official":
            self.execute(
                "INSERT INTO official_marks (case_id, intervention, mark, reason, by, at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (mark.case_id, mark.intervention, mark.mark, mark.reason, mark.by, at),
            )
            return
        self.execute(
            "INSERT INTO marks (id, case_id, intervention, stage, mark, reason, flag, by, at, prose)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                str(uuid4()), mark.case_id, mark.intervention, mark.stage, mark.mark, mark.reason, mark.flag,
                mark.by, at, mark.prose,
            ),
        )  # fmt: skip

    def marks(self) -> list[Mark]:
        """All marks, oldest first; the last of a cell and stage is the one that holds."""
        return [
            Mark(
                row[0], row[1], row[2], row[3], row[4], row[5], row[6], datetime.fromisoformat(row[7]), row[8]
            )
            for row in self.rows(
                "SELECT case_id, intervention, stage, mark, reason, flag, by, at, prose FROM ("
                " SELECT case_id, intervention, stage, mark, reason, flag, by, at, prose, 0 AS kind, seq"
                " FROM marks"
                " UNION ALL"
                " SELECT case_id, intervention, 'official', mark, reason, NULL, by, at, '', 1, seq"
                " FROM official_marks"
                ") ORDER BY kind, seq"
            )
        ]

    def set_raters(self, names: Sequence[str]) -> None:
        """Say who rates; from now on no proposal is shown for a cell before all of them have rated it."""
        self.execute(
            "INSERT INTO raters (names, at) VALUES (?, ?)",
            (json.dumps(list(names), ensure_ascii=False), moment()),
        )

    def raters(self) -> tuple[str, ...]:
        """Who rates; nobody in particular where it was never said."""
        row = self.row("SELECT names FROM raters ORDER BY seq DESC LIMIT 1")
        return tuple(json.loads(row[0])) if row else ()

    def beside(self) -> Beside:
        """All that people entered beside the chat, and who rates."""
        return replace(super().beside(), raters=self.raters())

    # ── forms ──

    def add_form(
        self,
        form_id: str,
        case_id: str,
        kind: Literal["administrator", "official"],
        addressee: str,
        until: date,
        by: str,
        *,
        lang: str,
        fixed: str,
        marks: Mapping[int, str],
        commissioner: bool,
    ) -> int:
        """Keep that a form went out, with the hash of what is not to be changed in it; its number."""
        with self.transaction():
            self.execute(
                "INSERT INTO forms"
                " (id, case_id, kind, addressee, commissioner, until, lang, fixed, marks, by, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    form_id, case_id, kind, addressee, int(commissioner), until.isoformat(), lang, fixed,
                    json.dumps({str(n): mark for n, mark in marks.items()}, ensure_ascii=False), by, moment(),
                ),
            )  # fmt: skip
            return self.number("SELECT max(number) FROM forms")

    def forms(self) -> list[Form]:
        """The forms that went out, by number."""
        return [
            Form(
                row[0], row[1], row[2], row[3], row[4], bool(row[5]), date.fromisoformat(row[6]), row[7],
                row[8], {int(n): mark for n, mark in json.loads(row[9]).items()}, row[10],
                datetime.fromisoformat(row[11]),
            )
            for row in self.rows(
                "SELECT number, id, case_id, kind, addressee, commissioner, until, lang, fixed, marks, by, at"
                " FROM forms ORDER BY number"
            )
        ]  # fmt: skip

    def add_reply(self, reply: Reply) -> None:
        """Keep what somebody replied on one intervention; a later reply on it stands beside it."""
        self.execute(
            "INSERT INTO replies (form, intervention, mark, facts, offline, opinion, by, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                reply.form, reply.intervention, reply.mark, reply.facts, reply.offline, reply.opinion,
                reply.by, reply.at.isoformat(timespec="milliseconds"),
            ),
        )  # fmt: skip

    def replies(self) -> list[Reply]:
        """All replies, oldest first; the last of a form and intervention is the one that holds."""
        return [
            Reply(row[0], row[1], row[2], row[3], row[4], row[5], row[6], datetime.fromisoformat(row[7]))
            for row in self.rows(
                "SELECT form, intervention, mark, facts, offline, opinion, by, at FROM replies ORDER BY seq"
            )
        ]

    def answer(self, form: int, intervention: int, text: str, by: str) -> None:
        """Keep what is answered to a reply.

        Raises:
            ChatcodeError: nobody replied on that intervention of that form.
        """
        if not self.row("SELECT 1 FROM replies WHERE form = ? AND intervention = ?", (form, intervention)):
            raise ChatcodeError(
                f"form {form} has no reply on intervention {intervention}", "See: chatcode hearing show"
            )
        self.execute(
            "INSERT INTO answers (form, intervention, text, by, at) VALUES (?, ?, ?, ?, ?)",
            (form, intervention, text, by, moment()),
        )

    def answers(self) -> dict[tuple[int, int], str]:
        """What was answered, by form and intervention; the last where there were several."""
        return {
            (row[0], row[1]): row[2]
            for row in self.rows("SELECT form, intervention, text FROM answers ORDER BY seq")
        }

    def signatories(self) -> list[str]:
        """Everybody under whose label something was entered, and to whom a form went."""
        more = self.rows(
            "SELECT by FROM marks UNION SELECT by FROM official_marks UNION SELECT by FROM forms"
            " UNION SELECT addressee FROM forms UNION SELECT by FROM replies UNION SELECT by FROM answers"
        )
        return [*super().signatories(), *(row[0] for row in more)]
