"""The appendix on method: what was done, over what, by whom and how, for whoever wants to check it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chatcode.analysis.frequency import ENOUGH_REVIEWED, covered_days, reviewed_shares
from chatcode.domain import Beside, Layer, Period
from chatcode.report import steps
from chatcode.report.document import Block, Box, Column, Document, Heading, Listing, Paragraph, Table
from chatcode.report.learning import learning
from chatcode.report.method_coding import agreement, coding, suggestions
from chatcode.report.told import Told
from chatcode.report.words import Words

if TYPE_CHECKING:
    from chatcode.analysis.sensitivity import Line
    from chatcode.codebook import Codebook


def appendix(
    layer: Layer,
    codebook: Codebook,
    told: Told,
    *,
    lang: str,
    study: str,
    beside: Beside | None = None,
    moved: Sequence[Line] = (),
) -> Document:
    """Write the appendix. That of an empty layer holds every sentence that it can say."""
    w = Words(lang)
    beside = beside or Beside()
    blocks: list[Block] = [
        Paragraph(
            w(
                "This appendix is made from the study's own record. What it cannot know stands at the "
                "end, as "
                "a list for the researchers to fill in."
            )
        ),
        *_design(told, layer, w),
        *_exports(told, layer, w),
        *_codebooks(told, codebook, w),
        *learning(told.learning, w),
        *coding(told, layer, w),
        *suggestions(told, layer, w),
        *agreement(told, w),
        *steps.method(moved, codebook, w),
        *_deviations(told, layer, beside, w),
        *_checklist(told, layer, beside, w),
    ]
    if not layer.cases:
        blocks += [Heading(w("All wording of this report")), Listing(w.every())]
    standing = " · ".join(filter(None, (w("pseudonymised"), study, told.version)))
    return Document(w("Appendix on method"), lang, standing, tuple(blocks))


def _design(told: Told, layer: Layer, w: Words) -> Iterator[Block]:
    yield Heading(w("Design"))
    points = [
        w("Areas: {n}; groups: {groups}.", n=len(layer.cases), groups=len(layer.groups)),
        *(
            w(
                "{name}: {start} to {end}.",
                name=name,
                start=w.day(p.start),
                end=w.day(p.end - timedelta(days=1)),
            )
            for name, p in ((w("The period"), told.period), (w("Time before"), told.baseline))
            if p
        ),
    ]
    if told.interim:
        points.append(w("Interim meeting: {day}.", day=w.day(told.interim)))
    if told.started:
        points.append(w("The study file was started on {day}.", day=w.day(told.started)))
    for name, text in (
        (w("Data plan"), told.data_plan),
        (w("Legal basis"), told.legal_basis),
        (w("How members were informed"), told.informed),
    ):
        points.append(f"{name}: {text or w('not told')}.")
    yield Listing(tuple(points))
    yield Paragraph(
        w(
            "Unit of coding: the message. Units of counting: messages, days (once per group and day) "
            "and, for what "
            "answers reports, incidents. Messages of researchers are left out. Names, numbers and "
            "addresses were "
            "replaced before anybody read."
        )
    )


def _exports(told: Told, layer: Layer, w: Words) -> Iterator[Block]:
    """The windows of the exports, and what lies open between them."""
    yield Heading(w("Exports: windows and gaps"))
    yield Table(
        caption=w("Exports that were read"),
        columns=(
            Column(w("Group")),
            Column(w("First day"), "date"),
            Column(w("Last day"), "date"),
            Column(w("Read on"), "date"),
        ),
        rows=tuple((x["group"], x["first_day"], x["last_day"], x["imported_at"][:10]) for x in told.exports),
        notes=(w("An export holds what was still on the phone: deleted messages are missing."),),
        sheet=w("Exports"),
    )
    cases = {case.id: case for case in layer.cases}
    rows = []
    for group in layer.groups:
        case = cases[group.case_id]
        for name, stretch in ((w("Time before"), case.baseline), (w("The period"), case.period)):
            for first, last in _gaps(layer.coverage.get(group.id, ()), stretch) if stretch else ():
                days = (last - first).days + 1
                rows.append((group.label, name, first.isoformat(), last.isoformat(), days))
    yield Table(
        caption=w("Days that no export covers"),
        columns=(
            Column(w("Group")),
            Column(w("Stretch")),
            Column(w("First day"), "date"),
            Column(w("Last day"), "date"),
            Column(w("Days"), "number"),
        ),
        rows=tuple(rows),
        notes=(w("No row means no gap."),),
        sheet=w("Gaps"),
    )


def _gaps(covered: Sequence[Period], within: Period) -> Iterator[tuple[date, date]]:
    """The days of a stretch that nothing covers, as first and last day."""
    day = within.start
    for stretch in covered:
        if stretch.start > day and day < within.end:
            yield day, min(stretch.start, within.end) - timedelta(days=1)
        day = max(day, stretch.end)
    if day < within.end:
        yield day, within.end - timedelta(days=1)


def _codebooks(told: Told, codebook: Codebook, w: Words) -> Iterator[Block]:
    yield Heading(w("Codebook"))
    yield Paragraph(
        w(
            "{n} codes: the report, and for each of {interventions} interventions one for what was seen "
            "and one "
            "for the opposite, with sub-reasons. The codes were fixed beforehand.",
            n=len(codebook.codes),
            interventions=len(codebook.interventions),
        )
    )
    yield Table(
        caption=w("Versions of the codebook"),
        columns=(
            Column(w("Version")),
            Column(w("Taken into use"), "date"),
            Column(w("Decisions made under it"), "number"),
            Column(w("In use now")),
        ),
        rows=tuple(
            (one["hash"][:12], one["taken_at"][:10], one["acts"], w("yes") if one["now"] else w("no"))
            for one in told.codebooks
        ),
        sheet=w("Codebook"),
    )


def _deviations(told: Told, layer: Layer, beside: Beside, w: Words) -> Iterator[Block]:
    """What went another way, as people told it and as the record shows it."""
    yield Heading(w("Deviations and limits"))
    points = [f"{w.day(day)}: {text}" for day, text in told.deviations]
    if told.period:
        late = sum(one.at.date() >= told.period.start for one in beside.intake)
        if late:
            points.append(w("{n} cells of the intake were entered after the period had begun.", n=late))
    cells = len(layer.cases) * 11
    entered = len({(one.case_id, one.intervention) for one in beside.intake})
    if entered < cells:
        points.append(w("The intake has {n} of {cells} cells.", n=entered, cells=cells))
    short = [share for share in reviewed_shares(layer).values() if share < ENOUGH_REVIEWED]
    if short:
        points.append(
            w(
                "In {n} months of a group less than 95% is reviewed; they give no rates and no proposals.",
                n=len(short),
            )
        )
    cases = {case.id: case for case in layer.cases}
    for case in layer.cases:
        own = [group for group in layer.groups if group.case_id == case.id]
        if not case.baseline or not any(
            month < f"{case.period.start:%Y-%m}"
            for group in own
            for month in covered_days(layer, group, cases[case.id])
            if case.period
        ):
            points.append(w("{case}: there is no counted time before to compare with.", case=case.name))
    marks = [m for m in told.marks if m.stage == "researcher"]
    again = len(marks) - len({(m.case_id, m.intervention, m.by) for m in marks})
    if again:
        points.append(w("{n} marks were given again by the same rater; all of them are kept.", n=again))
    yield Listing(tuple(points)) if points else Paragraph(w("None is on record."))


def _checklist(told: Told, layer: Layer, beside: Beside, w: Words) -> Iterator[Block]:
    """The items of two checklists for reports on qualitative research that this record can fill."""
    yield Heading(w("Checklist for the report"))
    raters = beside.raters or tuple(dict.fromkeys(m.by for m in told.marks if m.stage == "researcher"))
    heard = any(m.stage in ("administrator", "official") for m in told.marks)
    coders = tuple(dict.fromkeys(one["coder"] for one in told.work))
    here, to_write = w("in this appendix"), w("to be written by the researchers")
    items = (
        ("SRQR 5", w("Approach"), w("codes fixed beforehand, counts per month, marks by people"), ""),
        ("SRQR 6", w("Who the researchers are, and how that may matter"), to_write, ""),
        ("SRQR 7", w("Context"), to_write, ""),
        ("SRQR 8", w("Sampling"), here, w("Coders and coding")),
        ("SRQR 9", w("Ethics: legal basis, informing members"), told.legal_basis or to_write, ""),
        ("SRQR 10–12", w("Data: exports, windows, number of messages"), here, w("Exports: windows and gaps")),
        ("SRQR 13", w("Processing: pseudonymised before reading"), here, w("Design")),
        (
            "SRQR 14",
            w("Analysis: codebook, counting, conventions"),
            here,
            w("The conventions, and what hangs on them"),
        ),
        (
            "SRQR 15",
            w("Trustworthiness: second coder, reply of those concerned"),
            here if told.agreed or heard else w("neither is on record"),
            w("Agreement between coders"),
        ),
        ("SRQR 19", w("Limits"), here, w("Deviations and limits")),
        ("SRQR 20–21", w("Interests and funding"), to_write, ""),
        ("COREQ 24", w("Number of coders"), w.number(len(coders)), w("Coders and coding")),
        ("COREQ 25", w("The codes described"), w("the codebook file, by its version"), w("Codebook")),
        ("COREQ 26", w("Where the codes come from"), w("fixed beforehand"), w("Codebook")),
        ("COREQ 27", w("Software"), told.version or "chatcode", ""),
        ("COREQ 28", w("Those concerned could reply"), w("yes") if heard else w("no reply is on record"), ""),
        ("–", w("Who rated the cells"), w.number(len(raters)), ""),
    )
    yield Table(
        caption=w("Items of SRQR and COREQ"),
        columns=(
            Column(w("Item")),
            Column(w("What it asks")),
            Column(w("What there is")),
            Column(w("Where")),
        ),
        rows=items,
        notes=(w("Items that this record knows nothing of are left out."),),
        sheet=w("Checklist"),
    )
    yield Box(
        w("For the researchers to fill in"),
        (w("Who the researchers are; the context; interests and funding; how areas were chosen."),),
    )
