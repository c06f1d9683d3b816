"""`chatcode survey` as people use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "tests" / "survey" / "data"
HEAD = "q1,groep,q8,q18,q19,Uw naam:\n"


def people(shift=0):
    """Fourteen respondents of each group who do not exist."""
    return HEAD + "".join(
        f"Essenburgbuurt,{side},{4 + n % 5 + shift * (side == 'E')},{'Man' if n % 2 else 'Vrouw'},"
        f"{'18-25 jaar' if n % 3 else '56-65 jaar'},Verzonnen Persoon{n}\n"
        for side in "EC"
        for n in range(14)
    )


@pytest.fixture
def waves(shell):
    (shell.folder / "voor.csv").write_text(people(), encoding="utf-8")
    (shell.folder / "na.csv").write_text(people(1), encoding="utf-8")
    return "--before", "voor.csv", "--after", "na.csv"


def test_a_published_table_is_compared_without_a_study(shell):
    done = shell.run("survey", "compare", "--stats", DATA / "baseline.csv", "--json")
    rows = json.loads(done.stdout)["rows"]
    assert len(rows) == 16
    assert {"table", "indicator", "area", "group", "t", "p_student", "p_welch", "d", "g"} <= rows[0].keys()
    assert all(row["student_fits"] for row in rows)
    assert [row["significant"] for row in rows] == [row["published_significant"] for row in rows]


def test_where_welch_differs_is_said(shell):
    done = shell.run("survey", "compare", "--stats", DATA / "followup.csv")
    (line,) = (line for line in done.stdout.splitlines() if "Welch differs" in line)
    assert line.split("\t")[:4] == ["6", "Rapportcijfer veiligheid", "Essenburgbuurt", "E"]
    assert "of which Welch says otherwise in 1" in done.stderr


def test_a_wrong_row_is_one_line_and_where(shell):
    (shell.folder / "t.csv").write_text("indicator,n1,m1,sd1,n2,m2,sd2\nA,1,2,3,4,5,6\n", encoding="utf-8")
    done = shell.run("survey", "compare", "--stats", "t.csv", code=1)
    assert done.stderr.startswith("Error: t.csv:2: n1 must be a whole number of at least 2")


def test_what_does_not_fit_is_told_by_row_and_ends_with_three(shell):
    (shell.folder / "s.csv").write_text(people() + "Essenburgbuurt,E,11,Man,,Jan\n", encoding="utf-8")
    done = shell.run("survey", "check", "--before", "s.csv", "--json", code=3)
    rows = [row for row in json.loads(done.stdout)["rows"] if row["row"]]
    assert [(row["row"], row["column"], row["question"], row["kind"]) for row in rows] == [
        (30, "C", "q8", "answer")
    ]
    assert "Jan" not in done.stdout + done.stderr
    assert "1 contact columns dropped" in done.stderr


def test_answers_are_compared_and_only_figures_are_kept(shell, waves):
    shell.start()
    told = json.loads(shell.run("survey", "compare", *waves, "--keep", "--json").stdout)
    (change,) = (c for c in told["changes"] if c["indicator"] == "Rapportcijfer veiligheid")
    assert change["difference"] == pytest.approx(1)
    study = (shell.folder / "s.study").read_bytes()
    assert b"Rapportcijfer" in study
    assert b"Verzonnen" not in study
    document = json.loads(shell.run("survey", "report", "--json").stdout)
    assert document["blocks"]


def test_the_report_leaves_by_the_door_in_every_format(shell, waves):
    shell.start()
    outs = [part for name in ("s.html", "s.docx", "s.xlsx", "s.md") for part in ("--out", name)]
    shell.run("survey", "report", *waves, *outs)
    assert all((shell.folder / name).stat().st_size > 1000 for name in outs[1::2])
    assert "is there already" in shell.run("survey", "report", *waves, "--out", "s.md", code=1).stderr
    shell.run("survey", "report", *waves, "--lang", "en", "--out", "s.md", "--overwrite")
    assert "What this survey cannot say" in (shell.folder / "s.md").read_text(encoding="utf-8")


def test_report_and_note_take_the_kept_survey_in(shell, waves):
    shell.start("noord")
    assert "keeps no figures" in shell.run("report", "--survey", "--out", "r.md", code=1).stderr
    shell.run("survey", "compare", *waves, "--keep")
    shell.run("report", "--survey", "--out", "r.md")
    shell.run("note", "--survey", "--out", "n.md")
    for name in ("r.md", "n.md"):
        assert "Veranderden deelnemers anders" in (shell.folder / name).read_text("utf-8")


def test_members_are_those_of_the_study_or_given(shell, waves):
    done = shell.run("survey", "compare", *waves, "--members", "Essenburgbuurt=40", "--json")
    assert {(c["group"], c["of"]) for c in json.loads(done.stdout)["counts"]} == {("E", 40), ("C", 1383)}
    assert "AREA=N" in shell.run("survey", "compare", *waves, "--members", "Nergens=4", code=1).stderr


def test_a_file_that_does_not_tell_its_wave_must_be_given_as_one(shell, waves):
    assert "--before or --after" in shell.run("survey", "compare", "voor.csv", code=1).stderr


def test_power_and_scales_and_questions(shell, waves):
    (row,) = json.loads(shell.run("survey", "power", "--n", "176", "--n", "176", "--json").stdout)["rows"]
    assert row["power"] == pytest.approx(0.8, abs=0.005)
    assert "at least two" in shell.run("survey", "power", "--n", "1", "--n", "5", code=1).stderr
    assert json.loads(shell.run("survey", "scales", "--before", "voor.csv", "--json").stdout)["rows"] == []
    shell.run("survey", "questions", "--save", "mine.yaml")
    text = (shell.folder / "mine.yaml").read_text(encoding="utf-8").replace("area: q1", "area: q99")
    (shell.folder / "mine.yaml").write_text(text, encoding="utf-8")
    assert "mine.yaml:" in shell.run("survey", "questions", "-q", "mine.yaml", code=1).stderr


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("compare",), "no file to read"),
        (("compare", "--stats", "x.csv", "--before", "y.csv"), "not both"),
        (("compare", "--before", "none.csv"), "is not there"),
        (("report",), "no study"),
    ],
)
def test_what_is_missing_is_said_in_one_line(shell, words, what):
    done = shell.run("survey", *words, code=1)
    assert what in done.stderr.splitlines()[0]


@pytest.mark.parametrize(
    ("given", "stands"),
    [
        ([("researcher", "✓")], "✓"),
        ([("researcher", "~"), ("researcher", "✓")], "✓"),
        ([("researcher", "✓"), ("administrator", "✓")], "✓"),
        ([("researcher", "✓"), ("official", "X")], None),
        ([("researcher", "✓"), ("official", "X"), ("final", "~")], "~"),
        ([("researcher", "✓"), ("final", "")], None),
    ],
)
def test_a_mark_stands_where_people_agree_or_have_settled_it(given, stands):
    from datetime import UTC, datetime
    from types import SimpleNamespace

    from chatcode.cli.surveyed import marks_of
    from chatcode.domain import Case, Mark

    at = datetime(2021, 1, 1, tzinfo=UTC)
    marks = [Mark("c", 1, stage, mark, "told", None, stage, at) for stage, mark in given]
    study = SimpleNamespace(cases=lambda: [Case("c", "West", None, None)], marks=lambda: marks)
    assert marks_of(study).get(("West", 1)) == stands
