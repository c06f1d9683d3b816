from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatcode.domain import CODES, Suggestions
from chatcode.suggestion.evaluation import average_precision, judge


def said(**scores: float) -> Suggestions:
    named = {code.replace("_", "-"): p for code, p in scores.items()}
    return Suggestions(frozenset(code for code, p in named.items() if p >= 0.5), named, {})


def test_counts_are_those_of_a_table_by_hand():
    gold = [[{"M"}, {"M"}, {"M"}, {"M"}, {"M"}, set(), set(), None]]
    found = [[said(M=0.9), said(M=0.8), said(M=0.6), said(M=0.3), said(), said(M=0.7), said(), said(M=1.0)]]
    quality = judge(gold, found)
    row = quality.rows[CODES.index("M")]
    assert (row.n, row.precision, row.recall) == (5, 3 / 4, 3 / 5)
    assert row.f1 == quality.micro_f1 == quality.macro_f1 == pytest.approx(2 / 3)
    assert quality.false_per_100 == 50
    assert quality.opposite_f1 == 0.0


def test_rare_codes_are_no_part_of_macro_figures():
    gold = [[{"M"}] * 5 + [{"1+"}] * 4]
    found = [[said(M=0.9)] * 5 + [said()] * 4]
    assert judge(gold, found).macro_f1 == 1.0


def test_nothing_to_judge_is_no_error():
    quality = judge([[None]], [[said(M=0.9)]])
    assert (quality.micro_f1, quality.macro_ap, quality.false_per_100) == (0.0, 0.0, 0.0)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.1, 0.5, 0.9])), min_size=1, max_size=40))
def test_average_precision_is_that_of_scikit_learn(pairs):
    from sklearn.metrics import average_precision_score

    gold, chance = np.array([g for g, _ in pairs]), np.array([p for _, p in pairs])
    expected = average_precision_score(gold, chance) if gold.any() else 0.0
    assert average_precision(gold, chance) == pytest.approx(expected)


def test_probabilities_that_are_shares_have_no_calibration_error():
    gold = [[{"M"}, set(), {"M"}, set()]]
    found = [[said(M=0.5)] * 4]
    assert judge(gold, found).calibration_error == pytest.approx(0.0)
