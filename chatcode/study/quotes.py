"""Quotes in the study file: signed for by a person, withdrawn by a new row, never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from chatcode.domain import Quote
from chatcode.errors import ChatcodeError
from chatcode.study.connection import Connection, moment
from chatcode.study.purging import PURGED


class Quotes(Connection):
    """The part of a study that holds what may be quoted."""

    def add_quote(self, quote: Quote) -> int:
        """Keep a quote; its number."""
        self.execute(
            "INSERT INTO quotes (id, entry_id, code, kind, text, role, place, month, sharing, least, flags,"
            " approval, by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                str(uuid4()), quote.entry_id, quote.code, quote.kind, quote.text, quote.role, quote.place,
                quote.month, quote.sharing, quote.least, " ".join(quote.flags), quote.approval, quote.by,
                quote.at.isoformat(timespec="milliseconds"),
            ),
        )  # fmt: skip
        return self.number("SELECT max(number) FROM quotes")

    def withdraw_quote(self, number: int, by: str) -> None:
        """Take back a quote: it stays in the study and in no document from now on.

        Raises:
            ChatcodeError: there is none of that number that stands.
        """
        if all(quote.number != number for quote in self.quotes()):
            raise ChatcodeError(f"there is no quote {number} that stands", "See: chatcode quotes list")
        self.execute("INSERT INTO quotes_withdrawn (number, by, at) VALUES (?, ?, ?)", (number, by, moment()))

    def quotes(self) -> list[Quote]:
        """The quotes that stand, oldest first: those neither withdrawn nor purged."""
        return [
            _quote(row)
            for row in self.rows(
                "SELECT number, entry_id, code, kind, text, role, place, month, sharing, least, flags,"
                " approval, by, at FROM quotes WHERE text <> ?"
                " AND number NOT IN (SELECT number FROM quotes_withdrawn) ORDER BY number",
                (PURGED,),
            )
        ]


def _quote(row: tuple[Any, ...]) -> Quote:
    return Quote(
        number=row[0],
        entry_id=row[1],
        code=row[2],
        kind=row[3],
        text=row[4],
        role=row[5],
        place=row[6],
        month=row[7],
        sharing=row[8],
        least=row[9],
        flags=tuple(row[10].split()),
        approval=row[11],
        by=row[12],
        at=datetime.fromisoformat(row[13]),
    )
