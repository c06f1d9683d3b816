"""Ties that the machine proposes, on the screen, line by line and in the database."""

from __future__ import annotations

import io
from datetime import date

import pytest

from chatcode.domain import Link
from chatcode.review.app import ReviewApp
from chatcode.review.guided import guided
from chatcode.review.plain import run_plain
from chatcode.review.proposed import likely_links
from chatcode.review.session import Session
from chatcode.review.view import chance

from .screen import app_of, press, shown

SIZES = pytest.mark.parametrize("size", [(80, 24), (200, 60)])


def acts_of(study, ids):
    return study.acts_in_force(ids, "K1", 1)


def links_of(study, entry_id):
    act = acts_of(study, [entry_id]).get(entry_id)
    return None if act is None else {(link.kind, link.target_id) for link in act.links}


def told_of(study, entry_id):
    """What was proposed when the message was decided, and how likely it was called."""
    act = acts_of(study, [entry_id])[entry_id]
    return study.proposed_links([act.id]).get(act.id, {})


@SIZES
async def test_a_link_is_proposed_with_its_probability_and_never_ticked(coded, codebook, size):
    study, ids = coded
    app = app_of(study, codebook, "assisted")
    async with app.run_test(size=size) as pilot:
        await press(app, pilot, "r", "enter", "1")
        drawn = "\n".join(shown(app))
        (proposal,) = likely_links(app.session)
        assert f"Proposed {chance(proposal.probability)} (L links): feedback" in drawn
        assert "? M" in drawn
        assert study.draft(ids[2], "K1", 1).links == ()
        await press(app, pilot, "enter")
    assert links_of(study, ids[2]) == set()
    assert told_of(study, ids[2]) == {Link("feedback", ids[1]): proposal.probability}


@SIZES
async def test_one_key_takes_the_link_and_one_undo_takes_it_back(coded, codebook, size):
    study, ids = coded
    app = app_of(study, codebook, "second-reader")
    async with app.run_test(size=size) as pilot:
        await press(app, pilot, "r", "enter", "4", "L")
        assert "No link is proposed here" in "\n".join(shown(app))
        await press(app, pilot, "4", "1", "L")
        drawn = "\n".join(shown(app))
        assert "Proposed" not in drawn
        assert "Linked: feedback" in drawn
        assert study.draft(ids[2], "K1", 1).links == (Link("feedback", ids[1]),)
        await press(app, pilot, "enter", "enter")
        assert links_of(study, ids[2]) == {("feedback", ids[1])}
        assert list(told_of(study, ids[2])) == [Link("feedback", ids[1])]
        await press(app, pilot, "backspace", "backspace")
    assert links_of(study, ids[2]) is None
    assert study.broken_chains() == []


@SIZES
async def test_a_further_report_goes_to_the_first_and_a_correction_to_what_was_improper(
    coded, codebook, size
):
    study, ids = coded
    app = app_of(study, codebook, "assisted")
    async with app.run_test(size=size) as pilot:
        await press(app, pilot, "r", "enter", "r", "L", "enter", "r", "L", "minus", "7", "enter")
        await press(app, pilot, "7", "1", "L", "L", "enter")
    assert links_of(study, ids[2]) == links_of(study, ids[3]) == {("incident", ids[1])}
    assert links_of(study, ids[4]) == {("feedback", ids[1]), ("correction", ids[3])}


@SIZES
async def test_a_coder_who_chooses_another_target_is_followed(coded, codebook, size):
    study, ids = coded
    app = app_of(study, codebook, "assisted")
    async with app.run_test(size=size) as pilot:
        await press(app, pilot, "r", "enter", "r", "enter", "1")
        ((proposed, _),) = app.session.proposals().items()
        other = next(i for i in (ids[1], ids[2]) if i != proposed.target_id)
        await press(app, pilot, "l", "up" if other == ids[1] else "down", "enter")
        assert "Proposed" not in "\n".join(shown(app))
        await press(app, pilot, "enter")
    assert links_of(study, ids[3]) == {("feedback", other)}
    assert list(told_of(study, ids[3])) == [proposed]


async def test_the_prompt_for_links_begins_with_what_is_proposed(coded, codebook):
    study, ids = coded
    app = app_of(study, codebook, "assisted")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(app, pilot, "r", "enter", "r", "enter", "1", "l")
        (link,) = app.session.proposals()
        assert "Link (proposed, " in "\n".join(shown(app))
        await press(app, pilot, "enter", "enter")
    assert links_of(study, ids[3]) == {("feedback", link.target_id)}


def test_nothing_is_called_certain():
    assert [chance(p) for p in (0.504, 0.985, 0.999, 1.0)] == ["50%", "98%", "99%", "99%"]


async def test_what_stands_earlier_and_changes_changes_the_proposal(coded, codebook):
    study, ids = coded
    app = app_of(study, codebook, "assisted")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(app, pilot, "r", "enter", "1")
        assert "Proposed" in "\n".join(shown(app))
        await press(app, pilot, "up", "r", "enter")
        assert (app.session.entry.id, app.session.codes) == (ids[2], {"1+"})
        assert "Proposed" not in "\n".join(shown(app))
        await press(app, pilot, "L", "enter")
    assert links_of(study, ids[2]) == set()
    assert told_of(study, ids[2]) == {}


@SIZES
async def test_a_blind_coder_is_told_nothing(coded, codebook, size):
    study, ids = coded
    app = app_of(study, codebook, "blind")
    async with app.run_test(size=size) as pilot:
        await press(app, pilot, "r", "enter", "1", "L")
        assert "Proposed" not in "\n".join(shown(app))
        await press(app, pilot, "enter")
    assert links_of(study, ids[2]) == set()
    assert study.number("SELECT count(*) FROM proposed_links") == 0


async def test_nor_is_anybody_of_a_message_kept_apart(coded, codebook):
    study, ids = coded
    store = guided(study, apart={ids[2]}.__contains__)
    app = ReviewApp(Session(store, codebook, coder="K1", way="assisted"))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(app, pilot, "r", "enter", "1", "L", "enter", "1", "L", "enter")
    assert links_of(study, ids[2]) == set()
    assert links_of(study, ids[3]) == {("feedback", ids[1])}
    assert told_of(study, ids[2]) == {}


def test_line_by_line_it_is_said_once_and_taken_by_the_same_key(coded, codebook):
    study, ids = coded
    out = io.StringIO()
    lines = io.StringIO("r k\n1\nb\n10\nL k\n1 k\nq\n")
    run_plain(Session(study, codebook, coder="K1", way="assisted"), lines, out)
    told = out.getvalue()
    assert told.count("The machine proposes feedback →") == 1
    assert "%; L links)" in told
    assert "Linked as proposed: feedback →" in told
    assert links_of(study, ids[2]) == {("feedback", ids[1])}
    assert links_of(study, ids[3]) == set()


def test_line_by_line_a_link_is_said_when_its_message_comes_back(coded, codebook):
    study, ids = coded
    out = io.StringIO()
    run_plain(Session(study, codebook, coder="K1", way="blind"), io.StringIO("r k\n1 l k\ng 2\nq\n"), out)
    assert out.getvalue().count("linked: feedback →") == 1
    assert links_of(study, ids[2]) == {("feedback", ids[1])}


def test_the_role_that_counts_is_that_of_the_day(coded, codebook, monkeypatch):
    study, ids = coded
    member_id = study.entry(ids[2]).member_id
    study.set_role(member_id, "professional", None, date(2020, 10, 1))
    asked = []
    monkeypatch.setattr(
        "chatcode.review.proposed.propose_links", lambda messages: asked.extend(messages) or []
    )
    session = Session(study, codebook, coder="K1", way="assisted")
    session.toggle("M")
    session.keep()
    session.toggle("1+")
    likely_links(session)
    (here,) = [message for message in asked if message.id == ids[2]]
    assert "professional" in session.members[member_id].roles
    assert "professional" not in here.roles
