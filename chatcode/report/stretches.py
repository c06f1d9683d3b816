"""A case before and in its period: the counts of each stretch, and rates that may be compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from chatcode.analysis.frequency import Frequency, frequencies
from chatcode.domain import Case, Layer, Period

if TYPE_CHECKING:
    from chatcode.codebook import Codebook

Name = Literal["baseline", "period"]
# Months differ in length and are seldom covered whole: rates are per month of this many days.
DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """The baseline or the period of a case; `days` is None where every covered day counts."""

    name: Name
    days: Period | None
    rows: tuple[Frequency, ...]

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.days is None or day in self.days

    def of(self, code: str) -> list[Frequency]:
        """The rows of one code."""
        return [row for row in self.rows if row.code == code]

    @property
    def covered_days(self) -> int:
        """Days that exports cover, added up over groups."""
        return sum({(row.group, row.month): row.covered_days for row in self.rows}.values())


@dataclass(frozen=True, slots=True)
class Rate:
    """Days per month on which a code was seen by the actors, and its opposite by anybody.

    None where no month may be counted.
    """

    seen: float | None
    opposite: float | None


def stretches(case: Case, layer: Layer, rows: Iterable[Frequency], codebook: Codebook) -> list[Stretch]:
    """The stretches of a case in order of time, each with its own counts.

    A month that both stretches share is counted anew for either of them, by its days.
    """
    own = [row for row in rows if row.case == case.name]
    named: list[tuple[Name, Period]] = []
    if case.baseline:
        named.append(("baseline", case.baseline))
    if case.period:
        named.append(("period", case.period))
    if not named:
        return [Stretch("period", None, tuple(own))]
    if len(named) == 2 and named[0][1].end > named[1][1].start.replace(day=1):
        return [
            Stretch(name, days, tuple(frequencies(_only(layer, case, days), codebook)))
            for name, days in named
        ]
    return [
        Stretch(name, days, tuple(row for row in own if _month_in(row.month, days))) for name, days in named
    ]


def usable(row: Frequency) -> bool:
    """Whether a month may enter a rate: reviewed far enough, or without any message to review."""
    return row.reviewed_share is None or row.enough


def shared_months(found: Sequence[Stretch]) -> frozenset[int] | None:
    """The months of the year that both stretches have, so that summer is not held against winter.

    None where there is nothing to compare with: then all months count.
    """
    months = [{int(row.month[5:]) for row in stretch.rows if usable(row)} for stretch in found]
    if len(months) < 2 or not all(months):
        return None
    return frozenset(months[0] & months[1])


def rate(stretch: Stretch, number: int, months: frozenset[int] | None) -> Rate:
    """Days per month of covered days; a group's day counts once, and each group by its own days."""

    def per_month(code: str, *, actors: bool) -> float | None:
        rows = [
            row
            for row in stretch.of(code)
            if usable(row) and (months is None or int(row.month[5:]) in months)
        ]
        covered = sum(row.covered_days for row in rows)
        days = sum(row.actor_days if actors else row.days for row in rows)
        return days / (covered / DAYS_A_MONTH) if covered else None

    return Rate(per_month(f"{number}+", actors=True), per_month(f"{number}-", actors=False))


def kinds_of_opposite(
    case: Case, layer: Layer, found: Sequence[Stretch]
) -> Mapping[tuple[str, str | None], Mapping[str, tuple[int, int]]]:
    """Per opposite code and sub-reason the messages and days in each stretch, by the stretch's name."""
    from chatcode.analysis.frequency import sightings

    groups = {group.id for group in layer.groups if group.case_id == case.id}
    seen: dict[tuple[str, str | None], dict[str, list[tuple[str, date]]]] = {}
    for group, sighted in sightings(layer).items():
        if group not in groups:
            continue
        for sighting in sighted:
            for choice in sighting.act.choices:
                if choice.code.endswith("-"):
                    for stretch in found:
                        if stretch.holds(sighting.day):
                            kind = seen.setdefault((choice.code, choice.sub_reason), {})
                            kind.setdefault(stretch.name, []).append((group, sighting.day))
    return {
        kind: {name: (len(days), len(set(days))) for name, days in by_stretch.items()}
        for kind, by_stretch in seen.items()
    }


def _only(layer: Layer, case: Case, days: Period) -> Layer:
    groups = [group for group in layer.groups if group.case_id == case.id]
    ids = {group.id for group in groups}
    return replace(
        layer,
        cases=[replace(case, period=days, baseline=None)],
        groups=groups,
        entries=[entry for entry in layer.entries if entry.group_id in ids],
    )


def _month_in(month: str, days: Period) -> bool:
    """Whether a month that counts belongs to a stretch; the days outside were left out before."""
    return f"{days.start:%Y-%m}" <= month and date.fromisoformat(f"{month}-01") < days.end
