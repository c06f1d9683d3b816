"""The review screen: keys in, the session's state out."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from chatcode.domain import REPORT
from chatcode.review import view
from chatcode.review.commands import Commands
from chatcode.review.keys import THEMES, Keymap, keymap
from chatcode.review.pane import ConversationPane
from chatcode.review.screens import Ask
from chatcode.review.session import Session

_CSS = """
#header { height: 1; }
#reading { height: 1fr; border: solid $foreground 40%; }
#conversation { width: 1fr; scrollbar-size-vertical: 0; overflow-x: hidden; overflow-y: scroll; }
#conversation .pane--here { background: $foreground 12%; }
#manual { width: 46; border-left: solid $foreground 40%; padding: 0 1; scrollbar-size-vertical: 1; }
#manual { display: none; }
#panels { height: 8; }
#codes { width: 66; border: solid $foreground 40%; height: 8; }
#machine { width: 1fr; border: solid $foreground 40%; height: 8; }
#footer { height: 3; }
.page { background: $surface; border: solid $foreground; width: 90%; height: 90%; padding: 1 2; }
Page, Choosing { align: center middle; }
Ask { align: center bottom; }
.asking { background: $surface; border: solid $foreground; height: auto; padding: 0 1; }
.narrow #header { height: 2; }
.narrow #reading { border: none; border-top: solid $foreground 40%; border-bottom: solid $foreground 40%; }
.narrow #panels { layout: vertical; height: 9; }
.narrow #codes { width: 100%; border: none; height: 6; }
.narrow #machine { width: 100%; height: 3; border: none; }
.narrow #footer { height: 4; }
"""
# Attention slackens within the hour.
_BREAK = 50 * 60


class ReviewApp(Commands):
    """One full-width conversation, the codes and the machine below it, the keys at the foot."""

    CSS = _CSS
    ENABLE_COMMAND_PALETTE = False
    # Nothing is ever unsaved, so the key that ends every other program may end this one.
    BINDINGS: ClassVar = [("ctrl+c", "quit", "quit")]

    def __init__(
        self,
        session: Session,
        keys: Keymap | None = None,
        *,
        theme: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        if theme:
            self.theme = THEMES[theme]
        self.session = session
        self.keys = keys or keymap(session.codebook)
        self._message = "Everything is saved as you press it."
        self._conversation = ""
        self._clock = clock
        self._since = clock()

    def compose(self) -> ComposeResult:
        """The parts from top to bottom."""
        yield Static(id="header")
        with Horizontal(id="reading"):
            yield ConversationPane(id="conversation")
            with VerticalScroll(id="manual", can_focus=False):
                yield Static()
        with Horizontal(id="panels"):
            yield Static(id="codes")
            yield Static(id="machine")
        yield Static(id="footer")

    async def on_mount(self) -> None:
        """Show the first message that is open."""
        self._fit(self.size.width)
        await self._redraw()

    def on_ready(self) -> None:
        """Leave out of garbage collection what stands until the end: going through it took 30 ms of a key."""
        gc.freeze()

    def on_unmount(self) -> None:
        """Whoever runs on after the screen gets its garbage collected again."""
        gc.unfreeze()

    async def on_resize(self, event: events.Resize) -> None:
        """Keep to what the terminal can show."""
        self._fit(event.size.width)

    def _fit(self, width: int) -> None:
        self.screen.set_class(width < 110, "narrow")

    # ── keys ──

    async def on_key(self, event: events.Key) -> None:
        """Do what the key says; while a page lies over the review, keys are the page's."""
        if len(self.screen_stack) > 1:
            # Who types fast is ahead of the screen: the line must not lose its first letters.
            if isinstance(self.screen, Ask) and event.is_printable and event.character:
                event.stop()
                self.screen.type_early(event.character)
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
        if key == "escape" and self._waiting is None and self._close_manual():
            return
        if self._anchor is not None and self._press_in_range(key):
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

    # ── drawing ──

    async def _redraw(self) -> None:
        """Draw what stands now; nothing changes its size here, so nothing is laid out anew."""
        session = self.session
        self._update("#header", view.header(session))
        self._update("#codes", view.codes_panel(session, self.keys))
        self._update("#machine", self._beside())
        message = self._message
        if session.finished and not session.objection:
            message += "  All messages are reviewed."
        self._update("#footer", view.footer(self.keys, message + self._hint()))
        self._redraw_conversation()

    def _update(self, part: str, content: RenderableType) -> None:
        self.query_one(part, Static).update(content, layout=False)

    def _beside(self) -> Text:
        width = self.query_one("#machine", Static).content_size.width
        text = view.machine_panel(self.session, self.keys, width or self.size.width)
        for memo in self.session.memos:
            text.append(f"\nmemo {memo.coder}: {view.visible(memo.text)}", style="italic")
        return text

    def _hint(self) -> str:
        """That a conversation has ended, and that it is time for a break."""
        here = self.session.conversation[0].id if self.session.conversation else ""
        told = ""
        if self._conversation and here != self._conversation:
            told = "  A new conversation begins."
        self._conversation = here
        if self._clock() - self._since > _BREAK:
            self._since = self._clock()
            told += f"  {_BREAK // 60} minutes on end: a short break keeps the codes steady."
        return told

    def _redraw_conversation(self) -> None:
        session = self.session
        entries = session.conversation
        candidates = {link.target_id for link in session.proposals()}
        if self._waiting == "link":
            candidates = {self._candidates[self._candidate].id}
        marked = self._marked()
        days = [entry.sent_at.date() for entry in entries]
        standing = [
            view.standing(
                session,
                entry,
                candidate=entry.id in candidates,
                marked=entry.position in marked,
                new_day=place == 0 or days[place] != days[place - 1],
            )
            for place, entry in enumerate(entries)
        ]

        def draw(place: int, now: view.Standing, width: int) -> list[Text]:
            return view.line(session, entries[place], now, width)

        pane = self.query_one("#conversation", ConversationPane)
        pane.show([entry.id for entry in entries], standing, draw, follow=not self._scrolled)


def run_screen(session: Session, keys: Keymap | None = None, *, theme: str = "") -> None:
    """Show the review screen until the coder quits; without `keys` the usual ones."""
    ReviewApp(session, keys, theme=theme).run()
