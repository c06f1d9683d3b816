"""The cells of the table: counts for all, people's marks, and a proposal for those that are rated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
    depends on marks. `flag` is the researcher's, else that of the intake, else the program's.
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


def cells(
    layer: Layer,
    codebook: Codebook,
    marks: Sequence[Mark],
    constants: Constants = CONVENTIONS,
    *,
    intake: Iterable[Intake] = (),
    evidence: Iterable[Evidence] = (),
    headcounts: Iterable[Headcount] = (),
) -> list[Cell]:
    """All cells, case by case; the only road to a proposal, which is withheld from unrated cells.

    Of several marks on a cell by the same stage the last one holds.
    """
    held = Held.of(marks)
    material = Material.of(layer, intake, evidence, headcounts)
    return [
        _cell(case, intervention, counted.counts(intervention, codebook), held, constants)
        for case in layer.cases
        for counted in (CaseCounts.of(material, case),)
        for intervention in codebook.interventions.values()
    ]


@dataclass(frozen=True, slots=True)
class Held:
    """The marks that hold, by case, intervention and stage."""

    marks: Mapping[tuple[str, int, str], Mark]

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> Held:
        """Keep the last mark of each stage."""
        return cls({(m.case_id, m.intervention, m.stage): m for m in marks})

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
        rated = self.mark(case, intervention.number, "researcher")
        if rated is None or not rated.reason.strip():
            return None
        proposed = propose(counts, constants, unit=unit)
        on = intervention.depends_on
        if proposed is None or on is None:
            return proposed
        leaned_on = self.mark(case, on, "final") or self.mark(case, on, "researcher")
        if leaned_on is None:
            return Proposal(None, "depends", f"rate intervention {on} first")
        if leaned_on.mark == NOT_SEEN:
            return Proposal(NOT_SEEN, "depends", f"intervention {on} is X")
        return proposed


def _cell(
    case: Case, intervention: Intervention, counts: dict[str, Any], held: Held, constants: Constants
) -> Cell:
    number = intervention.number
    rated, administrator, final = (
        held.mark(case, number, stage) for stage in ("researcher", "administrator", "final")
    )
    proposed = held.proposal(case, intervention, counts, constants)
    flag = None
    if rated:
        not_agreed = "not_agreed" if counts["intake"] == "not_agreed" else None
        flag = rated.flag or not_agreed or (proposed.flag if proposed else "not_reviewed")
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
    )
