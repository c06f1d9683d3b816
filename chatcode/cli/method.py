"""`chatcode method`: the appendix on method, and the package of counts for reviewers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatcode.cli import given, options
from chatcode.cli.output import next_step, print_json, print_rows, say
from chatcode.errors import ChatcodeError, CheckError

if TYPE_CHECKING:
    from chatcode.codebook import Codebook
    from chatcode.domain import Layer
    from chatcode.report.learning import Learning
    from chatcode.report.told import Agreed, Jointly, Told
    from chatcode.study.store import Study


def method(
    out: options.OutOption = None,
    package: Annotated[
        Path | None, typer.Option("--package", help="Write the counts for reviewers, without text: .zip.")
    ] = None,
    recompute: Annotated[
        Path | None,
        typer.Option("--recompute", help="Work the table of a package out again; needs no study."),
    ] = None,
    deviation: Annotated[
        str | None, typer.Option("--deviation", help="Keep where the study went another way than planned.")
    ] = None,
    day: Annotated[
        datetime | None, typer.Option(formats=options.DAY, help="The day of the deviation; else today.")
    ] = None,
    by: given.ByOption = "researcher",
    lang: options.LangOption = None,
    coder: options.CoderOption = None,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    overwrite: options.OverwriteOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Make the appendix on method from the study's own record, and the package of counts for reviewers.

    Example: chatcode method --out method.docx --package counts.zip
    """
    if recompute:
        _recompute(recompute, as_json)
        return
    with options.open_study(study) as opened:
        if deviation is not None:
            when = day.date() if day else date.today()  # noqa: DTZ011 the day where the evaluator is
            opened.add_deviation(when, given.text(deviation, "--deviation"), given.text(by, "--by"))
            opened.record("method", deviation=True)
            say("Kept; the appendix prints it.")
            if not out and not package:
                return
        codebook = options.codebook_of(opened)
        layer = opened.layer(coder)
        along = _package(opened, codebook, layer, package) if package else {}
        _appendix(
            opened, codebook, layer, out, along, options.language_of(opened, lang), key, passphrase_fd,
            overwrite, as_json,
        )  # fmt: skip
    next_step("chatcode note --out adviesnotitie.docx", "make the advisory note")


def _appendix(
    study: Study,
    codebook: Codebook,
    layer: Layer,
    out: list[Path] | None,
    along: Mapping[Path, tuple[bytes, bytes]],
    lang: str,
    key: Path | None,
    descriptor: int | None,
    overwrite: bool,
    as_json: bool,
) -> None:
    from chatcode.analysis.sensitivity import sensitivity
    from chatcode.cli.documents import as_data, deliver
    from chatcode.report.method import appendix
    from chatcode.report.told import Told

    beside = study.beside()
    moved = sensitivity(layer, codebook, study.marks(), **beside.counted()) if study.marks() else []
    document = appendix(
        layer, codebook, _told(study, layer), lang=lang, study=study.path.stem, beside=beside, moved=moved
    )
    if as_json and not along:
        print_json(as_data(document))
        return
    deliver(
        study,
        document,
        empty=appendix(study.empty_layer(), codebook, Told(), lang=lang, study=""),
        out=out,
        key=key,
        descriptor=descriptor,
        overwrite=overwrite,
        along=along,
    )
    if out or along:
        study.record("method", files=len(out or ()), packages=len(along))
    if along:
        say("The package holds counts only. Small counts can still tell an insider what happened.")


def _told(study: Study, layer: Layer) -> Told:
    from importlib.metadata import version

    from chatcode.analysis.acceptance import links_taken
    from chatcode.report.told import Told

    settings = study.settings()
    return Told(
        started=datetime.fromisoformat(settings.created_at).date(),
        period=settings.period,
        baseline=settings.baseline,
        interim=settings.interim,
        data_plan=settings.data_plan,
        legal_basis=settings.legal_basis,
        informed=settings.informed,
        exports=study.exports(),
        codebooks=study.codebooks(),
        work=study.work(),
        log=study.log(),
        suggestions=study.suggestion_run(),
        deviations=study.deviations(),
        agreed=_agreed(study),
        jointly=_jointly(study),
        marks=study.marks(),
        version=f"chatcode {version('chatcode')}",
        learning=_learning(study),
        links=links_taken(layer.acts.values(), study.proposed_links([act.id for act in layer.acts.values()])),
    )


def _learning(study: Study) -> Learning:
    from chatcode.report.learning import Changed, Learning, PassedOver, Practised

    return Learning(
        [Practised(p.at.date(), p.coder, p.agreed, p.messages) for p in study.practices()],
        [PassedOver(s.at.date(), s.step, s.reason, s.by) for s in study.skipped_steps()],
        [Changed(c.at.date(), c.new_hash[:12], c.reason, c.by) for c in study.codebook_changes()],
    )


def _agreed(study: Study) -> list[Agreed]:
    """Every two coders who have read the same messages of a round before they talked."""
    from itertools import combinations

    from chatcode.analysis.agreement import agreement, overall
    from chatcode.analysis.disagreement import codes_of, pairs_of
    from chatcode.report.told import Agreed

    settled = study.adjudicator()
    found = []
    rounds = [(coder, round_) for coder, round_ in study.rounds() if coder != settled]
    for (first, one), (second, two) in combinations(rounds, 2):
        if one != two or first == second:
            continue
        pairs = pairs_of(
            study.entries(),
            codes_of(study.first_readings(first, one)[0]),
            codes_of(study.first_readings(second, two)[0]),
            members=study.members(),
            groups=study.groups(),
            cases=study.cases(),
        )
        if pairs:
            found.append(Agreed(first, second, agreement(pairs), overall(pairs)))
    return found


def _jointly(study: Study) -> list[Jointly]:
    """All coders of a round in which three or more have read the same messages before they talked."""
    from chatcode.analysis.disagreement import codes_of, shared_of
    from chatcode.analysis.panel import panel, panel_overall
    from chatcode.report.told import Jointly

    settled = study.adjudicator()
    found = []
    for round_ in sorted({one for coder, one in study.rounds() if coder != settled}):
        readings = {
            coder: codes_of(study.first_readings(coder, round_)[0])
            for coder, one in study.rounds()
            if one == round_ and coder != settled
        }
        shared = shared_of(
            study.entries(), readings, members=study.members(), groups=study.groups(), cases=study.cases()
        )
        names = sorted({coder for one in shared for coder in one.codes})
        if len(names) > 2:
            found.append(Jointly(names, panel(shared), panel_overall(shared)))
    return found


def _package(study: Study, codebook: Codebook, layer: Layer, path: Path) -> dict[Path, tuple[bytes, bytes]]:
    """The package, and the same of an empty study."""
    from chatcode.analysis.assessment import cells
    from chatcode.analysis.frequency import frequencies
    from chatcode.exchange.package import write

    if path.suffix != ".zip":
        raise ChatcodeError(f"{path.name}: no such format", "A package ends in .zip.")
    found = cells(layer, codebook, study.marks(), **study.beside().counted())
    return {path: (write(found, frequencies(layer, codebook), codebook), write([], [], codebook))}


def _recompute(path: Path, as_json: bool) -> None:
    from chatcode.exchange.package import recompute

    found = recompute(given.content(path), path.name)
    rows = [
        {
            "case": one.case,
            "intervention": one.intervention,
            "proposed": one.proposed,
            "again": one.again,
            "same": one.same,
        }
        for one in found
    ]
    if as_json:
        print_json({"rows": rows})
    else:
        print_rows(rows, ("case", "intervention", "proposed", "again", "same"), title=path.name)
    differing = sum(not one.same for one in found)
    if differing:
        raise CheckError(
            f"{differing} of {len(found)} proposals come out otherwise", "The package is not as it was made."
        )
    say(f"All {len(found)} proposals come out the same.")
