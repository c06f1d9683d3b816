"""What people enter beside the chat: append-only, the later word holds, taking back is a row of its own."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime

import pytest

from chatcode.domain import Headcount, Intake
from chatcode.errors import ChatcodeError

DAY = date(2021, 3, 6)


@pytest.fixture
def case(study, filled):
    filled(study)
    return study.cases()[0].id


def said(case, state, reason=""):
    return Intake(case, 4, state, reason, "researcher", datetime(2020, 8, 1, tzinfo=UTC))


def test_of_two_words_on_a_cell_both_stay_and_the_later_holds(study, case):
    study.add_intake(said(case, "agreed"))
    study.add_intake(said(case, "practice", "told at every welcome"))
    assert [one.state for one in study.intake()] == ["agreed", "practice"]
    assert {(i.case_id, i.intervention): i.state for i in study.beside().intake} == {(case, 4): "practice"}


def test_evidence_keeps_its_number_when_it_is_taken_back(study, case):
    first = study.add_evidence(case, 2, DAY, "flyers", "300 delivered", "researcher", done=True)
    second = study.add_evidence(case, 3, DAY, "talk", "no meeting was held", "researcher", done=False)
    study.withdraw("evidence", first, "of another area", "researcher")
    assert [(e.number, e.cited, e.done) for e in study.evidence()] == [(second, f"[E{second}]", False)]
    assert [(w["number"], w["reason"]) for w in study.withdrawn("evidence")] == [(first, "of another area")]
    assert study.add_evidence(case, 2, DAY, "flyers", "again", "researcher", done=True) == second + 1
    with pytest.raises(ChatcodeError, match="no evidence 1"):
        study.withdraw("evidence", first, "twice", "researcher")
    with pytest.raises(ChatcodeError, match="no event 1"):
        study.withdraw("event", first, "not one", "researcher")


def test_of_two_headcounts_on_a_day_the_later_holds(study, case):
    for members in (189, 188):
        study.add_headcount(Headcount("group-Noord", DAY, members), "researcher")
    study.add_headcount(Headcount("group-Noord", date(2020, 9, 1), 180), "researcher")
    assert [(h.day, h.members) for h in study.headcounts()] == [(date(2020, 9, 1), 180), (DAY, 188)]


def test_an_action_agreed_anew_keeps_its_number_and_what_was_told_of_it(study, case):
    number = study.agree(case, 1, "word after each report", "beheerder", DAY, date(2021, 2, 1), "researcher")
    other = study.agree(case, None, "coffee", "professional", DAY, date(2021, 2, 1), "researcher")
    study.tell_action(number, "done", date(2021, 3, 1), "seen", "researcher")
    study.agree(
        case, 1, "word within a day", "beheerder", date(2021, 4, 1), DAY, "researcher", instead_of=number
    )
    found = {action.number: action for action in study.actions()}
    assert found[number].what == "word within a day"
    assert (found[number].state, found[number].state_day) == ("done", date(2021, 3, 1))
    assert found[other].state == "open"
    with pytest.raises(ChatcodeError, match="no action 9"):
        study.tell_action(9, "done", DAY, "", "researcher")


@pytest.mark.parametrize(
    ("state", "told", "on", "standing"),
    [
        ("open", None, date(2021, 2, 19), "open"),
        ("open", None, date(2021, 2, 20), "due"),
        ("open", None, DAY, "due"),
        ("open", None, date(2021, 3, 7), "missed"),
        ("done", DAY, date(2021, 9, 1), "done"),
        ("done", date(2021, 3, 7), date(2021, 9, 1), "late"),
        ("dropped", DAY, date(2021, 9, 1), "dropped"),
    ],
)
def test_how_an_action_stands_follows_from_its_day(study, case, state, told, on, standing):
    number = study.agree(case, 1, "word", "beheerder", DAY, date(2021, 2, 1), "researcher")
    if told:
        study.tell_action(number, state, told, "", "researcher")
    assert study.actions()[0].standing(on) == standing


def test_nothing_that_was_entered_can_be_changed_or_removed(study, case):
    study.add_intake(said(case, "agreed"))
    study.add_evidence(case, 2, DAY, "flyers", "300 delivered", "researcher", done=True)
    study.add_headcount(Headcount("group-Noord", DAY, 1), "researcher")
    number = study.add_event(None, DAY, DAY, "curfew", "researcher")
    study.withdraw("event", number, "another country", "researcher")
    study.tell_action(study.agree(case, 1, "a", "b", DAY, DAY, "c"), "done", DAY, "", "c")
    study.add_minutes(None, DAY, "agreed to report back", "researcher")
    for table in (
        "intake", "evidence", "headcounts", "outside_events", "withdrawals", "actions", "action_states",
        "minutes",
    ):  # fmt: skip
        for statement in (f"UPDATE {table} SET by = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                study.execute(statement)
    assert study.signatories() == ["c", "researcher"]
