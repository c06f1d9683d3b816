"""Make `note.docx`, the Word template of documents: `python -m chatcode.report.templates.build_note`.

The template holds all of the layout; who wants another house style edits it in Word. Its words between
double braces are filled in from a document, its `{%p …` paragraphs disappear with what they decide.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from chatcode.report.docx import TEMPLATE, settled

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section
    from docx.styles.style import ParagraphStyle
    from docx.table import _Cell

INK, ACCENT, PALE = "1F2933", "1D4F73", "EAF1F6"
REMARK = (
    "Opmaak: deze sjabloon is in Word aan te passen. Pas lettertypen, kleuren, kop- en voettekst en de "
    "stijlen aan uw huisstijl aan. Laat wat tussen accolades staat heel; de regels met een procentteken "
    "verdwijnen in de notitie, net als deze opmerking."
)


def build() -> bytes:
    """The template as the bytes of a .docx file."""
    from docx import Document

    document = Document()
    _page(document)
    _styles(document)
    _content(document)
    _footer(document.sections[0])
    buffer = BytesIO()
    document.save(buffer)
    return settled(buffer.getvalue(), title="", lang="nl")


def _page(document: WordDocument) -> None:
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin, section.bottom_margin = Cm(1.7), Cm(1.6)


def _styles(document: WordDocument) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    styles = document.styles
    _set(styles["Normal"], size=10.5, after=5, colour=INK)
    _set(styles["Heading 1"], size=22, before=0, after=4, colour=ACCENT, bold=True, keep=True)
    _set(styles["Heading 2"], size=15, before=13, after=4, colour=ACCENT, bold=True, keep=True)
    _set(styles["Heading 3"], size=12, before=10, after=2, colour=ACCENT, bold=True, keep=True)
    _set(styles["Caption"], size=10, before=8, after=3, colour=INK, bold=True, keep=True)
    _set(styles["List Bullet"], size=10.5, after=3, colour=INK)
    _set(styles["List Number"], size=10.5, after=3, colour=INK)
    for name in ("Status", "Box Title", "Box Text", "Table Text", "Table Note"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    _set(styles["Status"], size=11, after=12, colour=ACCENT, bold=True)
    _set(styles["Box Title"], size=10.5, before=8, after=0, colour=INK, bold=True, keep=True)
    _set(styles["Box Text"], size=10.5, after=0, colour=INK)
    _set(styles["Table Text"], size=9, after=0, colour=INK)
    _set(styles["Table Note"], size=9, before=3, after=0, colour=INK)
    for name in ("Box Title", "Box Text"):
        _shade(styles[name].element.get_or_add_pPr())
        styles[name].paragraph_format.left_indent = Pt(8)
        styles[name].paragraph_format.right_indent = Pt(8)


def _set(
    style: ParagraphStyle,
    *,
    size: float,
    after: float,
    colour: str,
    before: float = 0,
    bold: bool = False,
    keep: bool = False,
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.bold, style.font.italic = "Calibri", Pt(size), bold, False
    # The theme's typeface would win over the one named here.
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    style.font.color.rgb = RGBColor.from_string(colour)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.keep_with_next = keep


def _content(document: WordDocument) -> None:
    def line(text: str, style: str = "Normal") -> None:
        document.add_paragraph(text, style=style)

    line("{#p " + REMARK + " #}")
    line("{{ title }}", "Heading 1")
    line("{{ status }}", "Status")
    line("{%p for block in blocks %}")
    line('{%p if block.kind == "heading2" %}')
    line("{{ block.text }}", "Heading 2")
    line('{%p elif block.kind == "heading3" %}')
    line("{{ block.text }}", "Heading 3")
    line('{%p elif block.kind == "paragraph" %}')
    line("{{ block.text }}")
    line('{%p elif block.kind == "strong" %}')
    document.add_paragraph().add_run("{{ block.text }}").bold = True
    line('{%p elif block.kind == "list" %}')
    line("{%p for point in block.points %}")
    line("{{ point }}", "List Bullet")
    line("{%p endfor %}")
    line('{%p elif block.kind == "numbered" %}')
    line("{%p for point in block.points %}")
    line("{{ loop.index }}. {{ point }}")
    line("{%p endfor %}")
    line('{%p elif block.kind == "box" %}')
    line("{{ block.title }}", "Box Title")
    line("{%p for text in block.paragraphs %}")
    line("{{ text }}", "Box Text")
    line("{%p endfor %}")
    line("")
    line('{%p elif block.kind == "table" %}')
    line("{{ block.caption }}", "Caption")
    _table(document)
    line("{%p for note in block.notes %}")
    line("{{ note }}", "Table Note")
    line("{%p endfor %}")
    line("", "Table Note")
    line('{%p elif block.kind == "chart" %}')
    line("{{ block.caption }}", "Caption")
    line("{{ block.picture }}")
    line("{%p endif %}")
    line("{%p endfor %}")


def _table(document: WordDocument) -> None:
    """A table of three rows in the template: the headings, and one that is repeated between two that go."""
    from docx.oxml import OxmlElement

    columns = [
        "{%tc for column in block.columns %}", "{{ column }}", "{%tc endfor %}",
    ]  # fmt: skip
    cells = [
        "{%tc for cell in row %}", "{%tc if cell.number %}", "{{ cell.text }}", "{%tc else %}",
        "{{ cell.text }}", "{%tc endif %}", "{%tc endfor %}",
    ]  # fmt: skip
    table = document.add_table(rows=4, cols=len(cells), style="Table Grid")
    head = table.rows[0]
    for cell in head.cells[len(columns) :]:
        head._tr.remove(cell._tc)
    for cell, text in zip(head.cells, columns, strict=False):
        _write(cell, text, bold=True)
        _shade(cell._tc.get_or_add_tcPr(), border=False)
    repeated = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeated)
    _write(table.rows[1].cells[0], "{%tr for row in block.rows %}")
    for place, (cell, text) in enumerate(zip(table.rows[2].cells, cells, strict=True)):
        _write(cell, text, right=place == 2)
    table.rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    _write(table.rows[3].cells[0], "{%tr endfor %}")


def _write(cell: _Cell, text: str, *, bold: bool = False, right: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = cell.paragraphs[0]
    paragraph.style = "Table Text"
    paragraph.add_run(text).bold = bold or None
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _shade(properties: BaseOxmlElement, *, border: bool = True) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if border:
        left = OxmlElement("w:left")
        for name, value in {"val": "single", "sz": "24", "space": "6", "color": ACCENT}.items():
            left.set(qn(f"w:{name}"), value)
        borders = OxmlElement("w:pBdr")
        borders.append(left)
        properties.insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    shade = OxmlElement("w:shd")
    for name, value in {"val": "clear", "color": "auto", "fill": PALE}.items():
        shade.set(qn(f"w:{name}"), value)
    properties.insert_element_before(shade, "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:vAlign")


def _footer(section: Section) -> None:
    """The title and `page / pages`, as fields that Word works out."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Table Note"
    paragraph.add_run("{{ title }}  ·  ")
    for place, instruction in enumerate(("PAGE", "NUMPAGES")):
        if place:
            paragraph.add_run(" / ")
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), instruction)
        run = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = "1"
        run.append(text)
        field.append(run)
        paragraph._p.append(field)


if __name__ == "__main__":
    Path(TEMPLATE).write_bytes(build())
