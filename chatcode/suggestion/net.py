"""A network that reads the messages of a chat in their order; it is learned once, here it only runs.

Convolutions over the words of each message (Kim 2014), words as sums of their parts (Bojanowski et al. 2017),
and a gated recurrent layer over the messages, in both directions (Cho et al. 2014). It errs elsewhere than
the regressions do, so that both together tell codes apart better than either. `benchmarks/starter_net.py`
learns it, from the further chats of the starter alone: of all other chats it is a stranger's word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from zlib import crc32

from chatcode.suggestion.features import Features

if TYPE_CHECKING:
    import numpy as np

LONGEST = 48  # words of a message that are read
BLOCK, MARGIN = 24, 12  # messages at once, and how many more are read before and after them
AT_ONCE = 4_800  # messages, so that a chat of a million takes no more memory than one of five thousand
BUCKETS = 10_000  # for the parts of words
MOST_PARTS = 24
UNKNOWN = 1  # the row of a word that is not in the vocabulary; row nought is no word
VECTORS = ("word_vectors", "part_vectors")  # kept as whole numbers with a scale per row
WEIGHTS = (
    "one", "one_bias", "three", "three_bias", "merge", "merge_bias", "out", "out_bias", "ahead_in",
    "ahead_in_bias", "ahead_on", "ahead_on_bias", "back_in", "back_in_bias", "back_on", "back_on_bias",
)  # fmt: skip
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Net:
    """The weights of the network.

    `word_vectors` has a row for each of `words` after the rows for none and unknown, `part_vectors` one per
    bucket of parts after the row for none. `one` and `three` are the convolutions over one and three words,
    `merge` joins what they found with the figures of a message, `ahead_` and `back_` are the recurrent layer
    in both directions, `out` gives the log-odds per code.
    """

    words: Sequence[str] = field(repr=False)
    arrays: Mapping[str, np.ndarray] = field(repr=False)

    def odds(self, seen: Features) -> np.ndarray:
        """The log-odds of every code (column) for every message (row)."""
        import numpy as np

        if not seen.texts:
            return np.zeros((0, self.arrays["out_bias"].shape[0]), dtype=np.float32)
        figures = np.hstack([seen.figures, flow(seen)])
        merged = np.vstack(
            [
                self._merged(seen.texts[begin : begin + AT_ONCE], figures[begin : begin + AT_ONCE])
                for begin in range(0, len(seen.texts), AT_ONCE)
            ]
        )
        both = np.hstack([merged, self._in_order(merged)])
        odds: np.ndarray = both @ self.arrays["out"] + self.arrays["out_bias"]
        return odds

    def _merged(self, texts: Sequence[str], figures: np.ndarray) -> np.ndarray:
        import numpy as np

        read = np.hstack([self._read(texts), figures]).astype(np.float32)
        merged: np.ndarray = np.maximum(read @ self.arrays["merge"] + self.arrays["merge_bias"], 0)
        return merged

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {word: row for row, word in enumerate(self.words, UNKNOWN + 1)}

    def _read(self, texts: Sequence[str]) -> np.ndarray:
        """What the convolutions find in each text: highest values, and sums by the root of its length."""
        import numpy as np

        number: dict[str, int] = {}
        split = [[number.setdefault(word, len(number)) for word in words_of(text)] for text in texts]
        found = np.zeros((len(texts), 4 * self.arrays["one_bias"].shape[0]), dtype=np.float32)
        if not number:
            return found
        # Each distinct word goes through the weights once: a chat repeats most of its words.
        vectors = self._vectors(list(number))
        one = np.maximum(vectors @ self.arrays["one"] + self.arrays["one_bias"], 0)
        before, at, after = (vectors @ part for part in self.arrays["three"])
        at += self.arrays["three_bias"]
        by_length: dict[int, list[int]] = {}
        for row, words in enumerate(split):
            by_length.setdefault(len(words), []).append(row)
        by_length.pop(0, None)
        # Texts of one length at once: three times as fast as numpy's `reduceat` over all words.
        for length, rows in by_length.items():
            numbers = np.array([split[row] for row in rows])
            three = at[numbers]
            three[:, 1:] += before[numbers[:, :-1]]
            three[:, :-1] += after[numbers[:, 1:]]
            np.maximum(three, 0, out=three)
            single, root = one[numbers], np.float32(length**0.5)
            found[rows] = np.hstack(
                [single.max(axis=1), single.sum(axis=1) / root, three.max(axis=1), three.sum(axis=1) / root]
            )
        return found

    def _vectors(self, words: Sequence[str]) -> np.ndarray:
        """A row per word: its own vector, and the mean of those of its parts."""
        import numpy as np
        from scipy.sparse import csr_matrix

        parts = [parts_of(word) for word in words]
        counts = np.array([len(buckets) for buckets in parts])
        buckets = np.array([bucket for some in parts for bucket in some], dtype=np.int64)
        shares = np.repeat(1 / np.maximum(counts, 1), counts).astype(np.float32)
        ends = np.concatenate([[0], np.cumsum(counts)])
        means = csr_matrix((shares, buckets, ends), (len(words), BUCKETS + 1)) @ self.arrays["part_vectors"]
        rows = [self._rows.get(word, UNKNOWN) for word in words]
        vectors: np.ndarray = (self.arrays["word_vectors"][rows] + means).astype(np.float32)
        return vectors

    def _in_order(self, merged: np.ndarray) -> np.ndarray:
        """The recurrent layer, over blocks with a margin: many blocks at once, a message after the other."""
        import numpy as np

        count, arrays = len(merged), self.arrays
        blocks = np.arange(-(-count // BLOCK))[:, None] * BLOCK + np.arange(-MARGIN, BLOCK + MARGIN)
        found = []
        for begin in range(0, len(blocks), AT_ONCE // BLOCK):
            places = blocks[begin : begin + AT_ONCE // BLOCK]
            there = (places >= 0) & (places < count)
            first = max(0, int(places[0, 0]))
            near = merged[first : int(places[-1, -1]) + 1]
            both = []
            for name in ("ahead", "back"):
                given = (near @ arrays[f"{name}_in"] + arrays[f"{name}_in_bias"])[
                    np.where(there, places - first, 0)
                ]
                steps = range(places.shape[1]) if name == "ahead" else range(places.shape[1] - 1, -1, -1)
                states = _recur(given, there, steps, arrays[f"{name}_on"], arrays[f"{name}_on_bias"])
                both.append(states[:, MARGIN : MARGIN + BLOCK].reshape(len(places) * BLOCK, -1))
            found.append(np.hstack(both))
        return np.vstack(found)[:count]


def _recur(
    given: np.ndarray, there: np.ndarray, steps: range, weights: np.ndarray, bias: np.ndarray
) -> np.ndarray:
    """Gated recurrent units: `given` is the input by its weights, a row a block and a column a message."""
    import numpy as np

    wide = len(weights)
    states = np.zeros((*there.shape, wide), dtype=np.float32)
    state = np.zeros((len(there), wide), dtype=np.float32)
    for step in steps:
        told, own = given[:, step], state @ weights + bias
        gates = 1 / (1 + np.exp(-(told[:, : 2 * wide] + own[:, : 2 * wide])))
        new = np.tanh(told[:, 2 * wide :] + gates[:, :wide] * own[:, 2 * wide :])
        kept = gates[:, wide:]
        state = ((1 - kept) * new + kept * state) * there[:, step, None]
        states[:, step] = state
    return states


def words_of(text: str) -> list[str]:
    """The words and signs of a text, as many as are read."""
    return _WORD.findall(text)[:LONGEST]


def parts_of(word: str) -> list[int]:
    """The buckets of a word's parts of three to five signs, its edges marked."""
    if len(word) < 2:
        return []
    edged = f"<{word}>"
    parts = [edged[i : i + size] for size in (3, 4, 5) for i in range(len(edged) - size + 1)]
    return [crc32(part.encode()) % BUCKETS + 1 for part in parts[:MOST_PARTS]]


def flow(seen: Features) -> np.ndarray:
    """How each message follows the one before: the time between, the same writer, a new conversation."""
    import numpy as np

    rows = np.zeros((len(seen.texts), 4), dtype=np.float32)
    rows[:, 0] = np.log1p(np.clip(np.diff(seen.minutes, prepend=seen.minutes[:1]), 0, 2000)) / 7
    rows[1:, 1] = seen.writers[1:] == seen.writers[:-1]
    rows[2:, 2] = seen.writers[2:] == seen.writers[:-2]
    rows[:1, 3] = 1
    rows[1:, 3] = seen.talks[1:] != seen.talks[:-1]
    return rows


# ── keeping ───────────────────────────────────────────────────────────────────


def packed(net: Net) -> dict[str, np.ndarray]:
    """The network as arrays for a file: vectors as whole numbers with a scale per row, weights halved."""
    import numpy as np

    kept: dict[str, np.ndarray] = {"words": np.array("\n".join(net.words))}
    for name in VECTORS:
        rows = net.arrays[name]
        scale = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-6) / 127
        kept[name] = np.round(rows / scale).astype(np.int8)
        kept[f"{name}_scale"] = scale.astype(np.float32)
    return kept | {name: net.arrays[name].astype(np.float16) for name in WEIGHTS}


def unpacked(kept: Mapping[str, np.ndarray]) -> Net:
    """The network of such arrays."""
    import numpy as np

    arrays = {name: kept[name].astype(np.float32) * kept[f"{name}_scale"] for name in VECTORS}
    return Net(
        str(kept["words"]).split("\n"),
        arrays | {name: kept[name].astype(np.float32) for name in WEIGHTS},
    )
