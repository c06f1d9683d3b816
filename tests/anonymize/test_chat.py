from datetime import datetime, timedelta

import pytest

from chatcode.anonymize.chat import pseudonymise
from chatcode.anonymize.identities import Key
from chatcode.domain import Message

START = datetime(2021, 3, 4, 12, 0)
ROLES = {
    "Ria Butter": frozenset({"beheerder"}),
    "Wijkagent Ruud": frozenset({"professional"}),
}


def message(minute: int, sender: str, text: str) -> Message:
    return Message(START + timedelta(minutes=minute), sender, "message", text)


def notice(minute: int, text: str, event: str, actor=None, targets=()) -> Message:
    return Message(START + timedelta(minutes=minute), None, "system", text, event, actor, tuple(targets))


CHAT = [
    notice(0, 'Ria Butter heeft de groep "Buurtapp Molenwijk" gemaakt', "created", "Ria Butter"),
    notice(
        1, "Ria Butter heeft Sjaak nr 14, +31\u00a06\u00a012345678 en Kim vd B toegevoegd", "added",
        "Ria Butter",
        ["Sjaak nr 14", "+31 6 12345678", "Kim vd B"],
    ),
    message(2, "Sjaak nr 14", "Dank Ria! Zag net een golf, 12-XKD-7, bij Kim voor de deur"),
    message(3, "Kim vd B", "klopt sjaak, is van mijn broer Djurensly. Bel me op 06-51732806"),
    message(4, "Wijkagent Ruud", "Vandaag spreekuur tot 12.00 uur, bij spoed 112"),
    message(5, "+31 6 12345678", "djurensly stond daar gister ook al, 12XKD7"),
    notice(6, "Je hebt Sjaak nr 14 verwijderd", "removed", None, ["Sjaak nr 14"]),
    notice(7, "Kim vd B left", "left", "Kim vd B"),
]  # fmt: skip


@pytest.fixture
def study(key):
    return pseudonymise(CHAT, group_id="g1", group_name="Buurtapp Molenwijk", roles=ROLES, key=key)


def test_no_name_survives_in_any_entry(study):
    text = "\n".join(entry.text for entry in study.entries).lower()
    for name in ("ria", "butter", "sjaak", "kim", "djurensly", "12345678", "51732806", "xkd", "molenwijk"):
        assert name not in text


def test_entries_keep_order_time_kind_and_event(study):
    assert [entry.position for entry in study.entries] == list(range(8))
    assert [entry.sent_at for entry in study.entries] == [row.sent_at for row in CHAT]
    assert [entry.event for entry in study.entries] == [row.event for row in CHAT]
    assert {entry.kind for entry in study.entries} == {"message", "system"}
    assert len({entry.id for entry in study.entries}) == 8


def test_notices_name_people_by_label(study):
    labels = {member.id: member.label for member in study.members.values()}
    created, added, *_, removed, left = study.entries
    assert created.text == '[Beheerder-1] heeft de groep "[groep]" gemaakt'
    first, second, third = (f"[{labels[target]}]" for target in added.target_ids)
    assert added.text == f"[Beheerder-1] heeft {first}, {second} en {third} toegevoegd"
    assert removed.actor_id is None
    assert labels[removed.target_ids[0]] in removed.text
    assert left.text == f"[{labels[left.actor_id]}] left"


def test_texts_name_members_by_label_and_keep_what_coding_needs(study):
    labels = {member.id: member.label for member in study.members.values()}
    sjaak, kim, agent, other = study.entries[2:6]
    assert (
        sjaak.text
        == f"Dank [Beheerder-1]! Zag net een golf, [kenteken-1], bij [{labels[kim.member_id]}] voor de deur"
    )
    assert f"klopt [{labels[sjaak.member_id]}], is van mijn broer [persoon-1]" in kim.text
    assert agent.text == "Vandaag spreekuur tot 12.00 uur, bij spoed 112"
    assert labels[agent.member_id] == "Wijkagent-1"
    assert other.text == "[persoon-1] stond daar gister ook al, [kenteken-1]"


def test_all_people_are_members_and_those_without_a_given_role_are_residents(study):
    assert len({member.id for member in study.members.values()}) == 5
    assert sum(member.title == "Deelnemer" for member in study.members.values()) == 3
    roles = {member.title: member.roles for member in study.members.values()}
    assert roles["Beheerder"] == {"beheerder"}
    assert roles["Wijkagent"] == {"professional"}


def test_the_key_puts_every_text_back_and_is_saved_by_the_caller(study, key, passphrase):
    for entry, row in zip(study.entries, CHAT, strict=True):
        assert key.restore(entry.id, entry.text) == row.text
    assert Key.open(key.path, passphrase).persons == {}


def test_a_later_import_knows_the_same_people_and_things(study, key):
    later = pseudonymise(
        [message(60, "Kim vd B", "weer die 12-XKD-7"), message(61, "Nieuwe Bertha", "hoi Kim")],
        group_id="g1", group_name=None, roles={}, key=key, positions={0: 8, 1: 9},
    )  # fmt: skip
    assert later.entries[0].member_id == study.entries[3].member_id
    assert later.entries[0].text == "weer die [kenteken-1]"
    assert later.entries[0].position == 8
    assert study.entries[3].member_id in {member.id for member in later.members.values()}


def test_the_same_name_in_another_group_is_somebody_else(study, key):
    other = pseudonymise([message(0, "Kim vd B", "hoi")], group_id="g2", group_name=None, roles={}, key=key)
    assert other.entries[0].member_id != study.entries[3].member_id


def test_a_stranger_of_the_same_name_in_another_group_gets_another_number(study, key):
    other = pseudonymise(
        [message(0, "Jo", "ene Djurensly liep hier")], group_id="g2", group_name=None, roles={}, key=key
    )
    assert other.entries[0].text == "ene [persoon-2] liep hier"


def test_progress_is_told_to_the_end(key):
    told: list[int] = []
    rows = [message(minute % 60, "Ria Butter", f"bericht {minute}") for minute in range(450)]
    pseudonymise(rows, group_id="g1", group_name=None, roles=ROLES, key=key, progress=told.append)
    assert told == [200, 400, 450]


def test_the_gate_of_the_key_lets_the_stored_texts_through_and_stops_the_originals(study, key):
    gate = key.gate()
    assert gate.check("\n".join(entry.text for entry in study.entries).encode(), ".txt") == []
    assert {leak.place for leak in gate.check("\n".join(row.text for row in CHAT).encode(), ".txt")} == {
        "line 1", "line 2", "line 3", "line 4", "line 6", "line 7", "line 8",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["Ty", "Sen", "U", "Je", "~", "~ Noor", "\u200e"])
def test_every_writer_is_a_member_whatever_the_name(key, name):
    chat = [
        Message(datetime(2020, 1, 1, 12, n), sender, "message", "wil u dat je even belt?")
        for n, sender in enumerate([name, "Piet Jansen", name])
    ]
    made = pseudonymise(chat, group_id="g", group_name=None, roles={name: frozenset({"beheerder"})}, key=key)
    first, other, again = (entry.member_id for entry in made.entries)
    assert None not in (first, other)
    assert first == again != other
    assert made.members[name].roles == {"beheerder"}


def test_you_is_nobody_in_a_notice_also_where_somebody_is_called_so(key):
    chat = [
        Message(datetime(2020, 1, 1, 12, 0), "Ty", "message", "hoi"),
        Message(datetime(2020, 1, 1, 12, 1), None, "system", "Ty added Noor", "added", "Ty", ("Noor",)),
    ]
    made = pseudonymise(chat, group_id="g", group_name=None, roles={}, key=key)
    assert made.entries[1].actor_id is None
    assert made.entries[1].target_ids
    assert "Noor" not in made.entries[1].text
