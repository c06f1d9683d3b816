import stat
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatcode.anonymize import seal
from chatcode.anonymize.identities import Key, Removed
from chatcode.errors import ChatcodeError, StudyError

NOON = datetime(2021, 3, 4, 12, 0)


def test_a_key_is_opened_with_its_passphrase_and_remembers_everything(key, passphrase):
    members = key.persons.enrol(
        "g1", ["Ria Butter", "+31 6 12345678"], {"Ria Butter": frozenset({"beheerder"})}
    )
    key.number("kenteken", "12XKD7")
    key.keep_removed("e1", [Removed(0, 13, "persoon", "Ria")])
    key.group_names["g1"] = "Buurtapp Molenwijk"
    key.deny.append("Bolle")
    key.save()
    again = Key.open(key.path, passphrase)
    assert again.id == key.id == Key.header(key.path)
    assert again.persons.enrol("g1", ["Ria Butter"], {})["Ria Butter"].label == members["Ria Butter"].label
    assert again.number("kenteken", "12XKD7") == 1
    assert again.restore("e1", "[Beheerder-1] is er") == "Ria is er"
    assert again.group_names == {"g1": "Buurtapp Molenwijk"}
    assert again.deny == ["Bolle"]
    assert again.fingerprint("hoi") == key.fingerprint("hoi")


def test_the_file_holds_nothing_plain_and_is_its_owners_alone(key):
    key.persons.enrol("g1", ["Truus van Wateringen"], {})
    key.save()
    data = key.path.read_bytes()
    assert b"Truus" not in data
    assert b"Wateringen" not in data
    assert stat.S_IMODE(key.path.stat().st_mode) == 0o600
    assert list(key.path.parent.iterdir()) == [key.path]


def test_repr_tells_no_name(key):
    key.persons.enrol("g1", ["Truus van Wateringen"], {})
    person = next(iter(key.persons.values()))
    shown = repr(key) + repr(person) + repr(Removed(0, 1, "persoon", "Truus")) + repr(key._lock)
    assert "Truus" not in shown


def test_an_existing_file_is_never_overwritten(key, passphrase):
    before = key.path.read_bytes()
    with pytest.raises(StudyError):
        Key.create(key.path, passphrase)
    assert key.path.read_bytes() == before


@pytest.mark.parametrize("weak", ["kort", "1234567", "aaaaaaaaaaaa"])
def test_a_weak_passphrase_is_refused_with_a_hint(tmp_path, weak):
    with pytest.raises(ChatcodeError) as caught:
        Key.create(tmp_path / "a.key", weak)
    assert caught.value.hint
    assert not (tmp_path / "a.key").exists()


def test_a_wrong_passphrase_is_one_clear_line(key):
    with pytest.raises(StudyError) as caught:
        Key.open(key.path, "een andere zin helaas")
    assert "passphrase" in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"geen sleutel",
        b'{"format": "iets anders"}\nabc',
        b'{"format": "chatcode-key", "n": 0}\n',
    ],
)
def test_what_is_no_key_file_is_said_to_be_none(tmp_path, content, passphrase):
    path = tmp_path / "x.key"
    path.write_bytes(content)
    for attempt in (lambda: Key.open(path, passphrase), lambda: Key.header(path)):
        with pytest.raises(StudyError) as caught:
            attempt()
        assert "not a key file" in caught.value.message


def test_a_missing_key_file_is_said_to_be_missing(tmp_path, passphrase):
    with pytest.raises(StudyError, match="no key file"):
        Key.open(tmp_path / "weg.key", passphrase)


@given(place=st.integers(min_value=0, max_value=10_000), bit=st.integers(min_value=0, max_value=7))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_any_flipped_bit_is_noticed(key, passphrase, place, bit):
    data = bytearray(key.path.read_bytes())
    place %= len(data) - 1
    data[place] ^= 1 << bit
    damaged = key.path.with_name("stuk.key")
    damaged.write_bytes(data)
    try:
        opened = Key.open(damaged, passphrase)
    except StudyError:
        return
    # A header may say the same in other letters; what is sealed is then what it was.
    assert opened.id == key.id
    assert opened.fingerprint("x") == key.fingerprint("x")


def test_a_cut_off_file_is_said_to_be_damaged(key, passphrase):
    data = key.path.read_bytes()
    key.path.write_bytes(data[: len(data) - 40])
    with pytest.raises(StudyError, match="damaged"):
        Key.open(key.path, passphrase)


def test_the_cost_is_that_of_the_file_not_of_the_program(key, passphrase, monkeypatch):
    monkeypatch.setattr(seal, "SCRYPT_N", 2**5)
    assert Key.open(key.path, passphrase).id == key.id


def test_another_passphrase_replaces_the_old_one(key, passphrase):
    key.change_passphrase("een heel nieuwe zin")
    assert Key.open(key.path, "een heel nieuwe zin").id == key.id
    with pytest.raises(StudyError):
        Key.open(key.path, passphrase)


def test_a_failed_write_leaves_the_file_as_it_was(key, passphrase, monkeypatch):
    before = key.path.read_bytes()

    def no_room(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(seal.os, "fsync", no_room)
    with pytest.raises(StudyError):
        key.save()
    assert key.path.read_bytes() == before
    assert list(key.path.parent.iterdir()) == [key.path]


def test_fingerprints_differ_by_words_and_key(key, tmp_path, passphrase):
    other = Key.create(tmp_path / "ander.key", passphrase)
    prints = {
        key.fingerprint("hoi"),
        key.fingerprint("hoi!"),
        key.fingerprint(""),
        other.fingerprint("hoi"),
        key.file_fingerprint(b"hoi"),
    }
    assert len(prints) == 5
    assert {len(mark) for mark in prints} == {32}
    assert key.fingerprint("hoi") in prints


def test_two_people_may_have_one_name_and_the_first_counts(key, passphrase):
    first = key.persons.enrol("g1", ["Jan"], {})["Jan"]
    second = key.persons.enrol("g1", ["Jan"], {}, {"Jan": None})["Jan"]
    assert first.id != second.id
    assert key.persons.candidates("g1", "~ Jan") == [first.id, second.id]
    key.save()
    opened = Key.open(key.path, passphrase)
    assert opened.persons.candidates("g1", "Jan") == [first.id, second.id]
    assert opened.persons.enrol("g1", ["Jan"], {}, {"Jan": second.id})["Jan"].id == second.id
    assert opened.persons.find("g1", "Jan") == first.id


def test_a_citizen_number_is_not_even_kept_in_the_key(key):
    key.keep_removed("e1", [Removed(0, 5, "bsn", "123456782"), Removed(6, 16, "kenteken", "12-XKD-7")])
    assert [span.kind for span in key.removed["e1"]] == ["kenteken"]


def test_originals_are_put_back_at_their_places(key):
    stored = "[Deelnemer-07] zag [kenteken-1] staan"
    first, second = (stored.index(word) for word in ("[Deelnemer-07]", "[kenteken-1]"))
    key.keep_removed(
        "e1",
        [
            Removed(first, first + len("[Deelnemer-07]"), "persoon", "Ria"),
            Removed(second, second + len("[kenteken-1]"), "kenteken", "12-XKD-7"),
        ],
    )
    assert key.restore("e1", stored) == "Ria zag 12-XKD-7 staan"
    assert key.restore("e2", stored) == stored
