"""Keys that ask for one more: the opposite of which code, which kind, which manual, which link, how far."""

from __future__ import annotations

from abc import abstractmethod

from textual.containers import VerticalScroll
from textual.widgets import Static

from chatcode.domain import REPORT, Entry
from chatcode.errors import ChatcodeError
from chatcode.review import bulk, view
from chatcode.review.prompts import Prompts
from chatcode.review.screens import manual_page


class Waiting(Prompts):
    """The part of the review screen that remembers what the next key is about."""

    def __init__(self) -> None:
        super().__init__()
        # Nothing, an opposite, the kind of an opposite, the manual, or a link.
        self._waiting: str | None = None
        self._kind_of = ""
        self._candidates: list[Entry] = []
        self._candidate = 0
        # Where a range was begun.
        self._anchor: str | None = None

    @abstractmethod
    def _press(self, key: str) -> None:
        """Do what a key stands for: the screen knows which."""

    # ── one code more ──

    def _do_opposite(self) -> None:
        self._waiting = "opposite"
        self._message = "Opposite of which? Press the code's key."

    def _do_manual(self) -> None:
        self._waiting = "manual"
        self._message = "The manual of which code? Press its key."

    def _press_waiting(self, key: str) -> None:
        waiting, self._waiting = self._waiting, None
        name = self.keys.codes.get(key)
        if waiting == "kind":
            manual = self.session.codebook.manual(self._kind_of)
            for reason in manual.sub_reasons:
                if reason.key == key:
                    self.session.set_sub_reason(self._kind_of, reason.id)
                    self._say(f"{self._kind_of}: {reason.name[self.session.lang]}")
                    return
            # The kind need not be said: the next key does what it always does.
            self._press(key)
        elif waiting == "opposite" and name is not None and name != REPORT:
            self._toggle(f"{name}-")
        elif waiting == "manual" and name is not None:
            self._open_manual(name)
        elif waiting == "manual":
            self._close_manual()

    def _open_manual(self, name: str) -> None:
        """Beside the conversation where there is room, else over it."""
        if self.screen.has_class("narrow"):
            self.push_screen(manual_page(self.session.codebook, name))
            return
        manual = self.query_one("#manual", VerticalScroll)
        manual.query_one(Static).update(view.manual_text(self.session.codebook, name))
        manual.scroll_home(animate=False)
        manual.display = True
        self._message = "The manual stands beside; PgDn reads on, Esc puts it away."

    def _close_manual(self) -> bool:
        """Put the manual away; whether it was there."""
        manual = self.query_one("#manual", VerticalScroll)
        was, manual.display = manual.display, False
        if was:
            self._message = ""
        return was

    def _toggle(self, code: str) -> None:
        on = self.session.toggle(code)
        self._say(f"{code} on" if on else f"{code} off")
        kinds = self.session.codebook.manual(code).sub_reasons if on and code.endswith("-") else ()
        if kinds:
            self._waiting, self._kind_of = "kind", code
            told = " · ".join(f"{kind.key} {kind.name[self.session.lang]}" for kind in kinds)
            self._message = f"{code}: which kind?  {told}  (or go on without)"

    # ── a link ──

    def _do_link(self) -> None:
        self._candidates, self._candidate = self.session.candidates(), 0
        likely = {link.target_id for link in self.session.proposals()}
        for place, entry in enumerate(self._candidates):
            if entry.id in likely:
                self._candidate = place
                break
        if self._candidates:
            self._waiting = "link"
            self._ask_link()
        else:
            self._message = (
                "Nothing to link to: give this message its code first, and the earlier one its own."
            )

    def _do_take_link(self) -> None:
        link = self.session.take_link()
        if link is None:
            self._message = "No link is proposed here."
        else:
            self._say(f"Linked as proposed: {link.kind}.")

    def _press_in_link(self, key: str) -> None:
        command = self.keys.commands.get(key)
        if command == "up":
            self._candidate = min(self._candidate + 1, len(self._candidates) - 1)
        elif command == "down":
            self._candidate = max(self._candidate - 1, 0)
        else:
            self._waiting = None
            if command == "keep":
                self.session.link(self._candidates[self._candidate])
                self._say("Linked.")
            elif command == "none":
                self.session.unlink()
                self._say("No link.")
            else:
                self._message = "Not linked."
            return
        self._ask_link()

    def _ask_link(self) -> None:
        target = self._candidates[self._candidate]
        told = [view.chance(p) for link, p in self.session.proposals().items() if link.target_id == target.id]
        likely = f" (proposed, {told[0]})" if told else ""
        self._message = (
            f"Link{likely} to {target.sent_at:%d %b %H:%M} {self.session.label(target.member_id)}:"
            f" {view.visible(target.text[:50])}  ({self.keys.named('keep')} · {self.keys.named('up')} earlier"
            f" · {self.keys.named('none')} no link · Esc)"
        )

    # ── a range ──

    def _do_range(self) -> None:
        if self.session.entry is not None:
            self._anchor = self.session.entry.id
            self._message = f"A range from here: {self._range_keys()}"

    def _range_keys(self) -> str:
        named = self.keys.named
        return (
            f"{named('up')} {named('down')} mark, code keys say the codes, {named('keep')} decides for all,"
            f" {named('none')} none for all, Esc leaves."
        )

    def _press_in_range(self, key: str) -> bool:
        """Whether the key belonged to the range; other commands end it."""
        assert self._anchor is not None
        command = self.keys.commands.get(key)
        if key in self.keys.codes or self._waiting is not None or command == "opposite":
            return False
        if command in ("up", "down", "page_up", "page_down", "context"):
            getattr(self, f"_do_{command}")()
            self._message = self._message or self._range_keys()
            return True
        anchor, self._anchor = self._anchor, None
        if command not in ("keep", "none"):
            self._message = "No range any more."
            return key == "escape" or command == "range"
        choices = self.session.draft.choices if command == "keep" else ()
        try:
            count = bulk.code_range(self.session, anchor, choices)
        except ChatcodeError as error:
            self._message = f"{error.message}. {error.hint}"
            return True
        self.session.next_open()
        told = " ".join(choice.code for choice in choices) or "no code"
        self._say(f"{told} on {count} messages; one undo takes all back.")
        return True

    def _marked(self) -> range:
        """The places in the group that the range covers."""
        if self._anchor is None or self.session.entry is None:
            return range(0)
        at = self.session.entry.position
        begun = self.session.store.entry(self._anchor)
        if begun.group_id != self.session.entry.group_id:
            return range(0)
        return range(min(at, begun.position), max(at, begun.position) + 1)
