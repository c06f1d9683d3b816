from __future__ import annotations

from datetime import date, timedelta

import pytest

from chatcode.errors import ExportError
from chatcode.whatsapp.dates import DateOrder, decide, read
from chatcode.whatsapp.formats import Style, lock

Parts = list[tuple[int, int, int]]


def style(header: str) -> Style:
    found = lock(header + "Els: hoi")
    assert found is not None
    return found


DUTCH = style("03-02-2021 10:00 - ")
BRITISH = style("[03/02/2021, 10:00:00] ")
AMERICAN = style("2/3/21, 2:51 AM - ")
AMERICAN_24 = style("[2/3/21, 18:51:14] ")
SPANISH = style("3/2/21, 10:00 - ")
FRENCH = style("03/02/2021 à 22:39 - ")
CHINESE = style("[2021/2/3 10:00:00] ")


def written(days: list[date], order: str, short: bool = False) -> Parts:
    place = {"d": "day", "m": "month", "y": "year"}
    numbers = [tuple(getattr(day, place[letter]) for letter in order) for day in days]
    return [tuple(n - 2000 if short and n > 1000 else n for n in row) for row in numbers]  # type: ignore[misc]


def days(start: date, *steps: int) -> list[date]:
    found = [start]
    for step in steps:
        found.append(found[-1] + timedelta(step))
    return found


MONTH = days(date(2021, 1, 3), *[5] * 20)
DAYS_UNDER_13 = [
    date(2020 + year, month, day) for year in range(2) for month in range(1, 13) for day in (2, 9)
]


@pytest.mark.parametrize("order", ["dmy", "mdy"])
def test_a_day_above_twelve_is_hard_evidence(order: str) -> None:
    assert decide(written(MONTH, order), BRITISH, None, None) == DateOrder(order, "hard")


@pytest.mark.parametrize("order", ["dmy", "mdy"])
@pytest.mark.parametrize("habit", [DUTCH, AMERICAN], ids=["Dutch look", "American look"])
def test_without_such_days_time_must_not_run_back(order: str, habit: Style) -> None:
    assert decide(written(DAYS_UNDER_13, order), habit, None, None) == DateOrder(order, "order")


def test_a_year_in_front_leaves_no_doubt() -> None:
    assert decide(written(DAYS_UNDER_13, "ymd"), CHINESE, None, None) == DateOrder("ymd", "hard")


@pytest.mark.parametrize(
    ("look", "language", "order"),
    [
        (DUTCH, None, "dmy"),
        (BRITISH, None, "dmy"),
        (FRENCH, None, "dmy"),
        (AMERICAN, None, "mdy"),
        (AMERICAN, "es", "dmy"),
        (AMERICAN_24, None, "mdy"),
        (SPANISH, "es", "dmy"),
    ],
)
def test_one_day_is_read_by_habit_and_said_to_be(look: Style, language: str | None, order: str) -> None:
    assert decide([(3, 2, 21)], look, language, None) == DateOrder(order, "prior")


def test_days_in_a_row_are_likelier_than_the_same_day_of_each_month() -> None:
    row = written(days(date(2021, 2, 1), 1, 1, 1), "dmy")
    assert decide(row, style("2/3/21, 2:51 AM - "), None, None) == DateOrder("dmy", "prior")


def test_stray_dates_do_not_turn_the_reading() -> None:
    parts = written(MONTH * 10, "dmy")
    assert decide([*parts, (1, 31, 2021)], DUTCH, None, None) == DateOrder("dmy", "hard")


@pytest.mark.parametrize("span", [MONTH, DAYS_UNDER_13])
def test_a_two_digit_year_in_front_is_told_by_time(span: list[date]) -> None:
    assert decide(written(span, "ymd", short=True), style("21-02-03 10:00 - "), None, None).order == "ymd"
    assert decide(written(span, "dmy", short=True), style("03-02-21 10:00 - "), None, None).order == "dmy"


def test_the_order_asked_for_holds_over_the_evidence_of_habit() -> None:
    assert decide([(3, 2, 2021)], DUTCH, None, "mdy") == DateOrder("mdy", "given")


@pytest.mark.parametrize("asked", ["ymd", "mdy", "nonsense", ""])
def test_an_order_that_cannot_be_is_refused(asked: str) -> None:
    with pytest.raises(ExportError):
        decide(written(days(date(2021, 1, 20), 1, 1), "dmy"), DUTCH, None, asked)


def test_dates_that_do_not_exist_are_none() -> None:
    assert read((30, 2, 2021), "dmy") is None
    assert read((29, 2, 2021), "dmy") is None
    assert read((29, 2, 2020), "dmy") == date(2020, 2, 29)


def test_the_buddhist_calendar_is_counted_back() -> None:
    assert read((12, 3, 2564), "dmy") == date(2021, 3, 12)
