import pytest

from chatcode.anonymize.context import Reading, tokens_of
from chatcode.anonymize.street_words import begin_of, first_of, street_ending


def name_of(text, last, lexicon):
    words = tokens_of(text)
    reading = Reading(text, words)
    head = next(place for place, word in enumerate(words) if word.text == last)
    return text[begin_of(text, words[first_of(reading, head, lexicon)].start) : words[head].end]


@pytest.mark.parametrize(
    ("text", "last", "name"),
    [
        ("licht in Op de Bies 4", "Bies", "Op de Bies"),
        ("dat is 't Hofje 3", "Hofje", "'t Hofje"),
        ("in de oude gracht 12", "gracht", "oude gracht"),
        ("bij Regge-erf 22", "erf", "Regge-erf"),
        ("T. Nguyen, Willem de Zwijgerplein 112", "Zwijgerplein", "Willem de Zwijgerplein"),
        ("op Jan van Galenstraat 4", "Galenstraat", "Jan van Galenstraat"),
        ("bij 2e de Ruyterstraat 31", "Ruyterstraat", "2e de Ruyterstraat"),
    ],
)
def test_words_that_belong_to_the_name_are_taken_in(lexicon, text, last, name):
    assert name_of(text, last, lexicon) == name


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Verzamelen Rietkraag 77", "Rietkraag"),
        ("Op Wilgenborg 4 brandt het", "Wilgenborg"),
        ("dat is Delano van de Eikstraat", "Eikstraat"),
        ("mevr. de Graaf van Smidsgang 3", "Smidsgang"),
        ("huur bij A. ten Cate aan de Hunzedrift 55", "Hunzedrift"),
        ("D. Kaplan Limbrichterdreef 5", "Limbrichterdreef"),
        ("de zoon van Bertus ter Haar van Heuvelkamp 5", "Heuvelkamp"),
        ("de Peugeot Partner 2", "Partner"),
    ],
)
def test_people_makes_and_the_beginning_of_a_sentence_are_not(lexicon, text, last):
    assert name_of(text, last, lexicon) == last


@pytest.mark.parametrize(("word", "ending"), [("molenstraat", "straat"), ("saffier", ""), ("kerkhof", "hof")])
def test_the_longest_ending_counts(word, ending):
    assert street_ending(word) == ending
