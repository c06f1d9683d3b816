"""What lies on the coder's table: one message in its conversation, and the codes keyed for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from chatcode.codebook import Codebook
from chatcode.conversation import split
from chatcode.domain import (
    REPORT,
    Act,
    Choice,
    Draft,
    Entry,
    Link,
    LinkKind,
    Member,
    Memo,
    Store,
    Suggestions,
)

Way = Literal["second-reader", "assisted", "blind"]
# How far the screen looks around a message; a conversation is rarely longer.
AROUND = 120
# The codes that a tie belongs to; it goes with the last of them.
TIED: Mapping[LinkKind, frozenset[str]] = {
    "feedback": frozenset({"1+", "8+", "10+"}),
    "correction": frozenset({"7+"}),
    "incident": frozenset({REPORT}),
}
# Nearer than this to where a long conversation was cut, its next part is read.
_NEAR = 20


class Table:
    """One message of one study before one coder, in one round and one way of working.

    Every key is saved as it is pressed, as a draft. `lang` is the language in which codes are named.
    """

    def __init__(
        self, store: Store, codebook: Codebook, *, coder: str, round_: int, way: Way, study: str, lang: str
    ) -> None:
        self.store = store
        self.codebook = codebook
        self.coder = coder
        self.round = round_
        self.way: Way = way
        self.study = study
        self.lang = lang
        self.groups = {group.id: group for group in store.groups()}
        self.members: Mapping[str, Member] = store.members()
        self.entry: Entry | None = None
        self.conversation: Sequence[Entry] = ()
        self.acts: Mapping[str, Act] = {}
        self.draft = Draft("")
        self.flags: frozenset[str] = frozenset()
        self.media_notes: Mapping[str, Sequence[Memo]] = {}
        self._memos: Sequence[Memo] = ()
        self._suggested: Suggestions | None = None
        # What was proposed to link, and for which codes.
        self._proposed: tuple[frozenset[str], Mapping[Link, float]] | None = None
        # Whether the conversation on the table goes on before and after what was read of it.
        self._cut = (False, False)

    @property
    def act(self) -> Act | None:
        """The coder's act in force on the current message."""
        return self.acts.get(self.entry.id) if self.entry else None

    @property
    def memos(self) -> Sequence[Memo]:
        """The memos on the current message, oldest first."""
        return self._memos

    def label(self, member_id: str | None) -> str:
        """How a member is called on the screen."""
        member = self.members.get(member_id or "")
        return member.label if member else ""

    def go(self, entry_id: str | None) -> bool:
        """Put a message on the table; False where there is none to go to."""
        if entry_id is None:
            return False
        if not self._within(entry_id):
            around = self.store.window(entry_id, AROUND, AROUND)
            place = next(i for i, entry in enumerate(around) if entry.id == entry_id)
            for conversation in split(around):
                here = [entry for entry in conversation if entry.id == entry_id]
                if here:
                    self.entry, self.conversation = here[0], conversation
            self._cut = (
                place == AROUND and self.conversation[0] is around[0],
                len(around) - 1 - place == AROUND and self.conversation[-1] is around[-1],
            )
        self.refresh()
        return True

    def _within(self, entry_id: str) -> bool:
        """Stay in the conversation that was read already, unless its edge is near."""
        for place, entry in enumerate(self.conversation):
            if entry.id == entry_id:
                before, after = self._cut
                if (before and place < _NEAR) or (after and len(self.conversation) - 1 - place < _NEAR):
                    return False
                self.entry = entry
                return True
        return False

    def refresh(self) -> None:
        """Read anew what is stored of the message on the table and of its conversation."""
        if self.entry is None:
            return
        entry_id = self.entry.id
        ids = [e.id for e in self.conversation]
        self.acts = self.store.acts_in_force(ids, self.coder, self.round)
        self.flags = self.store.flagged(ids, self.coder)
        self.media_notes = self.store.media_notes(ids)
        self._memos = self.store.memos([entry_id]).get(entry_id, ())
        self._suggested = self.store.suggestions([entry_id]).get(entry_id)
        act = self.acts.get(entry_id)
        kept = self.store.draft(entry_id, self.coder, self.round)
        self.draft = kept or (Draft(entry_id, act.choices, act.links) if act else Draft(entry_id))
        self._proposed = None

    def widen(self, by: int = 40) -> bool:
        """Show that many more entries before and after what is shown; False where there are none."""
        if self.entry is None:
            return False
        here = self.entry.id
        place = next(i for i, entry in enumerate(self.conversation) if entry.id == here)
        before, after = place + by, len(self.conversation) - 1 - place + by
        around = self.store.window(here, before, after)
        more = len(around) > len(self.conversation)
        at = next(i for i, entry in enumerate(around) if entry.id == here)
        self.conversation = around
        self._cut = (at == before, len(around) - 1 - at == after)
        self.refresh()
        return more

    # ── the draft ──

    @property
    def codes(self) -> frozenset[str]:
        """The codes on the table, not yet decided."""
        return frozenset(choice.code for choice in self.draft.choices)

    def toggle(self, code: str) -> bool:
        """Put a code on, or take it off; True where it is on now."""
        if self.entry is None:
            return False
        on = code not in self.codes
        choices = [c for c in self.draft.choices if c.code != code]
        self._save(replace(self.draft, choices=tuple([*choices, Choice(code)] if on else choices)))
        return on

    def set_sub_reason(self, code: str, sub_reason: str) -> None:
        """Say which kind of opposite effect a code on the table is."""
        choices = tuple(
            Choice(code, sub_reason) if choice.code == code else choice for choice in self.draft.choices
        )
        self._save(replace(self.draft, choices=choices))

    def _save(self, draft: Draft) -> None:
        self.draft = replace(draft, links=self.tied(draft.links, draft.choices))
        self.store.save_draft(self.draft, self.coder, self.round)

    def tied(self, links: Sequence[Link], choices: Sequence[Choice]) -> tuple[Link, ...]:
        """Those of the ties that the codes still ask for."""
        codes = {choice.code for choice in choices}
        return tuple(link for link in links if codes & TIED[link.kind])
