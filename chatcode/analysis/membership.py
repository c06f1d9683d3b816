"""Member flow: who came and went, as WhatsApp's own lines tell it, and how many there were."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chatcode.analysis.frequency import counts_on, covered_days, month_of
from chatcode.domain import Entry, Headcount, Layer

_SIGNS = {"joined": 1, "added": 1, "left": -1, "removed": -1}


@dataclass(frozen=True, slots=True)
class Flow:
    """Members who came and went in one group and month; leaving in silence is not in an export."""

    case: str
    group: str
    month: str
    joined: int
    added: int
    left: int
    removed: int

    @property
    def net(self) -> int:
        """How many more members the group had at the end of the month."""
        return self.joined + self.added - self.left - self.removed


@dataclass(frozen=True, slots=True)
class Start:
    """How many members a group began with: those added on the day it was created, and its maker.

    None where the export does not reach back to the creation.
    """

    group: str
    members: int | None


@dataclass(frozen=True, slots=True)
class Size:
    """How many members a group had at the start of a month, None where it is not known."""

    case: str
    group: str
    month: str
    members: int | None


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How the size of one group moved: its start, None where not known, and each later change by day."""

    start: int | None
    created: date | None
    changes: tuple[tuple[date, int], ...]

    def net(self, start: date, end: date) -> int:
        """How many more members there were after a stretch of days (half-open) than before it."""
        return sum(change for day, change in self.changes if start <= day < end)

    def at(self, day: date, headcounts: Sequence[Headcount] = ()) -> int | None:
        """How many members there were at the start of a day.

        Worked out from the headcount that is nearest before the day, else from the nearest after
        it, else from the group's creation; None where there is none of these.
        """
        before = max((h for h in headcounts if h.day <= day), key=lambda h: h.day, default=None)
        if before is not None:
            return before.members + self.net(before.day, day)
        after = min((h for h in headcounts if h.day > day), key=lambda h: h.day, default=None)
        if after is not None:
            return after.members - self.net(day, after.day)
        if self.start is None or self.created is None or self.created > day:
            return None
        return self.start + self.net(date.min, day)


def flows(layer: Layer) -> list[Flow]:
    """One row per group and covered month. Adds on the day of the group's creation are its start."""
    cases = {case.id: case for case in layer.cases}
    told = _told(layer)
    rows = []
    for group in layer.groups:
        case = cases[group.case_id]
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for day, event, people in told[group.id].later:
            if counts_on(case, day):
                counts[month_of(day)][event] += people
        for month in sorted(covered_days(layer, group, case)):
            row = counts[month]
            rows.append(
                Flow(case.name, group.label, month, row["joined"], row["added"], row["left"], row["removed"])
            )
    return rows


def sizes(layer: Layer, headcounts: Sequence[Headcount] = ()) -> list[Size]:
    """One row per group and covered month: how many members there were, what rates per head divide by."""
    cases = {case.id: case for case in layer.cases}
    moved = arrivals(layer)
    rows = []
    for group in layer.groups:
        heads = [headcount for headcount in headcounts if headcount.group_id == group.id]
        for month in sorted(covered_days(layer, group, cases[group.case_id])):
            first = date.fromisoformat(f"{month}-01")
            rows.append(Size(cases[group.case_id].name, group.label, month, moved[group.id].at(first, heads)))
    return rows


def starts(layer: Layer) -> list[Start]:
    """Per group the size it began with."""
    moved = arrivals(layer)
    return [Start(group.label, moved[group.id].start) for group in layer.groups]


def arrivals(layer: Layer) -> dict[str, Arrivals]:
    """Per group its size at creation, where the export reaches back so far, and each later change."""
    return {
        group_id: Arrivals(
            told.start,
            told.created,
            tuple((day, _SIGNS[event] * people) for day, event, people in told.later),
        )
        for group_id, told in _told(layer).items()
    }


@dataclass(frozen=True, slots=True)
class _Told:
    """What the notices of a group say: its creation, who was there from then, who moved later."""

    created: date | None
    start: int | None
    later: list[tuple[date, str, int]]


def _told(layer: Layer) -> dict[str, _Told]:
    notices: dict[str, list[Entry]] = {group.id: [] for group in layer.groups}
    for entry in layer.entries:
        if entry.kind == "system" and (entry.event == "created" or entry.event in _SIGNS):
            notices[entry.group_id].append(entry)
    researchers = frozenset(m.id for m in layer.members.values() if "onderzoeker" in m.roles)
    return {group_id: _of_group(found, researchers) for group_id, found in notices.items()}


def _of_group(notices: Sequence[Entry], researchers: frozenset[str]) -> _Told:
    creation = next((entry for entry in notices if entry.event == "created"), None)
    created = creation.sent_at.date() if creation else None
    # Whoever made the group is in it without being added.
    start = int(creation.actor_id not in researchers) if creation else None
    later: list[tuple[date, str, int]] = []
    for entry in notices:
        event, day, people = entry.event or "", entry.sent_at.date(), _people(entry, researchers)
        if event not in _SIGNS or not people:
            continue
        if start is not None and day == created and _SIGNS[event] > 0:
            start += people
        else:
            later.append((day, event, people))
    return _Told(created, start, later)


def _people(entry: Entry, researchers: frozenset[str]) -> int:
    """How many members a notice is about, researchers apart; one where it names nobody."""
    whom = entry.target_ids
    if not whom and entry.event in ("joined", "left") and entry.actor_id is not None:
        whom = (entry.actor_id,)
    return sum(member_id not in researchers for member_id in whom) if whom else 1
