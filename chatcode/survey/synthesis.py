"""The synthesis: which strengthened factor could explain which change, and where none does.

It ties marks to changes by what the questionnaire says an indicator could be moved by. It never says
that one caused the other: a mark says nothing of an effect, and a change has many causes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from chatcode.survey.comparison import side_of
from chatcode.survey.figures import Figures
from chatcode.survey.samples import ALPHA

STRENGTHENED = "✓"

# better, worse: the groups' changes differ by more than chance usually gives, in or against the wanted
# direction. other: they do, and no direction is wanted. one: only one group changed by itself.
# none: neither. unknown: there are no figures to tell by.
Outcome = Literal["better", "worse", "other", "one", "none", "unknown"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What happened to one indicator in one area, and what could explain it.

    `alone` are the groups (E, C) that changed by themselves; `strengthened` those of the
    interventions in `candidates` with the mark ✓; `unrated` those that nobody has marked.
    """

    area: str
    indicator: str
    outcome: Outcome
    difference: float | None
    p: float | None
    holds: bool
    alone: tuple[str, ...]
    candidates: tuple[int, ...]
    strengthened: tuple[int, ...]
    unrated: tuple[int, ...]


def explain(figures: Figures, marks: Mapping[tuple[str, int], str]) -> list[Explanation]:
    """Put changes and marks beside each other; `marks` holds people's last mark per case and intervention."""
    changed = {(c.indicator, c.area): c for c in (*figures.changes, *figures.adjusted)}
    followup: dict[tuple[str, str], list[str]] = {}
    for row in figures.rows:
        if row.kind == "followup":
            moved = followup.setdefault((row.indicator, row.area), [])
            if row.result.p_student < ALPHA:
                moved.append(side_of(row.group))
    found = []
    for area, case in figures.cases.items():
        for measure in figures.measures:
            place = (measure.id, area)
            if place not in changed and place not in followup:
                continue
            change = changed.get(place)
            alone = tuple(followup.get(place, ()))
            outcome: Outcome = "unknown" if change is None else "one" if alone else "none"
            if change is not None and change.p < ALPHA:
                up = change.difference > 0
                outcome = (
                    "other"
                    if measure.wanted is None
                    else "better"
                    if up == (measure.wanted == "up")
                    else "worse"
                )
            found.append(
                Explanation(
                    area,
                    measure.id,
                    outcome,
                    None if change is None else change.difference,
                    None if change is None else change.p,
                    change is not None and change.p_holm < ALPHA,
                    alone,
                    measure.interventions,
                    tuple(n for n in measure.interventions if marks.get((case, n)) == STRENGTHENED),
                    tuple(n for n in measure.interventions if not marks.get((case, n))),
                )
            )
    return found


def without_change(
    figures: Figures, explanations: list[Explanation], marks: Mapping[tuple[str, int], str]
) -> dict[str, tuple[int, ...]]:
    """Per area the interventions that were strengthened while nothing they could move got better."""
    found = {}
    for area, case in figures.cases.items():
        told = [e for e in explanations if e.area == area]
        moved = {n for e in told if e.outcome == "better" for n in e.candidates}
        strengthened = {n for (of, n), mark in marks.items() if of == case and mark == STRENGTHENED}
        if told and strengthened - moved:
            found[area] = tuple(sorted(strengthened - moved))
    return found
