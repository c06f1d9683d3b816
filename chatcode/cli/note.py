"""`chatcode note`: the interim advisory note."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatcode.cli import given, options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.cli.surveyed import with_survey
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.codebook import Codebook
    from chatcode.domain import Layer
    from chatcode.report.document import Document
    from chatcode.study.store import Study


def note(
    out: options.OutOption = None,
    case: Annotated[str | None, typer.Option(help="Only this case: a note for its administrators.")] = None,
    template: Annotated[
        Path | None, typer.Option(help="A Word template of your own; else the one that comes with chatcode.")
    ] = None,
    save_template: Annotated[
        Path | None, typer.Option(help="Save chatcode's own template here, to be edited in Word.")
    ] = None,
    check_template: Annotated[
        Path | None, typer.Option(help="Try a template of your own before there is a note for it.")
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=options.DAY, help="Look only at messages before this day; else at all of them."),
    ] = None,
    made_on: Annotated[
        datetime | None, typer.Option(formats=options.DAY, help="The day to print; else today.")
    ] = None,
    seal: Annotated[
        bool, typer.Option("--seal", help="Keep the note in the study as it is handed over; needs --out.")
    ] = False,
    sealed: Annotated[bool, typer.Option("--sealed", help="List the notes that were handed over.")] = False,
    show: Annotated[
        int | None, typer.Option("--show", help="A sealed note as it was: here, or with --out.")
    ] = None,
    compare: Annotated[
        tuple[int, int] | None,
        typer.Option("--compare", help="Two sealed notes side by side; 0 is the note of now."),
    ] = None,
    by: given.ByOption = "researcher",
    survey: options.SurveyOption = False,
    lang: options.LangOption = None,
    coder: options.CoderOption = None,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    overwrite: options.OverwriteOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Make the interim advisory note: what goes well, three priorities, advice per intervention.

    Example: chatcode note --out adviesnotitie.docx
    """
    from chatcode.cli.documents import as_data, deliver
    from chatcode.report import docx

    if save_template:
        _save_template(save_template, overwrite)
        return
    if check_template:
        docx.check_template(given.content(check_template))
        say(f"{check_template.name} can be filled in.")
        return
    if seal and not out:
        raise ChatcodeError(
            "what is sealed is what is handed over", "Say which files: --out adviesnotitie.docx --seal"
        )
    own = given.content(template) if template else None
    with options.open_study(study) as opened:
        if sealed:
            _list(opened, as_json)
            return
        codebook = options.codebook_of(opened)
        language = options.language_of(opened, lang)
        day = made_on.date() if made_on else date.today()  # noqa: DTZ011 the day where the evaluator is
        before = until.date() if until else None
        words: list[str] = []
        if show is not None:
            document = _as_it_was(opened, show)
        elif compare:
            document = _compared(opened, codebook, compare, coder, case, language)
        else:
            document = _made(opened, codebook, _layer(opened, coder, case), language, day, before)
            if survey:
                document, words = with_survey(document, opened, codebook)
        if as_json:
            print_json(as_data(document))
            return
        files = deliver(
            opened,
            document,
            empty=_made(opened, codebook, opened.empty_layer(), language, day, None),
            out=out,
            key=key,
            descriptor=passphrase_fd,
            overwrite=overwrite,
            more={".docx": lambda content: docx.render(content, own)},
            kept=_kept(opened, show, out),
            own_words=words,
        )
        if out:
            opened.record("note", files=len(out), lang=language, shown=show, compared=bool(compare))
        if seal and show is None and not compare:
            number = _seal(opened, codebook, _layer(opened, coder, case), document, files, day, before, by)
            say(f"Sealed as note {number}: it can be shown again as it was (--show {number}).")
    if out and show is None and not compare:
        say("An interim note: read it, fill in who and when, and only then hand it over.")
        next_step("chatcode plan minutes --help", "keep what is said and agreed at the meeting")


def _layer(study: Study, coder: str | None, case: str | None) -> Layer:
    layer = study.layer(coder)
    if case is None:
        return layer
    case_id = given.case_id(study, case)
    groups = [group for group in layer.groups if group.case_id == case_id]
    ids = {group.id for group in groups}
    return replace(
        layer,
        cases=[one for one in layer.cases if one.id == case_id],
        groups=groups,
        entries=[entry for entry in layer.entries if entry.group_id in ids],
    )


def _made(
    study: Study, codebook: Codebook, layer: Layer, lang: str, day: date, until: date | None
) -> Document:
    from chatcode.analysis.assessment import cells
    from chatcode.analysis.frequency import frequencies
    from chatcode.cli.drawings import drawings
    from chatcode.report import findings
    from chatcode.report.note import interim_note

    seen = findings.until(layer, until) if until else layer
    beside = study.beside()
    return interim_note(
        layer,
        frequencies(layer, codebook),
        cells(seen, codebook, study.marks(), **beside.counted()),
        codebook,
        lang=lang,
        study=study.path.stem if layer.cases else "",
        made_on=day,
        until=until,
        beside=beside,
        told=study.accountability() if layer.cases else None,
        quotes=study.quotes(),
        drawings=drawings(study, layer, codebook, until=until) if layer.cases else (),
    )


# ── what was handed over ──────────────────────────────────────────────────────


def _seal(
    study: Study,
    codebook: Codebook,
    layer: Layer,
    document: Document,
    files: dict[Path, bytes],
    day: date,
    until: date | None,
    by: str,
) -> int:
    from chatcode.cli.documents import as_data
    from chatcode.report.sealed import text_hash

    data = as_data(document)
    return study.seal_note(
        data,
        _figures(study, codebook, layer, until),
        {path.name: content for path, content in files.items()},
        made_on=day,
        until=until,
        coder=layer.coder,
        text_hash=text_hash(data),
        by=given.text(by, "--by"),
    )


def _figures(study: Study, codebook: Codebook, layer: Layer, until: date | None) -> list[dict[str, object]]:
    from chatcode.analysis.assessment import cells
    from chatcode.report import findings
    from chatcode.report.sealed import figures

    seen = findings.until(layer, until) if until else layer
    return figures(seen, codebook, cells(seen, codebook, study.marks(), **study.beside().counted()))


def _as_it_was(study: Study, number: int) -> Document:
    """A sealed note.

    Raises:
        StudyError: what is kept of it is not what was sealed.
    """
    from chatcode.errors import StudyError
    from chatcode.report.sealed import from_data, text_hash

    kept = study.sealed_note(number)
    if text_hash(kept.document) != kept.text_hash:
        raise StudyError(
            f"the sealed note {number} is not as it was sealed", "Restore a backup: chatcode restore --help"
        )
    return from_data(kept.document)


def _kept(study: Study, number: int | None, out: list[Path] | None) -> dict[Path, bytes]:
    """The very files of a sealed note, where one with that ending was handed over."""
    if number is None:
        return {}
    found = {path: study.sealed_file(number, path.suffix) for path in out or ()}
    return {path: content for path, content in found.items() if content is not None}


def _compared(
    study: Study, codebook: Codebook, pair: tuple[int, int], coder: str | None, case: str | None, lang: str
) -> Document:
    from chatcode.report.sealed import called, side_by_side

    def of(number: int) -> tuple[str, list[dict[str, object]]]:
        if number == 0:
            return called(0, None, lang), _figures(study, codebook, _layer(study, coder, case), None)
        kept = study.sealed_note(number)
        return called(number, kept.made_on, lang), [dict(row) for row in kept.figures]

    return side_by_side(of(pair[0]), of(pair[1]), codebook, lang=lang)


def _list(study: Study, as_json: bool) -> None:
    rows = study.sealed_notes()
    if as_json:
        print_json({"rows": rows})
    else:
        print_rows(
            [{**row, "files": ", ".join(row["files"])} for row in rows],
            ("number", "made_on", "until", "coder", "files", "by"),
            title="Notes that were handed over",
        )


def _save_template(path: Path, overwrite: bool) -> None:
    from chatcode.report.docx import own_template

    if path.exists() and not overwrite:
        raise ChatcodeError(f"{path.name} is there already", "Choose another name, or say --overwrite.")
    path.write_bytes(own_template())
    say(f"Saved {path}. Edit it in Word, then: chatcode note --check-template {path}")
