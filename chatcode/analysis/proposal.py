"""The proposal of a mark from counts: conventions in a stated order, and the intervals they need."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, log, sqrt

CARRIED_OUT, CONTINUED, PARTLY, NOT_SEEN = "✓", "=", "~", "X"
# Regular, but with nothing to compare with: a person must say which of the two it is.
REGULAR = "✓ or ="


@dataclass(frozen=True, slots=True)
class Constants:
    """The conventions of the proposal. None of them is a law; each may be changed and is printed."""

    confidence: float = 0.90
    ratio: float = 1.5
    decline_ratio: float = 2 / 3
    regular: float = 1 / 2
    opposite: float = 1 / 3
    coverage: float = 1 / 2
    coverage_rise: float = 0.15
    least_incidents: int = 5
    growth: float = 0.10
    least_baseline_months: float = 6
    least_expected: float = 6


CONVENTIONS = Constants()


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was seen in one stretch of time: days, months of exposure, months with at least one.

    `monthly` pairs, per month, the days seen with the exposure in months.
    """

    seen: int = 0
    months: float = 0.0
    with_seen: float = 0.0
    opposite: int = 0
    monthly: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the counts suggest: a mark or None, a flag, and the ground in one line."""

    mark: str | None
    flag: str | None
    why: str


def flow(period: Stretch, baseline: Stretch | None, constants: Constants = CONVENTIONS) -> Proposal:
    """Propose a mark for what should happen regularly: days per month, against the time before."""
    c = constants
    if period.seen == 0:
        return Proposal(NOT_SEEN, None, "not seen in the chat")
    opposite = period.opposite / (period.seen + period.opposite)
    regular = period.with_seen >= c.regular and opposite < c.opposite
    if baseline is None or baseline.months == 0:
        if not regular:
            return Proposal(PARTLY, None, "irregular; nothing to compare with")
        return Proposal(REGULAR, "too_little", "regular; nothing to compare with")
    ratio = ((period.seen + 0.5) / period.months) / ((baseline.seen + 0.5) / baseline.months)
    low, high = widened(
        ratio,
        rate_ratio_interval(period.seen, period.months, baseline.seen, baseline.months, c.confidence),
        dispersion(period, baseline),
    )
    expected = baseline.seen / baseline.months * period.months
    short = baseline.months < c.least_baseline_months or expected < c.least_expected
    told = f"rate ratio {ratio:.2f}, interval {low:.2f} to {high:.2f}"
    if low > 1 and ratio >= c.ratio and regular:
        # A rise from next to nothing is credible only where the interval says so; it did.
        return Proposal(CARRIED_OUT, None, told)
    was_regular = baseline.with_seen >= c.regular
    declined = high < 1 and ratio < c.decline_ratio
    if was_regular and regular and not declined:
        if short:
            return Proposal(REGULAR, "too_little", f"{told}; too little to tell ✓ from =")
        return Proposal(CONTINUED, None, told)
    return Proposal(PARTLY, "decline" if was_regular and declined else None, told)


def coverage(
    answered: int,
    incidents: int,
    answered_before: int,
    incidents_before: int,
    constants: Constants = CONVENTIONS,
) -> Proposal:
    """Propose a mark for what should follow on an occasion: the share of incidents answered."""
    c = constants
    told = f"{answered} of {incidents} answered, before {answered_before} of {incidents_before}"
    if incidents < c.least_incidents:
        mark = CONTINUED if answered == incidents else PARTLY
        return Proposal(mark, "no_occasion", f"{told}; no or little occasion")
    if answered == 0:
        return Proposal(NOT_SEEN, None, told)
    share = answered / incidents
    if incidents_before == 0:
        mark = REGULAR if share >= c.coverage else PARTLY
        return Proposal(mark, "too_little" if mark == REGULAR else None, f"{told}; nothing to compare with")
    before = answered_before / incidents_before
    low, high = difference_interval(answered, incidents, answered_before, incidents_before, c.confidence)
    told = f"{told}; difference {share - before:+.2f}, interval {low:+.2f} to {high:+.2f}"
    if low > 0 and share - before >= c.coverage_rise and share >= c.coverage:
        return Proposal(CARRIED_OUT, None, told)
    if share >= c.coverage and before >= c.coverage and not high < 0:
        return Proposal(CONTINUED, None, told)
    return Proposal(PARTLY, "decline" if high < 0 else None, told)


def stock(
    start: int | None, net: int, start_before: int | None, net_before: int, recruiting_days: int,
    constants: Constants = CONVENTIONS,
) -> Proposal:  # fmt: skip
    """Propose a mark for what should grow: members, against the growth of the year before."""
    if start:
        growth = net / start
        before = net_before / start_before if start_before else 0.0
        told = f"members {net:+d} on {start}, the year before {net_before:+d}"
        if growth - before >= constants.growth:
            return Proposal(CARRIED_OUT, None, told)
        flag = None
    else:
        told, flag = "the number of members at the start is not known", "too_little"
    if recruiting_days:
        return Proposal(PARTLY, flag, f"{told}; {recruiting_days} days with recruiting")
    return Proposal(NOT_SEEN, flag, f"{told}; no recruiting seen in the chat")


def outside(seen: int) -> Proposal:
    """Propose X where nothing was seen of what happens offline; else ask, and conclude nothing."""
    if seen == 0:
        return Proposal(NOT_SEEN, None, "not seen in the chat")
    return Proposal(None, "ask", f"traces on {seen} days; what happened offline decides")


# ── intervals ─────────────────────────────────────────────────────────────────


def rate_ratio_interval(
    seen: int, months: float, seen_before: int, months_before: float, confidence: float
) -> tuple[float, float]:
    """The mid-p interval of the ratio of two rates.

    Given the sum of two Poisson counts the first is binomial; its share is bounded by mid-p
    tails and turned into a ratio (conditional test of Przyborowski and Wilenski, with Lancaster's
    mid-p). It holds for zero counts and unequal exposure.
    """
    from scipy.optimize import brentq
    from scipy.stats import binom

    total, tail = seen + seen_before, (1 - confidence) / 2
    if total == 0:
        return 0.0, inf
    edge = 1e-12

    def bound(excess: object) -> float:
        return float(brentq(excess, edge, 1 - edge))

    def ratio(share: float) -> float:
        return share / (1 - share) * months_before / months

    low = (
        0.0
        if seen == 0
        else ratio(bound(lambda p: binom.sf(seen, total, p) + 0.5 * binom.pmf(seen, total, p) - tail))
    )
    high = (
        inf
        if seen_before == 0
        else ratio(bound(lambda p: binom.cdf(seen - 1, total, p) + 0.5 * binom.pmf(seen, total, p) - tail))
    )
    return low, high


def widened(ratio: float, interval: tuple[float, float], phi: float) -> tuple[float, float]:
    """The interval with its distance from the ratio, on the log scale, times the root of phi."""
    low, high = interval
    factor = sqrt(phi)
    return (
        0.0 if low == 0 else exp(log(ratio) + (log(low) - log(ratio)) * factor),
        inf if high == inf else exp(log(ratio) + (log(high) - log(ratio)) * factor),
    )


def dispersion(period: Stretch, baseline: Stretch) -> float:
    """Pearson's dispersion of the monthly counts around the rate of their stretch, pooled; at least 1."""
    total, freedom = 0.0, 0
    for stretch in (period, baseline):
        exposure = sum(months for _, months in stretch.monthly)
        if len(stretch.monthly) < 2 or exposure == 0:
            continue
        rate = sum(seen for seen, _ in stretch.monthly) / exposure
        if rate == 0:
            continue
        total += sum((seen - rate * m) ** 2 / (rate * m) for seen, m in stretch.monthly if m > 0)
        freedom += len(stretch.monthly) - 1
    return max(1.0, total / freedom) if freedom else 1.0


def difference_interval(
    hits: int, tries: int, hits_before: int, tries_before: int, confidence: float
) -> tuple[float, float]:
    """The interval of a difference of two shares from Wilson's of each (Newcombe's method 10)."""
    from scipy.stats import norm

    z = float(norm.ppf((1 + confidence) / 2))
    share, before = hits / tries, hits_before / tries_before
    low, high = _wilson(hits, tries, z)
    low_before, high_before = _wilson(hits_before, tries_before, z)
    difference = share - before
    return (
        difference - sqrt((share - low) ** 2 + (high_before - before) ** 2),
        difference + sqrt((high - share) ** 2 + (before - low_before) ** 2),
    )


def _wilson(hits: int, tries: int, z: float) -> tuple[float, float]:
    share = hits / tries
    middle = share + z * z / (2 * tries)
    spread = z * sqrt(share * (1 - share) / tries + z * z / (4 * tries * tries))
    return (middle - spread) / (1 + z * z / tries), (middle + spread) / (1 + z * z / tries)
