from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatcode.resampling import block_bootstrap, percentile_interval, whole_folds


def test_blocks_are_drawn_whole_as_many_as_there_are_and_the_same_for_the_same_seed():
    blocks = [("a", 1), ("b", 2), ("c", 3)]
    drawn = []
    block_bootstrap(blocks, lambda some: drawn.append(list(some)) or 0.0, draws=50, seed=3)
    assert {len(some) for some in drawn} == {3}
    assert {block for some in drawn for block in some} == set(blocks)
    again = []
    block_bootstrap(blocks, lambda some: again.append(list(some)) or 0.0, draws=50, seed=3)
    assert again == drawn


def test_a_list_and_an_array_are_drawn_alike():
    numbers = np.arange(20.0)
    from_array = block_bootstrap(numbers, np.mean, draws=100, seed=5)
    assert np.array_equal(from_array, block_bootstrap(list(numbers), np.mean, draws=100, seed=5))
    assert from_array.shape == (100,)


def test_the_spread_is_that_of_the_mean():
    values = np.random.default_rng(0).normal(size=400)
    low, high = percentile_interval(block_bootstrap(values, np.mean, draws=2000, seed=1))
    assert high - low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.1)


def test_a_figure_that_is_mostly_undefined_has_no_interval():
    assert percentile_interval(np.array([np.nan] * 20 + [1.0] * 80)) is None
    assert percentile_interval(np.array([np.nan] * 5 + [1.0] * 95)) == (1.0, 1.0)
    assert percentile_interval(np.array([np.nan])) is None


@given(
    st.lists(st.tuples(st.integers(0, 12), st.frozensets(st.sampled_from("abc"))), min_size=1, max_size=60),
    st.integers(2, 6),
)
def test_folds_keep_blocks_whole_and_none_is_empty(items, folds):
    blocks, labels = [b for b, _ in items], [some for _, some in items]
    dealt = whole_folds(blocks, labels, folds)
    assert len({(b, f) for b, f in zip(blocks, dealt, strict=True)}) == len(set(blocks))
    assert set(dealt) == set(range(min(folds, len(set(blocks)))))
    assert dealt == whole_folds(blocks, labels, folds)


def test_a_rare_label_is_spread_over_the_folds():
    blocks = [i // 4 for i in range(200)]
    labels = [{"rare"} if i % 40 == 0 else {"common"} if i % 3 == 0 else set() for i in range(200)]
    dealt = whole_folds(blocks, labels, 5)
    assert sorted(f for f, some in zip(dealt, labels, strict=True) if "rare" in some) == [0, 1, 2, 3, 4]
    assert max(map(dealt.count, range(5))) <= 48
