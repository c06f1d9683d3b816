"""What the review session asks of a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from .chat import Case, Entry, Group, Member
from .coding import Act, Decision, Draft, Filter, Memo, MemoKind, Progress, Suggestions, WiderMemo


class Store(Protocol):
    """What the review session asks of a study; `study.store.Study` answers it with SQLite."""

    def cases(self) -> Sequence[Case]:
        """All cases in the order in which they were added."""
        ...

    def groups(self) -> Sequence[Group]:
        """All groups in the order in which they were added."""
        ...

    def members(self) -> Mapping[str, Member]:
        """All members by id."""
        ...

    def entry(self, entry_id: str) -> Entry:
        """One entry; KeyError where there is none."""
        ...

    def window(self, entry_id: str, before: int, after: int) -> Sequence[Entry]:
        """The entry with up to `before` and `after` neighbours of its group, in file order."""
        ...

    def next_message(
        self,
        coder: str,
        round_: int,
        after: str | None,
        *,
        backward: bool = False,
        only_open: bool = True,
        where: Filter | None = None,
    ) -> str | None:
        """The next message in reading order (group by group), skipping what the coder reviewed.

        Messages only: notices are no part of the queue, nor are messages of researchers.
        `after=None` starts at the first (backward: at the last); `where` asks for more.
        """
        ...

    def queue(
        self,
        coder: str,
        round_: int,
        where: Filter | None = None,
        *,
        after: str | None = None,
        most: int = 200,
        backward: bool = False,
    ) -> Sequence[str]:
        """A page of the messages that are asked for, from the one that is named on (or back)."""
        ...

    def some_entries(self, entry_ids: Sequence[str]) -> Sequence[Entry]:
        """These entries in reading order."""
        ...

    def tally(self, coder: str, round_: int) -> tuple[int, int]:
        """How many messages the coder reviewed, of how many."""
        ...

    def message_at(
        self, number: int | None = None, *, group_id: str | None = None, since: str = ""
    ) -> str | None:
        """The message of that number in reading order (from 1), or the first of a group since a moment."""
        ...

    def suggested_open(
        self, coder: str, round_: int, where: Filter | None = None, *, at_least: float = 0.0, rule: str = ""
    ) -> Sequence[str]:
        """Open messages whose proposed codes are all that likely, or all lean on that rule."""
        ...

    def linked_to(self, entry_ids: Sequence[str], coder: str, round_: int) -> Sequence[str]:
        """The entries whose act in force has a link to one of these."""
        ...

    def kept_filter(self, coder: str, round_: int) -> Filter:
        """The filter that the coder had on last."""
        ...

    def keep_filter(self, wanted: Filter, coder: str, round_: int) -> None:
        """Remember the filter that the coder has on."""
        ...

    def acts_in_force(self, entry_ids: Sequence[str], coder: str, round_: int) -> Mapping[str, Act]:
        """The coder's act in force per entry; entries that are open are absent."""
        ...

    def suggestions(self, entry_ids: Sequence[str]) -> Mapping[str, Suggestions]:
        """The latest suggestions per entry; entries without are absent."""
        ...

    def kept_apart(self, entry_id: str) -> bool:
        """Whether the machine keeps silent on this message, whatever the way of working."""
        ...

    def confirm(
        self, decisions: Sequence[Decision], *, coder: str, round_: int, codebook_hash: str
    ) -> Sequence[Act]:
        """Store decisions as acts of one batch in one transaction and drop their drafts."""
        ...

    def undo(self, coder: str, round_: int) -> Sequence[Act]:
        """Take back the coder's latest batch that still stands; the acts written, or none."""
        ...

    def draft(self, entry_id: str, coder: str, round_: int) -> Draft | None:
        """What the coder had keyed on the message."""
        ...

    def save_draft(self, draft: Draft, coder: str, round_: int) -> None:
        """Keep what the coder has keyed so far; an empty draft is dropped."""
        ...

    def add_memo(self, entry_id: str, coder: str, text: str) -> Memo:
        """Keep a note on a message."""
        ...

    def memos(self, entry_ids: Sequence[str]) -> Mapping[str, Sequence[Memo]]:
        """The notes per entry, oldest first; entries without are absent."""
        ...

    def flag(self, entry_id: str, coder: str, *, raised: bool) -> None:
        """Raise or lower the coder's flag on a message, for the team's meeting."""
        ...

    def flagged(self, entry_ids: Sequence[str], coder: str) -> frozenset[str]:
        """Those of the entries on which the coder's flag is up."""
        ...

    def add_media_note(self, entry_id: str, coder: str, text: str) -> Memo:
        """Keep what an omitted photo, film or voice message was."""
        ...

    def media_notes(self, entry_ids: Sequence[str]) -> Mapping[str, Sequence[Memo]]:
        """The media notes per entry, oldest first; entries without are absent."""
        ...

    def add_wider_memo(self, kind: MemoKind, about: str, coder: str, text: str) -> WiderMemo:
        """Keep a note on a code, a case, the method or the theory."""
        ...

    def progress(self, coder: str, round_: int) -> Sequence[Progress]:
        """Reviewed and all messages per group and month."""
        ...
