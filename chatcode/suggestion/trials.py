"""Suggestions for reviewed messages by models that did not see them: how else to judge a model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import count
from typing import Literal

from chatcode.codebook import Codebook
from chatcode.conversation import split
from chatcode.domain import Message, Suggestions
from chatcode.errors import ChatcodeError
from chatcode.resampling import whole_folds
from chatcode.suggestion.model import Model
from chatcode.suggestion.suggester import suggest
from chatcode.suggestion.training import Chat, train_on

Scheme = Literal["grouped", "time", "chat"]
SCHEMES: tuple[Scheme, ...] = ("grouped", "time", "chat")
FOLDS = 5
_FIRST_PART = 0.7  # of the reviewed messages, in order of time: what is learned from
_COPIED = 5  # messages of so many words or more that stand there twice are judged together


def conversations(chats: Sequence[Chat]) -> list[list[int]]:
    """A number for every entry of every chat: the conversation it stands in, over all chats."""
    numbers = count()
    found = []
    for chat in chats:
        found.append([n for part in split(chat.messages) for n in [next(numbers)] * len(part)])
    return found


def folds_of(chats: Sequence[Chat], scheme: Scheme) -> list[list[int | None]]:
    """The fold in which every entry is judged; None where it is only learned from, or not reviewed.

    "grouped" keeps conversations whole, and those together that hold the same longer text; "time"
    learns from the first seven tenths and judges the rest; "chat" leaves out a chat at a time.

    Raises:
        ChatcodeError: there are too few chats or conversations for the scheme.
    """
    places = [
        (c, i) for c, chat in enumerate(chats) for i, codes in enumerate(chat.codings) if codes is not None
    ]
    if scheme == "chat":
        if len(chats) < 2:
            raise ChatcodeError("one group only was reviewed", "Judge by conversations: --scheme grouped")
        dealt = [c for c, _ in places]
    else:
        blocks = _joined(chats, conversations(chats))
        here = [blocks[c][i] for c, i in places]
        if len(set(here)) < FOLDS:
            raise ChatcodeError(
                f"fewer than {FOLDS} conversations are reviewed", "Review more, then evaluate."
            )
        if scheme == "grouped":
            dealt = whole_folds(here, [chats[c].codings[i] or () for c, i in places], FOLDS)
        else:
            dealt = _late(chats, places, conversations(chats))
    found: list[list[int | None]] = [[None] * len(chat.codings) for chat in chats]
    for (c, i), fold in zip(places, dealt, strict=True):
        found[c][i] = fold if fold >= 0 else None
    return found


def out_of_sample(
    chats: Sequence[Chat],
    folds: Sequence[Sequence[int | None]],
    *,
    codebook: Codebook,
    start: Model | None = None,
    advance: Callable[[int], None] | None = None,
) -> list[list[Suggestions | None]]:
    """Suggestions for every entry that has a fold, by what was learned without that fold."""
    found: list[list[Suggestions | None]] = [[None] * len(chat.codings) for chat in chats]
    for done, fold in enumerate(sorted({f for some in folds for f in some if f is not None}), 1):
        rest = [
            Chat(
                chat.messages,
                chat.roles,
                [None if f == fold else codes for codes, f in zip(chat.codings, some, strict=True)],
            )
            for chat, some in zip(chats, folds, strict=True)
        ]
        known = [chat for chat in rest if any(codes is not None for codes in chat.codings)]
        model = train_on(known, codebook=codebook, start=start)
        for here, chat, some in zip(found, chats, folds, strict=True):
            if fold not in some:
                continue
            suggested = suggest(chat.messages, chat.roles, codebook=codebook, model=model)
            for place, f in enumerate(some):
                if f == fold:
                    here[place] = suggested[place]
        if advance:
            advance(done)
    return found


def _joined(chats: Sequence[Chat], blocks: Sequence[Sequence[int]]) -> list[list[int]]:
    """Conversations in which the same longer text was sent count as one: else it is judged by its copy."""
    first: dict[str, int] = {}
    same: dict[int, int] = {}

    def root(block: int) -> int:
        while block in same:
            block = same[block]
        return block

    for chat, some in zip(chats, blocks, strict=True):
        for message, block in zip(chat.messages, some, strict=True):
            words = _words(message)
            if len(words) < _COPIED:
                continue
            other = root(first.setdefault(" ".join(words), block))
            if other != root(block):
                same[root(block)] = other
    return [[root(block) for block in some] for some in blocks]


def _words(message: Message) -> Sequence[str]:
    return re.findall(r"\w+", re.sub(r"\d", "0", message.text.lower())) if message.kind == "message" else ()


def _late(
    chats: Sequence[Chat], places: Sequence[tuple[int, int]], blocks: Sequence[Sequence[int]]
) -> list[int]:
    """Fold 0 for what comes last, whole conversations only; -1 for what is learned from."""
    begins: dict[int, datetime] = {}
    for c, i in places:
        begins.setdefault(blocks[c][i], chats[c].messages[i].sent_at)
    order = sorted(begins[blocks[c][i]] for c, i in places)
    cut = order[int(len(order) * _FIRST_PART)]
    if cut == order[0]:
        raise ChatcodeError("what was reviewed lies too close together in time", "Judge by conversations.")
    return [0 if begins[blocks[c][i]] >= cut else -1 for c, i in places]
