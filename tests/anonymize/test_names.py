import pytest

from chatcode.anonymize.names import parse, phone_of, stands_alone, streets_of


@pytest.mark.parametrize(
    ("alias", "names"),
    [
        ("Wijkagent Tom", ["Tom"]),
        ("Ria nr 12", ["Ria"]),
        ("~ Mees", ["Mees"]),
        ("Els & Piet", ["Els", "Piet"]),
        ("Fam. Oosterhoff", ["Oosterhoff"]),
        ("Marloes de Wit (gem)", ["Marloes", "Wit"]),
        ("Marco Lepelaarstr 8", ["Marco"]),
        ("Daan Sperwerhof", ["Daan"]),
        ("Herman Olthof", ["Herman", "Olthof"]),
        ("Kees Dekker sloten", ["Kees", "Dekker"]),
        ("Mehmet bakkerij", ["Mehmet"]),
        ("Linda mama v Sem", ["Linda"]),
        ("Kofi B-302", ["Kofi"]),
        ("🌻 Hanneke", ["Hanneke"]),
        ("Petra Blok", ["Petra", "Blok"]),
        ("Ben Hauwert", ["Ben", "Hauwert"]),
        ("+31 6 41 87 20 93", []),
        ("Wijkagent", []),
        ("🦊", []),
    ],
)
def test_a_display_name_gives_its_names(alias, names, lexicon):
    assert [part.text for part in parse(alias, lexicon) if part.kind in ("given", "family")] == names


def test_a_child_in_a_display_name_is_somebody_else(lexicon):
    assert [part.text for part in parse("Linda mama v Sem", lexicon) if part.kind == "other"] == ["Sem"]


def test_a_street_is_known_by_a_neighbour_with_a_house_number(lexicon):
    streets = streets_of(["Danny Noorderpad 4", "Tom Bakker 3"], lexicon)
    assert streets == {"noorderpad"}
    assert [part.text for part in parse("Priya Noorderpad", lexicon, streets)] == ["Priya"]


@pytest.mark.parametrize(
    ("alias", "alone"),
    [
        ("Yıldırım", True),
        ("Truus", True),
        ("Mark", False),
        ("Bakker", False),
        ("Breda", False),
        ("Sperwerhof", False),
    ],
)
def test_words_of_the_language_places_and_streets_do_not_name_anybody_alone(alias, alone, lexicon):
    assert [stands_alone(part, lexicon) for part in parse(alias, lexicon)] == [alone]


@pytest.mark.parametrize(
    ("alias", "phone"),
    [
        ("+31 6 41 87 20 93", "+31641872093"),
        ("~ 06-41872093", "+31641872093"),
        ("+44 7700 900418", "+447700900418"),
        ("Ria 06", None),
        ("12", None),
    ],
)
def test_a_display_name_that_is_a_number(alias, phone):
    assert phone_of(alias) == phone
