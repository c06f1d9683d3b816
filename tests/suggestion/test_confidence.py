from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, precision_recall_fscore_support

from chatcode.domain import CODES, Suggestions
from chatcode.suggestion.confidence import judge_with_intervals


def one(p, threshold=0.5):
    return Suggestions(frozenset({"M"} if p >= threshold else ()), {"M": p})


def made(n, seed=0):
    """Messages in conversations of four; the score follows the code with noise."""
    draw = np.random.default_rng(seed)
    gold = draw.random(n) < 0.3
    scores = gold * 0.3 + draw.random(n) * 0.6
    return [{"M"} if g else set() for g in gold], [one(float(p)) for p in scores], [i // 4 for i in range(n)]


@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from([0.1, 0.3, 0.5, 0.6, 0.9])), min_size=1, max_size=40)
)
@settings(max_examples=60, deadline=None)
def test_the_figures_are_those_of_scikit_learn(messages):
    gold, scores = np.array([g for g, _ in messages]), np.array([p for _, p in messages])
    codings = [{"M"} if g else set() for g in gold]
    judged = judge_with_intervals(codings, [one(p) for p in scores], [0] * len(gold), least=1, draws=0)
    row = judged.rows[0]
    assert (row.code, row.n) == ("M", gold.sum())
    if not gold.any():
        assert row.f1.value is None
        return
    precision, recall, f1, _ = precision_recall_fscore_support(
        gold, scores >= 0.5, average="binary", zero_division=np.nan
    )
    assert row.precision.value == (None if np.isnan(precision) else pytest.approx(precision))
    assert (row.recall.value, row.f1.value) == (pytest.approx(recall), pytest.approx(f1))
    assert row.ap.value == pytest.approx(average_precision_score(gold, scores))
    assert judged.macro_ap.value == row.ap.value


def test_below_the_least_number_of_examples_a_code_has_no_figure():
    codings = [{"M"}] * 9 + [{"1+"}] * 10 + [set()] * 10
    found = [Suggestions(frozenset(codes), dict.fromkeys(codes, 0.9)) for codes in codings]
    judged = judge_with_intervals(codings, found, list(range(29)), draws=50)
    rows = {row.code: row for row in judged.rows}
    assert (rows["M"].n, rows["M"].f1.value, rows["M"].ap.value) == (9, None, None)
    assert rows["1+"].f1.value == 1.0
    assert judged.macro_f1.value == 1.0
    assert judged.micro_f1.value == 1.0


def test_more_messages_give_a_narrower_interval_around_the_figure():
    few, many = (judge_with_intervals(*made(n), draws=400).rows[0].f1 for n in (120, 1200))
    for figure in (few, many):
        assert figure.interval[0] <= figure.value <= figure.interval[1]
    assert many.interval[1] - many.interval[0] < 0.6 * (few.interval[1] - few.interval[0])


def test_conversations_are_drawn_whole():
    codings, found, _ = made(400)
    # Copies of one message in a conversation tell nothing new: the interval may not shrink.
    copied = [[x for x in some for _ in range(5)] for some in (codings, found, range(400))]
    alone = judge_with_intervals(codings, found, list(range(400)), draws=400).rows[0].recall
    whole = judge_with_intervals(*copied, draws=400).rows[0].recall
    assert whole.value == pytest.approx(alone.value)
    assert whole.interval[1] - whole.interval[0] == pytest.approx(
        alone.interval[1] - alone.interval[0], rel=0.1
    )


def test_nothing_reviewed_gives_no_figure():
    judged = judge_with_intervals([], [], [])
    assert (judged.messages, judged.micro_f1.value) == (0, None)
    assert [row.code for row in judged.rows] == list(CODES)
