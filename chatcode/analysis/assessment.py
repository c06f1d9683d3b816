"""The cells of the table: counts for all, people's marks, and a proposal for those that are rated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chatcode.analysis.counts import CaseCounts
from chatcode.analysis.material import Material
from chatcode.analysis.proposal import CONVENTIONS, NOT_SEEN, Constants, Proposal, Unit, propose
from chatcode.domain import Case, Evidence, Headcount, Intake, Layer, Mark

if TYPE_CHECKING:
    from chatcode.codebook import Codebook, Intervention


@dataclass(frozen=True, slots=True)
class Cell:
    """One intervention in one case.

    `proposed`, with `ground`, is None until the researcher's own mark with its reason is stored:
    people first. `counts` is described at `chatcode.analysis.counts.CaseCounts.counts` and never
    depends on marks. `flag` is the final one, else the researcher's, that of the intake, the program's.
    `prose` tells how it was carried out; `raters` gives the mark of each who rated.
    """

    case: str
    intervention: int
    proposed: str | None
    researcher: str | None
    administrator: str | None
    final: str | None
    flag: str | None
    reason: str | None
    counts: dict[str, Any]
    ground: str | None = None
    prose: str | None = None
    official: str | None = None
    raters: dict[str, str] = field(default_factory=dict)


def cells(
    layer: Layer,
    codebook: Codebook,
    marks: Sequence[Mark],
    constants: Constants = CONVENTIONS,
    *,
    intake: Iterable[Intake] = (),
    evidence: Iterable[Evidence] = (),
    headcounts: Iterable[Headcount] = (),
    raters: Iterable[str] = (),
) -> list[Cell]:
    """All cells, case by case; the only road to a proposal, which is withheld from unrated cells.

    Of several marks on a cell by the same stage the last one holds. With `raters` a cell is rated
    when all of them have.
    """
    held = Held.of(marks, raters)
    material = Material.of(layer, intake, evidence, headcounts)
    return [
        _cell(case, intervention, counted.counts(intervention, codebook), held, constants)
        for case in layer.cases
        for counted in (CaseCounts.of(material, case),)
        for intervention in codebook.interventions.values()
    ]


@dataclass(frozen=True, slots=True)
class Held:
    """The marks that hold, by case, intervention and stage; the researchers' also by who gave them."""

    marks: Mapping[tuple[str, int, str], Mark]
    by_rater: Mapping[tuple[str, int], Mapping[str, Mark]]
    raters: tuple[str, ...] = ()

    @classmethod
    def of(cls, marks: Iterable[Mark], raters: Iterable[str] = ()) -> Held:
        """Keep the last mark of each stage, and of each rater."""
        every = list(marks)
        by_rater: dict[tuple[str, int], dict[str, Mark]] = {}
        for mark in every:
            if mark.stage == "researcher":
                by_rater.setdefault((mark.case_id, mark.intervention), {})[mark.by] = mark
        return cls({(m.case_id, m.intervention, m.stage): m for m in every}, by_rater, tuple(raters))

    def rated(self, case: Case, intervention: int) -> Mark | None:
        """The researcher's mark, once everybody who rates has given one with a reason.

        Where raters differ it is the last that was given.
        """
        told = self.by_rater.get((case.id, intervention), {})
        if any(not (name in told and told[name].reason.strip()) for name in self.raters):
            return None
        found = self.mark(case, intervention, "researcher")
        return found if found and found.reason.strip() else None

    def mark(self, case: Case, intervention: int, stage: str) -> Mark | None:
        """The mark that a stage gave a cell."""
        return self.marks.get((case.id, intervention, stage))

    def proposal(
        self,
        case: Case,
        intervention: Intervention,
        counts: Mapping[str, Any],
        constants: Constants,
        unit: Unit = "days",
    ) -> Proposal | None:
        """The proposal for a rated cell; None where it is unrated or the counts do not allow one.

        Rated is a cell with a researcher's mark and the reason for it. An intervention that another
        one makes possible is X where that one is; as long as the other is unrated it waits.
        """
        if self.rated(case, intervention.number) is None:
            return None
        proposed = propose(counts, constants, unit=unit)
        on = intervention.depends_on
        if proposed is None or on is None:
            return proposed
        leaned_on = self.mark(case, on, "final") or self.rated(case, on)
        if leaned_on is None:
            return Proposal(None, "depends", f"rate intervention {on} first")
        if leaned_on.mark == NOT_SEEN:
            return Proposal(NOT_SEEN, "depends", f"intervention {on} is X")
        return proposed


def _cell(
    case: Case, intervention: Intervention, counts: dict[str, Any], held: Held, constants: Constants
) -> Cell:
    number = intervention.number
    rated = held.rated(case, number)
    administrator, official, final = (
        held.mark(case, number, stage) for stage in ("administrator", "official", "final")
    )
    proposed = held.proposal(case, intervention, counts, constants)
    flag = None
    if rated:
        not_agreed = "not_agreed" if counts["intake"] == "not_agreed" else None
        unsettled = final.flag if final else None
        flag = unsettled or rated.flag or not_agreed or (proposed.flag if proposed else "not_reviewed")
    return Cell(
        case=case.name,
        intervention=number,
        proposed=proposed.mark if proposed else None,
        researcher=rated.mark if rated else None,
        administrator=administrator.mark if administrator else None,
        final=final.mark if final else None,
        flag=flag,
        reason=rated.reason if rated else None,
        counts=counts,
        ground=proposed.why if proposed else None,
        prose=rated.prose if rated else None,
        official=official.mark if official else None,
        raters={by: mark.mark for by, mark in held.by_rater.get((case.id, number), {}).items()}
        if rated
        else {},
    )
