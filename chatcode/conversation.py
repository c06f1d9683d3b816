"""Conversations: runs of messages without a long silence, and what stands open in them.

Context for cues, folds and the screen; never a unit of counting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal, Protocol, TypeVar

GAP = timedelta(minutes=60)

# What closes an open code: a report by feedback or explanation, improper behaviour by a correction.
CLOSED_BY = {"M": frozenset({"1+", "8+"}), "7-": frozenset({"7+"})}


class Dated(Protocol):
    """Anything that was sent at some moment."""

    @property
    def sent_at(self) -> datetime:
        """The moment, in local time."""
        ...


D = TypeVar("D", bound=Dated)


def split(entries: Sequence[D], gap: timedelta = GAP) -> list[Sequence[D]]:
    """Cut the entries of one group, in their order, wherever nothing was sent for longer than `gap`.

    A clock that runs back (a phone set wrong, daylight saving) cuts nothing.
    """
    cuts = [i for i, (a, b) in enumerate(pairwise(entries), 1) if b.sent_at - a.sent_at > gap]
    return [entries[i:j] for i, j in pairwise([0, *cuts, len(entries)]) if i < j]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message as far as later ones look back at it; `index` is its place among all entries."""

    index: int
    sent_at: datetime
    sender: str | None
    roles: frozenset[str]
    codes: frozenset[str] = frozenset()
    question: bool = False


@dataclass(slots=True)
class Conversation:
    """What was said so far, oldest first; grows by one turn a message."""

    turns: list[Turn] = field(default_factory=list)

    def add(self, turn: Turn) -> None:
        """Add the next turn; after a silence longer than `GAP` the conversation starts anew."""
        if self.turns and turn.sent_at - self.turns[-1].sent_at > GAP:
            self.turns.clear()
        self.turns.append(turn)

    def latest(
        self,
        now: datetime,
        sender: str | None,
        *,
        within: int,
        code: str | None = None,
        by: Literal["other", "same", "anyone"] = "other",
        roles: frozenset[str] = frozenset(),
        still_open: bool = False,
    ) -> Turn | None:
        """The latest turn with the code, or without a code the latest question; None where there is none.

        It is at most `within` minutes old, by another than `sender` (or the same, or anyone), who has one
        of `roles` if any are given. `still_open` asks that it has had no answer: a question no turn of
        another, a code none of those that close it.
        """
        if self.turns and now - self.turns[-1].sent_at > GAP:
            return None
        limit = timedelta(minutes=within)
        for place in range(len(self.turns) - 1, -1, -1):
            turn = self.turns[place]
            if now - turn.sent_at > limit:
                return None
            if not turn.question if code is None else code not in turn.codes:
                continue
            if by != "anyone" and (turn.sender == sender) != (by == "same"):
                continue
            if roles and not roles & turn.roles:
                continue
            return None if still_open and self._answered(place, code) else turn
        return None

    def _answered(self, place: int, code: str | None) -> bool:
        asked, later = self.turns[place], self.turns[place + 1 :]
        if code is None:
            return any(turn.sender != asked.sender for turn in later)
        return any(CLOSED_BY.get(code, frozenset()) & turn.codes for turn in later)
