"""Feedback: which incidents were answered, when and by whom, and which stand open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Literal

from chatcode.analysis.frequency import actors_of, counts_on, is_actor, month_of
from chatcode.analysis.incidents import DURING, Answer, Incident, incidents
from chatcode.domain import Case, Group, Layer

if TYPE_CHECKING:
    from chatcode.codebook import Codebook

Span = Literal["month", "stretch"]


@dataclass(frozen=True, slots=True)
class Answered:
    """One incident with the first feedback (1+) that the actors of intervention 1 gave on it.

    `hours` is from the first report to that feedback, None where there is none; `roles` are those of
    who gave it. `others` counts messages of others that answer it, and of anybody that explain it
    (8+) or act on it (10+) without feedback.
    """

    case: str
    group: str
    incident_id: str
    first_at: datetime
    reports: int
    hours: float | None
    roles: frozenset[str]
    others: int

    @property
    def during(self) -> bool:
        """Whether the feedback came within twelve hours."""
        return self.hours is not None and self.hours * 3600 <= DURING.total_seconds()


@dataclass(frozen=True, slots=True)
class Feedback:
    """Incidents of a group that began in a month or stretch: answered during, after, or never.

    `span` is YYYY-MM, or "period", "baseline" or "all". `by_role` counts the incidents by the roles
    of who answered first ("beheerder", "beheerder, professional"); `median_hours` is over those
    answered, None where none was.
    """

    case: str
    group: str
    span: str
    incidents: int
    during: int
    after: int
    never: int
    by_role: Mapping[str, int]
    median_hours: float | None


@dataclass(frozen=True, slots=True)
class OpenReport:
    """An incident on which the actors have given no feedback; `others` as in `Answered`."""

    case: str
    group: str
    incident_id: str
    first_at: datetime
    reports: int
    days_open: int
    others: int


def answered(layer: Layer, codebook: Codebook) -> list[Answered]:
    """Every incident that began on a day that counts, in the order of the layer."""
    return [
        _answered(case, group, incident, actors_of("1+", codebook)) for case, group, incident in _begun(layer)
    ]


def feedback(layer: Layer, codebook: Codebook, *, by: Span = "stretch") -> list[Feedback]:
    """One row per group and month, or per group and stretch, in which an incident began."""
    cases = {case.name: case for case in layer.cases}
    found: dict[tuple[str, str, str], list[Answered]] = {}
    for one in answered(layer, codebook):
        day = one.first_at.date()
        span = month_of(day) if by == "month" else _stretch(cases[one.case], day)
        found.setdefault((one.case, one.group, span), []).append(one)
    return [_row(*key, told) for key, told in found.items()]


def open_reports(layer: Layer, codebook: Codebook, *, on: date | None = None) -> list[OpenReport]:
    """The incidents without feedback, the longest open first; days are counted to `on`.

    `on` is by default the last day that the exports of the group cover.
    """
    last = {
        group.label: max(stretch.end for stretch in layer.coverage[group.id]) - timedelta(days=1)
        for group in layer.groups
        if layer.coverage.get(group.id)
    }
    found = []
    for one in answered(layer, codebook):
        until = on or last.get(one.group) or one.first_at.date()
        if one.hours is None and one.first_at.date() <= until:
            days = (until - one.first_at.date()).days
            found.append(
                OpenReport(one.case, one.group, one.incident_id, one.first_at, one.reports, days, one.others)
            )
    return sorted(found, key=lambda report: report.first_at)


def _begun(layer: Layer) -> Iterator[tuple[Case, Group, Incident]]:
    cases = {case.id: case for case in layer.cases}
    groups = {group.id: group for group in layer.groups}
    for incident in incidents(layer):
        group = groups[incident.group_id]
        if counts_on(cases[group.case_id], incident.first_at.date()):
            yield cases[group.case_id], group, incident


def _answered(case: Case, group: Group, incident: Incident, actors: frozenset[str] | None) -> Answered:
    told = [answer for answer in incident.answers if _is_feedback(answer, actors)]
    first = min(told, key=lambda answer: answer.after, default=None)
    return Answered(
        case=case.name,
        group=group.label,
        incident_id=incident.id,
        first_at=incident.first_at,
        reports=len(incident.report_ids),
        hours=first.hours if first else None,
        roles=first.roles if first else frozenset(),
        others=len(incident.answers) - len(told),
    )


def _is_feedback(answer: Answer, actors: frozenset[str] | None) -> bool:
    return "1+" in answer.codes and is_actor(answer.roles, actors)


def _stretch(case: Case, day: date) -> str:
    for name, stretch in (("period", case.period), ("baseline", case.baseline)):
        if stretch is not None and day in stretch:
            return name
    return "all"


def _row(case: str, group: str, span: str, told: list[Answered]) -> Feedback:
    hours = [one.hours for one in told if one.hours is not None]
    during = sum(one.during for one in told)
    return Feedback(
        case=case,
        group=group,
        span=span,
        incidents=len(told),
        during=during,
        after=len(hours) - during,
        never=len(told) - len(hours),
        by_role=dict(Counter(", ".join(sorted(one.roles)) for one in told if one.hours is not None)),
        median_hours=median(hours) if hours else None,
    )
