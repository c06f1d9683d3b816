from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, datetime

import pytest

from chatcode.domain import Entry, Term, Tie
from chatcode.errors import ChatcodeError, StudyError
from chatcode.study import migrate as ladder
from chatcode.study.store import Study

NOON = datetime(2020, 10, 2, 12)


def tie(one, other, verdict="same", name="t1"):
    return Tie(name, one, other, verdict, "person")


@pytest.fixture
def group(study, filled):
    """Three members, of whom one writes the label of another."""
    filled(study)
    labels = {member_id: label for label, member_id in study.labels().items()}
    study.add_entries(
        [
            Entry("x1", "group-Noord", 90, NOON, "message", f"dank [{labels['Noord-twee']}]!", "Noord-een"),
            Entry(
                "x2", "group-Noord", 91, NOON, "system", "", None, "removed", "Noord-beheer", ("Noord-twee",)
            ),
        ],
        [b"1", b"2"],
    )
    return labels


def test_a_told_role_takes_the_place_of_the_one_before_and_the_label_stays(study, group):
    member = study.members()["Noord-een"]
    assert study.put_members([replace(member, roles=frozenset({"professional"}))], told={member.id}) == 1
    assert study.members()["Noord-een"].roles == {"professional"}
    assert study.members()["Noord-een"].label == member.label


def test_what_a_display_name_proposes_never_undoes_what_was_told(study, group):
    member = study.members()["Noord-een"]
    study.put_members([replace(member, roles=frozenset({"professional"}))], told={member.id})
    assert study.put_members([member]) == 0
    assert study.members()["Noord-een"].roles == {"professional"}


def test_proposed_roles_wait_until_somebody_confirms_them(study, group):
    assert study.members()["Noord-beheer"].proposed == {"beheerder"}
    assert study.members()["Noord-een"].proposed == frozenset()
    assert study.confirm_roles() == 1
    assert study.members()["Noord-beheer"].proposed == frozenset()


def test_a_role_may_be_had_for_some_days_only(study, group):
    study.set_role("Noord-een", "beheerder", date(2020, 11, 1), date(2021, 2, 1))
    member = study.members()["Noord-een"]
    assert member.terms == (Term("beheerder", date(2020, 11, 1), date(2021, 2, 1)),)
    assert member.roles_on(date(2020, 10, 31)) == {"deelnemer"}
    assert member.roles_on(date(2020, 11, 1)) == {"deelnemer", "beheerder"}
    assert member.roles_on(date(2021, 2, 1)) == {"deelnemer"}
    study.set_role("Noord-een", "beheerder", None, None)
    assert study.members()["Noord-een"].roles_on(date(1999, 1, 1)) == {"deelnemer", "beheerder"}
    study.drop_role("Noord-een", "beheerder")
    assert study.members()["Noord-een"].roles == {"deelnemer"}


def test_one_person_under_two_ids_is_counted_once_and_named_by_one_label(study, group):
    before = study.member_count("group-Noord")
    study.add_tie(tie("Noord-twee", "Noord-een"))
    people = study.members()
    assert set(people) == {"Noord-een", "Noord-beheer"}
    assert people["Noord-een"].also == (group["Noord-twee"],)
    assert study.member_count("group-Noord") == before - 1
    assert {e.member_id for e in study.entries()} <= {None, "Noord-een", "Noord-beheer"}
    assert study.entry("x1").text == f"dank [{group['Noord-een']}]!"
    assert study.entry("x2").target_ids == ("Noord-een",)
    assert (
        next(e.text for e in study.entries(as_stored=True) if e.id == "x1")
        == f"dank [{group['Noord-twee']}]!"
    )


def test_roles_of_both_ids_are_the_person_s_and_a_researcher_stays_out_of_the_queue(study, group):
    study.set_role("Noord-twee", "onderzoeker", None, None)
    study.add_tie(tie("Noord-twee", "Noord-een"))
    assert study.members()["Noord-een"].roles == {"deelnemer", "onderzoeker"}
    queue, entry_id = set(), study.next_message("K1", 1, None)
    while entry_id is not None:
        queue.add(entry_id)
        entry_id = study.next_message("K1", 1, entry_id)
    assert {study.entry(one).member_id for one in queue} == {"Noord-beheer"}
    study.drop_role("Noord-een", "onderzoeker")
    assert study.members()["Noord-een"].roles == {"deelnemer"}


def test_a_chain_of_ids_ends_at_one_person(study, group):
    study.add_tie(tie("Noord-twee", "Noord-een", name="t1"))
    study.add_tie(tie("Noord-twee", "Noord-beheer", name="t2"))
    assert study.persons() == {"Noord-twee": "Noord-beheer", "Noord-een": "Noord-beheer"}
    with pytest.raises(ChatcodeError, match="one person already"):
        study.add_tie(tie("Noord-beheer", "Noord-twee", name="t3"))


def test_the_latest_word_on_a_pair_holds_and_can_be_taken_back(study, group):
    study.add_tie(tie("Noord-twee", "Noord-een", name="t1"))
    study.add_tie(tie("Noord-een", "Noord-twee", "different", name="t2"))
    assert study.persons() == {}
    assert study.undo_tie().id == "t2"
    assert study.persons() == {"Noord-twee": "Noord-een"}
    assert study.undo_tie().id == "t1"
    assert study.persons() == {}
    assert study.undo_tie() is None


def test_a_proposal_joins_nobody_and_is_not_undone(study, group):
    study.add_tie(tie("Noord-twee", "Noord-een", "likely"))
    assert study.persons() == {}
    assert study.undo_tie() is None
    assert [one.verdict for one in study.ties()] == ["likely"]


def test_what_was_said_is_never_rewritten(study, group):
    study.add_tie(tie("Noord-twee", "Noord-een"))
    with pytest.raises((sqlite3.Error, StudyError)):
        study.execute("DELETE FROM ties")
    with pytest.raises((sqlite3.Error, StudyError)):
        study.execute("UPDATE ties SET verdict = 'different'")


def test_a_study_of_version_one_is_brought_along_whole(tmp_path):
    path = tmp_path / "oud.study"
    first = ladder.steps()[0]
    with sqlite3.connect(path) as db:
        db.executescript(first)
        db.executescript(
            """
            INSERT INTO study (one, id, created_at, language) VALUES (1, 's', '2020-01-01', 'nl');
            INSERT INTO cases (id, name) VALUES ('c', 'Noord');
            INSERT INTO groups (id, label, case_id) VALUES ('g', 'Noord', 'c');
            INSERT INTO members (id, title, number) VALUES ('m', 'Beheerder', 1);
            INSERT INTO member_roles (member_id, role) VALUES ('m', 'beheerder');
            INSERT INTO exports (id, group_id, imported_at, fingerprint, first_day, last_day, findings)
                VALUES ('x', 'g', '2020-11-01', x'01', '2020-10-01', '2020-10-02', '{}');
            INSERT INTO entries (id, group_id, position, sent_at, kind, member_id, edited, version,
                                 fingerprint)
                VALUES ('e1', 'g', 0, '2020-10-01T10:00:00', 'message', 'm', 0, 1, x'0a'),
                       ('e2', 'g', 1, '2020-10-02T11:00:00', 'message', 'm', 0, 1, x'0b');
            INSERT INTO texts (entry_id, version, text) VALUES ('e1', 1, 'hoi'), ('e2', 1, 'dag');
            PRAGMA user_version = 1;
            PRAGMA application_id = 0x63636F64;
            """
        )
    db.close()
    with Study.open(path) as study:
        assert [entry.text for entry in study.entries()] == ["hoi", "dag"]
        assert study.covered("g") == [(datetime(2020, 10, 1, 10), datetime(2020, 10, 2, 11))]
        assert study.members()["m"].proposed == frozenset()
        assert set(study.fingerprints("g").values()) == {b""}
    assert (tmp_path / "oud.study.v1.bak").is_file()


def test_entries_change_places_without_losing_one(study, filled):
    ids = filled(study)
    order = {entry_id: place for place, entry_id in enumerate(reversed(ids))}
    with study.transaction():
        study.place_entries("group-Noord", order)
    assert [entry.id for entry in study.entries()] == list(reversed(ids))
