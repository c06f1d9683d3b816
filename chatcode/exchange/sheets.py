"""Sheets that people filled in, read back: csv (comma, semicolon or tab) or xlsx."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatcode.errors import ChatcodeError

_MOST_ROWS = 10_000
# A sheet of ours is some tens of kilobytes; what unpacks to more is no sheet of ours.
_MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One filled row: where it stands, and its cells by the name of their column, trimmed."""

    where: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read(data: bytes, name: str, needed: Sequence[str]) -> list[Line]:
    """The rows of a sheet under its heading; rows in which nothing stands are left out.

    Raises:
        ChatcodeError: it is no csv or xlsx, or lacks one of the columns that are needed.
    """
    ending = Path(name).suffix.lower()
    if ending == ".xlsx":
        rows = list(_xlsx(data, name))
    elif ending in (".csv", ".tsv", ".txt"):
        rows = list(_csv(data, name))
    else:
        raise ChatcodeError(f"{name}: no such format", "A sheet may end in .csv or .xlsx.")
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    missing = [column for column in needed if column not in head]
    if missing:
        raise ChatcodeError(
            f"{name} has no column {missing[0]!r}", "Its first row should name: " + ", ".join(needed) + "."
        )
    return [
        Line(f"{name}:{number}: ", {c: v.strip() for c, v in zip(head, row, strict=False) if c})
        for number, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row)
    ]


def _csv(data: bytes, name: str) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ChatcodeError(f"{name} is not in UTF-8", "Save it as CSV UTF-8.") from None
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _xlsx(data: bytes, name: str) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    foreign = ChatcodeError(f"{name} is no workbook of a sheet", "Give the .xlsx that chatcode made.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
                raise foreign
        book = load_workbook(io.BytesIO(data), read_only=True)
        sheet = book.worksheets[0]
        rows = [
            ["" if cell is None else str(cell) for cell in row]
            for row in sheet.iter_rows(max_row=_MOST_ROWS, values_only=True)
        ]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError, TypeError, EOFError) as error:
        raise foreign from error
    yield from rows
