"""Who answered in both waves: the change within the same people."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from chatcode.survey.samples import Sample, two_sided


@dataclass(frozen=True, slots=True)
class Paired:
    """The change of `n` people who answered in both waves, after less before, by the paired t test."""

    indicator: str
    area: str
    group: str
    n: int
    change: float
    low: float
    high: float
    t: float
    p: float


def paired(
    indicator: str, area: str, group: str, before: Mapping[str, float], after: Mapping[str, float]
) -> Paired | None:
    """Test the change of those who are in both; None where they are fewer than two or all changed alike."""
    moved = [after[person] - value for person, value in before.items() if person in after]
    if len(moved) < 2:
        return None
    sample = Sample.of(moved)
    if sample.sd == 0:
        return None
    low, high = sample.interval()
    t = sample.mean / (sample.sd / math.sqrt(sample.n))
    return Paired(indicator, area, group, sample.n, sample.mean, low, high, t, two_sided(t, sample.n - 1))
