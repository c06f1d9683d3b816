from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatcode.anonymize.chat import pseudonymise
from chatcode.anonymize.identities import Key
from chatcode.anonymize.rework import original_of, rework
from chatcode.anonymize.verdicts import Verdict
from chatcode.domain import Message

NOON = datetime(2021, 3, 4, 12, 0)
TEXTS = [
    "ha Klaas, heb jij Bolle gezien?",
    "bolle stond bij 12-XKD-7 en belde 06-51732806\nbsn 922260874",
    "een grijs jack gevonden",
    "Klaas en bolle zijn er",
    "niets aan de hand",
]


def entries_of(key, texts=TEXTS):
    messages = [Message(NOON, "Klaas Wiersma", "message", text) for text in texts]
    return list(pseudonymise(messages, group_id="g1", group_name=None, roles={}, key=key).entries)


def decide(key, form, say, target=None):
    key.decide([Verdict(form, say, "g1", target, key.next_batch(), "2021-03-04")])


def renew(key, entries):
    """What a study does: redact anew, store, and tell the key so."""
    changed = rework(key, "g1", entries, {one.id: "Deelnemer-01" for one in key.persons.values()})
    key.settle(changed)
    return [replace(entry, text=changed.get(entry.id, entry.text)) for entry in entries], changed


def test_an_original_is_put_together_again_but_for_the_citizen_number(key):
    originals = [original_of(key, entry).text for entry in entries_of(key)]
    assert originals == [text.replace("922260874", "[bsn]") for text in TEXTS]


def test_a_decision_changes_the_entries_with_the_word_and_no_other(key):
    entries = entries_of(key)
    decide(key, "bolle", "deny")
    after, changed = renew(key, entries)
    assert set(changed) == {entries[place].id for place in (0, 1, 3)}
    assert not any("bolle" in entry.text.lower() for entry in after)
    assert after[1].text.endswith("belde [telefoon-1]\nbsn [bsn]")
    assert [original_of(key, entry).text for entry in after] == [
        text.replace("922260874", "[bsn]") for text in TEXTS
    ]
    assert renew(key, after)[1] == {}


def test_taking_a_decision_back_brings_back_what_stood(key):
    entries = entries_of(key)
    decide(key, "bolle", "deny")
    decide(key, "klaas", "allow")
    after, _ = renew(key, entries)
    assert after[3].text.startswith("Klaas en [persoon-")
    key.take_back()
    key.take_back()
    back, _ = renew(key, after)
    assert [entry.text for entry in back] == [entry.text for entry in entries]
    assert key.take_back() == 0


def test_what_is_decided_holds_for_what_is_imported_later(key):
    decide(key, "bolle", "deny")
    entries = entries_of(key)
    assert "olle" not in "".join(entry.text for entry in entries)
    key.take_back()
    assert "bolle" in renew(key, entries)[0][1].text


def test_the_key_remembers_decisions_and_what_they_replaced(key, passphrase):
    entries = entries_of(key)
    decide(key, "bolle", "deny", target=next(iter(key.persons)))
    after, _ = renew(key, entries)
    key.save()
    again = Key.open(key.path, passphrase)
    assert again.verdicts == key.verdicts
    assert original_of(again, after[0]).text == TEXTS[0]
    again.take_back()
    assert renew(again, after)[0][0].text == entries[0].text


@pytest.mark.parametrize("stored", [False, True])
def test_a_program_that_was_cut_off_leaves_a_key_that_fits_either_text(key, passphrase, stored):
    entries = entries_of(key)
    decide(key, "bolle", "deny")
    changed = rework(key, "g1", entries, {})
    key.save()
    again = Key.open(key.path, passphrase)
    texts = {
        entry.id: changed[entry.id] if stored and entry.id in changed else entry.text for entry in entries
    }
    again.settle(texts)
    now = [replace(entry, text=texts[entry.id]) for entry in entries]
    assert [original_of(again, entry).text for entry in now] == [
        text.replace("922260874", "[bsn]") for text in TEXTS
    ]
    assert bool(rework(again, "g1", now, {})) is not stored


WORDS = st.sampled_from(["Klaas", "bolle", "jack", "12-XKD-7", "en", "Fatima", "06-51732806", "de", "\n"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(WORDS, max_size=8).map(" ".join), min_size=1, max_size=4),
    st.lists(
        st.tuples(st.sampled_from(["bolle", "klaas", "jack", "fatima"]), st.sampled_from(["deny", "allow"]))
    ),
)
def test_any_decisions_taken_back_leave_texts_and_originals_as_they_were(key, texts, said):
    entries = entries_of(key, texts)
    now = entries
    for form, say in said:
        decide(key, form, say)
        now, _ = renew(key, now)
        assert [original_of(key, entry).text for entry in now] == texts
    for _ in said:
        key.take_back()
    now, _ = renew(key, now)
    assert [entry.text for entry in now] == [entry.text for entry in entries]
