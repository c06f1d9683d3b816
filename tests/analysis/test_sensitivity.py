from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime, timedelta

import pytest

from chatcode.analysis.assessment import cells
from chatcode.analysis.proposal import CONVENTIONS, Constants
from chatcode.analysis.sensitivity import ALTERNATIVES, sensitivity
from chatcode.domain import Case, Entry, Group, Mark, Period

PERIOD, BASELINE = Period(date(2020, 9, 1), date(2021, 9, 1)), Period(date(2019, 9, 1), date(2020, 9, 1))


def mark(number):
    return Mark("c", number, "researcher", "~", "omdat", None, "R", datetime(2021, 9, 2))


@pytest.fixture
def layer(make):
    """Two groups: 4+ weekly in the one, where it was monthly; nothing in the other but talk."""
    entries, acts = [], []
    for group in ("g", "h"):
        day = BASELINE.start
        while day < PERIOD.end:
            entry_id = f"{group}{day}"
            told = group == "g" and (day in PERIOD or day.day <= 7)
            entries.append(
                Entry(
                    entry_id,
                    group,
                    len(entries),
                    datetime(day.year, day.month, day.day, 9),
                    "message",
                    "t",
                    "m0",
                )
            )
            acts.append(make.act(entry_id, *(["4+"] if told else [])))
            day += timedelta(days=7)
    whole = (Period(BASELINE.start, PERIOD.end),)
    return make.layer(
        entries, acts, cases=[Case("c", "Noord", PERIOD, BASELINE)],
        groups=[Group("g", "een", "c"), Group("h", "twee", "c")], coverage={"g": whole, "h": whole},
    )  # fmt: skip


def test_every_constant_is_moved_to_either_side():
    assert set(ALTERNATIVES) == {field.name for field in fields(Constants)}
    for name, (low, high) in ALTERNATIVES.items():
        assert low < getattr(CONVENTIONS, name) < high


def test_there_is_a_line_for_each_constant_the_unit_the_months_and_each_group(layer, codebook):
    lines = sensitivity(layer, codebook, [mark(4)])
    told = [(line.what, line.value) for line in lines]
    assert told == [
        *((name, value) for name, values in ALTERNATIVES.items() for value in values),
        ("unit", "messages"),
        ("months", "all"),
        ("without", "een"),
        ("without", "twee"),
    ]


def test_a_changed_cell_is_named_with_both_proposals_and_equals_the_table_worked_out_anew(layer, codebook):
    lines = {(line.what, line.value): line for line in sensitivity(layer, codebook, [mark(4)])}
    (change,) = lines["without", "een"].changes
    assert (change.case, change.intervention, change.proposed, change.instead) == ("Noord", 4, "✓", "X")
    assert lines["without", "twee"].changes == ()
    for (what, value), line in lines.items():
        if what in ALTERNATIVES:
            anew = cells(layer, codebook, [mark(4)], Constants(**{what: value}))
            proposed = next(cell.proposed for cell in anew if cell.intervention == 4)
            assert proposed == (line.changes[0].instead if line.changes else "✓")


def test_unrated_cells_are_in_no_line(layer, codebook):
    assert not any(line.changes for line in sensitivity(layer, codebook, []))


def test_counting_messages_may_tell_another_story_than_days(make, codebook):
    """Twelve days in either year, but now ten messages on each."""
    case = Case(
        "c", "Noord", Period(date(2020, 9, 1), date(2021, 9, 1)), Period(date(2019, 9, 1), date(2020, 9, 1))
    )
    moments = [datetime(2019, month, 5, 9) for month in range(9, 13)]
    moments += [datetime(2020, month, 5, 9) for month in range(1, 9)]
    moments += [at.replace(year=at.year + 1, minute=minute) for at in moments for minute in range(10)]
    entries = [Entry(f"e{n}", "g", n, at, "message", "t", "m0") for n, at in enumerate(sorted(moments))]
    covered = {"g": (Period(BASELINE.start, PERIOD.end),)}
    layer = make.layer(entries, [make.act(e.id, "4+") for e in entries], cases=[case], coverage=covered)
    assert next(c.proposed for c in cells(layer, codebook, [mark(4)]) if c.intervention == 4) == "="
    unit = next(line for line in sensitivity(layer, codebook, [mark(4)]) if line.what == "unit")
    assert [(c.proposed, c.instead) for c in unit.changes] == [("=", "✓")]
