"""Intervals for the two comparisons of the assessment: a ratio of rates, a difference of shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, inf, log, sqrt
from statistics import NormalDist

Monthly = Sequence[tuple[float, float]]

_EDGE = 1e-12


def rate_ratio_interval(
    seen: int, months: float, seen_before: int, months_before: float, confidence: float
) -> tuple[float, float]:
    """The mid-p interval of the ratio of two rates.

    Given the sum of two Poisson counts the first is binomial; its share is bounded by mid-p
    tails and turned into a ratio (the conditional test of Przyborowski and Wilenski 1940, with
    Lancaster's mid-p). It holds for zero counts and unequal exposure.
    """
    from scipy.optimize import brentq
    from scipy.special import bdtr, bdtrc

    total, tail = seen + seen_before, (1 - confidence) / 2
    if total == 0:
        return 0.0, inf

    def ratio(excess: Callable[[float], float]) -> float:
        share = float(brentq(excess, _EDGE, 1 - _EDGE))
        return share / (1 - share) * months_before / months

    def at_least(share: float) -> float:
        above = float(bdtrc(seen, total, share)) if seen < total else 0.0
        return (above + float(bdtrc(seen - 1, total, share))) / 2 - tail

    def at_most(share: float) -> float:
        below = float(bdtr(seen - 1, total, share)) if seen else 0.0
        return (below + float(bdtr(seen, total, share))) / 2 - tail

    return (ratio(at_least) if seen else 0.0, ratio(at_most) if seen_before else inf)


def widened(ratio: float, interval: tuple[float, float], phi: float) -> tuple[float, float]:
    """The interval with its distance from the ratio, on the log scale, times the root of phi."""
    low, high = interval
    factor = sqrt(phi)
    return (
        0.0 if low == 0 else exp(log(ratio) + (log(low) - log(ratio)) * factor),
        inf if high == inf else exp(log(ratio) + (log(high) - log(ratio)) * factor),
    )


def dispersion(*stretches: Monthly) -> float:
    """Pearson's dispersion of monthly counts around the rate of their own stretch, pooled; at least 1.

    Each stretch is pairs of a count and the exposure of its month. Months in which nothing could be
    seen and stretches of one month say nothing and are left out.
    """
    total, freedom = 0.0, 0
    for stretch in stretches:
        months = [(seen, exposure) for seen, exposure in stretch if exposure > 0]
        seen_in_all = sum(seen for seen, _ in months)
        if len(months) < 2 or not seen_in_all:
            continue
        rate = seen_in_all / sum(exposure for _, exposure in months)
        total += sum((seen - rate * exposure) ** 2 / (rate * exposure) for seen, exposure in months)
        freedom += len(months) - 1
    return max(1.0, total / freedom) if freedom else 1.0


def difference_interval(
    hits: int, tries: int, hits_before: int, tries_before: int, confidence: float
) -> tuple[float, float]:
    """The interval of a difference of two shares from Wilson's of each (Newcombe 1998, method 10)."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, before = hits / tries, hits_before / tries_before
    low, high = wilson(hits, tries, z)
    low_before, high_before = wilson(hits_before, tries_before, z)
    difference = share - before
    return (
        difference - sqrt((share - low) ** 2 + (high_before - before) ** 2),
        difference + sqrt((high - share) ** 2 + (before - low_before) ** 2),
    )


def wilson(hits: int, tries: int, z: float) -> tuple[float, float]:
    """Wilson's score interval of a share; `z` is the quantile of the normal distribution."""
    share = hits / tries
    middle = share + z * z / (2 * tries)
    spread = z * sqrt(share * (1 - share) / tries + z * z / (4 * tries * tries))
    return (middle - spread) / (1 + z * z / tries), (middle + spread) / (1 + z * z / tries)
