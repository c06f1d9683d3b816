"""The entries of an export as columns, read as a sequence of messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableSequence, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from chatcode.domain import Kind, Message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import DTypeLike, NDArray


class Remark(NamedTuple):
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


@dataclass(slots=True)
class Columns:
    """All entries, one column per field of `Message`, in file order."""

    sent_at: Sequence[datetime]
    sender: Sequence[str | None]
    kind: MutableSequence[Kind]
    text: Sequence[str]
    event: MutableSequence[str | None]
    actor: MutableSequence[str | None]
    targets: MutableSequence[tuple[str, ...]]
    edited: MutableSequence[bool]


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
        columns = self.columns()
        for row in zip(*(getattr(columns, name) for name in Message.__slots__), strict=True):
            message: Any = _Mutable(*row)
            message.__class__ = Message
            yield message

    def columns(self, repeat: Callable[[Any, int], Any] = lambda value, size: [value] * size) -> Columns:
        """Return all entries as columns.

        Args:
            repeat: Makes a column of one value, which remarks then overwrite here and there.
        """
        size = len(self)
        columns = Columns(
            self._sent_at,
            self._senders,
            repeat("message", size),
            self._texts,
            repeat(None, size),
            repeat(None, size),
            repeat((), size),
            repeat(False, size),
        )
        own_texts: dict[int, str] = {}
        for place, remark in self._remarks.items():
            columns.kind[place] = remark.kind
            columns.event[place] = remark.event
            columns.actor[place] = remark.actor
            columns.targets[place] = remark.targets
            columns.edited[place] = remark.edited
            if remark.text is not None:
                own_texts[place] = remark.text
        if own_texts:
            texts = list(columns.text)
            for place, text in own_texts.items():
                texts[place] = text
            columns.text = texts
        return columns


class _Mutable:
    """A message that is not frozen yet: the same slots in the same order, filled five times as fast.

    A frozen dataclass fills its slots by way of `object.__setattr__`, which for a million messages
    takes as long as all the rest of reading them.
    """

    __slots__ = Message.__slots__

    def __init__(
        self,
        sent_at: datetime,
        sender: str | None,
        kind: Kind,
        text: str,
        event: str | None,
        actor: str | None,
        targets: tuple[str, ...],
        edited: bool,
    ) -> None:
        self.sent_at = sent_at
        self.sender = sender
        self.kind = kind
        self.text = text
        self.event = event
        self.actor = actor
        self.targets = targets
        self.edited = edited
