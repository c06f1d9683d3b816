from __future__ import annotations

import numpy as np
import pytest

from chatcode.domain import CODES, Suggestions
from chatcode.suggestion.features import features
from chatcode.suggestion.surroundings import WIDTH, surroundings

K = len(CODES)
REPORT = CODES.index("M")


@pytest.fixture
def around(chat):
    """The rows of messages of which those in `reports` look like a report."""

    def run(*lines: str, reports: tuple[int, ...] = ()) -> np.ndarray:
        messages = chat(*lines)
        first = np.full((len(messages), K), -4.0)
        first[list(reports), REPORT] = 4.0
        seen = features(messages, {}, [Suggestions()] * len(messages))
        return surroundings(first, seen)

    return run


def part(rows: np.ndarray, number: int) -> np.ndarray:
    """The column of the report in one of the parts behind the figures."""
    begin = WIDTH - K * 8 - 1 + number * K
    return rows[:, begin + REPORT]


def test_a_row_has_its_width(around):
    assert around("Jan: a", "Mies: b").shape == (2, WIDTH)


def test_the_message_before_is_seen_inside_the_conversation_only(around):
    rows = around("Jan: a", "Mies: b", "+90", "Bea: c", reports=(0, 1))
    before = part(rows, 2)
    assert before[1] > 0 > before[0]
    assert before[2] < 0, "a conversation earlier"


def test_what_a_writer_does_elsewhere_counts_without_the_message_itself(around):
    rows = around("Jan: a", "+90", "Mies: b", "+90", "Jan: c", reports=(0,))
    writer = part(rows, 5)
    assert writer[2] > 0, "another message of Jan is a report"
    assert writer[0] < writer[2], "his own does not count for itself"
    assert writer[1] < writer[2]
