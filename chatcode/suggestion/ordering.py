"""In which order open messages are put before a coder: where the machine learns most, or by chance."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Literal

from chatcode.domain import CODES, Suggestions

Order = Literal["sequential", "uncertain", "disagreement", "audit"]
ORDERS: tuple[Order, ...] = ("sequential", "uncertain", "disagreement", "audit")
BATCH = 20
_COLD = 3  # codings below which a code is looked for where it is likeliest, not where it is in doubt
_DOUBTFUL = 2.0  # log-odds from a code's threshold beyond which a message is not in doubt
_TWICE = 4  # messages of fewer words are put once, whoever wrote them
_LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Open:
    """A message that is still open: what is suggested, and what the cues alone would say per code.

    `apart` is that it belongs to the share reviewed without suggestions.
    """

    id: str
    text: str
    suggested: Suggestions
    cued: Mapping[str, float]
    apart: bool = False


def put_in_order(order: Order, messages: Sequence[Open], coded: Mapping[str, int], *, seed: str) -> list[str]:
    """The ids of all messages in the order in which they are to be reviewed.

    `messages` come in reading order; `coded` counts how often the coder gave each code. In a batch of
    twenty "uncertain" takes twelve where codes are in doubt (round robin, the rarest code first), four
    where cues and model disagree, and four by chance from the share kept apart; "disagreement" takes
    sixteen and four. "audit" takes that share first. What the machine thinks never picks a message that is
    kept apart. What is left over follows in reading order.
    """
    by_chance = sorted(messages, key=lambda one: _chance(one.id, seed))
    if order == "sequential":
        return [one.id for one in messages]
    if order == "audit":
        return [one.id for one in sorted(by_chance, key=lambda one: not one.apart)]
    seen = [one for one in messages if not one.apart]
    streams = [
        (4, iter([one.id for one in by_chance if one.apart])),
        (4 if order == "uncertain" else BATCH - 4, _disagreeing(seen)),
    ]
    if order == "uncertain":
        streams.insert(0, (BATCH - 8, _in_doubt(seen, coded)))
    return list(_dealt(streams, [one.id for one in messages]))


def _dealt(streams: Sequence[tuple[int, Iterator[str]]], rest: Sequence[str]) -> Iterator[str]:
    """So many of each stream a batch; none twice; when the streams are empty, what is left over."""
    taken: set[str] = set()

    def fresh(stream: Iterator[str]) -> Iterator[str]:
        for one in stream:
            if one not in taken:
                taken.add(one)
                yield one

    open_streams = [(share, fresh(stream)) for share, stream in streams]
    while batch := [one for share, stream in open_streams for one in islice(stream, share)]:
        yield from batch
    yield from fresh(iter(rest))


def _in_doubt(messages: Sequence[Open], coded: Mapping[str, int]) -> Iterator[str]:
    """Round robin over codes, the rarest first: the message that is most in doubt for that code."""
    thresholds = _thresholds(messages)
    queues = []
    for code in sorted(CODES, key=lambda c: (coded.get(c, 0), CODES.index(c))):
        cold = coded.get(code, 0) < _COLD
        ranked = [
            (_far(one.suggested.scores[code], 1.0 if cold else thresholds[code]), i)
            for i, one in enumerate(messages)
            if code in one.suggested.scores
        ]
        queues.append(iter([i for far, i in sorted(ranked) if cold or far <= _DOUBTFUL]))
    taken: set[int] = set()
    said: set[str] = set()
    while queues:
        for queue in list(queues):
            for place in queue:
                short = _short(messages[place].text)
                if place in taken or short in said:
                    continue
                taken.add(place)
                if short:
                    said.add(short)
                yield messages[place].id
                break
            else:
                queues.remove(queue)


def _disagreeing(messages: Sequence[Open]) -> Iterator[str]:
    """Where cues and model say different things of a code, the widest apart first."""
    apart = []
    for i, one in enumerate(messages):
        wide = [
            abs(one.cued.get(code, 0.0) - one.suggested.scores.get(code, 0.0))
            for code in one.cued.keys() | one.suggested.codes
            if (one.cued.get(code, 0.0) >= _LIKELY) != (code in one.suggested.codes)
        ]
        if wide:
            apart.append((-max(wide), i))
    return (messages[i].id for _, i in sorted(apart))


def _thresholds(messages: Sequence[Open]) -> dict[str, float]:
    """From which probability on each code is suggested, as far as the suggestions show it."""
    least: dict[str, float] = {}
    for one in messages:
        for code in one.suggested.codes:
            p = one.suggested.scores.get(code, _LIKELY)
            least[code] = min(p, least.get(code, 1.0))
    return {code: least.get(code, _LIKELY) for code in CODES}


def _far(p: float, threshold: float) -> float:
    return abs(_logit(p) - _logit(threshold))


def _logit(p: float) -> float:
    p = min(max(p, 1e-3), 1 - 1e-3)
    return math.log(p / (1 - p))


def _short(text: str) -> str:
    """A short text without its ornaments; empty where it is longer: those are not told twice alike."""
    words = re.findall(r"\w+", text.lower())
    return " ".join(words) or "-" if len(words) < _TWICE else ""


def _chance(entry_id: str, seed: str) -> bytes:
    return sha256(f"{seed} order {entry_id}".encode()).digest()


def cue_scores(suggested: Suggestions, weights: Mapping[str, float]) -> dict[str, float]:
    """What the cues alone say of each code, from the reasons that a suggestion keeps.

    `weights` is the weight of each cue by its id; reasons of the model are no cues.
    """
    found: dict[str, float] = {}
    for code, reasons in suggested.reasons.items():
        for reason in reasons:
            if reason.rule in weights:
                found[code] = 1 - (1 - found.get(code, 0.0)) * (1 - weights[reason.rule])
    return found
