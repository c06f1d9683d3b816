"""`chatcode survey`: the survey of the study, before and after, experimental and control."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.errors import ChatcodeError

app = typer.Typer(help="The survey: before and after, experimental and control.", no_args_is_help=True)

_COLUMNS = (
    "table",
    "indicator",
    "area",
    "group",
    "t",
    "p_student",
    "p_welch",
    "d",
    "g",
    "published",
    "remark",
)


@app.command()
def compare(
    stats: Annotated[
        Path | None, typer.Option(help="Published figures: a .csv or .xlsx file with n, mean and sd.")
    ] = None,
    as_json: options.JsonOption = False,
) -> None:
    """Compare groups and waves: Student, Welch, effect sizes, and the difference of the changes.

    Example: chatcode survey compare --stats table4.csv
    """
    from chatcode.survey.comparison import as_row, changes, compared
    from chatcode.survey.published import read_published

    if stats is None:
        raise ChatcodeError("there is nothing to compare", "Give --stats FILE.csv.")
    rows = compared(read_published(stats))
    told = [as_row(row) for row in rows]
    found = [asdict(row) for row in changes(rows)]
    if as_json:
        print_json({"rows": told, "changes": found})
        return
    print_rows([_short(row) for row in told], _COLUMNS, title="Two samples each")
    differ = sum(row.welch_differs for row in rows)
    say(
        f"{len(rows)} comparisons; Welch differs from Student in {differ}."
        " These p values stand alone; --json also has them corrected by Holm."
    )
    next_step("chatcode survey compare --json", "the same with intervals, Holm's p and all figures")


def _short(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, **{name: f"{row[name]:.3f}" for name in ("p_student", "p_welch")}}
