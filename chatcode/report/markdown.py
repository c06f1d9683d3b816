"""A document as Markdown."""

from __future__ import annotations

import re

from chatcode.report.charts import events
from chatcode.report.document import (
    Block,
    Box,
    Chart,
    Document,
    Heading,
    Listing,
    MeansChart,
    Paragraph,
    Table,
)
from chatcode.report.words import Words

_FIGURES = ("number", "share", "decimal", "p")


def render(document: Document) -> bytes:
    """Write a document as Markdown in UTF-8; charts are told in words."""
    words = Words(document.lang)
    parts = [f"# {_plain(document.title)}", f"*{_plain(document.status)}*"]
    parts += [_block(block, words) for block in document.blocks]
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def _block(block: Block, words: Words) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_plain(block.text)}"
    if isinstance(block, Paragraph):
        return f"**{_plain(block.text)}**" if block.strong else _plain(block.text)
    if isinstance(block, Listing):
        return "\n".join(
            f"{f'{n}.' if block.numbered else '-'} {_plain(item)}" for n, item in enumerate(block.items, 1)
        )
    if isinstance(block, Box):
        lines = [f"**{_plain(block.title)}**", *map(_plain, block.paragraphs)]
        return "\n>\n".join(f"> {line}" for line in lines)
    if isinstance(block, Chart):
        told = " ".join((block.alt, *events(block)))
        return f"*{_plain(block.caption)}.* {_plain(told)}"
    if isinstance(block, MeansChart):
        return f"*{_plain(block.caption)}.* {_plain(block.alt)}"
    return _table(block, words)


def _table(table: Table, words: Words) -> str:
    lines = [f"**{_plain(table.caption)}**", ""]
    lines.append("| " + " | ".join(_plain(column.title) for column in table.columns) + " |")
    lines.append("|" + "|".join("--:" if c.kind in _FIGURES else "---" for c in table.columns) + "|")
    lines += [
        "| "
        + " | ".join(_plain(words.cell(value, c.kind)) for value, c in zip(row, table.columns, strict=True))
        + " |"
        for row in table.rows
    ]
    if table.notes:
        lines += [line for note in table.notes for line in ("", _plain(note))]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Text on one line, with the signs that Markdown would read as its own made plain."""
    text = " ".join(text.splitlines()).strip()
    for sign in "\\`*_[]<>|~#":
        text = text.replace(sign, f"\\{sign}")
    # `&` is a sign of its own, unless it reads as the name of one.
    text = re.sub(r"&(?=\w+;)", r"\\&", text)
    # At the beginning of a line these make a heading of the line before, or a list.
    text = re.sub(r"^(\s*)([=+-])", r"\1\\\2", text)
    return re.sub(r"^(\s*\d+)([.)])", r"\1\\\2", text)
