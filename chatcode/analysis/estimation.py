"""What a drawn sample says of all messages: weighted estimates with the interval of the design."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING

from chatcode.analysis.frequency import ENOUGH_REVIEWED, actors_of, is_actor
from chatcode.analysis.sampling import Drawn
from chatcode.domain import CODES, Act, Entry, Member

if TYPE_CHECKING:
    from chatcode.codebook import Codebook

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Total:
    """A weighted total of all units with its bounds; these are None where nothing shows how units differ."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """One code in one case and phase (and month), estimated for all messages from those that were drawn.

    `seen` counts in the sample, unweighted. `messages` are by anybody, `actor_messages` by those whose
    part the intervention is; `days` and `actor_days` (a day of a group on which it was seen) are for
    weeks only: of a day that holds several conversations a sample sees a part. All are None where
    `reviewed_share`, the share of the drawn messages that is reviewed, is below 95 %.
    """

    case: str
    phase: str
    month: str
    code: str
    units: int
    seen: int
    reviewed_share: float
    messages: Total | None = None
    actor_messages: Total | None = None
    days: Total | None = None
    actor_days: Total | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sample as documents tell it: `units` of the `of_units` weeks or conversations were drawn.

    `messages` were drawn with them, for `coders`; `too_little` names the areas of which too little of
    that is reviewed.
    """

    kind: str
    share: float
    seed: int
    units: int
    of_units: int
    messages: int
    coders: tuple[str, ...]
    estimates: tuple[Estimate, ...]

    @property
    def too_little(self) -> frozenset[str]:
        """The areas in which nothing is estimated."""
        return frozenset(one.case for one in self.estimates if one.reviewed_share < ENOUGH_REVIEWED)


def estimates(
    drawn: Sequence[Drawn],
    *,
    entries: Mapping[str, Entry],
    acts: Mapping[str, Act],
    members: Mapping[str, Member],
    case_of: Mapping[str, str],
    codebook: Codebook,
    with_days: bool,
    by_month: bool = False,
) -> list[Estimate]:
    """Estimate every code per case and phase, or per month of these; `case_of` names the case of a group.

    The total is that of Horvitz and Thompson for a stratified sample of clusters, its variance the
    usual one with finite population correction (Cochran 1977, 5A and 9A).
    """
    domains: dict[tuple[str, str, str], list[Drawn]] = defaultdict(list)
    for one in drawn:
        month = one.unit.month if by_month else ""
        domains[case_of[one.unit.group_id], one.unit.phase, month].append(one)
    found = []
    for (case, phase, month), units in sorted(domains.items()):
        ids = [i for one in units for i in one.unit.entry_ids]
        share = sum(i in acts for i in ids) / len(ids)
        for code in CODES:
            actors = actors_of(code, codebook)
            every = [
                [entries[i] for i in one.unit.entry_ids if i in acts and code in acts[i].codes]
                for one in units
            ]
            own = [[entry for entry in some if is_actor(_roles(entry, members), actors)] for some in every]
            estimate = Estimate(case, phase, month, code, len(units), sum(map(len, every)), share)
            if share >= ENOUGH_REVIEWED:
                estimate = replace(
                    estimate,
                    messages=_total(units, [len(some) for some in every]),
                    actor_messages=_total(units, [len(some) for some in own]),
                    days=_total(units, [_days(some) for some in every]) if with_days else None,
                    actor_days=_total(units, [_days(some) for some in own]) if with_days else None,
                )
            found.append(estimate)
    return found


def _roles(entry: Entry, members: Mapping[str, Member]) -> frozenset[str]:
    member = members.get(entry.member_id or "")
    return member.roles_on(entry.sent_at.date()) if member else frozenset()


def _days(some: Sequence[Entry]) -> int:
    return len({entry.sent_at.date() for entry in some})


def _total(units: Sequence[Drawn], values: Sequence[int]) -> Total:
    """The weighted total with its bounds; no bounds where no stratum shows how its units differ."""
    strata: dict[tuple[str, str], list[int]] = defaultdict(list)
    size: dict[tuple[str, str], int] = {}
    for one, value in zip(units, values, strict=True):
        key = one.unit.group_id, one.unit.month
        strata[key].append(value)
        size[key] = one.stratum_units
    total = sum(one.weight * value for one, value in zip(units, values, strict=True))
    if all(size[key] == len(some) for key, some in strata.items()):
        return Total(total, total, total)
    free = sum(len(some) - 1 for some in strata.values())
    if free < 1:
        return Total(total, None, None)
    pooled = sum(_squares(some) for some in strata.values()) / free
    variance = 0.0
    for key, some in strata.items():
        # One unit of a larger stratum: it is taken to differ as units of the others do.
        spread = _squares(some) / (len(some) - 1) if len(some) > 1 else pooled
        variance += size[key] ** 2 * (1 - len(some) / size[key]) * spread / len(some)
    from scipy.special import stdtrit

    half = float(stdtrit(free, (1 + CONFIDENCE) / 2)) * sqrt(variance)
    # What was seen is there.
    return Total(total, max(float(sum(values)), total - half), total + half)


def _squares(values: Sequence[int]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values)
