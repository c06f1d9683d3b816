"""Forms on which those concerned reply: Word or workbook, the same questions, read back exactly."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chatcode.errors import ChatcodeError
from chatcode.report.words import Words

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# The questions of one intervention, by the field that their answer goes to.
QUESTIONS = {
    "facts": "Is this right? What is not, and what is missing?",
    "offline": "What was done outside the chat, and when?",
    "mark": "Do you agree with our mark? Write: agree, or your own mark ✓ = ~ X",
    "opinion": "Your opinion or explanation",
}
_FIXED = ("seen", "ours")
_WIDTHS = (5.0, 12.0)
_AGREE = frozenset({"agree", "agreed", "yes", "eens", "ja", "akkoord", "mee eens"})
_TYPED = {"v": "✓", "V": "✓", "x": "X"}
_MARKS = ("✓", "=", "~", "X")
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MOST_BYTES = 50_000_000
_HINT = "Ask for a fresh form; nothing was stored."


@dataclass(frozen=True, slots=True)
class Item:
    """One intervention on a form: its name, what was seen, and the researcher's mark with why."""

    intervention: int
    name: str
    seen: str
    ours: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A form before it is filled in."""

    id: str
    title: str
    lang: str
    until: date
    items: Sequence[Item]

    @property
    def opening(self) -> tuple[str, ...]:
        """What stands above the questions."""
        w = Words(self.lang)
        return (
            w(
                "You read here what we saw in the chat of your area, and how we judged it. You know more "
                "than we do."
            ),
            w("Please separate what is not right from what you think of it. Write no names of people."),
            w("Please send the form back before {day}. Form: {id}", day=w.day(self.until), id=self.id),
        )

    @property
    def fixed(self) -> str:
        """The hash of all that is not to be changed in it."""
        texts = [self.title, *self.opening]
        for item in self.items:
            texts += [item.name, item.seen, item.ours]
        return _hash(texts)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written on one intervention; `mark` is "agree", another mark, or empty."""

    intervention: int
    mark: str
    facts: str
    offline: str
    opinion: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A form that came back: whose it is, the hash of its fixed text, and what was written."""

    id: str
    fixed: str
    filled: Sequence[Filled]


def title(case: str, addressee: str, lang: str) -> str:
    """What a form is called."""
    return " · ".join((Words(lang)("Your reply to what we saw"), case, addressee))


def write(blank: Blank, name: str) -> bytes:
    """Write a form in the format that the ending of `name` says, .docx or .xlsx.

    Raises:
        ChatcodeError: the ending is no such format.
    """
    ending = Path(name).suffix.lower()
    if ending == ".docx":
        return _write_docx(blank)
    if ending == ".xlsx":
        return _write_xlsx(blank)
    raise ChatcodeError(f"{name}: no such format", "A form may end in .docx or .xlsx.")


def read(data: bytes, name: str) -> Returned:
    """Read a form that came back.

    Raises:
        ChatcodeError: it is no form, or an answer in it cannot be understood.
    """
    ending = Path(name).suffix.lower()
    if ending not in (".docx", ".xlsx"):
        raise ChatcodeError(f"{name} is no form", "A form ends in .docx or .xlsx.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            too_large = sum(info.file_size for info in archive.infolist()) > _MOST_BYTES
        texts, rows = ((), ()) if too_large else (_read_docx if ending == ".docx" else _read_xlsx)(data)
    except Exception as error:
        # Whatever a foreign file makes two libraries raise: it is no form.
        raise ChatcodeError(f"{name} is no form of chatcode, or is damaged", _HINT) from error
    found = _ID.findall(" ".join(texts))
    if not found or not rows:
        raise ChatcodeError(f"{name} is no form of chatcode", _HINT)
    filled = [_filled(row, name) for row in rows]
    fixed = [*texts, *(row[key] for row in rows for key in ("name", *_FIXED))]
    return Returned(found[0], _hash(fixed), filled)


def _filled(row: dict[str, str], name: str) -> Filled:
    number = row["name"].partition(".")[0]
    if not number.isdecimal():
        raise ChatcodeError(f"{name} was changed where it is not to be filled in", _HINT)
    typed = row["mark"].strip()
    mark = "agree" if typed.lower().rstrip(".") in _AGREE else _TYPED.get(typed, typed)
    if mark not in ("", "agree", *_MARKS):
        raise ChatcodeError(
            f"{name}, intervention {number}: the mark cannot be understood",
            "It should be: agree (eens), or one of ✓ (or v), =, ~ and X. Nothing was stored.",
        )
    return Filled(int(number), mark, row["facts"].strip(), row["offline"].strip(), row["opinion"].strip())


def _hash(texts: Iterable[str]) -> str:
    """The same for a text whose blanks and line breaks were set otherwise by another program."""
    plain = "\n".join(" ".join(text.split()) for text in texts if text.strip())
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()


def _labels(w: Words) -> dict[str, str]:
    return {
        "seen": w("What we saw"),
        "ours": w("Our mark, and why"),
        **{field: w(question) for field, question in QUESTIONS.items()},
    }


# ── Word ──────────────────────────────────────────────────────────────────────


def _write_docx(blank: Blank) -> bytes:
    from docx import Document
    from docx.shared import Cm

    from chatcode.report.docx import settled

    w = Words(blank.lang)
    document = Document()
    document.styles["Normal"].font.name = "Calibri"
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    document.add_heading(blank.title, 1)
    for text in blank.opening:
        document.add_paragraph(text)
    for item in blank.items:
        document.add_heading(item.name, 2)
        _question_table(document, item, _labels(w))
    buffer = io.BytesIO()
    document.save(buffer)
    return settled(buffer.getvalue(), title=blank.title, lang=blank.lang)


def _question_table(document: WordDocument, item: Item, labels: dict[str, str]) -> None:
    from docx.shared import Cm

    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    for field, label in labels.items():
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, getattr(item, field, "")
        for cell, width in zip(cells, _WIDTHS, strict=True):
            cell.width = Cm(width)
            # A question stays with its answer, and all of an intervention on one page.
            cell.paragraphs[0].paragraph_format.keep_with_next = field != "opinion"
        cells[0].paragraphs[0].runs[0].bold = True
        if field not in _FIXED and field != "mark":
            # Room to write by hand.
            cells[1].add_paragraph("")


def _read_docx(data: bytes) -> tuple[Sequence[str], Sequence[dict[str, str]]]:
    import docx

    opened = docx.Document(io.BytesIO(data))
    paragraphs = [(p.style.name if p.style else "", p.text) for p in opened.paragraphs if p.text.strip()]
    names = [text for style, text in paragraphs if style == "Heading 2"]
    texts = [text for style, text in paragraphs if style != "Heading 2"]
    fields = tuple(_labels(Words("en")))
    rows = []
    for name, table in zip(names, opened.tables, strict=True):
        cells = ["\n".join(p.text for p in row.cells[1].paragraphs) for row in table.rows]
        rows.append({"name": name, **dict(zip(fields, cells, strict=True))})
    return texts, rows


# ── workbook ──────────────────────────────────────────────────────────────────


def _write_xlsx(blank: Blank) -> bytes:
    import xlsxwriter

    w = Words(blank.lang)
    labels = {"name": w("Intervention"), **_labels(w)}
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": blank.title, "created": _MADE})
    wrapped = {"text_wrap": True, "valign": "top", "num_format": "@"}
    head = book.add_format({**wrapped, "bold": True, "bottom": 2})
    fixed = book.add_format(wrapped)
    opened = book.add_format({**wrapped, "locked": False, "bg_color": "#FFF8E1"})
    sheet: Any = book.add_worksheet("1")
    above = (blank.title, *blank.opening)
    for line, text in enumerate(above):
        sheet.write_string(line, 0, text, head if line == 0 else book.add_format({"num_format": "@"}))
    top = len(above)
    for place, label in enumerate(labels.values()):
        sheet.write_string(top, place, label, head)
        sheet.set_column(place, place, 24 if place == 0 else 38)
    for line, item in enumerate(blank.items, top + 1):
        for place, field in enumerate(labels):
            told = getattr(item, field, "")
            sheet.write_string(line, place, told, fixed if field in ("name", *_FIXED) else opened)
    place = list(labels).index("mark")
    sheet.data_validation(
        top + 1, place, top + len(blank.items), place,
        {"validate": "list", "source": [w("agree"), *_MARKS], "error_type": "warning"},
    )  # fmt: skip
    sheet.freeze_panes(top + 1, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    book.close()
    return stream.getvalue()


def _read_xlsx(data: bytes) -> tuple[Sequence[str], Sequence[dict[str, str]]]:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    every = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    fields = ("name", *_labels(Words("en")))
    top = next(n for n, row in enumerate(every) if len([cell for cell in row if cell.strip()]) == len(fields))
    texts = [row[0] for row in every[:top]]
    rows = [
        dict(zip(fields, [*row, *[""] * len(fields)], strict=False)) for row in every[top + 1 :] if any(row)
    ]
    return texts, rows
