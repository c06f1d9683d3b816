import pytest

from chatcode.anonymize.bare_numbers import find_bare_numbers, numbers_of, signs


def houses(text, lexicon):
    return [text[place.start : place.end] for place in find_bare_numbers(text, lexicon)]


@pytest.mark.parametrize(
    "text",
    [
        "om 20.30 uur", "€ 45 kwijt", "bel 0900-8844", "bel 112 nu", "12 uur", "80 km", "meld het bij 14 020",
        "op 24-10 is het feest", "over de N-348", "17-jarigen", "18+ graag", "100% zeker", "code A4",
    ],
)  # fmt: skip
def test_what_cannot_be_a_house_is_not_weighed(text):
    assert list(numbers_of(text)) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("bij 7-2 en 41a", ["7-2", "41a"]),
        ("die van 10-12 weten het", ["10-12"]),
        ("in A-204 brandt licht", ["A-204"]),
        ("12 bis boven", ["12 bis"]),
    ],
)
def test_a_number_is_read_with_what_is_added_to_it(text, numbers):
    assert [match.group() for match in numbers_of(text)] == numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bij 33 brandt nog licht", ["33"]),
        ("die van 41a heeft weer feest", ["41a"]),
        ("belde aan bij 15, 17 en 21", ["15", "17", "21"]),
        ("er stonden 33 mensen", []),
        ("de jongste is 8 geworden", []),
        ("tussen 14 en 16 mei zijn we weg", []),
    ],
)
def test_the_words_around_a_number_tell(lexicon, text, found):
    assert houses(text, lexicon) == found


@pytest.mark.parametrize("text", ["een man van 80 is gevallen", "een briefje van 50", "hij rijdt hier op 80"])
def test_ages_notes_and_speeds_stay_whatever_else_is_said(lexicon, text):
    assert houses(text, lexicon) == []


def test_what_stands_around_a_list_counts_for_all_of_it(lexicon):
    text = "bij 15, 17 en 21 woont niemand"
    middle = list(numbers_of(text))[1]
    found = signs(text, middle, lexicon)
    assert {"list after bij", "list before woont", "last bij", "first woont"} <= set(found)


def test_what_was_found_before_is_one_sign(lexicon):
    text = "Klaas \0\0\0\0\0\0 31"
    (match,) = numbers_of(text)
    assert "last []" in signs(text, match, lexicon)
