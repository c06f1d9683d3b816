"""The pace of a sitting: told to who asks for progress, by the rule of `plan coding`."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from chatcode.analysis.workload import BREAK, pace_of
from chatcode.review.plain import run_plain
from chatcode.review.session import Session

from .screen import app_of, press, shown


@pytest.fixture
def clock(monkeypatch):
    """The clock of the study file; `clock(seconds)` lets time pass."""
    now = [datetime(2026, 1, 5, 9, tzinfo=UTC)]

    def passes(seconds):
        now[0] += timedelta(seconds=seconds)

    monkeypatch.setattr("chatcode.study.acts.moment", lambda: now[0].isoformat(timespec="milliseconds"))
    return passes


@pytest.fixture
def forty(study, filled, codebook):
    study.use_codebook(codebook.hash, codebook.text)
    with study.transaction():
        ids = filled(study, messages=40)
    return study, ids


def words(app):
    """What stands on the screen, or on the page that lies over it, without how it is broken into rows."""
    rows = [max(row.split("│"), key=len) for row in shown(app)]
    return re.sub(r"\s+", " ", " ".join(rows))


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_pace_and_what_is_left_of_the_month_stand_under_progress(forty, codebook, clock, size):
    study, _ = forty
    app = app_of(study, codebook)
    async with app.run_test(size=size) as pilot:
        await press(app, pilot, "tab", "tab")
        assert "told after some twenty decisions" in words(app)
        await press(app, pilot, "escape")
        for number in range(25):
            clock(BREAK + 600 if number == 10 else 30)
            await press(app, pilot, "x")
        assert "messages an hour" not in words(app)
        await press(app, pilot, "tab", "tab")
        told = words(app)
    assert "This sitting: 120 messages an hour, breaks left out." in told
    assert "15 left of Noord 2020-10, 8 min at this pace." in told
    assert study.number("SELECT count(*) FROM acts") == 25
    assert pace_of(study.decision_moments("K1")) == pace_of(app.session.moments)


def test_only_first_decisions_of_this_sitting_count_and_a_range_is_one(forty, codebook, clock):
    study, _ = forty
    session = Session(study, codebook, coder="K1", way="blind")
    for _ in range(3):
        clock(30)
        session.no_code()
    clock(30)
    session.undo()
    session.no_code()
    out = io.StringIO()
    run_plain(session, io.StringIO("v 5 6\nmonths\nq\n"), out)
    assert "told after some twenty decisions" in out.getvalue()
    assert study.number("SELECT count(*) FROM acts WHERE reviewed = 1 AND undoes IS NULL") == 9
    assert len(session.moments) == len(study.decision_moments("K1")) == 4
    assert Session(study, codebook, coder="K1", way="blind").moments == []


def test_line_by_line_the_months_end_with_the_pace(forty, codebook, clock):
    study, _ = forty
    session = Session(study, codebook, coder="K1", way="blind")
    for _ in range(22):
        clock(90)
        session.no_code()
    out = io.StringIO()
    run_plain(session, io.StringIO("months\nq\n"), out)
    assert (
        "This sitting: 40 messages an hour, breaks left out. 18 left of Noord 2020-10, 27 min"
        in out.getvalue()
    )
