"""Member flow: who came and went, as WhatsApp's own lines tell it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from chatcode.analysis.frequency import counts_on, covered_days, month_of
from chatcode.domain import Entry, Layer


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


def flows(layer: Layer) -> list[Flow]:
    """One row per group and covered month. Adds on the day of the group's creation are its start."""
    cases = {case.id: case for case in layer.cases}
    rows = []
    for group in layer.groups:
        case = cases[group.case_id]
        counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        notices = _notices(layer, group.id)
        created = _creation(notices)
        for entry in notices:
            day = entry.sent_at.date()
            if counts_on(case, day) and not (_is_start(entry, created)):
                counts[month_of(day)][entry.event or ""] += max(1, len(entry.target_ids))
        for month in sorted(covered_days(layer, group, case)):
            row = counts[month]
            rows.append(
                Flow(case.name, group.label, month, row["joined"], row["added"], row["left"], row["removed"])
            )
    return rows


def starts(layer: Layer) -> list[Start]:
    """Per group the size it began with."""
    return [Start(group.label, arrivals(layer, group.id)[0]) for group in layer.groups]


def arrivals(layer: Layer, group_id: str) -> tuple[int | None, list[tuple[date, int]]]:
    """A group's size at its creation, where the export reaches back so far, and each later change by day."""
    notices = _notices(layer, group_id)
    created = _creation(notices)
    size = 1 + sum(max(1, len(e.target_ids)) for e in notices if _is_start(e, created)) if created else None
    signs = {"joined": 1, "added": 1, "left": -1, "removed": -1}
    changes = [
        (entry.sent_at.date(), signs[entry.event] * max(1, len(entry.target_ids)))
        for entry in notices
        if entry.event in signs and not _is_start(entry, created)
    ]
    return size, changes


def _notices(layer: Layer, group_id: str) -> list[Entry]:
    return [entry for entry in layer.entries if entry.kind == "system" and entry.group_id == group_id]


def _creation(notices: list[Entry]) -> Entry | None:
    return next((entry for entry in notices if entry.event == "created"), None)


def _is_start(entry: Entry, created: Entry | None) -> bool:
    return (
        created is not None
        and entry.event in ("added", "joined")
        and entry.sent_at.date() == created.sent_at.date()
    )
