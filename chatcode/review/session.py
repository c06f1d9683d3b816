"""A coder's session: what is on the table, what is decided, and nothing of a screen.

Every key is saved as it is pressed (a draft), every decision as it is made (an act).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chatcode.codebook import Codebook
from chatcode.conversation import split
from chatcode.domain import (
    Act,
    Choice,
    Decision,
    Draft,
    Entry,
    Filter,
    Member,
    Memo,
    Mode,
    Store,
    Suggestions,
)
from chatcode.review.linking import AROUND, Linking, Way

# Below this the second reader keeps silent: most of what it would say is wrong.
STRONG = 0.7
# Nearer than this to where a long conversation was cut, its next part is read.
_NEAR = 20
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the coder is, in messages."""

    reviewed: int
    total: int


class Session(Linking):
    """One coder at work on one study, in one round and one way of working.

    Ways: "second-reader" (the coder first; then, and only where it strongly differs, the
    machine), "assisted" (suggestions beside, never ticked), "blind" (none at all). `lang` is the
    language in which codes are named.
    """

    def __init__(
        self,
        store: Store,
        codebook: Codebook,
        *,
        coder: str,
        round_: int = 1,
        way: Way = "second-reader",
        study: str = "",
        lang: str = "en",
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
        # What is told of the decision just made, in one line and at length; used where coders practise.
        self.verdict = ""
        self.feedback: tuple[str, ...] = ()
        self.conversation: Sequence[Entry] = ()
        self.acts: Mapping[str, Act] = {}
        self.draft = Draft("")
        self.objection: tuple[str, ...] = ()
        self.flags: frozenset[str] = frozenset()
        self.media_notes: Mapping[str, Sequence[Memo]] = {}
        self.filter = store.kept_filter(coder, round_)
        if self.filter.asks_machine and way != "assisted":
            # What the machine proposes may not be told by what is left out either.
            self.filter = Filter()
        self._memos: Sequence[Memo] = ()
        self._suggested: Suggestions | None = None
        self._last: tuple[Choice, ...] | None = None
        # When messages were first decided in this sitting, as `plan coding` takes them from the study.
        self.moments: list[datetime] = []
        # Whether the conversation on the table goes on before and after what was read of it.
        self._cut = (False, False)
        # What the machine objected, per message: a decision after that is no blind one.
        self._heard: dict[str, tuple[str, ...]] = {}
        self._reviewed, self._total = store.tally(coder, round_)
        self.go(
            self._following(None)
            or store.next_message(coder, round_, None)
            or store.next_message(coder, round_, None, backward=True, only_open=False)
        )

    # ── where the coder is ──

    @property
    def counts(self) -> Counts:
        """How many messages are reviewed, of how many."""
        return Counts(self._reviewed, self._total)

    @property
    def finished(self) -> bool:
        """Whether no message is open any more."""
        return self._reviewed >= self._total

    @property
    def act(self) -> Act | None:
        """The coder's act in force on the current message."""
        return self.acts.get(self.entry.id) if self.entry else None

    @property
    def memos(self) -> Sequence[Memo]:
        """The memos on the current message, oldest first."""
        return self._memos

    @property
    def suggested(self) -> Suggestions | None:
        """What the coder may see of the machine now: nothing where blind, or before own codes."""
        if self.way == "blind" or (self.way == "second-reader" and not self.objection):
            return None
        return self._suggested

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
        self._refresh(entry_id)
        # An objection that was left without an answer waits here.
        act = self.act
        waits = self._heard.get(entry_id, ()) if act and act.mode == "blind" else ()
        self.objection = waits if self.way == "second-reader" else ()
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

    def _refresh(self, entry_id: str) -> None:
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
        self._refresh(here)
        return more

    def move(self, *, backward: bool) -> bool:
        """Go to the message before or after this one, reviewed or not."""
        after = self.entry.id if self.entry else None
        return self.go(
            self.store.next_message(self.coder, self.round, after, backward=backward, only_open=False)
        )

    # ── the draft ──

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

    def same_again(self) -> bool:
        """Put the codes of the last decision on this message; False where none was made yet."""
        if self.entry is None or self._last is None:
            return False
        self._save(replace(self.draft, choices=self._last))
        return True

    # ── decisions ──

    def keep(self) -> bool:
        """Decide for the codes on the table and go on.

        For a second reader the decision is stored first, blind; True comes back where the machine
        then objects and the coder is to say `keep` or `take_over` once more.
        """
        if self.entry is None:
            return False
        if self.objection:
            self._decide(self.draft.choices, "assisted", self.objection)
        elif self.way == "assisted":
            shown = tuple(sorted(self._suggested.codes)) if self._suggested else ()
            self._decide(self.draft.choices, "assisted", shown)
        else:
            heard = self._heard_before()
            self._decide(self.draft.choices, "assisted" if heard else "blind", heard)
            if self.way == "second-reader" and not heard:
                self.objection = self._objections()
                if self.objection:
                    self._heard[self.entry.id] = self.objection
                    self._refresh(self.entry.id)
                    return True
        self._go_on()
        return False

    def take_over(self) -> bool:
        """Add what the machine suggests to the codes on the table, decide and go on."""
        added = self.objection
        if self.way == "assisted" and self._suggested:
            added = tuple(sorted(self._suggested.codes))
        if self.entry is None or not added:
            return False
        choices = (*self.draft.choices, *(Choice(code) for code in added if code not in self.codes))
        self._decide(choices, "assisted", added)
        self._go_on()
        return True

    def no_code(self) -> bool:
        """Decide that the message has no code, and go on; see `keep`."""
        if self.entry is None:
            return False
        self.draft = Draft(self.entry.id)
        return self.keep()

    def undo(self) -> int:
        """Take back the last decision that stands, and go to its message; how many acts were undone."""
        acts = self.store.undo(self.coder, self.round)
        if acts:
            entries = self.store.some_entries([act.entry_id for act in acts])
            # Notices were confirmed as a class, from the message that is on the table still.
            undone = [entry.id for entry in entries if entry.kind == "message"]
            open_again = {act.entry_id for act in acts if not act.reviewed}
            self._reviewed -= len(open_again.intersection(undone))
            here = self.entry.id if self.entry else None
            self.go(undone[0] if undone else here)
        return len(acts)

    def store_batch(self, decisions: Sequence[Decision]) -> None:
        """Store decisions on several messages as one batch, which one undo takes back."""
        ids = [decision.entry_id for decision in decisions]
        before = self.store.acts_in_force(ids, self.coder, self.round)
        acts = self.store.confirm(
            decisions, coder=self.coder, round_=self.round, codebook_hash=self.codebook.hash
        )
        self._note_moment(acts)
        self._reviewed += sum(entry_id not in before for entry_id in ids)
        if self.entry is not None:
            self._refresh(self.entry.id)

    def heard(self, entry_id: str) -> tuple[str, ...]:
        """What the machine objected to this message since the start."""
        return self._heard.get(entry_id, ())

    def confirm_notices(self) -> int:
        """Confirm what WhatsApp's own lines of this group are suggested to be, as one class; how many."""
        if self.entry is None:
            return 0
        ids = [e.id for page in self._pages(self.entry) for e in page if e.kind == "system"]
        done = self.store.acts_in_force(ids, self.coder, self.round)
        suggested = self.store.suggestions(ids)
        decisions = [
            Decision(
                i,
                tuple(Choice(c) for c in sorted(suggested[i].codes)),
                (),
                "bulk",
                tuple(sorted(suggested[i].codes)),
            )
            for i in ids
            if i in suggested and suggested[i].codes and i not in done
        ]
        if decisions:
            self.store.confirm(
                decisions, coder=self.coder, round_=self.round, codebook_hash=self.codebook.hash
            )
            self._refresh(self.entry.id)
        return len(decisions)

    def _pages(self, entry: Entry) -> Iterator[Sequence[Entry]]:
        """The other entries of a group, a page at a time: those before, then those after."""
        at = entry.id
        while page := self.store.window(at, _PAGE, 0)[:-1]:
            yield page
            at = page[0].id
        at = entry.id
        while page := self.store.window(at, 0, _PAGE)[1:]:
            yield page
            at = page[-1].id

    def add_memo(self, text: str) -> bool:
        """Keep a memo; False where it is empty or holds what identifies somebody."""
        if self.entry is None or not sayable(text):
            return False
        self.store.add_memo(self.entry.id, self.coder, text.strip())
        self._memos = self.store.memos([self.entry.id]).get(self.entry.id, ())
        return True

    def add_media_note(self, text: str) -> bool:
        """Keep what the omitted photo or film of this message was; False as with `add_memo`."""
        if self.entry is None or not sayable(text):
            return False
        self.store.add_media_note(self.entry.id, self.coder, text.strip())
        self._refresh(self.entry.id)
        return True

    def toggle_flag(self) -> bool:
        """Raise this message's flag for the team's meeting, or lower it; True where it is up now."""
        if self.entry is None:
            return False
        up = self.entry.id not in self.flags
        self.store.flag(self.entry.id, self.coder, raised=up)
        self._refresh(self.entry.id)
        return up

    def _heard_before(self) -> tuple[str, ...]:
        """What the machine has told the coder of this message, since the start or at an act."""
        assert self.entry is not None
        return self._heard.get(self.entry.id) or (self.act.shown if self.act else ())

    def _objections(self) -> tuple[str, ...]:
        if self._suggested is None:
            return ()
        return tuple(
            sorted(
                code
                for code in self._suggested.codes
                if self._suggested.scores.get(code, 0) >= STRONG and code not in self.codes
            )
        )

    def _decide(self, choices: Sequence[Choice], mode: Mode, shown: tuple[str, ...]) -> None:
        assert self.entry is not None
        decision = Decision(self.entry.id, tuple(choices), self.draft.links, mode, shown, self.offered())
        before = self.acts.get(self.entry.id)
        # Passing a message that was decided before, unchanged, is no new decision.
        same = (
            before is not None
            and (not shown or shown == before.shown)
            and set(before.choices) == set(decision.choices)
            and set(before.links) == set(decision.links)
            # Under another codebook the same codes are a decision of their own.
            and before.codebook_hash == self.codebook.hash
        )
        if same:
            self.store.save_draft(Draft(self.entry.id), self.coder, self.round)
        else:
            acts = self.store.confirm(
                [decision], coder=self.coder, round_=self.round, codebook_hash=self.codebook.hash
            )
            self._note_moment(acts)
            self._reviewed += before is None
        self._last = tuple(choices)

    def _note_moment(self, acts: Sequence[Act]) -> None:
        """A first decision counts, once a batch, and none that was taken over unread."""
        if any(act.supersedes is None and act.mode != "bulk" for act in acts):
            self.moments.append(acts[0].at)

    def _go_on(self) -> None:
        """Go to the next open message; after the last one, stay and show it as decided."""
        if not self.next_open() and self.entry is not None:
            self.go(self.entry.id)


def sayable(text: str) -> bool:
    """Whether a note holds something, and nothing of the form of a number, plate or address."""
    from chatcode.anonymize.leaks import Gate

    return bool(text.strip()) and not Gate().check(text.encode(), ".txt")
