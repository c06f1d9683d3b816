"""A document before it has a format: what it says, in order, and nothing of how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

# What a cell holds: words, a count, a share between 0 and 1 (shown as a percentage), a day
# ("YYYY-MM-DD") or month ("YYYY-MM") under a column of that kind, or nothing. A decimal is shown with two
# decimals, such as a mean; a p with three, and never as nought.
CellValue = str | int | float | None
Row = tuple[CellValue, ...]
Align = Literal["text", "number", "share", "date", "month", "decimal", "p"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 2 opens a part, level 3 a section of it (level 1 is the title)."""

    text: str
    level: Literal[2, 3] = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `strong` where it is what a reader in a hurry must see."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of points, numbered where their order is meant."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A remark set apart: a limit, a warning, what exports cannot show."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `kind` says how its cells are set."""

    title: str
    kind: Align = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row is the row's heading. `sheet` names it in a workbook.

    `detail` is one that readers need not see at once: every count, for those who reckon further.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    sheet: str = ""
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One small chart: per month how often something was seen, and its opposite below the axis.

    A value of None is a month that gives no figure: not covered, or too little reviewed.
    """

    title: str
    seen: tuple[float | None, ...]
    opposite: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """Something outside the chats, marked under a chart from its first month to its last ("YYYY-MM")."""

    first: str
    last: str
    told: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Small charts over the same months ("YYYY-MM"), on the same scale.

    `baseline` is how many of the months, from the left, lie before the experiment. `alt` says
    in words what is to be seen, for those who do not see it. `events` are numbered from 1.
    """

    caption: str
    months: tuple[str, ...]
    baseline: int
    panels: tuple[Panel, ...]
    unit: str
    alt: str
    events: tuple[Marked, ...] = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with the interval around it."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """The means of one group, one per moment; None where there is none."""

    name: str
    points: tuple[Estimate | None, ...]


@dataclass(frozen=True, slots=True)
class MeansPanel:
    """One small chart: the means of two groups over the same moments."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class MeansChart:
    """Small charts of means with their intervals, each on its own scale; `alt` says them in words."""

    caption: str
    moments: tuple[str, ...]
    panels: tuple[MeansPanel, ...]
    alt: str


Block = Heading | Paragraph | Listing | Box | Table | Chart | MeansChart


@dataclass(frozen=True, slots=True)
class Document:
    """A title, a line on its standing, and blocks; `lang` is nl or en."""

    title: str
    lang: str
    status: str
    blocks: Sequence[Block]

    def tables(self) -> list[Table]:
        """Its tables in order."""
        return [block for block in self.blocks if isinstance(block, Table)]
