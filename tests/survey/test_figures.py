"""Figures: indicators by the questionnaire, and everything that follows from the answers."""

from __future__ import annotations

import pytest

from chatcode.survey.figures import figures_from_published, figures_of, indicator_score
from chatcode.survey.published import read_published
from chatcode.survey.reading import read_survey


@pytest.fixture(scope="module")
def figures(planted, questionnaire):
    folder, _ = planted
    return figures_of(
        read_survey([(folder / "voor.csv", "before"), (folder / "na.csv", "after")], questionnaire),
        members={("Lombardijen", "before"): 400},
    )


@pytest.fixture
def scored(questionnaire, write):
    def of(indicator, *, dont_know=True, **answers):
        path = write([["q1", *answers], ["Essenburgbuurt", *answers.values()]])
        (response,) = read_survey([(path, "before")], questionnaire).responses
        (found,) = (i for i in questionnaire.indicators if i.id == indicator)
        return indicator_score(response, found, questionnaire, dont_know=dont_know)

    return of


def test_who_never_feels_unsafe_has_the_lowest_value(scored):
    assert scored("unsafe", q2="Nee") == 1
    assert scored("unsafe", q2="Ja", q3="Vaak") == 4
    assert scored("unsafe", q2="Ja", q3="Weet ik niet") is None
    assert scored("unsafe", q2="Weet ik niet") is None


def test_reporting_is_known_of_those_who_saw_something(scored):
    assert scored("reporting", q4="Vaak", q7="Ja") == 1
    assert scored("reporting", q4="Nooit") is None


def test_cohesion_turns_its_first_statement_round_and_takes_four_of_six(scored):
    agree = "Helemaal mee eens"
    assert scored("cohesion", q9_1=agree, q9_2=agree, q9_3=agree, q9_4=agree) == 4  # (1 + 5 + 5 + 5) / 4
    assert scored("cohesion", q9_1=agree, q9_2=agree, q9_3=agree) is None


def test_dont_know_is_the_middle_or_left_out(scored):
    given = {f"q10_{n}": "Mee eens" for n in range(1, 6)} | {"q10_6": "Weet ik niet"}
    assert scored("municipality", **given) == pytest.approx(23 / 6)
    assert scored("municipality", dont_know=False, **given) == 4


def test_responses_are_counted_against_what_is_known(figures):
    told = {(c.area, c.group, c.wave): (c.n, c.of) for c in figures.counts}
    assert told["Lombardijen", "E", "before"] == (224, 400)
    assert told["Lombardijen", "E", "after"][1] is None
    assert told["Essenburgbuurt", "C", "after"][1] == 1383
    assert sum(c.n for c in figures.counts) == 1195


def test_every_indicator_and_area_has_its_rows(figures):
    assert [sum(r.kind == kind for r in figures.rows) for kind in ("baseline", "followup")] == [16, 32]
    assert len(figures.changes) == len(figures.adjusted) == 16


def test_the_planted_change_of_the_members_is_found_where_it_was_planted(figures):
    found = {(c.indicator, c.area): c for c in figures.adjusted}
    for indicator in ("cohesion", "municipality", "police", "mark"):
        assert found[indicator, "Lombardijen"].p < 0.001
        assert found[indicator, "Lombardijen"].difference > 0
    assert found["alertness", "Lombardijen"].p > 0.05
    assert {c.errors for c in figures.adjusted} == {"HC3"}


def test_scales_have_their_reliability(figures):
    assert {(s.indicator, s.wave) for s in figures.scales} == {
        (i, w) for i in ("cohesion", "municipality", "police") for w in ("before", "after")
    }
    assert all(0.7 < s.found.low < s.found.alpha < s.found.high < 1 for s in figures.scales)


def test_shares_of_a_group_add_up_to_its_answers(figures):
    groups = {(s.question, s.area, s.group, s.wave): s.of for s in figures.shares}
    for key, of in groups.items():
        assert sum(s.n for s in figures.shares if (s.question, s.area, s.group, s.wave) == key) == of


def test_who_answers_twice_is_paired_and_clustered(questionnaire, write):
    head = ["q1", "groep", "meting", "Persoonlijke code", "q8", "q18", "q19"]
    rows = [
        ["Essenburgbuurt", side, wave, f"{side}{n}", str(5 + n % 4 + (wave == "na" and n % 3 == 0)),
         "Man" if n % 2 else "Vrouw", "18-25 jaar" if n % 5 else "36-45 jaar"]
        for side in "EC" for wave in ("voor", "na") for n in range(20)
    ]  # fmt: skip
    found = figures_of(read_survey([(write([head, *rows]), None)], questionnaire))
    (mark,) = (c for c in found.adjusted if c.indicator == "mark")
    assert mark.errors == "clustered by respondent"
    assert [(p.group, p.n, p.change) for p in found.paired if p.indicator == "mark"] == [
        ("E", 20, 0.35), ("C", 20, 0.35),
    ]  # fmt: skip


def test_published_figures_give_what_they_can(pytestconfig):
    entries = read_published(pytestconfig.rootpath / "tests" / "survey" / "data" / "followup.csv")
    found = figures_from_published(entries, name="followup")
    assert (len(found.rows), len(found.changes), len(found.power)) == (32, 16, 4)
    assert found.adjusted == found.scales == ()
