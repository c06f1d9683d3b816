"""What a classifier may lean on, and what it never learns by heart."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from chatcode.suggestion.classifier import _leaning
from chatcode.suggestion.vectors import least, vectorizer


def test_a_term_that_tells_a_code_apart_may_weigh_more_than_one_that_does_not():
    rows = csr_matrix(np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 1.0, 0.0]]))
    coded = np.array([True, True, False, False])
    leaning = _leaning(rows, np.asarray(rows.sum(axis=0)).ravel(), coded)
    assert leaning[0] > leaning[1]
    assert leaning[2] == leaning.min() > 0


def test_what_one_message_alone_holds_is_not_learned():
    texts = ["fiets weg", "fiets terug", "fiets xhobrak"]
    learned = vectorizer("words").fit(texts).get_feature_names_out().tolist()
    assert learned == ["fiets"]
    assert vectorizer("near").min_df == least("near", 0) == 2
    assert vectorizer("parts").min_df == least("parts", 0) == 3


def test_of_many_messages_a_term_must_stand_in_more():
    assert least("parts", 20_000) > least("parts", 4_000) > least("parts", 100)
    assert least("words", 20_000) > least("words", 100)
