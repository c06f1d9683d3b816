"""Which key does what: codes from the codebook, commands from here, and never two for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chatcode.codebook import Codebook
from chatcode.domain import REPORT
from chatcode.errors import CodebookError

# No key needs ctrl or shift with a digit, and none is a dead key on the usual Dutch layout.
COMMANDS: Mapping[str, str] = {
    "enter": "keep",
    "a": "take_over",
    "x": "none",
    ".": "same",
    "-": "opposite",
    "l": "link",
    "backspace": "undo",
    "t": "memo",
    "d": "manual",
    "space": "skip",
    "n": "next_open",
    "p": "previous_open",
    "up": "up",
    "down": "down",
    "w": "notices",
    "?": "help",
    "q": "quit",
}

HELP = (
    ("a code's key", "the message does it, or shows it done; once more takes it off"),
    ("- then a code's key", "the opposite effect; where the codebook has kinds, one more key chooses"),
    ("r", "report (M): something happens or may be happening in the neighbourhood"),
    ("l", "link to an earlier message: Enter accepts the one shown, ↑ shows an earlier one, Esc leaves"),
    ("Enter", "keep my codes, also if there are none, and go on"),
    ("a", "take over what the machine adds, and go on"),
    ("x", "no code, and go on"),
    (".", "the same codes as on the message before"),
    ("Backspace", "undo, step by step, also what was done yesterday; your own decisions only"),
    ("t", "memo on this message"),
    ("d then a code's key", "the manual of that code"),
    ("Space", "skip without deciding"),
    ("n  p", "next or previous message that is still open"),
    ("↑ ↓", "move through the conversation"),
    ("w", "confirm WhatsApp's own lines of this group as a class"),
    ("q", "quit; everything is saved already"),
)


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys in use: key to command, and key to "M" or the number of an intervention."""

    commands: Mapping[str, str]
    codes: Mapping[str, str]

    def key_of(self, command: str) -> str:
        """The key of a command."""
        return next(key for key, name in self.commands.items() if name == command)


def keymap(codebook: Codebook, commands: Mapping[str, str] = COMMANDS) -> Keymap:
    """Put the codebook's keys beside the commands'.

    Raises:
        CodebookError: a key would do two things.
    """
    codes: dict[str, str] = {}
    pairs = [(codebook.report.key, REPORT)]
    pairs += [(one.key, str(number)) for number, one in codebook.interventions.items()]
    for key, name in pairs:
        taken = commands.get(key) or codes.get(key)
        if taken:
            raise CodebookError(
                f"{codebook.origin}: the key {key!r} of {name} is taken by {taken}", "Give it another `key:`."
            )
        codes[key] = name
    return Keymap(dict(commands), codes)
