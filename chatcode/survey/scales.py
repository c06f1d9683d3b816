"""Scales: a respondent's score, and whether the items measure one thing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from chatcode.survey.samples import ALPHA


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its correlation with the sum of the others, and alpha without it."""

    question: str
    item_rest: float
    alpha_without: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Cronbach's alpha over the `n` respondents who answered every item, with Feldt's interval.

    Figures that do not exist (too few, no variation) are not numbers (nan).
    """

    n: int
    alpha: float
    low: float
    high: float
    items: tuple[Item, ...]


def score(values: Sequence[float | None], at_least: int) -> float | None:
    """The mean of the items that were answered; None where fewer than `at_least` were."""
    answered = [value for value in values if value is not None]
    return math.fsum(answered) / len(answered) if answered and len(answered) >= at_least else None


def reversed_score(value: float, low: float, high: float) -> float:
    """The score of an item that is worded the other way round."""
    return low + high - value


def reliability(rows: Sequence[Sequence[float | None]], questions: Sequence[str]) -> Reliability:
    """Cronbach's alpha of the items (columns) over the rows that have them all.

    Interval: Feldt (1965). Items are taken as scored: the reversed ones turned round already.
    """
    complete = [[float(v) for v in row if v is not None] for row in rows if None not in row]
    alpha = _alpha(complete)
    n, k = len(complete), len(questions)
    low = high = math.nan
    if math.isfinite(alpha) and k > 1:
        from scipy.special import fdtri

        df1, df2 = n - 1, (n - 1) * (k - 1)
        low = 1 - (1 - alpha) * float(fdtri(df1, df2, 1 - ALPHA / 2))
        high = 1 - (1 - alpha) * float(fdtri(df1, df2, ALPHA / 2))
    items = tuple(
        Item(
            question,
            _correlation([row[i] for row in complete], [sum(row) - row[i] for row in complete]),
            _alpha([row[:i] + row[i + 1 :] for row in complete]),
        )
        for i, question in enumerate(questions)
    )
    return Reliability(n, alpha, low, high, items)


def _alpha(rows: Sequence[Sequence[float]]) -> float:
    if len(rows) < 2 or len(rows[0]) < 2:
        return math.nan
    k = len(rows[0])
    total = _variance([sum(row) for row in rows])
    if total <= 0:
        return math.nan
    return k / (k - 1) * (1 - sum(_variance([row[i] for row in rows]) for i in range(k)) / total)


def _variance(values: Sequence[float]) -> float:
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)


def _correlation(one: Sequence[float], other: Sequence[float]) -> float:
    if len(one) < 2:
        return math.nan
    spread = math.sqrt(_variance(one) * _variance(other))
    if spread == 0:
        return math.nan
    a, b = math.fsum(one) / len(one), math.fsum(other) / len(other)
    shared = math.fsum((x - a) * (y - b) for x, y in zip(one, other, strict=True)) / (len(one) - 1)
    return shared / spread
