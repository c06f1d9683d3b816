"""The command line: one file per command, and the one place where errors become lines."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from chatcode.cli import (
    adjudicate,
    agree,
    backup,
    cases,
    check,
    codebook,
    demo,
    evaluate,
    evidence,
    exchange,
    find,
    hearing,
    import_,
    init,
    intake,
    key,
    log,
    members,
    memo,
    merge,
    method,
    models,
    names,
    note,
    objectors,
    plan,
    practice,
    report,
    review,
    sample,
    settings,
    status,
    suggest,
    survey,
    table,
    train,
    workload,
)
from chatcode.cli.door import open_despite
from chatcode.cli.output import be_quiet
from chatcode.errors import ChatcodeError

app = typer.Typer(
    name="chatcode",
    help="Code WhatsApp neighbourhood-watch chats: from exported chat to advisory note.",
    no_args_is_help=True,
    rich_markup_mode=None,
    # Frames hold message text: nothing of them may be printed.
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(version("chatcode"))
        raise typer.Exit


@app.callback()
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


_STAGES = {
    "Start": (
        ("init", init.init),
        ("status", status.status),
        ("demo", demo.demo),
        ("settings", settings.settings),
    ),
    "Data": (
        ("import", import_.import_),
        ("cases", cases.cases),
        ("find", find.find),
    ),
    "Codes": (
        ("suggest", suggest.suggest),
        ("practice", practice.practice),
        ("review", review.review),
        ("memo", memo.memo),
        ("sample", sample.sample),
        ("merge", merge.merge),
        ("agree", agree.agree),
        ("adjudicate", adjudicate.adjudicate),
        ("train", train.train),
        ("evaluate", evaluate.evaluate),
    ),
    "Outcome": (
        ("intake", intake.intake),
        ("evidence", evidence.evidence),
        ("headcount", evidence.headcount),
        ("events", evidence.events),
        ("report", report.report),
        ("table", table.table),
        ("note", note.note),
        ("method", method.method),
    ),
    "Keeping": (
        ("check", check.check),
        ("log", log.log),
        ("backup", backup.backup),
        ("restore", backup.restore),
        ("exchange", exchange.exchange),
    ),
}
for _stage, _commands in _STAGES.items():
    for _name, _command in _commands:
        app.command(_name, rich_help_panel=_stage)(_command)
app.command("names", rich_help_panel="Data")(names.names)
app.add_typer(members.app, name="members", rich_help_panel="Data")
app.add_typer(hearing.app, name="hearing", rich_help_panel="Outcome")
app.add_typer(objectors.app, name="objectors", rich_help_panel="Data")
app.add_typer(key.app, name="key", rich_help_panel="Keeping")
plan.app.command("coding")(workload.coding)
app.add_typer(plan.app, name="plan", rich_help_panel="Outcome")
app.add_typer(models.app, name="models", rich_help_panel="Codes")
app.add_typer(codebook.app, name="codebook", rich_help_panel="Codes")
app.add_typer(survey.app, name="survey", rich_help_panel="Outcome")


def run() -> None:
    """Run the command that was typed, and end with its exit code.

    A ChatcodeError becomes one line and a hint; anything else is a fault of the program and
    leaves a file with the places in the code only: never values, never chat text.
    """
    # The library would end an interrupted command with 1, as if it had failed.
    signal.signal(signal.SIGINT, _interrupted)
    try:
        app(standalone_mode=True)
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
