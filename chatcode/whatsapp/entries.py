"""The entries of an export as columns, read as a sequence of messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import overload

from chatcode.domain import Kind, Message


@dataclass(frozen=True, slots=True)
class Remark:
    """What sets an entry apart from words that somebody wrote. `text` replaces the text if given."""

    kind: Kind = "message"
    event: str | None = None
    actor: str | None = None
    targets: tuple[str, ...] = ()
    edited: bool = False
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """All entries, one list per field of `Message`, in file order."""

    sent_at: list[datetime]
    sender: list[str | None]
    kind: list[Kind]
    text: list[str]
    event: list[str | None]
    actor: list[str | None]
    targets: list[tuple[str, ...]]
    edited: list[bool]


class Entries(Sequence[Message]):
    """Messages that are made when they are asked for.

    Most entries are plain words, so only what sets others apart is stored, by position.
    """

    __slots__ = ("_remarks", "_senders", "_sent_at", "_texts")

    def __init__(
        self,
        sent_at: Sequence[datetime],
        senders: Sequence[str | None],
        texts: Sequence[str],
        remarks: Mapping[int, Remark],
    ) -> None:
        """Take the columns; all of one length, `remarks` by position."""
        self._sent_at = sent_at
        self._senders = senders
        self._texts = texts
        self._remarks = remarks

    def __len__(self) -> int:
        return len(self._senders)

    @overload
    def __getitem__(self, place: int) -> Message: ...
    @overload
    def __getitem__(self, place: slice) -> list[Message]: ...
    def __getitem__(self, place: int | slice) -> Message | list[Message]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        if place < 0:
            place += len(self)
        sent_at, sender, text = self._sent_at[place], self._senders[place], self._texts[place]
        remark = self._remarks.get(place)
        if remark is None:
            return Message(sent_at, sender, "message", text)
        return Message(
            sent_at,
            sender,
            remark.kind,
            text if remark.text is None else remark.text,
            remark.event,
            remark.actor,
            remark.targets,
            remark.edited,
        )

    def __iter__(self) -> Iterator[Message]:
        columns = self.columns()
        return map(
            Message,
            columns.sent_at,
            columns.sender,
            columns.kind,
            columns.text,
            columns.event,
            columns.actor,
            columns.targets,
            columns.edited,
        )

    def columns(self) -> Columns:
        """Return all entries as lists."""
        size = len(self)
        columns = Columns(
            list(self._sent_at),
            list(self._senders),
            ["message"] * size,
            list(self._texts),
            [None] * size,
            [None] * size,
            [()] * size,
            [False] * size,
        )
        for place, remark in self._remarks.items():
            columns.kind[place] = remark.kind
            columns.event[place] = remark.event
            columns.actor[place] = remark.actor
            columns.targets[place] = remark.targets
            columns.edited[place] = remark.edited
            if remark.text is not None:
                columns.text[place] = remark.text
        return columns
