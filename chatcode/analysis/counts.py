"""What is counted for a cell: one intervention in one case, in its period and its baseline.

The result is plain JSON, holds no text and no person, and is all that a proposal is worked out
from: whoever has it can work the proposal out again.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from chatcode.analysis.frequency import is_actor
from chatcode.analysis.material import Material, Seen
from chatcode.analysis.occasions import Occasion, occasions
from chatcode.analysis.window import Window, window_of
from chatcode.domain import Case, Group, Layer, Period

if TYPE_CHECKING:
    from chatcode.codebook import Codebook, Intervention

_NO_TIME = Period(date(1970, 1, 1), date(1970, 1, 2))
_TIES = {1: "feedback", 7: "correction"}


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """The stretches of one case, from which each intervention is counted."""

    material: Material
    case: Case
    groups: Sequence[Group]
    period: Window
    baseline: Window | None
    compared: tuple[Window, Window] | None

    @classmethod
    def of(cls, material: Material, case: Case, without: str | None = None) -> CaseCounts:
        """Set out the stretches of a case; `without` leaves one of its groups out.

        The baseline is there where an export reaches into it and some of it is reviewed. What is
        compared are the months of the year that both stretches have, where there are any.
        """
        groups = [g for g in material.layer.groups if g.case_id == case.id and g.id != without]
        period = window_of(material, groups, case.period or _everything(material.layer, groups))
        baseline = window_of(material, groups, case.baseline) if case.baseline else None
        if baseline and not _is_counted(material, groups, baseline):
            baseline = None
        compared = None
        if baseline:
            both = period.calendar & baseline.calendar
            if both and both != period.calendar | baseline.calendar:
                compared = period.keep(both), baseline.keep(both)
        return cls(material, case, groups, period, baseline, compared)

    def counts(self, intervention: Intervention, codebook: Codebook) -> dict[str, Any]:
        """Count one intervention.

        - `measure`: flow, coverage, stock or outside; `basis`: what is known of the time before,
          "counted", "declared" (practice already, says the intake) or "none"
        - `intake`: agreed, practice, not_agreed or None
        - `evidence_done`, `evidence_not_done`: observations from outside the chat, in the period
        - `period`, `baseline` (only where counted): `from`, `until` (half-open), `messages` and
          `reviewed_share` of the whole stretch; over its used months `covered_days` (summed over
          groups), `months` (the same in months), `span_months` (calendar months), `seen_days` and
          `seen_messages` by the actors, `share_of_months` with at least one, `climate_days` by
          others, `opposite_days` and `opposite_messages` by anybody, `monthly` rows, and
          for coverage `occasions`, `answered` by links (`answered_during`, `answered_after`),
          `linked_messages` of the actors, and `followed`, the occasions that the actors followed
          up within twelve hours, linked or not; for stock `members_at_start`, `members_net`
        - `compared`, `compared_months`: the same over the months of the year that both have,
          only where that is less than the whole
        """
        known = self.material.intake.get((self.case.id, intervention.number))
        outside = [
            e
            for e in self.material.evidence
            if (e.case_id, e.intervention) == (self.case.id, intervention.number)
            and e.day in self.period.days
        ]
        basis = "declared" if known and known.state == "practice" else "none"
        found: dict[str, Any] = {
            "measure": intervention.measure,
            "basis": "counted" if self.baseline else basis,
            "intake": known.state if known else None,
            "evidence_done": sum(e.done for e in outside),
            "evidence_not_done": sum(not e.done for e in outside),
            "compared_months": sorted(self.compared[0].calendar) if self.compared else None,
            "period": self._whole(self.period, intervention),
        }
        if self.baseline:
            found["baseline"] = self._whole(self.baseline, intervention)
        if self.compared:
            now, before = self.compared
            found["compared"] = {
                "period": self._tally(now, intervention),
                "baseline": self._tally(before, intervention),
            }
        return found

    def _whole(self, window: Window, intervention: Intervention) -> dict[str, Any]:
        messages, reviewed = _reviewed(self.material, self.groups, window.days)
        return {
            "from": window.days.start.isoformat(),
            "until": window.days.end.isoformat(),
            "messages": messages,
            "reviewed_share": reviewed / messages if messages else None,
            **self._tally(window, intervention),
            **(self._members(window.days) if intervention.measure == "stock" else {}),
        }

    def _tally(self, window: Window, intervention: Intervention) -> dict[str, Any]:
        """Days count once per group; every group enters with its own exposure."""
        number, actors = intervention.number, intervention.actors
        every = self._within(window, f"{number}+")
        by_actors = [(group_id, seen) for group_id, seen in every if is_actor(seen.roles, actors)]
        others = [(group_id, seen) for group_id, seen in every if not is_actor(seen.roles, actors)]
        opposite = self._within(window, f"{number}-")
        days = {(group_id, seen.day, seen.month) for group_id, seen in by_actors}
        days_of = Counter(month for _, _, month in days)
        messages_of = Counter(seen.month for _, seen in by_actors)
        covered: Counter[str] = Counter()
        widest: dict[str, int] = {}
        for months in window.used.values():
            covered.update(months)
            for month, length in months.items():
                widest[month] = max(length, widest.get(month, 0))
        asked = (
            occasions(self.material, window, number, actors) if intervention.measure == "coverage" else None
        )
        monthly = [
            {
                "month": month,
                "covered_days": covered[month],
                "months": covered[month] / _length(month),
                "seen_days": days_of[month],
                "seen_messages": messages_of[month],
                **(_answered(o for o in asked if o.month == month) if asked is not None else {}),
            }
            for month in sorted(covered)
        ]
        found: dict[str, Any] = {
            "covered_days": sum(covered.values()),
            "months": sum(row["months"] for row in monthly),
            "span_months": sum(length / _length(month) for month, length in widest.items()),
            "seen_days": len(days),
            "seen_messages": len(by_actors),
            "share_of_months": len(days_of) / len(covered) if covered else 0.0,
            "climate_days": len({(group_id, seen.day) for group_id, seen in others}),
            "opposite_days": len({(group_id, seen.day) for group_id, seen in opposite}),
            "opposite_messages": len(opposite),
            "monthly": monthly,
        }
        if asked is not None:
            found |= _answered(asked)
            found["answered_during"] = sum(occasion.during for occasion in asked)
            found["answered_after"] = found["answered"] - found["answered_during"]
            found["linked_messages"] = sum(_TIES.get(number) in seen.ties for _, seen in by_actors)
        return found

    def _within(self, window: Window, code: str) -> list[tuple[str, Seen]]:
        return [
            (group.id, seen)
            for group in self.groups
            for seen in self.material.seen.get((group.id, code), ())
            if window.holds(group.id, seen.day, seen.month)
        ]

    def _members(self, days: Period) -> dict[str, int | None]:
        """Members at the start, None where it is not known of some group, and how many more at the end."""
        start: int | None = 0
        net = 0
        for group in self.groups:
            moved = self.material.arrivals[group.id]
            heads = self.material.headcounts.get(group.id, ())
            at_start, at_end = moved.at(days.start, heads), moved.at(days.end, heads)
            start = None if start is None or at_start is None else start + at_start
            # Between two headcounts people leave without a notice: the difference knows of them.
            net += (
                moved.net(days.start, days.end) if at_start is None or at_end is None else at_end - at_start
            )
        return {"members_at_start": start, "members_net": net}


def _answered(asked: Iterable[Occasion]) -> dict[str, int]:
    every = list(asked)
    return {
        "occasions": len(every),
        "answered": sum(occasion.answered for occasion in every),
        "followed": sum(occasion.followed for occasion in every),
    }


def _is_counted(material: Material, groups: Sequence[Group], window: Window) -> bool:
    """Whether exports reach into a baseline, and the coder has: one that nobody coded is no baseline."""
    messages, reviewed = _reviewed(material, groups, window.days)
    return reviewed > 0 if messages else bool(window.calendar)


def _reviewed(material: Material, groups: Iterable[Group], days: Period) -> tuple[int, int]:
    """How many messages there are in a stretch, and how many of them are reviewed."""
    ids = {group.id for group in groups}
    found = [
        numbers for (group_id, day), numbers in material.reviewed.items() if group_id in ids and day in days
    ]
    return sum(total for total, _ in found), sum(reviewed for _, reviewed in found)


def _everything(layer: Layer, groups: Iterable[Group]) -> Period:
    """All covered days, for a case without a period."""
    covered = [stretch for group in groups for stretch in layer.coverage.get(group.id, ())]
    if not covered:
        return _NO_TIME
    return Period(min(s.start for s in covered), max(s.end for s in covered))


def _length(month: str) -> int:
    return monthrange(int(month[:4]), int(month[5:]))[1]
