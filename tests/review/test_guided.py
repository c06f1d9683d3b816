from __future__ import annotations

import pytest

from chatcode.review import bulk
from chatcode.review.guided import guided
from chatcode.review.session import Session


@pytest.fixture
def session_of(coded, codebook):
    """A session on the study in which these messages are kept apart."""
    study, ids = coded

    def make(way, apart=(), queue=None, **more):
        kept = {ids[i] for i in apart}
        in_order = (lambda: [ids[i] for i in queue]) if queue else None
        store = guided(study, apart=kept.__contains__, in_order=in_order, **more)
        return Session(store, codebook, coder="K1", way=way)

    return make


def act_on(study, entry_id):
    return study.acts_in_force([entry_id], "K1", 1)[entry_id]


def test_of_a_message_kept_apart_the_machine_tells_nothing_and_the_act_is_blind(coded, session_of):
    study, ids = coded
    session = session_of("assisted", apart=[2])
    assert session.suggested is None
    session.keep()
    assert session.entry.id == ids[2]
    assert session.suggested is None
    session.toggle("1+")
    session.keep()
    act = act_on(study, ids[2])
    assert (act.mode, act.shown, act.codes) == ("blind", (), {"1+"})
    assert act_on(study, ids[1]).mode == "assisted"


def test_other_messages_show_what_is_suggested(coded, session_of):
    study, ids = coded
    session = session_of("assisted", apart=[1])
    session.keep()
    assert session.suggested.codes == {"M"}
    session.keep()
    assert (act_on(study, ids[2]).mode, act_on(study, ids[2]).shown) == ("assisted", ("M",))


def test_a_second_reader_does_not_object_to_a_message_kept_apart(coded, session_of):
    study, ids = coded
    session = session_of("second-reader", apart=[2])
    session.keep()
    assert session.keep() is False
    assert act_on(study, ids[2]).mode == "blind"
    assert session_of("second-reader").entry.id == ids[3]


def test_who_saw_the_machine_before_is_not_blind_afterwards(coded, session_of):
    study, ids = coded
    session = session_of("assisted")
    session.go(ids[2])
    session.keep()
    again = session_of("assisted", apart=[2])
    again.go(ids[2])
    again.toggle("6+")
    again.keep()
    assert act_on(study, ids[2]).mode == "assisted"


def test_notices_are_confirmed_as_a_class_also_where_chance_would_keep_them_apart(coded, session_of):
    study, ids = coded
    session = session_of("assisted", apart=[0, 1])
    assert bulk.confirm_notices(session) == 1
    assert act_on(study, ids[0]).codes == {"2+"}


def test_messages_come_in_the_order_wanted_and_skipped_ones_come_again(coded, session_of):
    study, ids = coded
    session = session_of("blind", queue=[5, 3, 7, 1])
    assert session.entry.id == ids[5]
    session.next_open()
    assert session.entry.id == ids[3]
    session.keep()
    session.keep()
    session.keep()
    assert session.entry.id == ids[5]
    session.keep()
    # What is no part of the order follows in that of the chat.
    assert session.entry.id == ids[2]
    while not session.finished:
        session.keep()
    assert len(study.acts_in_force(ids, "K1", 1)) == 8


def test_going_back_keeps_to_the_order_of_the_chat(coded, session_of):
    _, ids = coded
    session = session_of("blind", queue=[5, 3, 7, 1])
    session.previous_open()
    assert session.entry.id == ids[4]


def test_every_stored_decision_is_told_and_the_order_is_asked_again_when_there_is_news(coded, codebook):
    study, ids = coded
    told, asked = [], []

    def after(acts):
        told.append(acts)
        return acts == 2

    def in_order():
        asked.append(1)
        done = study.acts_in_force(ids, "K1", 1)
        return [i for i in reversed(ids[1:]) if i not in done]

    store = guided(study, apart=lambda i: False, in_order=in_order, after_batch=after)
    session = Session(store, codebook, coder="K1", way="blind")
    for _ in range(3):
        session.keep()
    assert (told, len(asked)) == ([1, 2, 3], 2)
    assert session.entry.id == ids[5]
