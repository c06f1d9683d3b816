from __future__ import annotations

import pytest

from chatcode.review.proposed import likely_links
from chatcode.review.session import Session


@pytest.fixture
def at_feedback(coded, codebook):
    """A session in this way of working: a report decided, feedback keyed on the message after it."""
    study, ids = coded

    def make(way):
        session = Session(study, codebook, coder="K1", way=way)
        session.toggle("M")
        session.keep()
        session.toggle("1+")
        return session, ids

    return make


def test_the_message_on_the_table_gets_its_likely_target(at_feedback):
    session, ids = at_feedback("assisted")
    [proposal] = likely_links(session)
    assert (proposal.entry_id, proposal.link.kind, proposal.link.target_id) == (ids[2], "feedback", ids[1])
    session.link(next(e for e in session.candidates() if e.id == proposal.link.target_id))
    session.keep()
    assert session.store.acts_in_force(ids, "K1", 1)[ids[2]].links == (proposal.link,)


def test_without_a_code_that_asks_for_a_link_nothing_is_proposed(at_feedback):
    session, _ = at_feedback("assisted")
    session.toggle("1+")
    assert likely_links(session) == []
    session.toggle("11+")
    assert likely_links(session) == []


def test_a_blind_coder_is_told_nothing(at_feedback):
    session, _ = at_feedback("blind")
    assert likely_links(session) == []
