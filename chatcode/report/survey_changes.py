"""The tables of the survey on how much changed: between groups, within people, and what could be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatcode.report.document import (
    Column,
    Table,
)
from chatcode.report.survey_tables import measure_name
from chatcode.survey.figures import LEAST_SHOWN

if TYPE_CHECKING:
    from chatcode.report.words import Words
    from chatcode.survey.comparison import Changes
    from chatcode.survey.figures import Figures


def changes_that_count(figures: Figures) -> Sequence[Changes]:
    """The changes to go by: the adjusted one where there is one, else the plain one."""
    adjusted = {(c.indicator, c.area): c for c in figures.adjusted}
    if figures.changes:
        return [adjusted.get((c.indicator, c.area), c) for c in figures.changes]
    return figures.adjusted


def changes_table(figures: Figures, w: Words) -> Table | None:
    """The question that the design asks: did members change otherwise than their neighbours?"""
    changes = changes_that_count(figures)
    if not changes:
        return None
    notes = [
        w(
            "Difference: the change of the members less that of the neighbours. p (Holm): corrected "
            "over this table."
        )
    ]
    if figures.adjusted:
        by_person = any(model.errors == "clustered by respondent" for model in figures.adjusted)
        notes.append(
            w(
                "The difference is adjusted for: {covariates}; {errors}. Who did not answer these is left "
                "out.",
                covariates=covariates(figures, w),
                errors=w("errors by respondent, some answered twice")
                if by_person
                else w("robust errors (HC3)"),
            )
        )
    return _changes_table(
        w("Did members change otherwise than their neighbours?"), changes, notes, figures, w, w("Changes")
    )


def covariates(figures: Figures, w: Words) -> str:
    """What changes are adjusted for, as documents call it."""
    return ", ".join(covariate[w.lang] for covariate in figures.covariates) or "–"


def plain_changes_table(figures: Figures, w: Words) -> Table | None:
    """The same without adjustment, where there is one with it."""
    if not figures.changes or not figures.adjusted:
        return None
    caption = w("The same, not adjusted")
    return _changes_table(caption, figures.changes, [], figures, w, caption, detail=True)


def _changes_table(
    caption: str,
    changes: Sequence[Changes],
    notes: Sequence[str],
    figures: Figures,
    w: Words,
    sheet: str,
    *,
    detail: bool = False,
) -> Table:
    return Table(
        caption,
        (
            Column(w("Indicator")),
            Column(w("Area")),
            Column(w("E: after − before"), "decimal"),
            Column(w("C: after − before"), "decimal"),
            Column(w("Difference"), "decimal"),
            Column(w("Interval (95%)")),
            Column("p", "p"),
            Column("p (Holm)", "p"),
        ),
        tuple(
            (
                measure_name(figures.measure(change.indicator), w), change.area, change.change_experimental,
                change.change_control, change.difference, interval(change, w), change.p, change.p_holm,
            )
            for change in changes
        ),
        tuple(notes),
        sheet=sheet,
        detail=detail,
    )  # fmt: skip


def interval(change: Changes, w: Words) -> str:
    """An interval in words: `-0.12 to 0.40`."""
    return w("{low} to {high}", low=w.decimal(change.low), high=w.decimal(change.high))


def paired_table(figures: Figures, w: Words) -> Table | None:
    """The change of those who answered twice."""
    rows = [row for row in figures.paired if row.n >= LEAST_SHOWN]
    if not rows:
        return None
    return Table(
        w("The same people, before and after"),
        (
            Column(w("Indicator")),
            Column(w("Area")),
            Column(w("Group")),
            Column(w("People"), "number"),
            Column(w("Change"), "decimal"),
            Column(w("95% interval")),
            Column("p", "p"),
        ),
        tuple(
            (
                measure_name(figures.measure(row.indicator), w), row.area, row.group, row.n, row.change,
                w("{low} to {high}", low=w.decimal(row.low), high=w.decimal(row.high)), row.p,
            )
            for row in rows
        ),
        (w("Only who could be recognised by their own code; by the paired t test."),),
        sheet=w("The same people"),
        detail=True,
    )  # fmt: skip


def power_table(figures: Figures, w: Words) -> Table | None:
    """What these numbers of respondents can find."""
    if not figures.power:
        return None
    names = {
        "E-vs-C": w("members against neighbours, at the start"),
        "E": w("members, before against after"),
        "C": w("neighbours, before against after"),
        "changes": w("the difference of the changes"),
    }

    def called(what: str) -> str:
        *area, part = what.split(" · ")
        return " · ".join([*area, names.get(part, part)])

    d = figures.power[0].d
    return Table(
        w("What these numbers can find"),
        (
            Column(w("Comparison")),
            Column(w("Respondents")),
            Column(w("Chance to find {d} SD", d=w.decimal(d, 1)), "share"),
            Column(w("Found with 80% chance (SD)"), "decimal"),
        ),
        tuple(
            (called(row.what), " + ".join(map(w.number, row.sizes)), row.power, row.found)
            for row in figures.power
        ),
        (
            w(
                "0.2 SD is usually called small, 0.5 medium, 0.8 large. Two-sided, at p below 0.05, "
                "without correction."
            ),
        ),
        sheet=w("Power"),
    )
