"""Frequencies: how often each code was seen, per group and month, with what it is counted over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from chatcode.analysis.incidents import incident_of
from chatcode.domain import CODES, REPORT, Act, Case, Entry, Group, Layer

if TYPE_CHECKING:
    from chatcode.codebook import Codebook

# No rate and no proposal below this share reviewed.
ENOUGH_REVIEWED = 0.95
# The codes that answer, or are about, an incident; the others have none to belong to.
OF_INCIDENTS = (REPORT, "1+", "1-", "7+", "7-", "8+", "8-", "10+", "10-")


@dataclass(frozen=True, slots=True)
class Frequency:
    """One code in one group and month.

    `messages` and `days` are over all writers, `actor_…` over those whose part the
    intervention is, `climate_…` over the others. `incidents` counts, for M, the incidents that
    began in the month, for the codes of `OF_INCIDENTS` the incidents that the messages are
    linked to or report themselves; None for the other codes. `notices` counts WhatsApp's own
    lines that carry the code; they are part of no other figure. `reviewed_share` is None where
    the month has no messages.
    """

    case: str
    group: str
    month: str
    code: str
    messages: int
    days: int
    incidents: int | None
    reviewed_share: float | None
    covered_days: int
    actor_messages: int
    actor_days: int
    climate_messages: int
    climate_days: int
    notices: int

    @property
    def enough(self) -> bool:
        """Whether so much of the month is reviewed that a rate may be given."""
        return self.reviewed_share is not None and self.reviewed_share >= ENOUGH_REVIEWED


@dataclass(frozen=True, slots=True)
class Sighting:
    """A reviewed message with its act, on a day that counts."""

    entry: Entry
    act: Act
    roles: frozenset[str]
    day: date
    month: str


@lru_cache(maxsize=4096)
def month_of(day: date) -> str:
    """The month of a day, as YYYY-MM."""
    return day.isoformat()[:7]


def counts_on(case: Case, day: date) -> bool:
    """Whether a day counts for a case: in its period or baseline; every day where it has neither."""
    if case.period is None and case.baseline is None:
        return True
    return any(stretch is not None and day in stretch for stretch in (case.period, case.baseline))


def covered_days(layer: Layer, group: Group, case: Case) -> dict[str, int]:
    """Per month the days that the group's exports cover and that count for its case."""
    days: Counter[str] = Counter()
    for stretch in layer.coverage.get(group.id, ()):
        day = stretch.start
        while day < stretch.end:
            if counts_on(case, day):
                days[month_of(day)] += 1
            day += timedelta(days=1)
    return dict(days)


def counted_messages(layer: Layer) -> Iterator[tuple[Group, Case, Entry]]:
    """Messages that may count: on a day that counts, and not by a researcher; reviewed or not."""
    cases = {case.id: case for case in layer.cases}
    groups = {group.id: (group, cases[group.case_id]) for group in layer.groups}
    researchers = {m.id for m in layer.members.values() if "onderzoeker" in m.roles}
    # A chat has few days and many messages: each day is looked up once per case.
    counting: dict[tuple[str, date], bool] = {}
    for entry in layer.entries:
        if entry.kind != "message" or entry.member_id in researchers:
            continue
        group, case = groups[entry.group_id]
        key = case.id, entry.sent_at.date()
        counts = counting.get(key)
        if counts is None:
            counts = counting[key] = counts_on(case, key[1])
        if counts:
            yield group, case, entry


def sightings(layer: Layer) -> dict[str, list[Sighting]]:
    """The reviewed messages that count, per group, in order."""
    found: dict[str, list[Sighting]] = {group.id: [] for group in layer.groups}
    for group, _, entry in counted_messages(layer):
        act = layer.acts.get(entry.id)
        if act is not None:
            member = layer.members.get(entry.member_id or "")
            day = entry.sent_at.date()
            roles = member.roles_on(day) if member else frozenset()
            found[group.id].append(Sighting(entry, act, roles, day, month_of(day)))
    return found


def reviewed_by_day(layer: Layer) -> dict[tuple[str, date], tuple[int, int]]:
    """Per group and day the messages that count, and how many of them are reviewed."""
    every: Counter[tuple[str, date]] = Counter()
    reviewed: Counter[tuple[str, date]] = Counter()
    for group, _, entry in counted_messages(layer):
        key = group.id, entry.sent_at.date()
        every[key] += 1
        if entry.id in layer.acts:
            reviewed[key] += 1
    return {key: (total, reviewed[key]) for key, total in every.items()}


def reviewed_shares(layer: Layer) -> dict[tuple[str, str], float]:
    """The share of the messages of a group and month that is reviewed."""
    return shares_by_month(reviewed_by_day(layer))


def shares_by_month(by_day: Mapping[tuple[str, date], tuple[int, int]]) -> dict[tuple[str, str], float]:
    """The share reviewed per group and month, from the numbers per group and day."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for (group_id, day), (total, reviewed) in by_day.items():
        month = sums[group_id, month_of(day)]
        month[0] += total
        month[1] += reviewed
    return {key: reviewed / total for key, (total, reviewed) in sums.items()}


def actors_of(code: str, codebook: Codebook) -> frozenset[str] | None:
    """The roles whose part a code is; None where it is anybody's: a report is."""
    if code == REPORT:
        return None
    return codebook.interventions[int(code[:-1])].actors


def is_actor(roles: frozenset[str], actors: frozenset[str] | None) -> bool:
    """Whether somebody with these roles is one of the actors."""
    return actors is None or bool(roles & actors)


def frequencies(
    layer: Layer, codebook: Codebook, *, months: Collection[str] | None = None
) -> list[Frequency]:
    """One row per group, covered month and code, with zeros: a covered month without is a finding.

    `months` (YYYY-MM) keeps to some of the months of period and baseline.
    """
    cases = {case.id: case for case in layer.cases}
    shares = reviewed_shares(layer)
    incidents = incident_of(layer)
    by_group = sightings(layer)
    notices = _notices(layer)
    rows = []
    for group in layer.groups:
        case = cases[group.case_id]
        seen: dict[tuple[str, str], list[Sighting]] = defaultdict(list)
        for sighting in by_group[group.id]:
            for code in sighting.act.codes:
                seen[sighting.month, code].append(sighting)
        for month, days in sorted(covered_days(layer, group, case).items()):
            if months is not None and month not in months:
                continue
            for code in CODES:
                told = seen.get((month, code), [])
                rows.append(
                    _row(
                        case.name,
                        group.label,
                        month,
                        code,
                        told,
                        actors_of(code, codebook),
                        _incidents(code, told, incidents),
                        shares.get((group.id, month)),
                        days,
                        notices[group.id, month, code],
                    )
                )
    return rows


def _row(
    case: str,
    group: str,
    month: str,
    code: str,
    seen: list[Sighting],
    actors: frozenset[str] | None,
    incidents: int | None,
    share: float | None,
    covered: int,
    notices: int,
) -> Frequency:
    by_actors = [s for s in seen if is_actor(s.roles, actors)]
    others = [s for s in seen if not is_actor(s.roles, actors)]
    return Frequency(
        case=case,
        group=group,
        month=month,
        code=code,
        messages=len(seen),
        days=_days(seen),
        incidents=incidents,
        reviewed_share=share,
        covered_days=covered,
        actor_messages=len(by_actors),
        actor_days=_days(by_actors),
        climate_messages=len(others),
        climate_days=_days(others),
        notices=notices,
    )


def _days(seen: Iterable[Sighting]) -> int:
    return len({sighting.day for sighting in seen})


def _incidents(code: str, seen: Iterable[Sighting], incidents: Mapping[str, str]) -> int | None:
    """For a report the incidents that it begins; for what is about incidents, those it is tied to."""
    if code not in OF_INCIDENTS:
        return None
    own = {s.entry.id for s in seen if s.entry.id in incidents}
    if code == REPORT:
        return sum(incidents[entry_id] == entry_id for entry_id in own)
    tied = {k.target_id for s in seen for k in s.act.links if k.target_id in incidents}
    return len({incidents[entry_id] for entry_id in own | tied})


def _notices(layer: Layer) -> Counter[tuple[str, str, str]]:
    groups = {group.id: group for group in layer.groups}
    cases = {case.id: case for case in layer.cases}
    found: Counter[tuple[str, str, str]] = Counter()
    for entry in layer.entries:
        if entry.kind != "system":
            continue
        act = layer.acts.get(entry.id)
        day = entry.sent_at.date()
        if act and counts_on(cases[groups[entry.group_id].case_id], day):
            found.update((entry.group_id, month_of(day), code) for code in act.codes)
    return found
