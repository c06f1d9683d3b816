"""How sure the figures of suggestions are: intervals by drawing whole conversations again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatcode.domain import CODES, Suggestions
from chatcode.resampling import block_bootstrap, percentile_interval
from chatcode.suggestion.evaluation import average_precision

if TYPE_CHECKING:
    import numpy as np

LEAST = 10  # positives below which a code gets no figure
_DRAWS = 1000

Interval = tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its 95 % interval; both None where there are too few examples."""

    value: float | None
    interval: Interval = None


@dataclass(frozen=True, slots=True)
class CodeFigures:
    """One code: `n` positives, `suggested` times suggested, and how the two agree.

    `prior` is the share of messages with the code: the average precision of guessing.
    """

    code: str
    n: int
    suggested: int
    prior: float
    precision: Figure
    recall: Figure
    f1: Figure
    ap: Figure


@dataclass(frozen=True, slots=True)
class Judged:
    """Figures over some messages. Macro figures are means over the codes with `least` positives or more."""

    messages: int
    conversations: int
    least: int
    rows: tuple[CodeFigures, ...]
    micro_f1: Figure
    macro_f1: Figure
    macro_ap: Figure


def judge_with_intervals(
    codings: Sequence[Collection[str]],
    found: Sequence[Suggestions],
    blocks: Sequence[int],
    *,
    least: int = LEAST,
    draws: int = _DRAWS,
    seed: int = 0,
) -> Judged:
    """Hold suggestions against codings, message by message; `blocks` says which conversation each is in.

    Without draws there are no intervals. They are percentiles of a block bootstrap over conversations
    (Künsch 1989, with blocks as they fall).
    """
    import numpy as np

    gold = np.array([[c in codes for c in CODES] for codes in codings], dtype=bool).reshape(-1, len(CODES))
    given = np.array([[c in s.codes for c in CODES] for s in found], dtype=bool).reshape(-1, len(CODES))
    chance = np.array([[s.scores.get(c, 0.0) for c in CODES] for s in found]).reshape(-1, len(CODES))
    shown = [i for i in range(len(CODES)) if gold[:, i].sum() >= least]
    _, number = np.unique(np.asarray(blocks, dtype=int), return_inverse=True)
    count = int(number.max()) + 1 if len(number) else 0

    def statistic(chosen: np.ndarray) -> np.ndarray:
        return _figures(gold, given, chance, np.bincount(chosen, minlength=count)[number], shown)

    if not count:
        return _empty(least)
    values = statistic(np.arange(count))
    drawn = block_bootstrap(np.arange(count), statistic, draws=draws, seed=seed)

    def figure(row: int, column: int) -> Figure:
        value = values[row, column]
        if np.isnan(value):
            return Figure(None)
        return Figure(float(value), percentile_interval(drawn[:, row, column]) if draws else None)

    rows = tuple(
        CodeFigures(
            code,
            int(gold[:, i].sum()),
            int(given[:, i].sum()),
            float(gold[:, i].mean()),
            *(figure(i, k) if i in shown else Figure(None) for k in range(4)),
        )
        for i, code in enumerate(CODES)
    )
    last = len(CODES)
    return Judged(len(gold), count, least, rows, figure(last, 0), figure(last, 1), figure(last, 2))


def _empty(least: int) -> Judged:
    none = Figure(None)
    rows = tuple(CodeFigures(code, 0, 0, 0.0, none, none, none, none) for code in CODES)
    return Judged(0, 0, least, rows, none, none, none)


def _figures(
    gold: np.ndarray, given: np.ndarray, chance: np.ndarray, weights: np.ndarray, shown: Sequence[int]
) -> np.ndarray:
    """Per code precision, recall, F1 and average precision, and a last row of micro F1 and macro figures.

    `weights` is how often each message was drawn; nan where a figure is not defined.
    """
    import numpy as np

    out = np.full((len(CODES) + 1, 4), np.nan)
    right, named, n = (weights @ m for m in (gold & given, given, gold))
    with np.errstate(invalid="ignore", divide="ignore"):
        out[:-1, 0] = right / named
        out[:-1, 1] = right / n
        out[:-1, 2] = 2 * right / (named + n)
        out[-1, 0] = 2 * right.sum() / (named.sum() + n.sum())
    drawn = np.repeat(np.arange(len(gold)), weights)
    for i in shown:
        if n[i]:
            out[i, 3] = average_precision(gold[drawn, i], chance[drawn, i])
    if shown:
        defined = ~np.isnan(out[shown, 3])
        if defined.any():
            out[-1, 1] = np.nan_to_num(out[shown, 2])[defined].mean()
            out[-1, 2] = out[shown, 3][defined].mean()
    return out
