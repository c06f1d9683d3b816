"""Align two lists that share entries, in order, as programs do that compare files."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

_LARGEST_TABLE = 4_000_000  # cells of a comparison of all with all


def align(stored: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pair equal entries in order, as many as may be.

    Entries that occur once on either side fix the alignment (their longest run in order holds);
    from there equal neighbours are taken, and what is left between two fixed pairs is compared
    all with all. This is the patience method of comparing files.
    """
    pairs: list[tuple[int, int]] = []
    start = (0, 0)
    for anchor in [*_anchors(stored, new), (len(stored), len(new))]:
        pairs += _fill(stored, new, start, anchor)
        if anchor[0] < len(stored):
            pairs.append(anchor)
        start = (anchor[0] + 1, anchor[1] + 1)
    return pairs


def _anchors(stored: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of entries that occur once on either side, in order on both: the longest such run."""
    once_stored, once_new = _once(stored), _once(new)
    pairs = [(place, once_new[content]) for content, place in once_stored.items() if content in once_new]
    pairs.sort()
    tails: list[int] = []  # the smallest new position that ends a run of each length
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(tails, place)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [number]
    run: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _once(contents: Sequence[Hashable]) -> dict[Hashable, int]:
    counts = Counter(contents)
    return {content: place for place, content in enumerate(contents) if counts[content] == 1}


def _fill(
    stored: Sequence[Hashable], new: Sequence[Hashable], start: tuple[int, int], stop: tuple[int, int]
) -> list[tuple[int, int]]:
    """Pair what lies between two fixed pairs: equal neighbours first, then all with all."""
    (a, b), (c, d) = start, stop
    head: list[tuple[int, int]] = []
    while a < c and b < d and stored[a] == new[b]:
        head.append((a, b))
        a, b = a + 1, b + 1
    tail: list[tuple[int, int]] = []
    while a < c and b < d and stored[c - 1] == new[d - 1]:
        c, d = c - 1, d - 1
        tail.append((c, d))
    return [*head, *_longest(stored, new, (a, b), (c, d)), *reversed(tail)]


def _longest(
    stored: Sequence[Hashable], new: Sequence[Hashable], start: tuple[int, int], stop: tuple[int, int]
) -> list[tuple[int, int]]:
    """The longest common subsequence of two short stretches; of long ones without anchors, nothing."""
    (a, b), (c, d) = start, stop
    if a == c or b == d or (c - a) * (d - b) > _LARGEST_TABLE or set(stored[a:c]).isdisjoint(new[b:d]):
        return []
    rows = [[0] * (d - b + 1)]
    for content in reversed(stored[a:c]):
        below, row = rows[-1], [0] * (d - b + 1)
        for place in range(d - b - 1, -1, -1):
            same = content == new[b + place]
            row[place] = below[place + 1] + 1 if same else max(below[place], row[place + 1])
        rows.append(row)
    rows.reverse()
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < c - a and j < d - b:
        if stored[a + i] == new[b + j]:
            pairs.append((a + i, b + j))
            i, j = i + 1, j + 1
        elif rows[i + 1][j] >= rows[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs
