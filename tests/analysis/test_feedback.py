from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from chatcode.analysis.counts import CaseCounts
from chatcode.analysis.feedback import answered, feedback, open_reports
from chatcode.analysis.material import Material
from chatcode.domain import Entry, Link


def message(n, day, hour=0.0, member="m3"):
    at = datetime(2020, 10, day) + timedelta(hours=hour)
    return Entry(f"e{n}", "g", n, at, "message", "t", member_id=member)


@pytest.fixture
def layer(make):
    """Answered within the hour, the day after, by a resident only, and not at all."""
    entries = [
        message(1, 1), message(2, 1, 0.5, "m0"), message(3, 1, 5, "m1"),
        message(4, 3), message(5, 4, 1, "m2"),
        message(6, 6), message(7, 6, 1), message(8, 6, 2, "m0"),
        message(9, 9),
    ]  # fmt: skip
    acts = [
        make.act("e1", "M"),
        make.act("e2", "1+", links=[Link("feedback", "e1")]),
        make.act("e3", "1+", links=[Link("feedback", "e1")]),
        make.act("e4", "M"),
        make.act("e5", "1+", links=[Link("feedback", "e4")]),
        make.act("e6", "M"),
        make.act("e7", "1+", links=[Link("feedback", "e6")]),
        make.act("e8", "8+", links=[Link("feedback", "e6")]),
        make.act("e9", "M"),
    ]
    return make.layer(entries, acts)


def test_the_first_feedback_of_the_actors_is_what_answers(layer, codebook):
    told = [(one.incident_id, one.hours, sorted(one.roles), one.others) for one in answered(layer, codebook)]
    assert told == [
        ("e1", 0.5, ["beheerder"], 0),
        ("e4", 25.0, ["beheerder", "professional"], 0),
        ("e6", None, [], 2),
        ("e9", None, [], 0),
    ]


def test_incidents_are_answered_during_after_or_never(layer, codebook):
    (period,) = feedback(layer, codebook)
    assert (period.span, period.incidents) == ("period", 4)
    assert (period.during, period.after, period.never) == (1, 1, 2)
    assert period.by_role == {"beheerder": 1, "beheerder, professional": 1}
    assert period.median_hours == 12.75


def test_months_take_the_incidents_that_began_in_them(layer, codebook):
    assert [(row.span, row.incidents) for row in feedback(layer, codebook, by="month")] == [("2020-10", 4)]


def test_without_an_answer_there_is_no_median(make, codebook):
    (row,) = feedback(make.layer([message(1, 1)], [make.act("e1", "M")]), codebook)
    assert (row.never, row.median_hours, row.by_role) == (1, None, {})


def test_open_reports_are_those_without_feedback_the_longest_open_first(layer, codebook):
    found = open_reports(layer, codebook, on=date(2020, 10, 10))
    assert [(one.incident_id, one.days_open, one.others) for one in found] == [("e6", 4, 2), ("e9", 1, 0)]
    assert [one.incident_id for one in open_reports(layer, codebook, on=date(2020, 10, 8))] == ["e6"]


def test_days_open_run_to_the_last_day_that_is_covered(layer, codebook):
    last = date(2021, 5, 31)
    assert open_reports(layer, codebook)[0].days_open == (last - date(2020, 10, 6)).days


@pytest.mark.parametrize("seed", range(3))
def test_the_stretches_add_up_to_the_months(make, codebook, seed):
    layer = make.drawn(seed)

    def sums(rows):
        frame = pd.DataFrame([asdict(row) for row in rows])
        return frame.groupby("case")[["incidents", "during", "after", "never"]].sum()

    by_stretch = sums(feedback(layer, codebook))
    assert by_stretch.equals(sums(feedback(layer, codebook, by="month")))
    assert (by_stretch.incidents == by_stretch.during + by_stretch.after + by_stretch.never).all()
    assert by_stretch.during.sum() > 0


def test_the_cell_of_intervention_1_says_the_same(layer, codebook):
    counts = CaseCounts.of(Material.of(layer), layer.cases[0]).counts(codebook.interventions[1], codebook)
    told = counts["period"]
    assert (told["occasions"], told["answered_during"], told["answered_after"]) == (4, 1, 1)
