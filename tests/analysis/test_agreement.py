from __future__ import annotations

import math
from datetime import datetime, timedelta

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import masi_distance as nltk_masi
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

from chatcode.analysis.agreement import (
    Pair,
    ac1,
    agreement,
    alpha,
    kappa,
    masi_distance,
    overall,
    set_alpha,
)
from chatcode.domain import CODES, Entry

M, NONE = frozenset({"M"}), frozenset()


def pairs(*coded, per_day=10):
    """Messages with the codes of both, ten a day."""
    start = datetime(2020, 10, 1, 12)
    return [
        Pair(Entry(f"e{n}", "g", n, start + timedelta(days=n // per_day), "message", "t"), a, b, n // per_day)
        for n, (a, b) in enumerate(coded)
    ]


def table(both, only_a, only_b, neither):
    """The messages of a two-by-two table, spread over the days."""
    coded = [(M, M)] * both + [(M, NONE)] * only_a + [(NONE, M)] * only_b + [(NONE, NONE)] * neither
    return pairs(*(coded[(i * 7919) % len(coded)] for i in range(len(coded))))


def on(code, rows):
    return next(row for row in rows if row.code == code)


# ── published examples ──


@pytest.mark.parametrize(
    ("both", "only_a", "only_b", "neither", "value"),
    [
        (40, 9, 6, 45, 0.70),  # Feinstein and Cicchetti, J Clin Epidemiol 43 (1990) 543-549, table 1
        (80, 10, 5, 5, 0.32),  # the same, table 2: the same agreement, another prevalence
        (118, 5, 2, 0, -0.0234),  # Gwet, Statistical Methods for Inter-Rater Reliability Assessment 1 (2002)
    ],
)
def test_kappa_is_that_of_published_examples(both, only_a, only_b, neither, value):
    n = both + only_a + only_b + neither
    assert kappa(both, only_a, only_b, n) == pytest.approx(value, abs=0.005 if value > 0 else 0.00005)


def test_ac1_is_that_of_the_published_example():
    # Gwet, Kappa statistic is not satisfactory for assessing the extent of agreement between raters (2002)
    assert ac1(118, 5, 2, 125) == pytest.approx(0.9408, abs=0.00005)


def test_alpha_is_that_of_the_published_binary_example():
    # Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), A: two observers, binary
    first, second = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
    both = sum(a and b for a, b in zip(first, second, strict=True))
    only_a, only_b = sum(first) - both, sum(second) - both
    assert alpha(both, only_a, only_b, 10) == pytest.approx(0.095, abs=0.0005)


def test_alpha_over_labels_is_that_of_the_published_nominal_example():
    # Krippendorff (2011), B: two observers, nominal, five values
    coded = zip("aabbdcccedda", "babbbccceddd", strict=True)
    value = set_alpha(
        [(frozenset({a}), frozenset({b})) for a, b in coded], distance=lambda a, b: float(a != b)
    )
    assert value == pytest.approx(0.692, abs=0.0005)


# ── the libraries, where they are defined ──

counts = st.integers(0, 60)


@settings(max_examples=60, deadline=None)
@given(counts, counts, counts, counts)
def test_coefficients_are_those_of_the_libraries_where_those_are_defined(both, only_a, only_b, neither):
    assume(both + only_a + only_b > 0 and both < both + only_a + only_b + neither)
    assume(2 * neither + only_a + only_b > 0)
    first = [1] * (both + only_a) + [0] * (only_b + neither)
    second = [1] * both + [0] * only_a + [1] * only_b + [0] * neither
    assume(len({*first}) > 1 or len({*second}) > 1)
    n = len(first)
    ours = kappa(both, only_a, only_b, n)
    assert ours == pytest.approx(cohen_kappa_score(first, second), abs=1e-12)
    # Its variance is not defined everywhere; kappa is.
    theirs = cohens_kappa([[both, only_a], [only_b, neither]], return_results=False)
    assert ours == pytest.approx(theirs, abs=1e-12)
    assert alpha(both, only_a, only_b, n) == pytest.approx(
        krippendorff.alpha(reliability_data=[first, second], level_of_measurement="nominal"), abs=1e-12
    )


sets = st.frozensets(st.sampled_from(CODES[:5]), max_size=3)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(sets, sets), min_size=2, max_size=25))
def test_alpha_over_code_sets_is_that_of_nltk_with_the_same_distance(coded):
    assume(len({label for pair in coded for label in pair}) > 1)
    task = AnnotationTask(
        data=[(who, i, pair[who]) for i, pair in enumerate(coded) for who in (0, 1)], distance=masi_distance
    )
    assert set_alpha(coded) == pytest.approx(task.alpha(), abs=1e-9)


@settings(deadline=None)
@given(sets, sets)
def test_masi_is_that_of_nltk_but_for_its_rounded_thirds_and_empty_sets(first, second):
    # NLTK divides by nothing for two empty sets; it writes 0.67 and 0.33 for two thirds and one third.
    assert masi_distance(first, first) == 0
    assume(first and second)
    assert masi_distance(first, second) == pytest.approx(nltk_masi(first, second), abs=0.005)


def test_no_code_is_a_label_of_its_own():
    assert masi_distance(NONE, M) == 1.0


# ── said instead of a number ──


def test_a_code_that_nobody_used_has_no_estimate():
    row = on("M", agreement(table(0, 0, 0, 200)))
    assert (row.note, row.positive_agreement, row.kappa, row.alpha, row.ac1, row.low) == (
        "not used",
        *[None] * 5,
    )
    assert row.n == 200


def test_a_handful_of_uses_has_counts_and_positive_agreement_only():
    row = on("M", agreement(table(0, 2, 1, 997)))
    assert (row.both, row.only_a, row.only_b, row.positive_agreement) == (0, 2, 1, 0.0)
    assert (row.note, row.kappa, row.alpha, row.ac1) == ("too few", None, None, None)
    assert on("M", agreement(table(4, 1, 0, 95))).note == "too few"
    assert on("M", agreement(table(4, 1, 1, 95))).note == ""


def test_a_code_on_every_message_has_no_estimate():
    row = on("M", agreement(table(50, 0, 0, 0)))
    assert (row.note, row.alpha, row.positive_agreement) == ("on every message", None, 1.0)


def test_no_messages_is_no_agreement():
    assert {row.note for row in agreement([])} == {"not used"}
    assert [one.note for one in overall([])] == ["not used", "not used"]


def test_overall_says_when_there_is_too_little():
    assert [one.note for one in overall(table(3, 1, 1, 95))] == ["too few", "too few"]
    assert overall(table(20, 0, 0, 0))[0].note == "all the same"


# ── intervals ──


def test_the_interval_holds_the_estimate_and_is_the_same_every_time():
    coded = table(40, 8, 7, 445)
    row = on("M", agreement(coded, draws=400, seed=1))
    assert row.low < row.alpha < row.high
    assert row.kappa_low < row.kappa < row.kappa_high
    assert row.ac1_low < row.ac1 < row.ac1_high
    assert row == on("M", agreement(coded, draws=400, seed=1))
    assert row.low != on("M", agreement(coded, draws=400, seed=2)).low


def test_messages_that_hang_together_make_the_interval_wider():
    apart = [(M, M)] * 60 + [(M, NONE)] * 30 + [(NONE, NONE)] * 110
    whole_days = pairs(*apart)
    spread = [Pair(pair.entry, pair.first, pair.second, n % 20) for n, pair in enumerate(whole_days)]
    clustered, even = (on("M", agreement(one, draws=400)) for one in (whole_days, spread))
    assert clustered.alpha == even.alpha
    assert clustered.high - clustered.low > 2 * (even.high - even.low)


def test_one_evening_has_no_interval():
    row = on("M", agreement(pairs(*[(M, M)] * 8, *[(M, NONE)] * 4, *[(NONE, NONE)] * 20, per_day=40)))
    assert row.alpha is not None
    assert (row.low, row.high, row.verdict) == (None, None, "no interval")


def test_the_overall_interval_holds_the_estimate_and_empty_messages_flatter_it():
    everything, coded = overall(table(40, 15, 15, 445), draws=300)
    assert everything.low < everything.alpha < everything.high
    assert (everything.n, coded.n) == (515, 70)
    assert coded.alpha < everything.alpha


def test_the_verdict_is_of_the_interval_not_of_the_estimate():
    assert on("M", agreement(table(200, 1, 1, 800), draws=300)).verdict == "reliable"
    assert on("M", agreement(table(10, 40, 40, 800), draws=300)).verdict == "not reliable"
    assert on("M", agreement(table(9, 3, 2, 300), draws=300)).verdict == "undecided"


def test_arrays_and_numbers_give_the_same():
    both, only_a, only_b, n = np.array([[40, 0], [8, 0], [7, 0], [500, 500]])
    for coefficient in (kappa, alpha):
        found = coefficient(both, only_a, only_b, n)
        assert found[0] == pytest.approx(coefficient(40, 8, 7, 500))
        assert math.isnan(found[1])
