"""How far several coders agree on a code, all of them at once, whoever coded which message.

Alpha is Krippendorff's for nominal data (2011), which takes messages that not everybody coded; where
all did it is Fleiss' kappa (1971) but for a correction for few codings.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chatcode.analysis.agreement import (
    ALWAYS,
    DRAWS,
    NOT_USED,
    SEED,
    TOO_FEW,
    Overall,
    enough_blocks,
    enough_uses,
    overall_of,
    verdict,
)
from chatcode.domain import CODES
from chatcode.resampling import block_bootstrap, percentile_interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from chatcode.analysis.disagreement import Shared


@dataclass(frozen=True, slots=True)
class Joint:
    """How far several coders agree on one code.

    `n` are the messages that two coders or more coded, `values` their codings, `uses` those with the
    code. `positive_agreement` is how often another coder of a message gave the code too, where one
    gave it. `low` and `high` bound alpha (95 %, blocks of days drawn again).
    """

    code: str
    n: int
    values: int
    uses: int
    positive_agreement: float | None
    alpha: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """What the interval of alpha allows to say, by Krippendorff's conventions of 0.80 and 0.667."""
        return verdict(self.alpha, self.low, self.high, self.note)


def panel(shared: Sequence[Shared], *, draws: int = DRAWS, seed: int = SEED) -> list[Joint]:
    """How far all coders agree on each of the codes."""
    import numpy as np

    if not shared:
        return [Joint(code, 0, 0, 0, None, note=NOT_USED) for code in CODES]
    blocks: dict[Hashable, NDArray[np.float64]] = {}
    for one in shared:
        table = blocks.setdefault(one.block, np.zeros((4, len(CODES))))
        given = np.array([sum(code in codes for codes in one.codes.values()) for code in CODES])
        coders = len(one.codes)
        # What differs and what is alike in a message counts per other coder: each coding weighs one.
        table += (given, np.full(len(CODES), coders), given * (coders - given) / (coders - 1),
                  given * (given - 1) / (coders - 1))  # fmt: skip
    counted = np.stack(list(blocks.values()))
    drawn = (
        block_bootstrap(counted, lambda some: _alpha(some.sum(axis=0)), draws=draws, seed=seed)
        if enough_blocks(blocks)
        else None
    )
    whole = counted.sum(axis=0)
    alphas = _alpha(whole)
    found = []
    for place, code in enumerate(CODES):
        uses, values, _, alike = whole[:, place]
        note = _note(uses, values, len(shared))
        low, high = (percentile_interval(drawn[:, place]) if drawn is not None and not note else None) or (
            None,
            None,
        )
        found.append(
            Joint(
                code, len(shared), int(values), int(uses), float(alike / uses) if uses else None,
                None if note else float(alphas[place]), low, high, note,
            )
        )  # fmt: skip
    return found


def panel_overall(shared: Sequence[Shared], *, draws: int = DRAWS, seed: int = SEED) -> list[Overall]:
    """Alpha of all coders over whole code sets, with the MASI distance."""
    return overall_of([(one.block, tuple(one.codes.values())) for one in shared], draws=draws, seed=seed)


def _alpha(table: Any) -> Any:  # noqa: ANN401 arrays
    """Krippendorff's alpha of each code; nan where all codings are the same."""
    import numpy as np

    uses, values, apart, _ = table
    pairs = uses * (values - uses)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(pairs > 0, 1 - (values - 1) * apart / pairs, np.nan)


def _note(uses: float, values: float, messages: int) -> str:
    if not uses:
        return NOT_USED
    if uses == values:
        return ALWAYS
    return TOO_FEW if uses < enough_uses(int(values), messages) else ""
