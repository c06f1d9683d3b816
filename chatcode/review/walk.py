"""A coder's way through the messages: from open to open, by a filter, or one by one."""

from __future__ import annotations

from dataclasses import dataclass

from chatcode.domain import Filter
from chatcode.review.table import Table


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the coder is, in messages."""

    reviewed: int
    total: int


class Walk(Table):
    """The part of a session that says which message comes on the table."""

    filter: Filter
    _reviewed: int
    _total: int

    @property
    def counts(self) -> Counts:
        """How many messages are reviewed, of how many."""
        return Counts(self._reviewed, self._total)

    @property
    def finished(self) -> bool:
        """Whether no message is open any more."""
        return self._reviewed >= self._total

    def _start(self) -> None:
        """Take up the filter that was on, and begin at the first message that is asked for."""
        store, coder, round_ = self.store, self.coder, self.round
        self.filter = store.kept_filter(coder, round_)
        if self.filter.asks_machine and self.way != "assisted":
            # What the machine proposes may not be told by what is left out either.
            self.filter = Filter()
        self._reviewed, self._total = store.tally(coder, round_)
        self.go(
            self._following(None)
            or store.next_message(coder, round_, None)
            or store.next_message(coder, round_, None, backward=True, only_open=False)
        )

    def next_open(self) -> bool:
        """Go to the next message that is open, or that the filter asks for; after the last, to the first."""
        return self.go(self._following(self.entry.id if self.entry else None) or self._following(None))

    def previous_open(self) -> bool:
        """Go to the message before this one that is open, or that the filter asks for."""
        return self.go(self._following(self.entry.id if self.entry else None, backward=True))

    def _following(self, after: str | None, *, backward: bool = False) -> str | None:
        only_open = self.filter == Filter() or self.filter.open
        return self.store.next_message(
            self.coder, self.round, after, backward=backward, only_open=only_open, where=self.filter
        )

    def set_filter(self, wanted: Filter) -> bool:
        """Take this filter from now on and go to the first message that it asks for; False where none is."""
        self.filter = wanted
        self.store.keep_filter(wanted, self.coder, self.round)
        here = self.entry.id if self.entry else None
        if wanted == Filter():
            return self.go(here)
        return self.go(self._following(None))

    def move(self, *, backward: bool) -> bool:
        """Go to the message before or after this one, reviewed or not."""
        after = self.entry.id if self.entry else None
        return self.go(
            self.store.next_message(self.coder, self.round, after, backward=backward, only_open=False)
        )
