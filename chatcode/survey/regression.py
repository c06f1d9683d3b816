"""Least squares with robust errors, and the difference-in-differences with covariates by it."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatcode.survey.comparison import Changes
from chatcode.survey.samples import ALPHA, two_sided

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Observation:
    """One answer to one indicator: who was asked (E or C), when, and what it is adjusted for.

    `covariates` are numbers, or words that each become a column of their own. `person` is the same
    for the same respondent in both waves.
    """

    value: float
    experimental: bool
    after: bool
    person: Hashable
    covariates: Mapping[str, float | str | None]


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients with robust standard errors and the degrees of freedom for their t."""

    coefficients: Matrix
    errors: Matrix
    df: int
    residual_sd: float
    kind: str


def fit(y: Matrix, x: Matrix, clusters: Sequence[Hashable] | None = None) -> Fit:
    """Ordinary least squares with HC3 errors, or errors by cluster where those are given.

    HC3 as MacKinnon and White (1985) have it; by cluster CR1 (Liang and Zeger 1986, with the
    correction G/(G-1) * (n-1)/(n-k), and G-1 degrees of freedom).

    Raises:
        ValueError: the columns of x depend on each other, or there are not more rows than columns.
    """
    import numpy as np

    n, k = x.shape
    if n <= k or np.linalg.matrix_rank(x) < k:
        raise ValueError("the model has more columns than the answers can tell apart")
    inverse = np.linalg.inv(x.T @ x)
    coefficients = inverse @ x.T @ y
    residuals = y - x @ coefficients
    if clusters is None:
        leverage = np.einsum("ij,jk,ik->i", x, inverse, x)
        # A row that alone decides its fitted value has no residual to tell its error by.
        if np.any(leverage > 1 - 1e-9):
            raise ValueError("an answer alone decides a column of the model")
        scaled = x * (residuals / (1 - leverage))[:, None]
        meat, df, kind = scaled.T @ scaled, n - k, "HC3"
    else:
        members: dict[Hashable, list[int]] = {}
        for place, cluster in enumerate(clusters):
            members.setdefault(cluster, []).append(place)
        sums = np.array([x[rows].T @ residuals[rows] for rows in members.values()])
        count = len(members)
        if count <= k:
            raise ValueError("there are too few respondents for the model")
        meat = sums.T @ sums * (count / (count - 1) * (n - 1) / (n - k))
        df, kind = count - 1, "clustered by respondent"
    errors = np.sqrt(np.diag(inverse @ meat @ inverse))
    return Fit(coefficients, errors, df, float(np.sqrt(residuals @ residuals / (n - k))), kind)


def adjusted_changes(
    observations: Sequence[Observation], covariates: Sequence[str], *, indicator: str = "", area: str = ""
) -> Changes | None:
    """The change of E less the change of C by regression, adjusted for covariates.

    Who lacks a covariate is left out of it; `n` says how many are in. Errors are clustered by
    respondent where somebody answered in both waves, HC3 elsewhere. None where the answers cannot
    carry the model.
    """
    import numpy as np

    rows = [o for o in observations if all(o.covariates.get(name) is not None for name in covariates)]
    cells = {
        (o.experimental, o.after): [
            p.value for p in rows if (p.experimental, p.after) == (o.experimental, o.after)
        ]
        for o in rows
    }
    if len(cells) < 4:
        return None
    columns = [
        [1.0] * len(rows),
        [float(o.experimental) for o in rows],
        [float(o.after) for o in rows],
        [float(o.experimental and o.after) for o in rows],
    ]
    for name in covariates:
        columns += _columns([o.covariates[name] for o in rows])
    people = [o.person for o in rows]
    y, x = np.array([o.value for o in rows]), np.array(columns).T
    try:
        found = fit(y, x, people if len(set(people)) < len(people) else None)
    except ValueError:
        return None
    difference, error = float(found.coefficients[3]), float(found.errors[3])
    if error == 0:
        return None
    from scipy.special import stdtrit

    reach = float(stdtrit(found.df, 1 - ALPHA / 2)) * error
    means = {cell: math.fsum(values) / len(values) for cell, values in cells.items()}
    return Changes(
        "", indicator, area,
        means[True, True] - means[True, False], means[False, True] - means[False, False],
        difference, error, difference - reach, difference + reach, difference / error, found.df,
        two_sided(difference / error, found.df), difference / found.residual_sd, len(rows),
        tuple(covariates), found.kind,
    )  # fmt: skip


def _columns(values: Sequence[float | str | None]) -> list[list[float]]:
    """A covariate as columns: a number as it is, words as one column each but for the most common."""
    numbers = [value for value in values if isinstance(value, float | int)]
    if len(numbers) == len(values):
        return [[float(value) for value in numbers]] if len(set(numbers)) > 1 else []
    words = [str(value) for value in values]
    kinds = sorted(set(words), key=lambda word: (-words.count(word), word))
    return [[float(word == kind) for word in words] for kind in kinds[1:]]
