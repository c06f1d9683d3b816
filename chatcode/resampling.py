"""Intervals by drawing again, and folds, for figures over messages that hang together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Where more of the draws than this leave a figure undefined, the rest is no fair picture of it.
_UNDEFINED = 0.1


def block_bootstrap(
    blocks: Sequence[Any] | NDArray[Any], statistic: Callable[[Any], Any], *, draws: int = 2000, seed: int = 0
) -> NDArray[np.float64]:
    """Work a statistic out again on blocks drawn with replacement, as many as there are.

    Neighbouring messages depend on each other, so what is drawn is whole blocks (days,
    conversations), never single messages. `statistic` gets a sequence of blocks, in the form in
    which they came (an array is indexed along its first axis), and gives a number or an array of
    them; the first axis of the result is the draws. Undefined values are nan.
    """
    import numpy as np

    generator = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        chosen = generator.integers(0, len(blocks), len(blocks))
        found.append(
            statistic(blocks[chosen] if isinstance(blocks, np.ndarray) else [blocks[i] for i in chosen])
        )
    return np.asarray(found, dtype=np.float64)


def percentile_interval(values: NDArray[np.float64], confidence: float = 0.95) -> tuple[float, float] | None:
    """The interval between the percentiles of what was drawn; None where too much of it is undefined."""
    import numpy as np

    defined = values[~np.isnan(values)]
    if not len(values) or len(defined) < (1 - _UNDEFINED) * len(values):
        return None
    tail = 50 * (1 - confidence)
    low, high = np.percentile(defined, [tail, 100 - tail])
    return float(low), float(high)


def whole_folds(blocks: Sequence[Hashable], labels: Sequence[Collection[Hashable]], folds: int) -> list[int]:
    """A fold for every item, so that a block stays in one fold and rare labels are spread over folds.

    Blocks with the rarest labels are dealt first, each to the fold that has least of what it holds.
    There are fewer folds where there are fewer blocks; the same input gives the same folds.
    """
    total = Counter(label for some in labels for label in some)
    held: dict[Hashable, Counter[Hashable]] = {}
    sizes = Counter(blocks)
    for block, some in zip(blocks, labels, strict=True):
        held.setdefault(block, Counter()).update(some)
    weights = {block: sum(n / total[label] for label, n in counts.items()) for block, counts in held.items()}
    numbers = {block: number for number, block in enumerate(held)}
    filled = [Counter[Hashable]() for _ in range(max(1, min(folds, len(held))))]
    size = [0] * len(filled)
    dealt: dict[Hashable, int] = {}
    for block in sorted(held, key=lambda b: (-weights[b], -sizes[b], numbers[b])):
        here = held[block]
        fold = min(
            range(len(filled)),
            key=lambda f: (
                sum(n * filled[f][label] / total[label] ** 2 for label, n in here.items()),
                size[f],
                f,
            ),
        )
        filled[fold].update(here)
        size[fold] += sizes[block]
        dealt[block] = fold
    return [dealt[block] for block in blocks]
