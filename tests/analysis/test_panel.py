from __future__ import annotations

import math
from datetime import datetime, timedelta

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

from chatcode.analysis.agreement import Pair, agreement, masi_distance, overall, set_alpha
from chatcode.analysis.disagreement import Shared
from chatcode.analysis.panel import panel, panel_overall
from chatcode.domain import CODES, Entry

M, NONE = frozenset({"M"}), frozenset()
CODERS = ("K1", "K2", "K3", "K4")


def read(*coded, per_day=10):
    """Messages with the codes of each coder, ten a day; None of who did not code it."""
    start = datetime(2020, 10, 1, 12)
    return [
        Shared(
            Entry(f"e{n}", "g", n, start + timedelta(days=n // per_day), "message", "t"),
            {coder: codes for coder, codes in zip(CODERS, row, strict=False) if codes is not None},
            n // per_day,
        )
        for n, row in enumerate(coded)
    ]


def on_report(shared, **more):
    return next(row for row in panel(shared, **more) if row.code == "M")


def used(rows):
    return [[None if value is None else M if value else NONE for value in row] for row in rows]


# ── published, and the libraries where they are defined ──


def test_alpha_is_that_of_the_published_example_with_missing_data():
    # Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), C: four observers, nominal
    data = (
        (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
        (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
        (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
        (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
    )
    units = [tuple(frozenset({str(v)}) for v in unit if v) for unit in zip(*data, strict=True)]
    several = [unit for unit in units if len(unit) > 1]
    assert set_alpha(several, distance=lambda a, b: float(a != b)) == pytest.approx(0.743, abs=0.0005)


values = st.sampled_from((0, 1, None))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(values, values, values, values), min_size=12, max_size=40))
def test_alpha_is_that_of_krippendorff_whoever_coded_what(rows):
    rows = [row for row in rows if sum(value is not None for value in row) > 1]
    given_ = [value for row in rows for value in row if value is not None]
    assume(rows and len(set(given_)) == 2)
    found = on_report(read(*used(rows)), draws=10)
    assume(not found.note)
    matrix = np.array([[np.nan if v is None else v for v in row] for row in rows], dtype=float).T
    theirs = krippendorff.alpha(reliability_data=matrix, level_of_measurement="nominal")
    assert found.alpha == pytest.approx(theirs, abs=1e-12)
    assert (found.n, found.values, found.uses) == (len(rows), len(given_), sum(given_))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 1)] * 3), min_size=20, max_size=40))
def test_where_all_coded_everything_alpha_is_fleiss_kappa_but_for_its_small_sample_term(rows):
    assume(len({value for row in rows for value in row}) == 2)
    found = on_report(read(*used(rows)), draws=10)
    assume(not found.note)
    table, _ = aggregate_raters(np.array(rows))
    fleiss = fleiss_kappa(table, method="fleiss")
    assert 1 - found.alpha == pytest.approx((1 - fleiss) * (1 - 1 / (3 * len(rows))), abs=1e-12)


sets = st.none() | st.frozensets(st.sampled_from(CODES[:4]), max_size=2)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(sets, sets, sets), min_size=15, max_size=30))
def test_alpha_over_code_sets_of_three_is_that_of_nltk(rows):
    # NLTK takes no message that one coder alone coded.
    rows = [row for row in rows if sum(codes is not None for codes in row) > 1]
    units = [tuple(codes for codes in row if codes is not None) for row in rows]
    assume(len({codes for unit in units for codes in unit}) > 1)
    task = AnnotationTask(
        data=[(who, n, codes) for n, unit in enumerate(units) for who, codes in enumerate(unit)],
        distance=masi_distance,
    )
    assert set_alpha(units) == pytest.approx(task.alpha(), abs=1e-9)


# ── two are a panel too ──


def test_of_two_coders_it_says_what_their_agreement_says():
    rows = [(M, M)] * 30 + [(M, NONE)] * 6 + [(NONE, M)] * 4 + [(NONE, NONE)] * 160
    rows = [rows[(n * 7919) % len(rows)] for n in range(len(rows))]
    shared = read(*rows)
    pairs = [Pair(one.entry, *one.codes.values(), one.block) for one in shared]
    two, joint = next(r for r in agreement(pairs) if r.code == "M"), on_report(shared)
    assert (joint.alpha, joint.low, joint.high, joint.positive_agreement) == pytest.approx(
        (two.alpha, two.low, two.high, two.positive_agreement)
    )
    assert (joint.verdict, joint.uses, joint.values) == (two.verdict, 70, 400)
    assert panel_overall(shared, draws=50) == overall(pairs, draws=50)


# ── what is said instead of a number ──


def test_positive_agreement_is_how_often_another_gave_it_where_one_did():
    found = on_report(read((M, M, M), (M, M, NONE), (M, NONE, NONE), *[(NONE, NONE, NONE)] * 50))
    # Of six uses the first message has two others each that gave it, the second one of two, the last none.
    assert found.positive_agreement == pytest.approx((3 + 1) / 6)


def test_too_few_is_five_uses_by_each_coder():
    many = [(NONE, NONE, NONE)] * 80
    assert on_report(read(*[(M, M, M)] * 4, (M, M, NONE), *many)).note == "too few"
    assert on_report(read(*[(M, M, M)] * 5, *many)).note == ""
    assert on_report(read(*many)).note == "not used"
    assert on_report(read(*[(M, M, M)] * 20)).note == "on every message"
    assert {row.note for row in panel([])} == {"not used"}


def test_one_evening_has_no_interval_and_more_days_have():
    rows = [(M, M, M)] * 12 + [(M, NONE, NONE)] * 6 + [(NONE, NONE, NONE)] * 60
    rows = [rows[(n * 7919) % len(rows)] for n in range(len(rows))]
    assert on_report(read(*rows, per_day=100)).verdict == "no interval"
    found = on_report(read(*rows))
    assert found.low < found.alpha < found.high and not math.isnan(found.low)
