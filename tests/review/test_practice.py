from __future__ import annotations

import io

import pytest

from chatcode.review.app import ReviewApp
from chatcode.review.plain import run_plain
from chatcode.review.practice import Answer, PracticeSession, Score


@pytest.fixture
def practising(coded, codebook):
    study, ids = coded
    answers = {
        ids[1]: Answer(frozenset({"M"})),
        ids[2]: Answer(frozenset({"1+", "6+"})),
        ids[3]: Answer(frozenset(), unsure=True),
    }
    return study, ids, PracticeSession(study, codebook, answers, coder="K1")


def test_right_goes_on_at_once_and_wrong_is_explained_first(practising, codebook):
    _, ids, session = practising
    session.toggle("M")
    assert session.keep() is False
    assert (session.verdict, session.entry.id) == ("Right.", ids[2])
    session.toggle("6+")
    session.toggle("9-")
    assert session.keep() is True
    told = "\n".join(session.feedback)
    assert "They coded 1+ 6+ · missed 1+ · too many 9-" in told
    assert codebook.manual("1+").include in told
    assert codebook.manual("9-").exclude in told
    assert session.entry.id == ids[2]
    assert session.keep() is False
    assert (session.feedback, session.entry.id) == ((), ids[3])


def test_only_the_first_decision_counts_and_none_where_the_key_is_unsure(practising):
    _, ids, session = practising
    session.no_code()
    assert session.entry.id == ids[1]
    session.toggle("M")
    session.keep()
    for code in ("1+", "6+"):
        session.toggle(code)
    session.keep()
    session.toggle("4+")
    session.keep()
    assert "unsure themselves" in "\n".join(session.feedback)
    assert session.counted == [ids[1], ids[2]]
    assert session.agreed == 1
    assert session.scores() == [Score("M", 0, 1, 0), Score("1+", 1, 0, 0), Score("6+", 1, 0, 0)]


def test_what_was_told_of_a_message_is_gone_on_the_next(practising):
    _, _, session = practising
    session.no_code()
    assert session.feedback
    session.next_open()
    assert session.feedback == ()


async def test_the_answer_stands_beside_the_message(practising):
    _, _, session = practising
    app = ReviewApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x")
        await pilot.pause()
        drawn = "\n".join(
            "".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()
        )
    assert "They coded M · missed M · too many none" in drawn
    assert "The chat's own coders differ" in drawn


def test_line_by_line_the_answer_follows_the_decision(practising):
    _, _, session = practising
    out = io.StringIO()
    run_plain(session, io.StringIO("x\n\nq\n"), out)
    assert "They coded M" in out.getvalue()
    assert "take" not in out.getvalue().split("They coded M")[1].split(">")[0]
