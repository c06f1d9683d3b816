"""A coder's session: what is decided, and nothing of a screen.

Every key is saved as it is pressed (a draft), every decision as it is made (an act).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chatcode.codebook import Codebook
from chatcode.domain import Act, Choice, Decision, Draft, Mode, Store, Suggestions
from chatcode.review.linking import Linking
from chatcode.review.notes import Notes
from chatcode.review.table import Way
from chatcode.review.walk import Walk

# Below this the second reader keeps silent: most of what it would say is wrong.
STRONG = 0.7


class Session(Walk, Linking, Notes):
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
        super().__init__(store, codebook, coder=coder, round_=round_, way=way, study=study, lang=lang)
        # What is told of the decision just made, in one line and at length; used where coders practise.
        self.verdict = ""
        self.feedback: tuple[str, ...] = ()
        self.objection: tuple[str, ...] = ()
        self._last: tuple[Choice, ...] | None = None
        # When messages were first decided in this sitting, as `plan coding` takes them from the study.
        self.moments: list[datetime] = []
        # What the machine objected, per message: a decision after that is no blind one.
        self._heard: dict[str, tuple[str, ...]] = {}
        self._start()

    @property
    def suggested(self) -> Suggestions | None:
        """What the coder may see of the machine now: nothing where blind, or before own codes."""
        if self.way == "blind" or (self.way == "second-reader" and not self.objection):
            return None
        return self._suggested

    def go(self, entry_id: str | None) -> bool:
        """Put a message on the table; False where there is none to go to."""
        if entry_id is None or not super().go(entry_id):
            return False
        # An objection that was left without an answer waits here.
        act = self.act
        waits = self._heard.get(entry_id, ()) if act and act.mode == "blind" else ()
        self.objection = waits if self.way == "second-reader" else ()
        return True

    def same_again(self) -> bool:
        """Put the codes of the last decision on this message; False where none was made yet."""
        if self.entry is None or self._last is None:
            return False
        self._save(replace(self.draft, choices=self._last))
        return True

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
                    self.refresh()
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
        self.refresh()

    def heard(self, entry_id: str) -> tuple[str, ...]:
        """What the machine objected to this message since the start."""
        return self._heard.get(entry_id, ())

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
