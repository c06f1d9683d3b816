"""A note that was handed over stays what it was, whatever is coded after."""

from __future__ import annotations

import json

import pytest

from chatcode.codebook import Codebook
from chatcode.domain import Choice, Decision
from chatcode.errors import StudyError
from chatcode.report.docx import own_template
from chatcode.report.sealed import from_data
from chatcode.study.store import Study


def code(desk, *codes):
    with Study.open(desk.study) as study:
        ids = [entry.id for entry in study.entries() if entry.kind == "message"]
        study.confirm(
            [Decision(entry_id, tuple(Choice(c) for c in codes)) for entry_id in ids],
            coder="K", round_=1, codebook_hash=Codebook.load().hash,
        )  # fmt: skip


def seen(desk):
    """Days of intervention 4 as the note of now says."""
    blocks = json.loads(desk.run("note", "--json").stdout)["blocks"]
    return next(b for b in blocks if b["kind"] == "table" and b["sheet"] == "4")["rows"][0][2]


@pytest.fixture
def sealed(desk):
    code(desk, "4+")
    desk.run("note", "--made-on", "2021-05-12", "--out", "n.docx", "--out", "n.md", "--seal")
    return desk


def test_later_coding_does_not_change_what_was_handed_over(sealed):
    before = sealed.run("note", "--show", "1", "--json").stdout
    files = [(sealed.folder / name).read_bytes() for name in ("n.docx", "n.md")]
    code(sealed)
    assert seen(sealed) == 0
    assert sealed.run("note", "--show", "1", "--json").stdout == before
    sealed.run("note", "--show", "1", "--out", "again.docx", "--out", "again.md")
    assert [(sealed.folder / name).read_bytes() for name in ("again.docx", "again.md")] == files


def test_a_sealed_note_comes_in_other_formats_too_and_says_the_same(sealed):
    sealed.run("note", "--show", "1", "--out", "again.html")
    assert "12 mei 2021" in (sealed.folder / "again.html").read_text(encoding="utf-8")
    data = json.loads(sealed.run("note", "--show", "1", "--json").stdout)
    assert from_data(data).title == data["title"]
    assert len(from_data(data).blocks) == len(data["blocks"])


def test_two_notes_stand_side_by_side(sealed):
    code(sealed)
    sealed.run("note", "--made-on", "2021-09-12", "--out", "m.md", "--seal")
    assert [r["number"] for r in json.loads(sealed.run("note", "--sealed", "--json").stdout)["rows"]] == [
        1,
        2,
    ]
    table = next(
        b
        for b in json.loads(sealed.run("note", "--compare", "1", "2", "--json").stdout)["blocks"]
        if b["kind"] == "table"
    )
    assert len(table["rows"]) == 11
    fourth = table["rows"][3]
    assert fourth[1:3] == [1, 0]
    assert fourth[-1] == "ja"
    assert table["rows"][2][-1] == "nee"
    now = json.loads(sealed.run("note", "--compare", "2", "0", "--json").stdout)["blocks"]
    assert {row[-1] for b in now if b["kind"] == "table" for row in b["rows"]} == {"nee"}
    assert "no sealed note 9" in sealed.run("note", "--compare", "1", "9", code=1).stderr


def test_only_what_is_handed_over_is_sealed(desk):
    code(desk, "4+")
    assert "handed over" in desk.run("note", "--seal", code=1).stderr
    (desk.folder / "n.md").write_text("mine", encoding="utf-8")
    desk.run("note", "--out", "n.md", "--seal", code=1)
    assert json.loads(desk.run("note", "--sealed", "--json").stdout)["rows"] == []


def test_a_note_that_was_tampered_with_is_not_shown(sealed):
    with Study.open(sealed.study) as study:
        study.execute("DROP TRIGGER sealed_notes_keep_update")
        study.execute("UPDATE sealed_notes SET document = replace(document, '2021', '2022')")
    with pytest.raises(AssertionError, match="not as it was sealed"):
        sealed.run("note", "--show", "1")
    assert StudyError.exit_code == 4


def test_a_template_is_tried_before_there_is_a_note(desk):
    (desk.folder / "own.docx").write_bytes(own_template())
    assert "can be filled in" in desk.run("note", "--check-template", "own.docx").stderr
    (desk.folder / "bad.docx").write_text("no Word file", encoding="utf-8")
    assert "no Word file" in desk.run("note", "--check-template", "bad.docx", code=1).stderr


def test_a_note_can_be_for_the_administrators_of_one_case(desk):
    code(desk, "4+")
    desk.run("note", "--case", "Noord", "--out", "n.md")
    assert "no case 'Zuid'" in desk.run("note", "--case", "Zuid", code=1).stderr
