"""A document in the terminal: all of it as text, never as markup."""

from __future__ import annotations

import io

from rich.console import Console

from chatcode.report.document import Column, Document, Paragraph, Table
from chatcode.report.terminal import show

from .specimen import DOCUMENT


def shown(document, width=100):
    stream = io.StringIO()
    show(document, Console(file=stream, width=width, force_terminal=False))
    return stream.getvalue()


def test_every_block_is_shown():
    text = shown(DOCUMENT)
    for part in ("Buurtpreventie", "In het kort", "1. een", "1.234", "september 2020", "Let op", "2. Werven"):
        assert part in text


def test_square_brackets_are_text():
    assert "[bold]x[/bold] [Deelnemer-01]" in shown(
        Document("t", "en", "s", (Paragraph("[bold]x[/bold] [Deelnemer-01]"),))
    )


def test_bars_show_heights_gaps_and_where_the_period_begins():
    lines = shown(DOCUMENT).splitlines()
    place = next(n for n, line in enumerate(lines) if "Terugkoppelen &" in line)
    assert lines[place].endswith("█ ·▃▃▃▃▃▃▃▃▃│▃▃▃▃▃▃▃▃▃▃▃▃")
    assert lines[place + 1].strip() == "−             │        ▆▆▆▆"


def test_no_word_is_cut_off_in_a_narrow_window():
    heads = tuple(Column(f"Onderzoeksperiode {n}") for n in range(6))
    stream = io.StringIO()
    console = Console(file=stream, width=60, force_terminal=True, color_system=None)
    show(Document("t", "nl", "s", (Table("c", heads, (("aanspreekbaarheid",) * 6,)),)), console)
    assert "…" not in stream.getvalue()


def test_what_goes_to_a_file_is_not_folded_to_a_window():
    assert "x" * 110 in shown(Document("t", "nl", "s", (Paragraph("x" * 110),)), width=40)


def test_a_long_table_is_cut_and_says_so():
    table = Table("c", (Column("a"),), tuple((f"rij {n}",) for n in range(100)))
    text = shown(Document("t", "en", "s", (table,)))
    assert "rij 59" in text
    assert "rij 60" not in text
    assert "…" in text
