"""What the keys of the review screen do that are done at once."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.widget import Widget

from chatcode.review import bulk
from chatcode.review.pane import ConversationPane
from chatcode.review.screens import help_page
from chatcode.review.waiting import Waiting


class Commands(Waiting):
    """The part of the review screen that carries out commands."""

    _scrolled = False

    # ── decisions ──

    def _do_keep(self) -> None:
        objects = self.session.keep()
        told = "Kept. The machine differs: see beside." if objects else "Kept."
        self._say(self.session.verdict or told)

    def _do_take_over(self) -> None:
        if self.session.take_over():
            self._say("Kept, with what the machine added.")
        else:
            self._message = "Nothing to take over here."

    def _do_none(self) -> None:
        objects = self.session.no_code()
        told = "No code. The machine differs: see beside." if objects else "No code."
        self._say(self.session.verdict or told)

    def _do_same(self) -> None:
        if self.session.same_again():
            self._say("The same codes as last time.")
        else:
            self._message = "Nothing was decided yet since you came in."

    def _do_undo(self) -> None:
        count = self.session.undo()
        self._say(f"Undone ({count})." if count else "Nothing left to undo.")

    def _do_flag(self) -> None:
        self._say("Flagged for the meeting." if self.session.toggle_flag() else "No flag any more.")

    def _do_notices(self) -> None:
        count = bulk.confirm_notices(self.session)
        self._say(f"{count} WhatsApp notices confirmed as a class." if count else "No notices to confirm.")

    # ── the way through the messages ──

    def _do_skip(self) -> None:
        self._message = "" if self.session.next_open() else "No other message is open."

    def _do_next_open(self) -> None:
        self._do_skip()

    def _do_previous_open(self) -> None:
        self._message = "" if self.session.previous_open() else "No message before this one is open."

    def _do_up(self) -> None:
        self._message = "" if self.session.move(backward=True) else "This is the first message."

    def _do_down(self) -> None:
        self._message = "" if self.session.move(backward=False) else "This is the last message."

    def _do_page_up(self) -> None:
        self._scrolling().scroll_page_up(animate=False, force=True)
        self._scrolled = True

    def _do_page_down(self) -> None:
        self._scrolling().scroll_page_down(animate=False, force=True)
        self._scrolled = True

    def _scrolling(self) -> Widget:
        """What the keys for a page move: the manual while it stands there, else the conversation."""
        manual = self.query_one("#manual", VerticalScroll)
        return manual if manual.display else self.query_one("#conversation", ConversationPane)

    def _do_context(self) -> None:
        self._message = "" if self.session.widen() else "There is no more before and after."

    def _do_help(self) -> None:
        self.push_screen(help_page(self.keys))
