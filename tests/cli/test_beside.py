"""Intake, evidence, headcounts and events on the command line, and where they come out."""

from __future__ import annotations

import csv
import io
import json

import pytest
from openpyxl import load_workbook


def rows_of(done):
    return json.loads(done.stdout)["rows"]


def test_the_intake_sheet_goes_out_and_comes_back(desk):
    desk.run("intake", "--sheet", "in.xlsx")
    book = load_workbook(desk.folder / "in.xlsx")
    sheet = book.active
    head = [cell.value for cell in sheet[1]]
    sheet.cell(row=5, column=head.index("state") + 1, value="al praktijk")
    sheet.cell(row=5, column=head.index("reason") + 1, value="bij elk welkom verteld")
    sheet.cell(row=6, column=head.index("state") + 1, value="n.v.t.")
    book.save(desk.folder / "in.xlsx")
    desk.run("intake", "--read", "in.xlsx")
    assert [(r["intervention"], r["state"], r["reason"]) for r in rows_of(desk.run("intake", "--json"))][
        3:5
    ] == [(4, "practice", "bij elk welkom verteld"), (5, "not_agreed", "")]
    assert "Stored 0 cells" in desk.run("intake", "--read", "in.xlsx").stderr
    desk.run("intake", "--sheet", "in.csv")
    assert "Stored 0 cells" in desk.run("intake", "--read", "in.csv").stderr
    told = list(csv.DictReader(io.StringIO((desk.folder / "in.csv").read_text(encoding="utf-8-sig"))))
    assert [row["state"] for row in told if row["state"]] == ["practice", "not_agreed"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", "case,intervention,state\nZuid,1,agreed\n", "there is no case 'Zuid'"),
        ("a.csv", "case,intervention,state\nNoord,12,agreed\n", "no intervention '12'"),
        ("a.csv", "case,intervention,state\nNoord,1,maybe\n", "'maybe' is no state"),
        ("a.csv", "case,state\nNoord,agreed\n", "no column 'intervention'"),
        ("a.csv", "case,intervention,state,reason\nNoord,1,agreed,bel 06-12345678\n", "looks like a number"),
        ("a.xlsx", "no workbook", "is no workbook"),
        ("a.doc", "", "no such format"),
    ],
)
def test_a_sheet_that_is_wrong_is_refused_in_one_line_and_nothing_is_stored(desk, name, content, told):
    (desk.folder / name).write_text(content, encoding="utf-8")
    done = desk.run("intake", "--read", name, code=1)
    assert told in done.stderr
    assert "06-12345678" not in done.stderr
    assert all(row["state"] is None for row in rows_of(desk.run("intake", "--json")))


def test_what_was_entered_enters_the_cells(desk):
    desk.run("intake", "--case", "Noord", "-i", "5", "--state", "not_agreed")
    desk.run(
        "evidence", "--case", "Noord", "-i", "3", "--day", "2021-03-06", "--source", "flyer",
        "--text", "coffee in the square",
    )  # fmt: skip
    desk.run("headcount", "--group", "Noord", "--day", "2020-09-01", "--members", "150")
    found = {r["intervention"]: r["counts"] for r in rows_of(desk.run("table", "--json"))}
    assert found[5]["intake"] == "not_agreed"
    assert (found[3]["evidence_done"], found[3]["evidence_not_done"]) == (1, 0)
    assert found[2]["period"]["members_at_start"] == 150
    desk.run("evidence", "--withdraw", "1", "--text", "of another area")
    assert {r["intervention"]: r["counts"] for r in rows_of(desk.run("table", "--json"))}[3][
        "evidence_done"
    ] == 0
    told = json.loads(desk.run("evidence", "--json").stdout)
    assert told["rows"] == []
    assert told["withdrawn"][0]["reason"] == "of another area"


def test_what_could_identify_somebody_is_refused_where_it_comes_in(desk):
    for words in (
        ("evidence", "--case", "Noord", "-i", "3", "--day", "2021-03-06", "--source", "s", "--text"),
        ("events", "--day", "2021-01-23", "--text"),
        ("intake", "--case", "Noord", "-i", "3", "--state", "agreed", "--reason"),
    ):
        done = desk.run(*words, "bel 06-12345678", code=1)
        assert "looks like a number" in done.stderr
        assert "06-12345678" not in done.stderr


def test_an_event_has_its_days_and_a_day_that_is_past(desk):
    desk.run("events", "--day", "2021-01-23", "--until", "2021-04-27", "--text", "curfew")
    desk.run("events", "--day", "2021-02-01", "--case", "Noord", "--text", "shooting in the square")
    found = rows_of(desk.run("events", "--json"))
    assert [(r["case"], r["day"], r["until"]) for r in found] == [
        (None, "2021-01-23", "2021-04-27"), ("Noord", "2021-02-01", "2021-02-01"),
    ]  # fmt: skip
    assert (
        "before --day"
        in desk.run("events", "--day", "2021-02-01", "--until", "2021-01-01", "--text", "x", code=1).stderr
    )
    assert (
        "still to come"
        in desk.run("headcount", "--group", "Noord", "--day", "2999-01-01", "--members", "3", code=1).stderr
    )
