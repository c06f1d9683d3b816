from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from chatcode.domain import CODES
from chatcode.errors import ChatcodeError
from chatcode.suggestion import training
from chatcode.suggestion.classifier import _thresholds as thresholds_of
from chatcode.suggestion.evaluation import judge
from chatcode.suggestion.model import Model
from chatcode.suggestion.suggester import starter, suggest
from chatcode.suggestion.training import Chat, left_out, train, train_on

# A made-up coder's habit that no cue knows: a colour is a report, a fruit is social.
COLOURS = ["paars", "groen", "oranje", "turkoois"]
FRUIT = ["peer", "banaan", "mango", "kiwi"]
OTHER = ["tafel", "stoel", "lamp", "kast", "raam", "vloer"]


@pytest.fixture(scope="module")
def coded(chat):
    """A chat with the coder's codings; the seed makes another one of the same kind."""

    def make(seed: int, n: int = 160) -> Chat:
        draw = random.Random(seed)
        lines, codings = [], []
        for i in range(n):
            kind = draw.choice([COLOURS, FRUIT, OTHER, OTHER])
            words = [draw.choice(OTHER), draw.choice(kind), draw.choice(OTHER)]
            lines.append(f"{draw.choice(['Dora', 'Jan', 'Mies'])}: {' '.join(words)}")
            codings.append({"M"} if kind is COLOURS else {"11+"} if kind is FRUIT else set())
            if i % 8 == 7:
                lines.append("+90")
        return Chat(chat(*lines), {}, codings)

    return make


@pytest.fixture(scope="module")
def model(coded, bundled):
    one = coded(1)
    return train(one.messages, one.roles, one.codings, codebook=bundled)


def test_what_a_coder_does_is_learned(coded, model, bundled):
    other = coded(2)
    found = suggest(other.messages, other.roles, codebook=bundled, model=model)
    quality = judge([other.codings], [found])
    assert quality.micro_f1 > 0.9
    assert quality.false_per_100 < 15


def test_a_learned_code_has_a_reason_in_its_own_words(coded, model, bundled):
    other = coded(3)
    for message, one in zip(
        other.messages, suggest(other.messages, other.roles, codebook=bundled, model=model), strict=True
    ):
        for code in one.codes:
            assert one.reasons[code]
        if "M" in one.codes:
            said = one.reasons["M"][0].words
            assert any(colour in said for colour in COLOURS if colour in message.text)


def test_messages_that_were_not_reviewed_teach_nothing(coded, bundled):
    one = coded(4)
    half = [codes if i < 80 else None for i, codes in enumerate(one.codings)]
    learned = train(one.messages, one.roles, half, codebook=bundled)
    assert learned.card["messages"] == 80


def test_training_is_repeatable(coded, bundled):
    one = coded(5, 60)
    first, second = (train(one.messages, one.roles, one.codings, codebook=bundled) for _ in range(2))
    assert first.to_bytes() == second.to_bytes()


def test_too_few_reviewed_messages_are_refused(coded, bundled):
    one = coded(6, 30)
    few = [codes if i < 19 else None for i, codes in enumerate(one.codings)]
    with pytest.raises(ChatcodeError, match="fewer than 20 messages"):
        train(one.messages, one.roles, few, codebook=bundled)


def test_going_on_from_a_model_adds_to_it(coded, bundled):
    one, other = coded(7), coded(8)
    start = starter()
    grown = train(one.messages, one.roles, one.codings, codebook=bundled, start=start)
    plain = judge([other.codings], [suggest(other.messages, other.roles, codebook=bundled, model=start)])
    more = judge([other.codings], [suggest(other.messages, other.roles, codebook=bundled, model=grown)])
    assert more.micro_f1 > plain.micro_f1 + 0.3
    assert grown.heard == start.heard + len(one.messages)


def test_a_model_gone_on_from_knows_the_old_words_and_the_new(coded, bundled):
    one = coded(7)
    start = starter()
    grown = train(one.messages, one.roles, one.codings, codebook=bundled, start=start)
    for part, terms in start.vocabularies.items():
        assert grown.vocabularies[part][: len(terms)] == terms
        assert (grown.idf[part][: len(terms)] == start.idf[part]).all()
    assert "turkoois" not in start.vocabularies["words"]
    assert "turkoois" in grown.vocabularies["words"]
    far = np.flatnonzero(
        grown.mass[: len(start.vocabularies["words"])] == start.mass[: len(start.vocabularies["words"])]
    )
    assert len(far) > 1000
    assert (grown.weights[far] == start.weights[far]).all()


def test_what_is_well_known_gives_way_slower(coded, bundled):
    one = coded(7)
    first = train(one.messages, one.roles, one.codings, codebook=bundled)
    sure = replace(first, mass=first.mass * 100, heard=first.heard * 100)
    against = [codes ^ {"M"} if i < 40 else None for i, codes in enumerate(one.codings)]
    column = CODES.index("M")

    def moved(start: Model) -> float:
        grown = train(one.messages, one.roles, against, codebook=bundled, start=start)
        return float(np.abs(grown.weights[:, column] - start.weights[:, column]).sum())

    assert 0 < moved(sure) < 0.9 * moved(first)


def test_codes_never_coded_keep_what_the_start_knows(coded, bundled, chat):
    one = coded(9, 60)
    start = starter()
    grown = train(one.messages, one.roles, one.codings, codebook=bundled, start=start)
    column = CODES.index("7-")
    assert grown.thresholds[column] == start.thresholds[column]
    assert (grown.weights[:100, column] == start.weights[:100, column]).all()


def test_a_kept_model_suggests_the_same(coded, model, bundled, tmp_path):
    one = coded(10, 60)
    grown = train(one.messages, one.roles, one.codings, codebook=bundled, start=model)
    grown.save(tmp_path / "grown.npz")
    kept = Model.load(tmp_path / "grown.npz")
    assert kept.card == grown.card
    assert (kept.heard, kept.calibration) == (grown.heard, grown.calibration)
    other = coded(11, 60)
    for a, b in zip(
        suggest(other.messages, other.roles, codebook=bundled, model=grown),
        suggest(other.messages, other.roles, codebook=bundled, model=kept),
        strict=True,
    ):
        assert a.scores.keys() == b.scores.keys() or all(p < 0.02 for p in (a.scores | b.scores).values())
        for code in a.scores.keys() & b.scores.keys():
            assert a.scores[code] == pytest.approx(b.scores[code], abs=0.01)


def test_a_model_holds_no_name_number_or_link(bundled, chat):
    lines = []
    for i in range(20):
        lines += [
            f"Xandertje: paars Xandertje 0612345678 https://geheim.nl/{i} [Deelnemer-07] hallo buren",
            "+90",
        ]
    learned = train(chat(*lines), {"Xandertje": "deelnemer"}, [{"M"}, set()] * 10, codebook=bundled)
    known = " ".join(term for terms in learned.vocabularies.values() for term in terms)
    assert "paars" in known
    for secret in ("xander", "0612", "geheim", "07", "6123"):
        assert secret not in known


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04broken"])
def test_a_file_that_is_no_model_is_refused_by_name(tmp_path, content):
    (tmp_path / "odd.npz").write_bytes(content)
    with pytest.raises(ChatcodeError, match=r"odd\.npz: this is no model"):
        Model.load(tmp_path / "odd.npz")


def test_a_model_with_code_in_it_is_refused(tmp_path):
    np.savez(tmp_path / "evil.npz", format=np.array([object()], dtype=object))
    with pytest.raises(ChatcodeError, match="no model"):
        Model.load(tmp_path / "evil.npz")


def test_chats_are_judged_by_what_the_others_taught(coded, bundled):
    chats = [coded(seed, 60) for seed in (21, 22, 23, 24)]
    found = left_out(chats, codebook=bundled)
    assert [len(one) for one in found] == [60] * 4
    assert judge([one.codings for one in chats], found).micro_f1 > 0.85


def test_a_chat_is_left_out_with_what_was_written_in_its_manner(coded, bundled, monkeypatch):
    chats = [replace(coded(seed, 40), name=f"D{seed}") for seed in (21, 22, 23, 24)]
    further = [replace(coded(25, 40), after="D21"), coded(26, 40)]
    learned_from = []

    def learn(others, *, aids, **rest):
        learned_from.append(list(aids))
        return train_on(others, aids=aids, **rest)

    monkeypatch.setattr(training, "train_on", learn)
    left_out(chats, aids=further, codebook=bundled)
    assert learned_from == [further[1:], further, further, further]


@pytest.mark.parametrize("seed", range(20))
def test_no_threshold_gives_more_than_twice_the_seen_number(seed):
    """Also where nothing is told apart, and half of the best F1 is lower than any chance."""
    dice = np.random.default_rng(seed)
    gold = dice.random((200, len(CODES))) < 0.08
    chances = 0.5 + dice.random((200, len(CODES))) / 4
    given = (chances > thresholds_of(chances, gold, None)).sum(axis=0)
    often = gold.sum(axis=0)
    assert (given <= 2 * often + 1)[often >= 5].all()  # thresholds are kept in half the digits


def test_aids_are_learned_from_and_set_no_threshold(coded, bundled):
    chats = [coded(seed, 60) for seed in (31, 32, 33)]
    aid = coded(34, 60)
    reversed_aid = Chat(aid.messages, aid.roles, [{"7-"} if codes else set() for codes in aid.codings])
    learned = train_on(chats, aids=[reversed_aid], codebook=bundled)
    assert learned.thresholds[CODES.index("7-")] == 0.5
    assert learned.card["aids"] == 1
