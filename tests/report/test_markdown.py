"""Markdown that a reader of plain text and a converter both understand."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chatcode.report import markdown
from chatcode.report.document import Column, Document, Listing, Paragraph, Table

from .specimen import DOCUMENT

TEXT = markdown.render(DOCUMENT).decode()


def test_blocks_stand_in_their_order():
    found = [TEXT.index(part) for part in ("# Buurt", "## In het kort", "1. een", "### Noord", "Let op")]
    assert found == sorted(found)


def test_the_mark_for_continued_is_no_heading_and_no_formula():
    assert "| \\= | september 2020 |" in TEXT
    assert "**\\= geen formule" in TEXT


def test_a_pipe_stays_in_its_cell():
    for line in TEXT.splitlines():
        if line.startswith("|"):
            assert line.replace("\\|", "").count("|") == 6


def test_numbers_stand_right_and_dates_left():
    assert "|---|---|---|--:|--:|" in TEXT


def test_a_chart_is_told_in_words():
    assert "Twee kleine grafieken." in TEXT


def test_markup_in_a_text_is_text():
    assert "\\<regel\\>" in TEXT
    assert "\\_geen\\_" in TEXT


@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_whatever_a_cell_holds_a_row_stays_one_line(cells):
    table = Table("c", (Column("a"),), tuple((cell,) for cell in cells))
    drawn = markdown.render(Document("t", "en", "s", (table,))).decode()
    rows = [line for line in drawn.splitlines() if line.startswith("| ")]
    assert len(rows) == 1 + len(cells)


@given(st.text(max_size=60))
def test_whatever_a_paragraph_holds_it_makes_no_heading(text):
    drawn = markdown.render(replace(DOCUMENT, blocks=(Paragraph(text),))).decode()
    assert [line for line in drawn.splitlines() if line.lstrip().startswith(("#", "=", "-", "+"))] == [
        drawn.splitlines()[0]
    ]


def test_a_text_is_shown_as_it_is_written_and_not_as_code_or_a_sign():
    drawn = markdown.render(replace(DOCUMENT, blocks=(Paragraph("    Oost & West &lt; &#60;"),))).decode()
    assert drawn.splitlines()[-1] == r"Oost & West \&lt; &\#60;"


def test_a_point_that_begins_with_a_number_is_no_list_in_the_list():
    drawn = markdown.render(replace(DOCUMENT, blocks=(Listing(("1. Terugkoppelen: op 3 dagen.",)),)))
    assert "- 1\\. Terugkoppelen: op 3 dagen." in drawn.decode()
