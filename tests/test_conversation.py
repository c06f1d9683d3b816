from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chatcode.conversation import GAP, Conversation, Turn, split

NOON = datetime(2021, 3, 1, 12, 0)


@dataclass(frozen=True)
class Sent:
    sent_at: datetime


def minutes(*after_noon: float) -> list[Sent]:
    return [Sent(NOON + timedelta(minutes=m)) for m in after_noon]


def turn(index: int, minute: float, sender: str, codes: str = "", **what: object):
    roles = frozenset({what.get("role", "deelnemer")})
    at = NOON + timedelta(minutes=minute)
    return Turn(index, at, sender, roles, frozenset(codes.split()), bool(what.get("question")))


def talk(*turns: Turn) -> Conversation:
    conversation = Conversation()
    for one in turns:
        conversation.add(one)
    return conversation


def test_a_silence_of_more_than_an_hour_starts_a_new_conversation():
    parts = split(minutes(0, 30, 90, 151, 152))
    assert [len(part) for part in parts] == [3, 2]


def test_a_clock_that_runs_back_cuts_nothing():
    assert len(split(minutes(0, 50, 10, 60))) == 1


def test_nothing_has_no_conversations():
    assert split([]) == []


@given(st.lists(st.integers(-500, 500)))
def test_every_entry_is_in_one_conversation_in_order(offsets):
    entries = minutes(*offsets)
    parts = split(entries)
    assert [entry for part in parts for entry in part] == entries
    for part in parts:
        assert all(b.sent_at - a.sent_at <= GAP for a, b in pairwise(part))


def test_the_latest_report_by_another_is_found():
    conversation = talk(turn(0, 0, "a", "M"), turn(1, 5, "b", "M"), turn(2, 6, "c"))
    found = conversation.latest(NOON + timedelta(minutes=7), "b", within=60, code="M")
    assert found is not None and found.index == 0


def test_what_lies_too_far_back_is_not_found():
    conversation = talk(turn(0, 0, "a", "M"), turn(1, 30, "b"))
    assert conversation.latest(NOON + timedelta(minutes=40), "c", within=30, code="M") is None
    assert conversation.latest(NOON + timedelta(minutes=95), "c", within=600, code="M") is None


def test_a_question_is_open_until_another_answers():
    asked = turn(0, 0, "a", question=True)
    soon = NOON + timedelta(minutes=5)
    still = talk(asked, turn(1, 1, "a"))
    answered = talk(asked, turn(1, 1, "b"))
    assert still.latest(soon, "c", within=60, still_open=True) == asked
    assert answered.latest(soon, "c", within=60, still_open=True) is None
    assert answered.latest(soon, "c", within=60) == asked


def test_a_report_is_open_until_there_is_feedback():
    report = turn(0, 0, "a", "M")
    soon = NOON + timedelta(minutes=5)
    assert (
        talk(report, turn(1, 1, "b", "11+")).latest(soon, "c", within=60, code="M", still_open=True) == report
    )
    assert talk(report, turn(1, 1, "b", "1+")).latest(soon, "c", within=60, code="M", still_open=True) is None


def test_role_and_sender_narrow_the_search():
    conversation = talk(turn(0, 0, "a", question=True), turn(1, 1, "w", question=True, role="professional"))
    soon = NOON + timedelta(minutes=2)
    assert conversation.latest(soon, "a", within=60, by="same").index == 0
    assert conversation.latest(soon, "c", within=60, roles=frozenset({"deelnemer"})).index == 0
    assert conversation.latest(soon, "w", within=60, by="anyone").index == 1
