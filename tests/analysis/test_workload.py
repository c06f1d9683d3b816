from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from chatcode.analysis.workload import pace_of

START = datetime(2021, 9, 2, 9)


def moments(*seconds):
    found = [START]
    for gap in seconds:
        found.append(found[-1] + timedelta(seconds=gap))
    return found


def test_breaks_are_left_out_and_long_ones_between_are_not():
    pace = pace_of(moments(*[10] * 10, 3600, *[10] * 9, 200))
    assert pace.seconds == pytest.approx((19 * 10 + 200) / 20)
    assert pace.decisions == 20


def test_one_bad_afternoon_does_not_decide():
    pace = pace_of(moments(*[10] * 60, *[120] * 20))
    assert pace.seconds == 10
    assert pace.quick == 10 < pace.slow


def test_hours_follow_from_it():
    assert pace_of(moments(*[12] * 40)).hours(3000) == pytest.approx((10, 10, 10))


def test_the_order_of_moments_does_not_matter():
    some = moments(*[7] * 45)
    assert pace_of(some[::-1]) == pace_of(some)


def test_too_few_decisions_tell_no_pace():
    assert pace_of([]) is None
    assert pace_of(moments(*[10] * 19)) is None
