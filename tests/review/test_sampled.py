from __future__ import annotations

import pytest

from chatcode.codebook import Codebook
from chatcode.domain import Decision, Filter
from chatcode.review.sampled import Sampled
from chatcode.review.session import Session

CODEBOOK = Codebook.load()


@pytest.fixture
def sampled(study, filled):
    """Two units of a chat of nine messages: 7 and 8, then 2 and 3."""
    ids = filled(study, messages=9)
    study.use_codebook(CODEBOOK.hash, CODEBOOK.text)
    entries = {entry.id: entry for entry in study.entries()}
    units = [[entries[ids[n]] for n in unit] for unit in ((7, 8), (2, 3))]
    return ids, Sampled(study, units)


def test_a_coder_gets_what_was_drawn_in_the_order_that_was_drawn(study, sampled):
    ids, store = sampled
    session = Session(store, CODEBOOK, coder="K1", way="blind")
    came = []
    while not session.finished:
        came.append(session.entry.id)
        session.no_code()
    assert came == [ids[7], ids[8], ids[2], ids[3]]
    assert set(study.acts_in_force(ids, "K1", 1)) == set(came)
    assert (session.counts.reviewed, session.counts.total) == (4, 4)


def test_the_context_is_that_of_the_chat(sampled):
    ids, store = sampled
    session = Session(store, CODEBOOK, coder="K1", way="blind")
    assert [entry.id for entry in session.conversation] == ids


def test_back_and_forth_stays_in_the_sample(sampled):
    ids, store = sampled
    assert store.next_message("K1", 1, ids[8]) == ids[2]
    assert store.next_message("K1", 1, ids[2], backward=True) == ids[8]
    assert store.next_message("K1", 1, ids[7], backward=True) is None
    assert store.next_message("K1", 1, ids[5]) == ids[7]
    store.confirm([Decision(ids[8])], coder="K1", round_=1, codebook_hash=CODEBOOK.hash)
    assert store.next_message("K1", 1, ids[7]) == ids[2]
    assert store.next_message("K1", 1, ids[7], only_open=False) == ids[8]
    assert [(p.month, p.reviewed, p.total) for p in store.progress("K1", 1)] == [("2020-10", 1, 4)]


def test_filters_lists_and_places_keep_to_the_sample(study, sampled):
    ids, store = sampled
    session = Session(store, CODEBOOK, coder="K1", way="blind")
    session.toggle("6+")
    session.keep()
    assert store.queue("K1", 1) == [ids[7], ids[8], ids[2], ids[3]]
    assert store.queue("K1", 1, after=ids[2], most=1) == [ids[3]]
    assert store.queue("K1", 1, Filter(open=True)) == [ids[8], ids[2], ids[3]]
    assert store.message_at(3) == ids[2]
    assert store.message_at(5) is None
    assert store.message_at(group_id="group-Noord", since="2020-10") == ids[2]
    assert session.set_filter(Filter(code="6+"))
    assert session.entry.id == ids[7]
    study.undo("K1", 1)
    assert store.tally("K1", 1) == (0, 4)
