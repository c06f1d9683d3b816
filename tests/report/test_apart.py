"""The report taken apart: roles, kinds, pairs, the meeting, open reports, members and events."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chatcode.codebook import Codebook
from chatcode.domain import Action, Beside, Headcount, Minutes, OutsideEvent
from chatcode.report.charts import key
from chatcode.report.document import Chart, Table
from chatcode.report.frequencies import frequency_report

NOW = datetime(2021, 9, 2, tzinfo=UTC)
LINES = [
    ("2020-10-01", "d", "M"),
    ("2020-10-02", "b", "1+", 0),
    ("2020-10-03", "d", "M"),
    ("2020-10-20", "d", "M 8-:gerucht"),
    ("2021-03-01", "p", "8+ 1+", 3),
    ("2021-06-01", "p", "8+"),
    ("2021-06-01", "d", "8+"),
]


def tables(layer, **more):
    document = frequency_report(layer, Codebook.load(), lang="en", study="s", long=True, **more)
    return {b.sheet: b for b in document.blocks if isinstance(b, Table)}, document


def row(table, **wanted):
    titles = [column.title for column in table.columns]
    found = [
        dict(zip(titles, r, strict=True))
        for r in table.rows
        if all(dict(zip(titles, r, strict=True))[k] == v for k, v in wanted.items())
    ]
    assert len(found) == 1, (titles, table.rows)
    return found[0]


def test_open_reports_are_those_without_word_by_the_actors(chat):
    found, _ = tables(chat(LINES))
    assert [r[1] for r in found["Open reports"].rows] == ["2020-10-03"]
    first = row(found["First answers"], Stretch="The period")
    assert first["Incidents with feedback"] == 2
    assert (first["First by: administrator"], first["First by: professional"]) == (1, 1)


def test_open_reports_are_not_listed_where_too_little_is_reviewed(chat):
    found, document = tables(chat(LINES, open_=5))
    assert found["Open reports"].rows == ()
    assert any("Open reports are listed only" in getattr(b, "text", "") for b in document.blocks)


def test_roles_and_kinds_are_shown_on_request_and_add_up_to_the_messages(chat):
    layer = chat(LINES)
    assert "By role" not in tables(layer)[0]
    found, _ = tables(layer, by=("role", "sub-reason"))
    assert row(found["By role"], Code="8+", Role="member")["Messages"] == 1
    assert sum(r[5] for r in found["By role"].rows if r[3] == "8+") == 3
    assert [(r[3], r[5]) for r in found["By kind"].rows] == [("8-", 1)]


def test_codes_that_stand_together_give_no_ratio_over_few(chat):
    pairs = {(r[1][:2], r[2][:2]): r for r in tables(chat(LINES))[0]["Together"].rows}
    assert pairs["1+", "8+"][3] == 1
    assert pairs["1+", "8+"][6] is None


def test_before_and_after_the_meeting_counts_each_half_alone(chat):
    split = tables(chat(LINES), split=date(2021, 5, 1))[0]["Noord split"].rows[7]
    assert split[0].startswith("8. ")
    assert split[1:3] == (1, 1)
    assert "Noord split" not in tables(chat(LINES), split=date(2022, 5, 1))[0]


def test_members_at_start_and_end_are_known_from_headcounts_only(chat):
    layer = chat(LINES)
    known = row(tables(layer)[0]["Members"], Stretch="The period")
    assert (known["Members at its start"], known["Members at its end"]) == (None, None)
    heads = (Headcount("Noord", date(2020, 9, 1), 100), Headcount("Noord", date(2021, 9, 1), 121))
    known = row(tables(layer, beside=Beside(headcounts=heads))[0]["Members"], Stretch="The period")
    assert (known["Members at its start"], known["Members at its end"]) == (100, 121)


def test_events_are_marked_under_the_chart_of_their_case(chat):
    events = (
        OutsideEvent(1, None, date(2021, 1, 23), date(2021, 4, 27), "curfew", "r", NOW),
        OutsideEvent(2, "West", date(2021, 2, 1), date(2021, 2, 1), "shooting", "r", NOW),
    )
    layer = chat(LINES, cases=("Noord", "West"))
    _, document = tables(layer, beside=Beside(events=events))
    noord, west = [b for b in document.blocks if isinstance(b, Chart)]
    assert [(e.first, e.last) for e in noord.events] == [("2021-01", "2021-04")]
    assert len(west.events) == 2
    assert "▲2 1 February 2021: shooting." in key(west, "en")


@pytest.mark.parametrize(("on", "told"), [(date(2021, 5, 20), "still to come"), (date(2021, 7, 1), "passed")])
def test_the_plan_stands_beside_what_was_seen(chat, on, told):
    agreed = Action(1, "Noord", 8, "explain", "professional", date(2021, 6, 10), date(2021, 5, 1), "r", NOW)
    minutes = Minutes(1, "Noord", date(2021, 5, 1), "agreed to explain more", "r", NOW)
    found, document = tables(chat(LINES), beside=Beside(actions=(agreed,), minutes=(minutes,)), on=on)
    plan = row(found["Plan"], What="explain")
    assert told in plan["How it stands"]
    # The officer explained on 1 June; a member's explanation that day is none of theirs.
    assert plan["Days seen in the chat since"] == (1 if on > date(2021, 6, 1) else 0)
    assert any("agreed to explain more" in getattr(b, "paragraphs", ()) for b in document.blocks)


def test_what_is_agreed_without_an_intervention_has_no_days(chat):
    agreed = Action(1, "Noord", None, "coffee", "professional", date(2021, 6, 10), date(2021, 5, 1), "r", NOW)
    beside = Beside(actions=(agreed, replace(agreed, number=2, intervention=1, agreed_on=date(2030, 1, 1))))
    assert [r[7] for r in tables(chat(LINES), beside=beside)[0]["Plan"].rows] == [None]
