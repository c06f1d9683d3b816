"""Power: what a survey of this size can find, and what it would take."""

from __future__ import annotations

import math
from dataclasses import dataclass

from chatcode.errors import ChatcodeError
from chatcode.survey.samples import ALPHA

USUAL_POWER = 0.8
_LARGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Power:
    """The chance that a true difference of `d` sds gives a p below `alpha`, with these samples.

    `found` is the smallest d that is found with the usual chance (80 %).
    """

    what: str
    sizes: tuple[int, ...]
    d: float
    alpha: float
    power: float
    found: float


def power_of(d: float, sizes: tuple[int, ...], *, alpha: float = ALPHA) -> float:
    """The power of a two-sided t test of a difference of d between two samples, or of changes between four.

    Four samples are E before, E after, C before, C after. Exact by the noncentral t for samples of
    one sd.
    """
    from scipy.special import nctdtr, stdtrit

    df = sum(sizes) - len(sizes)
    limit = float(stdtrit(df, 1 - alpha / 2))
    shift = abs(d) / math.sqrt(sum(1 / n for n in sizes))
    # The lower tail matters for small shifts only, where the library has it right.
    lower = float(nctdtr(df, shift, -limit)) if shift < 5 else 0.0
    return min(1.0, 1 - float(nctdtr(df, shift, limit)) + lower)


def smallest_found(sizes: tuple[int, ...], *, power: float = USUAL_POWER, alpha: float = ALPHA) -> float:
    """The smallest d that samples of these sizes find with this power."""
    from scipy.optimize import brentq

    reach = math.sqrt(sum(1 / n for n in sizes))
    top = reach
    while power_of(top, sizes, alpha=alpha) < power:
        top *= 2
    return float(brentq(lambda d: power_of(d, sizes, alpha=alpha) - power, 0, top, xtol=1e-8))


def needed(d: float, samples: int = 2, *, power: float = USUAL_POWER, alpha: float = ALPHA) -> int:
    """How many each sample must hold to find d with this power.

    Raises:
        ChatcodeError: d is too near nought for any sample.
    """
    low, high = 1, 2
    while power_of(d, (high,) * samples, alpha=alpha) < power:
        low, high = high, high * 2
        if high > _LARGEST:
            raise ChatcodeError("so small a difference is found by no survey", "Give a larger --d.")
    while high - low > 1:
        middle = (low + high) // 2
        if power_of(d, (middle,) * samples, alpha=alpha) < power:
            low = middle
        else:
            high = middle
    return high


def power_for(what: str, sizes: tuple[int, ...], d: float, *, alpha: float = ALPHA) -> Power:
    """What these samples can find.

    Raises:
        ChatcodeError: a sample is smaller than two, or there are not two or four.
    """
    if len(sizes) not in (2, 4):
        raise ChatcodeError(
            f"power takes two samples or four, not {len(sizes)}",
            "Two: --n 82 --n 61. Four: experimental before and after, control before and after.",
        )
    if min(sizes) < 2:
        raise ChatcodeError("a sample needs at least two", "Give each --n as 2 or more.")
    if not 0 < alpha < 1:
        raise ChatcodeError("--alpha lies between 0 and 1", "The usual one is 0.05.")
    return Power(what, sizes, d, alpha, power_of(d, sizes, alpha=alpha), smallest_found(sizes, alpha=alpha))
