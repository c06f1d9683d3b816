"""Two samples: the same figures as other libraries have, and bounds that rounding cannot leave."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from chatcode.survey.samples import (
    Rounded,
    Sample,
    compare,
    hedges_correction,
    holm,
    noncentrality,
    student_bounds,
    welch_bounds,
)

SAMPLES = st.builds(
    Sample,
    st.integers(2, 400),
    st.floats(-50, 50, allow_nan=False),
    st.floats(0.05, 20, allow_nan=False),
)


@given(SAMPLES, SAMPLES)
def test_student_and_welch_are_scipys(first, second):
    found = compare(first, second)
    for equal, t, p in ((True, found.t, found.p_student), (False, found.t_welch, found.p_welch)):
        theirs = stats.ttest_ind_from_stats(
            first.mean, first.sd, first.n, second.mean, second.sd, second.n, equal_var=equal
        )
        assert (t, p) == pytest.approx((theirs.statistic, theirs.pvalue), rel=1e-9, abs=1e-12)


def test_a_sample_of_values_and_its_interval_are_scipys():
    values = [1.0, 4.5, 2.25, 8.0, 3.0]
    sample = Sample.of(values)
    theirs = stats.t.interval(0.95, 4, np.mean(values), stats.sem(values))
    assert (sample.mean, sample.sd) == pytest.approx((np.mean(values), np.std(values, ddof=1)))
    assert sample.interval() == pytest.approx(theirs)


def test_the_interval_of_a_difference_is_scipys():
    rng = np.random.default_rng(7)
    first, second = rng.normal(1, 2, 30), rng.normal(0, 1, 21)
    found = compare(Sample.of(first), Sample.of(second))
    theirs = stats.ttest_ind(first, second, equal_var=False).confidence_interval()
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high))


def test_d_and_g_are_pingouins():
    pingouin = pytest.importorskip("pingouin")
    rng = np.random.default_rng(3)
    first, second = rng.normal(1, 2, 25), rng.normal(0, 1.5, 18)
    found = compare(Sample.of(first), Sample.of(second))
    assert found.d == pytest.approx(pingouin.compute_effsize(first, second, eftype="cohen"))
    # They use the approximation 1 - 3 / (4 N - 9) of the exact correction.
    assert found.g == pytest.approx(pingouin.compute_effsize(first, second, eftype="hedges"), rel=2e-3)


@pytest.mark.parametrize("df", [2, 3, 10, 57, 400])
def test_the_correction_of_g_is_near_its_well_known_approximation(df):
    assert hedges_correction(df) == pytest.approx(1 - 3 / (4 * df - 1), rel=2e-2 if df < 5 else 5e-4)


@settings(deadline=None, max_examples=40)
@given(st.floats(-9, 9), st.integers(2, 500))
def test_the_bounds_of_d_are_where_the_noncentral_t_says(t, df):
    low, high = noncentrality(t, df)
    assert low < t < high or df < 5
    assert stats.nct.cdf(t, df, low) == pytest.approx(0.975, abs=2e-4)
    assert stats.nct.cdf(t, df, high) == pytest.approx(0.025, abs=2e-4)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((100_000, 5, 1), (100_000, 5.1, 1)),
        ((30, 1000, 1), (30, 0, 1)),
        ((5, 0, 0), (5, 1, 1e-6)),
        ((2, 0, 0), (400, 50, 0.05)),
        ((2, 5, 0.1), (2, 1, 0.1)),
    ],
)
def test_however_far_apart_two_samples_are_d_has_its_bounds(first, second):
    found = compare(Sample(*first), Sample(*second))
    assert math.isfinite(found.d_low)
    assert found.d_low < found.d < found.d_high


def test_holm_is_that_of_statsmodels():
    multitest = pytest.importorskip("statsmodels.stats.multitest")
    values = [0.01, 0.04, 0.03, 0.005, 0.9, 0.04]
    assert holm(values) == pytest.approx(list(multitest.multipletests(values, method="holm")[1]))


def test_holm_worked_by_hand():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([]) == []


@settings(deadline=None, max_examples=60)
@given(SAMPLES, SAMPLES, st.lists(st.floats(-1, 1), min_size=4, max_size=4), st.sampled_from([0.05, 0.005]))
def test_no_figures_that_are_printed_the_same_give_a_p_outside_the_bounds(first, second, moved, half):
    def shifted(sample, mean, sd):
        return Sample(sample.n, sample.mean + mean * half, max(1e-6, sample.sd + sd * half))

    one, other = Rounded(first, half, half), Rounded(second, half, half)
    true = compare(shifted(first, *moved[:2]), shifted(second, *moved[2:]))
    slack = 1e-9
    low, high = student_bounds(one, other)
    assert low - slack <= true.p_student <= high + slack
    low, high = welch_bounds(one, other)
    assert low - slack <= true.p_welch <= high + slack


@pytest.mark.parametrize(("n", "mean", "sd"), [(1, 0, 1), (5, 0, -1), (5, math.nan, 1), (5, 0, math.inf)])
def test_what_is_no_sample_is_refused(n, mean, sd):
    with pytest.raises(ValueError, match=r"sample|mean"):
        Sample(n, mean, sd)


def test_two_samples_without_any_variation_cannot_be_tested():
    with pytest.raises(ValueError, match="varies"):
        compare(Sample(5, 1, 0), Sample(5, 2, 0))
