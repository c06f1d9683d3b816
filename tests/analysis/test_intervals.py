"""The intervals against worked figures, against another library, and by their own symmetries."""

from __future__ import annotations

from math import inf, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatcode.analysis.intervals import (
    Dispersion,
    difference_interval,
    dispersion,
    dispersion_of_shares,
    rate_ratio_interval,
    widened,
)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    # Worked figures: 24 in 12 months against 6 in 6; 6 in 12 against none in 6.
    [((24, 12, 6, 6), 0.97, 4.49), ((6, 12, 0, 6), 1.07, inf)],
)
def test_the_interval_of_a_rate_ratio_equals_worked_figures(counts, low, high):
    assert rate_ratio_interval(*counts, 0.90) == pytest.approx((low, high), abs=0.01)


@pytest.mark.parametrize("counts", [(24, 12, 6, 6), (6, 12, 1, 6), (3, 12, 9, 12), (40, 12, 8, 6)])
def test_the_interval_lies_inside_the_exact_one_of_clopper_and_pearson(counts):
    from scipy.stats import beta

    seen, months, before, months_before = counts
    low, high = rate_ratio_interval(*counts, 0.90)

    def ratio(share):
        return share / (1 - share) * months_before / months

    exact = ratio(beta.ppf(0.05, seen, before + 1)), ratio(beta.ppf(0.95, seen + 1, before))
    assert exact[0] < low < high < exact[1]


def test_its_bounds_are_where_the_mid_p_value_is_the_tail():
    from scipy.stats import binom

    low, high = rate_ratio_interval(24, 12, 6, 6, 0.90)
    for bound, beyond in (
        (low, lambda share: binom.sf(24, 30, share)),
        (high, lambda share: binom.cdf(23, 30, share)),
    ):
        share = bound * 12 / (bound * 12 + 6)
        assert beyond(share) + binom.pmf(24, 30, share) / 2 == pytest.approx(0.05, abs=1e-6)


def test_nothing_seen_at_all_bounds_nothing():
    assert rate_ratio_interval(0, 12, 0, 12, 0.90) == (0.0, inf)


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.5, 24), st.floats(0.5, 24))
def test_the_interval_holds_the_estimate_and_turns_over_with_the_ratio(seen, before, t, t_before):
    low, high = rate_ratio_interval(seen, t, before, t_before, 0.90)
    assert low <= high
    if seen and before:
        assert low <= seen / t / (before / t_before) <= high
        turned = rate_ratio_interval(before, t_before, seen, t, 0.90)
        assert turned == pytest.approx((1 / high, 1 / low), rel=1e-4)


@pytest.mark.parametrize(
    ("shares", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17: 873-890, table II, method 10, 95 %.
    [((56, 70, 48, 80), 0.0524, 0.3339), ((9, 10, 3, 10), 0.1705, 0.8090), ((10, 10, 0, 20), 0.6791, 1.0)],
)
def test_newcombes_interval_equals_his_own_examples(shares, low, high):
    assert difference_interval(*shares, 0.95) == pytest.approx((low, high), abs=1e-4)


def test_even_months_have_no_dispersion_and_months_of_all_or_nothing_have_much():
    assert dispersion(((2, 1.0),) * 6, ((4, 1.0),) * 6).phi == 1.0
    # Rate 2: deviations of 2 in each of six months, 6 * 4 / 2 = 12 over 5 degrees of freedom.
    assert dispersion(((4, 1.0), (0, 1.0)) * 3).phi == pytest.approx(12 / 5)
    for nothing in ((), ((3, 1.0),), ((0, 1.0),) * 6):
        assert dispersion(nothing).phi == 1.0


def test_unequal_months_are_held_against_their_own_exposure():
    assert dispersion(((2, 1.0), (1, 0.5), (4, 2.0))).phi == 1.0


def test_bursts_tell_less_of_their_dispersion_than_the_months_that_they_lie_in():
    bursts = dispersion(((4, 1.0), (0, 1.0)) * 3)
    # Excess kurtosis at mean 2 and dispersion 2.4: 6 * 1.4 / 2 + 1 / (2.4 * 2).
    assert bursts.freedom == pytest.approx(5 / (1 + (4.2 + 1 / 4.8) / 2))


def test_the_kurtosis_is_that_of_the_negative_binomial():
    from scipy.stats import nbinom

    mean, phi = 3.0, 2.5
    excess = nbinom(mean / (phi - 1), 1 / phi).stats("k")
    assert 6 * (phi - 1) / mean + 1 / (phi * mean) == pytest.approx(float(excess))


def test_shares_that_are_all_or_nothing_by_month_have_much_dispersion():
    assert dispersion_of_shares(((2, 4),) * 6).phi == 1.0
    # Share one half of 24 tries: a variance of 6; deviations of 2 in each of six months, times 6 / 5.
    assert dispersion_of_shares(((4, 4), (0, 4)) * 3) == Dispersion(pytest.approx(24 / 5), pytest.approx(5))
    for nothing in ((), ((3, 4),), ((0, 4), (0, 2)), ((4, 4), (0, 0))):
        assert dispersion_of_shares(nothing).phi == 1.0


def test_large_months_weigh_more_and_leave_fewer_degrees_of_freedom():
    large, small = ((8, 8), (0, 8), (1, 2), (1, 2)), ((4, 8), (4, 8), (2, 2), (0, 2))
    assert dispersion_of_shares(large).phi > dispersion_of_shares(small).phi
    assert dispersion_of_shares(large).freedom < 3


def test_an_interval_is_widened_by_the_root_of_phi_and_the_quantile_of_t():
    from scipy.stats import norm, t

    assert Dispersion(1.0, 3.0).factor(0.90) == 1.0
    assert Dispersion(4.0, 3.5).factor(0.90) == pytest.approx(2 * t.ppf(0.95, 3.5) / norm.ppf(0.95))


def test_widening_multiplies_the_distance_on_the_log_scale():
    low, high = widened(2.0, (1.0, 4.0), 2.0)
    assert (low, high) == pytest.approx((0.5, 8.0))
    assert widened(2.0, (1.0, 4.0), 1.0) == pytest.approx((1.0, 4.0))
    assert widened(2.0, (0.0, inf), 3.0) == (0.0, inf)
    assert sqrt(low * high) == pytest.approx(2.0)
