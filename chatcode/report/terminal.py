"""A document in the terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from chatcode.report.charts import events
from chatcode.report.document import (
    Block,
    Box,
    Chart,
    Document,
    Heading,
    Listing,
    MeansChart,
    MeansPanel,
    Panel,
    Paragraph,
    Table,
)
from chatcode.report.words import Words

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_BARS = " ▁▂▃▄▅▆▇█"
# Longer tables are for the workbook.
_LONGEST = 60
_WIDE = 120


def show(document: Document, console: Console | None = None) -> None:
    """Print a document; its words are never read as markup."""
    from rich.console import Console
    from rich.text import Text

    console = console or Console()
    if not console.is_terminal:
        # Nobody's window is the limit: a file or a pipe takes longer lines.
        console.width = max(console.width, _WIDE)
    words = Words(document.lang)
    console.print(Text(document.title, style="bold"))
    console.print(Text(document.status, style="italic"))
    for block in document.blocks:
        console.print(_block(block, words))


def _block(block: Block, words: Words) -> RenderableType:
    from rich.console import Group
    from rich.panel import Panel as Frame
    from rich.table import Table as Grid
    from rich.text import Text

    if isinstance(block, Heading):
        return Text(f"\n{block.text}", style="bold underline" if block.level == 2 else "bold")
    if isinstance(block, Paragraph):
        return Text(block.text, style="bold" if block.strong else "")
    if isinstance(block, Listing):
        points = Grid.grid(padding=(0, 1))
        for n, item in enumerate(block.items, 1):
            points.add_row(f"  {n}." if block.numbered else "  •", Text(item))
        return points
    if isinstance(block, Box):
        return Frame(Text("\n".join(block.paragraphs)), title=Text(block.title), title_align="left")
    if isinstance(block, Chart):
        panels = (_panel(panel, block) for panel in block.panels)
        return Group(Text(block.caption, style="bold"), *panels, *map(Text, events(block)))
    if isinstance(block, MeansChart):
        return Group(Text(block.caption, style="bold"), *(_means(panel, words) for panel in block.panels))
    return _table(block, words)


def _panel(panel: Panel, chart: Chart) -> RenderableType:
    """A panel as a line of bars, and one more below it where there was any opposite."""
    from rich.text import Text

    top = max((v for p in chart.panels for v in (*p.seen, *p.opposite) if v), default=1)
    text = Text(f"  {panel.title[:40]:40} ", no_wrap=True)
    text.append(_bars(panel.seen, top, chart.baseline), style="bold")
    if any(panel.opposite):
        text.append(f"\n{'−':>42} {_bars(panel.opposite, top, chart.baseline)}")
    return text


def _means(panel: MeansPanel, words: Words) -> RenderableType:
    """The means of each group in their order, with an arrow between."""
    from rich.text import Text

    told = (
        f"{line.name} {' → '.join('–' if p is None else words.decimal(p.value) for p in line.points)}"
        for line in panel.lines
    )
    return Text(f"  {panel.title[:50]:50} {' · '.join(told)}")


def _bars(values: tuple[float | None, ...], top: float, baseline: int) -> str:
    """A bar a month, a point where there is no figure, and a line where the period begins."""
    bars = ["·" if v is None else _BARS[math.ceil(v / top * (len(_BARS) - 1))] for v in values]
    if 0 < baseline < len(values):
        bars.insert(baseline, "│")
    return "".join(bars)


def _table(table: Table, words: Words) -> RenderableType:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(
        box=SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        title=Text(table.caption, style="bold"),
        title_justify="left",
        caption=Text("\n".join(table.notes)),
        caption_justify="left",
    )
    for column in table.columns:
        figures = column.kind in ("number", "share", "decimal", "p")
        grid.add_column(Text(column.title), justify="right" if figures else "left", overflow="fold")
    for row in table.rows[:_LONGEST]:
        grid.add_row(*(Text(words.cell(v, c.kind)) for v, c in zip(row, table.columns, strict=True)))
    if len(table.rows) > _LONGEST:
        grid.add_row(*(Text("…") for _ in table.columns))
    return grid
