"""The command line: one file per command, and the one place where errors become lines."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from chatcode.cli.door import open_despite
from chatcode.cli.output import be_quiet
from chatcode.errors import ChatcodeError


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(version("chatcode"))
        raise typer.Exit


def main(
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors and data.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    despite_leaks: Annotated[
        str | None,
        typer.Option(
            "--despite-leaks",
            metavar="REASON",
            help="Write files although the leak gate found something; the reason is kept in the log.",
        ),
    ] = None,
) -> None:
    """Code WhatsApp neighbourhood-watch chats: from exported chat to advisory note."""
    be_quiet(quiet)
    open_despite(despite_leaks)


# Where the commands are, stage by stage: a module, and its function where it is called otherwise. Only
# what was typed is loaded: all of them take a tenth of a second.
_COMMANDS = {
    "Start": {
        "init": "init",
        "status": "status",
        "demo": "demo",
        "settings": "settings",
    },
    "Data": {
        "import": "import_:import_",
        "cases": "cases",
        "members": "members:app",
        "names": "names",
        "objectors": "objectors:app",
        "find": "find",
        "purge": "purge",
    },
    "Codes": {
        "codebook": "codebook:app",
        "suggest": "suggest",
        "practice": "practice",
        "review": "review",
        "memo": "memo",
        "sample": "sample",
        "merge": "merge",
        "agree": "agree",
        "adjudicate": "adjudicate",
        "train": "train",
        "evaluate": "evaluate",
        "models": "models:app",
    },
    "Outcome": {
        "intake": "intake",
        "evidence": "evidence",
        "headcount": "evidence:headcount",
        "events": "evidence:events",
        "plan": "plan:app",
        "report": "report",
        "table": "table",
        "hearing": "hearing:app",
        "quotes": "quotes:app",
        "note": "note",
        "method": "method",
        "survey": "survey:app",
    },
    "Keeping": {
        "key": "key:app",
        "check": "check",
        "log": "log",
        "backup": "backup",
        "restore": "backup:restore",
        "exchange": "exchange",
    },
}


def build(only: str | None = None) -> typer.Typer:
    """Put the program together: with all its commands, or with one."""
    made = typer.Typer(
        name="chatcode",
        help="Code WhatsApp neighbourhood-watch chats: from exported chat to advisory note.",
        no_args_is_help=True,
        rich_markup_mode=None,
        # Frames hold message text: nothing of them may be printed.
        pretty_exceptions_enable=False,
        pretty_exceptions_show_locals=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback()(main)
    for stage, commands in _COMMANDS.items():
        for name, place in commands.items():
            if only in (None, name):
                module, _, function = place.partition(":")
                found = getattr(import_module(f"chatcode.cli.{module}"), function or module)
                if isinstance(found, typer.Typer):
                    made.add_typer(found, name=name, rich_help_panel=stage)
                else:
                    made.command(name, rich_help_panel=stage)(found)
    return made


def __getattr__(name: str) -> typer.Typer:
    """`app` is the whole program, for those who look at all its commands."""
    if name == "app":
        return build()
    raise AttributeError(name)


def _typed(words: Sequence[str]) -> str | None:
    """The command that was typed, where that is plain: the first word, or the word after --quiet."""
    first = next((word for word in words if word not in ("-q", "--quiet")), "")
    return first if any(first in commands for commands in _COMMANDS.values()) else None


def run() -> None:
    """Run the command that was typed, and end with its exit code.

    A ChatcodeError becomes one line and a hint; anything else is a fault of the program and
    leaves a file with the places in the code only: never values, never chat text.
    """
    # The library would end an interrupted command with 1, as if it had failed.
    signal.signal(signal.SIGINT, _interrupted)
    try:
        build(_typed(sys.argv[1:]))(standalone_mode=True)
    except ChatcodeError as error:
        print(f"Error: {error.message}", file=sys.stderr)  # noqa: T201 the one line
        if error.hint:
            print(f"Hint: {error.hint}", file=sys.stderr)  # noqa: T201
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone; that is its choice.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        print(f"Error: chatcode failed ({type(error).__name__}). {_crash_file(error)}", file=sys.stderr)  # noqa: T201
        sys.exit(1)


def _interrupted(number: int, frame: FrameType | None) -> None:
    sys.exit(130)


def _crash_file(error: BaseException) -> str:
    """Write where it failed, without messages and values, which may hold chat text."""
    import tempfile
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{Path(f.filename).name}:{f.lineno} in {f.name}" for f in frames]
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="chatcode-crash-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write("\n".join([type(error).__name__, *lines]) + "\n")
    except OSError:
        return "No crash file could be written."
    return f"Where it failed, without any text of the chat: {file.name}"
