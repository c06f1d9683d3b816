"""`chatcode survey`: the survey of the study, before and after, experimental and control."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.cli.surveyed import (
    figures_from,
    is_scored,
    keep_figures,
    kept,
    language_of,
    marks_of,
    questionnaire_of,
    read_files,
    study_if_any,
    tell_file,
)
from chatcode.errors import ChatcodeError, CheckError

if TYPE_CHECKING:
    from chatcode.report.document import Document
    from chatcode.survey.figures import Figures
    from chatcode.survey.reading import Reading

app = typer.Typer(help="The survey: before and after, experimental and control.", no_args_is_help=True)

_Files = Annotated[
    list[Path] | None,
    typer.Argument(help="Exports (.csv, .xlsx, .sav) that tell before from after themselves."),
]
_Before = Annotated[list[Path] | None, typer.Option("--before", help="An export of the measurement before.")]
_After = Annotated[list[Path] | None, typer.Option("--after", help="An export of the measurement after.")]
_Form = Annotated[
    Path | None,
    typer.Option("--questionnaire", "-q", help="The questionnaire file; else the bundled one of the study."),
]
_Stats = Annotated[
    Path | None, typer.Option("--stats", help="Published figures instead: a table with n, mean and sd.")
]
_DontKnow = Annotated[
    str, typer.Option("--dont-know", help="What “don't know” counts as on a scale: middle or missing.")
]
_Members = Annotated[
    list[str] | None,
    typer.Option("--members", help="How many members an area's groups had, as AREA=N; else the study's."),
]
_Effect = Annotated[
    float, typer.Option("--d", help="The true difference, in standard deviations, for power.")
]

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
_PROBLEMS = ("file", "row", "column", "question", "kind", "what")


@app.command()
def check(
    files: _Files = None,
    before: _Before = None,
    after: _After = None,
    questionnaire: _Form = None,
    as_json: options.JsonOption = False,
) -> None:
    """Read exports and tell by row what does not fit; nothing is stored and nothing mended.

    Example: chatcode survey check --before voor.csv --after na.csv
    """
    reading = read_files(files, before, after, questionnaire_of(questionnaire))
    rows = [{name: getattr(p, name) for name in _PROBLEMS} for p in reading.problems]
    if as_json:
        print_json(
            {
                "rows": rows,
                "files": list(reading.files),
                "counted": len(reading.counted),
                "apart": _apart(reading),
            }
        )
    else:
        print_rows(rows, _PROBLEMS, title="What does not fit")
    for file in reading.files:
        tell_file(file)
    if rows:
        raise CheckError(
            f"{len(rows)} things do not fit and are not used, but where it says kept",
            "Mend the export where you know better, or leave it: the rest counts.",
        )
    next_step("chatcode survey compare --before FILE --after FILE", "compare groups and waves")


@app.command()
def compare(
    files: _Files = None,
    stats: _Stats = None,
    before: _Before = None,
    after: _After = None,
    questionnaire: _Form = None,
    dont_know: _DontKnow = "middle",
    members: _Members = None,
    d: _Effect = 0.3,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the figures (no answers) in the study, for its documents.")
    ] = False,
    lang: options.LangOption = None,
    study: options.StudyOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Compare groups and waves: Student, Welch, effect sizes, and the difference of the changes.

    Example: chatcode survey compare --stats table4.csv
    """
    from chatcode.survey.comparison import as_row

    opened = study_if_any(study, needed=keep)
    try:
        found, digest = figures_from(
            opened, files, stats, before, after, questionnaire, dont_know, members, d
        )
        language = language_of(opened, lang)
        if keep:
            assert opened is not None
            keep_figures(opened, found, digest)
    finally:
        if opened is not None:
            opened.close()
    names = {measure.id: measure.name[language] for measure in found.measures}
    told = [{**as_row(row), "indicator": names[row.indicator]} for row in found.rows]
    if as_json:
        print_json(_data(found, told, names))
    else:
        print_rows([_short(row) for row in told], _COLUMNS, title="Two samples each")
    differ = sum(row.welch_differs for row in found.rows)
    say(
        f"{len(told)} comparisons, of which Welch says otherwise in {differ}."
        " These p values stand alone; --json has them corrected, with intervals and the changes."
    )
    next_step("chatcode survey report", "the tables, charts and what they say, in words")


@app.command()
def report(
    files: _Files = None,
    stats: _Stats = None,
    before: _Before = None,
    after: _After = None,
    questionnaire: _Form = None,
    dont_know: _DontKnow = "middle",
    members: _Members = None,
    d: _Effect = 0.3,
    out: options.OutOption = None,
    lang: options.LangOption = None,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    overwrite: options.OverwriteOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Lay out the survey: tables, charts, a paragraph per indicator, changes beside marks.

    Without files it takes the figures that the study keeps. Files end in .html, .docx, .xlsx or .md.

    Example: chatcode survey report --before voor.csv --after na.csv --out vragenlijst.docx
    """
    from chatcode.report.survey import own_words, survey_report

    given = stats or files or before or after
    opened = study_if_any(study, needed=bool(out) or not given)
    try:
        if given:
            found, _ = figures_from(opened, files, stats, before, after, questionnaire, dont_know, members, d)
        else:
            assert opened is not None
            found = kept(opened)
        language = language_of(opened, lang)
        document = survey_report(
            found,
            lang=language,
            codebook=options.codebook_of(opened) if opened else None,
            marks=marks_of(opened) if opened else None,
        )
        if as_json:
            from chatcode.cli.documents import as_data

            print_json(_clean(as_data(document)))
            return
        if opened is None:
            _show(document)
            return
        from chatcode.cli.documents import deliver

        deliver(
            opened,
            document,
            empty=survey_report(None, lang=language),
            out=out,
            key=key,
            descriptor=passphrase_fd,
            overwrite=overwrite,
            own_words=own_words(found),
        )
        if out:
            opened.record("survey report", files=len(out), lang=language)
    finally:
        if opened is not None:
            opened.close()


@app.command()
def scales(
    files: _Files = None,
    before: _Before = None,
    after: _After = None,
    questionnaire: _Form = None,
    dont_know: _DontKnow = "middle",
    lang: options.LangOption = None,
    as_json: options.JsonOption = False,
) -> None:
    """Tell whether the statements of each scale measure one thing: Cronbach's alpha, item by item.

    Example: chatcode survey scales --before voor.csv
    """
    from chatcode.survey.figures import figures_of

    found = figures_of(
        read_files(files, before, after, questionnaire_of(questionnaire)), dont_know=is_scored(dont_know)
    )
    names = {measure.id: measure.name[lang or "nl"] for measure in found.measures}
    rows = [
        {
            "indicator": names[scale.indicator], "wave": scale.wave, "n": scale.found.n,
            "alpha": scale.found.alpha, "low": scale.found.low, "high": scale.found.high,
        }
        for scale in found.scales
    ]  # fmt: skip
    items = [
        {
            "indicator": names[scale.indicator], "wave": scale.wave, "statement": item.question,
            "item_rest": item.item_rest, "alpha_without": item.alpha_without,
        }
        for scale in found.scales
        for item in scale.found.items
    ]  # fmt: skip
    if as_json:
        print_json(_clean({"rows": rows, "items": items}))
        return
    print_rows(rows, ("indicator", "wave", "n", "alpha", "low", "high"), title="Cronbach's alpha")
    print_rows(items, ("indicator", "wave", "statement", "item_rest", "alpha_without"), title="Statements")


@app.command()
def power(
    n: Annotated[
        list[int] | None,
        typer.Option(
            "--n", help="A sample's size: twice for two samples; four times for E and C, before and after."
        ),
    ] = None,
    d: _Effect = 0.3,
    alpha: Annotated[float, typer.Option(help="The p below which a difference counts as found.")] = 0.05,
    as_json: options.JsonOption = False,
) -> None:
    """Tell what samples of these sizes can find, or how large they must be.

    Example: chatcode survey power --n 82 --n 61 --d 0.3
    """
    from chatcode.survey.power import USUAL_POWER, needed, power_for

    if not n:
        rows = [
            {"what": what, "d": d, "power": USUAL_POWER, "n_each": needed(d, samples, alpha=alpha)}
            for what, samples in (("two samples", 2), ("changes of two groups", 4))
        ]
        columns: tuple[str, ...] = ("what", "d", "power", "n_each")
    else:
        what = "two samples" if len(n) == 2 else "changes of two groups"
        found = power_for(what, tuple(n), d, alpha=alpha)
        rows = [{"what": what, "sizes": list(n), "d": d, "power": found.power, "found_with_80": found.found}]
        columns = ("what", "sizes", "d", "power", "found_with_80")
    if as_json:
        print_json({"alpha": alpha, "rows": rows})
    else:
        print_rows(rows, columns, title="Power")


@app.command()
def questions(
    questionnaire: _Form = None,
    save: Annotated[
        Path | None, typer.Option(help="Save the questionnaire file here, to be changed for your own survey.")
    ] = None,
    overwrite: options.OverwriteOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """List the questions that exports are read by, and check the questionnaire file.

    Example: chatcode survey questions --save my-survey.yaml
    """
    book = questionnaire_of(questionnaire)
    if save:
        if save.exists() and not overwrite:
            raise ChatcodeError(f"{save.name} is there already", "Choose another name, or say --overwrite.")
        save.write_text(book.text, encoding="utf-8")
        say(f"Saved {save}. Change it, then: chatcode survey check --questionnaire {save} FILE")
        return
    used: dict[str, list[str]] = {}
    for indicator in book.indicators:
        for question_id in indicator.questions:
            used.setdefault(question_id, []).append(indicator.id)
    rows = [
        {
            "id": q.id, "kind": q.kind, "text": q.texts[0], "answers": len(q.answers),
            "indicators": " ".join(used.get(q.id, ())),
        }
        for q in book.questions
    ]  # fmt: skip
    if as_json:
        print_json({"hash": book.hash, "rows": rows})
    else:
        print_rows(rows, ("id", "kind", "text", "answers", "indicators"), title=book.name["nl"])


# ── printing ──────────────────────────────────────────────────────────────────


def _show(document: Document) -> None:
    from chatcode.report.terminal import show

    show(document)


def _apart(reading: Reading) -> dict[str, int]:
    from collections import Counter

    return dict(Counter(response.apart for response in reading.responses if response.apart))


def _data(figures: Figures, rows: list[dict[str, Any]], names: Mapping[str, str]) -> dict[str, Any]:
    from chatcode.survey.keeping import plain

    data = plain(figures)
    for part in ("changes", "adjusted", "scales", "paired"):
        data[part] = [{**row, "indicator": names[row["indicator"]]} for row in data[part]]
    return {"rows": _clean(rows), **{name: told for name, told in data.items() if name != "rows"}}


def _clean(data: Any) -> Any:  # noqa: ANN401 whatever JSON takes
    from chatcode.survey.keeping import plain

    return plain(data)


def _short(row: dict[str, Any]) -> dict[str, Any]:
    """A row for the screen: p with three decimals, since two would make a nought of it."""
    return {
        **row,
        **{n: "<0.001" if row[n] < 0.0005 else f"{row[n]:.3f}" for n in ("p_student", "p_welch")},
    }
