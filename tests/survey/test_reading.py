"""Reading: what a survey tool exports, by the questionnaire; mistakes by row, and nothing guessed."""

from __future__ import annotations

import datetime

import pytest

from chatcode.errors import ChatcodeError
from chatcode.survey.reading import read_survey


def read(path, questionnaire, wave="before"):
    return read_survey([(path, wave)], questionnaire)


def told(reading):
    return [(p.row, p.question, p.kind) for p in reading.problems if p.row]


def test_six_hundred_respondents_are_read_and_every_planted_mistake_is_told_by_row(planted, questionnaire):
    folder, where = planted
    reading = read(folder / "voor.csv", questionnaire)
    assert reading.files[0]["responses"] == 600
    copy, changed, same = where["copy"], where["changed"], where["same answers"]
    assert told(reading) == [
        (where["q8 11"], "q8", "answer"),
        (where["q9_3 Misschien"], "q9_3", "answer"),
        (where["q3 Vaak"], "q3", "routing"),
        (where["q7 Ja"], "q7", "routing"),
        (where["q1 Een buurt die niet op de lijst staat"], "q1", "answer"),
        (where["q1 Een buurt die niet op de lijst staat"], "", "area"),
        (where["q19 47"], "q19", "answer"),
        (where["q14 Buurt Preventie Essenburg"], "q14", "routing"),
        (where["q14 Buurt Preventie Essenburg"], "", "group"),
        (copy, "", "duplicate"),
        (changed - 1, "", "duplicate"),
        (changed, "", "duplicate"),
        (same, "", "same_answers"),
    ]
    assert len(reading.counted) == 600 - 3 - 2


def test_an_export_without_mistakes_has_none(planted, questionnaire):
    assert read(planted[0] / "na.csv", questionnaire, "after").problems == ()


def test_contact_answers_are_dropped_and_nothing_of_them_stays(planted, questionnaire):
    reading = read(planted[0] / "voor.csv", questionnaire)
    assert reading.files[0]["personal_columns_dropped"] == 6
    assert not any({"q22", "q23", "q24", "q25"} & set(response.answers) for response in reading.responses)
    assert "example.invalid" not in repr(reading) + repr(reading.responses[0].answers)


def test_a_workbook_is_read_as_the_csv_is(planted, questionnaire, tmp_path):
    import csv

    from openpyxl import Workbook

    book = Workbook()
    book.create_sheet("Answers")  # an empty first sheet is passed over
    with (planted[0] / "voor.csv").open(encoding="utf-8") as file:
        for row in csv.reader(file):
            book["Answers"].append([int(c) if c.isdecimal() else c or None for c in row])
    book.save(tmp_path / "voor.xlsx")
    one, other = (read(p, questionnaire) for p in (planted[0] / "voor.csv", tmp_path / "voor.xlsx"))
    assert [r.answers for r in one.responses] == [r.answers for r in other.responses]
    assert told(one) == told(other)


def test_spss_is_read_by_variable_names_and_value_labels(questionnaire, tmp_path):
    pyreadstat = pytest.importorskip("pyreadstat")
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {"q1": [1.0, 4.0], "V2": [2.0, None], "q8": [7.0, 11.0], "groep": [1.0, 2.0], "naam": ["x", "y"]}
    )
    pyreadstat.write_sav(
        frame,
        tmp_path / "s.sav",
        column_labels=["", "Voelt u zich weleens onveilig in uw eigen buurt?", "", "", ""],
        variable_value_labels={
            "V2": {1.0: "Ja", 2.0: "Nee"},
            "groep": {1.0: "experimenteel", 2.0: "controle"},
        },
    )
    reading = read(tmp_path / "s.sav", questionnaire)
    first, second = reading.responses
    assert (first.area, second.area) == ("Lombardijen", "Essenburgbuurt")
    assert (first.one("q2").text, second.one("q2")) == ("Nee", None)
    assert (first.group, second.group) == ("experimental", "control")
    assert told(reading) == [(3, "q8", "answer")]  # eleven is no mark, and no place in the list


def test_a_plain_csv_may_be_called_by_ids_or_by_wordings(questionnaire, write):
    ids = write([["q1", "groep", "q9_1", "q5_2"], ["Essenburgbuurt", "E", "Mee eens", "1"]])
    texts = write(
        [
            ["1. In welke buurt woont u", "Groep",
             "Kunt u over de volgende uitspraken over uw buurt aangeven in hoeverre u het hiermee eens of "
             "oneens bent? [De mensen in de buurt kennen elkaar nauwelijks.]",
             "Wat waren dat voor situaties? - Overlast - overlast door jongeren of buren"],
            ["essenburgbuurt ", "e", "2", "X"],
        ],
        "t.csv", ";",
    )  # fmt: skip
    one, other = (read(path, questionnaire).responses[0] for path in (ids, texts))
    assert one.answers == other.answers
    assert set(one.answers) == {"q1", "group", "q9_1", "q5"}
    assert (one.area, one.group) == ("Essenburgbuurt", "experimental")


def test_several_answers_in_one_cell_are_taken_apart_though_they_hold_commas(questionnaire, write):
    cell = "Criminaliteit - inbraak, diefstal, geweld, drugs, vernieling, Vuil;Verkeer"
    (response,) = read(write([["q1", "q5"], ["Essenburgbuurt", cell]]), questionnaire).responses
    assert [answer.code for answer in response.answers["q5"]] == [1, 3, 4]


def test_columns_that_are_missing_unknown_or_there_twice_are_told(questionnaire, write):
    reading = read(
        write([["q1", "q2", "Q2", "Iets anders"], ["Essenburgbuurt", "Ja", "Nee", "x"]]), questionnaire
    )
    assert reading.files[0]["unknown_columns"] == ["D"]
    columns = [(p.column, p.question) for p in reading.problems if p.kind == "column"]
    assert ("B", "") in columns
    assert ("C", "") in columns
    assert ("", "q3") in columns
    assert "q2" not in reading.responses[0].answers


def test_no_problem_repeats_what_stands_in_the_cell(questionnaire, write):
    reading = read(write([["q1", "q8", "q18"], ["Jan Jansen 0612345678", "geheim", "Man"]]), questionnaire)
    assert not any(word in str(reading.problems) for word in ("Jan", "0612", "geheim"))


def test_a_broken_route_uses_neither_of_the_two_answers(questionnaire, write):
    reading = read(write([["q1", "q2", "q3"], ["Essenburgbuurt", "Nee", "Vaak"]]), questionnaire)
    assert set(reading.responses[0].answers) == {"q1"}


def test_who_lives_elsewhere_is_set_apart(questionnaire, write):
    reading = read(write([["q1", "groep"], ["Andere buurt", "E"]]), questionnaire)
    assert reading.responses[0].apart == "stopped"
    assert reading.counted == []


def test_the_same_code_in_both_waves_is_one_person_and_twice_in_one_wave_nobody(questionnaire, write):
    head = ["q1", "groep", "meting", "Persoonlijke code"]
    people = [("voor", "ab12"), ("na", "AB12 "), ("voor", "cd34"), ("voor", "cd34"), ("na", "cd34")]
    path = write([head, *(["Essenburgbuurt", "E", wave, code] for wave, code in people)])
    reading = read(path, questionnaire, None)
    persons = [response.person for response in reading.responses]
    assert persons[0] == persons[1]
    assert len({*persons}) == 4
    assert [p.row for p in reading.problems if p.kind == "same_code"] == [4, 5]
    assert not any("ab12" in person for person in persons)


def test_a_wave_that_a_row_does_not_tell_is_a_problem_of_that_row(questionnaire, write):
    path = write([["q1", "groep", "meting"], ["Essenburgbuurt", "E", ""]])
    assert (2, "", "wave") in told(read(path, questionnaire, None))


def test_a_file_that_never_tells_its_wave_is_told_of_as_a_whole(questionnaire, write):
    reading = read(write([["q1", "groep"], ["Essenburgbuurt", "E"]]), questionnaire, None)
    assert told(reading) == []
    assert reading.files[0]["tells_wave"] is False
    assert reading.counted == []


def test_empty_rows_are_counted_and_row_numbers_stay_those_of_the_file(questionnaire, write):
    path = write([["q1", "q8"], ["", ""], ["Essenburgbuurt", "12"]])
    reading = read(path, questionnaire)
    assert [(p.row, p.column) for p in reading.problems if p.kind == "answer"] == [(3, "B")]


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"x,y\n1,2\n", "none of its columns"),
        ("a.xlsx", b"no workbook", "no workbook"),
        ("a.pdf", b"%PDF", "no such kind of file"),
        ("a.csv", b"q1\n\0\n", "no text file"),
    ],
)
def test_what_is_no_export_says_so(questionnaire, tmp_path, name, content, what):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ChatcodeError, match=what):
        read(tmp_path / name, questionnaire)


def test_cells_of_a_workbook_are_plain_text():
    from chatcode.survey.sheets import _plain

    day = datetime.datetime(2020, 9, 1, 10, 0)
    assert [_plain(v) for v in (7, 7.0, 7.5, True, None, " x ", day)] == [
        "7", "7", "7.5", "1", "", "x", "2020-09-01T10:00:00",
    ]  # fmt: skip
