"""A key on paper comes back as it was, however it was typed, and a slip is told by its line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatcode.anonymize.identities import Key
from chatcode.anonymize.paper import from_paper, pages, to_paper
from chatcode.errors import ChatcodeError


@given(data=st.binary(max_size=3000))
def test_any_bytes_come_back(data):
    assert from_paper(to_paper(data, "id"), "p.txt") == data


def test_a_key_that_was_typed_back_opens(key, passphrase, tmp_path):
    key.persons.enrol("g1", ["Truus van Wateringen"], {})
    key.save()
    text = to_paper(key.path.read_bytes(), key.id)
    assert "Truus" not in text
    assert key.id in text
    typed = text.lower().replace("  ", " ").replace("\n", "\r\n")
    back = tmp_path / "terug.key"
    back.write_bytes(from_paper("\ufeff" + typed, "p.txt"))
    assert back.read_bytes() == key.path.read_bytes()
    assert Key.open(back, passphrase).counts()["persons"] == 1


def test_look_alikes_and_another_order_are_forgiven(key):
    text = to_paper(key.path.read_bytes(), key.id)
    lines = text.splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith("0001"))
    head, body = lines[:first], lines[first:]
    typed = [line[:4] + line[4:].replace("O", "0").replace("I", "1").replace("B", "8") for line in body]
    assert from_paper("\n".join([*head, *reversed(typed)]), "p.txt") == key.path.read_bytes()


def test_a_slip_names_its_line_and_a_lost_line_too(key):
    lines = to_paper(key.path.read_bytes(), key.id).splitlines()
    at = {line[:4]: place for place, line in enumerate(lines) if re.match(r"\d{4} ", line)}
    slipped = lines[at["0003"]]
    letter = slipped[10]
    lines[at["0003"]] = slipped[:10] + ("A" if letter != "A" else "C") + slipped[11:]
    del lines[at["0005"]]
    with pytest.raises(ChatcodeError) as caught:
        from_paper("\n".join(lines), "p.txt")
    assert caught.value.message == "p.txt: line 3 wrong; line 5 missing"


def test_a_line_of_another_paper_is_noticed():
    one, other = to_paper(b"a" * 40, "x").splitlines(), to_paper(b"b" * 40, "x").splitlines()
    mixed = [*one[:-1], other[-1]]
    assert len(mixed) == len(one)
    with pytest.raises(ChatcodeError, match="whole is not"):
        from_paper("\n".join(mixed), "p.txt")


@pytest.mark.parametrize(
    "text", ["", "zomaar een tekst", "chatcode key on paper, version 1\n0001 AAAAA AAAA"]
)
def test_what_is_no_paper_is_refused(text):
    with pytest.raises(ChatcodeError, match="no key on paper"):
        from_paper(text, "p.txt")


def test_pages_are_counted():
    assert pages("\n" * 56) == 2
