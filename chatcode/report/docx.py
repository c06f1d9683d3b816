"""Documents as Word files, laid out by a template that the evaluator edits in Word."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chatcode.errors import ChatcodeError
from chatcode.report.document import (
    Align,
    Box,
    Chart,
    Document,
    Heading,
    Listing,
    MeansChart,
    Paragraph,
    Table,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

    from chatcode.report.document import Align

TEMPLATE = Path(__file__).parent / "templates" / "note.docx"
LOCALES = {"nl": "nl-NL", "en": "en-GB"}
# Dates inside the file are fixed, so that the same document gives the same bytes.
_LONG_AGO = datetime(2000, 1, 1)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
# Control characters that XML cannot hold, and those to which docxtpl gives a meaning of its own.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
# What a line of a table holds at the size of the template, roughly; EMU in a twentieth of a point.
_LETTERS, _TWIP = 95, 635
# Points, for a table that is too wide.
_SMALL, _BODY, _BOLD = 7, 10, 1.25
_HINT = "Start from a fresh one: chatcode note --save-template TEMPLATE.docx"


def own_template() -> bytes:
    """The template that comes with chatcode."""
    return TEMPLATE.read_bytes()


def render(document: Document, template: bytes | None = None) -> bytes:
    """Write a document as a .docx file through a template; without one, chatcode's own.

    A template is a program of its own, so it runs in a sandbox and sees the document only.

    Raises:
        ChatcodeError: the template is no Word file, asks for a word that documents do not have, or
            its marks do not close.
    """
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    opened = _open(own_template() if template is None else template)
    context: dict[str, Any] = {
        "title": _clean(document.title),
        "status": _clean(document.status),
        "blocks": [_view(block, document.lang, opened) for block in document.blocks],
    }
    _check(opened, environment, set(context))
    try:
        opened.render(context, environment, autoescape=True)
    except TemplateError as error:
        raise ChatcodeError("the template cannot be filled in: a word in it is not known", _HINT) from error
    _set_widths(opened, [block for block in context["blocks"] if block["kind"] == "table"])
    buffer = BytesIO()
    opened.save(buffer)
    return settled(buffer.getvalue(), title=_clean(document.title), lang=document.lang)


def check_template(template: bytes) -> None:
    """Try a template before there is a document for it.

    Raises:
        ChatcodeError: as `render` would.
    """
    render(Document("–", "nl", "–", ()), template)


def settled(data: bytes, *, title: str, lang: str) -> bytes:
    """A .docx file with its language set, no person and no moment in its properties, and fixed bytes.

    Word keeps the name of whoever edited a template; it must not travel with every note made of it.
    """
    import docx

    opened = docx.Document(BytesIO(data))
    properties = opened.core_properties
    for name in ("author", "last_modified_by", "comments", "category", "keywords", "subject", "version"):
        setattr(properties, name, "")
    properties.title, properties.language, properties.revision = title, LOCALES[lang], 1
    properties.created = properties.modified = properties.last_printed = _LONG_AGO
    _set_language(opened, LOCALES[lang])
    saved = BytesIO()
    opened.save(saved)
    return _with_fixed_dates(saved.getvalue())


def _open(template: bytes) -> DocxTemplate:
    from docxtpl import DocxTemplate

    opened = DocxTemplate(BytesIO(template))
    try:
        opened.init_docx()
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise ChatcodeError("the template is no Word file (.docx)", _HINT) from error
    return opened


def _check(opened: DocxTemplate, environment: SandboxedEnvironment, known: set[str]) -> None:
    from jinja2 import TemplateSyntaxError

    try:
        unknown = opened.get_undeclared_template_variables(environment) - known
    except TemplateSyntaxError as error:
        raise ChatcodeError("the template has a mark that does not close, or one too many", _HINT) from error
    if unknown:
        raise ChatcodeError(
            f"the template asks for {', '.join(sorted(unknown))}, which documents do not have",
            f"They have {', '.join(sorted(known))}. {_HINT}",
        )


# ── what a template sees ──────────────────────────────────────────────────────


def _view(block: object, lang: str, opened: DocxTemplate) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": f"heading{level}", "text": _clean(text)}
        case Paragraph(text, strong):
            return {"kind": "strong" if strong else "paragraph", "text": _clean(text)}
        case Listing(items, numbered):
            return {"kind": "numbered" if numbered else "list", "points": [_clean(item) for item in items]}
        case Box(title, paragraphs):
            return {"kind": "box", "title": _clean(title), "paragraphs": [_clean(p) for p in paragraphs]}
        case Table(detail=True):
            from chatcode.report.words import Words

            told = Words(lang)(
                "{table}: a long table; it is in the page and the workbook.", table=block.caption
            )
            return {"kind": "paragraph", "text": _clean(told)}
        case Table():
            return _table(block, lang)
        case Chart() | MeansChart():
            from chatcode.report import charts, means

            drawn = means.png(block, lang) if isinstance(block, MeansChart) else charts.png(block, lang)
            return {
                "kind": "chart",
                "caption": _clean(block.caption),
                "picture": _picture(drawn, block.alt, opened),
                "alt": _clean(block.alt),
            }
    raise TypeError(f"no such block: {type(block).__name__}")


def _table(table: Table, lang: str) -> dict[str, Any]:
    from chatcode.report.words import Words

    words = Words(lang)

    def cell(value: str | float | None, kind: Align) -> dict[str, object]:
        text = "" if value is None else _clean(words.cell(value, kind))
        return {"text": text, "number": kind in ("number", "share", "decimal", "p")}

    return {
        "kind": "table",
        "caption": _clean(table.caption),
        "columns": [_clean(column.title) for column in table.columns],
        "rows": [
            [cell(value, column.kind) for value, column in zip(row, table.columns, strict=True)]
            for row in table.rows
        ],
        "notes": [_clean(note) for note in table.notes],
    }


class _Picture:
    """A picture that says in words what is to be seen on it; docxtpl's own pictures do not."""

    def __init__(self, image: object, alt: str) -> None:
        self._image, self._alt = image, alt

    def __html__(self) -> str:
        """What a template is filled with: the picture's own XML, with the words put in."""
        from xml.sax.saxutils import quoteattr

        return str(self._image).replace("<wp:docPr ", f"<wp:docPr descr={quoteattr(self._alt)} ", 1)

    __str__ = __html__


def _picture(drawn: bytes, alt: str, opened: DocxTemplate) -> object:
    from docx.shared import Cm
    from docxtpl import InlineImage

    return _Picture(InlineImage(opened, BytesIO(drawn), width=Cm(16.4)), _clean(alt))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _set_widths(opened: DocxTemplate, tables: Sequence[Mapping[str, Any]]) -> None:
    """Give every column the room its words need; a template cannot know how many columns come.

    Tables that a template has of its own are left alone: they do not have the headings.
    """
    from docx.oxml.ns import qn
    from docx.shared import Pt, Twips

    waiting = list(tables)
    for word in opened.docx.tables:
        heads = ["".join(t.text or "" for t in tc.iter(qn("w:t"))) for tc in word._tbl.tr_lst[0].tc_lst]
        if not waiting or heads != waiting[0]["columns"]:
            continue
        needs, wide = _needs(waiting.pop(0))
        section = opened.docx.sections[0]
        room = section.page_width - section.left_margin - section.right_margin
        widths = [Twips(round(room / _TWIP * need / sum(needs))) for need in needs]
        word.autofit = False
        for grid, width in zip(word._tbl.tblGrid.gridCol_lst, widths, strict=False):
            grid.w = width
        if wide:
            # Words that do not fit are broken anywhere: smaller letters break fewer.
            for run in (run for c in word._cells for p in c.paragraphs for run in p.runs):
                run.font.size = Pt(_SMALL)
        for row in word._tbl.tr_lst:
            for cell, width in zip(row.tc_lst, widths, strict=False):
                cell.width = width


def _needs(table: Mapping[str, Any]) -> tuple[list[float], bool]:
    """Per column the letters it holds on a line: its longest word at least, more where its cells are long.

    And whether that is more than a line has.
    """
    every = [
        (title.split(), [row[place]["text"] for row in table["rows"]])
        for place, title in enumerate(table["columns"])
    ]

    def least(bold: float) -> list[int]:
        return [
            max(
                round(bold * max(map(len, title), default=1)),
                *(len(word) for c in cells for word in c.split()),
                1,
            )
            + 4
            for title, cells in every
        ]

    # Headings stand in bold, whose letters are a quarter wider. Small letters are taken where even
    # so a line cannot hold the words; then cells that are sentences get what small letters leave.
    room, holds = least(_BOLD), _LETTERS
    wide = sum(room) > _LETTERS
    if wide:
        room, holds = least(1), round(_LETTERS * _BODY / _SMALL)
    more = [
        max(0, min(60, max(map(len, cells), default=0)) - need)
        for (_, cells), need in zip(every, room, strict=True)
    ]
    spare = max(0, holds - sum(room))
    needs = [a + spare * b / max(1, sum(more)) for a, b in zip(room, more, strict=True)]
    return needs, wide


# ── the file ──────────────────────────────────────────────────────────────────


def _set_language(opened: WordDocument, locale: str) -> None:
    """Name the language of the text, for spelling and for screen readers."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    styles = opened.styles.element
    for found in styles.iter(qn("w:lang")):
        found.set(qn("w:val"), locale)
    normal = opened.styles["Normal"].element.get_or_add_rPr()
    if normal.find(qn("w:lang")) is None:
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), locale)
        normal.append(language)


def _with_fixed_dates(data: bytes) -> bytes:
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as before,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(zipfile.ZipInfo(name, _ZIP_DATE), before.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
