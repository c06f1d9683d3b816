"""Before and in the period: counted apart, and compared over the same months only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chatcode.analysis.frequency import frequencies
from chatcode.codebook import Codebook
from chatcode.domain import Period
from chatcode.report.stretches import DAYS_A_MONTH, kinds_of_opposite, rate, shared_months, stretches

CODEBOOK = Codebook.load()


def split(layer):
    return stretches(layer.cases[0], layer, frequencies(layer, CODEBOOK), CODEBOOK)


def bounded(layer, baseline, period):
    case = replace(layer.cases[0], baseline=baseline, period=period)
    return replace(layer, cases=[case])


def days(found, code):
    return {stretch.name: sum(row.days for row in stretch.of(code)) for stretch in found}


LINES = [
    ("2019-10-01", "b", "8+"),
    ("2020-09-09", "b", "8+"),
    ("2020-09-10", "b", "8+"),
    ("2020-09-11", "d", "8+"),
    ("2020-09-11", "d", "8-"),
    ("2021-08-31", "b", "8+"),
]


def test_each_stretch_has_its_own_days(chat):
    assert days(split(chat(LINES)), "8+") == {"baseline": 1, "period": 4}


def test_a_month_that_both_share_is_counted_by_its_days(chat):
    layer = bounded(
        chat(LINES),
        Period(date(2019, 9, 10), date(2020, 9, 10)),
        Period(date(2020, 9, 10), date(2021, 9, 10)),
    )
    found = split(layer)
    assert days(found, "8+") == {"baseline": 2, "period": 3}
    assert [stretch.covered_days for stretch in found] == [366, 356]


def test_a_month_is_not_counted_twice_where_the_stretches_only_touch(chat):
    layer = bounded(
        chat(LINES), Period(date(2019, 9, 1), date(2020, 9, 1)), Period(date(2020, 9, 10), date(2021, 9, 1))
    )
    assert days(split(layer), "8+") == {"baseline": 1, "period": 3}


def test_what_lies_outside_both_counts_in_neither(chat):
    layer = bounded(
        chat(LINES), Period(date(2019, 11, 1), date(2020, 9, 1)), Period(date(2020, 9, 1), date(2021, 8, 1))
    )
    assert days(split(layer), "8+") == {"baseline": 0, "period": 3}


def test_without_bounds_every_covered_day_counts(chat):
    (only,) = split(bounded(chat(LINES), None, None))
    assert (only.name, days([only], "8+")) == ("period", {"period": 5})
    assert only.holds(date(1999, 1, 1))


def test_a_rate_is_days_of_the_actors_per_month_of_covered_days(chat):
    baseline, period = split(chat(LINES))
    months = shared_months([baseline, period])
    assert months == frozenset(range(1, 13))
    assert rate(period, 8, months).seen == pytest.approx(3 / (365 / DAYS_A_MONTH))
    assert rate(period, 8, months).opposite == pytest.approx(1 / (365 / DAYS_A_MONTH))
    assert rate(baseline, 8, months).seen == pytest.approx(1 / (366 / DAYS_A_MONTH))


def test_only_months_of_the_year_that_both_have_are_compared(chat):
    layer = bounded(
        chat(LINES), Period(date(2020, 3, 1), date(2020, 9, 1)), Period(date(2020, 9, 1), date(2021, 6, 1))
    )
    found = split(layer)
    months = shared_months(found)
    assert months == frozenset({3, 4, 5})
    assert rate(found[1], 8, months).seen == 0
    assert rate(found[1], 8, None).seen > 0


def test_stretches_may_have_no_month_of_the_year_in_common(chat):
    layer = bounded(
        chat(LINES), Period(date(2020, 3, 1), date(2020, 6, 1)), Period(date(2020, 9, 1), date(2021, 1, 1))
    )
    found = split(layer)
    assert shared_months(found) == frozenset()
    assert rate(found[1], 8, None).seen > 0


def test_a_stretch_without_a_month_that_counts_has_no_rate(chat):
    layer = bounded(
        chat(LINES), Period(date(2018, 9, 1), date(2019, 9, 1)), Period(date(2020, 9, 1), date(2021, 9, 1))
    )
    found = split(layer)
    assert shared_months(found) is None
    assert rate(found[0], 8, None).seen is None


def test_a_month_reviewed_too_little_enters_no_rate(chat):
    whole = split(chat([("2021-08-02", "b", "8+"), *LINES]))
    partly = split(chat([("2021-08-02", "b", "8+"), *LINES], open_=3))
    assert rate(whole[1], 8, None).seen == pytest.approx(4 / (365 / DAYS_A_MONTH))
    assert rate(partly[1], 8, None).seen == pytest.approx(2 / (334 / DAYS_A_MONTH))
    assert 8 not in shared_months([partly[1], partly[1]])


def test_kinds_of_the_opposite_are_counted_by_stretch_and_day(chat):
    layer = chat(
        [
            ("2019-10-01", "d", "5-:looks"),
            ("2020-10-01", "d", "5-:looks"),
            ("2020-10-01", "d", "5-:looks"),
            ("2020-10-02", "d", "5-"),
        ]
    )
    found = kinds_of_opposite(layer.cases[0], layer, split(layer))
    assert found == {
        ("5-", "looks"): {"baseline": (1, 1), "period": (2, 1)},
        ("5-", None): {"period": (1, 1)},
    }
