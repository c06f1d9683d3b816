from __future__ import annotations

from datetime import datetime, timedelta

from chatcode.analysis.incidents import improprieties, incidents
from chatcode.domain import Entry, Link


def message(n, hour, member="m3"):
    at = datetime(2020, 10, 1) + timedelta(hours=hour)
    return Entry(f"e{n}", "g", n, at, "message", "t", member_id=member)


def test_reports_that_are_linked_are_one_incident(make):
    entries = [message(n, n) for n in (1, 2, 3, 4)]
    acts = [
        make.act("e1", "M"),
        make.act("e2", "M"),
        make.act("e3", "M", links=[Link("incident", "e1")]),
        make.act("e4", "M", links=[Link("incident", "e3")]),
    ]
    first, second = incidents(make.layer(entries, acts))
    assert (first.id, first.report_ids) == ("e1", ("e1", "e3", "e4"))
    assert (second.id, second.report_ids) == ("e2", ("e2",))


def test_a_report_that_ties_two_incidents_makes_them_one(make):
    acts = [
        make.act("e1", "M"),
        make.act("e2", "M"),
        make.act("e3", "M", links=[Link("incident", "e1"), Link("incident", "e2")]),
    ]
    (only,) = incidents(make.layer([message(n, n) for n in (1, 2, 3)], acts))
    assert only.report_ids == ("e1", "e2", "e3")


def test_a_link_to_what_is_no_report_joins_nothing(make):
    acts = [make.act("e1", "11+"), make.act("e2", "M", links=[Link("incident", "e1")])]
    (only,) = incidents(make.layer([message(1, 1), message(2, 2)], acts))
    assert only.id == "e2"


def test_an_answer_is_timed_from_the_first_report_and_twelve_hours_are_still_during(make):
    entries = [message(1, 0), message(2, 5), message(3, 12, "m0"), message(4, 12.5, "m1")]
    acts = [
        make.act("e1", "M"),
        make.act("e2", "M", links=[Link("incident", "e1")]),
        make.act("e3", "1+", "8+", "11+", links=[Link("feedback", "e2")]),
        make.act("e4", "10+", links=[Link("feedback", "e1")]),
    ]
    (only,) = incidents(make.layer(entries, acts))
    assert [(a.entry_id, sorted(a.codes), a.hours, a.during) for a in only.answers] == [
        ("e3", ["1+", "8+"], 12.0, True),
        ("e4", ["10+"], 12.5, False),
    ]
    assert only.answers[0].roles == {"beheerder"}


def test_a_researcher_neither_reports_nor_answers_nor_misbehaves(make):
    entries = [message(1, 1, "m5"), message(2, 2), message(3, 3, "m6"), message(4, 4, "m5")]
    acts = [
        make.act("e1", "M"),
        make.act("e2", "M", "7-"),
        make.act("e3", "1+", "7+", links=[Link("feedback", "e2"), Link("correction", "e2")]),
        make.act("e4", "7-"),
    ]
    layer = make.layer(entries, acts)
    assert [(i.id, i.answers) for i in incidents(layer)] == [("e2", ())]
    assert [(i.entry_id, i.answers) for i in improprieties(layer)] == [("e2", ())]


def test_a_correction_is_tied_to_the_message_that_it_corrects(make):
    acts = [
        make.act("e1", "7-"),
        make.act("e2", "7+", links=[Link("correction", "e1")]),
        make.act("e3", "7-"),
        make.act("e4", "11-", links=[Link("correction", "e3")]),
    ]
    entries = [message(1, 1), message(2, 2, "m0"), message(3, 3), message(4, 4)]
    first, second = improprieties(make.layer(entries, acts))
    assert first.corrected_by == (frozenset({"beheerder"}),)
    assert second.corrected_by == ()
