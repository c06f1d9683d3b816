"""The table of marks: people's marks, and nothing of the machine where nobody has rated."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

import pytest

from chatcode.analysis.assessment import Cell
from chatcode.codebook import Codebook
from chatcode.report.document import Heading, Listing
from chatcode.report.table import UNRATED, assessment_table

CODEBOOK = Codebook.load()


def cell(
    intervention, researcher=None, *, proposed=None, administrator=None, final=None, flag=None, reason=None
):
    counts = {"measure": "flow", "period": {"seen_days": 417}}
    return Cell("Noord", intervention, proposed, researcher, administrator, final, flag, reason, counts)


def texts(part):
    """Every string of a document, in order."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple | list):
        for one in part:
            yield from texts(one)
    elif is_dataclass(part):
        for one in fields(part):
            yield from texts(getattr(part, one.name))


def table(chat, cells, lang="nl"):
    return assessment_table(cells, CODEBOOK, lang=lang, layer=chat([]))


def row(document, intervention, number=0):
    return document.tables()[number].rows[intervention - 1]


def test_an_unrated_cell_is_a_dash_and_shows_no_count(chat):
    document = table(chat, [cell(n) for n in range(1, 12)])
    assert {line[1] for line in document.tables()[0].rows} == {UNRATED}
    assert document.tables()[1].rows == ()
    assert "417" not in " ".join(texts(document))


def test_a_mark_comes_with_its_words(chat):
    assert row(table(chat, [cell(3, "~")]), 3)[1] == "~ deels, weinig veranderd"
    assert row(table(chat, [cell(3, "~")], "en"), 3)[1] == "~ partly, little change"


def test_marks_stand_in_the_order_of_those_who_gave_them(chat):
    document = table(chat, [cell(3, "~", administrator="✓", final="=")])
    assert row(document, 3)[1] == "~ → ✓ → = voortgezet, was al gewoon"


def test_a_mark_that_nobody_changed_stands_once(chat):
    assert row(table(chat, [cell(3, "~", administrator="~", final="~")]), 3)[1].count("~") == 1


def test_a_flag_is_told_in_words_and_may_stand_alone(chat):
    assert row(table(chat, [cell(3, "", flag="not_agreed")]), 3)[1] == "vooraf niet afgesproken"
    assert "afgenomen" in row(table(chat, [cell(3, "~", flag="decline")]), 3)[1]


@pytest.mark.parametrize(
    ("researcher", "proposed", "shown"),
    [
        ("✓", "✓", "✓"),
        ("✓", "=", "= ≠"),
        ("=", "✓ or =", "✓ of ="),
        ("~", "✓ or =", "✓ of = ≠"),
        ("~", None, UNRATED),
    ],
)
def test_a_proposal_that_differs_is_marked(chat, researcher, proposed, shown):
    document = table(chat, [cell(3, researcher, proposed=proposed, reason="omdat")])
    _, mark, proposal, _, reason, _ = document.tables()[1].rows[0]
    assert (mark, proposal, reason) == (researcher, shown, "omdat")


def test_the_proposal_has_no_place_in_the_table_of_marks(chat):
    assert "X" not in row(table(chat, [cell(3, "~", proposed="X")]), 3)[1]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_legend_says_what_marks_do_not_say(chat, lang):
    told = " ".join(texts(table(chat, [cell(1, "✓")], lang)))
    assert {"nl": "effect op de veiligheid", "en": "effect on safety"}[lang] in told
    assert {"nl": "niet gezien in de app", "en": "not seen in the chat"}[lang] in told


def test_it_says_how_many_cells_are_rated(chat):
    document = table(chat, [cell(1, "✓"), cell(2), cell(3, "X")])
    assert "2 van de 3 vakken zijn beoordeeld." in list(texts(document))


def test_its_sheets_have_names(chat):
    assert [t.sheet for t in table(chat, []).tables()][:2] == ["Oordelen", "Redenen"]


@pytest.mark.parametrize(("days", "words"), [(0, "X niet gezien"), (27, "X niet uitgevoerd")])
def test_an_x_does_not_deny_what_was_seen(chat, days, words):
    judged = cell(10, "X")
    judged.counts["period"]["seen_days"] = days
    assert row(table(chat, [judged]), 10)[1] == words


def test_before_the_table_each_area_says_in_words_which_marks_it_has(chat):
    cells = [cell(3, "✓"), cell(9, "X"), cell(4, "~", final="", flag="no_agreement"), cell(5)]
    told = next(part for part in table(chat, cells, "en").blocks if hasattr(part, "items"))
    assert [point.partition(":")[0] for point in told.items] == [
        "✓ carried out and strengthened", "X not carried out", "No mark, or no agreement",
    ]  # fmt: skip
    assert "5." not in " ".join(told.items)


def test_each_area_s_words_stand_under_its_name(chat):
    blocks = table(chat, [cell(1, "✓")]).blocks
    place = next(n for n, block in enumerate(blocks) if isinstance(block, Listing))
    assert blocks[place - 1] == Heading("Noord", level=3)


def test_conventions_are_printed_as_they_are(chat):
    found = next(t for t in table(chat, [], "en").tables() if t.sheet == "Conventions")
    assert {line[0]: line[1] for line in found.rows}["least rise of the share answered for ✓"] == "0.15"
