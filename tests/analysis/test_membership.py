from __future__ import annotations

from datetime import date, datetime

import pytest

from chatcode.analysis.membership import arrivals, flows, sizes, starts
from chatcode.domain import Entry, Headcount


def notice(n, day, event, targets=(), actor=None, month=9):
    at = datetime(2020, month, day)
    return Entry(f"n{n}", "g", n, at, "system", "t", event=event, target_ids=targets, actor_id=actor)


NOTICES = [
    notice(0, 1, "created", actor="m0"),
    notice(1, 1, "added", ("m1", "m2")),
    notice(2, 2, "added", ("m3",)),
    notice(3, 3, "joined", actor="m4"),
    notice(4, 4, "left", actor="m1"),
    notice(5, 5, "removed", ("m2", "m3"), month=10),
]


def test_adds_on_the_day_of_creation_are_the_start_and_later_ones_flow(make):
    layer = make.layer(NOTICES, [])
    assert starts(layer)[0].members == 3
    by_month = {flow.month: flow for flow in flows(layer)}
    september, october = by_month["2020-09"], by_month["2020-10"]
    assert (september.added, september.joined, september.left, september.net) == (1, 1, 1, 1)
    assert (october.removed, october.net) == (2, -2)
    assert by_month["2020-11"].net == 0


def test_without_its_creation_a_group_has_no_known_start(make):
    layer = make.layer(NOTICES[2:], [])
    assert starts(layer)[0].members is None
    assert arrivals(layer)["g"].at(date(2020, 10, 1)) is None


def test_researchers_are_no_members(make):
    found = [*NOTICES, notice(6, 6, "joined", actor="m5"), notice(7, 7, "added", ("m5", "m4"))]
    september = next(f for f in flows(make.layer(found, [])) if f.month == "2020-09")
    assert (september.joined, september.added) == (1, 2)


def test_somebody_without_a_name_is_one_person(make):
    september = next(f for f in flows(make.layer([notice(1, 2, "left")], [])) if f.month == "2020-09")
    assert september.left == 1


def test_comings_and_goings_outside_the_stretches_do_not_count(make):
    layer = make.layer([notice(1, 2, "left", month=1), *NOTICES], [])
    assert sum(flow.left for flow in flows(layer)) == 1


@pytest.mark.parametrize(
    ("day", "heads", "members"),
    [
        (date(2020, 9, 2), [], 3),
        (date(2020, 10, 1), [], 4),
        (date(2020, 10, 31), [], 2),
        (date(2020, 8, 1), [], None),
        (date(2020, 10, 31), [Headcount("g", date(2020, 10, 1), 90)], 88),
        (date(2020, 9, 3), [Headcount("g", date(2020, 10, 1), 90)], 90),
        (date(2020, 9, 2), [Headcount("g", date(2020, 10, 1), 90)], 89),
        (
            date(2020, 10, 31),
            [Headcount("g", date(2020, 9, 1), 50), Headcount("g", date(2020, 10, 30), 70)],
            70,
        ),
    ],
)
def test_the_size_on_a_day_follows_from_the_nearest_headcount_else_from_the_creation(
    make, day, heads, members
):
    assert arrivals(make.layer(NOTICES, []))["g"].at(day, heads) == members


def test_the_size_of_each_month_is_that_at_its_start(make):
    layer = make.layer(NOTICES, [])
    found = {size.month: size.members for size in sizes(layer)}
    assert [found[month] for month in ("2020-08", "2020-10", "2020-11")] == [None, 4, 2]
    heads = [Headcount("g", date(2020, 8, 1), 20), Headcount("h", date(2020, 8, 1), 999)]
    assert {size.month: size.members for size in sizes(layer, heads)}["2020-08"] == 20
