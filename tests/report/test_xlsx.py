"""A workbook to reckon with: real dates and numbers, and text that stays text."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest

from chatcode.report import xlsx
from chatcode.report.document import Column, Document, Table

from .specimen import DOCUMENT, TABLE


@pytest.fixture(scope="module")
def data():
    return xlsx.render(DOCUMENT)


@pytest.fixture(scope="module")
def book(data):
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture
def sheet(book):
    return book.worksheets[1]


def test_a_sheet_tells_what_this_is_and_every_table_has_its_own(book):
    assert book.sheetnames == ["Toelichting", "Noord Oost  1   een lange naam"]
    said = [cell.value for cell in book.worksheets[0]["A"]]
    assert {DOCUMENT.title, DOCUMENT.status, "Tweede regel."} <= set(said)


def test_dates_are_dates_and_numbers_numbers(sheet):
    assert [cell.value for cell in sheet[2]] == ["=", datetime(2020, 9, 1), datetime(2020, 9, 1), 1234, 0.5]
    assert [cell.number_format for cell in sheet[2]][1:] == ["mmmm yyyy", "d mmmm yyyy", "#,##0.##", "0.0%"]


def test_the_mark_for_continued_is_no_formula_and_an_address_no_link(book, sheet, data):
    assert [sheet.cell(row, 1).data_type for row in (2, 3, 4)] == ["s", "s", "s"]
    assert sheet["A3"].value == "=1+1"
    assert sheet["A4"].hyperlink is None
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert not any(b"<f>" in packed.read(name) for name in packed.namelist())


def test_nothing_is_an_empty_cell(sheet):
    assert sheet["E3"].value is None


def test_the_head_and_the_first_column_stay_in_sight(sheet):
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:E4"


def test_caption_and_notes_stand_below_the_table(sheet):
    assert [sheet.cell(row, 1).value for row in (5, 6, 7)] == [None, TABLE.caption, TABLE.notes[0]]


def test_the_properties_hold_a_title_and_no_person(book):
    assert book.properties.title == DOCUMENT.title
    assert not book.properties.creator
    assert not book.properties.lastModifiedBy


def test_the_same_document_gives_the_same_bytes(data):
    assert xlsx.render(DOCUMENT) == data


def test_sheets_of_one_name_are_told_apart():
    tables = tuple(Table("c", (Column("a"),), (), sheet="Noord") for _ in range(3))
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(Document("t", "en", "s", tables))))
    assert book.sheetnames == ["About", "Noord", "Noord 2", "Noord 3"]


def test_a_table_without_rows_is_a_sheet_too():
    document = Document("t", "en", "s", (Table("c", (Column("a"),), (), sheet="'x'"),))
    assert openpyxl.load_workbook(io.BytesIO(xlsx.render(document))).worksheets[1]["A1"].value == "a"
