"""The demo: the whole road at one go, and nothing of a person comes out."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from chatcode.bundled import sample_path
from chatcode.study.health import problems
from chatcode.study.store import Study


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "made"
    done = subprocess.run(
        [sys.executable, "-m", "chatcode", "demo", str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder, done


def identifying():
    """The display names of the sample that are more than one common word, and the numbers."""
    for name in ("noord", "west"):
        for line in (sample_path() / f"{name}.members.tsv").read_text(encoding="utf-8").splitlines():
            alias = line.split("\t")[0]
            if " " in alias:
                yield alias


def content(path):
    """All text of a file, also that inside a docx or xlsx."""
    if path.suffix not in (".docx", ".xlsx"):
        return path.read_text(encoding="utf-8", errors="ignore")
    with zipfile.ZipFile(path) as parts:
        return "\n".join(
            re.sub(r"<[^>]+>", "", parts.read(n).decode("utf-8", "ignore")) for n in parts.namelist()
        )


def test_it_makes_every_document(demo):
    folder, done = demo
    made = {path.name for path in folder.iterdir()}
    assert {
        "waterstad.study",
        "waterstad.key",
        "rapport.html",
        "rapport.xlsx",
        "rapport.md",
        "tabel.html",
    } <= made
    assert {"adviesnotitie.docx", "adviesnotitie.html", "adviesnotitie.md"} <= made
    assert "synthetic" in done.stderr


def test_no_document_holds_a_name_or_number_of_the_sample(demo):
    folder, done = demo
    checked = 0
    for path in [p for p in folder.iterdir() if p.suffix in (".html", ".xlsx", ".md", ".docx")]:
        text = content(path)
        digits = re.sub(r"\D", "", text)
        for alias in identifying():
            number = re.sub(r"\D", "", alias)[-8:]
            assert alias.casefold() not in text.casefold(), path.name
            assert len(number) < 8 or number not in digits, path.name
            checked += 1
        assert "anoniem" not in text.casefold()
    assert checked > 100
    for alias in identifying():
        assert alias not in done.stdout + done.stderr


def test_no_byte_of_a_name_is_in_the_study_file(demo):
    folder, _ = demo
    data = (folder / "waterstad.study").read_bytes()
    for alias in identifying():
        assert alias.encode() not in data
    assert (folder / "waterstad.key").stat().st_mode & 0o077 == 0


def test_the_study_is_sound_and_every_message_reviewed(demo):
    folder, _ = demo
    with Study.open(folder / "waterstad.study") as study:
        assert problems(study) == []
        layer = study.layer()
        assert layer.coder == "voorbeeldcodeur"
        assert {e.id for e in layer.entries if e.kind == "message"} <= set(layer.acts)


def test_the_workbook_keeps_the_mark_that_looks_like_a_formula(demo):
    folder, _ = demo
    book = openpyxl.load_workbook(folder / "tabel.xlsx")
    cells = [
        c for sheet in book for row in sheet.iter_rows() for c in row if str(c.value or "").startswith("=")
    ]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)
    book.close()


def test_a_folder_that_holds_something_is_left_alone(demo):
    folder, _ = demo
    before = sorted(p.name for p in folder.iterdir())
    done = subprocess.run(
        [sys.executable, "-m", "chatcode", "demo", str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "there already" in done.stderr
    assert sorted(p.name for p in folder.iterdir()) == before
