"""What the messages around a message, and others of its writer, were found to be: a second look.

A first look at each message by itself gives log-odds per code. Jokes answer jokes, thanks follow
feedback, and who complained before complains again: so a second look takes in those of the neighbours
and of the writer's other messages in the chat. Nothing of a writer is kept: it is seen anew in each chat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatcode.domain import CODES
from chatcode.suggestion.features import FIGURES, Features
from chatcode.suggestion.vectors import logit, sigmoid

if TYPE_CHECKING:
    import numpy as np

_NEIGHBOURS = (-3, -2, -1, 1, 2)  # messages back and ahead, inside the conversation
_UNKNOWN = -3.0  # log-odds that stand for a neighbour that is not there
_LIMIT = 5.0  # log-odds beyond it say no more
_OWN, _NEAR, _WRITER, _FIGURES = 1 / 3, 1 / 6, 0.5, 0.5  # so that no part drowns the others
_USUAL = 3.0  # messages as which the usual shares count beside the writer's own
_FADING = 15.0  # minutes in which what was said before fades to a third
WIDTH = len(CODES) * (len(_NEIGHBOURS) + 4) + 1 + len(FIGURES)


def surroundings(first: np.ndarray, seen: Features) -> np.ndarray:
    """One row a message for the second look, from the log-odds of the first (a row a message)."""
    import numpy as np

    z = np.clip(first, -_LIMIT, _LIMIT)
    p = sigmoid(first)
    writer, often = _writers(p, seen)
    before, fading = _so_far(p, seen)
    columns = [z * _OWN, seen.figures * _FIGURES]
    columns += [_shifted(z, seen.talks, step) * _NEAR for step in _NEIGHBOURS]
    columns += [writer * _WRITER, often, before, fading]
    return np.hstack(columns).astype(np.float32)


def _shifted(z: np.ndarray, talks: np.ndarray, step: int) -> np.ndarray:
    import numpy as np

    found = np.full_like(z, _UNKNOWN)
    if abs(step) < len(z):
        here = slice(max(0, -step), len(z) - max(0, step))
        there = slice(max(0, step), len(z) - max(0, -step))
        same = (talks[here] == talks[there])[:, None]
        found[here] = np.where(same, z[there], _UNKNOWN)
    return found


def _writers(p: np.ndarray, seen: Features) -> tuple[np.ndarray, np.ndarray]:
    """How much likelier than usual each code is in the writer's other messages, and how many they are."""
    import numpy as np

    if not len(p):
        return p, np.zeros((0, 1))
    usual = p.mean(axis=0)
    sums = np.zeros((int(seen.writers.max()) + 1, p.shape[1]))
    np.add.at(sums, seen.writers, p)
    others = np.bincount(seen.writers)[seen.writers][:, None] - 1.0
    share = (sums[seen.writers] - p + _USUAL * usual) / (others + _USUAL)
    return logit(share) - logit(usual), np.log1p(others) / 10


def _so_far(p: np.ndarray, seen: Features) -> tuple[np.ndarray, np.ndarray]:
    """The highest chance of each code earlier in the conversation, and the same fading with time."""
    import numpy as np

    before, fading = np.zeros_like(p), np.zeros_like(p)
    for row in range(1, len(p)):
        if seen.talks[row] == seen.talks[row - 1]:
            before[row] = np.maximum(before[row - 1], p[row - 1])
            fade = np.exp(-max(0.0, seen.minutes[row] - seen.minutes[row - 1]) / _FADING)
            fading[row] = np.maximum(fading[row - 1], p[row - 1]) * fade
    return before, fading
