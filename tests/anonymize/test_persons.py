import pytest

from chatcode.anonymize.persons import Persons


@pytest.fixture
def persons() -> Persons:
    return Persons()


def test_the_same_name_in_the_same_group_is_the_same_member(persons):
    first = persons.enrol("g1", ["Fatima"], {})["Fatima"]
    assert persons.enrol("g1", ["\u200eFatima "], {})["\u200eFatima "].id == first.id


def test_the_same_name_in_another_group_is_somebody_else(persons):
    assert (
        persons.enrol("g1", ["Fatima"], {})["Fatima"].id != persons.enrol("g2", ["Fatima"], {})["Fatima"].id
    )


def test_the_same_number_is_one_person_in_the_whole_study(persons):
    first = persons.enrol("g1", ["+31 6 12 34 56 78"], {})["+31 6 12 34 56 78"]
    second = persons.enrol("g2", ["~ 06-12345678"], {})["~ 06-12345678"]
    assert second.id == first.id


def test_numbers_are_unique_per_title_and_shuffled(persons):
    names = [f"Buur {letter}{letter}{letter}" for letter in "abcdefghijklmnopqrst"]
    numbers = [member.number for member in persons.enrol("g1", names, {}).values()]
    assert sorted(numbers) == list(range(1, 21))
    more = persons.enrol("g2", ["Wijkagent Tom", "Ine"], {})
    assert more["Ine"].number == 21
    assert more["Wijkagent Tom"].label == "Wijkagent-1"
    orders = {tuple(numbers)}
    for group in range(3, 8):
        members = persons.enrol(f"g{group}", names, {})
        orders.add(
            tuple(member.number - min(m.number for m in members.values()) + 1 for member in members.values())
        )
    assert len(orders) > 1


def test_who_is_forgotten_keeps_the_label_and_loses_names_and_number(persons):
    gone = persons.enrol("g1", ["+31 6 12345678"], {})["+31 6 12345678"]
    assert persons.forget(gone.id) == [("g1", "+31 6 12345678")]
    assert persons.find("g1", "+31 6 12345678") is None
    assert (persons[gone.id].number, persons[gone.id].aliases, persons[gone.id].phones) == (
        gone.number,
        [],
        [],
    )
    assert persons.enrol("g1", ["Ine"], {})["Ine"].number != gone.number


def test_of_two_with_one_name_forgetting_one_leaves_the_other(persons):
    first = persons.enrol("g1", ["Jan"], {})["Jan"]
    second = persons.enrol("g1", ["Jan"], {}, {"Jan": None})["Jan"]
    persons.forget(first.id)
    assert persons.candidates("g1", "Jan") == [second.id]


def test_forgetting_in_one_group_leaves_the_number_known_in_the_others(persons):
    one = persons.enrol("g1", ["06-12345678"], {})["06-12345678"]
    persons.enrol("g2", ["06-12345678"], {})
    assert persons.forget(one.id, {"g1"}) == [("g1", "06-12345678")]
    assert persons.find("g3", "+31612345678") == one.id
