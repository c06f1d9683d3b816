"""Somebody who was a participant and later became an administrator is each in their own time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from chatcode.domain import Entry, Filter, Tie
from chatcode.review import view
from chatcode.review.session import Session

from .screen import app_of, press, shown

TURN = date(2021, 3, 10)


@pytest.fixture
def promoted(study, filled, codebook):
    """Messages on eight days around the day on which their writer became an administrator; their ids."""
    study.use_codebook(codebook.hash, codebook.text)
    filled(study, messages=0)
    noon = datetime(2021, 3, 6, 12)
    entries = [
        Entry(f"e{day}", "group-Noord", day, noon + timedelta(days=day), "message", f"dag {day}",
              member_id="Noord-een")
        for day in range(1, 9)
    ]  # fmt: skip
    study.add_entries(entries, [entry.id.encode() for entry in entries])
    study.set_role("Noord-een", "deelnemer", None, TURN)
    study.set_role("Noord-een", "beheerder", TURN, None)
    return study, [entry.id for entry in entries]


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_the_role_filter_asks_the_role_of_the_day(promoted, codebook, size):
    study, ids = promoted
    app = app_of(study, codebook)
    async with app.run_test(size=size) as pilot:
        await press(app, pilot, "slash", *"role:beheerder", "enter")
        assert app.session.entry.id == ids[3]
        for _ in ids[3:]:
            await press(app, pilot, "7", "enter")
        assert "filter role:beheerder" in " ".join(shown(app)[:2])
        await press(app, pilot, "slash", *["backspace"] * len("role:beheerder"), *"role:deelnemer", "enter")
        for _ in ids[:3]:
            await press(app, pilot, "x")
    acts = study.acts_in_force(ids, "K1", 1)
    assert [i for i in ids if acts[i].codes == {"7+"}] == ids[3:]
    assert [i for i in ids if not acts[i].codes] == ids[:3]


def test_the_first_day_counts_and_the_last_does_not(promoted):
    study, ids = promoted
    assert study.entry(ids[3]).sent_at.date() == TURN
    assert study.queue("K1", 1, Filter(role="beheerder")) == ids[3:]
    assert study.queue("K1", 1, Filter(role="deelnemer")) == ids[:3]
    assert [entry.id for entry in study.find_entries("", role="beheerder", group="Noord")] == ids[3:]
    study.set_role("Noord-een", "professional", date(2021, 3, 8), date(2021, 3, 11))
    assert study.queue("K1", 1, Filter(role="professional")) == ids[1:4]


def test_the_filter_and_the_member_agree_also_of_who_has_two_ids(promoted):
    study, ids = promoted
    study.add_tie(Tie("t", "Noord-een", "Noord-twee", "same", "person"))
    study.set_role("Noord-twee", "professional", TURN + timedelta(days=2), None)
    members = study.members()
    for role in ("beheerder", "professional", "deelnemer"):
        asked = [
            entry.id
            for entry in study.some_entries(ids)
            if role in members[entry.member_id].roles_on(entry.sent_at.date())
        ]
        assert study.queue("K1", 1, Filter(role=role)) == asked
    assert study.queue("K1", 1, Filter(role="professional")) == ids[5:]


def test_an_official_is_underlined_from_that_day_on(promoted, codebook):
    study, ids = promoted
    session = Session(study, codebook, coder="K1", way="blind")

    def underlined(entry_id):
        entry = study.entry(entry_id)
        rows = view.line(session, entry, view.standing(session, entry), 80)
        return any("underline" in str(span.style) for row in rows for span in row.spans)

    assert [underlined(i) for i in ids] == [False] * 3 + [True] * 5
