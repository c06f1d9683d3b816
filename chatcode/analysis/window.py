"""A stretch of time of a case, and the months in it that may be counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chatcode.analysis.frequency import ENOUGH_REVIEWED, month_of
from chatcode.analysis.material import Material
from chatcode.domain import Group, Period


@dataclass(frozen=True, slots=True)
class Window:
    """One stretch of time of a case: per group the covered days of each month that is used.

    A month of a group is used where 95 % of its messages are reviewed, or it has none.
    """

    days: Period
    used: Mapping[str, Mapping[str, int]]

    def holds(self, group_id: str, day: date, month: str) -> bool:
        """Whether a day of a group lies in a month that is used."""
        return day in self.days and month in self.used.get(group_id, ())

    def keep(self, calendar: frozenset[int]) -> Window:
        """The part that lies in these months of the year."""
        return Window(
            self.days,
            {
                group_id: {month: days for month, days in months.items() if int(month[5:]) in calendar}
                for group_id, months in self.used.items()
            },
        )

    @property
    def calendar(self) -> frozenset[int]:
        """The months of the year that are used, as numbers."""
        return frozenset(int(month[5:]) for months in self.used.values() for month in months)


def window_of(material: Material, groups: Iterable[Group], days: Period) -> Window:
    """Set out a stretch of days for some groups."""
    used: dict[str, Counter[str]] = {}
    for group in groups:
        months: Counter[str] = Counter()
        for covered in material.layer.coverage.get(group.id, ()):
            day, end = max(covered.start, days.start), min(covered.end, days.end)
            while day < end:
                months[month_of(day)] += 1
                day += timedelta(days=1)
        used[group.id] = Counter(
            {m: n for m, n in months.items() if material.shares.get((group.id, m), 1.0) >= ENOUGH_REVIEWED}
        )
    return Window(days, used)
