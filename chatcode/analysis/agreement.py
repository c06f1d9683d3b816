"""How far two codings of the same messages agree: per code, and over whole code sets.

Formulas: kappa is Cohen's (1960), alpha Krippendorff's for nominal data (2011), AC1 Gwet's (2002),
positive agreement that of Dice (1945); the overall alpha takes the MASI distance of Passonneau (2006).
The libraries give 1, 0, nan or an error where there is nothing to estimate; here that is said instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chatcode.domain import CODES, Entry
from chatcode.resampling import block_bootstrap, percentile_interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DRAWS, SEED = 2000, 20200901
# Uses of a code by both coders together; below it a coefficient says nothing.
ENOUGH_USES = 10
# Percentiles of fewer blocks are narrower than what is unsure.
_ENOUGH_BLOCKS = 5
# Krippendorff's conventions.
RELIABLE, TENTATIVE = 0.8, 0.667

NOT_USED, TOO_FEW, ALWAYS = "not used", "too few", "on every message"


@dataclass(frozen=True, slots=True)
class Pair:
    """One message with the codes of both codings; `block` is what it hangs together with."""

    entry: Entry
    first: frozenset[str]
    second: frozenset[str]
    block: Hashable
    case: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two codings agree on one code.

    `both`, `only_a` and `only_b` count messages of the `n`. `low` and `high` bound alpha (95 %,
    blocks of days drawn again), the other pairs kappa and AC1. Where `note` is filled ("not used",
    "too few", "on every message") there is no estimate, and the coefficients are None.
    """

    code: str
    n: int
    both: int
    only_a: int
    only_b: int
    positive_agreement: float | None
    kappa: float | None = None
    alpha: float | None = None
    ac1: float | None = None
    low: float | None = None
    high: float | None = None
    kappa_low: float | None = None
    kappa_high: float | None = None
    ac1_low: float | None = None
    ac1_high: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """What the interval of alpha allows to say, by Krippendorff's conventions of 0.80 and 0.667."""
        if self.alpha is None:
            return self.note
        if self.low is None or self.high is None:
            return "no interval"
        if self.low >= RELIABLE:
            return "reliable"
        if self.low >= TENTATIVE:
            return "tentative"
        return "not reliable" if self.high < TENTATIVE else "undecided"


@dataclass(frozen=True, slots=True)
class Overall:
    """Alpha over whole code sets with the MASI distance; `over` says of which messages."""

    over: str
    n: int
    alpha: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""


# ── the coefficients ──────────────────────────────────────────────────────────


def kappa(both: Any, only_a: Any, only_b: Any, n: Any) -> Any:  # noqa: ANN401 numbers or arrays of them
    """Cohen's kappa of a code, from its two-by-two table; nan where it is not defined."""
    observed = (n - only_a - only_b) / n
    first, second = (both + only_a) / n, (both + only_b) / n
    chance = first * second + (1 - first) * (1 - second)
    return _beyond(observed, chance)


def ac1(both: Any, only_a: Any, only_b: Any, n: Any) -> Any:  # noqa: ANN401 numbers or arrays of them
    """Gwet's AC1 of a code; nan where it is not defined."""
    share = (2 * both + only_a + only_b) / (2 * n)
    return _beyond((n - only_a - only_b) / n, 2 * share * (1 - share))


def alpha(both: Any, only_a: Any, only_b: Any, n: Any) -> Any:  # noqa: ANN401 numbers or arrays of them
    """Krippendorff's alpha of a code, nominal, two coders; nan where all values are the same."""
    import numpy as np

    used = np.asarray(2 * both + only_a + only_b, dtype=float)
    pairs = used * (2 * n - used)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(pairs > 0, 1 - (2 * n - 1) * (only_a + only_b) / pairs, np.nan)[()]


def _beyond(observed: Any, chance: Any) -> Any:  # noqa: ANN401 numbers or arrays of them
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(chance < 1, (observed - chance) / (1 - np.asarray(chance, dtype=float)), np.nan)[()]


def masi_distance(first: frozenset[str], second: frozenset[str]) -> float:
    """The MASI distance of two code sets; the empty set is a label of its own, unlike all others."""
    if first == second:
        return 0.0
    shared = len(first & second)
    if not shared:
        return 1.0
    likeness = 2 / 3 if first < second or second < first else 1 / 3
    return 1 - likeness * shared / len(first | second)


def set_alpha(
    pairs: Sequence[tuple[frozenset[str], frozenset[str]]],
    distance: Callable[[frozenset[str], frozenset[str]], float] = masi_distance,
) -> float | None:
    """Krippendorff's alpha of two coders over labels of any kind, by a distance; None where all are equal."""
    import numpy as np

    blocks, distances = _set_blocks([[pair] for pair in pairs], distance)
    value = float(_set_alpha(blocks, distances))
    return None if np.isnan(value) else value


# ── per code and overall ──────────────────────────────────────────────────────


def agreement(pairs: Sequence[Pair], *, draws: int = DRAWS, seed: int = SEED) -> list[Agreement]:
    """How far two codings agree on each of the codes."""
    import numpy as np

    blocks: dict[Hashable, NDArray[np.float64]] = {}
    for pair in pairs:
        table = blocks.setdefault(pair.block, np.zeros((4, len(CODES))))
        table[3] += 1
        for code in pair.first | pair.second:
            row = 0 if code in pair.first and code in pair.second else 1 if code in pair.first else 2
            table[row, CODES.index(code)] += 1
    if not blocks:
        return [_on_code(code, (0, 0, 0, 0), {}) for code in CODES]
    counted = np.stack(list(blocks.values()))

    def coefficients(drawn: Any) -> Any:  # noqa: ANN401 arrays
        table = drawn.sum(axis=0)
        return np.stack([kappa(*table), alpha(*table), ac1(*table)])

    drawn = block_bootstrap(counted, coefficients, draws=draws, seed=seed) if _enough(blocks) else None
    whole = counted.sum(axis=0)
    return [
        _on_code(
            code,
            (int(whole[0, place]), int(whole[1, place]), int(whole[2, place]), int(whole[3, place])),
            {
                name: percentile_interval(drawn[:, row, place]) if drawn is not None else None
                for row, name in enumerate(("kappa", "alpha", "ac1"))
            },
        )
        for place, code in enumerate(CODES)
    ]


def _enough(blocks: Mapping[Hashable, object]) -> bool:
    return len(blocks) >= _ENOUGH_BLOCKS


def _on_code(
    code: str, table: tuple[int, int, int, int], intervals: Mapping[str, tuple[float, float] | None]
) -> Agreement:
    both, only_a, only_b, n = table
    used = 2 * both + only_a + only_b
    positive = 2 * both / used if used else None
    note = ""
    if not used:
        note = NOT_USED
    elif both == n:
        note = ALWAYS
    elif used < ENOUGH_USES:
        note = TOO_FEW
    if note:
        return Agreement(code, n, both, only_a, only_b, positive, note=note)
    nothing = (None, None)
    low, high = intervals["alpha"] or nothing
    kappa_low, kappa_high = intervals["kappa"] or nothing
    ac1_low, ac1_high = intervals["ac1"] or nothing
    return Agreement(
        code, n, both, only_a, only_b, positive,
        kappa=float(kappa(*table)), alpha=float(alpha(*table)), ac1=float(ac1(*table)),
        low=low, high=high, kappa_low=kappa_low, kappa_high=kappa_high, ac1_low=ac1_low, ac1_high=ac1_high,
    )  # fmt: skip


def overall(pairs: Sequence[Pair], *, draws: int = DRAWS, seed: int = SEED) -> list[Overall]:
    """Alpha with the MASI distance, on all messages and on those that somebody gave a code.

    The first leans on the many easy messages without a code, so both are given.
    """
    coded = [pair for pair in pairs if pair.first or pair.second]
    return [
        _overall("all messages", pairs, draws, seed),
        _overall("messages coded by somebody", coded, draws, seed),
    ]


def _overall(over: str, pairs: Sequence[Pair], draws: int, seed: int) -> Overall:
    import numpy as np

    if not any(pair.first or pair.second for pair in pairs):
        return Overall(over, len(pairs), None, note=NOT_USED)
    if sum(bool(pair.first) + bool(pair.second) for pair in pairs) < ENOUGH_USES:
        return Overall(over, len(pairs), None, note=TOO_FEW)
    by_block: dict[Hashable, list[tuple[frozenset[str], frozenset[str]]]] = defaultdict(list)
    for pair in pairs:
        by_block[pair.block].append((pair.first, pair.second))
    blocks, distances = _set_blocks(list(by_block.values()), masi_distance)
    value = float(_set_alpha(blocks, distances))
    if np.isnan(value):
        return Overall(over, len(pairs), None, note="all the same")
    interval = None
    if _enough(by_block):
        interval = percentile_interval(
            block_bootstrap(blocks, lambda drawn: _set_alpha(drawn, distances), draws=draws, seed=seed)
        )
    low, high = interval or (None, None)
    return Overall(over, len(pairs), value, low, high)


def _set_blocks(
    blocks: Sequence[Sequence[tuple[frozenset[str], frozenset[str]]]],
    distance: Callable[[frozenset[str], frozenset[str]], float],
) -> tuple[Any, Any]:
    """Per block how often each label was given, the summed distance within messages, and the messages."""
    import numpy as np

    labels = sorted({label for block in blocks for pair in block for label in pair}, key=sorted)
    place = {label: i for i, label in enumerate(labels)}
    distances = np.array([[distance(a, b) for b in labels] for a in labels])
    table = np.zeros((len(blocks), len(labels) + 2))
    for row, block in enumerate(blocks):
        for first, second in block:
            table[row, place[first]] += 1
            table[row, place[second]] += 1
            table[row, -2] += distances[place[first], place[second]]
            table[row, -1] += 1
    return table, distances


def _set_alpha(blocks: Any, distances: Any) -> Any:  # noqa: ANN401 arrays
    """One less the observed distance over that of all pairs of labels, whoever gave them."""
    import numpy as np

    *given, apart, n = blocks.sum(axis=0)
    counts = np.asarray(given)
    expected = counts @ distances @ counts / (2 * n * (2 * n - 1))
    return 1 - apart / n / expected if expected > 0 else np.nan
