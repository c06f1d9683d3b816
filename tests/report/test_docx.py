"""Word files: laid out by a template that the evaluator edits, and nobody's name in them."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx as word
import pytest

from chatcode.errors import ChatcodeError
from chatcode.report.document import (
    Box,
    Chart,
    Column,
    Document,
    Heading,
    Listing,
    Panel,
    Paragraph,
    Table,
)
from chatcode.report.docx import check_template, own_template, render
from chatcode.report.templates.build_note import build
from chatcode.report.words import Words

EVERY_BLOCK = Document(
    "Oost & ’t Zand <2024>",
    "nl",
    "tussentijds",
    (
        Heading("Een deel"),
        Heading("Een stuk", 3),
        Paragraph("Gewone tekst met {{ haken }} en {% if %}, é ✓ ~ = X"),
        Paragraph("Sterke tekst", strong=True),
        Listing(("punt een", "punt twee")),
        Listing(("stap een", "stap twee"), numbered=True),
        Box("Let op", ("eerste & laatste",)),
        Table(
            "Aantallen",
            (Column("Gebied"), Column("Dagen", "number"), Column("Deel", "share"), Column("Toelichting")),
            (("Noord", 1200, 0.5, "kort"), ("West", None, None, "een langere toelichting bij West")),
            ("Een noot",),
        ),
        Table("Leeg", (Column("Gebied"),), ()),
    ),
)


def opened(data: bytes):
    return word.Document(BytesIO(data))


def template(*paragraphs: str) -> bytes:
    made = word.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    made.core_properties.author = "Iemand"
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def rendered():
    return opened(render(EVERY_BLOCK))


def test_every_block_arrives_as_it_was_written(rendered):
    texts = [paragraph.text for paragraph in rendered.paragraphs]
    for expected in (
        "Oost & ’t Zand <2024>",
        "tussentijds",
        "Een deel",
        "Gewone tekst met {{ haken }} en {% if %}, é ✓ ~ = X",
        "punt een",
        "2. stap twee",
        "Let op",
        "eerste & laatste",
        "Een noot",
    ):
        assert expected in texts


def test_headings_are_headings_to_a_screen_reader(rendered):
    styles = {paragraph.text: paragraph.style.name for paragraph in rendered.paragraphs}
    assert styles["Oost & ’t Zand <2024>"] == "Heading 1"
    assert styles["Een deel"] == "Heading 2"
    assert styles["Een stuk"] == "Heading 3"
    assert styles["punt een"] == "List Bullet"


def test_a_table_shows_numbers_in_the_language_and_nothing_for_none(rendered):
    rows = [[cell.text for cell in row.cells] for row in rendered.tables[0].rows]
    assert rows[0] == ["Gebied", "Dagen", "Deel", "Toelichting"]
    assert rows[1] == ["Noord", "1.200", Words("nl").share(0.5), "kort"]
    assert rows[2][1:3] == ["", ""]


def test_the_head_of_a_table_is_repeated_on_every_page(rendered):
    for table in rendered.tables:
        assert table._tbl.tr_lst[0].trPr.xpath("w:tblHeader")


def test_a_table_fills_the_width_of_the_page_and_long_cells_get_more_of_it(rendered):
    section = rendered.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    widths = [cell.width for cell in rendered.tables[0].rows[1].cells]
    assert sum(widths) == pytest.approx(room, rel=0.01)
    assert max(widths) == widths[3]


def test_the_remark_for_who_edits_the_template_stays_in_the_template(rendered):
    assert "Opmaak" in opened(own_template()).paragraphs[0].text
    assert not any("Opmaak" in paragraph.text for paragraph in rendered.paragraphs)


@pytest.mark.parametrize(("lang", "locale"), [("nl", "nl-NL"), ("en", "en-GB")])
def test_the_language_is_named(lang, locale):
    made = opened(render(Document("T", lang, "s", ())))
    found = made.styles.element.xpath("//w:lang/@w:val")
    assert found
    assert set(found) == {locale}
    assert made.core_properties.language == locale


def test_the_properties_hold_a_title_and_no_person():
    made = opened(render(Document("De titel", "nl", "s", ()), template("{{ title }}")))
    assert made.core_properties.title == "De titel"
    assert (made.core_properties.author, made.core_properties.last_modified_by) == ("", "")


def test_the_same_document_gives_the_same_bytes():
    assert render(EVERY_BLOCK) == render(EVERY_BLOCK)


def test_the_template_is_the_one_that_its_builder_makes():
    def parts(data):
        with zipfile.ZipFile(BytesIO(data)) as file:
            return {name: file.read(name) for name in file.namelist()}

    assert parts(own_template()) == parts(build())


def test_characters_that_a_file_cannot_hold_are_left_out():
    made = opened(render(Document("T", "nl", "s", (Paragraph("voor\x00\x07\x0cna"),))))
    assert "voorna" in [paragraph.text for paragraph in made.paragraphs]


def test_a_chart_is_a_picture_with_words():
    months = ("2020-09", "2020-10")
    chart = Chart("Per maand", months, 0, (Panel("1. Een", (1, None), (0, 2)),), "dagen", 'Te zien: "meer"')
    made = opened(render(Document("T", "nl", "s", (chart,))))
    assert made.element.body.xpath("//wp:docPr/@descr") == ['Te zien: "meer"']


# ── templates of others ───────────────────────────────────────────────────────


def test_a_house_style_of_its_own_is_followed():
    own = template("Gemeente Waterstad", "{{ title }} ({{ status }})")
    texts = [paragraph.text for paragraph in opened(render(EVERY_BLOCK, own)).paragraphs]
    assert texts == ["Gemeente Waterstad", "Oost & ’t Zand <2024> (tussentijds)"]


def test_an_unknown_word_is_named():
    with pytest.raises(ChatcodeError, match="gemeente"):
        render(EVERY_BLOCK, template("{{ title }} {{ gemeente }}"))


def test_an_unknown_part_of_a_block_is_refused():
    own = template("{%p for block in blocks %}", "{{ block.colour }}", "{%p endfor %}")
    with pytest.raises(ChatcodeError, match="not known"):
        render(EVERY_BLOCK, own)


def test_a_mark_that_does_not_close_is_refused():
    with pytest.raises(ChatcodeError, match="does not close"):
        check_template(template("{%p for block in blocks %}", "tekst"))


@pytest.mark.parametrize("data", [b"", b"geen zip", own_template()[:200]])
def test_what_is_no_word_file_is_refused(data):
    with pytest.raises(ChatcodeError, match="no Word file"):
        check_template(data)


def test_a_template_reaches_nothing_but_the_document():
    with pytest.raises(ChatcodeError):
        check_template(template("{{ title.__class__.__mro__ }}"))
