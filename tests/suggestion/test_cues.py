from __future__ import annotations

import pytest

from chatcode.suggestion.cues import Cues


@pytest.fixture
def finds(with_cue):
    """Whether a cue, written as in the codebook, is found in a text."""

    def run(cue: str, text: str, *, media: bool = False, words: str = "") -> bool:
        cues = Cues(with_cue(cue, words=words))
        return any(found.id == "new" for found, _ in cues.found(cues.scan(text), None, media))

    return run


@pytest.mark.parametrize(
    ("term", "yes", "no"),
    [
        ("is onderweg", "de politie is nu al onderweg", "onderweg is hij"),
        ("is onderweg", "is onderweg", "is de grote blauwe wagen onderweg"),
        ("is onderweg", "Is onderweg", "Dat is het. Onderweg regende het"),
        ("nog_niet", "is er nog niet", "is er nog steeds niet"),
        ("112 gebeld", "112 gebeld", "0112 gebeld"),
        ("een twee drie", "een, ja een, en twee drie", "een twee"),
    ],
)
def test_a_phrase_keeps_its_order_and_its_sentence(finds, term, yes, no):
    assert finds(f"any: ['{term}']", yes)
    assert not finds(f"any: ['{term}']", no)


def test_all_asks_for_every_term_anywhere(finds):
    assert finds("all: [koffie, zaterdag]", "Zaterdag is er weer. Koffie dus!")
    assert not finds("all: [koffie, zaterdag]", "Zaterdag niet")


def test_any_of_the_terms_will_do_and_none_of_not(finds):
    assert finds("any: [koffie, thee], not: [zonder]", "thee graag")
    assert not finds("any: [koffie, thee], not: [zonder]", "thee zonder")


def test_a_denial_shortly_before_the_hit_takes_it_back(finds):
    cue = "any: [gebeld], not_before: [niet, nog_nooit]"
    assert finds(cue, "ik heb gebeld")
    assert not finds(cue, "ik heb niet gebeld")
    assert not finds(cue, "die heeft nog nooit gebeld")
    assert finds(cue, "niet gezien. Wel gebeld")
    assert finds(cue, "niet gebeld, o jawel, toch even gebeld")


def test_question_looks_at_the_sentence_of_the_hit(finds):
    assert finds("any: [gebeld], question: true", "112 gebeld?")
    assert finds("any: [gebeld], question: false", "112 gebeld. Wie gaat kijken?")
    assert not finds("any: [gebeld], question: false", "Wie heeft er gebeld??")


def test_length_and_emoji_are_conditions(finds):
    assert finds("any: [dank], max_words: 3", "dank je wel")
    assert not finds("any: [dank], max_words: 3", "dank je wel hoor")
    assert not finds("any: [dank], min_words: 2", "dank")
    assert finds("emoji: only", "👍🏽 ❤️")
    assert not finds("emoji: only", "👍 ok")
    assert finds("any: [ok], emoji: some", "ok 👍")
    assert not finds("any: [ok], emoji: none", "ok 👍")


def test_media_is_a_condition(finds):
    assert finds("media: true", "", media=True)
    assert not finds("media: true", "foto")


def test_a_regular_expression_is_the_way_out(finds):
    assert finds("any: ['/\\d{2}-[A-Z]{3}-\\d/']", "auto 12-ABC-3 weer")
    assert finds("all: [auto, '/\\d{2}-[A-Z]{3}-\\d/']", "auto 12-ABC-3 weer")
    assert not finds("all: [auto, '/\\d{2}-[A-Z]{3}-\\d/']", "auto weer")


def test_a_list_may_stand_in_a_phrase(finds):
    words = "  testlijst: [brandweer, politie]\n"
    assert finds("any: ['@testlijst is er']", "De politie is er", words=words)
    assert not finds("any: ['@testlijst is er']", "De buurman is er", words=words)


def test_the_hit_says_where_it_was(with_cue):
    cues = Cues(with_cue("any: ['is onderweg']"))
    text = "👍🏽 de politie is al onderweg!"
    hit = next(hit for cue, hit in cues.found(cues.scan(text), None, False) if cue.id == "new")
    assert (hit.words, text[hit.start : hit.end]) == ("is al onderweg", "is al onderweg")


def test_the_writer_must_have_one_of_the_roles(with_cue):
    cues = Cues(with_cue("any: [hallo], role: [professional, beheerder]"))
    scan = cues.scan("hallo")

    def seen(*roles: str) -> bool:
        return any(cue.id == "new" for cue, _ in cues.found(scan, frozenset(roles), False))

    assert seen("beheerder", "deelnemer")
    assert not seen("deelnemer")


@pytest.mark.parametrize("text", ["", "???", "\n\n", "…", "@", "[x-", "=" * 50])
def test_odd_texts_are_scanned(bundled, text):
    cues = Cues(bundled)
    assert list(cues.found(cues.scan(text), frozenset(), False)) == []
