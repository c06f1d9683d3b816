"""Sheets that people fill in and give back: csv, and a workbook with drop-downs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chatcode.errors import ChatcodeError

# The same sheet gives the same file.
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDTHS = {"intervention": 12, "mark": 9, "state": 14, "name": 44}


def write(
    name: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, object]],
    choices: Mapping[str, Sequence[str]],
    *,
    fill_in: Sequence[str],
) -> bytes:
    """Write rows as a sheet of the format that the ending of `name` says, .csv or .xlsx.

    `choices` are what may stand in a column, as a drop-down; `fill_in` are the columns that are
    left open in the workbook, the others are locked against slips (no password).

    Raises:
        ChatcodeError: the ending is no such format.
    """
    ending = Path(name).suffix.lower()
    if ending == ".csv":
        return _csv(columns, rows)
    if ending == ".xlsx":
        return _xlsx(columns, rows, choices, fill_in)
    raise ChatcodeError(f"{name}: no such format", "A sheet may end in .csv or .xlsx.")


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, fieldnames=list(columns), quoting=csv.QUOTE_ALL, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    # The mark of UTF-8, without which a spreadsheet reads ✓ as three signs.
    return stream.getvalue().encode("utf-8-sig")


def _xlsx(
    columns: Sequence[str],
    rows: Sequence[Mapping[str, object]],
    choices: Mapping[str, Sequence[str]],
    fill_in: Sequence[str],
) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": _MADE})
    head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True})
    fixed = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    # Text, so that somebody who types = into a cell has typed a mark and no formula.
    opened = book.add_format(
        {"text_wrap": True, "valign": "top", "num_format": "@", "locked": False, "bg_color": "#FFF8E1"}
    )
    sheet: Any = book.add_worksheet("1")
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, head)
        sheet.set_column(place, place, _WIDTHS.get(column, 60 if column in fill_in else 20))
        for line, row in enumerate(rows, 1):
            value = row.get(column)
            told = "" if value is None else str(value)
            sheet.write_string(line, place, told, opened if column in fill_in else fixed)
        if column in choices and rows:
            sheet.data_validation(
                1, place, len(rows), place,
                {
                    "validate": "list",
                    "source": list(choices[column]),
                    "error_title": column,
                    "error_message": " / ".join(choices[column]),
                },
            )  # fmt: skip
    sheet.freeze_panes(1, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    book.close()
    return stream.getvalue()
