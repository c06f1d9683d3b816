"""The questionnaire: the bundled one holds together, and a mistake is told with its line."""

from __future__ import annotations

import pytest

from chatcode.errors import CodebookError
from chatcode.survey.questionnaire import Questionnaire, fold

SMALL = """\
name: {nl: Klein, en: Small}
questions:
  - {id: q1, text: Waar?, answers: [{text: Noord}, {text: Zuid, stop: true}]}
  - {id: q2, text: Ooit?, answers: [{text: Ja}, {text: Nee, score: 1, skip_to: q4}]}
  - {id: q3, text: Hoe vaak?, answers: [{text: Vaak, score: 3}, {text: Soms, score: 2}]}
  - id: q4
    text: Stellingen
    kind: grid
    answers: [{text: Eens, score: 5}, {text: Oneens, score: 1}]
    items: [{id: q4_1, text: Een}, {id: q4_2, text: Twee}, {id: q4_3, text: Drie}]
  - {id: q5, text: Naam, kind: personal}
area: q1
areas: [{name: N, answers: [Noord]}]
groups: [{group: control, question: q2, answers: [Nee]}, {group: experimental, question: q2}]
demographics: [q3]
covariates: [q3]
indicators:
  - {id: a, name: {nl: A, en: a}, from: [q3, q2], rule: first, scale: [1, 3], wanted: up, interventions: [1]}
  - {id: b, name: {nl: B, en: B}, from: [q4_1, q4_2, q4_3], reverse: [q4_1], scale: [1, 5], wanted: up}
"""


def test_the_bundled_one_has_the_eight_indicators_of_the_study(questionnaire):
    assert [i.name["nl"] for i in questionnaire.indicators] == [
        "Alertheid", "Meldingsbereidheid", "Onveilig voelen in eigen buurt", "Rapportcijfer veiligheid",
        "Sociale controle", "Sociale cohesie", "Nabijheid gemeente", "Nabijheid politie",
    ]  # fmt: skip
    assert [(i.low, i.high) for i in questionnaire.indicators] == [
        (1, 4), (0, 1), (1, 4), (1, 10), (1, 5), (1, 5), (1, 5), (1, 5),
    ]  # fmt: skip
    assert all(i.interventions for i in questionnaire.indicators)


def test_a_small_one_is_read():
    book = Questionnaire.parse(SMALL, "s.yaml")
    assert [q.id for q in book.questions] == ["q1", "q2", "q3", "q4_1", "q4_2", "q4_3", "q5"]
    assert book.place("q4") == 3
    assert book.indicators[1].at_least == 2
    assert book.hash != Questionnaire.parse(SMALL.replace("Klein", "Kleiner"), "s.yaml").hash
    assert book.hash == Questionnaire.parse("# a remark\n" + SMALL, "s.yaml").hash


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("id: q3", "id: q2", 5, "two questions `q2`"),
        ("skip_to: q4}", "skip_to: q9}", 4, "`q9`, which is no question"),
        ("skip_to: q4}", "skip_to: q1}", 4, "goes back"),
        ("from: [q3, q2]", "from: [q3, q9]", 18, "`q9` is no question"),
        ("from: [q3, q2]", "from: [q3, q5]", 18, "no answers to choose from"),
        ("scale: [1, 3]", "scale: [1, 2]", 18, "scores outside the scale"),
        ("scale: [1, 3]", "scale: [3, 1]", 18, "lowest and the highest"),
        ("reverse: [q4_1]", "reverse: [q3]", 19, "not in `from`"),
        ("answers: [Noord]", "answers: [West]", 13, "no answer 'West'"),
        ("area: q1", "area: q5", 12, "no answers to choose from"),
        ("{text: Vaak, score: 3}", "{text: Vaak, score: veel}", 5, "must be a number"),
        ("{text: Vaak, score: 3}", "{text: Soms., score: 3}", 5, "two answers are both called"),
        ("{text: Vaak, score: 3}", "{text: Vaak, code: 2, score: 3}", 5, "the same code"),
        ("interventions: [1]", "interventions: [12]", 18, "numbered 1 to 11"),
        ("kind: personal", "kind: secret", 11, "must be one of"),
        ("id: b,", "id: b, at_least: 4,", 19, "more than there are items"),
        ("demographics: [q3]", "demography: [q3]", 15, "no field `demography`"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(old, new, line, what):
    assert old in SMALL
    with pytest.raises(CodebookError) as caught:
        Questionnaire.parse(SMALL.replace(old, new, 1), "s.yaml")
    assert caught.value.message.startswith(f"s.yaml:{line}:")
    assert what in caught.value.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12. Zit u in een app-groep?", "zit u in een app-groep"),
        ("Zo’n situatie", "zo'n situatie"),
        ("<p>Bent&nbsp;u?</p>", "Bent u"),
        ("2 – 4 jaar", "2 - 4 jaar"),
    ],
)
def test_wordings_are_the_same_whatever_the_tool_adds(one, other):
    assert fold(one) == fold(other)


def test_a_number_alone_is_kept():
    assert (fold("10"), fold("1.")) == ("10", "1")
