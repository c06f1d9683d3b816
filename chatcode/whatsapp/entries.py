"""The entries of an export as columns, read as a sequence of messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, overload

from chatcode.domain import Kind, Message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import DTypeLike, NDArray


@dataclass(frozen=True, slots=True)
class Remark:
    """What sets an entry apart from words that somebody wrote. `text` replaces the text if given."""

    kind: Kind = "message"
    event: str | None = None
    actor: str | None = None
    targets: tuple[str, ...] = ()
    edited: bool = False
    text: str | None = None


class Times(Sequence[datetime]):
    """Naive local times, kept as seconds since 1970 until they are asked for."""

    __slots__ = ("seconds",)

    def __init__(self, seconds: NDArray[np.int64]) -> None:
        """Take the seconds."""
        self.seconds = seconds

    def __len__(self) -> int:
        return len(self.seconds)

    @overload
    def __getitem__(self, place: int) -> datetime: ...
    @overload
    def __getitem__(self, place: slice) -> list[datetime]: ...
    def __getitem__(self, place: int | slice) -> datetime | list[datetime]:
        times: datetime | list[datetime] = self.seconds[place].astype("datetime64[s]").tolist()
        return times

    def __iter__(self) -> Iterator[datetime]:
        return iter(self[:])

    def __array__(self, dtype: DTypeLike | None = None, copy: bool | None = None) -> NDArray[np.datetime64]:
        """Let numpy take the times without making objects of them."""
        times: NDArray[np.datetime64] = self.seconds.astype(dtype or "datetime64[s]")
        return times


@dataclass(frozen=True, slots=True)
class Columns:
    """All entries, one column per field of `Message`, in file order."""

    sent_at: Sequence[datetime]
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

    @classmethod
    def of(cls, messages: Sequence[Message]) -> Entries:
        """Make columns of messages that exist already."""
        remarks = {
            place: Remark(m.kind, m.event, m.actor, m.targets, m.edited) for place, m in enumerate(messages)
        }
        return cls(
            [m.sent_at for m in messages], [m.sender for m in messages], [m.text for m in messages], remarks
        )

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
        # A frozen dataclass fills its slots by way of `object.__setattr__`, which takes twice as long
        # as all the rest of reading an export; the slots themselves can be written at once.
        columns = self.columns()
        names = [field.name for field in fields(Message)]
        put = tuple(getattr(Message, name).__set__ for name in names)
        put_sent_at, put_sender, put_kind, put_text, put_event, put_actor, put_targets, put_edited = put
        new = object.__new__
        for sent_at, sender, kind, text, event, actor, targets, edited in zip(
            *(getattr(columns, name) for name in names), strict=True
        ):
            message = new(Message)
            put_sent_at(message, sent_at)
            put_sender(message, sender)
            put_kind(message, kind)
            put_text(message, text)
            put_event(message, event)
            put_actor(message, actor)
            put_targets(message, targets)
            put_edited(message, edited)
            yield message

    def columns(self) -> Columns:
        """Return all entries as lists; times may come as seconds that become times when looked at."""
        size = len(self)
        columns = Columns(
            self._sent_at,
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
