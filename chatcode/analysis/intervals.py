"""Intervals for the two comparisons of the assessment: a ratio of rates, a difference of shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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


def widened(ratio: float, interval: tuple[float, float], factor: float) -> tuple[float, float]:
    """The interval with its distance from the ratio, on the log scale, times a factor."""
    low, high = interval
    return (
        0.0 if low == 0 else exp(log(ratio) + (log(low) - log(ratio)) * factor),
        inf if high == inf else exp(log(ratio) + (log(high) - log(ratio)) * factor),
    )


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How much more monthly counts vary than Poisson counts do, and how well that is known.

    `phi` is at least 1; `freedom` are the degrees of freedom of its estimate.
    """

    phi: float
    freedom: float

    def factor(self, confidence: float) -> float:
        """What an interval is to be widened by: the root of phi, and the quantile of t over the normal one.

        Nothing where the counts vary no more than Poisson counts.
        """
        from scipy.special import stdtrit

        if self.phi <= 1:
            return 1.0
        tail = (1 + confidence) / 2
        return sqrt(self.phi) * float(stdtrit(self.freedom, tail)) / NormalDist().inv_cdf(tail)


def dispersion(*stretches: Monthly) -> Dispersion:
    """Pearson's dispersion of monthly counts around the rate of their own stretch, pooled.

    Each stretch is pairs of a count and the exposure of its month. Months in which nothing could be
    seen and stretches of one month say nothing and are left out. Counts in bursts have heavy tails,
    so that their dispersion is known less well than the number of months says: the degrees of freedom
    are divided by 1 + k/2, with k the excess kurtosis of the negative binomial distribution of
    this mean and dispersion (Satterthwaite's matching of the variance of an estimated variance).
    """
    total, freedom, seen_in_all, months_in_all = 0.0, 0, 0.0, 0
    for stretch in stretches:
        months = [(seen, exposure) for seen, exposure in stretch if exposure > 0]
        seen_here = sum(seen for seen, _ in months)
        if len(months) < 2 or not seen_here:
            continue
        rate = seen_here / sum(exposure for _, exposure in months)
        total += sum((seen - rate * exposure) ** 2 / (rate * exposure) for seen, exposure in months)
        freedom += len(months) - 1
        seen_in_all += seen_here
        months_in_all += len(months)
    phi = total / freedom if freedom else 1.0
    if phi <= 1:
        return Dispersion(1.0, max(1.0, freedom))
    mean = seen_in_all / months_in_all
    kurtosis = 6 * (phi - 1) / mean + 1 / (phi * mean)
    return Dispersion(phi, max(1.0, freedom / (1 + kurtosis / 2)))


def dispersion_of_shares(*stretches: Sequence[tuple[int, int]]) -> Dispersion:
    """How much more the share of a stretch varies than if each try stood alone, pooled over stretches.

    The months are taken as clusters: the variance of the share as a ratio of monthly hits to monthly
    tries, over the binomial one (the design effect of Rao and Scott 1992). Months with many tries tell
    more of it than others, so that the degrees of freedom are fewer than the months (Satterthwaite).
    Each stretch is pairs of a month's hits and tries. Stretches in which all or none were hits, or
    that have tries in one month only, say nothing and are left out.
    """
    total, freedom = 0.0, 0
    told: list[list[int]] = []
    for stretch in stretches:
        months = [(hits, tries) for hits, tries in stretch if tries]
        hits_in_all, tries_in_all = sum(hits for hits, _ in months), sum(tries for _, tries in months)
        if len(months) < 2 or hits_in_all in (0, tries_in_all):
            continue
        share = hits_in_all / tries_in_all
        squares = sum((hits - tries * share) ** 2 for hits, tries in months)
        total += len(months) * squares / (tries_in_all * share * (1 - share))
        freedom += len(months) - 1
        told.append([tries for _, tries in months])
    phi = total / freedom if freedom else 1.0
    if phi <= 1:
        return Dispersion(1.0, max(1.0, freedom))
    # What a month adds to the variance, if tries of a month go together as much as phi says.
    typical = sum(n * n for tries in told for n in tries) / sum(n for tries in told for n in tries)
    together = (phi - 1) / (typical - 1) if typical > 1 else 0.0
    weights = [[n * (1 + (n - 1) * together) for n in tries] for tries in told]
    free = sum(sum(w) ** 2 / sum(one * one for one in w) - 1 for w in weights)
    return Dispersion(phi, max(1.0, free))


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
