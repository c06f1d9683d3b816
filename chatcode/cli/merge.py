"""`chatcode merge`: the files of several coders into one study."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.errors import ChatcodeError

_COLUMNS = ("file", "coder", "acts_new", "acts_known", "memos_new", "memos_known")


def merge(
    others: Annotated[list[Path], typer.Argument(help="The study files of the other coders.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be taken over.")] = False,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Take over the acts and memos of other coders' files of this study; what is here stays as it is.

    The study is backed up first. Merging the same file again changes nothing.

    Example: chatcode merge k2.study
    """
    from chatcode.study.backup import back_up
    from chatcode.study.merging import merge as bring_together
    from chatcode.study.store import Study

    if len({path.resolve() for path in others}) < len(others):
        raise ChatcodeError("a file is named twice", "Name each coder's file once.")
    with ExitStack() as stack:
        opened = stack.enter_context(options.open_study(study or _the_other_one(others)))
        files = [stack.enter_context(Study.open(path)) for path in others]
        found = bring_together(opened, files, dry_run=True)
        new = sum(one.acts_new + one.memos_new for one in found)
        copy = None
        if new and not dry_run:
            copy = back_up(opened, datetime.now())  # noqa: DTZ005 the name is for the person at this clock
            with opened.transaction():
                bring_together(opened, files)
                opened.record(
                    "merge",
                    files=len(others),
                    acts=sum(one.acts_new for one in found),
                    memos=sum(one.memos_new for one in found),
                    coders=sorted({one.coder for one in found}),
                )
    rows = [asdict(one) for one in found]
    if as_json:
        print_json({"rows": rows, "dry_run": dry_run, "backup": copy.name if copy else None})
    else:
        print_rows(rows, _COLUMNS, title="What each file brings")
    if copy:
        say(f"Merged. The study as it was before is {copy.name}.")
    elif new:
        say("Nothing was changed: this was a dry run.")
    else:
        say("Nothing is new: all of it was here already.")
    next_step("chatcode agree", "see where two coders differ")


def _the_other_one(others: Sequence[Path]) -> Path | None:
    """The study in this folder, where coders' files lie beside it; None leaves the choice to the option."""
    named = {path.resolve() for path in others}
    left = [path for path in Path.cwd().glob("*.study") if path.resolve() not in named]
    return left[0] if len(left) == 1 else None
