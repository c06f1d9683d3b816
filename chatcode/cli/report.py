"""`chatcode report`: frequencies per month."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.drawings import drawings, estimated
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.cli.surveyed import with_survey
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.codebook import Codebook
    from chatcode.domain import Beside, Layer, Period
    from chatcode.study.store import Study

LAYERS = ("coder", "adjudicated", "suggested")
BY = ("role", "sub-reason")


def report(
    out: options.OutOption = None,
    by: Annotated[
        list[str] | None, typer.Option("--by", help="Take the counts apart by: role, sub-reason.")
    ] = None,
    period: Annotated[
        tuple[datetime, datetime] | None,
        typer.Option(formats=options.DAY, help="Only this stretch: first day and the day after the last."),
    ] = None,
    split: Annotated[
        datetime | None,
        typer.Option(formats=options.DAY, help="Set before and after this day (the meeting) side by side."),
    ] = None,
    slides: Annotated[
        Path | None,
        typer.Option(
            "--slides", help="Slides for the meeting, one intervention a page: .html, .docx or .pdf."
        ),
    ] = None,
    layer: Annotated[
        str | None,
        typer.Option(
            "--layer", help="What counts: coder, adjudicated, or suggested (what nobody has judged yet)."
        ),
    ] = None,
    behind: Annotated[
        tuple[str, str, str] | None,
        typer.Option("--behind", help="The messages behind a figure: group, month, code."),
    ] = None,
    survey: options.SurveyOption = False,
    lang: options.LangOption = None,
    coder: options.CoderOption = None,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    overwrite: options.OverwriteOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Count the codes per month, case and group: in the terminal, or as a file.

    Files end in .html, .docx, .xlsx, .md, or .pdf and .odt where LibreOffice is.

    Example: chatcode report --out report.html --out report.xlsx
    """
    for name in by or ():
        if name not in BY:
            raise ChatcodeError(f"a report is not taken apart by {name!r}", f"Choose --by {' or '.join(BY)}.")
    with options.open_study(study) as opened:
        codebook = options.codebook_of(opened)
        counted = _layer(opened, coder, layer)
        within = options.period_of(period, "period")
        if within:
            counted = _within(counted, within)
        if behind:
            _behind(counted, codebook, behind, as_json)
            return
        if layer == "suggested":
            _suggested(opened, counted, as_json, out)
            return
        beside = opened.beside()
        samples = drawings(opened, counted, codebook) if within is None else []
        if as_json:
            print_json(_data(counted, codebook, beside, by or ()) | estimated(samples))
            return
        from chatcode.cli.documents import deliver
        from chatcode.report.frequencies import frequency_report

        if slides:
            _slides(opened, counted, codebook, slides, lang, key, passphrase_fd, overwrite)
            return

        language = options.language_of(opened, lang)
        long = bool(out)
        today = date.today()  # noqa: DTZ011 the day where the evaluator is
        document = frequency_report(
            counted, codebook, lang=language, study=opened.path.stem, long=long, beside=beside,
            by=by or (), split=split.date() if split else None, on=today,
            told=opened.accountability() if counted.cases else None, drawings=samples,
        )  # fmt: skip
        words: list[str] = []
        if survey:
            document, words = with_survey(document, opened, codebook)
        deliver(
            opened,
            document,
            empty=frequency_report(
                opened.empty_layer(), codebook, lang=language, study="", long=long, by=BY, on=today
            ),
            out=out,
            key=key,
            descriptor=passphrase_fd,
            overwrite=overwrite,
            own_words=words,
        )
        if out:
            opened.record("report", files=len(out), coder=counted.coder, lang=language)
        if samples:
            say("Note: a part was drawn; what it says of all messages stands apart, as an estimate.")
    next_step("chatcode table --rate", "set the researcher's own marks")


def _slides(
    study: Study,
    layer: Layer,
    codebook: Codebook,
    path: Path,
    lang: str | None,
    key: Path | None,
    descriptor: int | None,
    overwrite: bool,
) -> None:
    from chatcode.cli.documents import deliver
    from chatcode.report import slides

    language = options.language_of(study, lang)
    today = date.today()  # noqa: DTZ011 the day where the evaluator is
    deliver(
        study,
        slides.slides(layer, codebook, lang=language, study=study.path.stem, on=today, beside=study.beside()),
        empty=slides.slides(study.empty_layer(), codebook, lang=language, study="", on=today),
        out=[path],
        key=key,
        descriptor=descriptor,
        overwrite=overwrite,
        more={".html": slides.render},
    )
    study.record("report", slides=path.name)
    next_step("chatcode plan minutes --help", "keep what is said and agreed at the meeting")


def _layer(study: Study, coder: str | None, layer: str | None) -> Layer:
    """The layer that is asked for.

    Raises:
        ChatcodeError: there is no such layer, or nothing in it.
    """
    if layer not in (None, *LAYERS):
        raise ChatcodeError(f"there is no layer {layer!r}", f"Layers are {', '.join(LAYERS)}.")
    if layer == "coder" and coder is None:
        raise ChatcodeError("whose codings?", "Say so: --layer coder --coder NAME")
    found = study.layer(coder)
    if layer == "adjudicated" and not any(act.mode == "adjudicated" for act in found.acts.values()):
        raise ChatcodeError("nothing is adjudicated yet", "Leave --layer out, or name a coder.")
    return found


def _within(layer: Layer, period: Period) -> Layer:
    """The layer with one period for all cases; a baseline that reaches into it is left out."""
    return replace(
        layer,
        cases=[
            replace(
                case,
                period=period,
                baseline=case.baseline if case.baseline and case.baseline.end <= period.start else None,
            )
            for case in layer.cases
        ],
    )


def _data(layer: Layer, codebook: Codebook, beside: Beside, by: list[str] | tuple[()]) -> dict[str, Any]:
    from chatcode.analysis.breakdown import by_role, by_sub_reason
    from chatcode.analysis.cooccurrence import cooccurrence
    from chatcode.analysis.feedback import feedback, open_reports
    from chatcode.analysis.frequency import frequencies
    from chatcode.analysis.incidents import untied
    from chatcode.analysis.membership import flows, sizes

    tied = not untied(layer, "feedback")
    found: dict[str, Any] = {
        "coder": layer.coder,
        "rows": [asdict(row) for row in frequencies(layer, codebook)],
        "members": [{**asdict(flow), "net": flow.net} for flow in flows(layer)],
        "sizes": [asdict(size) for size in sizes(layer, beside.headcounts)],
        # Where the coding ties no answer to a report, nothing is known of answers: not noughts, nothing.
        "feedback": [asdict(row) for row in feedback(layer, codebook)] if tied else None,
        "open_reports": [
            {**asdict(one), "first_at": one.first_at.isoformat()} for one in open_reports(layer, codebook)
        ]
        if tied
        else None,
        "cooccurrence": [{**asdict(pair), "lift": pair.lift} for pair in cooccurrence(layer)],
    }
    if "role" in by:
        found["by_role"] = [asdict(row) for row in by_role(layer)]
    if "sub-reason" in by:
        found["by_sub_reason"] = [asdict(row) for row in by_sub_reason(layer)]
    return found


def _behind(layer: Layer, codebook: Codebook, asked: tuple[str, str, str], as_json: bool) -> None:
    """The messages that a figure counts, pseudonymised as they are stored."""
    from chatcode.analysis.breakdown import behind
    from chatcode.domain import CODES

    group, month, code = asked
    if group not in [one.label for one in layer.groups] or code not in CODES:
        raise ChatcodeError("there is no such group or code", "For instance: --behind Noord 2020-10 8+")
    entries = {entry.id: entry for entry in layer.entries}
    rows = []
    for entry_id in behind(layer, codebook, group=group, month=month, code=code):
        entry = entries[entry_id]
        member = layer.members.get(entry.member_id or "")
        rows.append(
            {
                "message_id": entry_id,
                "sent_at": entry.sent_at.isoformat(sep=" ", timespec="minutes"),
                "member": member.label if member else None,
                "text": entry.text,
            }
        )
    if as_json:
        print_json({"rows": rows})
    else:
        print_rows(rows, ("sent_at", "member", "text"), title=f"{group} {month} {code}")
        say(f"{len(rows)} messages: pseudonymised, and still personal data.")


def _suggested(study: Study, layer: Layer, as_json: bool, out: object) -> None:
    """What the machine proposes for messages, as such: no coding, no rate, no document."""
    from chatcode.analysis.frequency import counted_messages, month_of

    if out:
        raise ChatcodeError("no document is made of suggestions", "They are shown here or with --json only.")
    messages = list(counted_messages(layer))
    told = study.suggestions([entry.id for _, _, entry in messages])
    counts: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for group, case, entry in messages:
        suggestions = told.get(entry.id)
        for code in suggestions.codes if suggestions else ():
            month = month_of(entry.sent_at.date())
            row = counts.setdefault((case.name, group.label, month, code), {"suggested": 0, "reviewed": 0})
            row["suggested"] += 1
            row["reviewed"] += entry.id in layer.acts
    columns = ("case", "group", "month", "code")
    rows = [
        {**dict(zip(columns, place, strict=True)), **row}
        for place, row in sorted(counts.items(), key=lambda item: item[0])
    ]
    if as_json:
        print_json({"layer": "suggested", "rows": rows})
    else:
        print_rows(rows, (*columns, "suggested", "reviewed"), title="Suggestions of the machine, no codings")
    say("Suggestions, not codings: a person has judged only the messages counted under reviewed.")
