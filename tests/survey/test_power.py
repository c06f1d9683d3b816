"""Power: as statsmodels has it, and as simulated surveys show it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from chatcode.errors import ChatcodeError
from chatcode.survey.comparison import difference_in_differences
from chatcode.survey.power import needed, power_for, power_of, smallest_found
from chatcode.survey.samples import Sample, compare

EFFECT = 0.3


@pytest.mark.parametrize(("d", "n1", "n2"), [(0.3, 82, 61), (0.2, 30, 200), (0.8, 20, 20), (0.0, 50, 40)])
def test_power_is_that_of_statsmodels(d, n1, n2):
    power = pytest.importorskip("statsmodels.stats.power")
    theirs = power.TTestIndPower().power(d, n1, 0.05, ratio=n2 / n1)
    assert power_of(d, (n1, n2)) == pytest.approx(theirs, abs=1e-6)


def test_without_an_effect_it_is_alpha():
    assert power_of(0, (40, 60)) == pytest.approx(0.05)
    assert power_of(0, (40, 60, 50, 30), alpha=0.01) == pytest.approx(0.01)


def test_what_is_found_and_what_is_needed_turn_power_round():
    assert power_of(smallest_found((82, 61)), (82, 61)) == pytest.approx(0.8)
    n = needed(EFFECT)
    assert n == 176  # as the usual tables have it
    assert power_of(EFFECT, (n, n)) >= 0.8 > power_of(EFFECT, (n - 1, n - 1))


def within_chance(found, tries, expected):
    """Whether so many of so many are in the middle 99.9 % of what the power says."""
    low, high = stats.binom.interval(0.999, tries, expected)
    return low <= found <= high


def test_a_simulated_effect_is_found_in_the_share_of_surveys_that_the_power_says():
    rng, tries, sizes = np.random.default_rng(20200901), 500, (82, 61)
    found = 0
    for _ in range(tries):
        first, second = rng.normal(EFFECT, 1, sizes[0]), rng.normal(0, 1, sizes[1])
        found += compare(Sample.of(first), Sample.of(second)).p_student < 0.05
    assert within_chance(found, tries, power_of(EFFECT, sizes))


def test_a_simulated_difference_of_changes_is_found_in_that_share_too():
    rng, tries, sizes = np.random.default_rng(20210901), 1000, (150, 120, 180, 160)
    found = 0
    for _ in range(tries):
        samples = [Sample.of(rng.normal(EFFECT * (i == 1), 1, n)) for i, n in enumerate(sizes)]
        found += difference_in_differences(*samples).p < 0.05
    assert within_chance(found, tries, power_of(EFFECT, sizes))


@pytest.mark.parametrize(("sizes", "what"), [((5,), "two samples or four"), ((5, 1), "at least two")])
def test_what_has_no_power_is_refused(sizes, what):
    with pytest.raises(ChatcodeError, match=what):
        power_for("x", sizes, 0.3)


def test_an_effect_that_nobody_finds_is_told():
    with pytest.raises(ChatcodeError, match="no survey"):
        needed(1e-6)


def test_power_for_says_both():
    told = power_for("E", (82, 61), EFFECT)
    assert told.power == power_of(EFFECT, (82, 61))
    assert math.isclose(told.found, smallest_found((82, 61)))
