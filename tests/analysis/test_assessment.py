"""People first: what a cell shows before and after a person's mark."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from chatcode.analysis.assessment import cells
from chatcode.analysis.proposal import Constants, propose
from chatcode.codebook import Codebook
from chatcode.domain import Act, Case, Choice, Entry, Evidence, Group, Intake, Layer, Mark, Member, Period

CODEBOOK = Codebook.load()
NOW = datetime(2021, 9, 2)


def layer(*, unreviewed=0):
    """A year in which the administrator posts a 4+ weekly and a year before in which it was monthly."""
    members = {
        "b": Member("b", "Beheerder", 1, frozenset({"beheerder"})),
        "d": Member("d", "Deelnemer", 1, frozenset({"deelnemer"})),
    }
    entries, acts = [], {}
    day, n = date(2019, 9, 1), 0
    while day < date(2021, 9, 1):
        before = day < date(2020, 9, 1)
        for member, codes in (
            ("b", ("4+",) if not before or day.day <= 7 else ()),
            ("d", ("9+",) if not before else ()),
        ):
            entry = Entry(
                f"e{n}", "g", n, datetime(day.year, day.month, day.day, 12), "message", "t", member_id=member
            )
            entries.append(entry)
            if before or n >= unreviewed + 106:
                acts[entry.id] = Act(
                    f"a{n}", entry.id, "K", 1, "blind", tuple(Choice(c) for c in codes), (), (), "h", NOW, "b"
                )
            n += 1
        day += timedelta(days=7)
    return Layer(
        coder="K",
        cases=[
            Case(
                "c",
                "Noord",
                Period(date(2020, 9, 1), date(2021, 9, 1)),
                Period(date(2019, 9, 1), date(2020, 9, 1)),
            )
        ],
        groups=[Group("g", "N", "c")],
        members=members,
        entries=entries,
        acts=acts,
        coverage={"g": (Period(date(2019, 9, 1), date(2021, 9, 1)),)},
    )


def mark(number, sign="~", stage="researcher", flag=None):
    return Mark("c", number, stage, sign, "omdat", flag, "R", NOW)


def cell(found, number):
    return next(c for c in found if c.intervention == number)


def test_no_proposal_anywhere_before_a_rating():
    found = cells(layer(), CODEBOOK, [])
    assert len(found) == 11
    for one in found:
        assert (one.proposed, one.flag, one.ground, one.researcher, one.reason) == (None,) * 5


def test_a_rated_cell_carries_the_proposal_beside_the_mark():
    found = cells(layer(), CODEBOOK, [mark(4)])
    assert (cell(found, 4).researcher, cell(found, 4).proposed) == ("~", "✓")
    assert cell(found, 6).proposed is None


def test_counts_are_the_same_with_and_without_marks():
    assert [c.counts for c in cells(layer(), CODEBOOK, [])] == [
        c.counts for c in cells(layer(), CODEBOOK, [mark(4)])
    ]


def test_only_the_actors_of_an_intervention_carry_it_out_and_others_stand_beside_it():
    period = cell(cells(layer(), CODEBOOK, []), 9).counts["period"]
    assert (period["seen_days"], period["climate_days"]) == (0, 52)


def test_below_95_percent_reviewed_there_is_no_proposal():
    found = cells(layer(unreviewed=20), CODEBOOK, [mark(4)])
    assert cell(found, 4).counts["period"]["reviewed_share"] < 0.95
    assert (cell(found, 4).proposed, cell(found, 4).flag) == (None, "not_reviewed")


def test_the_last_mark_of_a_stage_holds_and_the_stages_stand_side_by_side():
    found = cells(
        layer(), CODEBOOK, [mark(4, "X"), mark(4, "="), mark(4, "✓", "administrator"), mark(4, "✓", "final")]
    )
    assert (cell(found, 4).researcher, cell(found, 4).administrator, cell(found, 4).final) == ("=", "✓", "✓")


def test_a_mark_without_its_reason_opens_nothing():
    assert cell(cells(layer(), CODEBOOK, [replace(mark(4), reason=" ")]), 4).proposed is None


def test_neither_the_administrators_nor_a_final_mark_opens_a_cell_that_no_researcher_rated():
    found = cells(layer(), CODEBOOK, [mark(4, "✓", "administrator"), mark(4, "✓", "final")])
    assert (cell(found, 4).final, cell(found, 4).proposed, cell(found, 4).ground) == ("✓", None, None)


def test_a_mark_opens_its_own_case_only():
    whole = layer()
    two = replace(whole, cases=[*whole.cases, Case("d", "West", whole.cases[0].period, None)])
    found = cells(two, CODEBOOK, [mark(4)])
    assert {(c.case, c.intervention) for c in found if c.proposed is not None} == {("Noord", 4)}


def test_what_was_not_agreed_before_the_start_is_flagged_beside_the_proposal():
    known = Intake("c", 4, "not_agreed", "past hier niet", "R", NOW)
    found = cells(layer(), CODEBOOK, [mark(4)], intake=[known])
    assert (cell(found, 4).proposed, cell(found, 4).flag) == ("✓", "not_agreed")
    assert cell(cells(layer(), CODEBOOK, [], intake=[known]), 4).flag is None


def test_evidence_from_outside_keeps_what_was_not_seen_from_x():
    seen = Evidence("v", "c", 6, date(2021, 1, 5), "gesprek", "krantje", "R", NOW)
    assert cell(cells(layer(), CODEBOOK, [mark(6)]), 6).proposed == "X"
    asked = cell(cells(layer(), CODEBOOK, [mark(6)], evidence=[seen]), 6)
    assert (asked.proposed, asked.flag) == ("~", "ask")


def test_constants_are_the_callers_to_change():
    strict = cells(layer(), CODEBOOK, [mark(4)], Constants(ratio=10))
    assert cell(strict, 4).proposed == "="


def test_a_proposal_can_be_worked_out_again_from_the_counts_alone():
    for one in cells(layer(), CODEBOOK, [mark(n) for n in CODEBOOK.interventions]):
        if CODEBOOK.interventions[one.intervention].depends_on is None:
            assert propose(json.loads(json.dumps(one.counts))).mark == one.proposed


def test_a_flag_of_the_researcher_comes_before_that_of_the_program():
    assert cell(cells(layer(), CODEBOOK, [mark(3, flag="not_agreed")]), 3).flag == "not_agreed"


def test_what_leans_on_another_intervention_waits_for_its_mark_and_follows_its_x():
    assert CODEBOOK.interventions[10].depends_on == 9
    assert cell(cells(layer(), CODEBOOK, [mark(10)]), 10).proposed is None
    assert cell(cells(layer(), CODEBOOK, [mark(10), mark(9, "X")]), 10).proposed == "X"
    settled = [mark(10), mark(9, "X"), mark(9, "~", "final")]
    assert cell(cells(layer(), CODEBOOK, settled), 10).flag != "depends"


def test_a_case_without_a_period_counts_all_that_is_covered():
    whole = layer()
    bare = replace(whole, cases=[Case("c", "Noord", None, None)])
    assert cell(cells(bare, CODEBOOK, []), 4).counts["period"]["months"] == pytest.approx(24, abs=0.1)
