"""What a note says of an intervention in an area: counts, and the situation it advises on."""

from __future__ import annotations

from datetime import date

import pytest

from chatcode.analysis.assessment import Cell
from chatcode.codebook import Codebook
from chatcode.report.findings import Finding, Reports, findings, reports, until

CODEBOOK = Codebook.load()
MONTHS = [f"2020-{m:02}" for m in (9, 10, 11, 12)] + [f"2021-{m:02}" for m in range(1, 9)]


def cell(intervention, mark, flag=None, case="Noord"):
    return Cell(case, intervention, None, mark, None, None, flag, "een reden", {})


def finding(layer, intervention, cells=(), case="Noord") -> Finding:
    found = findings(layer, CODEBOOK, cells)
    return next(f for f in found if f.intervention.number == intervention and f.case == case)


def monthly(codes, writer="b", months=MONTHS, day="03"):
    return [(f"{month}-{day}", writer, codes) for month in months]


def test_what_others_did_is_climate_and_no_part_of_the_count(chat):
    f = finding(chat([("2020-10-01", "b", "4+"), ("2020-10-01", "p", "4+"), ("2020-11-01", "d", "4+")]), 4)
    assert (f.seen.messages, f.seen.days, f.seen.months) == (2, 1, 1)
    assert (f.climate.messages, f.climate.days) == (1, 1)


def test_the_time_before_is_counted_apart(chat):
    f = finding(chat([("2020-03-01", "b", "4+"), ("2020-04-01", "b", "4+"), ("2020-10-01", "b", "4+")]), 4)
    assert (f.before.days, f.seen.days) == (2, 1)


def test_sub_reasons_are_counted_where_they_were_coded(chat):
    sub = CODEBOOK.interventions[1].opposite.sub_reasons[0].id
    layer = chat(
        [("2020-10-01", "d", f"1-:{sub}"), ("2020-10-02", "d", f"1-:{sub}"), ("2020-10-03", "d", "1-")]
    )
    f = finding(layer, 1)
    assert f.sub_reasons == {sub: 2}
    assert f.opposite.messages == 3


def test_occasions_are_the_reports_and_only_actors_answer_them(chat):
    layer = chat(
        [
            ("2020-10-01", "d", "M"),
            ("2020-10-01", "p", "1+", 0),
            ("2020-10-05", "d", "M"),
            ("2020-10-05", "d", "1+", 2),
            ("2020-10-09", "d", "M"),
        ]
    )
    f = finding(layer, 1)
    assert (f.occasions, f.answered) == (3, 1)
    assert reports(layer) == Reports(begun=3, open=1)


@pytest.mark.parametrize(
    ("lines", "situation"),
    [
        (monthly("4+"), "seen_well"),
        (monthly("4+", months=MONTHS[:5]), "seen_little"),
        (monthly("11+"), "not_seen"),
        (monthly("4+") + monthly("4-", "d", MONTHS[:6], day="05"), "opposite"),
        # Two days are no pattern.
        (monthly("11+") + monthly("4-", "d", MONTHS[:2]), "not_seen"),
    ],
)
def test_without_a_mark_the_counts_choose_the_advice(chat, lines, situation):
    assert finding(chat(lines), 4).situation == situation


@pytest.mark.parametrize(
    ("mark", "situation"),
    [("✓", "seen_well"), ("=", "seen_well"), ("~", "seen_little"), ("X", "not_seen")],
)
def test_a_mark_goes_before_the_counts(chat, mark, situation):
    assert finding(chat(monthly("4+")), 4, [cell(4, mark)]).situation == situation


def test_a_mark_stands_also_where_little_is_reviewed_but_counts_do_not(chat):
    layer = chat(monthly("4+"), open_=3)
    assert finding(layer, 4).situation is None
    assert finding(layer, 4, [cell(4, "✓")]).situation == "seen_well"


def test_what_was_not_agreed_gets_no_advice(chat):
    assert finding(chat(monthly("4+")), 4, [cell(4, "X", "not_agreed")]).situation is None


def test_no_report_is_no_occasion_for_feedback(chat):
    assert finding(chat(monthly("4+")), 1).situation == "no_occasion"


def test_a_mark_on_few_occasions_stands_though_they_are_flagged(chat):
    layer = chat([("2020-10-01", "d", "7-"), ("2020-10-01", "b", "7+", 0)])
    assert finding(layer, 7, [cell(7, "=", "no_occasion")]).situation == "seen_well"


def test_improper_messages_are_the_occasion_of_correcting_and_not_its_contrary(chat):
    lines = []
    for place in range(5):
        lines += [(f"2020-10-{place + 1:02}", "d", "7-"), (f"2020-10-{place + 1:02}", "b", "7+", 2 * place)]
    assert finding(chat(lines), 7).situation == "seen_well"


def test_until_leaves_out_that_day_and_what_follows(chat):
    layer = until(chat(monthly("4+")), date(2020, 11, 3))
    assert finding(layer, 4).seen.days == 2
    assert layer.coverage["Noord"][0].end == date(2020, 11, 3)


@pytest.mark.parametrize(
    ("lines", "mark", "situation"),
    [
        # Messages went against it on a third of the days: praise alone would be milder than that.
        (monthly("4+") + monthly("4-", "d", MONTHS[:6], day="05"), "✓", "opposite"),
        (monthly("4+") + monthly("4-", "d", MONTHS[:6], day="05"), "=", "opposite"),
        # Said to be done in part, and nothing of it was seen.
        (monthly("11+"), "~", "not_seen"),
        # What a person knows beside the chat stands: seen now and then, and judged to be practice.
        (monthly("4+", months=MONTHS[:2]), "=", "seen_well"),
    ],
)
def test_the_advice_is_never_milder_than_the_counts(chat, lines, mark, situation):
    assert finding(chat(lines), 4, [cell(4, mark)]).situation == situation


@pytest.mark.parametrize(
    ("members", "situation"),
    [
        ((100, 10), "seen_well"),
        ((100, 9), "seen_little"),
        ((100, -3), "seen_little"),
        ((None, 30), "seen_little"),
    ],
)
def test_recruiting_goes_well_where_the_group_is_known_to_have_grown(chat, members, situation):
    start, net = members
    counts = {"period": {"members_at_start": start, "members_net": net}}
    unrated = Cell("Noord", 2, None, None, None, None, None, None, counts)
    assert finding(chat(monthly("2+")), 2, [unrated]).situation == situation
