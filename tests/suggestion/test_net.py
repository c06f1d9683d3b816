"""A network reads messages in their order; here it is a small one with drawn weights."""

from __future__ import annotations

import numpy as np
import pytest

from chatcode.domain import CODES, Suggestions
from chatcode.suggestion.features import FIGURES, features
from chatcode.suggestion.net import BLOCK, BUCKETS, MARGIN, Net, flow, packed, parts_of, unpacked, words_of

WIDE, FILTERS, STATES = 6, 5, 4
WORDS = ["fiets", "weg", "politie", "dank"]


@pytest.fixture(scope="module")
def net() -> Net:
    draw = np.random.default_rng(1)

    def some(*shape: int) -> np.ndarray:
        return draw.normal(0, 0.5, shape).astype(np.float32)

    arrays = {
        "word_vectors": some(len(WORDS) + 2, WIDE), "part_vectors": some(BUCKETS + 1, WIDE),
        "one": some(WIDE, FILTERS), "one_bias": some(FILTERS),
        "three": some(3, WIDE, FILTERS), "three_bias": some(FILTERS),
        "merge": some(4 * FILTERS + len(FIGURES) + 4, 2 * STATES), "merge_bias": some(2 * STATES),
        "out": some(4 * STATES, len(CODES)), "out_bias": some(len(CODES)),
    }  # fmt: skip
    for way in ("ahead", "back"):
        arrays |= {f"{way}_in": some(2 * STATES, 3 * STATES), f"{way}_in_bias": some(3 * STATES)}
        arrays |= {f"{way}_on": some(STATES, 3 * STATES), f"{way}_on_bias": some(3 * STATES)}
    return Net(WORDS, arrays)


@pytest.fixture(scope="module")
def seen(chat):
    def make(*lines: str):
        messages = chat(*lines)
        return features(messages, {}, [Suggestions()] * len(messages))

    return make


def plainly(net: Net, seen) -> np.ndarray:
    """The same network a word and a message at a time, as its layers are defined; for one block only."""
    arrays, rows = net.arrays, []
    for row, text in enumerate(seen.texts):
        vectors = []
        for word in words_of(text):
            vector = arrays["word_vectors"][WORDS.index(word) + 2 if word in WORDS else 1]
            parts = parts_of(word)
            vectors.append(vector + (arrays["part_vectors"][parts].mean(axis=0) if parts else 0))
        none = np.zeros(WIDE)
        one = [np.maximum(v @ arrays["one"] + arrays["one_bias"], 0) for v in vectors]
        three = [
            np.maximum(
                sum(v @ w for v, w in zip(near, arrays["three"], strict=True)) + arrays["three_bias"], 0
            )
            for near in zip([none, *vectors[:-1]], vectors, [*vectors[1:], none], strict=True)
        ]
        root = np.sqrt(len(vectors))
        found = [np.max(one, 0), np.sum(one, 0) / root, np.max(three, 0), np.sum(three, 0) / root]
        figures = np.concatenate([*found, seen.figures[row], flow(seen)[row]])
        rows.append(np.maximum(figures @ arrays["merge"] + arrays["merge_bias"], 0))
    states = {}
    for way, order in (("ahead", range(len(rows))), ("back", range(len(rows) - 1, -1, -1))):
        state = np.zeros(STATES)
        for row in order:
            told = rows[row] @ arrays[f"{way}_in"] + arrays[f"{way}_in_bias"]
            own = state @ arrays[f"{way}_on"] + arrays[f"{way}_on_bias"]
            reset, kept = (
                1 / (1 + np.exp(-(told[part] + own[part])))
                for part in (slice(STATES), slice(STATES, 2 * STATES))
            )
            new = np.tanh(told[2 * STATES :] + reset * own[2 * STATES :])
            state = (1 - kept) * new + kept * state
            states[way, row] = state
    read = [
        np.concatenate([rows[row], states["ahead", row], states["back", row]]) for row in range(len(rows))
    ]
    return np.array(read) @ arrays["out"] + arrays["out_bias"]


def test_it_gives_what_its_layers_are_defined_to_give(net, seen):
    one = seen("Dora: fiets weg!", "Jan: politie gebeld?", "Dora: dank je wel", "+90", "Mies: hoi")
    assert net.odds(one) == pytest.approx(plainly(net, one), abs=1e-4)


def test_messages_before_and_after_count_and_those_far_away_do_not(net, seen):
    lines = [f"Dora: fiets {i}" for i in range(4 * BLOCK)]
    as_they_are = net.odds(seen(*lines))
    place = 2 * BLOCK + 5
    changed = net.odds(seen(*lines[:place], "Dora: politie weg", *lines[place + 1 :]))
    differ = np.flatnonzero(np.abs(changed - as_they_are).max(axis=1) > 1e-6)
    assert {place - 1, place, place + 1} <= set(differ.tolist())
    assert place - BLOCK - MARGIN < differ.min()
    assert differ.max() < place + BLOCK + MARGIN


def test_a_long_chat_is_read_a_part_at_a_time_and_gives_the_same(net, seen, monkeypatch):
    one = seen(*(f"{who}: fiets {i} politie" for i in range(60) for who in ("Dora", "Jan")))
    whole = net.odds(one)
    monkeypatch.setattr("chatcode.suggestion.net.AT_ONCE", 2 * BLOCK)
    assert net.odds(one) == pytest.approx(whole, abs=1e-5)


def test_texts_without_words_and_groups_without_messages_have_odds_too(net, seen):
    assert np.isfinite(net.odds(seen("Dora: fiets", "Jan:  ", "Mies: weg"))).all()
    assert net.odds(seen("*: joined")).shape == (0, len(CODES))


def test_only_so_many_words_of_a_message_are_read(net, seen):
    long = "fiets weg " * 200
    assert net.odds(seen(f"Dora: {long}"))[0] == pytest.approx(
        net.odds(seen(f"Dora: {long}politie"))[0], abs=0.2
    )
    assert len(words_of(long)) == len(words_of(long + "politie"))


def test_a_word_never_met_is_read_by_its_parts(net, seen):
    assert not set(parts_of("politieauto")).isdisjoint(parts_of("politie"))
    assert np.abs(net.odds(seen("Dora: politieauto")) - net.odds(seen("Dora: kattenluik"))).max() > 1e-3
    assert parts_of("a") == []


def test_what_is_kept_of_it_comes_back(net, seen):
    back = unpacked(packed(net))
    one = seen("Dora: fiets weg", "Jan: politie gebeld")
    assert back.odds(one) == pytest.approx(net.odds(one), abs=0.1)
    again = packed(back)
    assert all((again[name] == array).all() for name, array in packed(net).items() if name != "words")
