"""How the files of a survey become figures, and where a study keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chatcode.cli import options
from chatcode.cli.output import say
from chatcode.errors import ChatcodeError

if TYPE_CHECKING:
    from chatcode.codebook import Codebook
    from chatcode.report.document import Document
    from chatcode.study.store import Study
    from chatcode.survey.figures import Figures
    from chatcode.survey.questionnaire import Questionnaire, Wave
    from chatcode.survey.reading import Reading

# ── what a study keeps ────────────────────────────────────────────────────────


def kept(study: Study) -> Figures:
    """The figures that the study keeps.

    Raises:
        ChatcodeError: it keeps none.
    """
    from chatcode.survey.keeping import from_json

    text = study.survey()
    if text is None:
        raise ChatcodeError(
            "the study keeps no figures of a survey",
            "Work them out: chatcode survey compare --before FILE --after FILE --keep",
        )
    return from_json(text)


def with_survey(document: Document, study: Study, codebook: Codebook) -> tuple[Document, list[str]]:
    """A document with the kept survey as a further part, and the researcher's own words in that part.

    Raises:
        ChatcodeError: the study keeps no figures of a survey.
    """
    from dataclasses import replace

    from chatcode.report.survey import own_words, survey_section

    found = kept(study)
    section = survey_section(found, lang=document.lang, codebook=codebook, marks=marks_of(study))
    return replace(document, blocks=(*document.blocks, *section)), own_words(found)


def marks_of(study: Study) -> dict[tuple[str, int], str]:
    """The mark that stands per case and intervention: the final one, else the one that all gave alike.

    A cell on which people differ and that nobody has settled has none.
    """
    names = {case.id: case.name for case in study.cases()}
    final: dict[tuple[str, int], str] = {}
    given: dict[tuple[str, int], dict[tuple[str, str], str]] = {}
    for mark in study.marks():
        cell = names[mark.case_id], mark.intervention
        if mark.stage == "final":
            final[cell] = mark.mark
        else:
            given.setdefault(cell, {})[mark.stage, mark.by] = mark.mark
    alike = {cell: {*told.values()} for cell, told in given.items()}
    found = {cell: told.pop() for cell, told in alike.items() if len(told) == 1} | final
    return {cell: mark for cell, mark in found.items() if mark}


# ── how files become figures ──────────────────────────────────────────────────


def questionnaire_of(path: Path | None) -> Questionnaire:
    """The questionnaire in a file; the bundled one without."""
    from chatcode.survey.questionnaire import Questionnaire

    return Questionnaire.load(path)


def read_files(
    files: list[Path] | None, before: list[Path] | None, after: list[Path] | None, book: Questionnaire
) -> Reading:
    """Read exports: those that tell their wave themselves, and those of which it is given.

    Raises:
        ChatcodeError: no file was given, or one cannot be read.
    """
    from chatcode.survey.reading import read_survey

    given: list[tuple[Path, Wave | None]] = [(path, None) for path in files or ()]
    given += [(path, "before") for path in before or ()]
    given += [(path, "after") for path in after or ()]
    if not given:
        raise ChatcodeError("there is no file to read", "Give one: --before FILE, --after FILE.")
    return read_survey(given, book)


def figures_from(
    study: Study | None,
    files: list[Path] | None,
    stats: Path | None,
    before: list[Path] | None,
    after: list[Path] | None,
    questionnaire: Path | None,
    dont_know: str,
    members: list[str] | None,
    d: float,
) -> tuple[Figures, str]:
    """The figures, and the hash of the questionnaire that they were worked out by."""
    from chatcode.survey.figures import figures_from_published, figures_of

    if stats is not None:
        if files or before or after:
            raise ChatcodeError("published figures or exports, not both", "Leave out --stats, or the files.")
        from chatcode.survey.published import read_published

        return figures_from_published(read_published(stats), name=stats.stem, d=d), ""
    book = questionnaire_of(questionnaire)
    reading = read_files(files, before, after, book)
    for file in reading.files:
        if not file["tells_wave"]:
            raise ChatcodeError(
                f"{file['file']} does not tell before from after", "Give it with --before or --after."
            )
        tell_file(file)
    if reading.problems:
        say(f"{len(reading.problems)} things do not fit: chatcode survey check tells them by row.")
    known = _member_counts(study, book, members)
    return figures_of(reading, members=known, dont_know=is_scored(dont_know), d=d), book.hash


def is_scored(dont_know: str) -> bool:
    """Whether "don't know" keeps the score that the questionnaire gives it.

    Raises:
        ChatcodeError: it is neither middle nor missing.
    """
    if dont_know not in ("middle", "missing"):
        raise ChatcodeError(f"“don't know” cannot count as {dont_know!r}", "Choose middle or missing.")
    return dont_know == "middle"


def _member_counts(
    study: Study | None, book: Questionnaire, given: list[str] | None
) -> dict[tuple[str, Wave], int]:
    """How many members an area's chat groups had at either end of the period, where that is known."""
    from chatcode.domain import Layer

    found: dict[tuple[str, Wave], int] = {}
    if study is not None:
        from chatcode.analysis.membership import arrivals

        # Sizes follow from notices alone: whose codings count makes no difference.
        layer = Layer(
            "", study.cases(), study.groups(), study.members(), study.entries(), {}, study.coverage()
        )
        moved, heads = arrivals(layer), study.headcounts()
        for area in book.areas:
            for case in (case for case in layer.cases if case.name == area.case and case.period):
                groups = [group for group in layer.groups if group.case_id == case.id]
                assert case.period is not None
                ends: dict[Wave, date] = {"before": case.period.start, "after": case.period.end}
                for wave, day in ends.items():
                    sizes = [moved[g.id].at(day, [h for h in heads if h.group_id == g.id]) for g in groups]
                    known = [size for size in sizes if size is not None]
                    if sizes and len(known) == len(sizes):
                        found[area.name, wave] = sum(known)
    names = {area.name for area in book.areas}
    for text in given or ():
        name, _, number = text.rpartition("=")
        if name not in names or not number.isdecimal():
            raise ChatcodeError(
                "--members takes AREA=N, with an area of the questionnaire",
                f"Areas are: {', '.join(sorted(names))}.",
            )
        found[name, "before"] = found[name, "after"] = int(number)
    return found


def study_if_any(given: Path | None, *, needed: bool) -> Study | None:
    """The study that is meant; without one where none is needed and none lies here."""
    if given is None and not needed and len(list(Path.cwd().glob("*.study"))) != 1:
        return None
    return options.open_study(given)


def language_of(study: Study | None, given: str | None) -> str:
    """The language that was asked for, else the study's, else Dutch.

    Raises:
        ChatcodeError: there are no documents in that language.
    """
    if study is not None:
        return options.language_of(study, given)
    if given not in (None, "nl", "en"):
        raise ChatcodeError(f"there are no documents in {given!r}", "Choose --lang nl or --lang en.")
    return given or "nl"


def keep_figures(study: Study, figures: Figures, digest: str) -> None:
    """Keep figures in the study, beside those that were kept before."""
    from chatcode.survey.keeping import to_json

    with study.transaction():
        study.keep_survey(to_json(figures), questionnaire_hash=digest)
        study.record("survey compare", kept=len(figures.rows), questionnaire=digest[:12])
    say("Kept the figures in the study; no answers. chatcode report --survey and note --survey print them.")


def tell_file(file: Mapping[str, Any]) -> None:
    """Tell how much was read of a file, and what was passed over."""
    say(
        f"{file['file']}: {file['responses']} respondents, {file['empty']} empty rows,"
        f" {file['personal_columns_dropped']} contact columns dropped"
    )
    if file["unknown_columns"]:
        say(f"  columns that are no question and were not read: {', '.join(file['unknown_columns'])}")
