"""What a note says of one intervention in one case: counts, a person's mark, the situation to advise on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chatcode.analysis.frequency import (
    ENOUGH_REVIEWED,
    Sighting,
    actors_of,
    counted_messages,
    is_actor,
    sightings,
)
from chatcode.analysis.incidents import improprieties, incidents, untied
from chatcode.analysis.proposal import CONVENTIONS
from chatcode.domain import Case, Group, Layer, LinkKind, Period

if TYPE_CHECKING:
    from chatcode.analysis.assessment import Cell
    from chatcode.codebook import Codebook, Intervention

# An odd message is no pattern: below this many days opposite messages decide nothing.
LEAST_OPPOSITE_DAYS = 3
# Whether an occasion was answered is told by links of this kind.
_TIES: Mapping[int, LinkKind] = {1: "feedback", 7: "correction"}
_BY_MARK = {"✓": "seen_well", "=": "seen_well", "~": "seen_little", "X": "not_seen"}


@dataclass(frozen=True, slots=True)
class Tally:
    """Messages of one sort: how many, on how many days (once per group and day), in how many months."""

    messages: int = 0
    days: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One intervention in one case, over the reviewed messages of its period.

    `seen` is by those whose part the intervention is, `climate` the same by others. `before` is
    what the actors did in the baseline, None where no export reaches back so far. `enough` is
    whether so much of the period is reviewed that its counts may be judged. `occasions`
    and `answered` are for coverage only, else None. `sub_reasons` counts messages per sub-reason.
    `grown` is for stock only: whether the members grew by the least share, None where not known.
    """

    case: str
    intervention: Intervention
    enough: bool
    covered_months: int
    seen: Tally
    climate: Tally
    opposite: Tally
    sub_reasons: Mapping[str, int]
    before: Tally | None
    occasions: int | None
    answered: int | None
    mark: str | None
    flag: str | None
    grown: bool | None = None

    @property
    def situation(self) -> str | None:
        """The situation of the codebook that the advice is chosen by.

        A person's mark decides where there is one; else the same conventions as for proposals, on
        counts alone. The advice is never milder than the counts: where messages went against it, or
        where a mark says that it was done in part and nothing of it was seen, the counts decide.
        None where nothing can be advised: too little reviewed, or not agreed beforehand.
        """
        if self.flag == "not_agreed" or not (self.mark or self.enough):
            return None
        if not self.occasions and (self.flag == "no_occasion" or (self.occasions == 0 and not self.mark)):
            return "no_occasion"
        found = _BY_MARK.get(self.mark or "") or self._counted()
        if self._mostly_opposite() and (found != "seen_well" or self.mark):
            return "opposite"
        if found == "seen_little" and self.mark and self.enough and self._counted() == "not_seen":
            return "not_seen"
        return found

    def _counted(self) -> str:
        if self.intervention.measure == "stock":
            # The advice for what goes well says that the group grew: recruiting alone is not growth.
            recruited = "seen_well" if self.grown else "seen_little"
            return recruited if self.seen.days else "not_seen"
        if self.occasions:
            answered, of, least = self.answered or 0, self.occasions, CONVENTIONS.coverage
        else:
            answered, of, least = self.seen.months, self.covered_months, CONVENTIONS.regular
        if answered == 0 or of == 0:
            return "not_seen" if self.seen.days == 0 else "seen_little"
        if self._mostly_opposite():
            return "seen_little"
        return "seen_well" if answered / of >= least else "seen_little"

    def _mostly_opposite(self) -> bool:
        # An improper message is the occasion of 7, so its number says nothing of how 7 was done.
        if self.intervention.number == 7:
            return False
        days = self.opposite.days + self.seen.days
        return self.opposite.days >= LEAST_OPPOSITE_DAYS and self.opposite.days / days >= CONVENTIONS.opposite


@dataclass(frozen=True, slots=True)
class Reports:
    """How many incidents began in the period, and how many of them no message answers."""

    begun: int
    open: int


def until(layer: Layer, day: date) -> Layer:
    """The layer as it was before a day: later messages and covered days are left out."""
    return replace(
        layer,
        entries=[entry for entry in layer.entries if entry.sent_at.date() < day],
        coverage={
            group: [Period(s.start, min(s.end, day)) for s in stretches if s.start < day]
            for group, stretches in layer.coverage.items()
        },
    )


def findings(layer: Layer, codebook: Codebook, cells: Sequence[Cell]) -> list[Finding]:
    """All findings, intervention by intervention, the cases in the order of the study."""
    every = {(cell.case, cell.intervention): cell for cell in cells}
    rated = {key: cell for key, cell in every.items() if cell.researcher is not None}
    seen = sightings(layer)
    occasions = _occasions(layer, codebook)
    found = []
    for number, intervention in codebook.interventions.items():
        for case in layer.cases:
            groups = [group for group in layer.groups if group.case_id == case.id]
            cell = rated.get((case.name, number))
            counted = occasions.get((case.id, number), [])
            coverage = intervention.measure == "coverage" and not (
                number in _TIES and untied(layer, _TIES[number])
            )
            found.append(
                _finding(
                    layer, case, groups, intervention, codebook, seen,
                    occasions=len(counted) if coverage else None,
                    answered=sum(counted) if coverage else None,
                    mark=(cell.final or cell.researcher) if cell else None,
                    flag=cell.flag if cell else None,
                    grown=_grown(every.get((case.name, number))),
                )
            )  # fmt: skip
    return found


def reports(layer: Layer) -> Reports:
    """Count the incidents of the period and those that stayed open."""
    cases = _case_of(layer)
    begun = [i for i in incidents(layer) if in_period(cases[i.group_id], i.first_at.date())]
    return Reports(len(begun), sum(not i.answers for i in begun))


def in_period(case: Case, day: date) -> bool:
    """Whether a day lies in the period of a case; every day does where it has none."""
    return case.period is None or day in case.period


def covered(layer: Layer, groups: Iterable[Group], within: Period | None) -> tuple[int, set[str]]:
    """Days that the exports of these groups cover, and the months they lie in."""
    days, months = 0, set()
    for group in groups:
        for stretch in layer.coverage.get(group.id, ()):
            day = max(stretch.start, within.start) if within else stretch.start
            end = min(stretch.end, within.end) if within else stretch.end
            while day < end:
                days += 1
                months.add(f"{day:%Y-%m}")
                day += timedelta(days=1)
    return days, months


def _finding(
    layer: Layer, case: Case, groups: Sequence[Group], intervention: Intervention, codebook: Codebook,
    seen: Mapping[str, Sequence[Sighting]], *, occasions: int | None, answered: int | None,
    mark: str | None, flag: str | None, grown: bool | None,
) -> Finding:  # fmt: skip
    plus, minus = f"{intervention.number}+", f"{intervention.number}-"
    actors = actors_of(plus, codebook)
    every = [(group.id, s) for group in groups for s in seen[group.id]]
    now = [(group, s) for group, s in every if in_period(case, s.day)]
    by_actors = [(g, s) for g, s in now if plus in s.act.codes and is_actor(s.roles, actors)]
    by_others = [(g, s) for g, s in now if plus in s.act.codes and not is_actor(s.roles, actors)]
    opposite = [(g, s) for g, s in now if minus in s.act.codes]
    before = None
    if case.baseline is not None and covered(layer, groups, case.baseline)[0]:
        before = _tally(
            [
                (g, s)
                for g, s in every
                if s.day in case.baseline and plus in s.act.codes and is_actor(s.roles, actors)
            ]
        )
    return Finding(
        case=case.name,
        intervention=intervention,
        enough=_enough(layer, case, groups),
        covered_months=len(covered(layer, groups, case.period)[1]),
        seen=_tally(by_actors),
        climate=_tally(by_others),
        opposite=_tally(opposite),
        sub_reasons=Counter(
            choice.sub_reason
            for _, s in opposite
            for choice in s.act.choices
            if choice.code == minus and choice.sub_reason
        ),
        before=before,
        occasions=occasions,
        answered=answered,
        mark=mark,
        flag=flag,
        grown=grown,
    )


def _grown(cell: Cell | None) -> bool | None:
    """Whether a group grew by the least share for ✓; None where its size is not known."""
    counts = cell.counts.get("period", {}) if cell else {}
    start = counts.get("members_at_start")
    return counts["members_net"] / start >= CONVENTIONS.growth if start else None


def _enough(layer: Layer, case: Case, groups: Sequence[Group]) -> bool:
    ids = {group.id for group in groups}
    reviewed = [
        entry.id in layer.acts
        for group, _, entry in counted_messages(layer)
        if group.id in ids and in_period(case, entry.sent_at.date())
    ]
    return bool(reviewed) and sum(reviewed) / len(reviewed) >= ENOUGH_REVIEWED


def _tally(seen: Sequence[tuple[str, Sighting]]) -> Tally:
    return Tally(len(seen), len({(g, s.day) for g, s in seen}), len({s.month for _, s in seen}))


def _occasions(layer: Layer, codebook: Codebook) -> dict[tuple[str, int], list[bool]]:
    """Per case, for 1 the incidents and for 7 the improper messages: whether the actors answered each."""
    cases = _case_of(layer)
    found: dict[tuple[str, int], list[bool]] = {}
    for incident in incidents(layer):
        case = cases[incident.group_id]
        if in_period(case, incident.first_at.date()):
            answered = any(
                "1+" in answer.codes and is_actor(answer.roles, actors_of("1+", codebook))
                for answer in incident.answers
            )
            found.setdefault((case.id, 1), []).append(answered)
    for improper in improprieties(layer):
        case = cases[improper.group_id]
        if in_period(case, improper.at.date()):
            corrected = any(is_actor(roles, actors_of("7+", codebook)) for roles in improper.corrected_by)
            found.setdefault((case.id, 7), []).append(corrected)
    return found


def _case_of(layer: Layer) -> dict[str, Case]:
    cases = {case.id: case for case in layer.cases}
    return {group.id: cases[group.case_id] for group in layer.groups}
