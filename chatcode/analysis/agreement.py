"""How far two codings of the same messages agree: per code, and over whole code sets.

Formulas: kappa is Cohen's (1960), alpha Krippendorff's for nominal data (2011), AC1 Gwet's (2002),
positive agreement that of Dice (1945); the overall alpha takes the MASI distance of Passonneau (2006).
The libraries give 1, 0, nan or an error where there is nothing to estimate; here that is said instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chatcode.domain import CODES, Entry
from chatcode.resampling import block_bootstrap, percentile_interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DRAWS, SEED = 2000, 20200901
# Uses of a code by both coders together; below it a coefficient says nothing. Of more coders, five by each.
ENOUGH_USES = 10
# Percentiles of fewer blocks are narrower than what is unsure.
_ENOUGH_BLOCKS = 5
# Krippendorff's conventions.
RELIABLE, TENTATIVE = 0.8, 0.667

# What the coders of one message gave it.
Labels = tuple[frozenset[str], ...]

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
        return verdict(self.alpha, self.low, self.high, self.note)


def verdict(alpha: float | None, low: float | None, high: float | None, note: str) -> str:
    """What the interval of an alpha allows to say; the note where there is no estimate."""
    if alpha is None:
        return note
    if low is None or high is None:
        return "no interval"
    if low >= RELIABLE:
        return "reliable"
    if low >= TENTATIVE:
        return "tentative"
    return "not reliable" if high < TENTATIVE else "undecided"


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
    units: Sequence[Labels],
    distance: Callable[[frozenset[str], frozenset[str]], float] = masi_distance,
) -> float | None:
    """Krippendorff's alpha over labels of any kind, by a distance; None where all are equal.

    A unit is what the coders gave one message, two labels or more: who did not code it is absent.
    """
    import numpy as np

    blocks, distances = _set_blocks([[unit] for unit in units], distance)
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

    drawn = block_bootstrap(counted, coefficients, draws=draws, seed=seed) if enough_blocks(blocks) else None
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


def enough_blocks(blocks: Collection[object]) -> bool:
    """Whether there are blocks enough to draw again from."""
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
    return overall_of([(pair.block, (pair.first, pair.second)) for pair in pairs], draws=draws, seed=seed)


def overall_of(
    units: Sequence[tuple[Hashable, Labels]], *, draws: int = DRAWS, seed: int = SEED
) -> list[Overall]:
    """The same for any number of coders: of each message its block and what everybody who coded it gave."""
    coded = [(block, labels) for block, labels in units if any(labels)]
    return [
        _overall("all messages", units, draws, seed),
        _overall("messages coded by somebody", coded, draws, seed),
    ]


def enough_uses(values: int, messages: int) -> float:
    """How often a code must be used before a coefficient says something: five times by each coder.

    `values` are the codings of the messages, of which not everybody need have coded every one.
    """
    return ENOUGH_USES / 2 * values / messages if messages else 0.0


def _overall(over: str, units: Sequence[tuple[Hashable, Labels]], draws: int, seed: int) -> Overall:
    import numpy as np

    used = sum(bool(label) for _, labels in units for label in labels)
    if not used:
        return Overall(over, len(units), None, note=NOT_USED)
    if used < enough_uses(sum(len(labels) for _, labels in units), len(units)):
        return Overall(over, len(units), None, note=TOO_FEW)
    by_block: dict[Hashable, list[Labels]] = defaultdict(list)
    for block, labels in units:
        by_block[block].append(labels)
    blocks, distances = _set_blocks(list(by_block.values()), masi_distance)
    value = float(_set_alpha(blocks, distances))
    if np.isnan(value):
        return Overall(over, len(units), None, note="all the same")
    interval = None
    if enough_blocks(by_block):
        interval = percentile_interval(
            block_bootstrap(blocks, lambda drawn: _set_alpha(drawn, distances), draws=draws, seed=seed)
        )
    low, high = interval or (None, None)
    return Overall(over, len(units), value, low, high)


def _set_blocks(
    blocks: Sequence[Sequence[Labels]],
    distance: Callable[[frozenset[str], frozenset[str]], float],
) -> tuple[Any, Any]:
    """Per block how often each label was given, and the summed distance within messages.

    The distance of a message is over its pairs of labels, divided by how many others each label has.
    """
    import numpy as np

    labels = sorted({label for block in blocks for unit in block for label in unit}, key=sorted)
    place = {label: i for i, label in enumerate(labels)}
    distances = np.array([[distance(a, b) for b in labels] for a in labels])
    table = np.zeros((len(blocks), len(labels) + 1))
    for row, block in enumerate(blocks):
        for unit in block:
            given = [place[label] for label in unit]
            for label in given:
                table[row, label] += 1
            table[row, -1] += distances[np.ix_(given, given)].sum() / (len(given) - 1)
    return table, distances


def _set_alpha(blocks: Any, distances: Any) -> Any:  # noqa: ANN401 arrays
    """One less the observed distance over that of all pairs of labels, whoever gave them."""
    import numpy as np

    *given, apart = blocks.sum(axis=0)
    counts = np.asarray(given)
    n = counts.sum()
    expected = counts @ distances @ counts / (n * (n - 1))
    return 1 - apart / n / expected if expected > 0 else np.nan
