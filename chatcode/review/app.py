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
from textual.widget import Widget
from textual.widgets import Static

from chatcode.domain import REPORT, Entry
from chatcode.errors import ChatcodeError
from chatcode.review import bulk, view
from chatcode.review.keys import THEMES, Keymap, keymap
from chatcode.review.pane import ConversationPane
from chatcode.review.prompts import Prompts
from chatcode.review.screens import Ask, help_page, manual_page
from chatcode.review.session import Session

_CSS = """
#header { height: 1; }
#reading { height: 1fr; border: solid $foreground 40%; }
#conversation { width: 1fr; scrollbar-size-vertical: 0; overflow-x: hidden; overflow-y: scroll; }
#conversation .pane--here { background: $foreground 12%; }
#manual { width: 46; border-left: solid $foreground 40%; padding: 0 1; scrollbar-size-vertical: 1; }
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


class ReviewApp(Prompts):
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
        # What the next key is about: nothing, an opposite, the kind of an opposite, the manual.
        self._waiting: str | None = None
        self._kind_of = ""
        self._candidates: list[Entry] = []
        self._candidate = 0
        # Where a range was begun.
        self._anchor: str | None = None
        self._scrolled = False
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
        self.query_one("#manual").display = False
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

    # ── commands ──

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

    def _do_opposite(self) -> None:
        self._waiting = "opposite"
        self._message = "Opposite of which? Press the code's key."

    def _do_manual(self) -> None:
        self._waiting = "manual"
        self._message = "The manual of which code? Press its key."

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

    def _do_undo(self) -> None:
        count = self.session.undo()
        self._say(f"Undone ({count})." if count else "Nothing left to undo.")

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

    def _do_notices(self) -> None:
        count = bulk.confirm_notices(self.session)
        self._say(f"{count} WhatsApp notices confirmed as a class." if count else "No notices to confirm.")

    def _do_help(self) -> None:
        self.push_screen(help_page(self.keys))

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

    def _do_context(self) -> None:
        self._message = "" if self.session.widen() else "There is no more before and after."

    def _do_flag(self) -> None:
        self._say("Flagged for the meeting." if self.session.toggle_flag() else "No flag any more.")

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

    def _marked(self) -> range:
        """The places in the group that the range covers."""
        if self._anchor is None or self.session.entry is None:
            return range(0)
        at = self.session.entry.position
        begun = self.session.store.entry(self._anchor)
        if begun.group_id != self.session.entry.group_id:
            return range(0)
        return range(min(at, begun.position), max(at, begun.position) + 1)


def run_screen(session: Session, keys: Keymap | None = None, *, theme: str = "") -> None:
    """Show the review screen until the coder quits; without `keys` the usual ones."""
    ReviewApp(session, keys, theme=theme).run()
