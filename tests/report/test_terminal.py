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


def test_bars_show_gaps_and_heights():
    line = next(line for line in shown(DOCUMENT).splitlines() if "Terugkoppelen" in line)
    assert "█ ·▃" in line


def test_a_long_table_is_cut_and_says_so():
    table = Table("c", (Column("a"),), tuple((f"rij {n}",) for n in range(100)))
    text = shown(Document("t", "en", "s", (table,)))
    assert "rij 59" in text
    assert "rij 60" not in text
    assert "…" in text
