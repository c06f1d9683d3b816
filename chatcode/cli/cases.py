"""`chatcode cases`: the areas of the study and their periods."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.output import print_json, print_rows, say
from chatcode.errors import ChatcodeError


def cases(
    study: options.StudyOption = None,
    case: Annotated[str | None, typer.Option(help="The case to give a period of its own.")] = None,
    period: Annotated[
        tuple[datetime, datetime] | None,
        typer.Option(formats=options.DAY, help="Its own period: first day and the day after the last."),
    ] = None,
    baseline: Annotated[
        tuple[datetime, datetime] | None, typer.Option(formats=options.DAY, help="Its own baseline.")
    ] = None,
    as_json: options.JsonOption = False,
) -> None:
    """List the cases with their groups and periods, or give one a period of its own.

    Example: chatcode cases --case West --period 2020-10-01 2021-09-01
    """
    with options.open_study(study) as opened:
        if period or baseline:
            if case is None:
                raise ChatcodeError("a period of its own is for one case", "Say which: --case NAME")
            opened.set_case_period(
                case, options.period_of(period, "period"), options.period_of(baseline, "baseline")
            )
            opened.record("cases", case=case)
            say(f"{case} has a period of its own now.")
        groups = opened.groups()
        rows: list[dict[str, Any]] = [
            {
                "case": one.name,
                "groups": ", ".join(g.label for g in groups if g.case_id == one.id),
                "period": _days(one.period),
                "baseline": _days(one.baseline),
            }
            for one in opened.cases()
        ]
    if as_json:
        print_json({"rows": rows})
    else:
        print_rows(rows, ("case", "groups", "period", "baseline"), title="Cases")


def _days(period: Any) -> str | None:  # noqa: ANN401 a Period or None, imported late
    return f"{period.start} – {period.end}" if period else None
