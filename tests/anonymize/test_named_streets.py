import pytest

from chatcode.anonymize.addresses import find_places
from chatcode.anonymize.context import tokens_of
from chatcode.anonymize.named_streets import find_named_streets, numbered_words, reading_of, signs


def named(text, lexicon):
    return [text[place.start : place.end] for place in find_named_streets(text, tokens_of(text), [], lexicon)]


def candidates(text, lexicon):
    words = tokens_of(text)
    reading = reading_of(text, words, [])
    return [text[reading.tokens[one.first].start : one.end] for one in numbered_words(reading, lexicon)]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("dat is Hoge Beemd 118 hoor", "Hoge Beemd 118"),
        ("licht bij Op de Bies 4 en 6", "Op de Bies 4 en 6"),
        ("in de Garde 7-2 lekt het", "Garde 7-2"),
        ("Verzamelen Rietkraag 77!", "Rietkraag 77"),
        ("op oude gracht 12 bis", "oude gracht 12 bis"),
        ("naar Jan van Scorel 3, 2 hoog", "Jan van Scorel 3, 2 hoog"),
    ],
)
def test_a_name_is_read_with_all_its_words(lexicon, text, whole):
    assert candidates(text, lexicon) == [whole]


@pytest.mark.parametrize(
    "text", ["op 24-10-2024 is het feest", "nr 14 en nummer 9", "3 auto's", "geb. Mulder, 8-5-2011"]
)
def test_what_cannot_be_a_street_is_not_weighed(lexicon, text):
    assert candidates(text, lexicon) == []


def test_what_is_around_is_told_by_name(lexicon):
    text = "licht bij Rietkraag 77 gezien"
    reading = reading_of(text, tokens_of(text), [])
    (one,) = numbered_words(reading, lexicon)
    assert {"last bij", "first gezien", "form capital", "word rietkraag", "size to 99"} <= signs(
        reading, one, lexicon
    )


def test_an_address_found_by_its_ending_is_no_word_beside_another(lexicon):
    text = "tussen Molenstraat 5 en robijn 12"
    words = tokens_of(text)
    ended = [place for place in find_places(text, lexicon) if text[place.start] == "M"]
    reading = reading_of(text, words, ended)
    (one,) = numbered_words(reading, lexicon)
    assert "second []" in signs(reading, one, lexicon)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("inbraak bij Wilgenborg 201", ["Wilgenborg 201"]),
        ("ze zijn nu op saffier 63", ["saffier 63"]),
        ("bij Feyenoord 3 man op het veld", []),
        ("Windows 11 doet het niet", []),
        ("in mei 5 keer gebeld", []),
    ],
)
def test_the_words_around_tell_a_street_from_what_counts(lexicon, text, found):
    assert named(text, lexicon) == found


def test_of_streets_of_every_name_most_are_found_and_most_other_numbers_stay(lexicon, streets):
    """A list that nothing was learned from; its writer was asked for names without a street's ending."""
    meant = survived = wrong = 0
    for row in streets:
        places = [place for place in find_places(row.text, lexicon) if place.kind == "adres"]
        for start, end, _ in row.spans:
            meant += 1
            survived += not any(place.start <= start and end <= place.end for place in places)
        wrong += sum(
            all(place.end <= start or end <= place.start for start, end, _ in row.spans) for place in places
        )
    assert meant == 100
    assert survived <= 15
    assert wrong <= 12
