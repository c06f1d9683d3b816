"""The cells of the table: counts for all, people's marks, and a proposal for those that are rated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from chatcode.analysis import proposal
from chatcode.analysis.frequency import (
    ENOUGH_REVIEWED,
    Sighting,
    actors_of,
    counted_messages,
    is_actor,
    month_of,
    reviewed_shares,
    sightings,
)
from chatcode.analysis.incidents import Impropriety, Incident, improprieties, incidents
from chatcode.analysis.membership import arrivals
from chatcode.analysis.proposal import CONVENTIONS, Constants, Proposal, Stretch
from chatcode.domain import Case, Group, Layer, Mark, Period

if TYPE_CHECKING:
    from chatcode.codebook import Codebook, Intervention

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Cell:
    """One intervention in one case.

    `proposed` is None until the researcher's own mark with its reason is stored: people first.
    `counts` holds what is known of both stretches, in JSON's types, and never depends on marks.
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
    layer: Layer, codebook: Codebook, marks: Sequence[Mark], constants: Constants = CONVENTIONS
) -> list[Cell]:
    """All cells, case by case; the only road to a proposal, which is withheld from unrated cells."""
    held = {(mark.case_id, mark.intervention, mark.stage): mark for mark in marks}
    found = []
    evidence = _Evidence.of(layer)
    for case in layer.cases:
        groups = [group for group in layer.groups if group.case_id == case.id]
        for number, intervention in codebook.interventions.items():
            counts, proposed = _judge(evidence, case, groups, intervention, codebook, constants)
            rated = held.get((case.id, number, "researcher"))
            administrator = held.get((case.id, number, "administrator"))
            final = held.get((case.id, number, "final"))
            if intervention.depends_on is not None:
                leaned_on = held.get((case.id, intervention.depends_on, "researcher"))
                proposed = _depending(proposed, intervention.depends_on, leaned_on)
            found.append(
                Cell(
                    case=case.name,
                    intervention=number,
                    proposed=proposed.mark if rated and proposed else None,
                    researcher=rated.mark if rated else None,
                    administrator=administrator.mark if administrator else None,
                    final=final.mark if final else None,
                    flag=((rated.flag or (proposed.flag if proposed else "not_reviewed")) if rated else None),
                    reason=rated.reason if rated else None,
                    counts=counts,
                    ground=proposed.why if rated and proposed else None,
                )
            )
    return found


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Everything of a layer that the cells are worked out from, gathered once."""

    layer: Layer
    seen: Mapping[str, Sequence[Sighting]]
    shares: Mapping[tuple[str, str], float]
    incidents: Sequence[Incident]
    improprieties: Sequence[Impropriety]

    @classmethod
    def of(cls, layer: Layer) -> _Evidence:
        return cls(layer, sightings(layer), reviewed_shares(layer), incidents(layer), improprieties(layer))


def _judge(
    evidence: _Evidence,
    case: Case,
    groups: Sequence[Group],
    intervention: Intervention,
    codebook: Codebook,
    constants: Constants,
) -> tuple[dict[str, Any], Proposal | None]:
    number = intervention.number
    actors = actors_of(f"{number}+", codebook)
    period, baseline = case.period or _everything(evidence.layer, groups), case.baseline
    months = _shared_months(evidence, groups, period, baseline)
    counts: dict[str, Any] = {"measure": intervention.measure, "compared_months": sorted(months) or None}
    stretches: dict[str, Stretch] = {}
    compared: dict[str, Stretch] = {}
    for name, days in (("period", period), ("baseline", baseline)):
        if days is None:
            continue
        shares = _reviewed(evidence, groups, days)
        stretch = _stretch(evidence, groups, days, number, actors, None)
        if stretch.months == 0 and name == "baseline":
            continue
        stretches[name] = stretch
        compared[name] = _stretch(evidence, groups, days, number, actors, months or None)
        counts[name] = {
            "from": days.start.isoformat(),
            "until": days.end.isoformat(),
            "seen_days": stretch.seen,
            "months": round(stretch.months, 2),
            "share_of_months": round(stretch.with_seen, 3),
            "opposite_days": stretch.opposite,
            "messages": shares[1],
            "reviewed_share": round(shares[0], 4) if shares[0] is not None else None,
            **_occasions(evidence, groups, days, number, actors),
        }
    if intervention.measure == "stock":
        for name in stretches:
            days = period if name == "period" else baseline
            assert days is not None
            counts[name].update(_members(evidence.layer, groups, days))
    if (
        any(
            counts[name]["reviewed_share"] is not None and counts[name]["reviewed_share"] < ENOUGH_REVIEWED
            for name in stretches
        )
        or not counts["period"]["messages"]
    ):
        return counts, None
    return counts, _propose(intervention, counts, stretches, compared, constants)


def _propose(
    intervention: Intervention,
    counts: Mapping[str, Any],
    stretches: Mapping[str, Stretch],
    compared: Mapping[str, Stretch],
    constants: Constants,
) -> Proposal:
    period, before = counts["period"], counts.get("baseline")
    if intervention.measure == "coverage":
        return proposal.coverage(
            period["answered"],
            period["occasions"],
            before["answered"] if before else 0,
            before["occasions"] if before else 0,
            constants,
        )
    if intervention.measure == "stock":
        return proposal.stock(
            period["members_at_start"],
            period["members_net"],
            before["members_at_start"] if before else None,
            before["members_net"] if before else 0,
            period["seen_days"],
            constants,
        )
    if intervention.measure == "outside":
        return proposal.outside(period["seen_days"])
    if period["seen_days"] == 0:
        return proposal.flow(stretches["period"], None, constants)
    return proposal.flow(
        _rated_on(stretches["period"], compared["period"]), compared.get("baseline"), constants
    )


def _rated_on(whole: Stretch, compared: Stretch) -> Stretch:
    """The rate over the months that are compared; how regular it was, over the whole period."""
    return Stretch(compared.seen, compared.months, whole.with_seen, compared.opposite, compared.monthly)


def _depending(proposed: Proposal | None, on: int, leaned_on: Mark | None) -> Proposal | None:
    """An intervention that another one makes possible is X where that one is; unrated, it waits."""
    if proposed is None:
        return None
    if leaned_on is None:
        return Proposal(None, "depends", f"rate intervention {on} first")
    if leaned_on.mark == proposal.NOT_SEEN:
        return Proposal(proposal.NOT_SEEN, "depends", f"intervention {on} is X")
    return proposed


# ── counting a stretch ────────────────────────────────────────────────────────


def _used_days(evidence: _Evidence, group: Group, days: Period) -> Counter[str]:
    """Per month the covered days of a stretch, for months that are reviewed far enough."""
    found: Counter[str] = Counter()
    for covered in evidence.layer.coverage.get(group.id, ()):
        day, end = max(covered.start, days.start), min(covered.end, days.end)
        while day < end:
            month = month_of(day)
            if evidence.shares.get((group.id, month), 1.0) >= ENOUGH_REVIEWED:
                found[month] += 1
            day += timedelta(days=1)
    return found


def _stretch(
    evidence: _Evidence,
    groups: Sequence[Group],
    days: Period,
    number: int,
    actors: frozenset[str] | None,
    calendar: frozenset[int] | None,
) -> Stretch:
    """Days seen by the actors, and opposite days by anybody, over reviewed and covered days.

    A day counts once per group; every group enters with its own exposure. `calendar` keeps to
    these months of the year.
    """
    exposure: Counter[str] = Counter()
    seen: set[tuple[str, date]] = set()
    opposite: set[tuple[str, date]] = set()
    for group in groups:
        used = _used_days(evidence, group, days)
        if calendar is not None:
            used = Counter({m: n for m, n in used.items() if int(m[5:]) in calendar})
        exposure += used
        for sighting in evidence.seen[group.id]:
            if sighting.day in days and sighting.month in used:
                if f"{number}+" in sighting.act.codes and is_actor(sighting.roles, actors):
                    seen.add((group.id, sighting.day))
                if f"{number}-" in sighting.act.codes:
                    opposite.add((group.id, sighting.day))
    monthly = Counter(month_of(day) for _, day in seen)
    return Stretch(
        seen=len(seen),
        months=sum(exposure.values()) / DAYS_A_MONTH,
        with_seen=len(monthly) / len(exposure) if exposure else 0.0,
        opposite=len(opposite),
        monthly=tuple((monthly[m], exposure[m] / DAYS_A_MONTH) for m in sorted(exposure)),
    )


def _shared_months(
    evidence: _Evidence, groups: Sequence[Group], period: Period, baseline: Period | None
) -> frozenset[int]:
    """The months of the year that both stretches have, so that summer is not held against winter."""
    if baseline is None:
        return frozenset()
    both = [
        {int(month[5:]) for group in groups for month in _used_days(evidence, group, days)}
        for days in (period, baseline)
    ]
    return frozenset(both[0] & both[1])


def _reviewed(evidence: _Evidence, groups: Sequence[Group], days: Period) -> tuple[float | None, int]:
    ids = {group.id for group in groups}
    total = reviewed = 0
    for group, _, entry in counted_messages(evidence.layer):
        if group.id in ids and entry.sent_at.date() in days:
            total += 1
            reviewed += entry.id in evidence.layer.acts
    return (reviewed / total if total else None), total


def _occasions(
    evidence: _Evidence, groups: Sequence[Group], days: Period, number: int, actors: frozenset[str] | None
) -> dict[str, int]:
    """For 1 the incidents and those answered by the actors, for 7 the improprieties and those corrected."""
    ids = {group.id for group in groups}
    if number == 1:
        begun = [i for i in evidence.incidents if i.group_id in ids and i.first_at.date() in days]
        answers = [[a for a in i.answers if "1+" in a.codes and is_actor(a.roles, actors)] for i in begun]
        return {
            "occasions": len(begun),
            "answered": sum(bool(a) for a in answers),
            "answered_during": sum(any(one.during for one in a) for a in answers),
        }
    if number == 7:
        seen = [i for i in evidence.improprieties if i.group_id in ids and i.at.date() in days]
        return {
            "occasions": len(seen),
            "answered": sum(any(is_actor(roles, actors) for roles in i.corrected_by) for i in seen),
        }
    return {}


def _members(layer: Layer, groups: Sequence[Group], days: Period) -> dict[str, int | None]:
    """Members at the start of a stretch, where every group's export reaches back to its creation, and net."""
    start: int | None = 0
    net = 0
    for group in groups:
        begin, changes = arrivals(layer, group.id)
        net += sum(change for day, change in changes if day in days)
        if begin is None or start is None:
            start = None
        else:
            start += begin + sum(change for day, change in changes if day < days.start)
    return {"members_at_start": start, "members_net": net}


def _everything(layer: Layer, groups: Iterable[Group]) -> Period:
    """All covered days, for a case without a period."""
    covered = [stretch for group in groups for stretch in layer.coverage.get(group.id, ())]
    if not covered:
        return Period(date(1970, 1, 1), date(1970, 1, 2))
    return Period(min(s.start for s in covered), max(s.end for s in covered))
