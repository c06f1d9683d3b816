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
    "L": "take_link",
    "backspace": "undo",
    "t": "memo",
    "d": "manual",
    "space": "skip",
    "n": "next_open",
    "p": "previous_open",
    "up": "up",
    "down": "down",
    "pageup": "page_up",
    "pagedown": "page_down",
    "v": "range",
    "g": "go_to",
    "c": "context",
    "o": "thread",
    "/": "filter",
    "f": "flag",
    "e": "media",
    "T": "wider_memo",
    "A": "bulk",
    "y": "notices",
    "tab": "queue",
    "?": "help",
    "q": "quit",
}

# A name that a coder can remember, and what the screen's library calls it. The two of the terminal
# take its own sixteen colours.
THEMES: Mapping[str, str] = {
    "dark": "textual-dark",
    "light": "textual-light",
    "terminal-dark": "ansi-dark",
    "terminal-light": "ansi-light",
}

# How a key is written for a reader, where its own name is not what stands on it.
_NAMED = {
    "enter": "Enter",
    "backspace": "Backspace",
    "space": "Space",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "tab": "Tab",
}

# The command or commands of a line of help, what is pressed besides, and what that does.
_HELP: tuple[tuple[tuple[str, ...], str, str], ...] = (
    ((), "a code's key", "the message does it, or shows it done; once more takes it off"),
    (
        ("opposite",),
        " then a code's key",
        "the opposite effect; where the codebook has kinds, one more key chooses",
    ),
    (("link",), "", "link to an earlier message"),
    (("take_link",), "", "take the link that is proposed, the upper one where there are two"),
    (("keep",), "", "keep my codes, also if there are none, and go on"),
    (("take_over",), "", "take over what the machine adds, and go on"),
    (("none",), "", "no code, and go on"),
    (("same",), "", "the same codes as on the message before"),
    (("undo",), "", "undo, step by step, also what was done yesterday; your own decisions only"),
    (("range",), "", "mark a range with ↑ ↓; the code keys and Enter then decide for all of it, one undo"),
    (("memo",), "", "memo on this message"),
    (("wider_memo",), "", "memo on a code, a case, the method or the theory"),
    (("manual",), " then a code's key", "the manual of that code, beside the messages; Esc puts it away"),
    (("skip",), "", "skip without deciding"),
    (("next_open", "previous_open"), "", "next or previous message that is still open"),
    (("up", "down"), "", "move through the messages"),
    (("page_up", "page_down"), "", "scroll, where a conversation does not fit"),
    (("go_to",), "", "go to a day, a month, a group, or a message by its number"),
    (("context",), "", "more of what was said before and after"),
    (("thread",), "", "the whole thread of a report: all that is tied to it"),
    (("filter",), "", "only messages with a code, role, month, word …; it is remembered"),
    (("queue",), "", "the queue; once more: progress per group and month"),
    (("flag",), "", "flag for the team's meeting, on or off"),
    (("media",), "", "note what an omitted photo or film was"),
    (("bulk",), "", "take over all that the machine is sure of, after a count; one undo (assisted)"),
    (("notices",), "", "confirm WhatsApp's own lines of this group as a class"),
    (("quit",), "", "quit; everything is saved already"),
)


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys in use: key to command, and key to "M" or the number of an intervention."""

    commands: Mapping[str, str]
    codes: Mapping[str, str]

    def key_of(self, command: str) -> str:
        """The key of a command, as it is pressed."""
        return next(key for key, name in self.commands.items() if name == command)

    def named(self, command: str) -> str:
        """The key of a command, as it is written for a reader."""
        key = self.key_of(command)
        return _NAMED.get(key, key)

    def help(self) -> list[tuple[str, str]]:
        """Every key and what it does."""
        told = [("  ".join(map(self.named, names)) + more, what) for names, more, what in _HELP]
        report = next(key for key, name in self.codes.items() if name == REPORT)
        return [*told[:2], (report, "report (M): something happens or may be happening"), *told[2:]]


def keymap(codebook: Codebook, own: Mapping[str, str] | None = None) -> Keymap:
    """Put the codebook's keys beside the commands'; `own` gives commands another key than the usual.

    Raises:
        CodebookError: a key would do two things, or `own` names no command.
    """
    own = own or {}
    unknown = sorted(set(own) - set(COMMANDS.values()))
    if unknown:
        raise CodebookError(
            f"the review screen has no command {unknown[0]!r}",
            f"Its commands are {', '.join(COMMANDS.values())}.",
        )
    commands: dict[str, str] = {}
    for usual, command in COMMANDS.items():
        key = own.get(command, usual)
        if key not in _NAMED and (len(key) != 1 or not key.isprintable() or key.isspace()):
            raise CodebookError(
                f"{key!r} of {command} is no key", f"A key is one character, or {', '.join(_NAMED)}."
            )
        if key in commands:
            raise CodebookError(
                f"the key {key!r} of {command} is taken by {commands[key]}", "Give one of them another key."
            )
        commands[key] = command
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
    return Keymap(commands, codes)
