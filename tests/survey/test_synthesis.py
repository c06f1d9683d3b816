"""The synthesis: marks beside changes, and never more than the figures say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chatcode.survey.comparison import Changes
from chatcode.survey.figures import Figures, Measure
from chatcode.survey.synthesis import explain, without_change

CHANGE = Changes("", "mark", "West", 0.5, 0.0, 0.5, 0.1, 0.3, 0.7, 5.0, 200.0, 0.001, 0.4, 204, p_holm=0.008)


def figures(change=CHANGE, wanted="up"):
    return Figures(
        name={}, measures=(Measure("mark", {}, 1, 10, wanted, (1, 8)),), cases={"West": "Case West"},
        changes=(change,) if change else (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "wanted", "outcome"),
    [
        (CHANGE, "up", "better"),
        (CHANGE, "down", "worse"),
        (replace(CHANGE, difference=-0.5), "down", "better"),
        (replace(CHANGE, p=0.2), "up", "none"),
        (CHANGE, None, "other"),
    ],
)
def test_a_change_is_better_worse_or_none(change, wanted, outcome):
    (found,) = explain(figures(change, wanted), {})
    assert found.outcome == outcome


def test_a_strengthened_factor_is_one_of_the_area_that_the_questionnaire_names():
    marks = {("Case West", 1): "✓", ("Case West", 2): "✓", ("Case East", 8): "✓", ("Case West", 8): "~"}
    (found,) = explain(figures(), marks)
    assert (found.strengthened, found.unrated) == ((1,), ())
    assert without_change(figures(), [found], marks) == {"West": (2,)}


def test_what_nobody_has_marked_is_not_taken_for_not_carried_out():
    (found,) = explain(figures(), {("Case West", 1): "="})
    assert (found.strengthened, found.unrated) == ((), (8,))


def test_the_adjusted_change_holds_over_the_plain_one():
    told = replace(figures(), adjusted=(replace(CHANGE, p=0.3, p_holm=0.9),))
    assert explain(told, {})[0].outcome == "none"


def test_without_any_figures_there_is_no_row():
    assert explain(figures(None), {}) == []
