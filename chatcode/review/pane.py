"""The conversation as one widget: rows are made once, and only what changed is made again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from chatcode.review.view import Standing

Draw = Callable[[int, Standing, int], list[Text]]


class ConversationPane(ScrollView):
    """Rows of text, several an entry; a widget per entry took three layouts and 60 ms a key.

    Where in a long conversation one is stands in the last column. A scrollbar of the library's is a widget of
    its own, painted 25 ms after the rows, and laid out anew as it comes and goes.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pane--here"}
    can_focus = False

    def __init__(self, *, id: str) -> None:  # noqa: A002 Textual's own word
        super().__init__(id=id)
        self._ids: tuple[str, ...] = ()
        self._standing: list[Standing] = []
        self._drawn: list[list[Text]] = []
        self._rows: list[tuple[Text, bool]] = []
        self._width = -1
        self._draw: Draw | None = None
        self._here = 0

    def show(self, ids: Sequence[str], standing: Sequence[Standing], draw: Draw, *, follow: bool) -> None:
        """Show these entries as they stand; `follow` brings the one on the table into view."""
        width = self.scrollable_content_region.width - 1
        self._draw = draw
        if width < 1:
            # Not laid out yet: rows made for no width would be seen for a moment.
            self._ids, self._standing = tuple(ids), list(standing)
            return
        old = {}
        if width == self._width:
            old = {i: (s, rows) for i, s, rows in zip(self._ids, self._standing, self._drawn, strict=True)}
        drawn = []
        for place, (entry_id, now) in enumerate(zip(ids, standing, strict=True)):
            before = old.get(entry_id)
            kept = before is not None and before[0] == now
            drawn.append(before[1] if before is not None and kept else draw(place, now, max(width, 20)))
        same = tuple(ids) == self._ids and width == self._width
        self._ids, self._standing, self._drawn, self._width = tuple(ids), list(standing), drawn, width
        height = sum(map(len, self._drawn))
        # The row that names a new day belongs to nobody.
        self._rows = [
            (row, now.here and not (now.day and at == 0))
            for now, rows in zip(standing, drawn, strict=True)
            for at, row in enumerate(rows)
        ]
        if not same or height != self.virtual_size.height:
            self.virtual_size = Size(width, height)
        if follow:
            self._bring_into_view(len(self._rows))
        self.refresh()

    def _bring_into_view(self, total: int) -> None:
        """Scroll so that the entry on the table stands whole, with some of what comes after it."""
        page = self.scrollable_content_region.height
        places = [place for place, (_, here) in enumerate(self._rows) if here]
        if not places or not page:
            return
        top, bottom = places[0], places[-1] + 1
        at = int(self.scroll_offset.y)
        if bottom - top >= page:
            at = top
        elif top < at + 1 or bottom > at + page - 2:
            # A third of the page after it, so that the answer is read with the question.
            at = bottom - page + page // 3
        self.scroll_to(y=min(max(at, 0, bottom - page), top, max(total - page, 0)), animate=False, force=True)

    def on_resize(self) -> None:
        """Make the rows anew at the width that there is now."""
        if self._draw is not None:
            self.show(self._ids, self._standing, self._draw, follow=True)

    def render_line(self, y: int) -> Strip:
        """One row of what is in view."""
        width, page = self.scrollable_content_region.size
        at, total = int(self.scroll_offset.y), len(self._rows)
        base = self.rich_style
        bar = Segment("▐" if page < total and _in_view(y, at, page, total) else " ", base + Style(dim=True))
        if y + at >= total:
            return Strip([*Strip.blank(width - 1, base), bar])
        row, here = self._rows[y + at]
        style = self.get_component_rich_style("pane--here") if here else base
        strip = Strip(row.render(self.app.console)).adjust_cell_length(width - 1)
        return Strip([*strip.apply_style(style), bar])


def _in_view(y: int, at: int, page: int, total: int) -> bool:
    """Whether a row of the page stands for a part of the whole that is in view."""
    size = max(page * page // total, 1)
    top = round(at * (page - size) / (total - page))
    return top <= y < top + size
