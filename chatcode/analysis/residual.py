"""What pseudonymising missed, estimated from a second look at a random sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatcode.domain import Look


@dataclass(frozen=True, slots=True)
class Residual:
    """How many of 100 messages still show who somebody is, with a 95 % interval.

    `leaks` counts what was seen, by kind; a message may show several.
    """

    seed: int
    population: int
    drawn: int
    seen: int
    leaking: int
    rate: float
    low: float
    high: float
    leaks: Mapping[str, int]


def residual(look: Look | None) -> Residual | None:
    """Work the estimate out; None where nobody looked at a message.

    The interval is exact (Clopper and Pearson 1934). It takes the messages seen for a random sample
    also where only the first of those drawn were looked at: they were drawn in random order.
    """
    if look is None or not look.seen:
        return None
    from scipy.stats import binomtest

    interval = binomtest(look.leaking, look.seen).proportion_ci(0.95, method="exact")
    leaks: Counter[str] = Counter()
    for found in look.findings.values():
        leaks.update(found)
    return Residual(
        seed=look.seed,
        population=look.population,
        drawn=len(look.entry_ids),
        seen=look.seen,
        leaking=look.leaking,
        rate=100 * look.leaking / look.seen,
        low=100 * float(interval.low),
        high=100 * float(interval.high),
        leaks=dict(sorted(leaks.items())),
    )
