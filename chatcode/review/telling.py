"""What the review line by line says: the message, what stands on it, and what the machine has to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from chatcode.domain import CODES, Entry, Filter, Link
from chatcode.review import filtering
from chatcode.review.session import STRONG, Session
from chatcode.review.view import chance, link_words, visible, why


class Telling:
    """The part of the plain form that speaks; nothing is said twice of a message that stays on the table."""

    def __init__(self, session: Session, target: TextIO) -> None:
        self.session = session
        self._target = target
        self._told = ""
        self._proposed: tuple[str, tuple[Link, ...]] = ("", ())

    def _tell(self, line: str) -> None:
        self._target.write(f"{line}\n")

    def _announce(self) -> None:
        session = self.session
        entry, counts = session.entry, session.counts
        assert entry is not None
        if self._told == entry.id:
            return
        self._told = entry.id
        group = session.groups[entry.group_id].label
        shown = "" if session.filter == Filter() else f", filter {filtering.describe(session.filter)}"
        self._tell(
            f"\n{group}, {entry.sent_at:%d %B %Y %H:%M}, reviewed {counts.reviewed} of {counts.total}{shown}"
        )
        act = session.act
        decided = f" (decided: {self._codes(act.codes) or 'no code'})" if act else ""
        flag = " (flagged)" if entry.id in session.flags else ""
        self._tell(f"{session.label(entry.member_id)}: {visible(entry.text)}{decided}{flag}")
        for note in session.media_notes.get(entry.id, ()):
            self._tell(f"media {note.coder}: {visible(note.text)}")
        for memo in session.memos:
            self._tell(f"memo {memo.coder}: {visible(memo.text)}")
        for link in session.draft.links:
            self._tell(f"linked: {link_words(session, link)}")
        if session.way == "assisted":
            self._tell_machine()

    def _tell_machine(self) -> None:
        suggested = self.session.suggested
        codes = self.session.objection or (sorted(suggested.codes, key=CODES.index) if suggested else ())
        if suggested is None or not codes:
            self._tell("The machine suggests nothing.")
            return
        for code in codes:
            strength = "strong" if suggested.scores.get(code, 0) >= STRONG else "weak"
            self._tell(
                f"The machine would add {code} {self.session.codebook.name(code, 'en')}"
                f" ({strength}: {why(self.session, suggested, code)})"
            )

    def _codes(self, codes: frozenset[str]) -> str:
        return " ".join(sorted(codes, key=CODES.index))

    def _tell_proposals(self) -> None:
        """Say once what is proposed for the codes on the table."""
        proposals = self.session.proposals()
        here = (self.session.draft.entry_id, tuple(proposals))
        if here == self._proposed:
            return
        self._proposed = here
        key = "; L links"
        for link, probability in proposals.items():
            self._tell(f"The machine proposes {link_words(self.session, link)} ({chance(probability)}{key})")
            key = ""

    def _tell_table(self) -> None:
        self._tell(f"On the table: {self._codes(self.session.codes) or 'nothing'}.")

    def _tell_end(self) -> None:
        if self.session.finished and not self.session.objection:
            self._tell("All messages are reviewed; q ends.")

    def _tell_entries(self, entries: Sequence[Entry]) -> None:
        session = self.session
        acts = session.store.acts_in_force([entry.id for entry in entries], session.coder, session.round)
        for entry in entries:
            act = acts.get(entry.id)
            codes = f" [{self._codes(act.codes) or 'no code'}]" if act else ""
            who = session.label(entry.member_id) or "WhatsApp"
            self._tell(f"{entry.sent_at:%d %b %H:%M} {who}: {visible(entry.text)}{codes}")

    def _look_back(self) -> None:
        for entry in self.session.conversation:
            act = self.session.acts.get(entry.id)
            codes = f" [{self._codes(act.codes) or 'no code'}]" if act else ""
            who = self.session.label(entry.member_id) or "WhatsApp"
            self._tell(f"{entry.sent_at:%H:%M} {who}: {visible(entry.text)}{codes}")
            if self.session.entry is not None and entry.id == self.session.entry.id:
                return
