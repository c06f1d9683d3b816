"""Screens over the review: help, the manual of a code, and the memo."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from chatcode.codebook import Codebook
from chatcode.review.keys import Keymap
from chatcode.review.view import manual_text


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


class MemoScreen(ModalScreen[str]):
    """One line in which a memo is written."""

    AUTO_FOCUS = "Input"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "leave")]

    def compose(self) -> ComposeResult:
        """The line and what it is for."""
        with VerticalScroll(classes="page"):
            yield Static(Text("Memo on this message. Write no names. Enter keeps it, Esc leaves."))
            yield Input()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the memo back."""
        self.dismiss(event.value)

    def action_leave(self) -> None:
        """Give nothing back."""
        self.dismiss("")
