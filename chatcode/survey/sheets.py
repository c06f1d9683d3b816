"""Files with rows and columns (.csv, .tsv, .xlsx, .sav) as rows of text, numbered as a spreadsheet does."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from chatcode.errors import ChatcodeError

_SEPARATORS = ",;\t"
_LONGEST_CELL = 1_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the file as a spreadsheet shows it, and its cells without outer blanks."""

    number: int
    cells: tuple[str, ...] = field(repr=False)

    def cell(self, place: int) -> str:
        """The cell at a place; empty where the row ends before it."""
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that was read. `headings` are further headings of columns, as the labels in a .sav file."""

    name: str
    lines: tuple[Line, ...] = field(repr=False)
    headings: Mapping[int, str] = field(default_factory=dict, repr=False)


def read_sheet(path: Path) -> Sheet:
    """Read a file by its ending; rows without any content are left out, their numbers are not given away.

    Raises:
        ChatcodeError: it is no such file, or empty, or what reads it is not installed.
    """
    readers = {".csv": _text, ".tsv": _text, ".txt": _text, ".xlsx": _workbook}
    kind = path.suffix.lower()
    if not path.is_file():
        raise ChatcodeError(f"{path.name} is not there", "Look at its name and folder.")
    if kind == ".sav":
        return _spss(path)
    if kind not in readers:
        raise ChatcodeError(f"{path.name}: no such kind of file", "Give a .csv, .xlsx or .sav file.")
    lines = tuple(Line(number, cells) for number, cells in enumerate(readers[kind](path), 1) if any(cells))
    if not lines:
        raise ChatcodeError(f"{path.name} is empty", "Export it again.")
    return Sheet(path.name, lines)


def _text(path: Path) -> Iterator[tuple[str, ...]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ChatcodeError(f"{path.name} cannot be read ({error.strerror})") from None
    text = _decoded(data)
    if "\0" in text:
        raise ChatcodeError(f"{path.name} is no text file", "Save it as CSV (UTF-8).")
    first = next((line for line in text.splitlines() if line.strip(' \t,;"') and line[0] != "#"), "")
    csv.field_size_limit(_LONGEST_CELL)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_separator(first)):
            yield tuple(cell.strip() for cell in row)
    except csv.Error:
        raise ChatcodeError(f"{path.name} is no valid CSV", "Save it as CSV (UTF-8).") from None


def _decoded(data: bytes) -> str:
    """UTF-8 or UTF-16 where the file says so, else what Excel saves under Windows."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _separator(line: str) -> str:
    """The sign that parts the first row into most cells; signs within quotes do not count."""
    return max(_SEPARATORS, key=lambda sign: len(next(csv.reader([line], delimiter=sign), [])))


def _workbook(path: Path) -> Iterator[tuple[str, ...]]:
    """The first sheet that holds anything."""
    import zipfile

    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise ChatcodeError(f"{path.name} is no workbook (.xlsx)", "Export it again.") from None
    try:
        for sheet in book.worksheets:
            rows = [tuple(_plain(value) for value in row) for row in sheet.iter_rows(values_only=True)]
            if any(map(any, rows)):
                yield from rows
                return
    finally:
        book.close()


def _plain(value: object) -> str:
    """A cell as text: a whole number without decimals, a moment in ISO's form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, datetime | date) else str(value).strip()


def _spss(path: Path) -> Sheet:
    """A .sav file: codes become their labels where it has them; a variable's label is a further heading."""
    try:
        import pyreadstat
    except ImportError:
        raise ChatcodeError(
            "reading .sav files needs pyreadstat, which is not installed",
            "Install it: pip install 'chatcode[spss]'; or save the file as .csv.",
        ) from None
    try:
        columns, meta = pyreadstat.read_sav(str(path), output_format="dict")
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError):
        raise ChatcodeError(f"{path.name} is no SPSS file (.sav)", "Save it again.") from None
    names = list(columns)
    labels = [meta.variable_value_labels.get(name, {}) for name in names]
    rows = zip(*(columns[name] for name in names), strict=True)
    lines = [Line(1, tuple(names))]
    for number, row in enumerate(rows, 2):
        cells = tuple(
            _plain(told.get(value, None if _is_missing(value) else value))
            for value, told in zip(row, labels, strict=True)
        )
        if any(cells):
            lines.append(Line(number, cells))
    headings = {place: meta.column_names_to_labels.get(name) or "" for place, name in enumerate(names)}
    return Sheet(path.name, tuple(lines), headings)


def _is_missing(value: object) -> bool:
    return value is None or value != value  # noqa: PLR0124 only a missing number differs from itself
