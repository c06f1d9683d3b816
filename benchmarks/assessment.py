"""How often the proposal errs: drawn counts of which the truth is known, and the marks they get.

    python benchmarks/assessment.py [--draws 4000] [--seed 20200901]

Flow: days per month are drawn as Poisson counts, or clustered (negative binomial, variance 2.5 times
the mean), for three designs: a year against the same months of the year before; a year against six
months before, of which the same six months of the year are compared, as chatcode does; and the same
without that restriction. Coverage: incidents of which a share is answered, in a year and the year
before; clustered, the share differs from month to month (beta, intraclass correlation 0.1). Counted are
the marks, and how often the 90 % interval holds the true ratio or difference.

The exit code is 1 where a ✓ at no change comes up in more than 5 % of the draws, or an interval of a
rate of at least one a month holds the truth in less than 88 %, by more than two standard errors of the
drawing.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from chatcode.analysis import proposal
from chatcode.analysis.intervals import rate_ratio_interval
from chatcode.analysis.proposal import CONVENTIONS, Occasions, Stretch

SEED = 20200901
CLUSTERED, CORRELATED = 2.5, 0.1
LEAST_COVERAGE, MOST_FALSE = 0.88, 0.05
MARKS = ("✓", "✓ or =", "=", "~", "X")
RATES = ((2, 2), (2, 4), (2, 6), (4, 4), (4, 8), (8, 8), (8, 12), (1, 1), (0.3, 1.5), (0.1, 0.1), (4, 1.6))
SHARES = ((0.5, 0.5), (0.8, 0.8), (0.3, 0.3), (0.4, 0.7), (0.2, 0.6))
INCIDENTS = (10, 30, 60)

# The same few counts come up again and again.
proposal.rate_ratio_interval = lru_cache(maxsize=None)(rate_ratio_interval)


@dataclass(frozen=True)
class Design:
    """Months of the period, of the baseline, and how many of the period's are compared."""

    name: str
    period: int
    baseline: int
    compared: int


DESIGNS = (
    Design("12 against 12", 12, 12, 12),
    Design("6 of 12 against 6", 12, 6, 6),
    Design("12 against 6", 12, 6, 12),
)


def draw(rng: np.random.Generator, rate: float, months: int, spread: float) -> tuple[int, ...]:
    """Counts of so many months; a month has no more than 30 days."""
    if spread == 1:
        counts = rng.poisson(rate, months)
    else:
        counts = rng.negative_binomial(rate / (spread - 1), 1 / spread, months)
    return tuple(int(count) for count in np.minimum(counts, 30))


def stretch(counts: tuple[int, ...]) -> Stretch:
    """What the proposal takes, from the counts of each month."""
    with_seen = sum(count > 0 for count in counts) / len(counts)
    return Stretch(sum(counts), len(counts), with_seen, 0, tuple((count, 1.0) for count in counts))


def flow(
    rng: np.random.Generator, draws: int, design: Design, before: float, now: float, spread: float
) -> tuple[Counter[str], float]:
    """The marks of so many draws, and the share of intervals that hold the true ratio."""
    marks: Counter[str] = Counter()
    held = 0
    for _ in range(draws):
        counts = draw(rng, now, design.period, spread)
        whole, baseline = stretch(counts), stretch(draw(rng, before, design.baseline, spread))
        compared = stretch(counts[: design.compared])
        _, low, high = proposal.rate_ratio(compared, baseline, CONVENTIONS.confidence)
        held += low <= now / before <= high
        marks[str(proposal.flow(whole, baseline, compared=(compared, baseline)).mark)] += 1
    return marks, held / draws


def asked(rng: np.random.Generator, incidents: int, share: float, correlation: float) -> Occasions:
    """The incidents of a year, month by month, and those answered."""
    tries = rng.poisson(incidents / 12, 12)
    shares = np.full(12, share)
    if correlation:
        size = (1 - correlation) / correlation
        shares = rng.beta(share * size, (1 - share) * size, 12)
    hits = rng.binomial(tries, shares)
    monthly = tuple((int(hit), int(tried)) for hit, tried in zip(hits, tries, strict=True))
    return Occasions(int(tries.sum()), int(hits.sum()), monthly)


def coverage(
    rng: np.random.Generator, draws: int, incidents: int, before: float, now: float, correlation: float
) -> tuple[Counter[str], float]:
    """The marks of so many draws, and the share of intervals that hold the true difference."""
    marks: Counter[str] = Counter()
    held = judged = 0
    for _ in range(draws):
        period, baseline = (asked(rng, incidents, share, correlation) for share in (now, before))
        if period.all and baseline.all:
            low, high = proposal.share_difference(period, baseline, CONVENTIONS.confidence)
            held += low <= now - before <= high
            judged += 1
        marks[str(proposal.coverage(period, baseline).mark)] += 1
    return marks, held / judged


def line(name: str, marks: Counter[str], draws: int, held: float) -> str:
    """One line of the table."""
    return f"{name:<34}" + "".join(f"{marks[mark] / draws:>8.3f}" for mark in MARKS) + f"{held:>10.3f}"


def noise(share: float, draws: int) -> float:
    """Two standard errors of a share of so many draws."""
    return float(2 * np.sqrt(share * (1 - share) / draws))


def main() -> int:
    """Draw, print the table, and say what fails."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--draws", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    rng = np.random.default_rng(args.seed)
    started, failed = time.perf_counter(), []
    print(f"seed {args.seed}, {args.draws} draws a line, {CONVENTIONS}")

    def judge(name: str, marks: Counter[str], held: float, same: bool, enough: bool) -> None:
        print(line(name, marks, args.draws, held))
        if same and marks["✓"] / args.draws > MOST_FALSE + noise(MOST_FALSE, args.draws):
            failed.append(f"{name}: false ✓ {marks['✓'] / args.draws:.3f}")
        if enough and held < LEAST_COVERAGE - noise(LEAST_COVERAGE, args.draws):
            failed.append(f"{name}: interval holds in {held:.3f}")

    head = "".join(f"{mark:>8}" for mark in MARKS) + f"{'interval':>10}"
    for design in DESIGNS:
        print(f"\n{'flow, months ' + design.name:<34}{head}")
        for before, now in RATES:
            for kind, spread in (("Poisson", 1.0), ("clustered", CLUSTERED)):
                marks, held = flow(rng, args.draws, design, before, now, spread)
                judge(
                    f"{before:g} to {now:g} a month, {kind}",
                    marks,
                    held,
                    before == now,
                    min(before, now) >= 1,
                )
    print(f"\n{'coverage, incidents a year':<34}{head}")
    for incidents in INCIDENTS:
        for before, now in SHARES:
            for kind, correlation in (("even", 0.0), ("clustered", CORRELATED)):
                marks, held = coverage(rng, args.draws, incidents, before, now, correlation)
                judge(f"{incidents}: {before:.0%} to {now:.0%}, {kind}", marks, held, before == now, True)
    print(f"\n{time.perf_counter() - started:.0f} s")
    print("\n".join(f"FAILED {told}" for told in failed) or "false ✓ and intervals as promised")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
