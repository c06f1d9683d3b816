from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from chatcode.analysis.estimation import Total, estimates
from chatcode.analysis.sampling import Drawn, Unit, draw
from chatcode.codebook import Codebook
from chatcode.domain import Act, Choice, Entry, Member

CODEBOOK = Codebook.load()
MEMBERS = {
    "b": Member("b", "Beheerder", 1, frozenset({"beheerder"})),
    "d": Member("d", "Deelnemer", 1, frozenset({"deelnemer"})),
}


def act(entry_id, *codes):
    return Act(
        f"a{entry_id}", entry_id, "K", 1, "blind", tuple(Choice(c) for c in codes), (), (), "h",
        datetime(2021, 9, 2), "b",
    )  # fmt: skip


def population(seed, months=12, units=20):
    """Units of some messages; a code that is commoner in later months and comes in bursts."""
    dice = random.Random(seed)
    found, entries, acts = [], {}, {}
    start = datetime(2020, 1, 1, 12)
    for month in range(months):
        for unit in range(units):
            ids = []
            burst = dice.random() < 0.15 + 0.05 * month
            for n in range(dice.randint(1, 12)):
                entry_id = f"{month}-{unit}-{n}"
                at = start + timedelta(days=40 * month + unit, hours=n)
                entries[entry_id] = Entry(entry_id, "g", 0, at, "message", "t")
                acts[entry_id] = act(entry_id, *(["M"] if burst and dice.random() < 0.5 else []))
                ids.append(entry_id)
            found.append(Unit("g", f"2020-{month + 1:02d}", "", tuple(ids)))
    return found, entries, acts


def estimated(drawn, entries, acts, *, with_days=False):
    rows = estimates(
        drawn, entries=entries, acts=acts, members=MEMBERS, case_of={"g": "Noord"}, codebook=CODEBOOK,
        with_days=with_days,
    )  # fmt: skip
    return next(row for row in rows if row.code == "M")


def test_a_sample_of_everything_is_the_count_itself():
    units, entries, acts = population(0)
    row = estimated(draw(units, share=1, coders=["K"], seed=1).units, entries, acts, with_days=True)
    told = [i for i, one in acts.items() if "M" in one.codes]
    assert row.seen == len(told)
    assert row.messages == Total(len(told), len(told), len(told))
    assert row.days.value == len({entries[i].sent_at.date() for i in told})


def test_weighted_by_hand():
    # One month of four units, two drawn with 3 and 1; one month of two units, both drawn with 2 and 0.
    ids = {"a": 3, "b": 1, "c": 2, "d": 0}
    entries, acts, drawn = {}, {}, []
    for unit, count in ids.items():
        names = tuple(f"{unit}{n}" for n in range(4))
        for n, name in enumerate(names):
            entries[name] = Entry(name, "g", n, datetime(2020, 1, 1, n), "message", "t")
            acts[name] = act(name, *(["M"] if n < count else []))
        month, size = ("2020-01", 4) if unit in "ab" else ("2020-02", 2)
        drawn.append(Drawn(Unit("g", month, "", names), size, 2))
    row = estimated(drawn, entries, acts)
    assert row.messages.value == 2 * 3 + 2 * 1 + 1 * 2
    # 16 * (1 - 2/4) * 2 / 2 = 8; the second month is whole; t with 2 degrees of freedom is 4.3027.
    assert row.messages.high - row.messages.value == pytest.approx(4.3027 * 8**0.5, rel=1e-4)
    assert row.messages.low == 6


def test_the_interval_holds_the_truth_nearly_always():
    units, entries, acts = population(3)
    truth = sum("M" in one.codes for one in acts.values())
    rows = [estimated(draw(units, share=0.25, coders=["K"], seed=s).units, entries, acts) for s in range(120)]
    assert sum(row.messages.value for row in rows) / 120 == pytest.approx(truth, rel=0.05)
    held = sum(row.messages.low <= truth <= row.messages.high for row in rows)
    assert 0.88 <= held / 120 <= 1.0


def test_nothing_is_estimated_from_a_sample_that_is_not_reviewed():
    units, entries, acts = population(1)
    drawn = draw(units, share=0.3, coders=["K"], seed=1).units
    ids = [i for one in drawn for i in one.unit.entry_ids]
    few = {i: acts[i] for i in ids[: int(len(ids) * 0.9)]}
    row = estimated(drawn, entries, few)
    assert row.reviewed_share == pytest.approx(0.9, abs=0.01)
    assert (row.messages, row.actor_messages, row.days) == (None, None, None)


def test_days_are_for_weeks_and_one_unit_has_no_interval():
    units, entries, acts = population(2)
    assert estimated(draw(units, share=0.3, coders=["K"], seed=1).units, entries, acts).days is None
    row = estimated([Drawn(units[0], 5, 1)], entries, acts)
    assert row.messages == Total(5 * row.seen, None, None)


def test_actors_are_told_apart_and_months_too():
    entries, acts, drawn = {}, {}, []
    for month, who in (("2020-01", "b"), ("2020-02", "d")):
        for unit in range(2):
            name = f"{month}-{unit}"
            entries[name] = Entry(
                name, "g", 0, datetime(2020, int(month[-1]), 1 + unit), "message", "t", member_id=who
            )
            acts[name] = act(name, "4+")
            drawn.append(Drawn(Unit("g", month, "", (name,)), 4, 2))
    rows = estimates(
        drawn, entries=entries, acts=acts, members=MEMBERS, case_of={"g": "Noord"}, codebook=CODEBOOK,
        with_days=True, by_month=True,
    )  # fmt: skip
    told = {row.month: row for row in rows if row.code == "4+"}
    assert {m: (row.messages.value, row.actor_messages.value) for m, row in told.items()} == {
        "2020-01": (4, 4), "2020-02": (4, 0),
    }  # fmt: skip
    assert (told["2020-01"].days.value, told["2020-01"].actor_days.value) == (4, 4)
