"""Regression: coefficients and robust errors as statsmodels has them."""

from __future__ import annotations

import numpy as np
import pytest

from chatcode.survey.regression import Observation, adjusted_changes, fit


def answers(people=0, seed=2, n=120):
    """Answers of four groups; the first `people` answered in both waves."""
    rng = np.random.default_rng(seed)
    found = []
    for i in range(n):
        experimental, after = i % 2 == 0, i >= n // 2
        person = i if i < n // 2 or i - n // 2 >= people else i - n // 2
        sex, age = str(rng.choice(["man", "woman"])), float(rng.choice([21.5, 40.5, 60.5, 80.0]))
        value = 6 + 0.5 * (experimental and after) + 0.01 * age + float(rng.normal(0, 1 + experimental))
        found.append(Observation(value, experimental, after, person, {"sex": sex, "age": age}))
    return found


def design(rows):
    sexes = [o.covariates["sex"] for o in rows]
    common = max(sorted(set(sexes)), key=sexes.count)
    return np.array([o.value for o in rows]), np.array(
        [[1, o.experimental, o.after, o.experimental and o.after, o.covariates["sex"] != common,
          o.covariates["age"]] for o in rows], dtype=float,
    )  # fmt: skip


def test_the_adjusted_change_is_the_interaction_with_hc3_errors():
    api = pytest.importorskip("statsmodels.api")
    rows = answers()
    theirs = api.OLS(*design(rows)).fit(cov_type="HC3", use_t=True)
    found = adjusted_changes(rows, ["sex", "age"])
    assert (found.difference, found.error, found.p) == pytest.approx(
        (theirs.params[3], theirs.bse[3], theirs.pvalues[3])
    )
    assert (found.low, found.high) == pytest.approx(tuple(theirs.conf_int()[3]))
    assert (found.errors, found.n) == ("HC3", 120)


def test_who_answered_twice_is_one_cluster():
    api = pytest.importorskip("statsmodels.api")
    rows = answers(people=40)
    clusters = np.array([o.person for o in rows])
    theirs = api.OLS(*design(rows)).fit(cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True)
    found = adjusted_changes(rows, ["sex", "age"])
    assert (found.difference, found.error, found.p) == pytest.approx(
        (theirs.params[3], theirs.bse[3], theirs.pvalues[3])
    )
    assert found.errors == "clustered by respondent"


def test_without_covariates_it_is_the_difference_of_the_changes_of_the_means():
    rows = answers()
    found = adjusted_changes(rows, [])
    assert found.difference == pytest.approx(found.change_experimental - found.change_control)


def test_who_lacks_a_covariate_is_left_out():
    rows = [*answers(), Observation(99.0, True, True, "x", {"sex": None, "age": 40.5})]
    assert adjusted_changes(rows, ["sex", "age"]) == adjusted_changes(answers(), ["sex", "age"])


def test_what_cannot_carry_the_model_gives_nothing():
    assert adjusted_changes([o for o in answers() if o.experimental], []) is None
    assert adjusted_changes(answers(n=4), []) is None


def test_columns_that_depend_on_each_other_are_refused():
    x = np.array([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]])
    with pytest.raises(ValueError, match="columns"):
        fit(np.array([1.0, 2.0, 3.0]), x)
