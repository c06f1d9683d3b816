"""Charts: small multiples, seen above the axis and the opposite below, readable without colour."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from chatcode.report.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from chatcode.report.document import Chart, Panel

# Okabe and Ito's blue and orange: told apart by everybody, and in grey by their lightness.
_SEEN, _OPPOSITE, _INK = "#0072B2", "#E69F00", "#1d1d1e"
_ACROSS = 3


def svg(chart: Chart, lang: str) -> str:
    """Draw a chart as SVG: text stays text and takes the page's colour; the same figures, the same bytes."""
    from matplotlib import rc_context

    with rc_context({"svg.hashsalt": "chatcode", "svg.fonttype": "none", "font.family": "sans-serif"}):
        stream = io.StringIO()
        _draw(chart, lang).savefig(
            stream, format="svg", transparent=True, metadata={"Date": None, "Creator": None}
        )
    drawn = stream.getvalue()
    drawn = drawn[drawn.index("<svg") :].replace(_INK, "currentColor")
    # Several drawings share a page: their inner names must differ, and each needs its words.
    return drawn.replace("<svg", f'<svg role="img" aria-label="{_attribute(chart.alt)}"', 1)


def png(chart: Chart, lang: str, dpi: int = 200) -> bytes:
    """Draw a chart as PNG on white."""
    stream = io.BytesIO()
    _draw(chart, lang).savefig(stream, format="png", dpi=dpi, metadata={"Software": None})
    return stream.getvalue()


def _draw(chart: Chart, lang: str) -> Figure:
    from matplotlib.figure import Figure

    words = Words(lang)
    down = max(1, -(-len(chart.panels) // _ACROSS))
    figure = Figure(figsize=(10, 1.75 * down + 0.35), layout="constrained")
    values = [v for panel in chart.panels for v in (*panel.seen, *panel.opposite) if v]
    top = max(values, default=1)
    low = max((v for panel in chart.panels for v in panel.opposite if v), default=0)
    grid: Any = figure.subplots(down, _ACROSS, squeeze=False, sharey=True)
    cells = [axes for row in grid for axes in row]
    for place, axes in enumerate(cells):
        if place < len(chart.panels):
            _panel(axes, chart, chart.panels[place], words)
            axes.set_ylim(-max(low * 1.15, top * 0.12), top * 1.15)
        else:
            axes.set_axis_off()
    return figure


def _panel(axes: Axes, chart: Chart, panel: Panel, words: Words) -> None:
    from matplotlib.ticker import MaxNLocator

    places = range(len(chart.months))
    axes.bar(places, [v or 0 for v in panel.seen], color=_SEEN, width=0.85)
    axes.bar(
        places,
        [-(v or 0) for v in panel.opposite],
        color=_OPPOSITE,
        edgecolor=_INK,
        hatch="////",
        width=0.85,
        lw=0.4,
    )
    gaps = [place for place, value in enumerate(panel.seen) if value is None]
    axes.plot(gaps, [0] * len(gaps), "x", color=_INK, markersize=3, linestyle="none")
    axes.axhline(0, color=_INK, lw=0.8)
    if 0 < chart.baseline < len(chart.months):
        axes.axvline(chart.baseline - 0.5, color=_INK, lw=0.9, linestyle="--")
    title = panel.title if len(panel.title) <= 38 else panel.title[:37] + "…"
    axes.set_title(title, fontsize=8.5, color=_INK, loc="left")
    ticks = [place for place, month in enumerate(chart.months) if month[5:] in ("01", "07")]
    axes.set_xticks(ticks, [words.month(chart.months[t], short=True) for t in ticks], fontsize=7)
    axes.tick_params(colors=_INK, labelsize=7, length=2)
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    for side, spine in axes.spines.items():
        spine.set_visible(side == "left")
        spine.set_color(_INK)


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
