"""Two samples as n, mean and sd: Student, Welch, Cohen's d and Hedges' g with their intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample as a publication gives it; `sd` divides by n - 1.

    Raises:
        ValueError: fewer than two, or a mean or sd that cannot be.
    """

    n: int
    mean: float
    sd: float

    def __post_init__(self) -> None:
        if self.n < 2:
            raise ValueError("a sample needs at least two")
        if not (math.isfinite(self.mean) and math.isfinite(self.sd) and self.sd >= 0):
            raise ValueError("a mean is a number, and an sd is not below nought")

    @classmethod
    def of(cls, values: Sequence[float]) -> Sample:
        """The sample that these values are.

        Raises:
            ValueError: there are fewer than two.
        """
        if len(values) < 2:
            raise ValueError("a sample needs at least two")
        mean = math.fsum(values) / len(values)
        return cls(
            len(values), mean, math.sqrt(math.fsum((v - mean) ** 2 for v in values) / (len(values) - 1))
        )

    def interval(self, confidence: float = 1 - ALPHA) -> tuple[float, float]:
        """The interval of the mean by Student's t."""
        from scipy.special import stdtrit

        reach = float(stdtrit(self.n - 1, (1 + confidence) / 2)) * self.sd / math.sqrt(self.n)
        return self.mean - reach, self.mean + reach


@dataclass(frozen=True, slots=True)
class Difference:
    """What two samples differ: the first minus the second, always.

    `low` and `high` bound the difference of means (Welch, 95 %); the bounds of `d` and `g` are
    exact by the noncentral t.
    """

    difference: float
    low: float
    high: float
    t: float
    df: int
    p_student: float
    t_welch: float
    df_welch: float
    p_welch: float
    d: float
    d_low: float
    d_high: float
    g: float
    g_low: float
    g_high: float


def compare(first: Sample, second: Sample, *, confidence: float = 1 - ALPHA) -> Difference:
    """Test whether two independent samples have the same mean, and say how far they are apart.

    Raises:
        ValueError: neither sample varies, so there is nothing to test against.
    """
    from scipy.special import stdtrit

    pooled = pooled_sd(first, second)
    if pooled == 0:
        raise ValueError("neither sample varies")
    difference = first.mean - second.mean
    df = first.n + second.n - 2
    harmonic = math.sqrt(1 / first.n + 1 / second.n)
    t = difference / (pooled * harmonic)
    error = math.sqrt(first.sd**2 / first.n + second.sd**2 / second.n)
    df_welch = welch_df(first, second)
    reach = float(stdtrit(df_welch, (1 + confidence) / 2)) * error
    low, high = (bound * harmonic for bound in noncentrality(t, df, confidence))
    d, shrink = difference / pooled, hedges_correction(df)
    return Difference(
        difference=difference,
        low=difference - reach,
        high=difference + reach,
        t=t,
        df=df,
        p_student=two_sided(t, df),
        t_welch=difference / error,
        df_welch=df_welch,
        p_welch=two_sided(difference / error, df_welch),
        d=d,
        d_low=low,
        d_high=high,
        g=d * shrink,
        g_low=low * shrink,
        g_high=high * shrink,
    )


def pooled_sd(first: Sample, second: Sample) -> float:
    """The sd within both samples together."""
    within = (first.n - 1) * first.sd**2 + (second.n - 1) * second.sd**2
    return math.sqrt(within / (first.n + second.n - 2))


def welch_df(first: Sample, second: Sample) -> float:
    """The degrees of freedom of Welch and Satterthwaite; not a whole number."""
    a, b = first.sd**2 / first.n, second.sd**2 / second.n
    return (a + b) ** 2 / (a**2 / (first.n - 1) + b**2 / (second.n - 1))


def two_sided(t: float, df: float) -> float:
    """The p of a t, both tails."""
    from scipy.special import stdtr

    return float(2 * stdtr(df, -abs(t)))


def hedges_correction(df: int) -> float:
    """What makes Hedges' g of Cohen's d, exactly (Hedges 1981, by the gamma function)."""
    return math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2) if df > 1 else 0.0


def noncentrality(t: float, df: int, confidence: float = 1 - ALPHA) -> tuple[float, float]:
    """The noncentralities under which a t as high, and as low, as this one is just not surprising.

    Source: Cumming and Finch (2001), intervals for d by turning round the noncentral t.
    """
    from scipy.optimize import brentq
    from scipy.special import ndtr
    from scipy.stats import nct, norm

    tail = (1 - confidence) / 2
    width = float(norm.isf(tail)) * math.sqrt(1 + t * t / (2 * df))

    def bound(share: float) -> float:
        def excess(ncp: float) -> float:
            below = float(nct.cdf(t, df, ncp))
            if not math.isfinite(below):
                # Far out the library has no figure; there the normal approximation is as good
                # (Abramowitz and Stegun 26.7.10).
                below = float(ndtr((t * (1 - 1 / (4 * df)) - ncp) / math.sqrt(1 + t * t / (2 * df))))
            return below - share

        # The normal approximation lies near; the bracket grows from it.
        low, high = t - 1.5 * width - 1, t + 1.5 * width + 1
        if not excess(low) > 0 > excess(high):
            return t + (width if share == tail else -width)
        return float(brentq(excess, low, high, xtol=1e-10))

    return bound(1 - tail), bound(tail)


def holm(values: Sequence[float]) -> list[float]:
    """The p values of one family, corrected by Holm (1979); in the order given."""
    corrected = [0.0] * len(values)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        highest = max(highest, min(1.0, values[place] * (len(values) - rank)))
        corrected[place] = highest
    return corrected


# ── what rounding leaves open ─────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Rounded:
    """A published sample with how far its figures may have been rounded (half of the last decimal)."""

    sample: Sample
    mean_half: float
    sd_half: float

    @property
    def sd_bounds(self) -> tuple[float, float]:
        """The smallest and the largest sd that are printed so."""
        return max(0.0, self.sample.sd - self.sd_half), self.sample.sd + self.sd_half


def student_bounds(first: Rounded, second: Rounded) -> tuple[float, float]:
    """The smallest and the largest p of Student that the printed figures allow, exactly.

    With n known the degrees of freedom are fixed, so p falls as the means part and the sds shrink.
    """
    df = first.sample.n + second.sample.n - 2

    def t(gap: float, one: float, other: float) -> float:
        pooled = math.sqrt(((first.sample.n - 1) * one**2 + (second.sample.n - 1) * other**2) / df)
        return _ratio(gap, pooled * math.sqrt(1 / first.sample.n + 1 / second.sample.n))

    nearest, furthest = _gap(first, second)
    (low1, high1), (low2, high2) = first.sd_bounds, second.sd_bounds
    return two_sided(t(furthest, low1, low2), df), two_sided(t(nearest, high1, high2), df)


def welch_bounds(first: Rounded, second: Rounded) -> tuple[float, float]:
    """Bounds of the p of Welch that the printed figures allow; a little wide, never too narrow.

    The degrees of freedom depend on the ratio of the two error variances only; t and they are
    taken at their own worst, as interval arithmetic does.
    """
    nearest, furthest = _gap(first, second)
    (low1, high1), (low2, high2) = first.sd_bounds, second.sd_bounds

    def t(gap: float, one: float, other: float) -> float:
        return _ratio(gap, math.sqrt(one**2 / first.sample.n + other**2 / second.sample.n))

    fewest, most = _welch_df_bounds(first, second)
    return two_sided(t(furthest, low1, low2), most), two_sided(t(nearest, high1, high2), fewest)


def _welch_df_bounds(first: Rounded, second: Rounded) -> tuple[float, float]:
    (low1, high1), (low2, high2) = first.sd_bounds, second.sd_bounds
    n1, n2 = first.sample.n, second.sample.n

    def df(share: float) -> float:
        return 1 / (share**2 / (n1 - 1) + (1 - share) ** 2 / (n2 - 1))

    def share(one: float, other: float) -> float:
        a, b = one**2 / n1, other**2 / n2
        return a / (a + b) if a + b else 0.5

    shares = share(low1, high2), share(high1, low2)
    best = (n1 - 1) / (n1 + n2 - 2)
    most = df(best) if min(shares) <= best <= max(shares) else max(map(df, shares))
    return min(map(df, shares)), most


def _gap(first: Rounded, second: Rounded) -> tuple[float, float]:
    gap, slack = abs(first.sample.mean - second.sample.mean), first.mean_half + second.mean_half
    return max(0.0, gap - slack), gap + slack


def _ratio(gap: float, error: float) -> float:
    if error:
        return gap / error
    return math.inf if gap else 0.0
