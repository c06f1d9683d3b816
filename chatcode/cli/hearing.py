"""`chatcode hearing`: forms on which administrators and officials reply, and what comes of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import uuid4

import typer

from chatcode.cli import given, options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.analysis.assessment import Cell
    from chatcode.codebook import Codebook
    from chatcode.domain import Form
    from chatcode.report.reply_form import Returned
    from chatcode.study.store import Study

# On what professionals do, the officials themselves are heard.
OFFICIALS_ON = (9, 10)

app = typer.Typer(help="Forms on which those concerned reply to the marks.", no_args_is_help=True)


@app.command("send")
def send_(
    case: Annotated[str, typer.Option(help="The case.")],
    to: Annotated[str, typer.Option(help="To whom, as a role: Beheerder Noord, Wijkagent Noord.")],
    until: Annotated[
        datetime, typer.Option(formats=options.DAY, help="The day before which it is to come back.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The form: .docx or .xlsx.")],
    official: Annotated[
        bool, typer.Option("--official", help="For an official: on 9 and 10 only; else for an administrator.")
    ] = False,
    commissioner: Annotated[
        bool, typer.Option("--commissioner", help="The addressee also commissioned the study.")
    ] = False,
    by: given.ByOption = "researcher",
    lang: options.LangOption = None,
    coder: options.CoderOption = None,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Make the form on which one administrator or official replies to the marks of their own area.

    Example: chatcode hearing send --case Noord --to "Beheerder Noord" --until 2021-10-01 -o noord.docx
    """
    from chatcode.analysis.assessment import cells
    from chatcode.cli.door import send
    from chatcode.report.reply_form import Blank, title, write

    with options.open_study(study) as opened:
        codebook = options.codebook_of(opened)
        language = options.language_of(opened, lang)
        case_id = given.case_id(opened, case)
        found = [
            cell
            for cell in cells(opened.layer(coder), codebook, opened.marks(), **opened.beside().counted())
            if cell.case == case
            and cell.researcher is not None
            and (not official or cell.intervention in OFFICIALS_ON)
        ]
        if not found:
            raise ChatcodeError(
                f"no cell of {case} that this form is about has been rated", "First: chatcode table --rate"
            )
        addressee = given.text(to, "--to")
        items = [_item(cell, codebook, language) for cell in found]
        blank = Blank(str(uuid4()), title(case, addressee, language), language, until.date(), items)
        nothing = Blank(blank.id, title("", "", language), language, until.date(), [])
        send(
            opened,
            {out: write(blank, out.name)},
            empty={out: write(nothing, out.name)},
            key=key,
            descriptor=passphrase_fd,
            overwrite=overwrite,
            own_words=_own_words(codebook),
        )
        with opened.transaction():
            number = opened.add_form(
                blank.id, case_id, "official" if official else "administrator", addressee, until.date(),
                given.text(by, "--by"), lang=language, fixed=blank.fixed,
                marks={cell.intervention: cell.researcher or "" for cell in found}, commissioner=commissioner,
            )  # fmt: skip
            opened.record("hearing", form=number, case=case)
    say(f"Wrote {out}: form {number}, to come back before {until.date()}.")
    next_step(f"chatcode hearing read {out}", "when it comes back")


@app.command("read")
def read_(
    file: Annotated[Path, typer.Argument(help="The form that came back.")],
    by: Annotated[str, typer.Option(help="Who filled it in; else to whom it went.")] = "",
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Read a form that came back: replies and marks are kept, earlier ones stay.

    Example: chatcode hearing read noord.docx
    """
    from chatcode.report.reply_form import read

    returned = read(given.content(file), file.name)
    with options.open_study(study) as opened:
        form = next((one for one in opened.forms() if one.id == returned.id), None)
        if form is None:
            raise ChatcodeError(f"{file.name} is a form of another study", "Nothing was stored.")
        if form.fixed != returned.fixed:
            raise ChatcodeError(
                f"{file.name} was changed where it is not to be filled in",
                "Ask for it again as it was sent, with answers only; nothing was stored.",
            )
        told = _take(opened, form, returned, given.text(by, "--by") if by else form.addressee, file.name)
        opened.record("hearing", read=form.number, replies=told["replies"])
    if as_json:
        print_json(told)
    say(f"Form {form.number}: {told['replies']} replies, {told['marks']} marks.")
    if told["late"]:
        say(f"Note: it came after {form.until}.")
    next_step("chatcode table --stage final --sheet final.xlsx", "set the final marks")


@app.command("answer")
def answer(
    form: Annotated[int, typer.Argument(help="The number of the form.")],
    intervention: Annotated[int, typer.Option("--intervention", "-i", help="On which intervention.")],
    text: Annotated[str, typer.Option(help="What you answer, without names.")],
    by: given.ByOption = "researcher",
    study: options.StudyOption = None,
) -> None:
    """Keep what you answer to a reply; the table prints it beside the reply.

    Example: chatcode hearing answer 1 -i 4 --text "We added the meeting of March as evidence."
    """
    with options.open_study(study) as opened:
        opened.answer(
            form, given.intervention(intervention), given.text(text, "--text"), given.text(by, "--by")
        )
        opened.record("hearing", answered=form)
    next_step("chatcode hearing show", "see which replies have no answer yet")


@app.command("show")
def show(study: options.StudyOption = None, as_json: options.JsonOption = False) -> None:
    """List the forms, and what was replied and answered.

    Example: chatcode hearing show
    """
    with options.open_study(study) as opened:
        cases = {case.id: case.name for case in opened.cases()}
        held = {(reply.form, reply.intervention): reply for reply in opened.replies()}
        answers = opened.answers()
        today = date.today()  # noqa: DTZ011 the day where the evaluator is
        rows: list[dict[str, Any]] = [
            {
                "form": form.number,
                "case": cases[form.case_id],
                "kind": form.kind,
                "to": form.addressee,
                "sent": form.at.date().isoformat(),
                "until": form.until.isoformat(),
                "replies": sum(number == form.number for number, _ in held),
                "answered": sum(number == form.number for number, _ in answers),
                "overdue": today >= form.until and not any(number == form.number for number, _ in held),
            }
            for form in opened.forms()
        ]
        replies = [
            {
                "form": number,
                "intervention": intervention,
                "mark": reply.mark,
                "facts": reply.facts,
                "offline": reply.offline,
                "opinion": reply.opinion,
                "answer": answers.get((number, intervention)),
            }
            for (number, intervention), reply in held.items()
        ]
    if as_json:
        print_json({"rows": rows, "replies": replies})
        return
    print_rows(
        rows, ("form", "case", "kind", "to", "sent", "until", "replies", "answered", "overdue"), title="Forms"
    )
    if replies:
        print_rows(
            replies,
            ("form", "intervention", "mark", "facts", "offline", "opinion", "answer"),
            title="Replies",
        )


def _take(study: Study, form: Form, returned: Returned, by: str, name: str) -> dict[str, Any]:
    """Keep the replies that say something, and the marks in them."""
    from chatcode.domain import Mark, Reply

    now = datetime.now(UTC)
    known = {(r.form, r.intervention): r for r in study.replies()}
    stage: Literal["administrator", "official"] = form.kind
    replies = marks = 0
    with study.transaction():
        for filled in returned.filled:
            where = f"{name}, intervention {filled.intervention}"
            written = {
                field: given.text(getattr(filled, field), where, needed=False)
                for field in ("facts", "offline", "opinion")
            }
            if not filled.mark and not any(written.values()):
                continue
            reply = Reply(form.number, filled.intervention, filled.mark, by=by, at=now, **written)
            before = known.get((form.number, filled.intervention))
            if before and (before.mark, before.facts, before.offline, before.opinion) == (
                reply.mark, reply.facts, reply.offline, reply.opinion,
            ):  # fmt: skip
                continue
            study.add_reply(reply)
            replies += 1
            mark = form.marks[filled.intervention] if filled.mark == "agree" else filled.mark
            if mark:
                reason = (
                    reply.opinion
                    or reply.facts
                    or ("agrees" if filled.mark == "agree" else "no reason given")
                )
                study.add_mark(Mark(form.case_id, filled.intervention, stage, mark, reason, None, by, now))
                marks += 1
    return {"form": form.number, "replies": replies, "marks": marks, "late": now.date() >= form.until}


def _item(cell: Cell, codebook: Codebook, lang: str) -> Any:  # noqa: ANN401 an Item, imported late
    from chatcode.report.reply_form import Item
    from chatcode.report.steps import facts
    from chatcode.report.table import mark_words
    from chatcode.report.words import Words

    w = Words(lang)
    ours = " ".join(filter(None, (f"{mark_words(cell.researcher or '', w)}.", cell.prose, cell.reason)))
    name = f"{cell.intervention}. {codebook.interventions[cell.intervention].name[lang]}"
    return Item(cell.intervention, name, facts(cell.counts, w), ours)


def _own_words(codebook: Codebook) -> tuple[str, ...]:
    from chatcode.report.words import Words, own_words

    return (*own_words(), *Words("nl").every(), *Words("en").every(), codebook.text)
