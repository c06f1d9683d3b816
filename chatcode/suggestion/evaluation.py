"""How good suggestions are: against codings, per code and over all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatcode.domain import CODES, Suggestions

if TYPE_CHECKING:
    import numpy as np

_FEW = 5  # positives below which a code is no part of a macro figure


@dataclass(frozen=True, slots=True)
class CodeQuality:
    """One code: how often it was coded, and how well it was suggested (`ap` is average precision)."""

    code: str
    n: int
    precision: float
    recall: float
    f1: float
    ap: float


@dataclass(frozen=True, slots=True)
class Quality:
    """All codes, and figures over all.

    Macro figures are means over the codes with five positives or more, `opposite_f1` over the opposite ones
    of them. `calibration_error` is the mean distance of probability and share in ten bins;
    `false_per_100` counts codes suggested per hundred entries that have none.
    """

    rows: tuple[CodeQuality, ...]
    micro_f1: float
    macro_f1: float
    opposite_f1: float
    macro_ap: float
    calibration_error: float
    false_per_100: float


def judge(
    codings: Sequence[Sequence[Collection[str] | None]], found: Sequence[Sequence[Suggestions]]
) -> Quality:
    """Hold the suggestions of chats against their codings, pooled; entries not reviewed are left out."""
    import numpy as np

    pairs = [
        (codes, suggestions)
        for chat, suggested in zip(codings, found, strict=True)
        for codes, suggestions in zip(chat, suggested, strict=True)
        if codes is not None
    ]
    gold = np.array([[code in codes for code in CODES] for codes, _ in pairs], dtype=bool)
    given = np.array([[code in s.codes for code in CODES] for _, s in pairs], dtype=bool)
    chance = np.array([[s.scores.get(code, 0.0) for code in CODES] for _, s in pairs])
    rows = tuple(
        _code(code, gold[:, i], given[:, i], chance[:, i]) if len(pairs) else CodeQuality(code, 0, 0, 0, 0, 0)
        for i, code in enumerate(CODES)
    )
    known = [row for row in rows if row.n >= _FEW]
    opposite = [row.f1 for row in known if row.code.endswith("-")]
    free = ~gold.any(axis=1) if pairs else gold
    return Quality(
        rows=rows,
        micro_f1=_f1(int((gold & given).sum()), int(given.sum()), int(gold.sum())),
        macro_f1=_mean([row.f1 for row in known]),
        opposite_f1=_mean(opposite),
        macro_ap=_mean([row.ap for row in known]),
        calibration_error=_calibration_error(gold.ravel(), chance.ravel()),
        false_per_100=100 * float(given[free].sum()) / max(1, int(free.sum())),
    )


def _code(code: str, gold: np.ndarray, given: np.ndarray, chance: np.ndarray) -> CodeQuality:
    right, n, named = int((gold & given).sum()), int(gold.sum()), int(given.sum())
    return CodeQuality(
        code,
        n,
        right / max(1, named),
        right / max(1, n),
        _f1(right, named, n),
        average_precision(gold, chance),
    )


def average_precision(gold: np.ndarray, chance: np.ndarray) -> float:
    """Mean precision at each positive, best first; ties count as one step (as scikit-learn does)."""
    import numpy as np

    if not gold.any():
        return 0.0
    order = np.argsort(-chance, kind="stable")
    right = np.cumsum(gold[order])
    ends = np.append(np.flatnonzero(np.diff(chance[order])), len(order) - 1)
    precision, recall = right[ends] / (ends + 1), right[ends] / right[-1]
    return float(np.sum(np.diff(recall, prepend=0.0) * precision))


def _f1(right: int, named: int, n: int) -> float:
    return 2 * right / (named + n) if named + n else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _calibration_error(gold: np.ndarray, chance: np.ndarray) -> float:
    import numpy as np

    bins = np.minimum((chance * 10).astype(int), 9)
    error = 0.0
    for number in np.unique(bins):
        inside = bins == number
        error += abs(float(gold[inside].mean() - chance[inside].mean())) * float(inside.mean())
    return error
