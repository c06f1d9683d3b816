"""How long coding takes, at a coder's own pace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import fmean, median, quantiles

# A longer silence is a break and no work on one message.
BREAK = 300.0
# Decisions of one stretch: single ones vary too much, and most are short while a few are long.
_STRETCH = 20


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds a message: the median over stretches of twenty decisions, with the quartiles around it."""

    seconds: float
    quick: float
    slow: float
    decisions: int

    def hours(self, messages: int) -> tuple[float, float, float]:
        """Hours for so many messages: at the median pace, when quick, when slow."""
        return (
            messages * self.seconds / 3600,
            messages * self.quick / 3600,
            messages * self.slow / 3600,
        )


def pace_of(moments: Sequence[datetime]) -> Pace | None:
    """The pace of a coder from the moments of their decisions, one a batch; None under twenty of them.

    Breaks of over five minutes are left out. Within a stretch the mean is taken, because hours add
    up by means; over stretches the median, so that a bad afternoon does not decide.
    """
    ordered = sorted(moments)
    gaps = [(b - a).total_seconds() for a, b in pairwise(ordered)]
    worked = [gap for gap in gaps if gap <= BREAK]
    stretches = [
        fmean(worked[start : start + _STRETCH]) for start in range(0, len(worked) - _STRETCH + 1, _STRETCH)
    ]
    if not stretches:
        return None
    quick, _, slow = quantiles(stretches, n=4, method="inclusive") if len(stretches) > 1 else stretches * 3
    return Pace(median(stretches), quick, slow, len(worked))
