"""The screen on which disagreements are settled: the conversation, the coders, one line for answers."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from chatcode.review.adjudication import Adjudication
from chatcode.review.settling import Dialogue

_CSS = """
#heading { height: 1; text-style: bold; }
#conversation { height: 1fr; border: solid $foreground 40%; scrollbar-size-vertical: 1; }
#sides { height: auto; max-height: 12; border: solid $foreground 40%; }
#told { height: auto; max-height: 12; }
"""


class SettlingApp(App[None]):
    """Answers are typed as in the plain form, and mean the same; every ruling is saved with its memo."""

    CSS = _CSS
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+c", "quit", "quit")]

    def __init__(self, at: Adjudication) -> None:
        super().__init__()
        self.dialogue = Dialogue(at)

    def compose(self) -> ComposeResult:
        """The parts from top to bottom."""
        yield Static(id="heading")
        with VerticalScroll(id="conversation", can_focus=False):
            yield Static(id="text")
        yield Static(id="sides")
        yield Static(id="told")
        yield Input(id="answer")

    def on_mount(self) -> None:
        """Show the first one."""
        self._draw([self.dialogue.introduction])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take an answer or a memo."""
        event.input.value = ""
        told = self.dialogue.answer(event.value)
        if self.dialogue.ended:
            self.exit()
        else:
            self._draw(told)

    def _draw(self, told: list[str]) -> None:
        lines = self.dialogue.conversation()
        text = Text()
        for line in lines:
            text.append(f"{line}\n", style="bold" if line.startswith("->") else "")
        self.query_one("#heading", Static).update(Text(self.dialogue.heading()))
        self.query_one("#text", Static).update(text)
        self.query_one("#sides", Static).update(Text("\n".join(self.dialogue.sides())))
        self.query_one("#told", Static).update(Text("\n".join(told), style="italic"))
        answer = self.query_one("#answer", Input)
        answer.placeholder = "memo: why" if self.dialogue.waiting else "a · b · codes · x · ? "
        # What comes after the message is context: the message itself must be in sight.
        here = next((row for row, line in enumerate(lines) if line.startswith("->")), 0)
        self.query_one("#conversation").scroll_to(y=max(0, here - 4), animate=False)


def run_screen(at: Adjudication) -> None:
    """Settle on the screen until all is settled or somebody quits."""
    SettlingApp(at).run()
