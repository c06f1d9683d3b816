"""Figures of a report taken apart: by role, by sub-reason, together on a message, before and after a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from chatcode.analysis.breakdown import Breakdown, by_role, by_sub_reason
from chatcode.analysis.cooccurrence import cooccurrence
from chatcode.analysis.frequency import frequencies
from chatcode.domain import INTERVENTIONS, Case, Period
from chatcode.report.document import Block, Column, Heading, Row, Table
from chatcode.report.figures import FEW, Figures
from chatcode.report.stretches import rate, stretches

BY = ("role", "sub-reason")


def together(f: Figures) -> Iterator[Block]:
    """Which codes stand together on one message."""
    w = f.w
    pairs = cooccurrence(f.layer)
    if not pairs and f.layer.entries:
        return
    yield Heading(w("Codes that stand together"))
    yield Table(
        caption=w("Pairs of codes on one message"),
        columns=(
            Column(w("Area")),
            Column(w("First code")),
            Column(w("Second code")),
            Column(w("Messages with both"), "number"),
            Column(w("Messages with the first"), "number"),
            Column(w("Messages with the second"), "number"),
            Column(w("Times as often as by chance"), "number"),
        ),
        rows=tuple(
            (
                pair.case,
                f"{pair.first} {f.codebook.name(pair.first, w.lang)}",
                f"{pair.second} {f.codebook.name(pair.second, w.lang)}",
                pair.both,
                pair.of_first,
                pair.of_second,
                round(pair.lift, 1) if min(pair.of_first, pair.of_second) >= FEW else None,
            )
            for pair in pairs
        ),
        notes=(
            w("Period and time before together. Chance is given from {n} messages of each code on.", n=FEW),
        ),
        sheet=w("Together"),
        detail=True,
    )


def taken_apart(f: Figures, by: Collection[str]) -> Iterator[Block]:
    """The counts by the role of the writer, or by sub-reason, month by month."""
    w = f.w
    if "role" in by:
        names: dict[str | None, str] = {None: w("without a role")}
        found = by_role(f.layer)
        names.update({row.value: f.roles((row.value or "").split(", ")) for row in found if row.value})
        yield _apart(f, w("By the role of the writer"), w("Role"), found, names, w("By role"))
    if "sub-reason" in by:
        every = f.codebook.interventions.values()
        told: dict[str | None, str] = {
            sub.id: sub.name[w.lang] for one in every for sub in one.opposite.sub_reasons
        }
        found = by_sub_reason(f.layer)
        told = {None: w("no kind chosen"), **{row.value: row.value for row in found if row.value}, **told}
        yield _apart(f, w("The opposite, by kind"), w("Kind"), found, told, w("By kind"))


def _apart(
    f: Figures, caption: str, what: str, found: list[Breakdown], names: dict[str | None, str], sheet: str
) -> Table:
    w = f.w
    return Table(
        caption=caption,
        columns=(
            Column(w("Area")),
            Column(w("Group")),
            Column(w("Month"), "month"),
            Column(w("Code")),
            Column(what),
            Column(w("Messages"), "number"),
            Column(w("Days"), "number"),
        ),
        rows=tuple(
            (row.case, row.group, row.month, row.code, names[row.value], row.messages, row.days)
            for row in found
        ),
        notes=(w("A day on which several did it counts for each of them, so days are not added up."),),
        sheet=sheet,
        detail=True,
    )


def before_and_after(f: Figures, case: Case, day: date) -> Iterator[Block]:
    """The period of a case before a day and from it on, side by side; nothing where it is not inside."""
    w = f.w
    if case.period is None or day not in case.period or day == case.period.start:
        return
    halves = replace(case, baseline=Period(case.period.start, day), period=Period(day, case.period.end))
    layer = replace(f.layer, cases=[halves if one.id == case.id else one for one in f.layer.cases])
    found = stretches(halves, layer, frequencies(layer, f.codebook), f.codebook)
    body: list[Row] = []
    for number in INTERVENTIONS:
        days = [sum(r.actor_days for r in stretch.of(f"{number}+")) for stretch in found]
        against = [sum(r.days for r in stretch.of(f"{number}-")) for stretch in found]
        rates = [rate(stretch, number, None).seen for stretch in found]
        body.append((f.name(number), *days, *rates, *against))
    yield Heading(w("{name} before and after {day}", name=case.name, day=w.day(day)), level=3)
    yield Table(
        caption=w("{name} before and after {day}", name=case.name, day=w.day(day)),
        columns=(
            Column(w("Intervention")),
            Column(w("Days seen before it"), "number"),
            Column(w("Days seen from it on"), "number"),
            Column(w("Per month before it"), "number"),
            Column(w("Per month from it on"), "number"),
            Column(w("Opposite days before it"), "number"),
            Column(w("Opposite days from it on"), "number"),
        ),
        rows=tuple(body),
        notes=(
            w(
                "Seen by those whose part it is. The two are other months of the year and differ in length: "
                "a difference alone says nothing of what the meeting did."
            ),
        ),
        sheet=w("{name} split", name=case.name),
    )
