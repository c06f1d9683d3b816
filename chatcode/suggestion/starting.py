"""The starter model: made from the coded synthetic chats that the program ships."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from chatcode.bundled import practice_path, starter_path
from chatcode.domain import Message
from chatcode.errors import ChatcodeError
from chatcode.suggestion.model import FORMAT, Model
from chatcode.suggestion.net import Net
from chatcode.suggestion.sentences import sentences as encoder_named
from chatcode.suggestion.training import Chat, train_on
from chatcode.whatsapp.reader import read_export

# By these the starter is judged, and they alone set thresholds and the second look: learned from all chats
# that look told apart less well (mean average precision .645, else .667, with thirteen further chats), for
# their coders differ.
CHATS = ("D1", "D2", "D3", "D4", "D5", "D6")
_ROLES = {"b": "beheerder", "p": "professional", "d": "deelnemer", "g": "beheerder, professional"}


def build(names: Sequence[str] = CHATS, *, sentences: str = "", net: Net | None = None) -> Model:
    """Learn the starter model from its chats; with embeddings it takes some minutes.

    The network is that of the model that is shipped, where no other is given.
    """
    chats = [chat(name) for name in names]
    return train_on(chats, aids=aids(), sentences=sentences, net=net or Model.load(starter_path()).net)


def aids() -> list[Chat]:
    """What is learned from beside the chats by which is judged."""
    further = sorted(path.stem for path in (practice_path() / "further").glob("*.txt"))
    lines = (practice_path() / "further" / "after.tsv").read_text(encoding="utf-8").splitlines()
    after = dict(line.split("\t") for line in lines)
    return [threads(), *(replace(chat(f"further/{name}"), after=after.get(name, "")) for name in further)]


def starter_with(sentences: str) -> Model:
    """The starter model with sentence embeddings; made once and kept with the user's other caches.

    What is kept was learned from the synthetic chats alone. One that cannot be read is made anew.

    Raises:
        ChatcodeError: the embeddings are not on this computer.
    """
    from platformdirs import user_cache_path

    shipped = sha256(starter_path().read_bytes()).hexdigest()
    told = f"{FORMAT} {sentences} {encoder_named(sentences).dims} {shipped}"
    name = f"starter-{sha256(told.encode()).hexdigest()[:16]}.npz"
    path = user_cache_path("chatcode", appauthor=False) / name
    if path.is_file():
        with suppress(ChatcodeError):
            return Model.load(path)
    model = build(sentences=sentences)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    model.save(half)
    half.replace(path)
    return model


def chat(name: str) -> Chat:
    """A coded chat of the starter: export, members, codes."""
    folder = practice_path()
    lines = (folder / f"{name}.codes.jsonl").read_text(encoding="utf-8").splitlines()
    members = (folder / f"{name}.members.tsv").read_text(encoding="utf-8").splitlines()
    roles = dict(line.split("\t")[:2] for line in members if "\t" in line)
    codings = [frozenset(json.loads(line)["codes"]) for line in lines]
    return Chat(read_export(folder / f"{name}.txt").messages, roles, codings, name)


def threads() -> Chat:
    """The short conversations of `threads.txt` as one chat, a day apart."""
    messages, codings, roles = [], [], {}
    day = datetime(2020, 1, 1, 9)
    text = (practice_path() / "threads.txt").read_text(encoding="utf-8")
    for block in text.strip().split("\n\n"):
        day += timedelta(days=1, hours=1)
        for minute, line in enumerate(block.strip().splitlines()):
            who, codes, said = line.split("|", 2)
            roles[who] = _ROLES[who[0]]
            messages.append(Message(day + timedelta(minutes=2 * minute), who, "message", said))
            codings.append(frozenset(codes.split()))
    return Chat(messages, roles, codings)
