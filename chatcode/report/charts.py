"""Charts: small multiples, seen above the axis and the opposite below, readable without colour."""

from __future__ import annotations

import hashlib
import io
import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chatcode.report.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from chatcode.report.document import Chart, Panel

# Okabe and Ito's blue and orange: told apart by everybody, and in grey by their lightness.
SEEN, OPPOSITE, INK = "#0072b2", "#e69f00", "#1d1d1e"
_OF_THE_PAGE = {
    SEEN: f"var(--seen, {SEEN})",
    OPPOSITE: f"var(--opposite, {OPPOSITE})",
    INK: "currentColor",
}
# Of the picture for Word, in inches: a panel with its words, and the line below all.
_ACROSS, _CELL, _FOOT = 3, (3.15, 1.85), 0.45
_TYPEFACE = "DejaVu Sans"  # comes with matplotlib


def svgs(chart: Chart, lang: str) -> tuple[str, ...]:
    """Draw every panel as an SVG of its own, so that a page can set them by its width.

    Text stays text. Colours are the page's: `currentColor`, and the variables `--seen` and
    `--opposite` where it has them. The same figures give the same signs.
    """
    return tuple(_svg(chart, panel, lang) for panel in chart.panels)


def png(chart: Chart, lang: str, dpi: int = 200) -> bytes:
    """Draw all panels and what their signs mean as one PNG on white."""
    from matplotlib.figure import Figure

    down = max(1, -(-len(chart.panels) // _ACROSS))
    width, height = _ACROSS * _CELL[0], down * _CELL[1] + _FOOT
    stream = io.BytesIO()
    with same_everywhere():
        figure = Figure(figsize=(width, height))
        for place, panel in enumerate(chart.panels):
            across, line = place % _ACROSS, place // _ACROSS
            left, bottom = across * _CELL[0] + 0.3, height - (line + 1) * _CELL[1] + 0.3
            axes = figure.add_axes((left / width, bottom / height, 2.65 / width, 1.1 / height))
            title = textwrap.wrap(panel.title, 36, max_lines=2, placeholder=" …")
            axes.set_title("\n".join(title), fontsize=9, color=INK, loc="left", parse_math=False)
            _draw(axes, chart, panel, Words(lang), size=8)
        told = "\n".join(textwrap.wrap(key(chart, lang), 115))
        figure.text(0.3 / width, 0.1 / height, told, fontsize=8, color=INK, va="bottom")
        figure.savefig(stream, format="png", dpi=dpi, metadata={"Software": None})
    return stream.getvalue()


def key(chart: Chart, lang: str) -> str:
    """What the signs of a chart mean, in a sentence or four."""
    w = Words(lang)
    told = [
        w("Above the line: {unit} on which it was seen. Below it, hatched: the opposite.", unit=chart.unit)
    ]
    if 0 < chart.baseline < len(chart.months):
        told.append(w("Grey, before the dashed line: before the period."))
    if any(value is None for panel in chart.panels for value in panel.seen):
        told.append(w("×: no figure, because too little is reviewed or covered."))
    told += events(chart)
    return " ".join(told)


def events(chart: Chart) -> list[str]:
    """The events that are marked under a chart, each with its number."""
    return [f"▲{n} {event.told}." for n, event in enumerate(chart.events, 1)]


def _svg(chart: Chart, panel: Panel, lang: str) -> str:
    from matplotlib.figure import Figure

    w = Words(lang)
    stream = io.StringIO()
    with same_everywhere():
        figure = Figure(figsize=(3.5, 1.6))
        _draw(figure.add_axes((0.08, 0.16, 0.9, 0.8)), chart, panel, w, size=9)
        figure.savefig(stream, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    label = w(
        "{name}: {seen} above the line, {opposite} below it ({unit})",
        name=panel.title,
        seen=w.number(_total(panel.seen)),
        opposite=w.number(_total(panel.opposite)),
        unit=chart.unit,
    )
    return for_page(stream.getvalue(), f"{chart.caption}\n{panel.title}", label)


def for_page(drawn: str, origin: str, label: str) -> str:
    """A drawing as part of a page: its colours and typeface, names of its own, in words what it shows."""
    drawn = drawn[drawn.index("<svg") :]
    # A style inside a drawing would hold for the whole page.
    drawn = re.sub(r"<(metadata|style)\b.*?</\1>", "", drawn, flags=re.DOTALL)
    drawn = drawn.replace(f"font-family: '{_TYPEFACE}'", "font-family: inherit")
    for drawn_in, of_the_page in _OF_THE_PAGE.items():
        drawn = drawn.replace(drawn_in, of_the_page)
    return _named(drawn, origin).replace("<svg", f'<svg role="img" aria-label="{_attribute(label)}"', 1)


def _named(drawn: str, origin: str) -> str:
    """Many drawings share a page: names inside them are kept only where used, and made their own."""
    own = hashlib.sha256(origin.encode()).hexdigest()[:8]
    used = set(re.findall(r"""(?:url\(#|href="#)([\w.-]+)""", drawn))
    drawn = re.sub(
        r' id="([\w.-]+)"', lambda m: f' id="{m.group(1)}-{own}"' if m.group(1) in used else "", drawn
    )
    return re.sub(r"""(url\(#|href="#)([\w.-]+)""", rf"\1\2-{own}", drawn)


@contextmanager
def same_everywhere() -> Iterator[None]:
    """Draw by chatcode's settings alone, whatever the user has set for drawings of their own."""
    from matplotlib import rc_context, rcdefaults

    with rc_context():
        rcdefaults()
        with rc_context(
            {
                "svg.hashsalt": "chatcode",
                "svg.fonttype": "none",
                "font.family": _TYPEFACE,
                "hatch.linewidth": 1.2,
            }
        ):
            yield


def _draw(axes: Axes, chart: Chart, panel: Panel, words: Words, *, size: float) -> None:
    from matplotlib.ticker import MaxNLocator

    above = [(place, value) for place, value in enumerate(panel.seen) if value]
    below = [(place, value) for place, value in enumerate(panel.opposite) if value]
    if 0 < chart.baseline < len(chart.months):
        axes.axvspan(-0.5, chart.baseline - 0.5, color=INK, alpha=0.12, lw=0)
        axes.axvline(chart.baseline - 0.5, color=INK, lw=0.9, linestyle="--")
    axes.bar([place for place, _ in above], [value for _, value in above], color=SEEN, width=0.85)
    axes.bar(
        [place for place, _ in below],
        [-value for _, value in below],
        color=OPPOSITE,
        edgecolor=INK,
        hatch="////",
        width=0.85,
        lw=0.5,
    )
    gaps = [place for place, value in enumerate(panel.seen) if value is None]
    axes.plot(gaps, [0] * len(gaps), "x", color=INK, markersize=4, linestyle="none", clip_on=False)
    axes.axhline(0, color=INK, lw=0.8)
    _mark_events(axes, chart, size)
    axes.set_xlim(-0.6, len(chart.months) - 0.4)
    axes.set_ylim(*_limits(chart))
    ticks = [place for place, month in enumerate(chart.months) if month[5:] in ("01", "07")]
    if len(chart.months) < 7:
        ticks = list(range(len(chart.months)))[:: max(1, len(chart.months) // 2)]
    ticks = ticks[:: -(-len(ticks) // 4)] if len(ticks) > 4 else ticks
    axes.set_xticks(ticks, [words.month(chart.months[t], short=True) for t in ticks])
    axes.tick_params(colors=INK, labelsize=size, length=2)
    axes.yaxis.set_major_formatter(lambda value, _: words.number(abs(value)))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    for side, spine in axes.spines.items():
        spine.set_visible(side == "left")
        spine.set_color(INK)


def _mark_events(axes: Axes, chart: Chart, size: float) -> None:
    """A triangle at the first month of an event, a line to its last, and its number beside it."""
    foot = _limits(chart)[0]
    at: dict[int, list[str]] = {}
    for number, event in enumerate(chart.events, 1):
        within = [p for p, month in enumerate(chart.months) if event.first <= month <= event.last]
        if within:
            at.setdefault(within[0], []).append(str(number))
            if len(within) > 1:
                axes.plot([within[0], within[-1]], [foot, foot], color=INK, lw=2, clip_on=False)
    for place, numbers in at.items():
        axes.plot([place], [foot], "^", color=INK, markersize=4, clip_on=False)
        axes.annotate(
            ",".join(numbers), (place, foot), xytext=(3, 2), textcoords="offset points",
            fontsize=size - 2, color=INK, annotation_clip=False,
        )  # fmt: skip


def _limits(chart: Chart) -> tuple[float, float]:
    """All panels have the same scale, so that a tall bar is often and a low one is seldom."""
    top = max((v for panel in chart.panels for v in panel.seen if v), default=1)
    low = max((v for panel in chart.panels for v in panel.opposite if v), default=0)
    # Below the bars of the opposite there is room for what is marked.
    room = 0.3 * max(top, low) if chart.events else 0.0
    return -max(low, top * 0.12) * 1.15 - room, max(top, low * 0.12) * 1.15


def _total(values: tuple[float | None, ...]) -> float:
    return sum(value for value in values if value)


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
