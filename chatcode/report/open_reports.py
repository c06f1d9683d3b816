"""The reports of the period that nobody came back to, which can still be answered."""

from __future__ import annotations

from collections.abc import Iterable

from chatcode.analysis import feedback
from chatcode.analysis.incidents import untied
from chatcode.report import findings as counted
from chatcode.report.document import Block, Column, Heading, Paragraph, Table
from chatcode.report.note_basis import Basis

_OPEN_SHOWN = 10


def open_reports(basis: Basis) -> Iterable[Block]:
    """The reports of the period without word of what was done, which can still be answered."""
    w = basis.w
    if untied(basis.layer, "feedback"):
        return
    cases = {case.name: case for case in basis.layer.cases}
    enough = {f.case for f in basis.found if f.enough}
    found = [
        one
        for one in feedback.open_reports(basis.layer, basis.codebook)
        if one.case in enough and counted.in_period(cases[one.case], one.first_at.date())
    ]
    if not found and basis.layer.groups:
        return
    yield Heading(w("Reports that wait for word"))
    yield Paragraph(
        w(
            "We found no word on these of what was done, by an administrator or a professional. A late "
            "answer is an answer too. If it was given elsewhere, tell us."
        )
    )
    shown = found[-_OPEN_SHOWN:]
    yield Table(
        caption=w("Open reports"),
        columns=(
            Column(w("Chat group")),
            Column(w("First report"), "date"),
            Column(w("Reports of it"), "number"),
            Column(w("Answers by others, or of another kind"), "number"),
        ),
        rows=tuple((o.group, o.first_at.date().isoformat(), o.reports, o.others) for o in shown),
        notes=(w("The latest {shown} of {n}.", shown=len(shown), n=len(found)),)
        if len(found) > len(shown) or not basis.layer.groups
        else (),
        sheet=w("Open reports"),
    )
