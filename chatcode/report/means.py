"""Charts of means: two groups over the moments of a survey, with the intervals around them."""

from __future__ import annotations

import io
import textwrap
from typing import TYPE_CHECKING

from chatcode.report.charts import INK, OPPOSITE, SEEN, for_page, same_everywhere
from chatcode.report.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from chatcode.report.document import MeansChart, MeansPanel

# Per line of a panel its colour, sign and stroke: told apart without colour too.
_LOOKS = ((SEEN, "o", "-"), (OPPOSITE, "s", "--"))
# Of the picture for Word, in inches.
_ACROSS, _CELL, _FOOT = 3, (3.15, 2.05), 0.45


def svgs(chart: MeansChart, lang: str) -> tuple[str, ...]:
    """Draw every panel as an SVG of its own, in the colours of the page."""
    from matplotlib.figure import Figure

    w = Words(lang)
    drawn = []
    for panel in chart.panels:
        stream = io.StringIO()
        with same_everywhere():
            figure = Figure(figsize=(3.5, 1.9))
            _draw(figure.add_axes((0.12, 0.15, 0.86, 0.82)), chart, panel, w, size=9)
            figure.savefig(stream, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        drawn.append(for_page(stream.getvalue(), f"{chart.caption}\n{panel.title}", told(panel, w)))
    return tuple(drawn)


def png(chart: MeansChart, lang: str, dpi: int = 200) -> bytes:
    """Draw all panels and what their signs mean as one PNG on white."""
    from matplotlib.figure import Figure

    down = max(1, -(-len(chart.panels) // _ACROSS))
    width, height = _ACROSS * _CELL[0], down * _CELL[1] + _FOOT
    stream = io.BytesIO()
    with same_everywhere():
        figure = Figure(figsize=(width, height))
        for place, panel in enumerate(chart.panels):
            across, line = place % _ACROSS, place // _ACROSS
            left, bottom = across * _CELL[0] + 0.4, height - (line + 1) * _CELL[1] + 0.3
            axes = figure.add_axes((left / width, bottom / height, 2.6 / width, 1.3 / height))
            title = textwrap.wrap(panel.title, 36, max_lines=2, placeholder=" …")
            axes.set_title("\n".join(title), fontsize=9, color=INK, loc="left", parse_math=False)
            _draw(axes, chart, panel, Words(lang), size=8)
        foot = "\n".join(textwrap.wrap(key(lang), 115))
        figure.text(0.3 / width, 0.1 / height, foot, fontsize=8, color=INK, va="bottom")
        figure.savefig(stream, format="png", dpi=dpi, metadata={"Software": None})
    return stream.getvalue()


def key(lang: str) -> str:
    """What the signs of such a chart mean."""
    w = Words(lang)
    return w(
        "A sign is a mean, the bar through it its 95% interval. Every small chart has a scale of its own."
    )


def told(panel: MeansPanel, w: Words) -> str:
    """A panel in words: the means of each group in their order."""
    lines = (
        f"{line.name}: {' → '.join('–' if p is None else w.decimal(p.value) for p in line.points)}"
        for line in panel.lines
    )
    return f"{panel.title}. {'; '.join(lines)}"


def _tick(value: float, w: Words) -> str:
    """A number with the decimals it has, two at the most."""
    fewest = next((n for n in (0, 1) if abs(value - round(value, n)) < 1e-9), 2)
    return w.decimal(value, fewest) if fewest else w.number(round(value))


def _draw(axes: Axes, chart: MeansChart, panel: MeansPanel, w: Words, *, size: float) -> None:
    from matplotlib.ticker import MaxNLocator

    aside = 0.06
    for place, (line, (colour, sign, stroke)) in enumerate(zip(panel.lines, _LOOKS, strict=False)):
        shift = aside * (place * 2 - 1)
        points = [(x + shift, point) for x, point in enumerate(line.points) if point is not None]
        if not points:
            continue
        axes.errorbar(
            [x for x, _ in points],
            [point.value for _, point in points],
            yerr=[
                [point.value - point.low for _, point in points],
                [point.high - point.value for _, point in points],
            ],
            color=colour, marker=sign, linestyle=stroke, markersize=5, linewidth=1.4, capsize=3,
        )  # fmt: skip
        # The name stands beside the last sign, on the side where the other line is not.
        x, last = points[-1]
        axes.annotate(
            line.name, (x, last.value), xytext=(8, 0), textcoords="offset points", fontsize=size, color=INK,
            va="center",
        )  # fmt: skip
    axes.set_xlim(-0.35, len(chart.moments) - 0.35)
    axes.set_xticks(range(len(chart.moments)), chart.moments)
    axes.tick_params(colors=INK, labelsize=size, length=2)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4))
    axes.yaxis.set_major_formatter(lambda value, _: _tick(value, w))
    for side, spine in axes.spines.items():
        spine.set_visible(side == "left")
        spine.set_color(INK)
