from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatcode.suggestion.words import TOKEN, Lexicon, normal


def tokens(text: str) -> list[str]:
    return [found.group() for found in TOKEN.finditer(text)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Om 23.15u bel 0900-8844.", ["Om", "23.15u", "bel", "0900-8844", "."]),
        ("bedankt!👍🏽", ["bedankt", "!", "👍🏽"]),
        ("👨‍👩‍👧 thuis", ["👨‍👩‍👧", "thuis"]),
        ("bel [telefoon-3] even", ["bel", "[telefoon-3]", "even"]),
        ("<Media weggelaten>", ["<Media weggelaten>"]),
        ("auto's zie https://a.nl/b?c=1 ok", ["auto's", "zie", "https://a.nl/b?c=1", "ok"]),
        ("één foto’s", ["één", "foto’s"]),
    ],
)
def test_chat_text_is_cut_into_what_a_reader_sees(text, cut):
    assert tokens(text) == cut


@given(st.text())
def test_tokens_stand_where_they_were_found(text):
    for found in TOKEN.finditer(text):
        assert text[found.start() : found.end()] == found.group() != ""


def test_words_are_compared_without_capitals_accents_and_skin_tones():
    assert normal("Één") == "een"
    assert normal("foto’s") == "foto's"
    assert normal("👍🏽") == normal("👍")


def satisfied(written: str, word: str, **lists: tuple[str, ...]) -> bool:
    lexicon = Lexicon(lists)
    return lexicon.atom(written) in lexicon.atoms(word)


@pytest.mark.parametrize(
    ("written", "yes", "no"),
    [
        ("melding", ["Melding", "meldingen"], ["meldkamer"]),
        ("=app", ["app", "APP"], ["apps", "appel"]),
        ("verdacht*", ["verdachte", "verdacht"], ["onverdacht"]),
        ("*inbra*", ["woninginbraken", "inbraak"], ["afbraak"]),
        ("*borrel", ["straatborrel", "borrel"], ["borrelen"]),
        ("bel", ["bel"], ["bellen"]),
        ("👍", ["👍", "👍🏿"], ["👎"]),
        ("112", ["112"], ["1120"]),
    ],
)
def test_a_term_finds_its_forms(written, yes, no):
    assert all(satisfied(written, word) for word in yes)
    assert not any(satisfied(written, word) for word in no)


def test_a_list_is_found_by_any_of_its_words():
    assert satisfied("@politie", "wijkagenten", politie=("politie", "wijkagent*"))
    assert not satisfied("@politie", "brandweer", politie=("politie", "wijkagent*"))


@pytest.mark.parametrize("word", ["politei", "poliite", "polite", "plitie"])
def test_a_slip_of_the_finger_is_forgiven(word):
    assert satisfied("politie", word)


@pytest.mark.parametrize(
    ("term", "word"),
    [
        ("inbraak", "afbraak"),
        ("inbraak", "inspraak"),
        ("inbraak", "imbraakt"),
        ("melding", "helding"),
        ("geld", "gled"),
        ("marina", "Marijn"),
        ("=politie", "politei"),
        ("kranten", "klanten"),
    ],
)
def test_other_words_short_words_and_names_are_no_slips(term, word):
    assert not satisfied(term, word)
