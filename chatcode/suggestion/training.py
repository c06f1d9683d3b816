"""Train a model on coded chats, and judge one on chats it has not seen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from chatcode.codebook import Codebook
from chatcode.conversation import split
from chatcode.domain import CODES, Message, Suggestions
from chatcode.errors import ChatcodeError
from chatcode.suggestion.classifier import Lesson, fit
from chatcode.suggestion.features import features
from chatcode.suggestion.model import Model
from chatcode.suggestion.net import Net
from chatcode.suggestion.roles import Given
from chatcode.suggestion.sentences import sentences as encoder_named
from chatcode.suggestion.suggester import cue_suggestions, suggest

_FOLDS = 5
_CHATS = 3  # from so many chats on, each is judged by what was learned from the others
_LEAST = 20  # reviewed messages below which nothing can be learned


@dataclass(frozen=True, slots=True)
class Chat:
    """The entries of one group with their codings: a set of codes, None where not reviewed.

    `after` names the chat in whose manner this one was written, where it was.
    """

    messages: Sequence[Message]
    roles: Mapping[str, Given]
    codings: Sequence[Collection[str] | None]
    name: str = ""
    after: str = ""


def train(
    messages: Sequence[Message],
    roles: Mapping[str, Given],
    codings: Sequence[Collection[str] | None],
    *,
    codebook: Codebook | None = None,
    start: Model | None = None,
) -> Model:
    """Learn from the codings of one group; `start` is a model to go on from.

    Raises:
        ChatcodeError: too few messages were reviewed.
    """
    return train_on([Chat(messages, roles, codings)], codebook=codebook, start=start)


def train_on(
    chats: Sequence[Chat],
    *,
    aids: Sequence[Chat] = (),
    codebook: Codebook | None = None,
    start: Model | None = None,
    sentences: str = "",
    net: Net | None = None,
) -> Model:
    """Learn from the codings of several groups.

    `aids` are learned from too, but thresholds and calibration come from `chats` alone. `sentences` names
    an encoder of sentences (`chatcode.suggestion.sentences`) for a model without a start, `net` is the
    network that such a model is to carry.

    Raises:
        ChatcodeError: too few messages were reviewed.
    """
    codebook = codebook or Codebook.load()
    lessons = [lesson(chat, codebook, i if len(chats) >= _CHATS else None) for i, chat in enumerate(chats)]
    lessons += [lesson(chat, codebook, -1) for chat in aids]
    if sum(int(lesson.known.sum()) for lesson in lessons) < _LEAST:
        raise ChatcodeError(f"fewer than {_LEAST} messages are reviewed", "review more, then train again")
    card = {"codebook": codebook.hash, "chats": len(chats), "aids": len(aids)}
    return fit(
        lessons, card=card, start=start, encoder=encoder_named(sentences) if sentences else None, net=net
    )


def left_out(
    chats: Sequence[Chat],
    *,
    aids: Sequence[Chat] = (),
    codebook: Codebook | None = None,
    sentences: str = "",
    nets: Mapping[str, Net] | None = None,
) -> list[list[Suggestions]]:
    """Suggest for each chat what was learned from the others: the honest way to judge (at least four).

    Aids that were written in the manner of a chat are left out with it. `nets` gives the network by the name
    of the chat that is left out, from which it must not have learned.
    """
    codebook = codebook or Codebook.load()
    found = []
    for held in chats:
        others = [chat for chat in chats if chat is not held]
        apart = [aid for aid in aids if not aid.after or aid.after != held.name]
        net = (nets or {}).get(held.name)
        model = train_on(others, aids=apart, codebook=codebook, sentences=sentences, net=net)
        found.append(suggest(held.messages, held.roles, codebook=codebook, model=model))
    return found


def lesson(chat: Chat, codebook: Codebook, fold: int | None) -> Lesson:
    """A chat as it is learned from; its fold is told by conversation where none is given."""
    import numpy as np

    cued = cue_suggestions(chat.messages, chat.roles, codebook)
    seen = features(chat.messages, chat.roles, cued)
    codings = [chat.codings[place] for place in seen.places]
    parts = split(chat.messages)
    blocks = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    return Lesson(
        seen,
        [cued[place] for place in seen.places],
        np.array([[code in (codes or ()) for code in CODES] for codes in codings], dtype=bool).reshape(
            -1, len(CODES)
        ),
        np.array([codes is not None for codes in codings], dtype=bool),
        blocks[list(seen.places)] % _FOLDS if fold is None else np.full(len(codings), fold),
    )
