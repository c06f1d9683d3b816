"""A document as a workbook: what it says on the first sheet, and a sheet per table."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from chatcode.report.document import Box, Document, Heading, Listing, Paragraph, Table
from chatcode.report.words import Words

# The same figures give the same file.
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDEST = 60


def render(document: Document) -> bytes:
    """Write a workbook: real dates and numbers, frozen headings; `=` stays text, nothing becomes a link."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    words = Words(document.lang)
    book.set_properties({"title": document.title, "created": _MADE})
    formats = {
        "title": book.add_format({"bold": True, "font_size": 15}),
        "bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 2, "valign": "bottom"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top", "num_format": "#,##0.##"}),
        "share": book.add_format({"valign": "top", "num_format": "0.0%"}),
        "decimal": book.add_format({"valign": "top", "num_format": "0.00"}),
        "p": book.add_format({"valign": "top", "num_format": "0.000"}),
        "date": book.add_format({"valign": "top", "num_format": "d mmmm yyyy", "align": "left"}),
        "month": book.add_format({"valign": "top", "num_format": "mmmm yyyy", "align": "left"}),
    }
    about = words("About")
    _cover(book.add_worksheet(about), document, formats)
    used = {about.lower()}
    for table in document.tables():
        name = _sheet_name(table.sheet or table.caption, used)
        used.add(name.lower())
        _table(book.add_worksheet(name), table, formats)
    book.close()
    return stream.getvalue()


def _cover(sheet: Any, document: Document, formats: dict[str, Any]) -> None:  # noqa: ANN401 untyped library
    sheet.set_column(0, 0, 100)
    lines: list[tuple[str, str]] = [(document.title, "title"), (document.status, "bold")]
    for block in document.blocks:
        if isinstance(block, Heading):
            lines += [("", "text"), (block.text, "bold")]
        elif isinstance(block, Paragraph):
            lines.append((block.text, "bold" if block.strong else "text"))
        elif isinstance(block, Listing):
            lines += [(f"• {item}", "text") for item in block.items]
        elif isinstance(block, Box):
            lines += [("", "text"), (block.title, "bold"), *((p, "text") for p in block.paragraphs)]
    for row, (text, style) in enumerate(lines):
        sheet.write_string(row, 0, text, formats[style])


def _table(sheet: Any, table: Table, formats: dict[str, Any]) -> None:  # noqa: ANN401 untyped library
    # A long heading is wrapped, so only its longest word asks for room.
    widths = [max(map(len, column.title.split()), default=0) for column in table.columns]
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.title, formats["head"])
    for line, row in enumerate(table.rows, 1):
        for place, value in enumerate(row):
            kind = table.columns[place].kind
            if value is None:
                sheet.write_blank(line, place, None, formats["text"])
            elif isinstance(value, str) and kind in ("date", "month"):
                day = datetime.fromisoformat(value if kind == "date" else f"{value}-01")
                sheet.write_datetime(line, place, day, formats[kind])
            elif isinstance(value, str):
                sheet.write_string(line, place, value, formats["text"])
            else:
                own = kind if kind in ("share", "decimal", "p") else "number"
                # More decimals say nothing, and a long tail of digits reads as a telephone number.
                sheet.write_number(line, place, round(value, 6), formats[own])
            least = {"date": 18, "month": 15, "share": 7}.get(kind, 0)
            widths[place] = max(widths[place], least, len(value) if isinstance(value, str) else 0)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(max(9, width + 2), _WIDEST))
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    for offset, note in enumerate((table.caption, *table.notes)):
        sheet.write_string(len(table.rows) + 2 + offset, 0, note, formats["text" if offset else "bold"])


def _sheet_name(text: str, used: set[str]) -> str:
    """A name that a workbook takes: 31 signs, none of its own, and once only."""
    plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in text).strip("' ") or "1"
    name, number = plain[:31].rstrip("' "), 2
    while name.lower() in used:
        name = f"{plain[:27].rstrip()} {number}"
        number += 1
    return name
