"""What was seen of each intervention, what went against it, and the advice; days per month in a chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from chatcode.analysis.incidents import untied
from chatcode.report import findings as counted
from chatcode.report.advice import advice
from chatcode.report.document import (
    Block,
    CellValue,
    Chart,
    Column,
    Heading,
    Listing,
    Panel,
    Paragraph,
    Table,
)
from chatcode.report.figures import marked
from chatcode.report.findings import Finding
from chatcode.report.note_basis import Basis
from chatcode.report.quotes import example

if TYPE_CHECKING:
    from chatcode.analysis.frequency import Frequency
    from chatcode.codebook import Intervention

OPEN = {
    "none": "No reports were coded in this period.",
    "some": "We saw reports of {reports} in this period. Nobody in the chat came back to {open} of them.",
    "untied": "We saw reports of {reports} in this period. This coding does not tie answers to reports,"
    " so how many were answered cannot be said.",
    "closed": "We saw reports of {reports} in this period. Each time somebody in the chat came back to it.",
}
ANSWERED = {
    1: "Incidents that an administrator or a professional came back to: {answered} of {occasions}.",
    7: "Improper messages that were called to order: {answered} of {occasions}.",
}


def per_intervention(basis: Basis, frequencies: Sequence[Frequency]) -> Iterable[Block]:
    """What was seen of each intervention, what went against it, and the advice."""
    w = basis.w
    yield Heading(w("What we saw, per intervention"))
    yield Paragraph(
        w(
            "We count messages, and days on which there was at least one. An intervention has people "
            "whose part it is, for instance the administrator or the community officer; what others did "
            "in the same spirit stands beside it, as the climate in the chat."
        )
    )
    reports = counted.reports(basis.layer)
    told = "none" if not reports.begun else "some" if reports.open else "closed"
    if reports.begun and untied(basis.layer, "feedback"):
        told = "untied"
    yield Paragraph(
        w(OPEN[told], reports=basis.number_of("reports", reports.begun), open=w.number(reports.open))
    )
    chart = _chart(basis, frequencies)
    if chart is not None:
        yield chart
    for number, intervention in basis.codebook.interventions.items():
        yield Heading(basis.name(number), level=3)
        yield Paragraph(intervention.mechanism[basis.lang])
        found = [f for f in basis.found if f.intervention.number == number]
        yield _seen(basis, found, intervention)
        yield from _details(basis, found)
        yield from _examples(basis, number)
        yield from advice(basis, found)


def _examples(basis: Basis, number: int) -> Iterable[Block]:
    """What somebody signed for; of the opposite too, so each says its code."""
    told = tuple(
        f"{quote.code} {example(quote, basis.w)}"
        for quote in basis.quotes
        if quote.code.rstrip("+-") == str(number)
    )
    if told:
        yield Paragraph(basis.w("Examples, none of them chosen because it speaks for or against anybody:"))
        yield Listing(told)


def _seen(basis: Basis, found: Sequence[Finding], intervention: Intervention) -> Table:
    w = basis.w
    rows: list[tuple[CellValue, ...]] = []
    for f in found:
        # Nothing among messages that were not reviewed is no nought.
        seen = (f.seen.messages, f.seen.days, f.seen.months)
        before = f.before.days if f.before else None
        others = (f.climate.messages, f.opposite.days)
        rows.append(
            (
                f.case,
                *(n if n or f.enough else None for n in seen),
                before,
                *(n if n or f.enough else None for n in others),
            )
        )
    return Table(
        caption=w("Seen in the chat: {name}", name=intervention.name[basis.lang]),
        columns=(
            Column(w("Area")),
            Column(w("Messages"), "number"),
            Column(w("Days"), "number"),
            Column(w("Months"), "number"),
            Column(w("Days in the time before"), "number"),
            Column(w("Messages by others (climate)"), "number"),
            Column(w("Days with messages against it"), "number"),
        ),
        rows=tuple(rows),
        notes=(w("Messages, days and months: by {actors}.", actors=_actors(basis, intervention)),),
        sheet=f"{intervention.number}",
    )


def _actors(basis: Basis, intervention: Intervention) -> str:
    names = {
        "beheerder": basis.w("administrators"),
        "professional": basis.w("professionals"),
        "deelnemer": basis.w("members"),
        "onderzoeker": basis.w("researchers"),
    }
    return ", ".join(name for role, name in names.items() if role in intervention.actors)


def _details(basis: Basis, found: Sequence[Finding]) -> Iterable[Block]:
    """Answered occasions, and the sub-reasons of what went against the intervention."""
    points = []
    for f in found:
        if f.occasions and f.intervention.number in ANSWERED:
            told = basis.w(
                ANSWERED[f.intervention.number],
                answered=basis.w.number(f.answered or 0),
                occasions=basis.w.number(f.occasions),
            )
            points.append(basis.in_case(f, told))
        if f.opposite.messages:
            points.append(basis.in_case(f, _against(basis, f)))
        points += [basis.in_case(f, told) for told in _evidence(basis, f)]
    if points:
        yield Listing(tuple(points))


def _evidence(basis: Basis, f: Finding) -> Iterable[str]:
    """What was seen of it outside the chat, with its number and source."""
    case_ids = {case.id for case in basis.layer.cases if case.name == f.case}
    for one in basis.beside.evidence:
        if one.case_id in case_ids and one.intervention == f.intervention.number and one.day <= basis.made_on:
            told = basis.w("Outside the chat {number}", number=one.cited)
            not_done = "" if one.done else f" ({basis.w('not carried out')})"
            yield f"{told}: {basis.w.day(one.day)}, {one.source}: {one.text}{not_done}"


def _against(basis: Basis, f: Finding) -> str:
    told = basis.w(
        "Against it: {messages} {days}.",
        messages=basis.number_of("messages", f.opposite.messages),
        days=basis.number_of("days", f.opposite.days),
    )
    names = {sub.id: sub.name[basis.lang] for sub in f.intervention.opposite.sub_reasons}
    kinds = ", ".join(
        f"{names[key]} ({basis.w.number(f.sub_reasons[key])})" for key in names if f.sub_reasons.get(key)
    )
    return basis.w("{told} Of these: {kinds}.", told=told, kinds=kinds) if kinds else told


def _chart(basis: Basis, frequencies: Sequence[Frequency]) -> Chart | None:
    """Days per month, all groups together; a month without figures is one in which none is enough."""
    months = tuple(sorted({row.month for row in frequencies}))
    if not months:
        return None
    starts = [case.period.start for case in basis.layer.cases if case.period]
    baseline = sum(month < f"{min(starts):%Y-%m}" for month in months) if starts else 0
    days: dict[tuple[str, str], list[int]] = {}
    for row in frequencies:
        if row.enough:
            told = row.days if row.code.endswith("-") else row.actor_days
            days.setdefault((row.code, row.month), []).append(told)
    return drawn(basis, months, baseline, days)


def drawn(
    basis: Basis, months: tuple[str, ...], baseline: int, days: Mapping[tuple[str, str], Sequence[int]]
) -> Chart:
    """The chart of the days per code and month; the first `baseline` months come before the start."""
    panels = tuple(
        Panel(
            basis.name(number),
            tuple(_total(days, f"{number}+", month) for month in months),
            tuple(_total(days, f"{number}-", month) for month in months),
        )
        for number in basis.codebook.interventions
    )
    return Chart(
        caption=basis.w("Days per month on which each intervention was seen; below the line, against it"),
        months=months,
        baseline=baseline,
        panels=panels,
        unit=basis.w("days"),
        alt=basis.w(
            "Eleven small charts with the days per month on which an intervention was seen. The counts "
            "over the whole period are in the tables below."
        ),
        events=marked(basis.beside.events, None, basis.w),
    )


def _total(days: Mapping[tuple[str, str], Sequence[int]], code: str, month: str) -> float | None:
    found = days.get((code, month))
    return None if found is None else float(sum(found))
