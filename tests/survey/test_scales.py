"""Scales: scores with missing items, and alpha as other libraries have it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from chatcode.survey.scales import reliability, reversed_score, score


def drawn(n=60, k=6, seed=5):
    rng = np.random.default_rng(seed)
    true = rng.normal(0, 1, (n, 1))
    return np.clip(np.round(3 + true + rng.normal(0, 1, (n, k))), 1, 5)


def test_a_score_is_the_mean_of_what_was_answered_if_that_is_enough():
    assert score([1, 2, None, 3], 3) == 2
    assert score([1, 2, None, None], 3) is None
    assert score([None], 0) is None


def test_a_reversed_item_keeps_its_middle():
    assert [reversed_score(v, 1, 5) for v in (1, 3, 5)] == [5, 3, 1]


def test_alpha_and_its_interval_are_pingouins():
    pingouin = pytest.importorskip("pingouin")
    pandas = pytest.importorskip("pandas")
    data = drawn()
    found = reliability(data.tolist(), list("abcdef"))
    alpha, interval = pingouin.cronbach_alpha(pandas.DataFrame(data))
    assert found.alpha == pytest.approx(alpha)
    # They print the interval with three decimals.
    assert (found.low, found.high) == pytest.approx(tuple(interval), abs=6e-4)


def test_alpha_is_that_of_the_covariances():
    data = drawn()
    covariances = np.cov(data.T)
    by_hand = 6 / 5 * (1 - np.trace(covariances) / covariances.sum())
    assert reliability(data.tolist(), list("abcdef")).alpha == pytest.approx(by_hand)


def test_item_rest_correlations_leave_the_item_itself_out():
    data = drawn(k=4)
    found = reliability(data.tolist(), list("abcd"))
    for place, item in enumerate(found.items):
        rest = np.delete(data, place, axis=1).sum(axis=1)
        assert item.item_rest == pytest.approx(np.corrcoef(data[:, place], rest)[0, 1])
        others = np.delete(data, place, axis=1)
        assert item.alpha_without == pytest.approx(reliability(others.tolist(), list("abc")).alpha)


def test_only_those_who_answered_every_item_are_in_alpha():
    rows = [*drawn(20).tolist(), [1, 2, 3, None, 5, 1]]
    assert reliability(rows, list("abcdef")).n == 20


@pytest.mark.parametrize("rows", [[], [[1, 2]], [[1, 2], [1, 2]], [[1], [2]]])
def test_where_alpha_does_not_exist_it_is_no_number(rows):
    assert math.isnan(reliability(rows, ["a", "b"][: len(rows[0]) if rows else 2]).alpha)
