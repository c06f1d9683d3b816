from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatcode.analysis.sampling import Unit, draw, units_of
from chatcode.domain import Case, Entry, Group, Member, Period

CASES = [
    Case(
        "c1", "Noord", Period(date(2020, 9, 1), date(2021, 9, 1)), Period(date(2019, 9, 1), date(2020, 9, 1))
    ),
    Case("c2", "West", None, None),
]
GROUPS = [Group("g1", "N1", "c1"), Group("g2", "W1", "c2")]
MEMBERS = {
    "m": Member("m", "Deelnemer", 1, frozenset({"deelnemer"})),
    "r": Member("r", "Onderzoeker", 1, frozenset({"onderzoeker"})),
}


def chat(*moments, group="g1", member="m", kind="message"):
    return [Entry(f"{group}-{n}", group, n, at, kind, "t", member_id=member) for n, at in enumerate(moments)]


def cut(entries, kind="conversation"):
    return units_of(entries, groups=GROUPS, cases=CASES, members=MEMBERS, kind=kind)


def strata(*sizes):
    """Units of one message each: so many in each month, the last twelve months the period."""
    return [
        Unit("g1", f"{2019 + n // 12}-{n % 12 + 1:02d}", "period" if n >= 12 else "baseline", (f"e{n}-{k}",))
        for n, size in enumerate(sizes)
        for k in range(size)
    ]


# ── units ──


def test_a_conversation_is_a_unit_and_nothing_of_it_is_left_out():
    start = datetime(2020, 10, 1, 12)
    entries = chat(*(start + timedelta(minutes=m) for m in (0, 30, 95, 200, 210)))
    assert [unit.entry_ids for unit in cut(entries)] == [("g1-0", "g1-1"), ("g1-2",), ("g1-3", "g1-4")]


def test_a_week_ends_with_its_month_and_its_group():
    days = [datetime(2020, 9, 28), datetime(2020, 9, 30, 23), datetime(2020, 10, 1), datetime(2020, 10, 5)]
    found = cut([*chat(*days), *chat(*days, group="g2")], "week")
    assert [(u.group_id, u.month, len(u.entry_ids)) for u in found] == [
        ("g1", "2020-09", 2), ("g1", "2020-10", 1), ("g1", "2020-10", 1),
        ("g2", "2020-09", 2), ("g2", "2020-10", 1), ("g2", "2020-10", 1),
    ]  # fmt: skip


def test_a_unit_knows_its_phase_and_what_does_not_count_is_no_unit():
    days = [datetime(2019, 8, 31), datetime(2019, 9, 1), datetime(2020, 9, 1), datetime(2021, 9, 1)]
    assert [unit.phase for unit in cut(chat(*days))] == ["baseline", "period"]
    assert [unit.phase for unit in cut(chat(*days, group="g2"))] == ["", "", "", ""]


def test_notices_and_messages_of_researchers_are_not_drawn():
    moments = [datetime(2020, 10, 1)]
    assert cut(chat(*moments, member="r")) == []
    assert cut(chat(*moments, kind="system")) == []


# ── drawing ──


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=24), st.floats(0.01, 1), st.integers(0, 99))
def test_every_month_is_there_with_weights_that_add_up_to_all_units(sizes, share, seed):
    units = strata(*sizes)
    drawn = draw(units, share=share, coders=["K1"], seed=seed).units
    per_month = defaultdict(list)
    for one in drawn:
        per_month[one.unit.month].append(one)
    assert len(per_month) == len(sizes)
    for some, size in zip((per_month[month] for month in sorted(per_month)), sizes, strict=True):
        assert len({one.unit for one in some}) == len(some) == some[0].drawn
        assert len(some) >= min(2, size)
        assert sum(one.weight for one in some) == pytest.approx(size)


def test_the_share_holds_over_many_small_months():
    drawn = [len(draw(strata(*[15] * 24), share=0.3, coders=["K"], seed=s).units) for s in range(60)]
    assert sum(drawn) / 60 == pytest.approx(0.3 * 24 * 15, rel=0.03)


def test_the_same_seed_draws_the_same_and_another_draws_other_units():
    units = strata(*[20] * 12)
    one = draw(units, share=0.2, coders=["K1", "K2"], double=0.5, seed=4)
    assert one == draw(units, share=0.2, coders=["K1", "K2"], double=0.5, seed=4)
    assert one.units != draw(units, share=0.2, coders=["K1", "K2"], double=0.5, seed=5).units


def test_every_unit_of_a_month_is_as_likely_as_another():
    units = strata(10)
    often = Counter(
        one.unit for seed in range(600) for one in draw(units, share=0.3, coders=["K"], seed=seed).units
    )
    assert len(often) == 10
    # 180 expected, standard deviation 11: five of them are never passed by chance.
    assert all(abs(count - 180) < 56 for count in often.values())


# ── who gets what, in which order ──


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 999), st.sampled_from([0.0, 0.2, 0.5, 1.0]), st.integers(1, 3))
def test_the_double_share_goes_to_all_and_the_rest_to_one_each(seed, double, coders):
    names = [f"K{n}" for n in range(coders)]
    sample = draw(strata(*[12] * 24), share=0.5, coders=names, double=double, seed=seed)
    given_to = Counter(place for places in sample.turns.values() for place in places)
    assert set(given_to) == set(range(len(sample.units)))
    assert all(len(set(places)) == len(places) for places in sample.turns.values())
    shared = sum(count == coders for count in given_to.values())
    if coders > 1:
        assert shared == pytest.approx(double * len(sample.units), abs=1)
        assert set(given_to.values()) <= {1, coders}
    sizes = [len(places) for places in sample.turns.values()]
    assert max(sizes) - min(sizes) <= 2


@pytest.mark.parametrize("seed", range(5))
def test_a_coder_meets_baseline_and_period_in_every_stretch_of_work(seed):
    sample = draw(strata(*[20] * 24), share=0.4, coders=["K1", "K2"], double=0.3, seed=seed)
    for places in sample.turns.values():
        phases = [sample.units[place].unit.phase for place in places]
        for start in range(0, len(phases) - 20, 5):
            assert 6 <= phases[start : start + 20].count("baseline") <= 14


def test_months_do_not_come_in_their_order():
    sample = draw(strata(*[20] * 24), share=0.4, coders=["K1"], seed=1)
    months = [sample.units[place].unit.month for place in sample.turns["K1"]]
    rising = sum(a <= b for a, b in pairwise(months))
    assert 0.35 < rising / len(months) < 0.65
