"""A document in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatcode.report.document import Block, Box, Chart, Document, Heading, Listing, Panel, Paragraph, Table
from chatcode.report.words import Words

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_BARS = " ▁▂▃▄▅▆▇█"
# Longer tables are for the workbook.
_LONGEST = 60


def show(document: Document, console: Console | None = None) -> None:
    """Print a document; its words are never read as markup."""
    from rich.console import Console
    from rich.text import Text

    console = console or Console()
    words = Words(document.lang)
    console.print(Text(document.title, style="bold"))
    console.print(Text(document.status, style="italic"))
    for block in document.blocks:
        console.print(_block(block, words))


def _block(block: Block, words: Words) -> RenderableType:
    from rich.console import Group
    from rich.panel import Panel as Frame
    from rich.text import Text

    if isinstance(block, Heading):
        return Text(f"\n{block.text}", style="bold underline" if block.level == 2 else "bold")
    if isinstance(block, Paragraph):
        return Text(block.text, style="bold" if block.strong else "")
    if isinstance(block, Listing):
        return Text(
            "\n".join(
                f"  {f'{n}.' if block.numbered else '•'} {item}" for n, item in enumerate(block.items, 1)
            )
        )
    if isinstance(block, Box):
        return Frame(Text("\n".join(block.paragraphs)), title=Text(block.title), title_align="left")
    if isinstance(block, Chart):
        lines = [Text(block.caption, style="bold"), *(_panel(panel) for panel in block.panels)]
        return Group(*lines)
    return _table(block, words)


def _panel(panel: Panel) -> RenderableType:
    from rich.text import Text

    text = Text(f"  {panel.title[:34]:34} ")
    text.append(_bars(panel.seen), style="bold")
    if any(panel.opposite):
        text.append("  − ")
        text.append(_bars(panel.opposite))
    return text


def _bars(values: tuple[float | None, ...]) -> str:
    top = max((value for value in values if value), default=1)
    return "".join("·" if v is None else _BARS[round(v / top * (len(_BARS) - 1))] for v in values)


def _table(table: Table, words: Words) -> RenderableType:
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(
        title=Text(table.caption, style="bold"), title_justify="left", caption=Text("\n".join(table.notes))
    )
    for column in table.columns:
        grid.add_column(Text(column.title), justify="right" if column.kind in ("number", "share") else "left")
    for row in table.rows[:_LONGEST]:
        grid.add_row(*(Text(words.cell(v, c.kind)) for v, c in zip(row, table.columns, strict=True)))
    if len(table.rows) > _LONGEST:
        grid.add_row(*(Text("…") for _ in table.columns))
    return grid
