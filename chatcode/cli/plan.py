"""`chatcode plan`: what was agreed to be done, by whom and when, and how it stands."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from chatcode.cli import given, options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.cli.workload import coding
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.study.store import Study

COLUMNS = ("case", "intervention", "what", "who", "due")

app = typer.Typer(help="The calendar of agreed actions.", no_args_is_help=True)
app.command("coding")(coding)

NumberArgument = Annotated[int, typer.Argument(help="The number of the action.")]
OnOption = Annotated[
    datetime | None, typer.Option("--on", formats=options.DAY, help="The day of it; else today.")
]


@app.command("add")
def add(
    case: Annotated[str, typer.Option(help="The case.")],
    what: Annotated[str, typer.Option(help="What is to be done.")],
    who: Annotated[str, typer.Option(help="Who does it: a role, never a name.")],
    due: Annotated[datetime, typer.Option(formats=options.DAY, help="By which day.")],
    intervention: Annotated[
        int | None, typer.Option("--intervention", "-i", help="Which intervention it belongs to.")
    ] = None,
    on: OnOption = None,
    instead_of: Annotated[
        int | None, typer.Option(help="The number of an action that is agreed anew.")
    ] = None,
    by: given.ByOption = "researcher",
    study: options.StudyOption = None,
) -> None:
    """Keep an action that was agreed, or agree one anew: what was agreed before stays in the study.

    Example: chatcode plan add --case Noord -i 1 --what "word after a report" --who beheerder --due 2021-06-01
    """
    with options.open_study(study) as opened:
        number = opened.agree(
            given.case_id(opened, case),
            None if intervention is None else given.intervention(intervention),
            given.text(what, "--what"),
            given.text(who, "--who"),
            due.date(),
            _day(on),
            given.text(by, "--by"),
            instead_of=instead_of,
        )
        opened.record("plan", action=number)
    say(f"Agreed as action {number}.")
    next_step("chatcode plan show", "see what is due")


@app.command("read")
def read_(
    file: Annotated[Path, typer.Argument(help="A .csv or .xlsx with the columns case, what, who, due.")],
    on: OnOption = None,
    by: given.ByOption = "researcher",
    study: options.StudyOption = None,
) -> None:
    """Read the actions agreed at a meeting from a sheet; a row that was agreed already is left out.

    Example: chatcode plan read actions.csv --on 2021-05-12
    """
    from chatcode.exchange.sheets import read

    with options.open_study(study) as opened, opened.transaction():
        known = {(a.case_id, a.intervention, a.what, a.who, a.due) for a in opened.actions()}
        added = 0
        for line in read(given.content(file), file.name, ("case", "what", "who", "due")):
            number = line["intervention"]
            action = (
                given.case_id(opened, line["case"], line.where),
                given.intervention(number, line.where) if number else None,
                given.text(line["what"], f"{line.where}what"),
                given.text(line["who"], f"{line.where}who"),
                given.day(line["due"][:10], f"{line.where}due"),
            )
            if action not in known:
                opened.agree(*action, _day(on), given.text(by, "--by"))
                added += 1
        opened.record("plan", read=added)
    say(f"Agreed {added} actions.")
    next_step("chatcode plan show", "see what is due")


@app.command("done")
def done(
    number: NumberArgument,
    on: OnOption = None,
    note: Annotated[str, typer.Option(help="What was done, without names.")] = "",
    by: given.ByOption = "researcher",
    study: options.StudyOption = None,
) -> None:
    """Say that an action was done.

    Example: chatcode plan done 3 --on 2021-05-28
    """
    _tell(study, number, "done", on, note, by)


@app.command("drop")
def drop(
    number: NumberArgument,
    note: Annotated[str, typer.Option(help="Why, without names.")],
    on: OnOption = None,
    by: given.ByOption = "researcher",
    study: options.StudyOption = None,
) -> None:
    """Say that an action will not be done; it stays in the plan, as dropped.

    Example: chatcode plan drop 3 --note "the square is closed"
    """
    _tell(study, number, "dropped", on, given.text(note, "--note"), by)


@app.command("reopen")
def reopen(
    number: NumberArgument,
    note: Annotated[str, typer.Option(help="Why, without names.")] = "",
    on: OnOption = None,
    by: given.ByOption = "researcher",
    study: options.StudyOption = None,
) -> None:
    """Say that an action is not done after all.

    Example: chatcode plan reopen 3
    """
    _tell(study, number, "open", on, note, by)


@app.command("minutes")
def minutes(
    text: Annotated[str, typer.Option(help="What was said, without names.")] = "",
    file: Annotated[Path | None, typer.Option(help="Read it from a text file in UTF-8.")] = None,
    case: given.CaseOption = None,
    on: OnOption = None,
    withdraw: Annotated[int | None, typer.Option(help="Take back this number; --text says why.")] = None,
    by: given.ByOption = "researcher",
    study: options.StudyOption = None,
) -> None:
    """Keep the minutes of a meeting, such as the interim one; note and report print them.

    Example: chatcode plan minutes --case Noord --on 2021-05-12 --text "Agreed to answer reports next day."
    """
    if file:
        try:
            text = given.content(file).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ChatcodeError(f"{file.name} is not in UTF-8", "Save it as plain text in UTF-8.") from None
    with options.open_study(study) as opened:
        kept, who = given.text(text, "the text"), given.text(by, "--by")
        if withdraw is not None:
            opened.withdraw("minutes", withdraw, kept, who)
            say(f"Minutes {withdraw} are taken back; they stay in the study and are printed no more.")
        else:
            number = opened.add_minutes(given.case_id(opened, case) if case else None, _day(on), kept, who)
            say(f"Kept as minutes {number}.")
        opened.record("plan", minutes=True)
    next_step("chatcode plan add --help", "keep what was agreed as actions")


@app.command("show")
def show(on: OnOption = None, study: options.StudyOption = None, as_json: options.JsonOption = False) -> None:
    """List the agreed actions, how they stand, and on how many days the chat showed them since.

    Example: chatcode plan show
    """
    with options.open_study(study) as opened:
        rows = _rows(opened, _day(on))
    if as_json:
        print_json({"rows": rows})
        return
    print_rows(
        rows,
        ("number", "case", "intervention", "what", "who", "agreed_on", "due", "standing", "seen_since"),
        title="Plan",
    )
    missed = sum(row["standing"] == "missed" for row in rows)
    if missed:
        next_step("chatcode plan done NUMBER", f"{missed} actions have passed their day")
    else:
        next_step("chatcode note --out adviesnotitie.docx", "make the interim advisory note")


def _rows(study: Study, on: date) -> list[dict[str, Any]]:
    from chatcode.report.planned import seen_since

    actions = study.actions()
    cases = {case.id: case.name for case in study.cases()}
    # Where several have coded, nobody is named here: then the chat's side is left open.
    layer = study.layer() if len(study.coders()) == 1 else None
    codebook = options.codebook_of(study)
    return [
        {
            "number": action.number,
            "case": cases[action.case_id],
            "intervention": action.intervention,
            "what": action.what,
            "who": action.who,
            "agreed_on": action.agreed_on.isoformat(),
            "due": action.due.isoformat(),
            "standing": action.standing(on),
            "told_on": action.state_day.isoformat() if action.state_day else None,
            "note": action.note,
            "seen_since": seen_since(action, layer, codebook, on) if layer else None,
        }
        for action in actions
    ]


def _tell(
    path: Path | None,
    number: int,
    state: Literal["open", "done", "dropped"],
    on: datetime | None,
    note: str,
    by: str,
) -> None:
    with options.open_study(path) as opened:
        kept, who = given.text(note, "--note", needed=False), given.text(by, "--by")
        opened.tell_action(number, state, _day(on), kept, who)
        opened.record("plan", action=number, state=state)
    say(f"Action {number} is {state}.")
    next_step("chatcode plan show", "see what is due")


def _day(given_day: datetime | None) -> date:
    return given_day.date() if given_day else date.today()  # noqa: DTZ011 the day where the evaluator is
