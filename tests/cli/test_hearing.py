"""Marks in sheets, several raters, and the forms on which those concerned reply."""

from __future__ import annotations

import json

import docx
import pytest
from openpyxl import load_workbook

from chatcode.codebook import Codebook
from chatcode.domain import Choice, Decision
from chatcode.study.store import Study

CELLS = "\n".join(f"Noord\t{n}\t{mark}\treden {n}" for n, mark in ((1, "="), (9, "X"), (10, "~"), (11, "✓")))


def rows_of(done):
    return {row["intervention"]: row for row in json.loads(done.stdout)["rows"]}


@pytest.fixture
def rated(desk):
    (desk.folder / "m.tsv").write_text(CELLS, encoding="utf-8")
    desk.run("table", "--marks", "m.tsv", "--json")
    return desk


def put(path, number, **answers):
    """Fill in the workbook of a form as somebody would."""
    book = load_workbook(path)
    sheet = book.active
    top = next(row for row in sheet.iter_rows() if sum(cell.value is not None for cell in row) > 3)
    places = {"facts": 4, "offline": 5, "mark": 6, "opinion": 7}
    line = next(r for r in sheet.iter_rows(min_row=top[0].row) if str(r[0].value).startswith(f"{number}."))
    for field, text in answers.items():
        sheet.cell(row=line[0].row, column=places[field], value=text)
    book.save(path)


def write(path, number, **answers):
    """Fill in the Word form."""
    opened = docx.Document(path)
    names = [p.text for p in opened.paragraphs if p.style.name == "Heading 2"]
    place = next(n for n, name in enumerate(names) if name.startswith(f"{number}."))
    lines = {"facts": 2, "offline": 3, "mark": 4, "opinion": 5}
    for field, text in answers.items():
        opened.tables[place].rows[lines[field]].cells[1].paragraphs[0].text = text
    opened.save(path)


def test_marks_go_out_in_a_workbook_and_come_back_exactly(rated):
    rated.run("table", "--sheet", "m.xlsx")
    book = load_workbook(rated.folder / "m.xlsx")
    sheet = book.active
    assert [sheet.cell(row=n, column=4).value for n in (2, 10, 11, 12)] == ["=", "X", "~", "✓"]
    assert sheet.cell(row=2, column=4).data_type == "s"
    assert sheet.data_validations.dataValidation[0].formula1 == '"✓,=,~,X"'
    assert "Stored 0 marks" in rated.run("table", "--marks", "m.xlsx", "--json").stderr
    sheet.cell(row=3, column=4, value="=")
    sheet.cell(row=3, column=5, value="=1+1 is geen formule")
    sheet.cell(row=3, column=5).data_type = "s"
    sheet.cell(row=3, column=6, value="Twee flyers, en een zin.")
    book.save(rated.folder / "m.xlsx")
    assert "Stored 1 marks" in rated.run("table", "--marks", "m.xlsx", "--json").stderr
    second = rows_of(rated.run("table", "--json"))[2]
    assert (second["researcher"], second["reason"], second["prose"]) == (
        "=", "=1+1 is geen formule", "Twee flyers, en een zin.",
    )  # fmt: skip


def test_with_two_raters_nothing_is_proposed_before_both_have_rated(desk):
    desk.run("table", "--raters", "A, B", "--json")
    (desk.folder / "m.tsv").write_text(CELLS, encoding="utf-8")
    first = rows_of(desk.run("table", "--marks", "m.tsv", "--by", "A", "--json"))
    assert {row["proposed"] for row in first.values()} == {None}
    assert {row["researcher"] for row in first.values()} == {None}
    (desk.folder / "m.tsv").write_text("Noord\t1\t~\tanders", encoding="utf-8")
    both = rows_of(desk.run("table", "--marks", "m.tsv", "--by", "B", "--json"))
    assert both[1]["raters"] == {"A": "=", "B": "~"}
    assert both[9]["researcher"] is None


def test_a_final_mark_or_no_agreement_closes_the_row(rated):
    rated.run("table", "--stage", "final", "--sheet", "f.xlsx")
    book = load_workbook(rated.folder / "f.xlsx")
    for row, mark in ((2, "✓"), (10, "no agreement")):
        book.active.cell(row=row, column=4, value=mark)
        book.active.cell(row=row, column=5, value="besproken")
    book.save(rated.folder / "f.xlsx")
    found = rows_of(rated.run("table", "--stage", "final", "--marks", "f.xlsx", "--json"))
    assert (found[1]["researcher"], found[1]["final"]) == ("=", "✓")
    assert (found[9]["final"], found[9]["flag"]) == ("", "no_agreement")
    (rated.folder / "m.tsv").write_text("Noord\t1\tno agreement\tx", encoding="utf-8")
    assert "is no mark" in rated.run("table", "--marks", "m.tsv", code=1).stderr


@pytest.mark.parametrize(("name", "fill"), [("f.docx", write), ("f.xlsx", put)])
def test_a_form_comes_back_as_it_was_filled_in(rated, name, fill):
    rated.run(
        "hearing", "send", "--case", "Noord", "--to", "Beheerder Noord", "--until", "2021-10-01", "-o", name
    )
    fill(rated.folder / name, 1, mark="eens", offline="Op maandag & dinsdag: <bord> opgehangen")
    fill(rated.folder / name, 9, mark="=", facts="=1+1 klopt niet", opinion="Wij deden dit al")
    told = json.loads(rated.run("hearing", "read", name, "--json").stdout)
    assert (told["replies"], told["marks"], told["late"]) == (2, 2, True)
    found = rows_of(rated.run("table", "--json"))
    assert [found[n]["administrator"] for n in (1, 9, 10)] == ["=", "=", None]
    replies = json.loads(rated.run("hearing", "show", "--json").stdout)["replies"]
    assert [(r["intervention"], r["mark"], r["facts"], r["offline"], r["opinion"]) for r in replies] == [
        (1, "agree", "", "Op maandag & dinsdag: <bord> opgehangen", ""),
        (9, "=", "=1+1 klopt niet", "", "Wij deden dit al"),
    ]
    assert json.loads(rated.run("hearing", "read", name, "--json").stdout)["replies"] == 0
    rated.run("hearing", "answer", "1", "-i", "9", "--text", "Opgenomen als bewijs.")
    rated.run("table", "--out", "t.md")
    document = (rated.folder / "t.md").read_text(encoding="utf-8")
    for told in ("Beheerder Noord", "Wij deden dit al", "Opgenomen als bewijs.", "1 van 2 vakken"):
        assert told in document
    assert "no reply" in rated.run("hearing", "answer", "1", "-i", "2", "--text", "x", code=1).stderr


def test_an_official_is_asked_on_nine_and_ten_only(rated):
    rated.run(
        "hearing", "send", "--case", "Noord", "--to", "Wijkagent", "--until", "2021-10-01", "--official",
        "--commissioner", "-o", "o.xlsx",
    )  # fmt: skip
    names = [str(row[0].value) for row in load_workbook(rated.folder / "o.xlsx").active.iter_rows()]
    assert [name.partition(".")[0] for name in names if name[:2].strip(".").isdecimal()] == ["9", "10"]
    put(rated.folder / "o.xlsx", 10, mark="v", opinion="Wij antwoordden steeds")
    rated.run("hearing", "read", "o.xlsx")
    found = rows_of(rated.run("table", "--json"))
    assert (found[10]["official"], found[10]["administrator"]) == ("✓", None)
    rated.run("table", "--out", "t.md", "--lang", "en")
    assert "also commissioned" in (rated.folder / "t.md").read_text(encoding="utf-8")


def test_a_form_that_was_tampered_with_or_is_foreign_is_refused_in_one_line(rated):
    for name in ("f.docx", "f.xlsx"):
        rated.run("hearing", "send", "--case", "Noord", "--to", "Beheer", "--until", "2021-10-01", "-o", name)
    opened = docx.Document(rated.folder / "f.docx")
    opened.tables[0].rows[1].cells[1].paragraphs[0].text = "✓ uitgevoerd"
    opened.save(rated.folder / "changed.docx")
    put(rated.folder / "f.xlsx", 1, mark="misschien")
    (rated.folder / "text.docx").write_text("no Word file", encoding="utf-8")
    docx.Document().save(rated.folder / "empty.docx")
    rated.run("table", "--sheet", "m.xlsx")
    for name, told in (
        ("changed.docx", "was changed where it is not to be filled in"),
        ("f.xlsx", "mark cannot be understood"),
        ("text.docx", "is no form of chatcode"),
        ("empty.docx", "is no form of chatcode"),
        ("m.xlsx", "is no form of chatcode"),
        ("f.pdf", "cannot be read"),
    ):
        assert told in rated.run("hearing", "read", name, code=1).stderr
    assert json.loads(rated.run("hearing", "show", "--json").stdout)["replies"] == []


def test_a_reply_with_a_number_in_it_stores_nothing(rated):
    rated.run("hearing", "send", "--case", "Noord", "--to", "Beheer", "--until", "2021-10-01", "-o", "f.xlsx")
    put(rated.folder / "f.xlsx", 1, opinion="goed")
    put(rated.folder / "f.xlsx", 9, opinion="bel 06-12345678")
    done = rated.run("hearing", "read", "f.xlsx", code=1)
    assert "looks like a number" in done.stderr
    assert "06-12345678" not in done.stderr
    assert json.loads(rated.run("hearing", "show", "--json").stdout)["replies"] == []


def test_nothing_is_sent_on_cells_that_nobody_rated(desk):
    done = desk.run(
        "hearing",
        "send",
        "--case",
        "Noord",
        "--to",
        "Beheer",
        "--until",
        "2021-10-01",
        "-o",
        "f.docx",
        code=1,
    )
    assert "has been rated" in done.stderr


def test_the_second_look_shows_the_proposal_and_keeps_both_marks(rated):
    # Nothing was seen, so the proposal for 11 is X, and the rater said ✓.
    done = rated.run("table", "--second", "--json", stdin="q\n")
    assert "proposal  " not in done.stderr
    with Study.open(rated.study) as study:
        codebook = Codebook.load()
        ids = [entry.id for entry in study.entries() if entry.kind == "message"]
        study.confirm(
            [Decision(entry_id) for entry_id in ids], coder="K", round_=1, codebook_hash=codebook.hash
        )
    done = rated.run("table", "--second", "--json", stdin="\nX\nbij nader inzien\n")
    assert "yours     ✓  reden 11" in done.stderr
    assert "proposal  X" in done.stderr
    with Study.open(rated.study) as study:
        assert [m.mark for m in study.marks() if m.reason == "bij nader inzien"] == ["X"]
        assert len(study.marks()) == 5


def test_a_rater_sees_counts_evidence_and_messages_but_no_proposal(desk):
    with Study.open(desk.study) as study:
        codebook = Codebook.load()
        study.confirm(
            [
                Decision(e.id, (Choice("4-" if e.text.endswith("5") else "4+"),))
                for e in study.entries()
                if e.kind == "message"
            ],
            coder="K", round_=1, codebook_hash=codebook.hash,
        )  # fmt: skip
    desk.run(
        "evidence",
        "--case",
        "Noord",
        "-i",
        "4",
        "--day",
        "2021-03-06",
        "--source",
        "folder",
        "--text",
        "regels",
    )
    done = desk.run("table", "--rate", "--json", stdin="\n\n\n=\nwas al zo\nElke maand een bericht.\nq\n")
    assert "bericht 5" in done.stderr
    assert "[E1]" in done.stderr
    assert "proposal" not in done.stderr.lower()
    cell = rows_of(done)[4]
    assert (cell["researcher"], cell["prose"]) == ("=", "Elke maand een bericht.")
