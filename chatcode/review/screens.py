"""Screens over the review: help, the manual of a code, a line to type, and lists to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from chatcode.codebook import Codebook
from chatcode.review.keys import Keymap
from chatcode.review.view import manual_text

# Nearer than this to the end of a list, its next page is read.
_NEAR = 20
# What a list gives back when the coder asks for the pane after it.
ONWARD = "\t"


class Page(ModalScreen[None]):
    """Text over the review; any of Esc, Enter and q closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, "dismiss", "close") for key in ("escape", "enter", "q")
    ]

    def __init__(self, content: Text) -> None:
        super().__init__()
        self._content = content

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll(classes="page"):
            yield Static(self._content)


def help_page(keys: Keymap) -> Page:
    """The page of all keys."""
    text = Text("Keys\n\n", style="bold")
    for key, what in keys.help():
        text.append(f"{key:22} ", style="bold")
        text.append(f"{what}\n")
    text.append("\nEverything is saved as you press it. Esc closes this page.", style="italic")
    return Page(text)


def manual_page(codebook: Codebook, name: str) -> Page:
    """The page of the manual of a report, or of both codes of an intervention."""
    text = manual_text(codebook, name)
    text.append("Esc closes this page.", style="italic")
    return Page(text)


class Ask(ModalScreen[str | None]):
    """One line to type, at the foot of the screen: the messages stay in sight. Esc gives None."""

    AUTO_FOCUS = "Input"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "leave")]

    def __init__(self, question: str, value: str = "") -> None:
        super().__init__()
        self._question, self._value = question, value
        self._early = 0

    def compose(self) -> ComposeResult:
        """What is asked, and the line."""
        with Vertical(classes="asking"):
            yield Static(Text(self._question))
            yield Input(self._value, select_on_focus=False)

    def type_early(self, character: str) -> None:
        """Take a letter that was typed before the line stood there, in its place."""
        line = self.query_one(Input)
        at = len(self._value) + self._early
        line.value = line.value[:at] + character + line.value[at:]
        line.cursor_position = len(line.value)
        self._early += 1

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the line back."""
        self.dismiss(event.value)

    def action_leave(self) -> None:
        """Give nothing back."""
        self.dismiss(None)


class Choosing(ModalScreen[str | None]):
    """A list to choose from: Enter gives the id of a row, Tab asks for the next pane, Esc gives None.

    `beneath` stands quietly under the title. `more` gives the rows after the one with that id, so that a
    long list is read a page at a time.
    """

    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "leave"),
        Binding("tab", "onward", "next pane", priority=True),
    ]

    def __init__(
        self,
        title: str,
        rows: Sequence[tuple[str, Text]],
        *,
        at: str | None = None,
        beneath: str = "",
        more: Callable[[str], Sequence[tuple[str, Text]]] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._rows, self._at, self._more = title, list(rows), at, more
        self._beneath = beneath

    def compose(self) -> ComposeResult:
        """The list in a page of its own."""
        with Vertical(classes="page"):
            yield Static(Text(self._title, style="bold"))
            if self._beneath:
                yield Static(Text(self._beneath, style="dim"))
            yield OptionList(*(Option(text, id=row_id) for row_id, text in self._rows), markup=False)

    def on_mount(self) -> None:
        """Begin at the row that was asked for."""
        listed = self.query_one(OptionList)
        places = [place for place, (row_id, _) in enumerate(self._rows) if row_id == self._at]
        if self._rows:
            listed.highlighted = places[0] if places else 0

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Read the next page before the end of this one is reached."""
        listed = event.option_list
        if self._more is None or event.option_index < listed.option_count - _NEAR:
            return
        last = listed.get_option_at_index(listed.option_count - 1).id
        rows = self._more(last) if last else ()
        if not rows:
            self._more = None
        listed.add_options(Option(text, id=row_id) for row_id, text in rows)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the row back."""
        self.dismiss(event.option_id)

    def action_leave(self) -> None:
        """Give nothing back."""
        self.dismiss(None)

    def action_onward(self) -> None:
        """Ask for the pane after this one."""
        self.dismiss(ONWARD)
