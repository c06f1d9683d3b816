"""The review screen: keys in, the session's state out."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from chatcode.domain import REPORT, Entry
from chatcode.review import view
from chatcode.review.keys import Keymap, keymap
from chatcode.review.screens import MemoScreen, help_page, manual_page
from chatcode.review.session import Session

_CSS = """
#header { height: auto; max-height: 2; }
#conversation { height: 1fr; border: solid $foreground 40%; scrollbar-size-vertical: 1; }
#conversation Static.here { background: $foreground 12%; }
#panels { height: auto; max-height: 10; }
#codes { width: 66; border: solid $foreground 40%; height: auto; }
#machine { width: 1fr; border: solid $foreground 40%; height: 100%; }
#footer { height: auto; }
.page { background: $surface; border: solid $foreground; width: 90%; height: 90%; padding: 1 2; }
Page, MemoScreen { align: center middle; }
.narrow #codes { width: 100%; }
.narrow #panels { layout: vertical; max-height: 10; }
.narrow #machine { width: 100%; height: auto; max-height: 3; border: none; }
.narrow #codes { border: none; }
"""


class ReviewApp(App[None]):
    """One full-width conversation, the codes and the machine below it, the keys at the foot."""

    CSS = _CSS
    ENABLE_COMMAND_PALETTE = False
    # Nothing is ever unsaved, so the key that ends every other program may end this one.
    BINDINGS: ClassVar = [("ctrl+c", "quit", "quit")]

    def __init__(self, session: Session, keys: Keymap | None = None) -> None:
        super().__init__()
        self.session = session
        self.keys = keys or keymap(session.codebook)
        self._message = "Everything is saved as you press it."
        # What the next key is about: nothing, an opposite, the kind of an opposite, the manual.
        self._waiting: str | None = None
        self._kind_of = ""
        self._candidates: list[Entry] = []
        self._candidate = 0
        self._shown: tuple[str, ...] = ()
        self._drawn: list[view.Standing | None] = []
        self._scrolled = False

    def compose(self) -> ComposeResult:
        """The parts from top to bottom."""
        yield Static(id="header")
        yield VerticalScroll(id="conversation", can_focus=False)
        with Horizontal(id="panels"):
            yield Static(id="codes")
            yield Static(id="machine")
        yield Static(id="footer")

    async def on_mount(self) -> None:
        """Show the first message that is open."""
        self._fit(self.size.width)
        await self._redraw()

    async def on_resize(self, event: events.Resize) -> None:
        """Keep to what the terminal can show."""
        self._fit(event.size.width)

    def _fit(self, width: int) -> None:
        self.screen.set_class(width < 110, "narrow")

    # ── keys ──

    async def on_key(self, event: events.Key) -> None:
        """Do what the key says; while a page lies over the review, keys are the page's."""
        if len(self.screen_stack) > 1:
            return
        event.stop()
        key = event.character if event.character and event.character.isprintable() else event.key
        key = {"space": "space", " ": "space", "minus": "-", "ctrl+h": "backspace", "return": "enter"}.get(
            key, key
        )
        self._scrolled = False
        self._press(key)
        if self.is_running and not self._exit:
            await self._redraw()

    def _press(self, key: str) -> None:
        if self._waiting == "link":
            self._press_in_link(key)
            return
        if self._waiting is not None:
            self._press_waiting(key)
            return
        if key in self.keys.codes:
            name = self.keys.codes[key]
            self._toggle(REPORT if name == REPORT else f"{name}+")
            return
        command = self.keys.commands.get(key)
        if command == "quit":
            self.exit()
        elif command is not None:
            getattr(self, f"_do_{command}")()

    def _press_waiting(self, key: str) -> None:
        waiting, self._waiting = self._waiting, None
        name = self.keys.codes.get(key)
        if waiting == "kind":
            manual = self.session.codebook.manual(self._kind_of)
            for reason in manual.sub_reasons:
                if reason.key == key:
                    self.session.set_sub_reason(self._kind_of, reason.id)
                    self._say(f"{self._kind_of}: {reason.name['en']}")
                    return
            # The kind need not be said: the next key does what it always does.
            self._press(key)
        elif waiting == "opposite" and name is not None and name != REPORT:
            self._toggle(f"{name}-")
        elif waiting == "manual" and name is not None:
            self.push_screen(manual_page(self.session.codebook, name))

    def _toggle(self, code: str) -> None:
        on = self.session.toggle(code)
        self._say(f"{code} on" if on else f"{code} off")
        kinds = self.session.codebook.manual(code).sub_reasons if on and code.endswith("-") else ()
        if kinds:
            self._waiting, self._kind_of = "kind", code
            told = " · ".join(f"{kind.key} {kind.name['en']}" for kind in kinds)
            self._message = f"{code}: which kind?  {told}  (or go on without)"

    # ── commands ──

    def _do_keep(self) -> None:
        objects = self.session.keep()
        self._say("Kept. The machine differs: see beside." if objects else "Kept.")

    def _do_take_over(self) -> None:
        if self.session.take_over():
            self._say("Kept, with what the machine added.")
        else:
            self._message = "Nothing to take over here."

    def _do_none(self) -> None:
        objects = self.session.no_code()
        self._say("No code. The machine differs: see beside." if objects else "No code.")

    def _do_same(self) -> None:
        if self.session.same_again():
            self._say("The same codes as last time.")
        else:
            self._message = "Nothing was decided yet since you came in."

    def _do_opposite(self) -> None:
        self._waiting = "opposite"
        self._message = "Opposite of which? Press the code's key."

    def _do_manual(self) -> None:
        self._waiting = "manual"
        self._message = "The manual of which code? Press its key."

    def _do_link(self) -> None:
        self._candidates, self._candidate = self.session.candidates(), 0
        if self._candidates:
            self._waiting = "link"
            self._ask_link()
        else:
            self._message = (
                "Nothing to link to: give this message its code first, and the earlier one its own."
            )

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
        self._message = (
            f"Link to {target.sent_at:%d %b %H:%M} {self.session.label(target.member_id)}:"
            f" {view.visible(target.text[:50])}  ({self.keys.named('keep')} · {self.keys.named('up')} earlier"
            f" · {self.keys.named('none')} no link · Esc)"
        )

    def _do_undo(self) -> None:
        count = self.session.undo()
        self._say(f"Undone ({count})." if count else "Nothing left to undo.")

    def _do_memo(self) -> None:
        self.push_screen(MemoScreen(), self._keep_memo)

    async def _keep_memo(self, text: str | None) -> None:
        if text and text.strip():
            if self.session.add_memo(text):
                self._say("Memo kept.")
            else:
                self._message = "Not kept: it holds what looks like a number, plate or address of somebody."
        await self._redraw()

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
        self.query_one("#conversation", VerticalScroll).scroll_page_up(animate=False)
        self._scrolled = True

    def _do_page_down(self) -> None:
        self.query_one("#conversation", VerticalScroll).scroll_page_down(animate=False)
        self._scrolled = True

    def _do_notices(self) -> None:
        count = self.session.confirm_notices()
        self._say(f"{count} WhatsApp notices confirmed as a class." if count else "No notices to confirm.")

    def _do_help(self) -> None:
        self.push_screen(help_page(self.keys))

    def _say(self, what: str) -> None:
        self._message = f"{what}  (saved {datetime.now():%H:%M:%S})"  # noqa: DTZ005 the coder's own clock

    # ── drawing ──

    async def _redraw(self) -> None:
        session = self.session
        self.query_one("#header", Static).update(view.header(session))
        self.query_one("#codes", Static).update(view.codes_panel(session, self.keys))
        self.query_one("#machine", Static).update(self._beside())
        message = self._message
        if session.finished and not session.objection:
            message += "  All messages are reviewed."
        self.query_one("#footer", Static).update(view.footer(self.keys, message))
        await self._redraw_conversation()

    def _beside(self) -> Text:
        text = view.machine_panel(self.session, self.keys)
        if self.session.draft.links:
            text.append(f"\n{view.links_line(self.session, self.session.draft.links)}")
        for memo in self.session.memos:
            text.append(f"\nmemo {memo.coder}: {view.visible(memo.text)}", style="italic")
        return text

    async def _redraw_conversation(self) -> None:
        box = self.query_one("#conversation", VerticalScroll)
        session = self.session
        ids = tuple(entry.id for entry in session.conversation)
        if ids != self._shown:
            # A new conversation is built anew; else only its lines are rewritten.
            await box.remove_children()
            await box.mount_all([Static() for _ in ids])
            self._shown, self._drawn = ids, [None] * len(ids)
            first = session.conversation[0].sent_at if ids else None
            box.border_title = f"{first:%d %B %Y}" if first else "No messages"
        candidate = self._candidates[self._candidate].id if self._waiting == "link" else None
        rows = list(box.query(Static))
        for place, (entry, row) in enumerate(zip(session.conversation, rows, strict=True)):
            now = view.standing(session, entry, candidate=entry.id == candidate)
            if now != self._drawn[place]:
                # Drawing costs, so only the lines that changed are drawn.
                row.update(view.line(session, entry, now))
                row.set_class(now.here, "here")
                self._drawn[place] = now
            if now.here and not self._scrolled:
                self.call_after_refresh(box.scroll_to_widget, row, animate=False)


def run_screen(session: Session, keys: Keymap | None = None) -> None:
    """Show the review screen until the coder quits; without `keys` the usual ones."""
    ReviewApp(session, keys).run()
