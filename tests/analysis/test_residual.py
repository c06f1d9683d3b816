from datetime import datetime

import pytest

from chatcode.analysis.residual import residual
from chatcode.domain import Look


def look(seen, leaking):
    findings = {f"e{place}": {"name": 1, "plate": 2} if place < leaking else {} for place in range(seen)}
    return Look("l1", datetime(2021, 3, 4), 7, 1000, tuple(f"e{place}" for place in range(60)), findings)


def test_the_interval_is_that_of_clopper_and_pearson():
    # Quantiles of the beta distribution: B(0.025; 2, 49) and B(0.975; 3, 48) for 2 of 50.
    told = residual(look(50, 2))
    assert told.rate == pytest.approx(4.0)
    assert (told.low, told.high) == (pytest.approx(0.4881, abs=1e-3), pytest.approx(13.714, abs=1e-3))
    assert told.leaks == {"name": 2, "plate": 4}


def test_no_leak_seen_is_not_no_leak():
    # The rule of three in its exact form: 1 - 0.025 ** (1 / 50).
    told = residual(look(50, 0))
    assert (told.rate, told.low) == (0.0, 0.0)
    assert told.high == pytest.approx(100 * (1 - 0.025 ** (1 / 50)))


def test_where_nobody_looked_there_is_no_estimate():
    assert residual(None) is None
    assert residual(look(0, 0)) is None
