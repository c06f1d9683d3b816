"""Everything that the cells of a layer are counted from, gathered once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chatcode.analysis.frequency import reviewed_by_day, shares_by_month, sightings
from chatcode.analysis.incidents import Impropriety, Incident, improprieties, incidents
from chatcode.analysis.membership import Arrivals, arrivals
from chatcode.domain import Evidence, Headcount, Intake, Layer


@dataclass(frozen=True, slots=True)
class Seen:
    """One coded message, as far as a cell needs it."""

    entry_id: str
    at: datetime
    day: date
    month: str
    roles: frozenset[str]
    ties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that the cells of a layer are counted from, gathered in one pass."""

    layer: Layer
    seen: Mapping[tuple[str, str], Sequence[Seen]]
    reviewed: Mapping[tuple[str, date], tuple[int, int]]
    shares: Mapping[tuple[str, str], float]
    incidents: Sequence[Incident]
    improprieties: Sequence[Impropriety]
    arrivals: Mapping[str, Arrivals]
    intake: Mapping[tuple[str, int], Intake]
    evidence: Sequence[Evidence]
    headcounts: Mapping[str, Sequence[Headcount]]

    @classmethod
    def of(
        cls,
        layer: Layer,
        intake: Iterable[Intake] = (),
        evidence: Iterable[Evidence] = (),
        headcounts: Iterable[Headcount] = (),
    ) -> Material:
        """Gather what a layer and the people beside it say."""
        seen: dict[tuple[str, str], list[Seen]] = defaultdict(list)
        for group_id, found in sightings(layer).items():
            for s in found:
                if not s.act.choices:
                    continue
                ties = frozenset(link.kind for link in s.act.links)
                one = Seen(s.entry.id, s.entry.sent_at, s.day, s.month, s.roles, ties)
                for code in s.act.codes:
                    seen[group_id, code].append(one)
        for told in seen.values():
            # Order is file position; here moments are compared, and a clock may have run back.
            told.sort(key=lambda one: one.at)
        reviewed = reviewed_by_day(layer)
        heads: dict[str, list[Headcount]] = defaultdict(list)
        for headcount in headcounts:
            heads[headcount.group_id].append(headcount)
        return cls(
            layer=layer,
            seen=seen,
            reviewed=reviewed,
            shares=shares_by_month(reviewed),
            incidents=incidents(layer),
            improprieties=improprieties(layer),
            arrivals=arrivals(layer),
            intake={(known.case_id, known.intervention): known for known in intake},
            evidence=tuple(evidence),
            headcounts=heads,
        )
