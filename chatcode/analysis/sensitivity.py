"""How much the proposals hang on the conventions: what becomes of them when each is moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from chatcode.analysis.assessment import Held
from chatcode.analysis.counts import CaseCounts
from chatcode.analysis.material import Material
from chatcode.analysis.proposal import CONVENTIONS, Constants, Proposal, Unit
from chatcode.domain import Evidence, Headcount, Intake, Layer, Mark

if TYPE_CHECKING:
    from chatcode.codebook import Codebook

# What each constant is moved to: a looser and a stricter convention.
ALTERNATIVES: Mapping[str, tuple[float, float]] = {
    "confidence": (0.80, 0.95),
    "ratio": (1.25, 2.0),
    "decline_ratio": (0.5, 0.8),
    "regular": (1 / 3, 2 / 3),
    "opposite": (1 / 4, 1 / 2),
    "coverage": (1 / 3, 2 / 3),
    "coverage_rise": (0.10, 0.25),
    "least_incidents": (3, 10),
    "growth": (0.05, 0.15),
    "least_baseline_months": (3, 9),
    "least_expected": (3, 10),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A rated cell that would get another proposal."""

    case: str
    intervention: int
    proposed: str | None
    instead: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was moved, and the cells that it changes; none is a finding too.

    `what` is the name of a constant, "unit" (flow counted in messages), "months" (the whole of
    both stretches compared, not the same months of the year) or "without" (one group left out of
    a case that has several). `value` is what it was moved to: a number, "messages", "all", or the
    label of the group.
    """

    what: str
    value: float | str
    changes: tuple[Change, ...]


Counted = Mapping[tuple[str, int], Mapping[str, Any]]


def sensitivity(
    layer: Layer,
    codebook: Codebook,
    marks: Sequence[Mark],
    constants: Constants = CONVENTIONS,
    *,
    intake: Iterable[Intake] = (),
    evidence: Iterable[Evidence] = (),
    headcounts: Iterable[Headcount] = (),
    raters: Iterable[str] = (),
) -> list[Line]:
    """One line per constant and value, for the unit, the months and each group left out.

    Cells that no researcher has rated are in none of them: people first.
    """
    held = Held.of(marks, raters)
    material = Material.of(layer, intake, evidence, headcounts)
    counted = _counted(codebook, (CaseCounts.of(material, case) for case in layer.cases))
    proposed = _proposals(layer, codebook, counted, held, constants)

    def line(what: str, value: float | str, moved: Mapping[tuple[str, int], Proposal | None]) -> Line:
        return Line(what, value, tuple(_changes(layer, proposed, moved)))

    lines = [
        line(name, value, _proposals(layer, codebook, counted, held, replace(constants, **{name: value})))
        for name, values in ALTERNATIVES.items()
        for value in values
    ]
    by_messages = _proposals(layer, codebook, counted, held, constants, "messages")
    lines.append(line("unit", "messages", by_messages))
    whole = {key: {**counts, "compared": None} for key, counts in counted.items()}
    lines.append(line("months", "all", _proposals(layer, codebook, whole, held, constants)))
    for case in layer.cases:
        groups = [group for group in layer.groups if group.case_id == case.id]
        for group in groups if len(groups) > 1 else []:
            without = _counted(codebook, [CaseCounts.of(material, case, without=group.id)])
            moved = _proposals(layer, codebook, {**counted, **without}, held, constants)
            lines.append(line("without", group.label, moved))
    return lines


def _counted(codebook: Codebook, cases: Iterable[CaseCounts]) -> Counted:
    return {
        (counts.case.id, intervention.number): counts.counts(intervention, codebook)
        for counts in cases
        for intervention in codebook.interventions.values()
    }


def _proposals(
    layer: Layer,
    codebook: Codebook,
    counted: Counted,
    held: Held,
    constants: Constants,
    unit: Unit = "days",
) -> dict[tuple[str, int], Proposal | None]:
    return {
        (case.id, intervention.number): held.proposal(
            case, intervention, counted[case.id, intervention.number], constants, unit
        )
        for case in layer.cases
        for intervention in codebook.interventions.values()
    }


def _changes(
    layer: Layer,
    proposed: Mapping[tuple[str, int], Proposal | None],
    moved: Mapping[tuple[str, int], Proposal | None],
) -> Iterator[Change]:
    names = {case.id: case.name for case in layer.cases}
    for (case_id, intervention), before in proposed.items():
        after = moved[case_id, intervention]
        was, is_now = before.mark if before else None, after.mark if after else None
        if was != is_now:
            yield Change(names[case_id], intervention, was, is_now)
