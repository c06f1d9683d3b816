"""`chatcode merge`: the files of several coders into one study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.study.merging import Outcome

_COLUMNS = ("file", "coder", "acts_new", "acts_known", "memos_new", "memos_known")
_KINDS = ("file", "kind", "new", "known")
# What a person can do where two files say different things.
_ADVICE = {
    "codebook in use": "see what differs: chatcode codebook diff {here} {there}; to go on with that one:"
    " chatcode codebook use {there} --reason WHY --by NAME",
    "settled layer": "what counts is that of {here}; settle in one file only",
    "samples drawn apart": "what both coded is chance; draw once, in one file, before it is handed out",
}


def merge(
    others: Annotated[list[Path], typer.Argument(help="The study files of the other coders.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be taken over.")] = False,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Take over what other coders' files of this study have; what is here stays as it is.

    Acts, memos, flags, samples, steps passed over, codebooks with their reasons. The study is backed
    up first. Merging the same file again changes nothing.

    Example: chatcode merge k2.study
    """
    from chatcode.study.backup import back_up
    from chatcode.study.merging import merge as bring_together
    from chatcode.study.store import Study

    if len({path.resolve() for path in others}) < len(others):
        raise ChatcodeError("a file is named twice", "Name each coder's file once.")
    for path in others:
        if not path.is_file():
            raise ChatcodeError(f"there is no file {path.name}", "Look at its name and folder.")
    with ExitStack() as stack:
        opened = stack.enter_context(options.open_study(study or _the_other_one(others)))
        files = [stack.enter_context(Study.open(path)) for path in others]
        found = bring_together(opened, files, dry_run=True)
        copy = None
        if found.new and not dry_run:
            copy = back_up(opened, datetime.now())  # noqa: DTZ005 the name is for the person at this clock
            with opened.transaction():
                bring_together(opened, files)
                opened.record(
                    "merge",
                    files=len(others),
                    coders=sorted({one.coder for one in found.coders}),
                    **_sums(found),
                )
        coders = [name for name in opened.coders() if name != opened.adjudicator()]
    rows = [asdict(one) for one in found.coders]
    if as_json:
        print_json(
            {
                "rows": rows,
                "kinds": [asdict(one) for one in found.kinds],
                "conflicts": [asdict(one) for one in found.conflicts],
                "left_behind": [{"file": one.file, "what": one.kind, "count": one.new} for one in found.left],
                "dry_run": dry_run,
                "backup": copy.name if copy else None,
            }
        )
    else:
        print_rows(rows, _COLUMNS, title="What each file brings, by coder")
        there = [asdict(one) for one in found.kinds if one.new or one.known]
        print_rows(there, _KINDS, title="What each file brings, by kind")
    _tell(found)
    if copy:
        say(f"Merged. The study as it was before is {copy.name}.")
    elif found.new:
        say("Nothing was changed: this was a dry run.")
    else:
        say("Nothing is new: all of it was here already.")
    if found.new and dry_run:
        files_ = " ".join(path.name for path in others)
        next_step(f"chatcode merge {files_}", "take it over")
    elif len(coders) > 1:
        next_step("chatcode agree", "see where the coders differ")
    else:
        next_step("chatcode merge OTHER.study", "bring in what a second coder did, to compare the two")


def _sums(found: Outcome) -> dict[str, int]:
    """How much of each kind is new, for the log."""
    new: Counter[str] = Counter()
    for one in found.kinds:
        new[one.kind.replace(" ", "_")] += one.new
    return {kind: count for kind, count in new.items() if count}


def _tell(found: Outcome) -> None:
    """What stands against each other, and what stays in the other files."""
    for one in found.conflicts:
        advice = _ADVICE.get(one.about, "").format(here=one.here, there=one.there)
        say(
            f"Note: {one.file} differs, {one.about}: here {one.here}, there {one.there}. Both are kept"
            + (f"; {advice}." if advice else ".")
        )
    left: dict[str, list[str]] = {}
    for kept in found.left:
        left.setdefault(kept.file, []).append(f"{kept.kind} ({kept.new})")
    for file, told in left.items():
        say(
            f"Note: not taken over from {file}, for it is led in one file only: {', '.join(told)}."
            " Enter it here, or make that file the study and merge this one into it."
        )


def _the_other_one(others: Sequence[Path]) -> Path | None:
    """The study in this folder, where coders' files lie beside it; None leaves the choice to the option."""
    named = {path.resolve() for path in others}
    left = [path for path in Path.cwd().glob("*.study") if path.resolve() not in named]
    return left[0] if len(left) == 1 else None
