"""Kept figures come back as they were."""

from __future__ import annotations

import json
import math
from dataclasses import replace

from chatcode.survey.figures import Figures, figures_from_published, figures_of
from chatcode.survey.keeping import from_json, plain, to_json
from chatcode.survey.published import read_published
from chatcode.survey.reading import read_survey


def test_figures_from_answers_come_back(planted, questionnaire):
    folder, _ = planted
    figures = figures_of(
        read_survey([(folder / "voor.csv", "before"), (folder / "na.csv", "after")], questionnaire)
    )
    again = from_json(to_json(figures))
    assert again == figures
    assert list(again.cases) == ["Lombardijen", "Essenburgbuurt"]


def test_published_figures_come_back(pytestconfig):
    path = pytestconfig.rootpath / "tests" / "survey" / "data" / "followup.csv"
    figures = figures_from_published(read_published(path), name="x")
    assert from_json(to_json(figures)) == figures


def test_what_does_not_exist_is_null_and_comes_back(pytestconfig):
    path = pytestconfig.rootpath / "tests" / "survey" / "data" / "followup.csv"
    figures = figures_from_published(read_published(path), name="x")
    odd = replace(figures, rows=(replace(figures.rows[0], p_holm=math.nan),))
    assert json.loads(to_json(odd))["rows"][0]["p_holm"] is None
    assert math.isnan(from_json(to_json(odd)).rows[0].p_holm)


def test_what_a_later_version_adds_gets_its_default():
    data = plain(Figures({"nl": "x", "en": "x"}, (), {}))
    del data["paired"], data["hidden"]
    assert from_json(json.dumps(data)).paired == ()
