"""Who objected is known again by name, by number, and by being the same person."""

from datetime import datetime

import pytest

from chatcode.anonymize.identities import Key
from chatcode.anonymize.objectors import add, kept_places, objecting, read_file, read_names
from chatcode.domain import Message
from chatcode.errors import ChatcodeError


def test_an_objection_is_known_again_however_the_name_is_written(key):
    assert add(key, ["Jan Bakker", "06-12345678"]) == 2
    assert add(key, ["~ jan bakker", "+31 6 12 34 56 78"]) == 0
    names = ["\u200eJan Bakker", "+31612345678", "Jan de Boer"]
    assert objecting(key, "g1", names, {}) == set(names[:2])


def test_an_objection_may_hold_in_one_group(key):
    add(key, ["Fatima"], "g1")
    assert objecting(key, "g1", ["Fatima"], {}) == {"Fatima"}
    assert objecting(key, "g2", ["Fatima"], {}) == set()


def test_another_name_of_the_same_person_counts_too(key):
    members = key.persons.enrol("g1", ["Jan Bakker", "Jan buurman", "Els"], {})
    add(key, ["Jan Bakker"])
    same = {members["Jan buurman"].id: members["Jan Bakker"].id}
    assert objecting(key, "g1", list(members), same) == {"Jan Bakker", "Jan buurman"}
    assert objecting(key, "g1", list(members), {}) == {"Jan Bakker"}


def test_the_list_is_kept_sealed_and_shown_by_no_repr(key, passphrase):
    add(key, ["Truus van Wateringen"])
    key.save()
    again = Key.open(key.path, passphrase)
    assert again.objectors == key.objectors
    assert b"Truus" not in key.path.read_bytes()
    assert "Truus" not in repr(again.objectors)
    assert again.gate().check(b"zegt Truus van Wateringen", ".txt")


def test_their_messages_go_and_notices_stay():
    at = datetime(2021, 1, 1)
    said = [
        Message(at, "Jan", "message", "hoi"),
        Message(at, "Els", "message", "dag"),
        Message(at, None, "system", "Jan heeft de groep verlaten", event="left", actor="Jan"),
    ]
    assert kept_places(said, {"Jan"}) == [1, 2]


def test_a_file_of_names_has_one_a_line(tmp_path):
    assert read_names("\ufeff# bezwaren\n Jan \n\nEls\nJan\n") == ["Jan", "Els"]
    (tmp_path / "namen.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ChatcodeError, match=r"namen\.txt"):
        read_file(tmp_path / "namen.txt")
