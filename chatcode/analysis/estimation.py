"""What a drawn sample says of all messages: weighted estimates with the interval of the design."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from chatcode.analysis.frequency import ENOUGH_REVIEWED
from chatcode.analysis.sampling import Drawn
from chatcode.domain import CODES, Act, Entry

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """One code in one case and phase, estimated for all messages from those that were drawn.

    `seen` counts in the sample, unweighted. `messages` (and for weeks `days`: days of a group on
    which it was seen) are weighted, with bounds. All are None where `reviewed_share`, the share of
    the drawn messages that is reviewed, is below 95 %.
    """

    case: str
    phase: str
    code: str
    units: int
    seen: int
    reviewed_share: float
    messages: float | None = None
    messages_low: float | None = None
    messages_high: float | None = None
    days: float | None = None
    days_low: float | None = None
    days_high: float | None = None


def estimates(
    drawn: Sequence[Drawn],
    *,
    entries: Mapping[str, Entry],
    acts: Mapping[str, Act],
    case_of: Mapping[str, str],
    with_days: bool,
) -> list[Estimate]:
    """Estimate every code per case and phase; `case_of` names the case of a group.

    The total is that of Horvitz and Thompson for a stratified sample of clusters, its variance the
    usual one with finite population correction (Cochran 1977, 5A and 9A). `with_days` holds for weeks
    only: of a day that spans several conversations a sample sees a part.
    """
    domains: dict[tuple[str, str], list[Drawn]] = defaultdict(list)
    for one in drawn:
        domains[case_of[one.unit.group_id], one.unit.phase].append(one)
    found = []
    for (case, phase), units in sorted(domains.items()):
        ids = [i for one in units for i in one.unit.entry_ids]
        share = sum(i in acts for i in ids) / len(ids)
        for code in CODES:
            messages, days = [], []
            for one in units:
                told = [i for i in one.unit.entry_ids if i in acts and code in acts[i].codes]
                messages.append(len(told))
                days.append(len({entries[i].sent_at.date() for i in told}))
            enough = share >= ENOUGH_REVIEWED
            total = _total(units, messages) if enough else (None, None, None)
            on_days = _total(units, days) if enough and with_days else (None, None, None)
            found.append(Estimate(case, phase, code, len(units), sum(messages), share, *total, *on_days))
    return found


def _total(units: Sequence[Drawn], values: Sequence[int]) -> tuple[float, float | None, float | None]:
    """The weighted total with its bounds; no bounds where no stratum shows how its units differ."""
    strata: dict[tuple[str, str], list[int]] = defaultdict(list)
    size: dict[tuple[str, str], int] = {}
    for one, value in zip(units, values, strict=True):
        key = one.unit.group_id, one.unit.month
        strata[key].append(value)
        size[key] = one.stratum_units
    total = sum(one.weight * value for one, value in zip(units, values, strict=True))
    if all(size[key] == len(some) for key, some in strata.items()):
        return total, total, total
    free = sum(len(some) - 1 for some in strata.values())
    if free < 1:
        return total, None, None
    pooled = sum(_squares(some) for some in strata.values()) / free
    variance = 0.0
    for key, some in strata.items():
        # One unit of a larger stratum: it is taken to differ as units of the others do.
        spread = _squares(some) / (len(some) - 1) if len(some) > 1 else pooled
        variance += size[key] ** 2 * (1 - len(some) / size[key]) * spread / len(some)
    from scipy.special import stdtrit

    half = float(stdtrit(free, (1 + CONFIDENCE) / 2)) * sqrt(variance)
    # What was seen is there.
    return total, max(float(sum(values)), total - half), total + half


def _squares(values: Sequence[int]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values)
