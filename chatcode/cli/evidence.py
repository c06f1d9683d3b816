"""`chatcode evidence`, `headcount` and `events`: what people know that the chat does not show."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import given, options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.study.store import Study

DayOption = Annotated[datetime | None, typer.Option(formats=options.DAY, help="The day, as 2021-05-01.")]


def evidence(
    case: given.CaseOption = None,
    intervention: Annotated[int | None, typer.Option("--intervention", "-i", help="Its number.")] = None,
    day: DayOption = None,
    source: Annotated[str, typer.Option(help="Where it comes from: a talk, a document, a flyer round.")] = "",
    text: Annotated[str, typer.Option(help="What was observed, without names.")] = "",
    not_done: Annotated[
        bool, typer.Option("--not-done", help="It shows that the intervention was not carried out.")
    ] = False,
    by: given.ByOption = "researcher",
    withdraw: Annotated[int | None, typer.Option(help="Take back this number; --text says why.")] = None,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Keep an observation from outside the chat, take one back, or list them; documents cite it as [E3].

    Example: chatcode evidence --case Noord -i 2 --day 2021-03-06 --source "flyer round" --text "300 flyers"
    """
    with options.open_study(study) as opened:
        if withdraw is not None:
            opened.withdraw(
                "evidence", withdraw, given.text(text, "--text, the reason,"), given.text(by, "--by")
            )
            opened.record("evidence", withdrawn=withdraw)
            say(f"[E{withdraw}] is taken back; it stays in the study and is cited no more.")
        elif intervention is not None or text or source or day:
            if case is None or intervention is None or day is None:
                raise ChatcodeError(
                    "a case, an intervention and a day are needed",
                    "For instance: --case Noord -i 2 --day 2021-03-06 --source … --text …",
                )
            number = opened.add_evidence(
                given.case_id(opened, case),
                given.intervention(intervention),
                _past(day.date()),
                given.text(source, "--source"),
                given.text(text, "--text"),
                given.text(by, "--by"),
                done=not not_done,
            )
            opened.record("evidence", number=number)
            say(f"Kept as [E{number}].")
        cases = {one.id: one.name for one in opened.cases()}
        rows: list[dict[str, Any]] = [
            {
                "number": one.number,
                "case": cases[one.case_id],
                "intervention": one.intervention,
                "day": one.day.isoformat(),
                "done": one.done,
                "source": one.source,
                "text": one.text,
                "by": one.by,
            }
            for one in opened.evidence()
        ]
        taken_back = opened.withdrawn("evidence")
    if as_json:
        print_json({"rows": rows, "withdrawn": taken_back})
    else:
        print_rows(
            rows, ("number", "case", "intervention", "day", "done", "source", "text", "by"), title="Evidence"
        )
    next_step("chatcode table --rate", "set the researcher's own marks")


def headcount(
    group: Annotated[str | None, typer.Option(help="The group.")] = None,
    day: DayOption = None,
    members: Annotated[int | None, typer.Option(min=0, help="How many members it had that morning.")] = None,
    by: given.ByOption = "researcher",
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Keep how many members a group had on a day, as the app showed it, or list what was entered.

    Example: chatcode headcount --group Noord --day 2020-09-01 --members 189
    """
    from chatcode.domain import Headcount

    with options.open_study(study) as opened:
        if group is not None or members is not None:
            if group is None or members is None or day is None:
                raise ChatcodeError("a group, a day and a number of members are needed", "See --help.")
            counted = Headcount(given.group_id(opened, group), _past(day.date()), members)
            with opened.transaction():
                opened.add_headcount(counted, given.text(by, "--by"))
                opened.record("headcount", group=group)
            say(f"Kept: {group} had {members} members on {counted.day}.")
        labels = {one.id: one.label for one in opened.groups()}
        rows = [
            {"group": labels[one.group_id], "day": one.day.isoformat(), "members": one.members}
            for one in opened.headcounts()
        ]
    if as_json:
        print_json({"rows": rows})
    else:
        print_rows(rows, ("group", "day", "members"), title="Headcounts")
    next_step("chatcode report", "see the member flow with them")


def events(
    day: DayOption = None,
    text: Annotated[str, typer.Option(help="What happened, without names: a shooting, a curfew.")] = "",
    until: Annotated[datetime | None, typer.Option(formats=options.DAY, help="Its last day.")] = None,
    case: given.CaseOption = None,
    by: given.ByOption = "researcher",
    withdraw: Annotated[int | None, typer.Option(help="Take back this number; --text says why.")] = None,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Keep an event outside the chats that may explain figures; it is marked under the charts.

    Without --case it concerns all cases.

    Example: chatcode events --day 2021-01-23 --until 2021-04-27 --text "curfew"
    """
    with options.open_study(study) as opened:
        if withdraw is not None:
            opened.withdraw(
                "event", withdraw, given.text(text, "--text, the reason,"), given.text(by, "--by")
            )
            opened.record("events", withdrawn=withdraw)
        elif day is not None or text:
            if day is None:
                raise ChatcodeError("a day is needed", "For instance: --day 2021-01-23")
            last = until.date() if until else day.date()
            if last < day.date():
                raise ChatcodeError("--until lies before --day", "Give the first and the last day.")
            number = opened.add_event(
                given.case_id(opened, case) if case else None,
                day.date(),
                last,
                given.text(text, "--text"),
                given.text(by, "--by"),
            )
            opened.record("events", number=number)
        rows = _events(opened)
    if as_json:
        print_json({"rows": rows})
    else:
        print_rows(rows, ("number", "case", "day", "until", "text"), title="Events outside the chats")
    next_step("chatcode report --out report.html", "see them under the charts")


def _events(study: Study) -> list[dict[str, Any]]:
    cases = {one.id: one.name for one in study.cases()}
    return [
        {
            "number": one.number,
            "case": cases[one.case_id] if one.case_id else None,
            "day": one.day.isoformat(),
            "until": one.until.isoformat(),
            "text": one.text,
        }
        for one in study.events()
    ]


def _past(day: date) -> date:
    if day > date.today():  # noqa: DTZ011 the day where the evaluator is
        raise ChatcodeError(f"{day} is still to come", "What was seen has a day that is past.")
    return day
