"""Changes: what the design asks, worked out from figures."""

from __future__ import annotations

import numpy as np
import pytest

from chatcode.survey.comparison import difference_in_differences, kind_of, side_of
from chatcode.survey.samples import Sample


def test_the_difference_of_changes_is_the_interaction_of_a_regression():
    api = pytest.importorskip("statsmodels.api")
    rng = np.random.default_rng(11)
    drawn = [rng.normal(m, s, 40) for m, s in ((6, 1.5), (6.5, 1.5), (6.2, 1), (6.1, 1))]
    found = difference_in_differences(*map(Sample.of, drawn))
    e = np.repeat([1, 1, 0, 0], 40)
    after = np.repeat([0, 1, 0, 1], 40)
    fitted = api.OLS(np.concatenate(drawn), np.column_stack([np.ones(160), e, after, e * after])).fit()
    assert found.difference == pytest.approx(fitted.params[3])
    # With groups of one size the unbiased variances of the groups give HC2 exactly.
    assert found.error == pytest.approx(fitted.get_robustcov_results("HC2").bse[3])


@pytest.mark.parametrize(
    ("name", "kind", "side"),
    [
        ("E-vs-C", "baseline", "E"),
        ("experimental vs control", "baseline", "E"),
        ("E", "followup", "E"),
        ("Controle", "followup", "C"),
        ("C voor-na", "followup", "C"),
        ("before-vs-after", "other", "before-vs-after"),
        ("", "other", ""),
    ],
)
def test_the_name_of_a_group_says_what_is_compared(name, kind, side):
    assert (kind_of(name), side_of(name)) == (kind, side)
